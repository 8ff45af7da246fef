//! Pages on the shelf into a database, after every round of watching.

use super::shelf::Shelf;
use crate::cmd::add::{Done, Work};
use crate::engine::{Engine, Options};
use crate::exit::{Stop, Tally};
use crate::input::{InputArgs, WorkArgs};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// From a shelf to a database.
pub struct Bridge<'a> {
    db: &'a Path,
    shelf: &'a Shelf,
    log: &'a (dyn Fn(bool, &str) + Sync),
    engine: Engine,
}

/// What is known of a database: pages that were on the shelf before this moment are in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Reached {
    db: String,
    added: Option<Timestamp>,
}

/// Time by which the clock of the disk may differ from that of the program; pages of it are looked at twice.
const SLACK: SignedDuration = SignedDuration::from_secs(5);

impl<'a> Bridge<'a> {
    /// A bridge; nothing is opened yet.
    pub fn new(db: &'a Path, shelf: &'a Shelf, log: &'a (dyn Fn(bool, &str) + Sync)) -> Self {
        Bridge { db, shelf, log, engine: Engine::new(Options::default()) }
    }

    /// Adds the pages that came since the last time. Pages that are in the database already are not coded again, so
    /// that one too many does no harm.
    ///
    /// # Errors
    /// The disk or the database.
    pub fn cross(&mut self) -> Result<Tally, Stop> {
        let key = std::path::absolute(self.db)?.display().to_string();
        let reached: Reached = self.shelf.load("databases", &key);
        let from = reached.added.filter(|_| self.db.exists()).map(|t| t.checked_sub(SLACK).unwrap_or(t));
        let now = Timestamp::now();
        let pages = self.shelf.since(from)?;
        if pages.is_empty() {
            return Ok(Tally::default());
        }
        let pages = pages.iter().map(|p| p.display().to_string()).collect();
        let input = InputArgs::default();
        let workers = WorkArgs::default().workers();
        let work = Work { input: &input, engine: &self.engine, workers, db: self.db };
        let Done { manifest: m, tally, .. } = work.run(pages, "watch", &mut |failure| {
            if let Some(f) = failure {
                (self.log)(false, &format!("{}: {}", f.source, f.error.message));
            }
        })?;
        (self.log)(true, &format!("{}: {} added, {} known", self.db.display(), m.added, m.known));
        self.shelf.save("databases", &key, &Reached { db: key.clone(), added: Some(now) })?;
        Ok(tally)
    }
}
