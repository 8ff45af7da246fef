//! Events to counts by directed pair and period: quad classes, Goldstein sums and means, one a day.

use super::Reality;
use super::filter::Filter;
use crate::day::{self, Period};
use crate::error::Error;
use crate::merge::vectors::hash;
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// What stands on either side of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Every actor for itself.
    Person,
    /// People under their country and first sector (`RUSGOV`), named bodies and groups for themselves.
    Body,
    /// Country and body codes.
    #[default]
    State,
}

impl std::str::FromStr for Group {
    type Err = String;
    fn from_str(s: &str) -> Result<Group, String> {
        match s {
            "person" => Ok(Group::Person),
            "body" => Ok(Group::Body),
            "state" => Ok(Group::State),
            other => Err(format!("{other:?} is none of person, body, state")),
        }
    }
}

/// How events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Length of the periods.
    pub by: Period,
    /// What stands on either side.
    pub group: Group,
    /// Counts at most one event of a type, pair and day, as event-data studies usually do.
    pub one_a_day: bool,
}

/// Counts of one directed pair in one period.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Row {
    /// First day of the period, ISO; empty for events without a day.
    pub period: String,
    /// Who acts.
    pub who: String,
    /// To whom.
    pub whom: String,
    /// Events that happened.
    pub events: u64,
    /// Those of each quad class.
    pub quad: [u64; 4],
    /// Sum of their Goldstein values.
    pub goldstein_sum: f64,
    /// Mean of their Goldstein values; `None` when none has one.
    pub goldstein_mean: Option<f64>,
    /// Independent reports of them.
    pub independent: u64,
    /// Events that are only reported: not in `events`.
    pub reported: u64,
    /// Possible and planned events: not in `events`.
    pub open: u64,
    /// Events told as not having happened or only supposed: not in `events`.
    pub not_happened: u64,
    /// Events behind the Goldstein mean.
    #[serde(skip)]
    scored: u64,
}

/// One directed pair of one event.
pub(crate) struct Pair {
    pub event: i64,
    pub day: Option<i64>,
    pub who: String,
    pub whom: String,
    pub quad: u8,
    pub goldstein: Option<f64>,
    pub reality: Reality,
    pub independent: u64,
    pub kind: String,
}

/// Directed pairs of the events that a filter takes, by event.
pub(crate) fn pairs(
    store: &Store,
    filter: &Filter,
    group: Group,
    mut each: impl FnMut(Pair),
) -> Result<(), Error> {
    let clause = filter.clause();
    let (who, whom, join) = match group {
        Group::State => ("d.who_state", "d.whom_state", ""),
        Group::Person => ("a.key", "b.key", ACTORS),
        Group::Body => (
            "CASE WHEN a.kind IN ('person', 'role', 'unknown', 'pronoun') AND a.code <> '---' THEN substr(a.code, 1, 6) ELSE a.key END",
            "CASE WHEN b.kind IN ('person', 'role', 'unknown', 'pronoun') AND b.code <> '---' THEN substr(b.code, 1, 6) ELSE b.key END",
            ACTORS,
        ),
    };
    let from = if clause.sql.is_empty() { "dyad d" } else { "event e JOIN dyad d ON d.event = e.n" };
    let sql = format!(
        "SELECT d.event, d.day, {who}, {whom}, d.quad, d.goldstein, d.reality, d.independent, d.type \
         FROM {from} {join} WHERE {who} IS NOT NULL AND {whom} IS NOT NULL{}",
        clause.sql
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&clause.values))?;
    while let Some(r) = rows.next()? {
        each(Pair {
            event: r.get(0)?,
            day: r.get(1)?,
            who: r.get(2)?,
            whom: r.get(3)?,
            quad: r.get(4)?,
            goldstein: r.get(5)?,
            reality: Reality::from_number(r.get(6)?),
            independent: r.get::<_, i64>(7)?.unsigned_abs(),
            kind: r.get(8)?,
        });
    }
    Ok(())
}

/// Directed pairs of single events that have been met.
#[derive(Debug, Default)]
pub(crate) struct Seen(HashSet<(i64, u64, u64)>);

impl Seen {
    /// True when this event has not had this pair before.
    pub fn first(&mut self, p: &Pair) -> bool {
        self.0.insert((p.event, hash(&p.who), hash(&p.whom)))
    }
}

const ACTORS: &str = "JOIN actor a ON a.n = d.who JOIN actor b ON b.n = d.whom";

/// Counts by pair and period, by period, then pair.
///
/// # Errors
/// The database cannot be read.
pub fn agg(store: &Store, filter: &Filter, options: Options) -> Result<Vec<Row>, Error> {
    let mut rows: HashMap<(Option<i64>, String, String), Row> = HashMap::new();
    let mut seen = Seen::default();
    let mut days: HashSet<(Option<i64>, String, String, String, Reality)> = HashSet::new();
    pairs(store, filter, options.group, |mut p| {
        // Two actors of one country on one side are one pair of countries.
        let again = options.group != Group::Person && !seen.first(&p);
        let key = || (p.day, p.who.clone(), p.whom.clone(), p.kind.clone(), p.reality);
        if again || options.one_a_day && !days.insert(key()) {
            return;
        }
        let period = p.day.map(|d| day::period(d, options.by));
        let key = (period, std::mem::take(&mut p.who), std::mem::take(&mut p.whom));
        rows.entry(key).or_default().add(&p);
    })?;
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(rows
        .into_iter()
        .map(|((period, who, whom), row)| Row {
            period: period.map(day::iso).unwrap_or_default(),
            who,
            whom,
            goldstein_mean: (row.scored > 0).then(|| row.goldstein_sum / row.scored as f64),
            ..row
        })
        .collect())
}

impl Row {
    fn add(&mut self, p: &Pair) {
        match p.reality {
            Reality::Reported => self.reported += 1,
            Reality::Open => self.open += 1,
            Reality::Not => self.not_happened += 1,
            Reality::Happened => {
                self.events += 1;
                self.independent += p.independent;
                if let Some(n) = self.quad.get_mut(usize::from(p.quad).wrapping_sub(1)) {
                    *n += 1;
                }
                if let Some(goldstein) = p.goldstein {
                    self.goldstein_sum += goldstein;
                    self.scored += 1;
                }
            }
        }
    }
}
