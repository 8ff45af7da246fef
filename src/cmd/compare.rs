//! `demarche compare`: our events against those of a POLECAT file.

use super::db::{FilterArgs, stop};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::style::{DIM, TITLE, paint};
use crate::term::text::safe;
use std::io::Write;
use std::path::PathBuf;
use store::Store;
use store::compare::{Comparison, polecat};

/// Compare a database with a POLECAT file.
///
/// Pairs events of the same type (or quad class) and countries whose days lie at most a day apart, and counts what both
/// have, what only one has, and where the pairs agree. It shows agreement of two data sets, not who is right.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Our database
    #[arg(value_name = "DB")]
    ours: PathBuf,

    /// Their events: tab-separated, with POLECAT's header
    #[arg(value_name = "POLECAT.tsv")]
    theirs: PathBuf,

    #[command(flatten)]
    filter: FilterArgs,

    /// As one JSON object
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let filter = args.filter.filter()?;
    let store = Store::read(&args.ours).map_err(stop)?;
    let bytes = std::fs::read(&args.theirs)
        .map_err(|e| Stop::Missing(format!("{}: {e}", args.theirs.display()), None))?;
    let text = String::from_utf8_lossy(&bytes);
    let found = polecat(&store, &filter, &text).map_err(stop)?;
    let mut out = screen.out();
    if args.json {
        let line = serde_json::to_string(&found).map_err(|e| Stop::Internal(e.to_string()))?;
        writeln!(out, "{line}")?;
    } else {
        out.write_all(view(&found).as_bytes())?;
    }
    out.flush()?;
    Ok(Tally { failed: found.unread.len(), internal: 0 })
}

fn view(c: &Comparison) -> String {
    let share = |n: usize, of: usize| {
        if of == 0 { String::new() } else { format!(" ({:.0}%)", n as f64 * 100.0 / of as f64) }
    };
    let mut out = format!(
        "{} of ours, {} of theirs on days that both cover\n{} pairs{}, {} of one type{}\n",
        c.ours,
        c.theirs,
        c.both,
        share(c.both, c.theirs),
        c.same_type,
        share(c.same_type, c.both)
    );
    out.push_str(&format!(
        "mode agrees in {} of {}, country of the place in {} of {}\n\n",
        c.mode.1, c.mode.0, c.place.1, c.place.0
    ));
    out.push_str(
        &(paint(TITLE, &format!("{:<12} {:>6} {:>6} {:>6}", "type", "ours", "theirs", "pairs")) + "\n"),
    );
    for (kind, [ours, theirs, pairs]) in &c.by_type {
        out.push_str(&format!("{:<12} {ours:>6} {theirs:>6} {pairs:>6}\n", safe(kind)));
    }
    for (title, list) in [("only theirs", &c.missed), ("only ours", &c.extra)] {
        if !list.is_empty() {
            out.push_str(&format!("\n{}\n", paint(TITLE, title)));
        }
        for u in list.iter().take(10) {
            out.push_str(&format!("  {}  {}  {}\n", u.day, safe(&u.what), paint(DIM, &safe(&u.id))));
        }
    }
    for (line, why) in c.unread.iter().take(10) {
        out.push_str(&format!("line {line} not read: {}\n", safe(why)));
    }
    out
}
