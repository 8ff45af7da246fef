//! `demarche explain`: why every field of an event is what it is, and why a sentence has no event.

use super::batch::{self, Plan};
use super::db::stop;
use crate::engine::Stage;
use crate::exit::{Stop, Tally};
use crate::input::{InputArgs, WorkArgs};
use crate::term::Screen;
use crate::term::text::safe;
use crate::view::{self, Reading};
use record::Record;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use store::Store;
use store::query::explain::explain;

/// Print why.
///
/// For every event: the sense of the lexicon and the frame it matched, how each participant was found and resolved,
/// where place, date and modality come from, which candidates lost. Then every sentence without an event, with the
/// predicates that were looked at and why each gave none.
///
/// With --db, EVENT ids of a database instead of pages: which reports tell the event, what joined each of them to the
/// others, and which tellings near it were kept apart.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    work: WorkArgs,

    /// Only this event, by the number that `demarche read` shows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    event: Option<u32>,

    /// Database in which the events named are explained
    #[arg(long, value_name = "FILE", conflicts_with = "event")]
    db: Option<PathBuf>,

    /// With --db, one JSON object an event; of pages, `demarche code` prints the reasons as JSON
    #[arg(long, requires = "db")]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    if let Some(db) = &args.db {
        return merged(db, &args.input.pages, args.json, screen);
    }
    let example = "demarche explain corpus/pages/first-light.txt";
    let plan =
        Plan { input: &args.input, work: &args.work, stage: Stage::Code, json: false, gap: "", example };
    let only = args.event.map(|n| n as usize);
    let (found, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let tally = batch::run(&plan, screen, |record: Record| {
        let Some(reading) = Reading::of(&record) else { return String::new() };
        let events = reading.coding.events.len();
        most.fetch_max(events, Ordering::Relaxed);
        found.fetch_add(usize::from(only.is_none_or(|n| n <= events)), Ordering::Relaxed);
        let mut out = view::card(reading, screen);
        out.push('\n');
        out.push_str(&view::explain::events(reading, screen, only));
        if only.is_none() {
            out.push_str(&view::explain::silent(reading, screen));
        }
        out
    })?;
    match (only, found.into_inner(), most.into_inner()) {
        (Some(n), 0, 0) if tally == Tally::default() => {
            Err(Stop::Missing(format!("no event {n}: no events were found"), None))
        }
        (Some(n), 0, most) if tally == Tally::default() => {
            Err(Stop::Missing(format!("no event {n}"), Some(format!("there are events 1 to {most}"))))
        }
        _ => Ok(tally),
    }
}

/// Events of a database: why their tellings are together.
fn merged(db: &Path, events: &[String], json: bool, screen: &Screen) -> Result<Tally, Stop> {
    if events.is_empty() {
        let hint =
            "`demarche events --json --db FILE` has the ids; a story's id explains its events one by one";
        return Err(Stop::Usage("no event named".to_owned(), Some(hint.to_owned())));
    }
    let store = Store::read(db).map_err(stop)?;
    let mut out = screen.out();
    for id in events {
        let found = explain(&store, id).map_err(stop)?;
        if found.is_empty() {
            let hint = "`demarche events --json --db FILE` has the ids";
            return Err(Stop::Missing(format!("no event {:?}", safe(id)), Some(hint.to_owned())));
        }
        for event in &found {
            if json {
                let line = serde_json::to_string(event).map_err(|e| Stop::Internal(e.to_string()))?;
                writeln!(out, "{line}")?;
            } else {
                out.write_all(view::why::explained(event, screen).as_bytes())?;
            }
        }
    }
    out.flush()?;
    Ok(Tally::default())
}
