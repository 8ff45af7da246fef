//! `demarche explain`: why every field of an event is what it is, and why a sentence has no event.

use super::batch::{self, Plan};
use crate::engine::Stage;
use crate::exit::{Stop, Tally};
use crate::input::{InputArgs, WorkArgs};
use crate::term::Screen;
use crate::view::{self, Reading};
use record::Record;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Print why.
///
/// For every event: the sense of the lexicon and the frame it matched, how each participant was found and resolved,
/// where place, date and modality come from, which candidates lost. Then every sentence without an event, with the
/// predicates that were looked at and why each gave none.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    work: WorkArgs,

    /// Only this event, by the number that `demarche read` shows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    event: Option<u32>,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
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
