//! Pairs of actors whose level of conflict or cooperation left its own past, with the sentences behind.

use super::agg::{Group, pairs};
use super::filter::Filter;
use super::{Clause, Ev, Reality, read_events};
use crate::day;
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How changes are looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Days of the window that is judged, ending at the last day.
    pub window: i64,
    /// Days before it that are the past.
    pub past: i64,
    /// Least surprise, as -log10 of the chance of a count at least as high.
    pub least: f64,
    /// Most alerts.
    pub limit: usize,
    /// What stands on either side.
    pub group: Group,
}

impl Default for Options {
    fn default() -> Self {
        Options { window: 7, past: 84, least: 2.0, limit: 20, group: Group::State }
    }
}

/// One pair that left its past.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Who.
    pub who: String,
    /// To whom.
    pub whom: String,
    /// `conflict` or `cooperation`.
    pub what: String,
    /// First and last day of the window, ISO.
    pub days: (String, String),
    /// Events that happened in the window.
    pub n: u64,
    /// Events that a window of its past had on average.
    pub usual: f64,
    /// -log10 of the chance of so many events in a window if nothing had changed.
    pub surprise: f64,
    /// Counts of the windows before, oldest first, then of this one.
    pub series: Vec<u64>,
    /// The events of the window, most independent reports first.
    pub events: Vec<Ev>,
}

/// Sentences shown with an alert.
const SHOWN: usize = 5;

/// Changes of level up to the last day of `filter` (or of the database). Only what happened is counted.
///
/// The past of a pair gives the mean of a Poisson law with half an event added to the whole past (so that a pair without
/// past is judged too); the surprise of a window is the chance of at least as many events under it.
///
/// # Errors
/// The database cannot be read.
pub fn alerts(store: &Store, filter: &Filter, options: Options) -> Result<Vec<Alert>, Error> {
    let newest: Option<i64> =
        store.connection.query_row("SELECT max(day) FROM event WHERE reality = 2", [], |r| r.get(0))?;
    let Some(last) = filter.days().1.or(newest) else { return Ok(Vec::new()) };
    let window = options.window.clamp(1, 366);
    let steps = (options.past / window).clamp(1, 400);
    let first = last - window * (steps + 1) + 1;
    let whole = Filter { from: Some(day::iso(first)), to: Some(day::iso(last)), ..filter.clone() };
    let width = usize::try_from(steps + 1).unwrap_or(1);
    let mut counts: HashMap<(u32, u32, bool), Vec<u64>> = HashMap::new();
    let names = pairs(store, &whole, options.group, |p| {
        let Some(day) = p.day.filter(|_| p.reality == Reality::Happened && p.who != p.whom) else { return };
        let list = counts.entry((p.who, p.whom, p.quad >= 3)).or_insert_with(|| vec![0; width]);
        let at = usize::try_from((day - first) / window).unwrap_or(0);
        if let Some(n) = list.get_mut(at) {
            *n += 1;
        }
    })?;
    let name = |n: u32| names.get(n as usize).cloned().unwrap_or_default();
    let mut out: Vec<Alert> = counts
        .into_iter()
        .filter_map(|((who, whom, conflict), series)| {
            let n = series.last().copied()?;
            let before: u64 = series.iter().rev().skip(1).sum();
            let usual = before as f64 / steps as f64;
            let surprise = surprise(n, (before as f64 + 0.5) / steps as f64);
            let what = if conflict { "conflict" } else { "cooperation" }.to_owned();
            let days = (day::iso(last - window + 1), day::iso(last));
            (surprise >= options.least && n > 1).then(|| Alert {
                who: name(who),
                whom: name(whom),
                what,
                days,
                n,
                usual,
                surprise,
                series,
                events: Vec::new(),
            })
        })
        .collect();
    out.sort_by(|a, b| {
        b.surprise
            .total_cmp(&a.surprise)
            .then_with(|| (&a.who, &a.whom, &a.what).cmp(&(&b.who, &b.whom, &b.what)))
    });
    out.truncate(options.limit);
    for alert in &mut out {
        alert.events = behind(store, filter, alert, options.group)?;
    }
    Ok(out)
}

/// -log10 of the chance that a Poisson law of mean `mean` gives `n` or more.
fn surprise(n: u64, mean: f64) -> f64 {
    if n == 0 {
        return 0.0;
    }
    // The tail is summed from n upward in logarithms: its first term carries it, the others shrink geometrically.
    let ln_fact: f64 = (2..=n).map(|k| (k as f64).ln()).sum();
    let first = n as f64 * mean.max(1e-9).ln() - mean - ln_fact;
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..1000u64 {
        term *= mean / (n + k) as f64;
        sum += term;
        if term < 1e-12 * sum {
            break;
        }
    }
    let log = (first + sum.ln()) / std::f64::consts::LN_10;
    (-log).max(0.0)
}

fn behind(store: &Store, filter: &Filter, alert: &Alert, group: Group) -> Result<Vec<Ev>, Error> {
    let window =
        Filter { from: Some(alert.days.0.clone()), to: Some(alert.days.1.clone()), ..filter.clone() };
    let mut clause: Clause = window.clause(store)?;
    let side = |state: &str, actor: &str| match group {
        Group::State => format!("{state} = ?"),
        Group::Person => format!("{actor} IN (SELECT n FROM actor WHERE key = ?)"),
        Group::Body => format!("{actor} IN (SELECT n FROM actor WHERE key = ? OR substr(code, 1, 6) = ?)"),
    };
    let sql = format!(
        "e.reality = 2 AND e.quad {} AND e.n IN (SELECT event FROM dyad WHERE {} AND {})",
        if alert.what == "conflict" { ">= 3" } else { "<= 2" },
        side("who_state", "who"),
        side("whom_state", "whom")
    );
    let times = if group == Group::Body { 2 } else { 1 };
    let values =
        [&alert.who, &alert.whom].into_iter().flat_map(|v| std::iter::repeat_n(v.clone().into(), times));
    clause.and(&sql, values);
    read_events(store, &clause, &format!("ORDER BY e.independent DESC, e.day DESC, e.id LIMIT {SHOWN}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surprise_is_the_tail_of_a_poisson_law() {
        // P(X >= 1 | mean 1) = 1 - 1/e; P(X >= 3 | mean 1) = 1 - 2.5/e.
        assert!((surprise(1, 1.0) - -(1.0 - (-1.0f64).exp()).log10()).abs() < 1e-9);
        assert!((surprise(3, 1.0) - -(1.0 - 2.5 * (-1.0f64).exp()).log10()).abs() < 1e-9);
        assert!(surprise(0, 5.0) == 0.0 && surprise(500, 1.0) > 100.0);
        assert!(surprise(5, 10.0) < surprise(15, 10.0));
    }
}
