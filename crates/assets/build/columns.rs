//! Places to the packed gazetteer: columns of numbers, sorted names, postings, each a Zstandard frame.
//!
//! Layout (numbers little-endian), read by `src/gazetteer/unpack.rs`:
//! `DGZ2`; the count of sections, their packed and their unpacked lengths, as u32; then the sections, each a Zstandard frame, in
//! this order: header (first-level divisions, countries start, cities start, places, as u32), the columns of the places (id,
//! latitude, longitude, population, country, first and second division, kind), countries of 9 bytes, ISO 3166-2 codes of
//! first-level divisions, sorted names (bytes shared with the name before, then the rest of each), postings (count of
//! each name, then places), and what the main names have that their folded form has not.
//! A column of n numbers is their lowest bytes, then their second bytes, and so on: neighbours resemble each other byte by
//! byte, which is what makes it pack well. "Delta" columns hold differences to the number before, as zigzag.

use super::form::{LOG_STEPS, MAGIC, SAME, STEPS, WHOLE, spell};
use super::{Country, Kind, Place};
use crate::fold::{fold, fold_into};
use std::collections::BTreeMap;

/// Most places that one name leads to, the most populous.
const BEARERS: usize = 400;
/// Zstandard's level: packed once at build, unpacked at the same speed whatever the level.
const LEVEL: i32 = 21;

/// Packs the places, which stand in their final order. `counts`: first-level divisions, first country, first city.
pub fn pack(
    places: &[Place],
    countries: &BTreeMap<String, Country>,
    iso: &[String],
    counts: &[usize],
) -> Result<Vec<u8>, String> {
    let index = Index::of(places);
    let mut header = Vec::new();
    for n in counts.iter().copied().chain([places.len()]) {
        header.extend_from_slice(&u32::try_from(n).map_err(|e| e.to_string())?.to_le_bytes());
    }
    let column = |of: &dyn Fn(&Place) -> i64| places.iter().map(of).collect::<Vec<i64>>();
    let sections = [
        header,
        planes(&delta(&column(&|p| i64::from(p.id))), 4),
        planes(&delta(&column(&|p| (p.lat * STEPS).round() as i64)), 3),
        planes(&delta(&column(&|p| (p.lon * STEPS).round() as i64)), 3),
        planes(&column(&|p| ((p.population as f64).ln_1p() * f64::from(LOG_STEPS)).round() as i64), 2),
        planes(&column(&|p| i64::from(p.country)), 1),
        planes(&column(&|p| i64::from(p.adm1)), 2),
        planes(&column(&|p| i64::from(p.adm2)), 2),
        planes(&column(&|p| p.kind as i64), 1),
        lands(places, countries)?,
        iso.join("\n").into_bytes(),
        index.shared,
        index.rest,
        planes(&index.bearers, 2),
        planes(&index.postings, 3),
        index.spellings,
    ];
    let mut packed = Vec::new();
    for section in &sections {
        packed.push(zstd::bulk::compress(section, LEVEL).map_err(|e| e.to_string())?);
    }
    let mut out = MAGIC.to_vec();
    let lengths = packed.iter().chain(&sections).map(Vec::len);
    for n in std::iter::once(sections.len()).chain(lengths) {
        out.extend_from_slice(&u32::try_from(n).map_err(|e| e.to_string())?.to_le_bytes());
    }
    out.extend(packed.concat());
    Ok(out)
}

/// Differences to the number before, as zigzag (0, -1, 1, -2 … become 0, 1, 2, 3 …).
fn delta(numbers: &[i64]) -> Vec<i64> {
    let mut before = 0;
    let zigzag = |n: &i64| {
        let by = n - before;
        before = *n;
        (by << 1) ^ (by >> 63)
    };
    numbers.iter().map(zigzag).collect()
}

/// Numbers of `width` bytes, all first bytes first.
fn planes(numbers: &[i64], width: u32) -> Vec<u8> {
    (0..width).flat_map(|b| numbers.iter().map(move |n| (n >> (8 * b)) as u8)).collect()
}

