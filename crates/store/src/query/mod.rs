//! Questions to a database, each answered by a plain struct that has a JSON form.
//!
//! What did not happen never counts as having happened: see [`Reality`]. Every count keeps the four apart.

pub mod actor;
pub mod agg;
pub mod alerts;
pub mod article;
mod article_types;
pub mod desk;
pub mod diff;
pub mod dyad;
pub mod events;
pub mod explain;
pub mod facets;
pub mod filter;
pub mod front;
pub mod map;
pub mod network;
pub mod search;
pub mod story;
pub mod timeline;

pub use filter::{Dropped, Filter, NAMES};

use crate::day;
use crate::error::Error;
use crate::store::Store;
use filter::Clause;
use record::Modality;
use rusqlite::Row;
use serde::{Deserialize, Serialize};

/// How far an event has happened. Only [`Reality::Happened`] is counted as an event; the others are counted beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reality {
    /// Negated or hypothetical.
    Not,
    /// Possible or planned; an earlier time without a day of its own.
    Open,
    /// Somebody says so, nobody vouches for it.
    Reported,
    /// Some text vouches for it.
    Happened,
}

impl Reality {
    /// Class of a modality; `dated`: the event has a day of its own in the text, not only that of publication.
    pub fn of(modality: Modality, dated: bool) -> Reality {
        match modality {
            Modality::Asserted => Reality::Happened,
            Modality::Historical if dated => Reality::Happened,
            Modality::Reported => Reality::Reported,
            Modality::Possible | Modality::Planned | Modality::Historical => Reality::Open,
            Modality::Hypothetical | Modality::Negated => Reality::Not,
        }
    }

    /// The number stored: -1 to 2.
    pub fn number(self) -> i64 {
        self as i64 - 1
    }

    /// The inverse of [`Reality::number`].
    pub fn from_number(n: i64) -> Reality {
        match n {
            2.. => Reality::Happened,
            1 => Reality::Reported,
            0 => Reality::Open,
            _ => Reality::Not,
        }
    }
}

/// An actor as a list shows it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Party {
    /// Key: `country/RUS`, `person/…`, `role/RUSMIL`, `name/…`.
    pub id: String,
    /// Name in the text that is shown, or the usual name.
    pub name: String,
    /// Country and sectors run together; `---` when none is known.
    pub code: String,
    /// ISO 3166 alpha-3 or a PLOVER body code.
    pub country: Option<String>,
    /// `country`, `person`, `organisation` …
    pub kind: String,
}

/// A place as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// GeoNames id, or the name where there is none.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub adm1: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames feature class and code.
    pub feature: String,
    /// `city`, `adm1`, `country`, `region` …: how exact it is.
    pub exact: String,
}

/// One event of the world in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ev {
    /// Id: the founder's telling; the same on every machine.
    pub id: String,
    /// Story id.
    pub story: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER modes joined by `+`; empty for none.
    pub mode: String,
    /// CAMEO code.
    pub cameo: String,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// Goldstein value.
    pub goldstein: Option<f64>,
    /// Who acts; all takers when mutual.
    pub who: Vec<Party>,
    /// To whom.
    pub whom: Vec<Party>,
    /// True when direction does not matter.
    pub mutual: bool,
    /// First day, ISO.
    pub day: Option<String>,
    /// Last day when it is another.
    pub day_end: Option<String>,
    /// True when the text gives the day; else it is the day of publication.
    pub day_exact: bool,
    /// Where.
    pub place: Option<Spot>,
    /// Modality of the most real telling.
    pub modality: String,
    /// Whether it counts.
    pub reality: Reality,
    /// False when it is told as not having happened.
    pub polarity: bool,
    /// Sizes of the groups of reports that repeat one origin, largest first: sum = articles, length = independent.
    pub groups: Vec<u32>,
    /// Reports.
    pub articles: u32,
    /// Outlets.
    pub outlets: u32,
    /// Independent reports.
    pub independent: u32,
    /// The same when shared background ties reports too.
    pub independent_low: u32,
    /// True when reports contradict each other about it.
    pub disputed: bool,
    /// First publication, ISO.
    pub seen: Option<String>,
    /// The sentence to show.
    pub text: String,
    /// Where it stands in the article's text, in code points.
    pub text_span: [u32; 2],
    /// Id of that article.
    pub article: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Number of the event in that article, from 1, as `explain` counts.
    pub number: u32,
    /// 0 to 1: how much the coder trusts the telling shown.
    pub confidence: f64,
}

