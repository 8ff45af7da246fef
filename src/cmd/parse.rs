//! `demarche parse`: records taken to the stage `parse`, one line of JSON each.

use super::batch::{self, Plan};
use crate::engine::Stage;
use crate::exit::{Stop, Tally};
use crate::input::{InputArgs, WorkArgs};
use crate::term::Screen;

/// Pages to parsed pages: tokens with tags, lemmas, heads and labels, sentences, named entities.
///
/// Takes pages, or the JSON Lines that an earlier stage printed: what is there is kept, what is missing is added. So
/// `demarche read --page P | demarche parse | demarche resolve | demarche code` prints what `demarche code P` prints.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    work: WorkArgs,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let example = "demarche parse corpus/pages/first-light.txt";
    let plan =
        Plan { input: &args.input, work: &args.work, stage: Stage::Parse, json: true, gap: "", example };
    batch::run(&plan, screen, batch::json)
}
