//! The gazetteer: folded name → places, place number → record.
//!
//! It lies in the binary in under 5 MB and is unpacked once, when the first name is looked up. A look-up is a binary
//! search among the names that begin with the same two letters.

mod form;
mod unpack;

use form::{LOG_STEPS, NO_COUNTRY, NONE, STEPS};
use std::sync::OnceLock;
use unpack::Tables;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

/// What a place of the gazetteer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PlaceKind {
    /// First-level division.
    Adm1,
    /// Second-level division.
    Adm2,
    /// Country or dependent territory.
    Country,
    /// Continent.
    Continent,
    /// Town, village or quarter.
    #[default]
    City,
    /// Capital of a country.
    Capital,
}

/// One place. Small and copied freely; its name is spelt out by [`Gazetteer::name`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GazPlace {
    /// Number in the gazetteer.
    pub number: u32,
    /// GeoNames id, 0 for the few divisions that have none.
    pub geonames_id: u32,
    /// What it is.
    pub kind: PlaceKind,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// Natural logarithm of 1 + population.
    pub log_population: f32,
    /// Number of its country, see [`Gazetteer::country`].
    pub country: Option<u8>,
    /// Place number of its first-level division.
    pub adm1: Option<u32>,
    /// Place number of its second-level division.
    pub adm2: Option<u32>,
}

/// One country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Land {
    /// ISO 3166 alpha-2.
    pub alpha2: &'static str,
    /// ISO 3166 alpha-3.
    pub alpha3: &'static str,
    /// Place number of the country itself.
    pub place: u32,
    /// Place number of its capital.
    pub capital: Option<u32>,
}

/// A place that bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Place number.
    pub place: u32,
    /// True when the name is one of its alternate names.
    pub alternate: bool,
}

/// A place as it is kept.
#[derive(Debug, Clone, Copy, Default)]
struct Record {
    id: u32,
    /// Degrees in steps of [`STEPS`].
    lat: i32,
    lon: i32,
    /// Logarithm of 1 + population in steps of [`LOG_STEPS`].
    people: u16,
    /// Number of the folded main name.
    key: u32,
    /// Start of what it is spelt like.
    spelling: u32,
    adm1: u16,
    adm2: u16,
    country: u8,
    kind: PlaceKind,
}

/// Read access to the gazetteer.
#[derive(Debug)]
pub struct Gazetteer {
    tables: Tables,
    /// Number of the first name at or behind each two letters, and the number of names.
    letters: Vec<u32>,
}

/// The embedded gazetteer, empty when the program's file is damaged. The first call unpacks it, which takes tens of
/// milliseconds.
///
/// ```
/// let world = demarche_assets::gazetteer();
/// let hits = world.find("reykjavik");
/// assert_eq!(world.place(hits[0].place).map(|p| p.geonames_id), Some(3413829));
/// ```
pub fn gazetteer() -> &'static Gazetteer {
    static ONCE: OnceLock<Gazetteer> = OnceLock::new();
    ONCE.get_or_init(|| Gazetteer::new(Tables::unpack(BYTES).unwrap_or_default()))
}

/// The first two letters of a name as a number.
fn letters(name: &[u8]) -> usize {
    let letter = |at: usize| usize::from(name.get(at).copied().unwrap_or(0).min(127));
    letter(0) << 7 | letter(1)
}

impl Gazetteer {
    fn new(tables: Tables) -> Self {
        let mut out = Gazetteer { tables, letters: Vec::with_capacity(1 << 14) };
        for name in 0..out.tables.starts.len().saturating_sub(1) {
            let first = letters(out.tables.key(name));
            while out.letters.len() <= first {
                out.letters.push(name as u32);
            }
        }
        let names = out.tables.starts.len().saturating_sub(1) as u32;
        out.letters.resize((1 << 14) + 1, names);
        out
    }

