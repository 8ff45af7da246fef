//! Events to counts by directed pair and period: quad classes, Goldstein sums and means, one a day.

use super::Reality;
use super::filter::Filter;
use crate::day::{self, Period};
use crate::error::Error;
use crate::store::Store;
use record::Plover;
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

/// One directed pair of one event. Sides are numbers into the names that [`pairs`] gives back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub day: Option<i64>,
    pub who: u32,
    pub whom: u32,
    pub quad: u8,
    pub goldstein: Option<f64>,
    pub reality: Reality,
    pub independent: u64,
    pub kind: Option<Plover>,
}

/// Texts by number, each kept once.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Names {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(n) = self.numbers.get(text) {
            return *n;
        }
        let n = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), n);
        n
    }
}

/// Numbers of the names that actors count under in a group; none where states count.
fn actors(store: &Store, group: Group, names: &mut Names) -> Result<HashMap<i64, u32>, Error> {
    let mut out = HashMap::new();
    if group == Group::State {
        return Ok(out);
    }
    let mut statement = store.connection.prepare_cached("SELECT n, key, kind, code FROM actor")?;
    let mut rows = statement.query([])?;
    while let Some(r) = rows.next()? {
        let (key, kind, code) = (r.get_ref(1)?.as_str()?, r.get_ref(2)?.as_str()?, r.get_ref(3)?.as_str()?);
        let one_of_many = matches!(kind, "person" | "role" | "unknown" | "pronoun") && code != "---";
        let text = match group {
            Group::Body if one_of_many => code.get(..6).unwrap_or(code),
            _ => key,
        };
        out.insert(r.get(0)?, names.number(text));
    }
    Ok(out)
}

/// Directed pairs of the events that a filter takes, each once an event, whoever of a side stands for it. Gives the keys
/// or codes of the sides.
pub(crate) fn pairs(
    store: &Store,
    filter: &Filter,
    group: Group,
    mut each: impl FnMut(Pair),
) -> Result<Vec<String>, Error> {
    let (from, clause) = filter.dyads(store)?;
    let (sides, once) = match group {
        // Two actors of one state on one side are one pair of states.
        Group::State => (
            "d.who_state, d.whom_state",
            "d.who_state IS NOT NULL AND d.whom_state IS NOT NULL AND d.again = 0",
        ),
        Group::Person | Group::Body => ("d.who, d.whom", "true"),
    };
    let mut names = Names::default();
    let actors = actors(store, group, &mut names)?;
    let mut seen: HashSet<(i64, u32, u32)> = HashSet::new();
    let sql = format!(
        "SELECT d.event, d.day, {sides}, d.quad, d.goldstein, d.reality, d.independent, d.type FROM {from} WHERE {once}{}",
        clause.sql
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&clause.values))?;
    while let Some(r) = rows.next()? {
        let mut side = |at: usize| -> Result<u32, Error> {
            Ok(match group {
                Group::State => names.number(r.get_ref(at)?.as_str()?),
                _ => actors.get(&r.get(at)?).copied().unwrap_or(u32::MAX),
            })
        };
        let (who, whom) = (side(2)?, side(3)?);
        if group == Group::Body && !seen.insert((r.get(0)?, who, whom)) {
            continue;
        }
        each(Pair {
            day: r.get(1)?,
            who,
            whom,
            quad: r.get(4)?,
            goldstein: r.get(5)?,
            reality: Reality::from_number(r.get(6)?),
            independent: r.get::<_, i64>(7)?.unsigned_abs(),
            kind: r.get_ref(8)?.as_str()?.parse().ok(),
        });
    }
    Ok(names.texts)
}

/// Counts by pair and period, by period, then pair.
///
/// # Errors
/// The database cannot be read.
pub fn agg(store: &Store, filter: &Filter, options: Options) -> Result<Vec<Row>, Error> {
    let mut rows: HashMap<(Option<i64>, u32, u32), Row> = HashMap::new();
    let mut days: HashSet<(Option<i64>, u32, u32, Option<Plover>, Reality)> = HashSet::new();
    let mut periods = day::Periods::new(options.by);
    let names = pairs(store, filter, options.group, |p| {
        if options.one_a_day && !days.insert((p.day, p.who, p.whom, p.kind, p.reality)) {
            return;
        }
        let period = p.day.map(|d| periods.of(d));
        rows.entry((period, p.who, p.whom)).or_default().add(&p);
    })?;
    let name = |n: u32| names.get(n as usize).map_or("", String::as_str);
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_unstable_by_key(|((period, who, whom), _)| (*period, name(*who), name(*whom)));
    Ok(rows
        .into_iter()
        .map(|((period, who, whom), row)| Row {
            period: period.map(day::iso).unwrap_or_default(),
            who: name(who).to_owned(),
            whom: name(whom).to_owned(),
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
