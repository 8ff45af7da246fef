//! Events to the 20 columns of ICEWS; mutual events stand in both directions; only what happened.

use super::lines::{happened, pairs};
use super::{Format, Selection, Sink, sectors, tsv, writing};
use crate::error::Error;
use crate::query::Party;
use crate::settle::links;

/// `icews`.
pub struct Icews;

const HEADER: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

fn or_na(text: &str) -> String {
    if text.is_empty() { "NA".to_owned() } else { text.to_owned() }
}

impl Format for Icews {
    fn name(&self) -> &'static str {
        "icews"
    }

    fn about(&self) -> &'static str {
        "ICEWS columns with header, missing = NA; only what happened"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("events.tab")?;
        tsv(&mut *out, &HEADER)?;
        let positive = |text: &str| (links::number(text) & ((1 << 53) - 1)).to_string();
        happened(selection, |ev, tellings, day| {
            let story = positive(&ev.story);
            let first = tellings.first();
            for (who, whom) in pairs(ev) {
                let place = ev.place.as_ref();
                let fine = place.filter(|p| matches!(p.exact.as_str(), "city" | "site" | "adm2" | "near"));
                let country = place.and_then(|p| p.country.as_deref()).map_or("", |c| selection.country(c));
                let mut row = vec![
                    positive(&format!("{} {} {:?}", ev.id, who.id, whom.map(|w| &w.id))),
                    day.to_owned(),
                ];
                row.extend(side(selection, Some(who)));
                row.extend([or_na(&selection.label(&ev.cameo)), ev.cameo.clone()]);
                row.push(ev.goldstein.map_or("NA".to_owned(), |g| g.to_string()));
                row.extend(side(selection, whom));
                row.extend([story.clone(), first.map_or(1, |t| t.number).to_string()]);
                row.push(or_na(first.and_then(|t| t.outlet.as_deref()).unwrap_or_default()));
                row.extend([or_na(fine.map_or("", |p| p.name.as_str())), "NA".to_owned()]);
                row.push(or_na(place.and_then(|p| p.adm1.as_deref()).unwrap_or_default()));
                row.push(or_na(country));
                row.extend(
                    [place.map(|p| p.lat), place.map(|p| p.lon)]
                        .map(|n| n.map_or("NA".to_owned(), |n| n.to_string())),
                );
                tsv(&mut *out, &row)?;
            }
            Ok(())
        })?;
        out.flush().map_err(writing)
    }
}

/// Name with the country in brackets, sectors, country.
fn side(selection: &Selection<'_>, party: Option<&Party>) -> [String; 3] {
    let Some(p) = party else { return ["NA", "NA", "NA"].map(str::to_owned) };
    let country = p.country.as_deref().map_or("", |c| selection.country(c));
    let name = if country.is_empty() || country == p.name {
        p.name.clone()
    } else {
        format!("{} ({country})", p.name)
    };
    [or_na(&name), or_na(&sectors(&p.code, p.country.as_deref()).join(",")), or_na(country)]
}
