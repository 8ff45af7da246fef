//! A filter to series by day, week or month, and lanes of the stories in them.

use super::Reality;
use super::filter::{Clause, Filter};
use crate::day::{self, Period};
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Most steps of a series.
const STEPS: i64 = 4000;

/// Counts over time. All lists have the length of `days`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Timeline {
    /// First days of the steps, without gaps, ISO.
    pub days: Vec<String>,
    /// Events that happened, by quad class.
    pub q: [Vec<u64>; 4],
    /// Sum of their Goldstein values.
    pub goldstein: Vec<f64>,
    /// Independent reports of them.
    pub independent: Vec<u64>,
    /// Events that are only reported; not in `q`.
    pub reported: Vec<u64>,
    /// Possible and planned events; not in `q`.
    pub open: Vec<u64>,
    /// Told as not having happened or only supposed; not in `q`.
    pub not_happened: Vec<u64>,
    /// The largest stories.
    pub lanes: Vec<Lane>,
    /// Events without a day, which stand in no step.
    pub undated: u64,
}

/// One story on the time line.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Lane {
    /// Story id.
    pub story: String,
    /// Its title.
    pub name: String,
    /// Its events in order of their days.
    pub points: Vec<Point>,
    /// Its reports, whatever the filter takes of its events.
    pub articles: u32,
    /// Those of them that are independent.
    pub independent: u32,
    /// Sizes of the groups of reports of its largest event.
    pub groups: Vec<u32>,
}

/// One event on a lane.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Point {
    /// Day, ISO.
    pub at: String,
    /// Quad class.
    pub quad: u8,
    /// Independent reports.
    pub ind: u32,
    /// Modality.
    pub modality: String,
    /// Event id.
    pub event: String,
}

/// Series of what a filter takes, with at most `lanes` stories.
///
/// # Errors
/// The database cannot be read.
pub fn timeline(store: &Store, filter: &Filter, by: Period, lanes: usize) -> Result<Timeline, Error> {
    let clause = filter.clause(store)?;
    let mut stories = HashMap::new();
    let mut out = read(store, &clause, by, filter.days(), |story| *stories.entry(story).or_default() += 1)?;
    out.lanes = lanes_of(store, &clause, &stories, lanes)?;
    Ok(out)
}

/// Series of the events that a clause takes.
pub(crate) fn series(
    store: &Store,
    clause: &Clause,
    by: Period,
    range: (Option<i64>, Option<i64>),
) -> Result<Timeline, Error> {
    read(store, clause, by, range, |_| ())
}

/// Series, and the story of each event that has a day to `dated`.
fn read(
    store: &Store,
    clause: &Clause,
    by: Period,
    range: (Option<i64>, Option<i64>),
    mut dated: impl FnMut(i64),
) -> Result<Timeline, Error> {
    let sql = format!(
        "SELECT e.day, e.quad, e.reality, coalesce(e.goldstein, 0.0), e.independent, e.story FROM event e WHERE true{}",
        clause.sql
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&clause.values))?;
    let mut steps: BTreeMap<i64, Step> = BTreeMap::new();
    let mut periods = day::Periods::new(by);
    let mut out = Timeline::default();
    while let Some(r) = rows.next()? {
        let Some(day) = r.get::<_, Option<i64>>(0)? else {
            out.undated += 1;
            continue;
        };
        dated(r.get(5)?);
        let step = steps.entry(periods.of(day)).or_default();
        match Reality::from_number(r.get(2)?) {
            Reality::Happened => {
                if let Some(q) = step.q.get_mut(usize::from(r.get::<_, u8>(1)?).wrapping_sub(1)) {
                    *q += 1;
                }
                step.goldstein += r.get::<_, f64>(3)?;
                step.independent += r.get::<_, i64>(4)?.unsigned_abs();
            }
            Reality::Reported => step.beside[0] += 1,
            Reality::Open => step.beside[1] += 1,
            Reality::Not => step.beside[2] += 1,
        }
    }
    let first = range.0.map(|d| day::period(d, by)).or_else(|| steps.keys().next().copied());
    let last = range.1.map(|d| day::period(d, by)).or_else(|| steps.keys().next_back().copied());
    let (Some(first), Some(last)) = (first, last) else { return Ok(out) };
    let mut at = first;
    for _ in 0..STEPS {
        if at > last {
            break;
        }
        out.push(at, steps.get(&at).copied().unwrap_or_default());
        at = next(at, by);
    }
    Ok(out)
}

