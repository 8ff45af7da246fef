//! What a page says of its publication time, in several places, to the time of first publication and of the last change.

use crate::html::scan::{Marked, Scan};
use crate::meta::json_ld::JsonLd;
use crate::meta::published::{self, Moment, Order};
use record::{BlockKind, Found};

/// First publication and last change.
#[derive(Debug, Default)]
pub(crate) struct Times {
    /// First publication.
    pub published: Option<Found<String>>,
    /// Last change.
    pub updated: Option<Found<String>>,
}

/// Earliest year that a page on the web can be of.
const FIRST_YEAR: i16 = 1990;

/// What dates are read with.
pub(crate) struct Reading<'a> {
    /// Latest day a date may have, ISO.
    pub latest: Option<&'a str>,
    /// Day or month first.
    pub order: Order,
}

impl Reading<'_> {
    fn moment(&self, text: &str) -> Option<Moment> {
        published::find(text, self.order).into_iter().find(|m| self.fits(m))
    }

    fn fits(&self, moment: &Moment) -> bool {
        let day = moment.day.to_string();
        moment.day.year() >= FIRST_YEAR
            && self.latest.is_none_or(|l| day.as_str() <= l.get(..10).unwrap_or(l))
    }
}

/// Reads the places in order of trust.
pub(crate) fn read(scan: &Scan, ld: &JsonLd, url: Option<&str>, reading: &Reading<'_>) -> Times {
    let found = |text: &str, how: &str| reading.moment(text).map(|m| Found::new(m.iso(), how));
    let written = scan
        .lines
        .iter()
        .filter(|l| !l.hidden && l.line.text.len() < 100 && l.kind != Some(BlockKind::Comment));
    let written = written
        .filter(|l| starts_publication(&l.line.text))
        .find_map(|l| found(&l.line.text, "published-line"));
    let meta = |names: &[&str], how: &str| {
        names.iter().find_map(|name| {
            scan.metas.iter().filter(|(n, _)| n == name).find_map(|(_, c)| found(c, &format!("{how}{name}")))
        })
    };
    let by_url = url.and_then(|u| url_day(u, reading)).map(|m| Found::new(m.iso(), "url"));
    let published = ld
        .text("datePublished")
        .and_then(|t| found(&t, "json-ld"))
        .or_else(|| meta(&PUBLISHED, "meta:"))
        .or_else(|| itemprop(scan, "datePublished", reading))
        .or_else(|| ld.text("dateCreated").and_then(|t| found(&t, "json-ld:dateCreated")))
        .or_else(|| by_url.clone())
        .or(written)
        .or_else(|| marked(scan, reading, false))
        .or_else(|| visible(scan, reading))
        .or_else(|| script(scan, reading))
        .or_else(|| meta(&LAST_RESORT, "meta:"));
    let updated = ld
        .text("dateModified")
        .and_then(|t| found(&t, "json-ld"))
        .or_else(|| meta(&UPDATED, "meta:"))
        .or_else(|| itemprop(scan, "dateModified", reading))
        .or_else(|| marked(scan, reading, true));
    let published = local(published, scan, reading);
    let mut times = Times { published: earlier(published, by_url), updated };
    if times.published.is_none() {
        times.published = times.updated.clone();
    }
    times
}

/// A time in UTC shortly after midnight is the evening before where the page was made, when the page shows that day.
fn local(published: Option<Found<String>>, scan: &Scan, reading: &Reading<'_>) -> Option<Found<String>> {
    let found = published?;
    let Some(moment) =
        published::first(&found.value, reading.order).filter(|m| m.zone.as_deref() == Some("Z"))
    else {
        return Some(found);
    };
    let early = moment.time.is_some_and(|t| t.hour() < 12);
    let Some(eve) = moment.day.yesterday().ok().filter(|_| early) else { return Some(found) };
    let shown = |day: jiff::civil::Date| {
        let lines = scan
            .lines
            .iter()
            .filter(|l| !l.hidden && l.line.text.len() < 120 && l.kind != Some(BlockKind::Related));
        lines.filter_map(|l| reading.moment(&l.line.text)).find(|m| m.day == day)
    };
    match shown(eve) {
        Some(line) if shown(moment.day).is_none() => Some(Found::new(line.iso(), "visible-line")),
        _ => Some(found),
    }
}

