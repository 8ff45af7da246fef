//! A filter to the values that would narrow it further, with their counts.

use super::filter::Filter;
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};

/// Values with the number of events that each would leave.
pub type Values = Vec<(String, u64)>;

/// Facets of a list. Each is counted without its own parameter, so that its other values stay in sight.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facets {
    /// PLOVER types.
    #[serde(rename = "type")]
    pub kind: Values,
    /// Quad classes.
    pub quad: Values,
    /// Modalities.
    pub modality: Values,
    /// Countries and bodies on either side, by code.
    pub actor: Values,
    /// Countries of the places.
    pub place: Values,
    /// Outlets that tell of the events.
    pub outlet: Values,
    /// Independent reports: at least 1, 2, 3, 5, 10.
    pub ind: Values,
}

/// Most values of one facet.
const MOST: usize = 20;

/// Facets of what a filter takes.
///
/// # Errors
/// The database cannot be read.
pub fn facets(store: &Store, filter: &Filter) -> Result<Facets, Error> {
    let count = |name: &str, column: &str, join: &str| -> Result<Values, Error> {
        let clause = filter.without(name).clause();
        let sql = format!(
            "SELECT CAST({column} AS TEXT), count(DISTINCT e.n) AS c FROM event e {join} WHERE {column} IS NOT NULL{} \
             GROUP BY 1 ORDER BY c DESC, 1 LIMIT {MOST}",
            clause.sql
        );
        pairs(store, &sql, &clause.values)
    };
    let plain = |name: &str, column: &str| -> Result<Values, Error> {
        let clause = filter.without(name).clause();
        let sql = format!(
            "SELECT CAST({column} AS TEXT), count(*) AS c FROM event e WHERE true{} GROUP BY 1 ORDER BY c DESC, 1",
            clause.sql
        );
        pairs(store, &sql, &clause.values)
    };
    let parties = "JOIN participant p ON p.event = e.n JOIN actor x ON x.n = p.actor";
    let outlets = "JOIN telling t ON t.event = e.n JOIN article y ON y.n = t.article";
    Ok(Facets {
        kind: plain("type", "e.type")?,
        quad: plain("quad", "e.quad")?,
        modality: plain("modality", "e.modality")?,
        actor: count("actor", "x.country", parties)?,
        place: count("place", "l.country", "JOIN place l ON l.n = e.place")?,
        outlet: count("outlet", "y.outlet", outlets)?,
        ind: steps(&plain("ind", "e.independent")?),
    })
}

fn pairs(store: &Store, sql: &str, values: &[rusqlite::types::Value]) -> Result<Values, Error> {
    let mut statement = store.connection.prepare_cached(sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(values), |r| {
        Ok((r.get::<_, Option<String>>(0)?.unwrap_or_default(), r.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn steps(each: &Values) -> Values {
    [1u64, 2, 3, 5, 10]
        .iter()
        .map(|least| {
            let n = each.iter().filter(|e| e.0.parse().is_ok_and(|n: u64| n >= *least)).map(|e| e.1).sum();
            (least.to_string(), n)
        })
        .collect()
}