/// Countries: alpha-2, alpha-3, number of the capital (all ones: none).
fn lands(places: &[Place], countries: &BTreeMap<String, Country>) -> Result<Vec<u8>, String> {
    let mut capitals = [u32::MAX; 256];
    for (i, p) in places.iter().enumerate().filter(|(_, p)| p.kind == Kind::Capital) {
        capitals[p.country as usize] = i as u32;
    }
    let mut out = Vec::new();
    for ((code, c), capital) in countries.iter().zip(capitals) {
        out.extend_from_slice(fixed(code, 2)?);
        out.extend_from_slice(fixed(&c.iso3, 3)?);
        out.extend_from_slice(&capital.to_le_bytes());
    }
    Ok(out)
}

fn fixed(code: &str, len: usize) -> Result<&[u8], String> {
    if code.len() == len {
        Ok(code.as_bytes())
    } else {
        Err(format!("country code {code:?} is not {len} letters"))
    }
}

/// Names a place is found by: folded, Latin script, no codes, no transliterations in lower case; true for alternate ones.
fn keys(place: &Place) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut folded = String::new();
    for (i, name) in std::iter::once(&place.name).chain(&place.other).enumerate() {
        let starts_well = i == 0 || name.chars().next().is_some_and(char::is_uppercase);
        let is_code = i > 0 && name.len() <= 4 && name.chars().all(|c| c.is_ascii_uppercase());
        if !starts_well || is_code {
            continue;
        }
        fold_into(name, &mut folded);
        let fits = (2..=40).contains(&folded.len())
            && folded.is_ascii()
            && !folded.bytes().all(|b| b.is_ascii_digit());
        if fits && !out.iter().any(|(k, _)| *k == folded) {
            out.push((folded.clone(), i > 0));
        }
    }
    out
}

/// Sorted names with the places that bear them, and the spelling of main names.
struct Index {
    /// Bytes that each name shares with the one before.
    shared: Vec<u8>,
    /// What follows them, each ended by a zero byte.
    rest: Vec<u8>,
    /// Number of places of each name.
    bearers: Vec<i64>,
    /// Places, `number * 2 + alternate`, most populous first.
    postings: Vec<i64>,
    /// See [`spelling`].
    spellings: Vec<u8>,
}

impl Index {
    fn of(places: &[Place]) -> Index {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, place) in places.iter().enumerate() {
            for (key, alternate) in keys(place) {
                by_name.entry(key).or_default().push(i * 2 + usize::from(alternate));
            }
        }
        let mut out = Index {
            shared: Vec::new(),
            rest: Vec::new(),
            bearers: Vec::new(),
            postings: Vec::new(),
            spellings: Vec::new(),
        };
        let mut found = vec![false; places.len()];
        let mut before = String::new();
        for (key, mut list) in by_name {
            list.sort_by_key(|&p| (std::cmp::Reverse(places[p / 2].population), p));
            list.truncate(BEARERS);
            let same = before.bytes().zip(key.bytes()).take_while(|(a, b)| a == b).count();
            out.shared.push(same as u8);
            out.rest.extend_from_slice(&key.as_bytes()[same..]);
            out.rest.push(0);
            out.bearers.push(list.len() as i64);
            for p in list {
                found[p / 2] |= p % 2 == 0;
                out.postings.push(p as i64);
            }
            before = key;
        }
        for (place, found) in places.iter().zip(found) {
            out.spellings.extend_from_slice(spelling(&place.name, found).as_bytes());
            out.spellings.push(0);
        }
        out
    }
}

/// What the name has that its folded form with capitals has not: nothing, or letters over it ([`SAME`] where it is right,
/// none at the end), or [`WHOLE`] and the name. `found`: the folded form leads to the place.
fn spelling(name: &str, found: bool) -> String {
    let plain = spell(&fold(name), "");
    if !found || plain.chars().count() != name.chars().count() {
        return format!("{WHOLE}{name}");
    }
    let over: String = name.chars().zip(plain.chars()).map(|(n, p)| if n == p { SAME } else { n }).collect();
    over.trim_end_matches(SAME).to_owned()
}
