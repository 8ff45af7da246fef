//! The latest events to an Atom feed (RFC 4287), newest first.

use super::{Format, Selection, Sink, writing, xml};
use crate::error::Error;
use crate::query::events::{Paging, Sort, events};
use std::fmt::Write as _;

/// `atom`.
pub struct Atom;

/// Entries of a feed.
const ENTRIES: u64 = 100;

/// A time as RFC 3339 wants it; what is not known is midnight UTC.
fn time(at: &str) -> String {
    match (at.len(), at.get(19..).unwrap_or_default()) {
        (10, _) => format!("{at}T00:00:00Z"),
        (16, _) => format!("{at}:00Z"),
        (19, _) => format!("{at}Z"),
        (20.., "Z") => at.to_owned(),
        (25.., zone) if zone.starts_with(['+', '-']) => at.to_owned(),
        (17, _) if at.ends_with('Z') => format!("{}:00Z", at.trim_end_matches('Z')),
        (22, _) => format!("{}:00{}", at.get(..16).unwrap_or_default(), at.get(16..).unwrap_or_default()),
        _ => "1970-01-01T00:00:00Z".to_owned(),
    }
}

impl Format for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn about(&self) -> &'static str {
        "an Atom feed of the latest 100 events, modality in the title"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let paging = Paging { sort: Sort::Newest, skip: 0, limit: ENTRIES };
        let list = events(selection.store, selection.filter, paging)?.rows;
        let at = |seen: &Option<String>, day: &Option<String>| {
            time(seen.as_deref().or(day.as_deref()).unwrap_or_default())
        };
        let newest = list.iter().map(|e| at(&e.seen, &e.day)).max().unwrap_or_else(|| time(""));
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
             <id>urn:demarche:events</id>\n<title>demarche: events</title>\n<updated>{newest}</updated>\n\
             <author><name>demarche</name></author>\n"
        );
        for e in &list {
            let names = |side: &[crate::query::Party]| {
                side.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")
            };
            let arrow = if e.mutual { " - " } else { " to " };
            let whom = if e.whom.is_empty() { String::new() } else { format!("{arrow}{}", names(&e.whom)) };
            let title = format!("{} ({}): {}{whom}", e.kind, e.modality, names(&e.who));
            writeln!(
                text,
                "<entry><id>urn:demarche:event:{}</id><title>{}</title><updated>{}</updated><summary>{}</summary>\
                 <category term=\"{}\"/></entry>",
                xml(&e.id),
                xml(&title),
                at(&e.seen, &e.day),
                xml(&e.text),
                xml(&e.kind)
            )?;
        }
        text.push_str("</feed>\n");
        let mut out = sink.file("events.atom")?;
        out.write_all(text.as_bytes()).map_err(writing)?;
        out.flush().map_err(writing)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_whole() {
        for (given, wanted) in [
            ("2025-07-12", "2025-07-12T00:00:00Z"),
            ("2025-07-12T16:14", "2025-07-12T16:14:00Z"),
            ("2025-07-12T16:14:05Z", "2025-07-12T16:14:05Z"),
            ("2025-07-12T16:14:05+06:00", "2025-07-12T16:14:05+06:00"),
            ("2025-07-12T16:14+06:00", "2025-07-12T16:14:00+06:00"),
        ] {
            assert_eq!(super::time(given), wanted);
        }
    }
}
