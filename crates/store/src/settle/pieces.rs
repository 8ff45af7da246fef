//! Links to pieces: groups of reports that must be clustered together, none too large, and those of them that changed.

use super::links::number;
use crate::error::Error;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeSet, HashMap};

/// Most reports that are clustered all against all. Larger groups are cut at rising scores, then by days.
pub const MOST: usize = 300;
/// How much the score rises from one try to the next.
const STEP: f64 = 0.5;
/// Score at which cutting by scores stops.
const TIGHT: f64 = 5.0;

/// Reports to be clustered together.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// Articles by publication, then id.
    pub articles: Vec<i64>,
    /// Their ids, in the same order.
    pub ids: Vec<String>,
    /// Hash of the ids.
    pub hash: i64,
}

/// What is known of an article.
#[derive(Debug, Clone)]
struct Known {
    id: String,
    published: String,
    piece: Option<i64>,
}

/// Pieces that hold an article which waits, or whose members were not together before.
///
/// A piece is everything that scores above a bound tie together, at the lowest bound at which it is small enough. Only
/// pieces that a waiting article is in or has a link to can change; a search that grows too large is given up and tried
/// again at the next bound. So the cost follows what was added, not the size of the database.
pub fn changed(connection: &Connection, loose: f32) -> Result<Vec<Piece>, Error> {
    let loose = f64::from(loose);
    let mut seen: BTreeSet<i64> = BTreeSet::new();
    let mut done: BTreeSet<i64> = BTreeSet::new();
    let mut out = Vec::new();
    for start in touched(connection, loose)? {
        if seen.contains(&start) {
            continue;
        }
        for part in pieces(connection, start, loose)? {
            seen.extend(&part);
            let known = known(connection, &part)?;
            let piece = piece(part, &known);
            let same = |n: &i64| known.get(n).is_some_and(|k| k.piece == Some(piece.hash));
            if !piece.articles.iter().all(same) && done.insert(piece.hash) {
                out.push(piece);
            }
        }
    }
    Ok(out)
}

/// Waiting articles, and all articles of the pieces that they have a link to.
fn touched(connection: &Connection, loose: f64) -> Result<BTreeSet<i64>, Error> {
    let mut waiting = connection.prepare_cached("SELECT n FROM article WHERE settled = 0")?;
    let mut piece = connection.prepare_cached("SELECT piece FROM article WHERE n = ? AND settled = 1")?;
    let mut members = connection.prepare_cached("SELECT n FROM article WHERE piece = ?")?;
    let mut out: BTreeSet<i64> = waiting.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    let mut near: BTreeSet<i64> = BTreeSet::new();
    for n in &out {
        near.extend(links(connection, *n, loose)?);
    }
    let mut old: BTreeSet<i64> = BTreeSet::new();
    for n in near {
        old.extend(piece.query_row([n], |r| r.get::<_, Option<i64>>(0)).optional()?.flatten());
    }
    for hash in old {
        for n in members.query_map([hash], |r| r.get(0))? {
            out.insert(n?);
        }
    }
    Ok(out)
}

/// The other ends of the links of an article that score above a bound, and the reports that a reader put together with it.
fn links(connection: &Connection, n: i64, above: f64) -> Result<Vec<i64>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT b FROM link WHERE a = ?1 AND score > ?2 UNION ALL SELECT a FROM link WHERE b = ?1 AND score > ?2 \
         UNION ALL SELECT o.article FROM decided d JOIN decision x ON x.n = d.decision JOIN decided o ON o.decision = x.n \
         WHERE d.article = ?1 AND x.kind = 'merge' AND x.undone IS NULL",
    )?;
    let rows = statement.query_map(rusqlite::params![n, above], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The pieces around `start`: its own, and those beside it when a tight group is cut.
fn pieces(connection: &Connection, start: i64, loose: f64) -> Result<Vec<Vec<i64>>, Error> {
    let mut above = loose;
    while above < TIGHT {
        if let Some(members) = reach(connection, start, above, Some(MOST))? {
            return Ok(vec![members]);
        }
        above += STEP;
    }
    // So many reports that repeat each other: by day, and in the order of publication.
    let mut members = reach(connection, start, TIGHT, None)?.unwrap_or_default();
    let known = known(connection, &members)?;
    sort(&mut members, &known);
    Ok(members.chunks(MOST).map(<[i64]>::to_vec).collect())
}

/// Everything that links above a bound tie to `start`, in order; `None` when it is more than `most`. Without `most` only
/// reports of the same day.
fn reach(
    connection: &Connection,
    start: i64,
    above: f64,
    most: Option<usize>,
) -> Result<Option<Vec<i64>>, Error> {
    let mut day = connection.prepare_cached("SELECT day FROM article WHERE n = ?")?;
    let mut day = |n: i64| day.query_row([n], |r| r.get::<_, Option<i64>>(0));
    let first = day(start)?;
    let mut seen = BTreeSet::from([start]);
    let mut todo = vec![start];
    while let Some(at) = todo.pop() {
        for other in links(connection, at, above)? {
            if !seen.contains(&other) && (most.is_some() || day(other)? == first) {
                seen.insert(other);
                todo.push(other);
            }
        }
        if most.is_some_and(|most| seen.len() > most) {
            return Ok(None);
        }
    }
    Ok(Some(seen.into_iter().collect()))
}

fn known(connection: &Connection, members: &[i64]) -> Result<HashMap<i64, Known>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT id, published, CASE WHEN settled THEN piece END FROM article WHERE n = ?")?;
    members
        .iter()
        .map(|&n| {
            let known = statement.query_row([n], |r| {
                // Reports without a date come last.
                let published = r.get::<_, Option<String>>(1)?.unwrap_or_else(|| "~".to_owned());
                Ok(Known { id: r.get(0)?, published, piece: r.get(2)? })
            })?;
            Ok((n, known))
        })
        .collect()
}

fn sort(articles: &mut [i64], known: &HashMap<i64, Known>) {
    let key = |n: &i64| known.get(n).map(|k| (k.published.as_str(), k.id.as_str()));
    articles.sort_by(|a, b| key(a).cmp(&key(b)));
}

fn piece(mut articles: Vec<i64>, known: &HashMap<i64, Known>) -> Piece {
    sort(&mut articles, known);
    let ids: Vec<String> = articles.iter().filter_map(|n| known.get(n).map(|k| k.id.clone())).collect();
    Piece { hash: number(&ids.join(" ")), articles, ids }
}
