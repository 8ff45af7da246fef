//! A search or the newest stories to an Atom feed (RFC 4287): one entry an event or story, its id never changing.

use crate::api;
use crate::ask::Ask;
use crate::error::Error;
use std::fmt::Write;
use store::Store;
use store::export::xml;
use store::query::events::{Paging, Sort, events as list};
use store::query::{Ev, desk};

/// Entries of a feed.
const ENTRIES: u64 = 50;

struct Entry {
    id: String,
    title: String,
    link: String,
    updated: String,
    summary: String,
}

/// Newest events of a search.
pub(super) fn events(store: &Store, query: &str, host: &str) -> Result<Vec<u8>, Error> {
    let ask = Ask::read(query, &["sort"]);
    let page = list(store, &ask.filter, Paging { sort: Sort::Newest, skip: 0, limit: ENTRIES })?;
    let entries = page.rows.iter().map(entry).collect();
    let asked: Vec<String> = ask.filter.pairs().into_iter().map(|(n, v)| format!("{n} {v}")).collect();
    let title =
        if asked.is_empty() { "Newest events".to_owned() } else { format!("Events: {}", asked.join(", ")) };
    Ok(feed(&title, &format!("/events?{query}"), host, entries, desk::newest(store)?))
}

fn entry(e: &Ev) -> Entry {
    let names =
        |side: &[store::query::Party]| side.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    let whom = names(&e.whom);
    let title = format!(
        "{}: {}{}{whom} ({})",
        e.kind,
        names(&e.who),
        if whom.is_empty() { "" } else { " → " },
        e.modality
    );
    Entry {
        id: format!("urn:demarche:event:{}", e.id),
        title,
        link: format!("/story/{}?pick={}", e.story, e.id),
        updated: stamp(e.seen.as_deref().or(e.day.as_deref())),
        summary: format!("{} ({} reports, {} independent)", e.text, e.articles, e.independent),
    }
}

/// Newest stories.
pub(super) fn front(store: &Store, query: &str, host: &str) -> Result<Vec<u8>, Error> {
    let ask = Ask::read(query, &["since"]);
    let (data, _) = api::front::of(store, &ask)?;
    let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let of = |s: &serde_json::Value| Entry {
        id: format!("urn:demarche:story:{}", text(&s["story"])),
        title: text(&s["headline"]),
        link: format!("/story/{}", text(&s["story"])),
        updated: stamp(s["ev"]["seen"].as_str().or(s["best"]["published"].as_str())),
        summary: format!(
            "{} reports, {} independent. {}",
            s["articles"],
            s["independent"],
            text(&s["ev"]["text"])
        ),
    };
    let entries = data["stories"].as_array().map(|l| l.iter().map(of).collect()).unwrap_or_default();
    Ok(feed("Stories that moved", "/", host, entries, desk::newest(store)?))
}

/// A moment as RFC 3339 wants it; days become midnight, missing zones UTC.
fn stamp(at: Option<&str>) -> String {
    let Some(at) = at.filter(|a| a.len() >= 10 && a.is_ascii()) else {
        return "1970-01-01T00:00:00Z".to_owned();
    };
    let (day, rest) = at.split_at(10);
    let clock = rest.strip_prefix('T').filter(|r| r.len() >= 5).map_or("00:00", |r| &r[..5]);
    let tail = rest.get(6..).unwrap_or("");
    let zone = tail.rfind(['+', '-']).map(|n| &tail[n..]).filter(|z| z.len() == 6).unwrap_or("Z");
    format!("{day}T{clock}:00{zone}")
}

fn feed(title: &str, page: &str, host: &str, entries: Vec<Entry>, newest: Option<String>) -> Vec<u8> {
    let base = format!("http://{}", xml(host));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{}</title>\n\
         <id>urn:demarche:feed:{}</id>\n<updated>{}</updated>\n<author><name>demarche</name></author>\n\
         <link rel=\"alternate\" href=\"{base}{}\"/>\n",
        xml(title),
        xml(page),
        stamp(newest.as_deref()),
        xml(page)
    );
    for e in entries {
        let _ = writeln!(
            out,
            "<entry><id>{}</id><title>{}</title><updated>{}</updated><link href=\"{base}{}\"/><summary>{}</summary></entry>",
            xml(&e.id),
            xml(&e.title),
            xml(&e.updated),
            xml(&e.link),
            xml(&e.summary)
        );
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_become_rfc_3339() {
        assert_eq!(stamp(Some("2031-03-10")), "2031-03-10T00:00:00Z");
        assert_eq!(stamp(Some("2031-03-10T16:40")), "2031-03-10T16:40:00Z");
        assert_eq!(stamp(Some("2031-03-10T16:40:00-05:00")), "2031-03-10T16:40:00-05:00");
        assert_eq!(stamp(Some("soon")), "1970-01-01T00:00:00Z");
    }
}
