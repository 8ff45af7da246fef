//! The packed gazetteer, read where it lies in the binary: folded name → places, place number → record.
//!
//! The layout is written by `build/gazetteer.rs`. Nothing is unpacked: a look-up walks the fst and decodes records.

use std::sync::OnceLock;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

const RECORD: usize = 22;
const NONE: u16 = u16::MAX;
const NO_COUNTRY: u8 = u8::MAX;

/// What a place of the gazetteer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    City,
    /// Capital of a country.
    Capital,
}

/// One place. Small and copied freely; strings borrow from the binary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GazPlace {
    /// Number in the gazetteer.
    pub number: u32,
    /// GeoNames id, 0 for the few divisions that have none.
    pub geonames_id: u32,
    /// GeoNames' main name.
    pub name: &'static str,
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

/// Read access to the packed gazetteer.
#[derive(Debug)]
pub struct Gazetteer {
    records: &'static [u8],
    names: &'static [u8],
    lands: &'static [u8],
    codes: &'static [u8],
    postings: &'static [u8],
    index: Option<fst::Map<&'static [u8]>>,
    level1: u32,
    first_country: u32,
}

/// The embedded gazetteer.
///
/// ```
/// let world = demarche_assets::gazetteer();
/// let hits = world.find("reykjavik");
/// assert_eq!(world.place(hits[0].place).map(|p| p.geonames_id), Some(3413829));
/// ```
pub fn gazetteer() -> &'static Gazetteer {
    static ONCE: OnceLock<Gazetteer> = OnceLock::new();
    ONCE.get_or_init(|| Gazetteer::open(BYTES).unwrap_or_else(Gazetteer::empty))
}

fn number(bytes: &[u8], at: usize, len: usize) -> u32 {
    let mut four = [0u8; 4];
    match bytes.get(at..at + len) {
        Some(found) => four[..len].copy_from_slice(found),
        None => return u32::MAX,
    }
    u32::from_le_bytes(four)
}

impl Gazetteer {
    /// Reads the header of a packed gazetteer. `None` when it is not one.
    fn open(bytes: &'static [u8]) -> Option<Self> {
        bytes.strip_prefix(b"DGZ1")?;
        let word = |i: usize| number(bytes, 4 + 4 * i, 4) as usize;
        let part = |i: usize| bytes.get(word(i)..word(i + 1));
        Some(Gazetteer {
            records: part(0)?,
            names: part(1)?,
            lands: part(2)?,
            codes: part(3)?,
            postings: part(4)?,
            index: Some(fst::Map::new(part(5)?).ok()?),
            level1: word(7) as u32,
            first_country: word(8) as u32,
        })
    }

