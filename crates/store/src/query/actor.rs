//! One actor to what it did, said, and with whom.

use super::filter::{Filter, actors};
use super::search::{QUOTE, Quote, quote};
use super::{Ev, Party, party, read_events};
use crate::day;
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};

/// One actor.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ActorPage {
    /// Key.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// `country`, `person` …
    pub kind: String,
    /// Codes under which it stands in events, with the first and last day of each.
    pub codes: Vec<Code>,
    /// Names in the texts, most frequent first.
    pub names: Vec<(String, u64)>,
    /// Events, latest first.
    pub events: Vec<Ev>,
    /// Number of all its events that happened.
    pub happened: u64,
    /// Statements, latest first.
    pub quotes: Vec<Quote>,
    /// Countries and bodies it deals with in what happened, most frequent first.
    pub with: Vec<(String, u64)>,
    /// Other actors that the same words name.
    pub others: Vec<Party>,
}

/// A code and when it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Code {
    /// Code.
    pub code: String,
    /// First day, ISO.
    pub from: Option<String>,
    /// Last day, ISO.
    pub to: Option<String>,
}

/// Events and statements shown.
const LISTED: usize = 100;

/// The actor that `word` names (key, code or part of a name): the one with most events.
///
/// # Errors
/// The database cannot be read.
pub fn actor(store: &Store, word: &str, filter: &Filter) -> Result<Option<ActorPage>, Error> {
    let named = actors(store, &[word.to_owned()])?;
    let sql = format!(
        "SELECT a.n, a.key, a.name, a.code, a.country, a.kind, \
         (SELECT count(*) FROM participant p WHERE p.actor = a.n) + \
         (SELECT count(*) FROM statement q WHERE q.speaker = a.n) AS c \
         FROM actor a WHERE a.n IN ({}) ORDER BY a.key = 'country/' || ?1 DESC, a.name = ?1 DESC, c DESC, a.key LIMIT 20",
        named.numbers()
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let found: Vec<(i64, Party)> =
        statement.query_map([word], |r| Ok((r.get(0)?, party(r, 1)?)))?.collect::<Result<_, _>>()?;
    let mut found = found.into_iter();
    let Some((n, first)) = found.next() else { return Ok(None) };
    let mut clause = filter.clause(store)?;
    clause.and("e.n IN (SELECT event FROM participant WHERE actor = ?)", [n.into()]);
    let events = read_events(store, &clause, &format!("ORDER BY e.day DESC, e.id LIMIT {LISTED}"))?;
    let sql =
        format!("SELECT min(e.day), max(e.day), total(e.reality = 2) FROM event e WHERE true{}", clause.sql);
    let days: (Option<i64>, Option<i64>, f64) =
        store.connection.query_row(&sql, rusqlite::params_from_iter(&clause.values), |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })?;
    let code = Code { code: first.code.clone(), from: days.0.map(day::iso), to: days.1.map(day::iso) };
    Ok(Some(ActorPage {
        id: first.id,
        name: first.name,
        kind: first.kind,
        codes: vec![code],
        names: pairs(
            store,
            "SELECT name, count(*) AS c FROM participant WHERE actor = ? GROUP BY 1 ORDER BY c DESC, 1 LIMIT 20",
            n,
        )?,
        events,
        happened: days.2 as u64,
        quotes: quotes(store, n)?,
        with: pairs(store, WITH, n)?,
        others: found.map(|f| f.1).collect(),
    }))
}

const WITH: &str = "SELECT s, count(DISTINCT event) AS c FROM (\
    SELECT event, whom_state AS s FROM dyad WHERE who = ?1 AND reality = 2 UNION ALL \
    SELECT event, who_state FROM dyad WHERE whom = ?1 AND reality = 2) \
    WHERE s IS NOT NULL GROUP BY 1 ORDER BY c DESC, 1 LIMIT 20";

fn pairs(store: &Store, sql: &str, n: i64) -> Result<Vec<(String, u64)>, Error> {
    let mut statement = store.connection.prepare_cached(sql)?;
    let rows = statement.query_map([n], |r| Ok((r.get(0)?, r.get::<_, i64>(1)?.unsigned_abs())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn quotes(store: &Store, n: i64) -> Result<Vec<Quote>, Error> {
    let sql = format!("{QUOTE} WHERE q.speaker = ? ORDER BY a.published DESC, q.n LIMIT {LISTED}");
    let mut statement = store.connection.prepare_cached(&sql)?;
    Ok(statement.query_map([n], quote)?.collect::<Result<_, _>>()?)
}
