//! Small questions that the pages of the desk ask beside the large ones: names, first and last days, pairs, marks.

use super::article;
use super::filter::Filter;
use super::search::{QUOTE, Quote, quote};
use crate::day;
use crate::error::Error;
use crate::store::Store;
use record::offset::CodePoints;
use record::{Record, Story};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Usual names of the countries that act in the database or lie under its places, by code.
///
/// # Errors
/// The database cannot be read.
pub fn names(store: &Store) -> Result<BTreeMap<String, String>, Error> {
    let sql = "SELECT country FROM actor WHERE country IS NOT NULL \
               UNION SELECT country FROM place WHERE country IS NOT NULL";
    let mut statement = store.connection.prepare_cached(sql)?;
    let codes = statement.query_map([], |r| r.get::<_, String>(0))?;
    let mut out = BTreeMap::new();
    for code in codes {
        let code = code?;
        if let Some(name) = crate::names::country(&code) {
            out.insert(code, name.to_owned());
        }
    }
    Ok(out)
}

/// Name of the actor that a key or code of a link stands for.
///
/// # Errors
/// The database cannot be read.
pub fn actor_name(store: &Store, word: &str) -> Result<Option<String>, Error> {
    let mut statement = store
        .connection
        .prepare_cached("SELECT name FROM actor WHERE key = ?1 OR key = 'country/' || ?1 LIMIT 1")?;
    Ok(statement.query_row([word], |r| r.get(0)).optional()?)
}

/// Number of all events.
///
/// # Errors
/// The database cannot be read.
pub fn total(store: &Store) -> Result<u64, Error> {
    let n: i64 = store.connection.query_row("SELECT count(*) FROM event", [], |r| r.get(0))?;
    Ok(n.unsigned_abs())
}

/// Publication of the newest page, ISO.
///
/// # Errors
/// The database cannot be read.
pub fn newest(store: &Store) -> Result<Option<String>, Error> {
    let sql = "SELECT max(published) FROM article WHERE day = (SELECT max(day) FROM article)";
    Ok(store.connection.query_row(sql, [], |r| r.get(0))?)
}

/// Day of the oldest page, ISO.
///
/// # Errors
/// The database cannot be read.
pub fn oldest(store: &Store) -> Result<Option<String>, Error> {
    let day: Option<i64> = store.connection.query_row("SELECT min(day) FROM article", [], |r| r.get(0))?;
    Ok(day.map(day::iso))
}

/// Reports that a first look should show.
const LOOK: i64 = 50;
/// Days that a first look reaches back at most.
const BACK: i64 = 7;

/// The day since when the newest fifty reports came, at most a week before the last: where a first look begins.
///
/// # Errors
/// The database cannot be read.
pub fn usual_since(store: &Store) -> Result<Option<String>, Error> {
    let last: Option<i64> = store.connection.query_row("SELECT max(day) FROM article", [], |r| r.get(0))?;
    let sql =
        "SELECT min(day) FROM (SELECT day FROM article WHERE day IS NOT NULL ORDER BY day DESC LIMIT ?)";
    let some: Option<i64> = store.connection.query_row(sql, [LOOK], |r| r.get(0))?;
    Ok(last.zip(some).map(|(last, some)| day::iso(some.max(last - BACK))))
}

/// Days around the reports that charts cover; what is told of other times is listed, not drawn.
const AROUND: i64 = 31;

/// First and last day with an event near the days of publication, ISO, and the number of events on other days.
///
/// # Errors
/// The database cannot be read.
pub fn window(store: &Store, filter: &Filter) -> Result<(Option<String>, Option<String>, u64), Error> {
    let sql = "SELECT min(day), max(day) FROM article";
    let (first, last): (Option<i64>, Option<i64>) =
        store.connection.query_row(sql, [], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let (Some(first), Some(last)) = (first, last) else { return Ok((None, None, 0)) };
    let (low, high) = (first - AROUND, last + AROUND);
    let clause = filter.clause(store)?;
    let sql = format!(
        "SELECT min(CASE WHEN e.day BETWEEN {low} AND {high} THEN e.day END), \
         max(CASE WHEN e.day BETWEEN {low} AND {high} THEN e.day END), \
         total(e.day IS NOT NULL AND e.day NOT BETWEEN {low} AND {high}) FROM event e WHERE true{}",
        clause.sql
    );
    let row = |r: &rusqlite::Row<'_>| {
        Ok((r.get::<_, Option<i64>>(0)?, r.get::<_, Option<i64>>(1)?, r.get::<_, f64>(2)?))
    };
    let (from, to, other) =
        store.connection.query_row(&sql, rusqlite::params_from_iter(&clause.values), row)?;
    Ok((from.map(day::iso), to.map(day::iso), other as u64))
}

