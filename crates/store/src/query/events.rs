//! A filter to a page of events, ordered and cut.

use super::filter::Filter;
use super::{Ev, read_events};
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Most independent reports first, then the latest day.
    #[default]
    Independent,
    /// Latest day first.
    Newest,
    /// Earliest day first.
    Oldest,
    /// Lowest Goldstein value first.
    Goldstein,
}

impl std::str::FromStr for Sort {
    type Err = String;
    fn from_str(s: &str) -> Result<Sort, String> {
        match s {
            "independent" => Ok(Sort::Independent),
            "newest" => Ok(Sort::Newest),
            "oldest" => Ok(Sort::Oldest),
            "goldstein" => Ok(Sort::Goldstein),
            other => Err(format!("{other:?} is none of independent, newest, oldest, goldstein")),
        }
    }
}

/// Which part of the list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// Order.
    pub sort: Sort,
    /// Rows to leave out.
    pub skip: u64,
    /// Rows wanted.
    pub limit: u64,
}

impl Default for Paging {
    fn default() -> Self {
        Paging { sort: Sort::default(), skip: 0, limit: 100 }
    }
}

/// One page of events.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Events {
    /// The rows.
    pub rows: Vec<Ev>,
    /// Rows to skip for the next page; `None` on the last.
    pub next: Option<u64>,
}

/// Events that a filter takes.
///
/// # Errors
/// The database cannot be read.
pub fn events(store: &Store, filter: &Filter, paging: Paging) -> Result<Events, Error> {
    let order = match paging.sort {
        Sort::Independent => "e.independent DESC, e.day DESC, e.id",
        Sort::Newest => "e.day DESC, e.id",
        Sort::Oldest => "e.day, e.id",
        // All of it stands in one index; ids do not.
        Sort::Goldstein => "e.goldstein IS NULL, e.goldstein, e.independent DESC, e.day DESC, e.n",
    };
    let limit = paging.limit.min(1 << 40);
    let skip = paging.skip.min(1 << 40);
    let tail = format!("ORDER BY {order} LIMIT {} OFFSET {skip}", limit + 1);
    let mut rows = read_events(store, &filter.clause(store)?, &tail)?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(Events { rows, next: more.then_some(skip + limit) })
}

/// One event by its id; a merged-away id finds its heir.
///
/// # Errors
/// The database cannot be read.
pub fn event(store: &Store, id: &str) -> Result<Option<Ev>, Error> {
    let find = |id: &str| {
        let mut clause = super::Clause::default();
        clause.and("e.id = ?", [id.to_owned().into()]);
        read_events(store, &clause, "LIMIT 1").map(|mut v| v.pop())
    };
    match find(id)? {
        Some(ev) => Ok(Some(ev)),
        None => super::heir(store, id)?.map_or(Ok(None), |heir| find(&heir)),
    }
}

/// One report of an event: where it stands and the sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Article id.
    pub article: String,
    /// Headline.
    pub title: String,
    /// Address, else where it was read from.
    pub url: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Publication, ISO.
    pub published: Option<String>,
    /// Number of the event in the article, from 1.
    pub number: u32,
    /// The sentence.
    pub text: String,
    /// Where it stands in the article's text, in code points.
    pub span: [u32; 2],
}

/// All reports of an event, by publication; none when the id is not in use.
///
/// # Errors
/// The database cannot be read.
pub fn reports(store: &Store, id: &str) -> Result<Vec<Report>, Error> {
    let mut statement = store.connection.prepare_cached(
        "SELECT a.id, a.title, coalesce(a.url, a.source), a.outlet, a.published, t.ordinal, \
         length(CAST(substr(CAST(a.text AS BLOB), 1, t.byte_start) AS TEXT)), \
         CAST(substr(CAST(a.text AS BLOB), t.byte_start + 1, t.byte_end - t.byte_start) AS TEXT) \
         FROM event e JOIN telling t ON t.event = e.n JOIN article a ON a.n = t.article WHERE e.id = ? \
         ORDER BY a.published IS NULL, a.published, a.id, t.ordinal",
    )?;
    let rows = statement.query_map([id], |r| {
        let (start, text): (u32, String) = (r.get(6)?, r.get(7)?);
        let length = u32::try_from(text.chars().count()).unwrap_or(0);
        Ok(Report {
            article: r.get(0)?,
            title: r.get(1)?,
            url: r.get(2)?,
            outlet: r.get(3)?,
            published: r.get(4)?,
            number: r.get::<_, u32>(5)? + 1,
            text,
            span: [start, start + length],
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Why the tellings of one event were joined, and which were kept apart.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Why {
    /// Event id.
    pub event: String,
    /// Joins made, and the nearest refused.
    pub joins: Vec<crate::settle::EventJoin>,
}

/// Reasons of all events of a story that have any.
///
/// # Errors
/// The database cannot be read or is damaged.
pub fn why(store: &Store, story: &str) -> Result<Vec<Why>, Error> {
    let mut statement = store.connection.prepare_cached(
        "SELECT e.id, e.why FROM event e JOIN story s ON s.n = e.story WHERE s.id = ? AND e.why <> '[]' ORDER BY e.day, e.id",
    )?;
    let rows = statement.query_map([story], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
    let mut out = Vec::new();
    for row in rows {
        let (event, joins) = row?;
        out.push(Why { event, joins: serde_json::from_str(&joins)? });
    }
    Ok(out)
}
