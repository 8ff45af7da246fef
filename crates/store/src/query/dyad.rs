//! Two actors to what each did to the other over time.

use super::filter::Filter;
use super::timeline::{Timeline, series};
use super::{Ev, Reality};
use crate::day::Period;
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Both directions of a pair.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Dyad {
    /// First actor, as asked for.
    pub a: String,
    /// Second actor.
    pub b: String,
    /// What the first did to the second.
    pub ab: Timeline,
    /// What the second did to the first.
    pub ba: Timeline,
    /// The days that stand out, in order.
    pub flags: Vec<Flag>,
    /// Types of what happened, both directions, most frequent first.
    pub top: Vec<(String, u64)>,
    /// First day with an event, ISO.
    pub first: Option<String>,
    /// Last day with an event, ISO.
    pub last: Option<String>,
    /// The events.
    pub lists: Lists,
}

/// Events of both directions.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Lists {
    /// From the first to the second.
    pub ab: Vec<Ev>,
    /// From the second to the first.
    pub ba: Vec<Ev>,
}

/// A day that stands out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Flag {
    /// Day, ISO.
    pub day: String,
    /// The sentence of its most reported event.
    pub text: String,
    /// Story id.
    pub story: String,
    /// Event id.
    pub event: String,
}

/// Rows of each list.
const LISTED: u64 = 100;
/// Most flags.
const FLAGS: usize = 8;

/// What `a` and `b` did to each other among the events that `filter` takes; `who`, `whom` of the filter are not used.
///
/// # Errors
/// The database cannot be read.
pub fn dyad(store: &Store, filter: &Filter, a: &str, b: &str, by: Period) -> Result<Dyad, Error> {
    // Mutual events have all takers on the first side: they belong to both directions.
    let side = |who: &str, whom: &str| {
        let mut clause = Filter { who: Vec::new(), whom: Vec::new(), ..filter.clone() }.clause();
        let (x, values) = super::filter::actors(&[who.to_owned()]);
        let (y, more) = super::filter::actors(&[whom.to_owned()]);
        // Through the events of the first, which an index has, to their pairs.
        let sql = format!(
            "e.n IN (SELECT d.event FROM dyad d WHERE d.event IN (SELECT event FROM participant WHERE actor IN ({x})) \
             AND +d.who IN ({x}) AND +d.whom IN ({y}))"
        );
        clause.and(&sql, values.clone().into_iter().chain(values).chain(more));
        clause
    };
    let tail = format!("ORDER BY e.day DESC, e.id LIMIT {LISTED}");
    let (there, back) = (side(a, b), side(b, a));
    let mut out = Dyad {
        a: a.to_owned(),
        b: b.to_owned(),
        ab: series(store, &there, by, filter.days())?,
        ba: series(store, &back, by, filter.days())?,
        lists: Lists {
            ab: super::read_events(store, &there, &tail)?,
            ba: super::read_events(store, &back, &tail)?,
        },
        ..Dyad::default()
    };
    out.summarise();
    Ok(out)
}

impl Dyad {
    fn summarise(&mut self) {
        let all: Vec<&Ev> = self.lists.ab.iter().chain(self.lists.ba.iter().filter(|e| !e.mutual)).collect();
        let mut types: BTreeMap<&str, u64> = BTreeMap::new();
        let mut best: BTreeMap<&str, &Ev> = BTreeMap::new();
        for ev in all.iter().filter(|e| e.reality == Reality::Happened) {
            *types.entry(&ev.kind).or_default() += 1;
            let Some(day) = ev.day.as_deref() else { continue };
            let slot = best.entry(day).or_insert(ev);
            if weight(ev) > weight(slot) {
                *slot = ev;
            }
        }
        let mut top: Vec<(String, u64)> = types.into_iter().map(|(k, n)| (k.to_owned(), n)).collect();
        top.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut flags: Vec<&Ev> = best.into_values().collect();
        flags.sort_by(|a, b| weight(b).cmp(&weight(a)).then(b.day.cmp(&a.day)));
        flags.truncate(FLAGS);
        flags.sort_by(|a, b| a.day.cmp(&b.day));
        let flags = flags
            .into_iter()
            .map(|e| Flag {
                day: e.day.clone().unwrap_or_default(),
                text: e.text.clone(),
                story: e.story.clone(),
                event: e.id.clone(),
            })
            .collect();
        let days = || all.iter().filter_map(|e| e.day.clone());
        (self.first, self.last) = (days().min(), days().max());
        (self.top, self.flags) = (top, flags);
    }
}

/// How much an event stands out: independent reports, then the size of its Goldstein value.
fn weight(ev: &Ev) -> (u32, u64) {
    (ev.independent, ev.goldstein.map_or(0, |g| (g.abs() * 10.0) as u64))
}
