//! Events to the 40 columns of POLECAT. Codes that we do not keep (COW numbers, Wikipedia ids, titles) are `None`.

use super::{Format, Selection, Sink, sectors, tsv, writing};
use crate::error::Error;
use crate::query::{Ev, Party, Reality};

/// `polecat`.
pub struct Polecat;

/// Column names in order.
pub const HEADER: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

fn or_none(text: &str) -> String {
    if text.is_empty() { "None".to_owned() } else { text.to_owned() }
}

fn join(parts: impl IntoIterator<Item = String>) -> String {
    let mut out: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    out.dedup();
    or_none(&out.join("; "))
}

impl Format for Polecat {
    fn name(&self) -> &'static str {
        "polecat"
    }

    fn about(&self) -> &'static str {
        "POLECAT columns with header, missing = None; only what happened"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("events.polecat.txt")?;
        tsv(&mut *out, &HEADER)?;
        selection.events(|ev, tellings| {
            if ev.reality != Reality::Happened {
                return Ok(());
            }
            let place = ev.place.as_ref();
            let city = place
                .filter(|p| matches!(p.exact.as_str(), "city" | "site" | "near"))
                .map_or("", |p| p.name.as_str());
            let number = |n: Option<f64>| n.map_or("None".to_owned(), |n| n.to_string());
            let mut row =
                vec![format!("{}_{}", ev.story, ev.id), or_none(ev.day.as_deref().unwrap_or_default())];
            row.extend([
                ev.kind.clone(),
                or_none(&ev.mode.replace('+', "; ")),
                number(ev.goldstein),
                quad(ev),
            ]);
            row.push("None".to_owned());
            row.extend(side(&ev.who));
            row.extend(side(&ev.whom));
            row.extend([or_none(place.map_or("", |p| p.name.as_str())), or_none(city), "None".to_owned()]);
            row.push(or_none(place.and_then(|p| p.adm1.as_deref()).unwrap_or_default()));
            row.push(or_none(place.and_then(|p| p.country.as_deref()).unwrap_or_default()));
            row.extend([number(place.map(|p| p.lat)), number(place.map(|p| p.lon))]);
            row.push(or_none(
                place.map_or("", |p| if p.id.starts_with("name/") { "" } else { p.id.as_str() }),
            ));
            row.extend(["None".to_owned(), or_none(place.map_or("", |p| p.feature.as_str()))]);
            let first = tellings.first();
            row.push(or_none(first.and_then(|t| t.outlet.as_deref()).unwrap_or_default()));
            row.push(or_none(
                first.and_then(|t| t.published.as_deref()).and_then(|p| p.get(..10)).unwrap_or_default(),
            ));
            row.extend(
                ["None", "None", "None", "en", concat!("demarche ", env!("CARGO_PKG_VERSION"))]
                    .map(str::to_owned),
            );
            tsv(&mut *out, &row)
        })?;
        out.flush().map_err(writing)
    }
}

pub(super) fn quad(ev: &Ev) -> String {
    let name = record::Quad::ALL.get(usize::from(ev.quad).wrapping_sub(1)).map_or("", |q| q.as_str());
    name.to_uppercase()
}

/// Name, country, COW, primary sector, sectors, title, raw name, Wikipedia id.
fn side(parties: &[Party]) -> [String; 8] {
    let all: Vec<String> = parties.iter().flat_map(|p| sectors(&p.code, p.country.as_deref())).collect();
    let none = || "None".to_owned();
    [
        join(parties.iter().map(|p| p.name.clone())),
        join(parties.iter().map(|p| p.country.clone().unwrap_or_default())),
        none(),
        or_none(all.first().map_or("", String::as_str)),
        join(all),
        none(),
        join(parties.iter().map(|p| p.name.clone())),
        none(),
    ]
}
