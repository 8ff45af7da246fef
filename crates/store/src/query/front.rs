//! What changed since a moment: the first page of the desk.

use super::alerts::{Options, alerts};
use super::filter::Filter;
use super::search::{QUOTE, Quote, quote};
use super::{Clause, Ev, read_events};
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};

/// The front page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Front {
    /// The moment, ISO.
    pub since: String,
    /// Stories with a report published since that is not a copy.
    pub moved: u64,
    /// Stories whose first report was published since.
    pub new: u64,
    /// Stories in dispute among those that moved.
    pub disputed: u64,
    /// Those that moved: new ones first, then by independent reports.
    pub stories: Vec<Lead>,
    /// Pairs that left their past.
    pub pairs: Vec<Pair>,
    /// Statements since.
    pub said: Vec<Quote>,
    /// What to look at before citing.
    pub check: Vec<Check>,
}

/// One story on the front page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// Story id.
    pub story: String,
    /// Its largest event, when it has one.
    pub ev: Option<Ev>,
    /// Title.
    pub headline: String,
    /// A quotation from it.
    pub best: Option<Quote>,
    /// True when its first report was published since.
    pub fresh: bool,
    /// Points in dispute.
    pub disputes: u32,
    /// Sizes of the groups of its reports would need its edges: independent and all reports here.
    pub independent: u32,
    /// Reports.
    pub articles: u32,
}

/// One pair that left its past.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Pair {
    /// Who.
    pub a: String,
    /// To whom.
    pub b: String,
    /// `conflict` or `cooperation`.
    pub what: String,
    /// Events in the last week.
    pub n: u64,
    /// Usual number.
    pub usual: f64,
    /// Weekly counts, oldest first.
    pub weeks: Vec<u64>,
}

/// Something to look at before citing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Check {
    /// `dispute`, `single origin`, `unread`.
    pub kind: String,
    /// In words.
    pub text: String,
    /// `story/ID`, or the source of an unread page.
    pub link: String,
}

/// Stories and statements shown.
const LISTED: i64 = 30;

/// What changed since `since` (ISO date or time; empty: everything).
///
/// # Errors
/// The database cannot be read.
pub fn front(store: &Store, filter: &Filter, since: &str) -> Result<Front, Error> {
    let mut out = Front { since: since.to_owned(), ..Front::default() };
    let day = crate::day::number(since).unwrap_or(i64::MIN / 2);
    let (moved, new, disputed): (i64, f64, f64) = store.connection.query_row(
        "SELECT count(*), total(first_day >= ?1), total(disputes > 0) FROM story WHERE last_day >= ?1 OR last_day IS NULL",
        [day],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )?;
    (out.moved, out.new, out.disputed) = (moved.unsigned_abs(), new as u64, disputed as u64);
    out.stories = leads(store, day)?;
    let options = Options { limit: 8, ..Options::default() };
    out.pairs = alerts(store, filter, options)?
        .into_iter()
        .map(|a| Pair { a: a.who, b: a.whom, what: a.what, n: a.n, usual: a.usual, weeks: a.series })
        .collect();
    let sql = format!(
        "{QUOTE} WHERE a.day >= ? AND a.published >= ? AND q.kind = 'direct' AND q.name <> '' \
         ORDER BY a.day DESC, a.published DESC, q.n LIMIT {LISTED}"
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    out.said = statement.query_map(rusqlite::params![day, since], quote)?.collect::<Result<_, _>>()?;
    out.check = checks(store, day)?;
    Ok(out)
}

fn leads(store: &Store, day: i64) -> Result<Vec<Lead>, Error> {
    let mut statement = store.connection.prepare_cached(
        "SELECT n, id, title, coalesce(first_day >= ?1, 0), disputes, independent, articles FROM story \
         WHERE last_day >= ?1 OR last_day IS NULL ORDER BY 4 DESC, independent DESC, last_day DESC, id LIMIT ?2",
    )?;
    let sql = format!(
        "{QUOTE} WHERE a.story = ? AND q.name <> '' ORDER BY q.kind = 'direct' DESC, a.published, q.n LIMIT 1"
    );
    let mut quotes = store.connection.prepare_cached(&sql)?;
    let mut rows = statement.query([day, LISTED])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let n: i64 = r.get(0)?;
        let mut clause = Clause::default();
        clause.and("e.story = ?", [n.into()]);
        let ev =
            read_events(store, &clause, "ORDER BY e.independent DESC, e.reality DESC, e.id LIMIT 1")?.pop();
        let best = rusqlite::OptionalExtension::optional(quotes.query_row([n], quote))?;
        out.push(Lead {
            story: r.get(1)?,
            ev,
            headline: r.get(2)?,
            best,
            fresh: r.get(3)?,
            disputes: r.get(4)?,
            independent: r.get(5)?,
            articles: r.get(6)?,
        });
    }
    Ok(out)
}

fn checks(store: &Store, day: i64) -> Result<Vec<Check>, Error> {
    let mut out = Vec::new();
    let mut stories = store.connection.prepare_cached(
        "SELECT id, title, disputes, articles, independent FROM story WHERE (last_day >= ?1 OR last_day IS NULL) \
         AND (disputes > 0 OR articles >= 5 AND independent = 1) ORDER BY articles DESC, id LIMIT 20",
    )?;
    let rows = stories.query_map([day], |r| {
        let (id, title, disputes): (String, String, u32) = (r.get(0)?, r.get(1)?, r.get(2)?);
        let (kind, text) = if disputes > 0 {
            let points = if disputes == 1 { "1 point".to_owned() } else { format!("{disputes} points") };
            ("dispute", format!("{title}: reports differ on {points}"))
        } else {
            ("single origin", format!("{title}: {} reports, 1 origin", r.get::<_, u32>(3)?))
        };
        Ok(Check { kind: kind.to_owned(), text, link: format!("story/{id}") })
    })?;
    for row in rows {
        out.push(row?);
    }
    let mut unread = store.connection.prepare_cached(
        "SELECT source, message FROM outcome WHERE result = 'rejected' ORDER BY n DESC LIMIT 20",
    )?;
    let rows = unread.query_map([], |r| {
        let (source, message): (String, Option<String>) = (r.get(0)?, r.get(1)?);
        let text = format!("{source}: {}", message.unwrap_or_default());
        Ok(Check { kind: "unread".to_owned(), text, link: source })
    })?;
    for row in rows {
        out.push(row?);
    }
    Ok(out)
}
