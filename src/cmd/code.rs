//! `demarche code`: records taken to the stage `code`, one line of JSON each.

use super::batch::{self, Plan};
use super::filter::{self, FilterArgs};
use crate::engine::Stage;
use crate::exit::{Stop, Tally};
use crate::input::{InputArgs, WorkArgs};
use crate::term::Screen;

/// Pages, parses or mentions to events and statements.
///
/// Takes pages, or the JSON Lines that an earlier stage printed: what is there is kept, what is missing is added. So
/// `demarche read --page P | demarche parse | demarche resolve | demarche code` prints what `demarche code P` prints.
///
/// With --jsonl or --warc it is a filter for machines: a line for every record, counts at the end.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("source").args(["jsonl", "warc"]))]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    work: WorkArgs,

    #[command(flatten)]
    filter: FilterArgs,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let example = "demarche code corpus/pages/first-light.txt";
    let plan =
        Plan { input: &args.input, work: &args.work, stage: Stage::Code, json: true, gap: "", example };
    if args.filter.wanted() {
        return filter::run(&args.filter, &plan, screen);
    }
    batch::run(&plan, screen, batch::json)
}
