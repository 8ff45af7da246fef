//! Events to GDELT 1.0 (58 columns) and 2.0 (61 columns, and a second file of mentions, 16 columns).
//!
//! GDELT knows no modality: only what happened is written. Event ids are numbers made from ours. Feature ids stay blank
//! for cities, because GDELT's are GNS numbers and ours are GeoNames numbers; tone is blank, because none is measured.

use super::lines::{happened, pairs};
use super::{Format, Selection, Sink, Telling, compact, sectors, stamp, tsv, writing};
use crate::error::Error;
use crate::query::{Ev, Party, Spot};
use crate::settle::links;

/// `gdelt1`.
pub struct Gdelt1;

/// `gdelt2`.
pub struct Gdelt2;

impl Format for Gdelt1 {
    fn name(&self) -> &'static str {
        "gdelt1"
    }

    fn about(&self) -> &'static str {
        "GDELT 1.0 daily events, 58 columns, no header; only what happened"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("export.CSV")?;
        happened(selection, |ev, tellings, day| {
            for (who, whom) in pairs(ev) {
                tsv(&mut *out, &row(selection, ev, tellings, day, (who, whom), false))?;
            }
            Ok(())
        })?;
        out.flush().map_err(writing)
    }
}

impl Format for Gdelt2 {
    fn name(&self) -> &'static str {
        "gdelt2"
    }

    fn about(&self) -> &'static str {
        "GDELT 2.0: export.CSV (61 columns) and mentions.CSV (16), no headers; only what happened"
    }

    fn many(&self) -> bool {
        true
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        {
            let mut out = sink.file("export.CSV")?;
            happened(selection, |ev, tellings, day| {
                for (who, whom) in pairs(ev) {
                    tsv(&mut *out, &row(selection, ev, tellings, day, (who, whom), true))?;
                }
                Ok(())
            })?;
            out.flush().map_err(writing)?;
        }
        let mut out = sink.file("mentions.CSV")?;
        happened(selection, |ev, tellings, day| {
            for (who, whom) in pairs(ev) {
                for telling in tellings {
                    tsv(&mut *out, &mention(ev, telling, day, (who, whom)))?;
                }
            }
            Ok(())
        })?;
        out.flush().map_err(writing)
    }
}

type Pair<'a> = (&'a Party, Option<&'a Party>);

/// A positive number below 2^53 for one directed pair of one event, the same on every machine.
fn number(ev: &Ev, (who, whom): Pair<'_>) -> String {
    let key = format!("{} {} {}", ev.id, who.id, whom.map_or("", |w| w.id.as_str()));
    (links::number(&key) & ((1 << 53) - 1)).to_string()
}

fn row(
    selection: &Selection<'_>,
    ev: &Ev,
    tellings: &[Telling],
    day: &str,
    pair: Pair<'_>,
    second: bool,
) -> Vec<String> {
    let date = compact(Some(day));
    let part = |from: usize, to: usize| date.get(from..to).unwrap_or_default().to_owned();
    let mut out = vec![number(ev, pair), date.clone(), part(0, 6), part(0, 4), fraction(&date)];
    out.extend(actor(Some(pair.0)));
    out.extend(actor(pair.1));
    let lead = tellings.first().is_some_and(|t| t.span[0] < t.length / 5);
    out.push(u8::from(lead).to_string());
    let code = |n: usize| ev.cameo.get(..n).unwrap_or(&ev.cameo).to_owned();
    out.extend([ev.cameo.clone(), code(3), code(2), quad(ev).to_string()]);
    out.push(ev.goldstein.map_or_else(String::new, |g| g.to_string()));
    out.extend([tellings.len().to_string(), ev.outlets.to_string(), ev.articles.to_string(), String::new()]);
    // Actors are not placed apart from their event.
    for place in [None, None, ev.place.as_ref()] {
        out.extend(geo(selection, place, second));
    }
    let added = stamp(ev.seen.as_deref().or(Some(day)));
    out.push(if second { added } else { added.get(..8).unwrap_or_default().to_owned() });
    out.push(tellings.first().map_or_else(String::new, |t| t.url.clone()));
    out
}

