//! `demarche read`: pages to what they say, for people or as JSON.

use super::batch::{self, Plan};
use crate::engine::Stage;
use crate::exit::{Stop, Tally};
use crate::input::{InputArgs, WorkArgs};
use crate::term::Screen;
use crate::view::{self, Reading};
use record::Record;

/// Read pages and print what they say.
///
/// Every event has a number, for `demarche explain PAGE --event N`. The disc before it shows how real it is: full for
/// what the page vouches for, half for what only a source says, open for what is planned or only possible, a cross
/// for what did not happen. Events that did not take place have a broken arrow.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    work: WorkArgs,

    /// Print the full record, one line of JSON a page (see `demarche schema`)
    #[arg(long, conflicts_with = "page")]
    json: bool,

    /// Stop after reading: print the page itself as one line of JSON, for `demarche parse`
    #[arg(long)]
    page: bool,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let stage = if args.page { Stage::Read } else { Stage::Code };
    let json = args.json || args.page;
    let example = "demarche read corpus/pages/first-light.txt";
    let plan = Plan {
        input: &args.input,
        work: &args.work,
        stage,
        json,
        gap: if json { "" } else { "\n\n" },
        example,
    };
    batch::run(&plan, screen, |record: Record| {
        if json {
            return batch::json(record);
        }
        Reading::of(&record).map_or(String::new(), |r| view::page(r, screen, args.work.furniture))
    })
}