    /// The number of a folded name.
    fn name_number(&self, folded: &str) -> Option<usize> {
        let first = letters(folded.as_bytes());
        let (mut low, mut high) =
            (*self.letters.get(first)? as usize, *self.letters.get(first + 1)? as usize);
        while low < high {
            let middle = low.midpoint(high);
            match self.tables.key(middle).cmp(folded.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.tables.records.len()
    }

    /// True when there is no place.
    pub fn is_empty(&self) -> bool {
        self.tables.records.is_empty()
    }

    /// Places that bear the folded name (see [`crate::fold()`]), most populous first. Less than a microsecond.
    pub fn find(&self, folded: &str) -> Vec<Hit> {
        let Some(name) = self.name_number(folded) else { return Vec::new() };
        let at = |i: usize| self.tables.bearers.get(i).map_or(0, |&n| n as usize);
        let found = self.tables.postings.get(at(name)..at(name + 1)).unwrap_or_default();
        found.iter().map(|n| Hit { place: n / 2, alternate: n % 2 == 1 }).collect()
    }

    /// True when some place bears the folded name.
    pub fn has(&self, folded: &str) -> bool {
        self.name_number(folded).is_some()
    }

    /// The record of a place.
    pub fn place(&self, at: u32) -> Option<GazPlace> {
        let r = self.tables.records.get(at as usize)?;
        Some(GazPlace {
            number: at,
            geonames_id: r.id,
            kind: r.kind,
            lat: f64::from(r.lat) / STEPS,
            lon: f64::from(r.lon) / STEPS,
            log_population: f32::from(r.people) / LOG_STEPS,
            country: Some(r.country).filter(|&c| c != NO_COUNTRY),
            adm1: Some(r.adm1).filter(|&n| n != NONE).map(u32::from),
            adm2: Some(r.adm2).filter(|&n| n != NONE).map(|n| u32::from(n) + self.tables.level1),
        })
    }

    /// GeoNames' main name of a place; empty when there is no such place.
    pub fn name(&self, at: u32) -> String {
        self.tables.records.get(at as usize).map(|r| self.tables.name(r)).unwrap_or_default()
    }

    /// The country with the number.
    pub fn country(&'static self, at: u8) -> Option<Land> {
        let r = self.tables.lands.get(at as usize * 9..(at as usize + 1) * 9)?;
        let text = |range| std::str::from_utf8(r.get(range).unwrap_or(&[])).unwrap_or("");
        let place = self.tables.first_country + u32::from(at);
        let capital = r.get(5..9).and_then(|b| b.try_into().ok()).map_or(u32::MAX, u32::from_le_bytes);
        let capital = Some(capital).filter(|&n| n != u32::MAX);
        Some(Land { alpha2: text(0..2), alpha3: text(2..5), place, capital })
    }

    /// All countries, in the order of their alpha-2 codes.
    pub fn countries(&'static self) -> impl Iterator<Item = Land> {
        (0..(self.tables.lands.len() / 9) as u8).filter_map(|i| self.country(i))
    }

    /// Number of the country with the alpha-2 code.
    pub fn country_number(&'static self, alpha2: &str) -> Option<u8> {
        (0..(self.tables.lands.len() / 9) as u8)
            .find(|&i| self.country(i).is_some_and(|c| c.alpha2 == alpha2))
    }

    /// First-level divisions with their ISO 3166-2 codes (`US-CA`; `""` when they have none).
    pub fn divisions(&'static self) -> impl Iterator<Item = (&'static str, u32)> {
        self.tables.codes.iter().map(String::as_str).zip(0..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;

    fn best(name: &str) -> GazPlace {
        let world = gazetteer();
        world.place(world.find(&fold(name))[0].place).unwrap()
    }

    #[test]
    fn is_as_small_as_promised() {
        assert!(BYTES.len() < 5_000_000, "{} bytes", BYTES.len());
    }

    #[test]
    fn finds_places_by_any_latin_name() {
        let world = gazetteer();
        assert!(world.len() > 250_000);
        for (name, id) in [("København", 2618425), ("Kiev", 703448), ("Zürich", 2657896), ("Nairobi", 184745)]
        {
            assert!(
                world.find(&fold(name)).iter().any(|h| world.place(h.place).unwrap().geonames_id == id),
                "{name}"
            );
        }
        assert!(world.find("no such place at all").is_empty());
        assert!(world.place(u32::MAX / 64).is_none());
    }

    #[test]
    fn knows_parents_and_countries() {
        let world = gazetteer();
        let city = best("Albuquerque");
        assert_eq!(city.kind, PlaceKind::City);
        assert_eq!(world.name(city.adm1.unwrap()), "New Mexico");
        assert_eq!(world.name(city.adm2.unwrap()), "Bernalillo County");
        assert_eq!(world.country(city.country.unwrap()).unwrap().alpha3, "USA");
        let kenya = world.country(world.country_number("KE").unwrap()).unwrap();
        assert_eq!(world.name(kenya.place), "Kenya");
        assert_eq!(world.name(kenya.capital.unwrap()), "Nairobi");
        assert!(world.divisions().any(|(code, at)| code == "CA-ON" && world.name(at) == "Ontario"));
    }

    #[test]
    fn every_record_is_on_the_globe() {
        let world = gazetteer();
        for at in 0..world.len() as u32 {
            let p = world.place(at).unwrap();
            assert!(!world.name(at).is_empty() && p.lat.abs() <= 90.0 && p.lon.abs() <= 180.0, "{p:?}");
            assert!(p.adm1.is_none_or(|a| world.place(a).unwrap().kind == PlaceKind::Adm1), "{p:?}");
            assert!(p.adm2.is_none_or(|a| world.place(a).unwrap().kind == PlaceKind::Adm2), "{p:?}");
        }
    }
}
