//! `demarche settle`: all links, stories and events of a database found anew.

use super::db::{DbArgs, stop};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::text::count;
use serde_json::json;
use std::io::Write;
use store::{Merger, Store};

/// Find all stories and events of a database anew.
///
/// `demarche add` merges what it adds with what is there. Where the order of adding can matter (docs/database.md), this
/// gives the result that depends on the set of pages alone: all are compared again in the order of publication. It is
/// also what to run after weights or tables of merging have changed. Pages are not read or coded again.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    db: DbArgs,

    /// As one JSON object
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    // Only a database that is there: opening to write would make one.
    drop(args.db.read()?);
    let mut store = Store::open(&args.db.db).map_err(stop)?;
    let mut merger = Merger::embedded().map_err(stop)?;
    let done = store.settle_all(&mut merger).map_err(stop)?;
    let mut out = screen.out();
    if args.json {
        let line = json!({"articles": done.articles, "stories": done.stories, "events": done.events});
        writeln!(out, "{line}")?;
        out.flush()?;
        return Ok(Tally::default());
    }
    let stories = if done.stories == 1 { "1 story".to_owned() } else { format!("{} stories", done.stories) };
    writeln!(out, "{}: {stories}, {}", count(done.articles, "article"), count(done.events, "event"))?;
    out.flush()?;
    Ok(Tally::default())
}