/// First day of the step after the one that begins at `at`.
pub(crate) fn next(at: i64, by: Period) -> i64 {
    match by {
        Period::Day => at + 1,
        Period::Week => at + 7,
        Period::Month => day::period(at + 31, by),
        Period::Year => day::period(at + 366, by),
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Step {
    q: [u64; 4],
    goldstein: f64,
    independent: u64,
    beside: [u64; 3],
}

impl Timeline {
    fn push(&mut self, day: i64, step: Step) {
        self.days.push(day::iso(day));
        for (list, n) in self.q.iter_mut().zip(step.q) {
            list.push(n);
        }
        self.goldstein.push(step.goldstein);
        self.independent.push(step.independent);
        let [reported, open, not] = step.beside;
        self.reported.push(reported);
        self.open.push(open);
        self.not_happened.push(not);
    }
}

/// The stories with most independent reports, then most events among those counted, at most `most`: their numbers, and
/// lanes without points.
fn largest(store: &Store, counts: &HashMap<i64, u64>, most: usize) -> Result<Vec<(i64, Lane)>, Error> {
    // In the order of an index, so that those below the last one taken are not looked at.
    let mut statement = store.connection.prepare_cached(
        "SELECT n, independent, id FROM story ORDER BY independent DESC, last_day DESC, id",
    )?;
    let mut rows = statement.query([])?;
    let mut found: Vec<(i64, u64, String, i64)> = Vec::new();
    while let Some(r) = rows.next()? {
        let (n, independent): (i64, i64) = (r.get(0)?, r.get(1)?);
        if found.len() >= most && found.last().is_some_and(|f| independent < f.0) {
            break;
        }
        if let Some(events) = counts.get(&n) {
            found.push((independent, *events, r.get(2)?, n));
        }
    }
    found.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.cmp(&b.2)));
    found.truncate(most);
    let sql = "SELECT title, articles, independent FROM story WHERE n = ?";
    let mut statement = store.connection.prepare_cached(sql)?;
    let mut lane = |(_, _, story, n): (i64, u64, String, i64)| {
        let row = statement.query_row([n], |r| {
            let (name, articles, independent) = (r.get(0)?, r.get(1)?, r.get(2)?);
            Ok(Lane { story, name, articles, independent, ..Lane::default() })
        })?;
        Ok((n, row))
    };
    found.into_iter().map(&mut lane).collect()
}

fn lanes_of(
    store: &Store,
    clause: &Clause,
    counts: &HashMap<i64, u64>,
    most: usize,
) -> Result<Vec<Lane>, Error> {
    let sql = format!(
        "SELECT e.day, e.quad, e.independent, e.modality, e.id, e.groups FROM event e \
         WHERE e.day IS NOT NULL AND e.story = ?{} ORDER BY e.day, e.id",
        clause.sql
    );
    let mut events = store.connection.prepare_cached(&sql)?;
    let mut out = Vec::new();
    for (n, mut lane) in largest(store, counts, most)? {
        let values = std::iter::once(rusqlite::types::Value::from(n)).chain(clause.values.iter().cloned());
        let mut rows = events.query(rusqlite::params_from_iter(values))?;
        let mut largest = 0;
        while let Some(r) = rows.next()? {
            let ind: u32 = r.get(2)?;
            if ind > largest {
                largest = ind;
                lane.groups = serde_json::from_str(&r.get::<_, String>(5)?).unwrap_or_default();
            }
            lane.points.push(Point {
                at: day::iso(r.get(0)?),
                quad: r.get(1)?,
                ind,
                modality: r.get(3)?,
                event: r.get(4)?,
            });
        }
        out.push(lane);
    }
    Ok(out)
}
