//! A filter to places with counts, countries with counts, and the number of events without a place.

use super::filter::Filter;
use super::{Spot, spot};
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What the countries are filled by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// The country acted on.
    #[default]
    Recipient,
    /// The country that acts.
    Actor,
    /// The country of the place.
    Place,
}

impl std::str::FromStr for Fill {
    type Err = String;
    fn from_str(s: &str) -> Result<Fill, String> {
        match s {
            "recipient" => Ok(Fill::Recipient),
            "actor" => Ok(Fill::Actor),
            "place" => Ok(Fill::Place),
            other => Err(format!("{other:?} is none of recipient, actor, place")),
        }
    }
}

/// Places of a filter. Only events that happened are counted; the others are in `open`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Map {
    /// Countries with events that happened, most first.
    pub fill: Vec<(String, u64)>,
    /// Places, most events first.
    pub pins: Vec<Pin>,
    /// Events that happened, without a place.
    pub unlocated: u64,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// Id for the filter `place`.
    pub place: String,
    /// Name.
    pub name: String,
    /// Country.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// `city`, `adm1`, `country` …: how exact the place is.
    pub exact: String,
    /// Rough radius that the exactness stands for, in kilometres.
    pub radius_km: u32,
    /// Events that happened, by quad class.
    pub quad: [u64; 4],
    /// Their sum.
    pub n: u64,
    /// Reported, possible, planned and negated events: not in `n`.
    pub open: u64,
}

/// Kilometres that a place of this exactness may be off.
fn radius(exact: &str) -> u32 {
    match exact {
        "site" => 1,
        "city" => 10,
        "near" | "adm2" => 50,
        "adm1" => 150,
        "country" => 500,
        _ => 800,
    }
}

/// Places of what a filter takes; `exact` keeps only those of one exactness, as `city`.
///
/// # Errors
/// The database cannot be read.
pub fn map(store: &Store, filter: &Filter, fill: Fill, exact: Option<&str>) -> Result<Map, Error> {
    let clause = filter.clause(store)?;
    let sql = format!("SELECT e.place, e.reality, e.quad FROM event e WHERE true{}", clause.sql);
    let mut statement = store.connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&clause.values))?;
    let mut out = Map::default();
    // Events by place: those that happened by quad class, then the others.
    let mut counts: HashMap<i64, ([u64; 4], u64)> = HashMap::new();
    while let Some(r) = rows.next()? {
        let (place, happened): (Option<i64>, bool) = (r.get(0)?, r.get::<_, i64>(1)? == 2);
        let Some(place) = place else {
            out.unlocated += u64::from(happened);
            continue;
        };
        let (quad, open) = counts.entry(place).or_default();
        let class = usize::from(r.get::<_, u8>(2)?);
        match class.checked_sub(1).and_then(|q| quad.get_mut(q)).filter(|_| happened) {
            Some(n) => *n += 1,
            None => *open += 1,
        }
    }
    let mut places = store.connection.prepare_cached(
        "SELECT p.key, p.name, p.country, p.adm1, p.lat, p.lon, p.feature, p.exactness FROM place p WHERE p.n = ?",
    )?;
    for (place, (quad, open)) in counts {
        let Some(Spot { id, name, country, lat, lon, exact: how, .. }) =
            places.query_row([place], |r| spot(r, 0))?
        else {
            continue;
        };
        if exact.is_none_or(|e| e == how) {
            let (n, radius_km) = (quad.iter().sum(), radius(&how));
            out.pins.push(Pin { place: id, name, country, lat, lon, exact: how, radius_km, quad, n, open });
        }
    }
    out.pins.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.place.cmp(&b.place)));
    out.fill = countries(store, filter, fill)?;
    Ok(out)
}

fn countries(store: &Store, filter: &Filter, fill: Fill) -> Result<Vec<(String, u64)>, Error> {
    let mut out = match fill {
        Fill::Place => places(store, filter)?,
        Fill::Recipient => sides(store, filter, "whom_state")?,
        Fill::Actor => sides(store, filter, "who_state")?,
    };
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(out)
}

fn places(store: &Store, filter: &Filter) -> Result<Vec<(String, u64)>, Error> {
    let clause = filter.clause(store)?;
    let sql = format!(
        "SELECT p.country, sum(f.c) FROM (SELECT e.place AS place, count(*) AS c FROM event e \
         WHERE e.reality = 2 AND e.place IS NOT NULL{} GROUP BY 1) f JOIN place p ON p.n = f.place \
         WHERE p.country IS NOT NULL GROUP BY 1",
        clause.sql
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(&clause.values), |r| {
        Ok((r.get(0)?, r.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Events by the states on one side, each event once a state.
fn sides(store: &Store, filter: &Filter, column: &str) -> Result<Vec<(String, u64)>, Error> {
    let (from, clause) = filter.dyads(store)?;
    let sql = format!(
        "SELECT d.event, d.{column} FROM {from} WHERE d.reality = 2 AND d.again = 0 AND d.{column} IS NOT NULL{}",
        clause.sql
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&clause.values))?;
    let mut counts: HashMap<String, Vec<i64>> = HashMap::new();
    while let Some(r) = rows.next()? {
        let (event, state) = (r.get(0)?, r.get_ref(1)?.as_str()?);
        match counts.get_mut(state) {
            Some(events) => events.push(event),
            None => {
                counts.insert(state.to_owned(), vec![event]);
            }
        }
    }
    let distinct = |(state, mut events): (String, Vec<i64>)| {
        events.sort_unstable();
        events.dedup();
        (state, events.len() as u64)
    };
    Ok(counts.into_iter().map(distinct).collect())
}