    fn empty() -> Self {
        Gazetteer {
            records: &[],
            names: &[],
            lands: &[],
            codes: &[],
            postings: &[],
            index: None,
            level1: 0,
            first_country: 0,
        }
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// True when there is no place.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Places that bear the folded name (see [`crate::fold()`]), most populous first. About a microsecond.
    pub fn find(&self, folded: &str) -> Vec<Hit> {
        let hit = |n: u32| Hit { place: n / 2, alternate: n % 2 == 1 };
        match self.index.as_ref().and_then(|i| i.get(folded)) {
            None => Vec::new(),
            Some(one) if one % 2 == 1 => vec![hit((one / 2) as u32)],
            Some(many) => {
                let at = (many / 2) as usize * 4;
                let count = number(self.postings, at, 4).min(1000) as usize;
                (1..=count).map(|i| hit(number(self.postings, at + 4 * i, 4))).collect()
            }
        }
    }

    /// True when some place bears the folded name.
    pub fn has(&self, folded: &str) -> bool {
        self.index.as_ref().is_some_and(|i| i.contains_key(folded))
    }

    /// The record of a place.
    pub fn place(&self, at: u32) -> Option<GazPlace> {
        let r = self.records.get(at as usize * RECORD..(at as usize + 1) * RECORD)?;
        let degrees = |at: usize| f64::from(number(r, at, 3)) * (360.0 / f64::from(1u32 << 24)) - 180.0;
        let short = |at: usize| number(r, at, 2) as u16;
        let kind = match r[20] {
            1 => PlaceKind::Adm1,
            2 => PlaceKind::Adm2,
            3 => PlaceKind::Country,
            4 => PlaceKind::Continent,
            6 => PlaceKind::Capital,
            _ => PlaceKind::City,
        };
        Some(GazPlace {
            number: at,
            geonames_id: number(r, 0, 4),
            name: self.name(number(r, 12, 3) as usize),
            kind,
            lat: degrees(4),
            lon: degrees(7),
            log_population: f32::from(short(10)) / 3000.0,
            country: Some(r[15]).filter(|&c| c != NO_COUNTRY),
            adm1: Some(short(16)).filter(|&n| n != NONE).map(u32::from),
            adm2: Some(short(18)).filter(|&n| n != NONE).map(|n| u32::from(n) + self.level1),
        })
    }

    fn name(&self, at: usize) -> &'static str {
        let len = self.names.get(at).map_or(0, |&n| n as usize);
        self.names.get(at + 1..at + 1 + len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    /// The country with the number.
    pub fn country(&self, at: u8) -> Option<Land> {
        let r = self.lands.get(at as usize * 9..(at as usize + 1) * 9)?;
        let text = |range| std::str::from_utf8(r.get(range).unwrap_or(&[])).unwrap_or("");
        let place = self.first_country + u32::from(at);
        let capital = Some(number(r, 5, 4)).filter(|&n| n != u32::MAX);
        Some(Land { alpha2: text(0..2), alpha3: text(2..5), place, capital })
    }

    /// All countries, in the order of their alpha-2 codes.
    pub fn countries(&self) -> impl Iterator<Item = Land> + '_ {
        (0..(self.lands.len() / 9) as u8).filter_map(|i| self.country(i))
    }

    /// Number of the country with the alpha-2 code.
    pub fn country_number(&self, alpha2: &str) -> Option<u8> {
        (0..(self.lands.len() / 9) as u8).find(|&i| self.country(i).is_some_and(|c| c.alpha2 == alpha2))
    }

    /// First-level divisions with their ISO 3166-2 codes (`US-CA`; `""` when they have none).
    pub fn divisions(&self) -> impl Iterator<Item = (&'static str, u32)> + '_ {
        (0..self.level1).map(|i| (self.name(number(self.codes, i as usize * 4, 4) as usize), i))
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
        assert_eq!(world.place(city.adm1.unwrap()).unwrap().name, "New Mexico");
        assert_eq!(world.place(city.adm2.unwrap()).unwrap().name, "Bernalillo County");
        assert_eq!(world.country(city.country.unwrap()).unwrap().alpha3, "USA");
        let kenya = world.country(world.country_number("KE").unwrap()).unwrap();
        assert_eq!(world.place(kenya.place).unwrap().name, "Kenya");
        assert_eq!(world.place(kenya.capital.unwrap()).unwrap().name, "Nairobi");
        assert!(
            world.divisions().any(|(code, at)| code == "CA-ON" && world.place(at).unwrap().name == "Ontario")
        );
    }

    #[test]
    fn every_record_is_on_the_globe() {
        let world = gazetteer();
        for at in 0..world.len() as u32 {
            let p = world.place(at).unwrap();
            assert!(!p.name.is_empty() && p.lat.abs() <= 90.0 && p.lon.abs() <= 180.0, "{p:?}");
            assert!(p.adm1.is_none_or(|a| world.place(a).unwrap().kind == PlaceKind::Adm1), "{p:?}");
            assert!(p.adm2.is_none_or(|a| world.place(a).unwrap().kind == PlaceKind::Adm2), "{p:?}");
        }
    }
}