/// The day in the address is when the page was made: it beats a later "published" that is a republication.
fn earlier(published: Option<Found<String>>, by_url: Option<Found<String>>) -> Option<Found<String>> {
    match (published, by_url) {
        (Some(p), Some(u)) => {
            let days =
                |f: &Found<String>| f.value.get(..10).and_then(|d| d.parse::<jiff::civil::Date>().ok());
            let later =
                days(&p).zip(days(&u)).is_some_and(|(p, u)| u.until(p).is_ok_and(|s| s.get_days() > 0));
            Some(if later { u } else { p })
        }
        (p, u) => p.or(u),
    }
}

const PUBLISHED: [&str; 40] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "rnews:datepublished",
    "article:published",
    "bt:pubdate",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "article.published",
    "published-date",
    "published_date",
    "date_published",
    "publication_date",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date.published",
    "dc.date",
    "dc:date",
    "originalpublicationdate",
    "article_date_original",
    "displaydate",
    "datecreated",
    "gentime",
    "article:post_date",
    "published_time",
    "pub_date",
    "cxenseparse:publishtime",
    "shareaholic:article_published_time",
    "article:date",
];
const LAST_RESORT: [&str; 4] = ["date", "created", "dateposted", "timestamp"];
const UPDATED: [&str; 10] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "revised",
    "article:modified",
    "modified_time",
];

fn itemprop(scan: &Scan, name: &str, reading: &Reading<'_>) -> Option<Found<String>> {
    let marks = scan
        .marked
        .iter()
        .filter(|m| m.itemprop.as_deref().is_some_and(|p| p.split(' ').any(|p| p == name)) && is_own(m));
    let value =
        |m: &Marked| m.machine.as_deref().and_then(|t| reading.moment(t)).or_else(|| reading.moment(&m.text));
    marks.filter_map(value).next().map(|m| Found::new(m.iso(), &format!("microdata:{name}")))
}

fn is_own(mark: &Marked) -> bool {
    !matches!(mark.kind, Some(BlockKind::Comment | BlockKind::Related | BlockKind::Advertisement))
}

/// A line that says of itself that it is the time of publication.
fn starts_publication(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["published", "posted", "written:", "date:", "first published", "publication date", "released"]
        .iter()
        .any(|l| lower.starts_with(l))
}

/// `time` elements and elements whose class speaks of a date.
fn marked(scan: &Scan, reading: &Reading<'_>, update: bool) -> Option<Found<String>> {
    let named = [
        " date ",
        " published ",
        " posted ",
        " timestamp ",
        " dateline ",
        " pubdate ",
        " time ",
        " datetime ",
        " updated ",
    ];
    let mut best: Option<(i32, usize, Moment)> = None;
    for mark in scan.marked.iter().filter(|m| is_own(m)) {
        let text = mark.text.to_lowercase();
        let change = text.contains("updated")
            || text.contains("modified")
            || mark.names.contains(" updated ") && !mark.names.contains(" published ");
        let time = mark.tag == "time"
            || mark.tag == "abbr" && mark.machine.is_some()
            || mark.tag == "a" && mark.machine.is_some() && mark.text.len() < 40;
        if change != update || !time && !named.iter().any(|n| mark.names.contains(n)) || mark.text.len() > 200
        {
            continue;
        }
        let moment =
            mark.machine.as_deref().and_then(|t| reading.moment(t)).or_else(|| reading.moment(&mark.text));
        let Some(moment) = moment else { continue };
        let rank = i32::from(
            mark.names.contains(" published ") || text.contains("publish") || text.contains("posted"),
        ) * 2
            + i32::from(mark.article) * 2
            + i32::from(time)
            + i32::from(mark.kind != Some(BlockKind::Navigation));
        if best.as_ref().is_none_or(|(r, s, _)| rank > *r || rank == *r && mark.start < *s) {
            best = Some((rank, mark.start, moment));
        }
    }
    best.map(|(_, _, m)| Found::new(m.iso(), if update { "class:updated" } else { "class:date" }))
}

