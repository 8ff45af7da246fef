//! Two actors to what each did to the other over time.

use super::filter::{Filter, actors, events_of};
use super::timeline::{Timeline, series};
use super::{Clause, Ev, Reality};
use crate::day::{self, Period};
use crate::error::Error;
use crate::sets::Set;
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
const FLAGS: usize = 6;

/// What `a` and `b` did to each other among the events that `filter` takes; `who`, `whom` of the filter are not used.
///
/// # Errors
/// The database cannot be read.
pub fn dyad(store: &Store, filter: &Filter, a: &str, b: &str, by: Period) -> Result<Dyad, Error> {
    let (there, back) = directions(store, filter, a, b)?;
    let tail = format!("ORDER BY e.day DESC, e.id LIMIT {LISTED}");
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
    out.summarise(store, &facts(store, [&there, &back])?)?;
    Ok(out)
}

/// Actors that a word names, from which on all pairs of the database are read through.
const MANY: u64 = 200;

/// Where the pairs of two sets of actors are looked for, and a set that this depends on. Both take part in every event of
/// a pair: those of the one with fewer are looked up, unless both words name so many actors that most events are theirs.
fn pairs_of(store: &Store, x: Set, y: Set) -> Result<(String, Set), Error> {
    if x.size.min(y.size) > MANY {
        return Ok(("dyad d".to_owned(), x));
    }
    let (of_x, of_y) = (events_of(store, x, "")?, events_of(store, y, "")?);
    let fewer = if of_x.size <= of_y.size { of_x } else { of_y };
    Ok((format!("{} s CROSS JOIN dyad d ON d.event = s.n", fewer.table()), fewer))
}

/// The filter with what the first did to the second, and the other way round.
fn directions(store: &Store, filter: &Filter, a: &str, b: &str) -> Result<(Clause, Clause), Error> {
    let filter = Filter { who: Vec::new(), whom: Vec::new(), ..filter.clone() };
    let (x, y) = (actors(store, &[a.to_owned()])?, actors(store, &[b.to_owned()])?);
    let (from, known) = pairs_of(store, x, y)?;
    // Mutual events have all takers on the first side: they belong to both directions.
    let direction = |who: Set, whom: Set| {
        let sql = format!(
            "SELECT d.event FROM {from} WHERE +d.who IN ({}) AND +d.whom IN ({})",
            who.numbers(),
            whom.numbers()
        );
        let mut clause = filter.clause(store)?;
        clause.within(store.sets.gather(&store.connection, &sql, &[], &[known, who, whom])?);
        Ok::<_, Error>(clause)
    };
    Ok((direction(x, y)?, direction(y, x)?))
}

/// What is counted of one event of a pair.
struct Fact {
    day: Option<i64>,
    kind: String,
    happened: bool,
    /// How much it stands out: independent reports, then the size of its Goldstein value.
    weight: (u32, u64),
}

/// The events of both directions by number: mutual ones, which stand in both, once.
fn facts(store: &Store, sides: [&Clause; 2]) -> Result<BTreeMap<i64, Fact>, Error> {
    let mut out = BTreeMap::new();
    for clause in sides {
        let sql = format!(
            "SELECT e.n, e.day, e.type, e.reality, e.independent, abs(coalesce(e.goldstein, 0.0)) * 10 FROM event e \
             WHERE true{}",
            clause.sql
        );
        let mut statement = store.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(&clause.values))?;
        while let Some(r) = rows.next()? {
            let fact = Fact {
                day: r.get(1)?,
                kind: r.get(2)?,
                happened: Reality::from_number(r.get(3)?) == Reality::Happened,
                weight: (r.get(4)?, r.get::<_, f64>(5)? as u64),
            };
            out.insert(r.get(0)?, fact);
        }
    }
    Ok(out)
}

/// The days whose most reported event stands out most, in order.
fn flags(store: &Store, facts: &BTreeMap<i64, Fact>) -> Result<Vec<Flag>, Error> {
    let mut best: BTreeMap<i64, (i64, &Fact)> = BTreeMap::new();
    for (n, fact) in facts.iter().filter(|f| f.1.happened) {
        let Some(day) = fact.day else { continue };
        let slot = best.entry(day).or_insert((*n, fact));
        if fact.weight > slot.1.weight {
            *slot = (*n, fact);
        }
    }
    let mut days: Vec<_> = best.into_iter().collect();
    days.sort_by(|(a, (_, x)), (b, (_, y))| y.weight.cmp(&x.weight).then(b.cmp(a)));
    days.truncate(FLAGS);
    days.sort_by_key(|d| d.0);
    let mut out = Vec::new();
    for (day, (n, _)) in days {
        let mut clause = Clause::default();
        clause.and("e.n = ?", [n.into()]);
        let found = super::read_events(store, &clause, "LIMIT 1")?.pop();
        out.extend(found.map(|e| Flag { day: day::iso(day), text: e.text, story: e.story, event: e.id }));
    }
    Ok(out)
}

impl Dyad {
    /// Types, days and flags of all events of the pair, not of those listed alone.
    fn summarise(&mut self, store: &Store, facts: &BTreeMap<i64, Fact>) -> Result<(), Error> {
        let mut types: BTreeMap<&str, u64> = BTreeMap::new();
        for fact in facts.values().filter(|f| f.happened) {
            *types.entry(&fact.kind).or_default() += 1;
        }
        self.top = types.into_iter().map(|(kind, n)| (kind.to_owned(), n)).collect();
        self.top.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let days = || facts.values().filter_map(|f| f.day);
        (self.first, self.last) = (days().min().map(day::iso), days().max().map(day::iso));
        self.flags = flags(store, facts)?;
        Ok(())
    }
}
