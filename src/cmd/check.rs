//! `demarche check`: a database to what does not hold in it.

use super::db::{DbArgs, stop};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::style::{DIM, ERROR, HINT, paint};
use crate::term::text::safe;
use serde_json::json;
use std::io::Write;

/// Check a database.
///
/// Looks for damage of the file, references that lead nowhere, and counts that do not add up: articles in no story,
/// inputs of a run that are neither added, known nor rejected, events that count what did not happen. Exit code 1 when
/// something is wrong.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    db: DbArgs,

    /// As one JSON object, with the manifests of all runs
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let store = args.db.read()?;
    let wrong = store.check().map_err(stop)?;
    let waiting = store.unsettled().map_err(stop)?;
    let runs = store.runs().map_err(stop)?;
    let (articles, stories, totals) = store::query::story::sizes(&store).map_err(stop)?;
    let mut out = screen.out();
    if args.json {
        let line = json!({"wrong": wrong, "unsettled": waiting, "articles": articles, "stories": stories,
            "events": totals.events, "runs": runs});
        writeln!(out, "{line}")?;
    } else {
        let sizes = format!("{articles} articles, {stories} stories, {} events", totals.events);
        if wrong.is_empty() {
            writeln!(out, "{} {sizes}", paint(HINT, "sound"))?;
        }
        for line in &wrong {
            writeln!(out, "{} {}", paint(ERROR, "wrong"), safe(line))?;
        }
        if waiting > 0 {
            writeln!(
                out,
                "{waiting} articles wait to be merged: a run was broken off, `demarche add` goes on"
            )?;
        }
        for r in &runs {
            let end = r.finished.as_deref().unwrap_or("broken off");
            let line = format!(
                "run {}: {} to {end}: {} inputs = {} added + {} known + {} rejected",
                r.run, r.started, r.inputs, r.added, r.known, r.rejected
            );
            writeln!(out, "{}", paint(DIM, &line))?;
        }
    }
    out.flush()?;
    Ok(Tally { failed: wrong.len(), internal: 0 })
}
