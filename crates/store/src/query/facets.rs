//! A filter to the values that would narrow it further, with their counts.

use super::filter::Filter;
use crate::error::Error;
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Values with the number of events that each would leave.
pub type Values = Vec<(String, u64)>;

/// Facets of a list. Each is counted without its own parameter, so that its other values stay in sight.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facets {
    /// PLOVER types.
    #[serde(rename = "type")]
    pub kind: Values,
    /// Quad classes.
    pub quad: Values,
    /// Modalities.
    pub modality: Values,
    /// Countries and bodies on either side, by code.
    pub actor: Values,
    /// Countries of the places.
    pub place: Values,
    /// Outlets that tell of the events.
    pub outlet: Values,
    /// Independent reports: at least 1, 2, 3, 5, 10.
    pub ind: Values,
}

/// Most values of one facet.
const MOST: usize = 20;
/// Up to so many events, participants and reports are looked up event by event; beyond, their tables are read through.
const FEW: usize = 8000;

/// Facets of what a filter takes.
///
/// Facets that share a filter are counted in one pass over its events.
///
/// # Errors
/// The database cannot be read.
pub fn facets(store: &Store, filter: &Filter) -> Result<Facets, Error> {
    let mut passes: Vec<(Filter, Vec<&str>)> = Vec::new();
    for name in ["type", "quad", "modality", "actor", "place", "outlet", "ind"] {
        let own = filter.without(name);
        match passes.iter_mut().find(|p| p.0 == own) {
            Some(pass) => pass.1.push(name),
            None => passes.push((own, vec![name])),
        }
    }
    let mut out = Facets::default();
    for (filter, names) in &passes {
        let pass = Pass::read(store, filter)?;
        for name in names {
            match *name {
                "type" => out.kind = sorted(&pass.kind),
                "quad" => out.quad = sorted(&pass.quad),
                "modality" => out.modality = sorted(&pass.modality),
                "actor" => out.actor = most(pass.actors(store)?),
                "place" => out.place = most(pass.places(store)?),
                "outlet" => out.outlet = most(pass.outlets(store)?),
                _ => out.ind = steps(&pass.independent),
            }
        }
    }
    Ok(out)
}

/// What the events of a filter are, counted.
#[derive(Default)]
struct Pass {
    kind: HashMap<String, u64>,
    quad: HashMap<String, u64>,
    modality: HashMap<String, u64>,
    place: HashMap<i64, u64>,
    independent: HashMap<u64, u64>,
    events: Vec<i64>,
}

impl Pass {
    fn read(store: &Store, filter: &Filter) -> Result<Pass, Error> {
        let clause = filter.clause(store)?;
        let sql = format!(
            "SELECT e.n, e.type, e.quad, e.modality, e.place, e.independent FROM event e WHERE true{}",
            clause.sql
        );
        let mut statement = store.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(&clause.values))?;
        let mut out = Pass::default();
        let mut quads = [0u64; 5];
        while let Some(r) = rows.next()? {
            out.events.push(r.get(0)?);
            one_more(&mut out.kind, r.get_ref(1)?.as_str().unwrap_or_default());
            quads[usize::from(r.get::<_, u8>(2)?.min(4))] += 1;
            one_more(&mut out.modality, r.get_ref(3)?.as_str().unwrap_or_default());
            if let Some(place) = r.get::<_, Option<i64>>(4)? {
                *out.place.entry(place).or_default() += 1;
            }
            *out.independent.entry(r.get::<_, i64>(5)?.unsigned_abs()).or_default() += 1;
        }
        out.events.sort_unstable();
        out.quad = (1..5).filter(|q| quads[*q] > 0).map(|q| (q.to_string(), quads[q])).collect();
        Ok(out)
    }

    /// Counts the events of this pass by a text that rows of a table beside them lead to, each event once a text.
    fn beside(
        &self,
        store: &Store,
        table: &str,
        column: &str,
        texts: &Texts,
    ) -> Result<HashMap<String, u64>, Error> {
        let few = self.events.len() <= FEW;
        let which = if few { "= ?" } else { "IS NOT NULL" };
        let sql = format!(
            "SELECT event, {column} FROM {table} WHERE event {which} AND {column} IS NOT NULL ORDER BY event"
        );
        let mut statement = store.connection.prepare_cached(&sql)?;
        let mut counts = Distinct::new(texts);
        if few {
            for event in &self.events {
                let mut rows = statement.query([event])?;
                while let Some(r) = rows.next()? {
                    counts.add(*event, r.get(1)?);
                }
            }
        } else {
            let mut rows = statement.query([])?;
            let mut taken = self.events.iter().copied().peekable();
            while let Some(r) = rows.next()? {
                let event: i64 = r.get(0)?;
                while taken.next_if(|t| *t < event).is_some() {}
                if taken.peek() == Some(&event) {
                    counts.add(event, r.get(1)?);
                }
            }
        }
        Ok(counts.done())
    }

    fn actors(&self, store: &Store) -> Result<HashMap<String, u64>, Error> {
        let of = texts(store, "SELECT n, country FROM actor WHERE country IS NOT NULL")?;
        self.beside(store, "participant", "actor", &of)
    }

    fn outlets(&self, store: &Store) -> Result<HashMap<String, u64>, Error> {
        let of = texts(store, "SELECT n, name FROM outlet")?;
        self.beside(store, "telling", "outlet", &of)
    }

    fn places(&self, store: &Store) -> Result<HashMap<String, u64>, Error> {
        let of = texts(store, "SELECT n, country FROM place WHERE country IS NOT NULL")?;
        let mut out = HashMap::new();
        for (place, n) in &self.place {
            if let Some(at) = of.of.get(place) {
                *out.entry(of.words[*at as usize].clone()).or_default() += n;
            }
        }
        Ok(out)
    }
}