/// Two states with the events between them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pairing {
    /// The smaller code.
    pub a: String,
    /// The larger code.
    pub b: String,
    /// Events that happened, both directions.
    pub n: u64,
}

/// Pairs of states with most events that happened.
///
/// # Errors
/// The database cannot be read.
pub fn pairs(store: &Store, filter: &Filter, limit: usize) -> Result<Vec<Pairing>, Error> {
    let (from, clause) = filter.dyads(store)?;
    let sql = format!(
        "SELECT d.event, d.who_state, d.whom_state FROM {from} WHERE d.reality = 2 AND d.again = 0 \
         AND d.who_state <> d.whom_state{}",
        clause.sql
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&clause.values))?;
    let mut counts: HashMap<String, HashMap<String, Vec<i64>>> = HashMap::new();
    while let Some(r) = rows.next()? {
        let (who, whom) = (r.get_ref(1)?.as_str()?, r.get_ref(2)?.as_str()?);
        let (a, b) = if who < whom { (who, whom) } else { (whom, who) };
        if !counts.contains_key(a) {
            counts.insert(a.to_owned(), HashMap::new());
        }
        let Some(there) = counts.get_mut(a) else { continue };
        match there.get_mut(b) {
            Some(events) => events.push(r.get(0)?),
            None => {
                there.insert(b.to_owned(), vec![r.get(0)?]);
            }
        }
    }
    let mut out: Vec<Pairing> = Vec::new();
    for (a, there) in counts {
        for (b, mut events) in there {
            // Mutual events stand in both directions.
            events.sort_unstable();
            events.dedup();
            out.push(Pairing { a: a.clone(), b, n: events.len() as u64 });
        }
    }
    out.sort_by(|x, y| y.n.cmp(&x.n).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b))));
    out.truncate(limit);
    Ok(out)
}

/// How the reports of a story hang together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shape {
    /// Sizes of the groups of reports that repeat one origin, largest first.
    pub groups: Vec<u32>,
    /// What its reports contradict each other about.
    pub about: Vec<String>,
}

impl Shape {
    /// Shape of a story.
    pub fn of(story: &Story) -> Shape {
        // The report that each copying report was taken from; reports that only share background stand alone.
        let edges = story.copies.iter().filter(|e| e.kind != "derived");
        let parents: BTreeMap<&str, &str> = edges.map(|e| (e.from.as_str(), e.to.as_str())).collect();
        let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
        for report in &story.reports {
            let mut at = report.as_str();
            for _ in 0..=parents.len() {
                match parents.get(at) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            *sizes.entry(at).or_default() += 1;
        }
        let mut groups: Vec<u32> = sizes.into_values().collect();
        groups.sort_unstable_by(|a, b| b.cmp(a));
        let about: BTreeSet<String> = story.differences.iter().map(|d| d.about.clone()).collect();
        Shape { groups, about: about.into_iter().collect() }
    }
}

/// Shape of one story; empty when there is none.
///
/// # Errors
/// The database cannot be read or is damaged.
pub fn shape(store: &Store, id: &str) -> Result<Shape, Error> {
    let sql = "SELECT shape, CASE WHEN shape IS NULL THEN data END FROM story WHERE id = ?";
    let mut statement = store.connection.prepare_cached(sql)?;
    let row = |r: &rusqlite::Row<'_>| Ok((r.get::<_, Option<String>>(0)?, r.get::<_, Option<String>>(1)?));
    Ok(match statement.query_row([id], row).optional()? {
        Some((Some(shape), _)) => serde_json::from_str(&shape)?,
        // Written by an older version.
        Some((None, Some(data))) => Shape::of(&serde_json::from_str(&data)?),
        _ => Shape::default(),
    })
}

/// Headline of a page; `None` when it has none.
///
/// # Errors
/// The database cannot be read.
pub fn title(store: &Store, article: &str) -> Result<Option<String>, Error> {
    let mut statement =
        store.connection.prepare_cached("SELECT title FROM article WHERE id = ? AND title <> ''")?;
    Ok(statement.query_row([article], |r| r.get(0)).optional()?)
}

/// First quotation of a page with a named speaker.
///
/// # Errors
/// The database cannot be read.
pub fn quotation(store: &Store, article: &str) -> Result<Option<Quote>, Error> {
    let sql = format!("{QUOTE} WHERE a.id = ? AND q.kind = 'direct' AND q.name <> '' ORDER BY q.n LIMIT 1");
    let mut statement = store.connection.prepare_cached(&sql)?;
    Ok(statement.query_row([article], quote).optional()?)
}

/// Reports that came since a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Arrivals {
    /// All of them.
    pub all: u64,
    /// Those that were taken from no other.
    pub independent: u64,
}

