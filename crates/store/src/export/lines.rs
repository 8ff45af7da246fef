//! Events to the old lines of event data: KEDS/TABARI, and PETRARCH2.
//!
//! Both know no modality: only what happened is written, one line a directed pair.

use super::{Format, Selection, Sink, Telling, compact, tsv, writing};
use crate::error::Error;
use crate::query::{Ev, Party, Reality};

/// `keds`: date (yymmdd), source, target, code, label, quote.
pub struct Keds;

/// `petrarch`: date, source, target, code, issues, ids, url, outlets, source text, target text.
pub struct Petrarch;

/// Directed pairs of an event as (code, name) of both sides; `---` for a side that is not named.
pub(super) fn pairs(ev: &Ev) -> Vec<(&Party, Option<&Party>)> {
    if ev.mutual {
        let all: Vec<&Party> = ev.who.iter().chain(&ev.whom).collect();
        let pairs = all.iter().flat_map(|a| all.iter().filter(|b| b.id != a.id).map(|b| (*a, Some(*b))));
        return pairs.collect();
    }
    if ev.whom.is_empty() {
        return ev.who.iter().map(|w| (w, None)).collect();
    }
    ev.who.iter().flat_map(|a| ev.whom.iter().map(move |b| (a, Some(b)))).collect()
}

/// Events of these formats: those that happened and have a day.
pub(super) fn happened(
    selection: &Selection<'_>,
    mut each: impl FnMut(&Ev, &[Telling], &str) -> Result<(), Error>,
) -> Result<(), Error> {
    selection.events(|ev, tellings| match &ev.day {
        Some(day) if ev.reality == Reality::Happened => each(ev, tellings, day),
        _ => Ok(()),
    })
}

impl Format for Keds {
    fn name(&self) -> &'static str {
        "keds"
    }

    fn about(&self) -> &'static str {
        "KEDS/TABARI lines; only what happened"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("events.keds.txt")?;
        happened(selection, |ev, _, day| {
            let date = compact(Some(day));
            let label = selection.label(&ev.cameo);
            for (who, whom) in pairs(ev) {
                let target = whom.map_or("---", |w| w.code.as_str());
                tsv(
                    &mut *out,
                    &[date.get(2..).unwrap_or_default(), &who.code, target, &ev.cameo, &label, &ev.text],
                )?;
            }
            Ok(())
        })?;
        out.flush().map_err(writing)
    }
}

impl Format for Petrarch {
    fn name(&self) -> &'static str {
        "petrarch"
    }

    fn about(&self) -> &'static str {
        "PETRARCH2 event lines with URL, source and actor texts; only what happened"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("events.petrarch.txt")?;
        happened(selection, |ev, tellings, day| {
            let date = compact(Some(day));
            let join = |parts: Vec<String>| parts.join(";");
            let ids = join(tellings.iter().map(|t| format!("{}_{}", t.article, t.number)).collect());
            let url = tellings.first().map_or("", |t| t.url.as_str());
            let mut outlets: Vec<String> = tellings.iter().filter_map(|t| t.outlet.clone()).collect();
            outlets.dedup();
            let outlets = join(outlets);
            for (who, whom) in pairs(ev) {
                let (code, name) = whom.map_or(("---", ""), |w| (w.code.as_str(), w.name.as_str()));
                tsv(
                    &mut *out,
                    &[&date, &who.code, code, &ev.cameo, "", &ids, url, &outlets, &who.name, name],
                )?;
            }
            Ok(())
        })?;
        out.flush().map_err(writing)
    }
}