/// Numbers of a table with their texts, each text kept once.
struct Texts {
    of: HashMap<i64, u32>,
    words: Vec<String>,
}

fn texts(store: &Store, sql: &str) -> Result<Texts, Error> {
    let mut statement = store.connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut known: HashMap<String, u32> = HashMap::new();
    let mut out = Texts { of: HashMap::new(), words: Vec::new() };
    while let Some(r) = rows.next()? {
        let word = r.get_ref(1)?.as_str().unwrap_or_default();
        let at = match known.get(word) {
            Some(at) => *at,
            None => {
                let at = u32::try_from(out.words.len()).unwrap_or(u32::MAX);
                out.words.push(word.to_owned());
                known.insert(word.to_owned(), at);
                at
            }
        };
        out.of.insert(r.get(0)?, at);
    }
    Ok(out)
}

/// Counts of the events of each text; the rows of one event come one after the other.
struct Distinct<'a> {
    texts: &'a Texts,
    counts: Vec<u64>,
    /// The last event that was counted for each text.
    last: Vec<i64>,
}

impl<'a> Distinct<'a> {
    fn new(texts: &'a Texts) -> Distinct<'a> {
        Distinct { texts, counts: vec![0; texts.words.len()], last: vec![i64::MIN; texts.words.len()] }
    }

    fn add(&mut self, event: i64, row: i64) {
        let Some(at) = self.texts.of.get(&row).map(|at| *at as usize) else { return };
        if self.last[at] != event {
            self.last[at] = event;
            self.counts[at] += 1;
        }
    }

    fn done(self) -> HashMap<String, u64> {
        self.texts.words.iter().cloned().zip(self.counts).filter(|c| c.1 > 0).collect()
    }
}

fn one_more(counts: &mut HashMap<String, u64>, word: &str) {
    match counts.get_mut(word) {
        Some(n) => *n += 1,
        None => {
            counts.insert(word.to_owned(), 1);
        }
    }
}

/// Most frequent first.
fn sorted(counts: &HashMap<String, u64>) -> Values {
    let mut out: Values = counts.iter().map(|(word, n)| (word.clone(), *n)).collect();
    out.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out
}

fn most(counts: HashMap<String, u64>) -> Values {
    let mut out = sorted(&counts);
    out.truncate(MOST);
    out
}

fn steps(each: &HashMap<u64, u64>) -> Values {
    let at_least = |least: u64| each.iter().filter(|e| *e.0 >= least).map(|e| e.1).sum();
    [1u64, 2, 3, 5, 10].map(|least| (least.to_string(), at_least(least))).into()
}