/// A short visible line with a date, near the headline.
fn visible(scan: &Scan, reading: &Reading<'_>) -> Option<Found<String>> {
    let head = scan
        .lines
        .iter()
        .position(|l| l.place.heading == 1)
        .or_else(|| scan.lines.iter().position(|l| l.place.heading == 2))
        .unwrap_or(0);
    let mut best: Option<(i32, Moment)> = None;
    for (i, line) in scan.lines.iter().enumerate() {
        let text = line.line.text.as_str();
        let away =
            matches!(line.kind, Some(BlockKind::Comment | BlockKind::Related | BlockKind::Advertisement));
        if text.len() > 160 || away || line.hidden || !text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let Some(moment) = reading.moment(text) else { continue };
        let lower = text.to_lowercase();
        let near = (i as i32 - head as i32).abs();
        let labelled = ["publish", "posted", "date", "released", "written:", "written on", " on "]
            .iter()
            .any(|w| lower.contains(w));
        let copyright = lower.contains('©')
            || lower.contains("copyright")
            || lower.contains("updated")
            || lower.contains("modified");
        let spare = text.len() as i32 - (moment.end - moment.start) as i32;
        let score = i32::from(labelled) * 25 - near.min(60) - spare / 4 - i32::from(copyright) * 30
            + i32::from(i >= head) * 10;
        if best.as_ref().is_none_or(|(s, _)| score > *s) {
            best = Some((score, moment));
        }
    }
    best.filter(|(s, _)| *s > -45).map(|(_, m)| Found::new(m.iso(), "visible-line"))
}

/// Dates in inline scripts, under the names that content systems use.
fn script(scan: &Scan, reading: &Reading<'_>) -> Option<Found<String>> {
    let names = [
        "datePublished",
        "publishedAt",
        "published_at",
        "publishDate",
        "publish_date",
        "pubDate",
        "publicationDate",
        "published_time",
        "datePosted",
        "firstPublished",
    ];
    for script in scan.scripts.iter().chain(&scan.json_ld) {
        for name in names {
            let Some(at) = script.find(name) else { continue };
            let rest = script.get(at + name.len()..).unwrap_or_default();
            let mut end = rest.len().min(60);
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
            if let Some(m) = rest.get(..end).and_then(|t| reading.moment(t)) {
                return Some(Found::new(m.iso(), "script"));
            }
        }
    }
    None
}

/// The day that an address holds, `/2019/11/14/` or `20191114` or `2019-11-14`.
fn url_day(url: &str, reading: &Reading<'_>) -> Option<Moment> {
    let path = url.split_once("://").map_or(url, |(_, r)| r);
    let path = path.split_once('/').map(|(_, p)| p)?;
    let parts: Vec<&str> = path.split(['/', '?', '&', '=', '.']).collect();
    for i in 0..parts.len() {
        let three = parts.get(i..i + 3).map(|p| p.join("-"));
        let year = parts.get(i).is_some_and(|p| p.len() == 4 && p.starts_with(['1', '2']));
        let month_name = three.as_deref().map(|t| t.replace('-', " ")).filter(|_| year);
        if let Some(moment) = three.as_deref().filter(|_| year).and_then(|t| reading.moment(t)) {
            return Some(moment);
        }
        if let Some([y, m, d]) = month_name
            .as_deref()
            .map(|t| t.split(' ').collect::<Vec<_>>())
            .as_deref()
            .and_then(|v| <[&str; 3]>::try_from(v).ok())
            && let Some(moment) = reading.moment(&format!("{d} {m} {y}"))
        {
            return Some(moment);
        }
    }
    parts.iter().find_map(|p| {
        let bytes: Vec<char> = p.chars().collect();
        let run: Vec<String> =
            bytes.split(|c| !c.is_ascii_digit() && *c != '-').map(|r| r.iter().collect::<String>()).collect();
        run.iter()
            .map(|r| r.trim_matches('-'))
            .filter(|r| r.len() == 8 || r.len() == 10)
            .find_map(|r| reading.moment(r))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strip::knowledge::knowledge;

    fn of(html: &str, url: &str) -> (Option<String>, Option<String>) {
        let scan = crate::html::scan::scan(html, knowledge());
        let ld = JsonLd::read(&scan.json_ld);
        let times =
            read(&scan, &ld, Some(url), &Reading { latest: Some("2024-06-01"), order: Order::DayFirst });
        (times.published.map(|p| p.value), times.updated.map(|p| p.value))
    }

    #[test]
    fn first_publication_wins_and_the_future_is_refused() {
        let page =
            "<meta property='article:modified_time' content='2024-03-11'><p>Posted on 9 March 2024</p>";
        assert_eq!(of(page, "https://x.example/a"), (Some("2024-03-09".into()), Some("2024-03-11".into())));
        assert_eq!(of("<p>x</p>", "https://x.example/2024/03/09/dam").0.as_deref(), Some("2024-03-09"));
        assert_eq!(of("<p>x</p>", "https://x.example/2024/mar/09/dam").0.as_deref(), Some("2024-03-09"));
        assert_eq!(
            of(
                "<meta name='pubdate' content='2030-01-01'><time datetime='2024-05-02'>2 May</time>",
                "https://x.example/"
            )
            .0
            .as_deref(),
            Some("2024-05-02")
        );
    }
}