/// Code, name, country, group, ethnic and two religion codes (blank), three types.
fn actor(party: Option<&Party>) -> [String; 10] {
    let mut out: [String; 10] = Default::default();
    let Some(p) = party else { return out };
    if p.code != "---" {
        out[0].clone_from(&p.code);
    }
    out[1] = p.name.to_uppercase();
    out[2] = p.country.clone().unwrap_or_default();
    for (slot, sector) in out[7..].iter_mut().zip(sectors(&p.code, p.country.as_deref())) {
        *slot = sector;
    }
    out
}

/// `Year + ((Month-1)*30 + Day)/365`, as the files have it.
fn fraction(date: &str) -> String {
    let n = |from, to| date.get(from..to).and_then(|t: &str| t.parse::<f64>().ok()).unwrap_or(0.0);
    format!("{:.4}", n(0, 4) + ((n(4, 6) - 1.0) * 30.0 + n(6, 8)) / 365.0)
}

/// GDELT's quad class goes by the CAMEO root, not by the PLOVER type.
fn quad(ev: &Ev) -> u8 {
    match ev.cameo.get(..2).and_then(|r| r.parse().ok()).unwrap_or(0) {
        0..=5 => 1,
        6..=9 => 2,
        10..=14 => 3,
        _ => 4,
    }
}

/// Type, full name, country, first and (2.0) second division, latitude, longitude, feature id.
fn geo(selection: &Selection<'_>, place: Option<&Spot>, second: bool) -> Vec<String> {
    let blank = |n: usize| vec![String::new(); n];
    let Some(p) = place else {
        let mut out = vec!["0".to_owned()];
        out.extend(blank(if second { 7 } else { 6 }));
        return out;
    };
    let country = p.country.as_deref().unwrap_or_default();
    let fips = selection.fips(p.country.as_deref()).to_owned();
    let state = country == "USA";
    let kind = match (p.exact.as_str(), state) {
        ("country" | "region" | "sea", _) => 1,
        ("adm1", true) => 2,
        ("adm1", false) => 5,
        (_, true) => 3,
        (_, false) => 4,
    };
    let name = selection.country(country).to_owned();
    let full = match kind {
        1 => p.name.clone(),
        2 | 5 => format!("{}, {name}", p.name),
        _ => [Some(p.name.clone()), p.adm1.clone(), Some(name)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
    };
    let mut out = vec![kind.to_string(), full, fips.clone()];
    // The two characters after the country are FIPS regions, which we do not have; type 1 repeats the country.
    out.push(if kind == 1 { fips.clone() } else { String::new() });
    if second {
        out.push(String::new());
    }
    out.extend([
        format!("{:.4}", p.lat),
        format!("{:.4}", p.lon),
        if kind == 1 { fips } else { String::new() },
    ]);
    out
}

/// Times, kind (web), outlet, address, sentence, offsets of the two actors (not kept apart: -1) and the act, text.
fn mention(ev: &Ev, t: &Telling, day: &str, pair: Pair<'_>) -> Vec<String> {
    let web = t.url.starts_with("http");
    let percent = ((ev.confidence * 10.0).round() as u32).clamp(1, 10) * 10;
    vec![
        number(ev, pair),
        stamp(Some(day)),
        stamp(t.published.as_deref().or(Some(day))),
        if web { "1" } else { "2" }.to_owned(),
        t.outlet.clone().unwrap_or_default(),
        t.url.clone(),
        t.number.to_string(),
        "-1".to_owned(),
        "-1".to_owned(),
        t.span[0].to_string(),
        "1".to_owned(),
        percent.to_string(),
        t.length.to_string(),
        String::new(),
        String::new(),
        String::new(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fraction_is_that_of_the_files() {
        assert_eq!(fraction("20160315"), "2016.2055");
    }
}
