//! Links to pieces: groups of reports that must be clustered together, none too large, and those of them that changed.

use super::links::hash;
use crate::error::Error;
use crate::merge::cluster::components;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most reports that are clustered all against all. Larger groups are cut at rising scores, then by days.
pub const MOST: usize = 300;
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
pub fn changed(connection: &Connection, loose: f32) -> Result<Vec<Piece>, Error> {
    let waiting: Vec<i64> = {
        let mut statement =
            connection.prepare_cached("SELECT n FROM article WHERE settled = 0 ORDER BY n")?;
        statement.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?
    };
    let mut seen: BTreeSet<i64> = BTreeSet::new();
    let mut out = Vec::new();
    for start in waiting {
        if seen.contains(&start) {
            continue;
        }
        let (members, links) = reach(connection, start, loose)?;
        seen.extend(&members);
        let known = known(connection, &members)?;
        for part in split(&members, &links, f64::from(loose), &known) {
            let piece = piece(part, &known);
            let same = |n: &i64| known.get(n).is_some_and(|k| k.piece == Some(piece.hash));
            if !piece.articles.iter().all(same) {
                out.push(piece);
            }
        }
    }
    Ok(out)
}

type Link = (i64, i64, f64);

/// Everything that links above `loose` tie to `start`.
fn reach(connection: &Connection, start: i64, loose: f32) -> Result<(Vec<i64>, Vec<Link>), Error> {
    let mut statement = connection.prepare_cached(
        "SELECT b, score FROM link WHERE a = ?1 AND score > ?2 UNION ALL SELECT a, score FROM link WHERE b = ?1 AND score > ?2",
    )?;
    let mut seen = BTreeSet::from([start]);
    let mut todo = vec![start];
    let mut links = Vec::new();
    while let Some(at) = todo.pop() {
        let rows = statement.query_map(rusqlite::params![at, f64::from(loose)], |r| {
            Ok((r.get::<_, i64>(0)?, r.get::<_, f64>(1)?))
        })?;
        for row in rows {
            let (other, score) = row?;
            if at < other {
                links.push((at, other, score));
            }
            if seen.insert(other) {
                todo.push(other);
            }
        }
    }
    Ok((seen.into_iter().collect(), links))
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

/// Parts of at most [`MOST`] members: connected at the lowest score that makes them small enough, at last cut in the
/// order of publication.
fn split(members: &[i64], links: &[Link], loose: f64, known: &HashMap<i64, Known>) -> Vec<Vec<i64>> {
    if members.len() <= MOST {
        return vec![members.to_vec()];
    }
    if loose >= TIGHT {
        let mut sorted = members.to_vec();
        sort(&mut sorted, known);
        return sorted.chunks(MOST).map(<[i64]>::to_vec).collect();
    }
    let number: BTreeMap<i64, usize> = members.iter().enumerate().map(|(i, n)| (*n, i)).collect();
    let above = loose + 0.5;
    let kept: Vec<Link> = links.iter().filter(|l| l.2 > above).copied().collect();
    let pairs = kept.iter().filter_map(|l| Some((*number.get(&l.0)?, *number.get(&l.1)?)));
    let groups = components(members.len(), pairs);
    let mut home = vec![0; members.len()];
    for (k, group) in groups.iter().enumerate() {
        group.iter().for_each(|&i| home[i] = k);
    }
    let mut inside: Vec<Vec<Link>> = vec![Vec::new(); groups.len()];
    for link in kept {
        if let Some(&at) = number.get(&link.0) {
            inside[home[at]].push(link);
        }
    }
    groups
        .into_iter()
        .zip(inside)
        .flat_map(|(group, links)| {
            let part: Vec<i64> = group.into_iter().map(|i| members[i]).collect();
            split(&part, &links, above, known)
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
    Piece { hash: hash(&ids.join(" ")), articles, ids }
}
