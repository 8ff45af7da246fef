//! Two periods to what changed between them, pair by pair.

use super::agg::{Group, Options, Row, agg};
use super::filter::Filter;
use crate::day::Period;
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One pair in two periods.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Change {
    /// Who.
    pub who: String,
    /// To whom.
    pub whom: String,
    /// Events that happened in the first and second period.
    pub events: [u64; 2],
    /// By quad class, first and second period.
    pub quad: [[u64; 4]; 2],
    /// Mean Goldstein values.
    pub goldstein: [Option<f64>; 2],
    /// Events only reported, first and second period.
    pub reported: [u64; 2],
    /// Events a day in the second period minus the first.
    pub rate: f64,
}

/// Compares period `before` (first and last day, ISO) with period `after`, largest change of rate first. The days of
/// `filter` are not used.
///
/// # Errors
/// The database cannot be read.
pub fn diff(
    store: &Store,
    filter: &Filter,
    before: (&str, &str),
    after: (&str, &str),
    group: Group,
) -> Result<Vec<Change>, Error> {
    let mut out: BTreeMap<(String, String), Change> = BTreeMap::new();
    let mut days = [1.0; 2];
    for (side, (from, to)) in [before, after].into_iter().enumerate() {
        let part = Filter { from: Some(from.to_owned()), to: Some(to.to_owned()), ..filter.clone() };
        if let (Some(a), Some(b)) = part.days() {
            days[side] = (b - a + 1).max(1) as f64;
        }
        for row in agg(store, &part, Options { by: Period::Year, group, one_a_day: false })? {
            out.entry((row.who.clone(), row.whom.clone())).or_default().add(side, &row);
        }
    }
    let mut out: Vec<Change> = out
        .into_iter()
        .map(|((who, whom), c)| {
            let rate = c.events[1] as f64 / days[1] - c.events[0] as f64 / days[0];
            Change { who, whom, rate, ..c }
        })
        .collect();
    out.sort_by(|a, b| {
        b.rate.abs().total_cmp(&a.rate.abs()).then_with(|| (&a.who, &a.whom).cmp(&(&b.who, &b.whom)))
    });
    Ok(out)
}

impl Change {
    /// Adds one row; a period may span several years, so means are weighed by events.
    fn add(&mut self, side: usize, row: &Row) {
        let before = self.events[side] as f64;
        if let Some(mean) = row.goldstein_mean {
            let (old, n) = (self.goldstein[side].unwrap_or(0.0), row.events as f64);
            self.goldstein[side] = Some((old * before + mean * n) / (before + n).max(1.0));
        }
        self.events[side] += row.events;
        self.reported[side] += row.reported;
        for (slot, n) in self.quad[side].iter_mut().zip(row.quad) {
            *slot += n;
        }
    }
}