/// Sizes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Events that the filter takes, whatever their modality.
    pub events: u64,
    /// Those that happened.
    pub happened: u64,
    /// Reports that tell of them: the sum over events.
    pub reports: u64,
    /// Independent reports, summed likewise.
    pub independent: u64,
    /// Events without a place.
    pub unlocated: u64,
    /// Inputs of the whole database that could not be read.
    pub rejected: u64,
}

/// What every answer is wrapped in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope<T> {
    /// The question.
    pub query: Filter,
    /// Last publication in the database, ISO.
    pub as_of: Option<String>,
    /// Sizes.
    pub counts: Totals,
    /// Number of rows after which the answer was cut, when it was.
    pub capped: Option<u64>,
    /// The answer.
    pub data: T,
}

/// Wraps an answer.
///
/// # Errors
/// The database cannot be read.
pub fn envelope<T>(store: &Store, filter: &Filter, data: T) -> Result<Envelope<T>, Error> {
    let as_of = store.connection.query_row("SELECT max(published) FROM article", [], |r| r.get(0))?;
    Ok(Envelope { query: filter.clone(), as_of, counts: totals(store, filter)?, capped: None, data })
}

/// Sizes of what a filter takes.
///
/// # Errors
/// The database cannot be read.
pub fn totals(store: &Store, filter: &Filter) -> Result<Totals, Error> {
    let clause = filter.clause(store)?;
    let sql = format!(
        "SELECT count(*), total(e.reality = 2), total(e.articles), total(e.independent), total(e.place IS NULL) \
         FROM event e WHERE true{}",
        clause.sql
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let mut out = statement.query_row(rusqlite::params_from_iter(&clause.values), |r| {
        let whole = |i| r.get::<_, f64>(i).map(|n| n as u64);
        Ok(Totals {
            events: r.get::<_, i64>(0)?.unsigned_abs(),
            happened: whole(1)?,
            reports: whole(2)?,
            independent: whole(3)?,
            unlocated: whole(4)?,
            rejected: 0,
        })
    })?;
    let rejected: i64 =
        store
            .connection
            .query_row("SELECT count(*) FROM outcome WHERE result = 'rejected'", [], |r| r.get(0))?;
    out.rejected = rejected.unsigned_abs();
    Ok(out)
}

/// Columns of an [`Ev`], over a list `picked` of numbers of events.
const EVENT: &str = "SELECT e.n, e.id, s.id, e.type, e.modes, e.cameo, e.quad, e.goldstein, e.symmetric, e.day, \
    e.day_end, e.day_exact, e.modality, e.reality, e.groups, e.articles, e.outlets, e.independent, \
    e.independent_low, e.disputed, e.seen, e.text, e.span_start, e.span_end, a.id, a.outlet, e.ordinal, \
    e.confidence, p.key, p.name, p.country, p.adm1, p.lat, p.lon, p.feature, p.exactness \
    FROM picked JOIN event e ON e.n = picked.n JOIN story s ON s.n = e.story JOIN article a ON a.n = e.article \
    LEFT JOIN place p ON p.n = e.place";

/// Events that a clause takes, in the order of `tail` (`ORDER BY … LIMIT …`), with their participants.
pub(crate) fn read_events(store: &Store, clause: &Clause, tail: &str) -> Result<Vec<Ev>, Error> {
    // Chosen by their numbers first, so that ordering does not carry whole rows of those that are left out.
    let order = tail.split(" LIMIT").next().unwrap_or_default();
    let sql = format!(
        "WITH picked AS MATERIALIZED (SELECT e.n AS n FROM event e WHERE true{} {tail}) {EVENT} {order}",
        clause.sql
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let rows = statement
        .query_map(rusqlite::params_from_iter(&clause.values), |r| Ok((r.get::<_, i64>(0)?, event(r)?)))?;
    let mut out = Vec::new();
    let mut sides = store.connection.prepare_cached(
        "SELECT p.side, a.key, p.name, a.code, a.country, a.kind FROM participant p JOIN actor a ON a.n = p.actor \
         WHERE p.event = ? ORDER BY p.side, p.ordinal",
    )?;
    for row in rows {
        let (n, mut ev) = row?;
        let parties = sides.query_map([n], |r| Ok((r.get::<_, i64>(0)?, party(r, 1)?)))?;
        for party in parties {
            let (side, party) = party?;
            if side == 0 { ev.who.push(party) } else { ev.whom.push(party) }
        }
        out.push(ev);
    }
    Ok(out)
}

/// Key, name, code, country, kind from column `at` on.
pub(crate) fn party(r: &Row<'_>, at: usize) -> rusqlite::Result<Party> {
    Ok(Party {
        id: r.get(at)?,
        name: r.get(at + 1)?,
        code: r.get(at + 2)?,
        country: r.get(at + 3)?,
        kind: r.get(at + 4)?,
    })
}

fn event(r: &Row<'_>) -> rusqlite::Result<Ev> {
    let (day, day_end) = (r.get::<_, Option<i64>>(9)?, r.get::<_, Option<i64>>(10)?);
    let modality: String = r.get(12)?;
    let groups: String = r.get(14)?;
    Ok(Ev {
        id: r.get(1)?,
        story: r.get(2)?,
        kind: r.get(3)?,
        mode: r.get(4)?,
        cameo: r.get(5)?,
        quad: r.get(6)?,
        goldstein: r.get(7)?,
        who: Vec::new(),
        whom: Vec::new(),
        mutual: r.get(8)?,
        day: day.map(day::iso),
        day_end: day_end.filter(|d| Some(*d) != day).map(day::iso),
        day_exact: r.get(11)?,
        polarity: modality != Modality::Negated.as_str(),
        modality,
        reality: Reality::from_number(r.get(13)?),
        groups: serde_json::from_str(&groups).unwrap_or_default(),
        articles: r.get(15)?,
        outlets: r.get(16)?,
        independent: r.get(17)?,
        independent_low: r.get(18)?,
        disputed: r.get(19)?,
        seen: r.get(20)?,
        text: r.get(21)?,
        text_span: [r.get(22)?, r.get(23)?],
        article: r.get(24)?,
        outlet: r.get(25)?,
        number: r.get::<_, u32>(26)? + 1,
        confidence: r.get(27)?,
        place: spot(r, 28)?,
    })
}

/// A place from column `at` on; `None` when its key is null.
pub(crate) fn spot(r: &Row<'_>, at: usize) -> rusqlite::Result<Option<Spot>> {
    let Some(id) = r.get::<_, Option<String>>(at)? else { return Ok(None) };
    Ok(Some(Spot {
        id,
        name: r.get(at + 1)?,
        country: r.get(at + 2)?,
        adm1: r.get(at + 3)?,
        lat: r.get(at + 4)?,
        lon: r.get(at + 5)?,
        feature: r.get(at + 6)?,
        exact: r.get(at + 7)?,
    }))
}

/// The id that an id which is no longer in use leads to now; `None` when it never could have been one.
///
/// Ids name the founder: story `sA` was founded by article `A`, event `A.3` by the third event that `A` tells. Whatever
/// was merged since, the founder is in one story and its telling in one event, and their present ids are the heirs.
///
/// # Errors
/// The database cannot be read.
pub fn heir(store: &Store, id: &str) -> Result<Option<String>, Error> {
    heir_of(&store.connection, id)
}

pub(crate) fn heir_of(connection: &rusqlite::Connection, id: &str) -> Result<Option<String>, Error> {
    let ask = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
        let found = connection.prepare_cached(sql)?.query_row(values, |r| r.get::<_, String>(0));
        Ok::<_, Error>(rusqlite::OptionalExtension::optional(found)?)
    };
    if let Some((article, number)) = id.rsplit_once('.') {
        let Some(ordinal) = number.parse::<i64>().ok().and_then(|n| n.checked_sub(1)) else {
            return Ok(None);
        };
        let sql = "SELECT e.id FROM article a JOIN telling t ON t.article = a.n JOIN event e ON e.n = t.event \
                   WHERE a.id = ? AND t.ordinal = ?";
        return ask(sql, &[&article, &ordinal]);
    }
    let Some(article) = id.strip_prefix('s') else { return Ok(None) };
    ask("SELECT s.id FROM article a JOIN story s ON s.n = a.story WHERE a.id = ?", &[&article])
}
