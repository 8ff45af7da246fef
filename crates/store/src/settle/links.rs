//! A new report to its links: others of its days that share rare keys, with the score of each pair.

use super::{Merger, report};
use crate::error::Error;
use crate::merge::cluster::Report;
use crate::merge::compare;
use crate::merge::corpus::Corpus;
use crate::merge::keys::{Keys, Kind};
use crate::merge::rarity::Rarity;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Keys of a report that others find it by.
const KEYS: usize = 40;
/// Keys commoner than this find nobody.
const COMMON: f32 = 0.45;
/// Candidates of a report that are compared; those that share most are taken.
pub const CANDIDATES: usize = 60;
/// A key with more holders in the window finds nobody.
pub const HOLDERS: usize = 500;
/// Day of reports without one.
const NO_DAY: i64 = -1_000_000;
/// Reports whose keys are kept in memory.
const RECENT: usize = 4000;

/// Keys of the reports that were used last.
#[derive(Debug, Clone, Default)]
pub struct Recent {
    reports: HashMap<i64, Report>,
    order: VecDeque<i64>,
}

impl Recent {
    fn keep(&mut self, n: i64, report: Report) {
        if self.reports.insert(n, report).is_none() {
            self.order.push_back(n);
        }
        while self.order.len() > RECENT {
            if let Some(old) = self.order.pop_front() {
                self.reports.remove(&old);
            }
        }
    }
}

/// Finds the links of article `n` and keeps them, and the keys by which later ones find it.
pub fn link(connection: &Connection, merger: &mut Merger, n: i64, new: Report) -> Result<(), Error> {
    let keys = rare(&new.keys, &merger.rarity);
    let day = new.day.unwrap_or(NO_DAY);
    let found = candidates(connection, &keys, new.day, merger.bounds.window_days, merger.bounds.shared_min)?;
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO key (key, day, article) VALUES (?, ?, ?)")?;
    for (key, _) in &keys {
        insert.execute(params![key, day, n])?;
    }
    let found: Vec<i64> = found.into_iter().filter(|other| *other != n).collect();
    for other in &found {
        if !merger.recent.reports.contains_key(other) {
            merger.recent.keep(*other, report(connection, *other)?);
        }
    }
    let others: Vec<(i64, &Report)> =
        found.iter().filter_map(|o| merger.recent.reports.get(o).map(|r| (*o, r))).collect();
    let corpus =
        Corpus::new(std::iter::once(&new.keys).chain(others.iter().map(|o| &o.1.keys)), &merger.rarity);
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO link (a, b, score) VALUES (?, ?, ?)")?;
    if let Some((me, rest)) = corpus.reports.split_first() {
        for (vectors, (other, _)) in rest.iter().zip(&others) {
            // In a fixed order of the two, so that sums come out the same to the last bit.
            let x = if n < *other {
                compare::features(&corpus, me, vectors)
            } else {
                compare::features(&corpus, vectors, me)
            };
            let score = merger.model.pair(&x);
            if score > merger.bounds.loose {
                insert.execute(params![n.min(*other), n.max(*other), f64::from(score)])?;
            }
        }
    }
    merger.recent.keep(n, new);
    Ok(())
}

/// The rarest keys, names before other words, ties by hash: close texts choose alike.
fn rare(keys: &Keys, rarity: &Rarity) -> Vec<(i64, f32)> {
    let mut all: BTreeMap<i64, (f32, bool)> = BTreeMap::new();
    for kind in [Kind::Names, Kind::Places, Kind::Words] {
        for (word, _) in keys.of(kind) {
            let idf = rarity.of(kind, word);
            if idf >= COMMON {
                let slot = all.entry(hash(word)).or_insert((idf, false));
                slot.1 |= kind != Kind::Words;
            }
        }
    }
    let mut all: Vec<(i64, f32, bool)> = all.into_iter().map(|(h, (idf, name))| (h, idf, name)).collect();
    all.sort_by(|a, b| b.2.cmp(&a.2).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0)));
    let names = all.iter().filter(|k| k.2).count().min(KEYS / 2);
    let (first, rest) = all.split_at(names);
    let mut rest: Vec<_> = rest.to_vec();
    rest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    first.iter().chain(rest.iter().take(KEYS - names)).map(|k| (k.0, k.1)).collect()
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
pub fn hash(word: &str) -> i64 {
    let mut out = 0xcbf2_9ce4_8422_2325u64;
    for byte in word.bytes() {
        out = (out ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    i64::from_ne_bytes(out.to_ne_bytes())
}

/// Articles of the window that share at least `least` keys, those that share most first.
fn candidates(
    connection: &Connection,
    keys: &[(i64, f32)],
    day: Option<i64>,
    window: i64,
    least: u32,
) -> Result<Vec<i64>, Error> {
    let mut met: HashMap<i64, (u32, f32)> = HashMap::new();
    let mut holders = connection.prepare_cached(
        "SELECT article FROM key WHERE key = ?1 AND (day BETWEEN ?2 AND ?3 OR day = ?4) LIMIT ?5",
    )?;
    let (from, to) = day.map_or((i64::MIN / 2, i64::MAX / 2), |d| (d - window, d + window));
    for (key, idf) in keys {
        let rows =
            holders.query_map(params![key, from, to, NO_DAY, HOLDERS as i64 + 1], |r| r.get::<_, i64>(0))?;
        let found: Vec<i64> = rows.collect::<Result<_, _>>()?;
        if found.len() <= HOLDERS {
            for article in found {
                let slot = met.entry(article).or_default();
                *slot = (slot.0 + 1, slot.1 + idf);
            }
        }
    }
    let mut out: Vec<(i64, f32)> =
        met.into_iter().filter(|m| m.1.0 >= least).map(|(article, (_, sum))| (article, sum)).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out.truncate(CANDIDATES);
    Ok(out.into_iter().map(|m| m.0).collect())
}
