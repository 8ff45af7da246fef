//! Coded pages into a database: what commands that keep a few pages share.

use crate::engine::{Engine, Stage};
use reader::Hint;
use record::Record;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use store::{Error, Merger, Outcome, Store};

/// One page through all stages.
///
/// # Errors
/// It cannot be read, or a stage failed on it: one line for a person.
pub fn page(engine: &Engine, bytes: &[u8], hint: &Hint) -> Result<Record, String> {
    let work = AssertUnwindSafe(|| {
        let page = reader::read(bytes, hint).map_err(|e| e.to_string())?;
        Ok(engine.advance(Record::new(page), Stage::Code)?)
    });
    catch_unwind(work)
        .unwrap_or_else(|_| Err("a stage failed on this page; please report it with the page".to_owned()))
}

/// Keeps records in one run and brings stories and events up to date.
///
/// # Errors
/// The database cannot be written.
pub fn keep(db: &Path, command: &str, records: Vec<Record>, now: &str) -> Result<(), Error> {
    let mut merger = Merger::embedded()?;
    let mut store = Store::open(db)?;
    let run = store.begin(env!("CARGO_PKG_VERSION"), command, now)?;
    let batch: Vec<Outcome> = records.into_iter().map(|r| Outcome::Page(Box::new(r))).collect();
    store.add(run, &batch, &mut merger)?;
    store.settle(&merger)?;
    store.finish(run, now)
}