/// Counts reports published on or after the day of `since`.
///
/// # Errors
/// The database cannot be read or is damaged.
pub fn arrivals(store: &Store, since: &str) -> Result<Arrivals, Error> {
    let day = day::number(since).unwrap_or(i64::MIN / 2);
    let sql = "SELECT count(*), count(*) FILTER (WHERE copied = 0) FROM article WHERE day >= ?";
    let mut statement = store.connection.prepare_cached(sql)?;
    let row =
        |r: &rusqlite::Row<'_>| Ok((r.get::<_, i64>(0)?.unsigned_abs(), r.get::<_, i64>(1)?.unsigned_abs()));
    let (all, independent) = statement.query_row([day], row)?;
    Ok(Arrivals { all, independent })
}

/// Name under which the page of an article marks a statement: `q3`, `c1`.
///
/// # Errors
/// The database cannot be read.
pub fn mark(store: &Store, article: &str, span: [u32; 2]) -> Result<Option<String>, Error> {
    let mut statement = store.connection.prepare_cached(
        "SELECT q.kind IN ('direct', 'mixed'), (SELECT count(*) FROM statement p WHERE p.article = q.article AND \
         p.ordinal <= q.ordinal AND (p.kind IN ('direct', 'mixed')) = (q.kind IN ('direct', 'mixed'))) \
         FROM statement q JOIN article a ON a.n = q.article WHERE a.id = ? AND q.span_start = ? AND q.span_end = ? LIMIT 1",
    )?;
    let found = statement.query_row(params![article, span[0], span[1]], |r| {
        Ok(format!("{}{}", if r.get(0)? { 'q' } else { 'c' }, r.get::<_, i64>(1)?))
    });
    Ok(found.optional()?)
}

/// A story by its title.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Named {
    /// Story id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Reports.
    pub articles: u32,
}

/// Stories whose reports hold the words, those with most reports first.
///
/// # Errors
/// The database cannot be read.
pub fn stories_named(store: &Store, words: &str, limit: u32) -> Result<Vec<Named>, Error> {
    let query = super::filter::matching(words);
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = store.connection.prepare_cached(
        "SELECT s.id, s.title, s.articles FROM story s WHERE s.n IN (SELECT a.story FROM article a WHERE a.n IN \
         (SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? ORDER BY bm25(words, 4.0, 1.0), rowid LIMIT 200)) \
         ORDER BY s.articles DESC, s.id LIMIT ?",
    )?;
    let floor = super::search::floor(store, &query)?;
    let rows = statement.query_map(params![query, floor, limit], |r| {
        Ok(Named { id: r.get(0)?, title: r.get(1)?, articles: r.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where the words of an act stand within the sentence of an event.
pub struct Acts<'a> {
    store: &'a Store,
    /// Of articles that an older version kept: read once each.
    known: HashMap<String, Vec<Option<[usize; 2]>>>,
}

impl<'a> Acts<'a> {
    /// Nothing read yet.
    pub fn new(store: &'a Store) -> Acts<'a> {
        Acts { store, known: HashMap::new() }
    }

    /// Code points of the trigger of the `number`-th event (from 1) of an article, within its sentence.
    ///
    /// # Errors
    /// The database cannot be read or is damaged.
    pub fn of(&mut self, article: &str, number: u64) -> Result<Option<[usize; 2]>, Error> {
        let mut statement = self.store.connection.prepare_cached(
            "SELECT t.act_start, t.act_end FROM telling t JOIN article a ON a.n = t.article \
             WHERE a.id = ? AND t.ordinal = ? - 1",
        )?;
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let row = |r: &rusqlite::Row<'_>| Ok((r.get::<_, Option<i64>>(0)?, r.get::<_, Option<i64>>(1)?));
        if let Some((Some(start), Some(end))) =
            statement.query_row(params![article, number], row).optional()?
        {
            return Ok(usize::try_from(start).ok().zip(usize::try_from(end).ok()).map(|(a, b)| [a, b]));
        }
        if !self.known.contains_key(article) {
            let found = article::record(self.store, article, true)?.map(|r| triggers(&r)).unwrap_or_default();
            self.known.insert(article.to_owned(), found);
        }
        let at = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        Ok(at.and_then(|n| self.known.get(article)?.get(n).copied().flatten()))
    }
}

fn triggers(record: &Record) -> Vec<Option<[usize; 2]>> {
    let (Some(doc), Some(coding)) = (&record.doc, &record.coding) else { return Vec::new() };
    let chars = CodePoints::new(&record.page.text);
    let of = |e: &record::Event| {
        let sentence = doc.sentences.get(e.sentence as usize)?.span;
        let first = chars.of_byte(sentence.start as usize);
        let at = |b: u32| chars.of_byte(b as usize).checked_sub(first);
        Some([at(e.trigger.start)?, at(e.trigger.end)?])
    };
    coding.events.iter().map(of).collect()
}
