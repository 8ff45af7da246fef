//! `demarche story merge`, `split`, `undo`, `decisions`: what a reader decides about stories.

use super::db::{DbArgs, now, stop};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::text::safe;
use crate::view;
use std::io::Write;
use store::{Decided, Merger, Store};

/// Decisions about stories. They hold whatever is added or settled later, until they are undone.
#[derive(Debug, clap::Subcommand)]
pub enum Act {
    /// Decide that two stories are one
    Merge {
        /// Story id
        a: String,
        /// Id of the other story
        b: String,
        #[command(flatten)]
        why: Why,
    },
    /// Decide that some reports of a story are another one
    Split {
        /// Story id
        story: String,
        /// Article ids of the reports that leave it, as `demarche story ID` shows them
        #[arg(required = true)]
        reports: Vec<String>,
        #[command(flatten)]
        why: Why,
    },
    /// Take a decision back
    Undo {
        /// Its number, as `demarche story decisions` shows it
        n: i64,
        #[command(flatten)]
        form: Form,
    },
    /// List all decisions
    Decisions(Form),
}

/// Where, and in which form.
#[derive(Debug, clap::Args)]
pub struct Form {
    #[command(flatten)]
    db: DbArgs,
    /// As JSON, one object a decision
    #[arg(long)]
    json: bool,
}

/// A decision with its reason.
#[derive(Debug, clap::Args)]
pub struct Why {
    /// Why, for whoever reads it later
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    #[command(flatten)]
    form: Form,
}

/// Runs a decision.
pub fn run(act: &Act, screen: &Screen) -> Result<Tally, Stop> {
    match act {
        Act::Merge { a, b, why } => {
            done(&why.form, screen, |store, merger| store.merge_stories(merger, (a, b), &why.note, &now()))
        }
        Act::Split { story, reports, why } => done(&why.form, screen, |store, merger| {
            store.split_story(merger, story, reports, &why.note, &now())
        }),
        Act::Undo { n, form } => done(form, screen, |store, merger| store.undo_decision(merger, *n, &now())),
        Act::Decisions(form) => {
            let all = form.db.read()?.decisions().map_err(stop)?;
            let mut out = screen.out();
            for decision in &all {
                line(&mut out, form.json, decision, || view::why::decision(decision, screen))?;
            }
            if all.is_empty() && !form.json {
                writeln!(out, "nothing was decided")?;
            }
            out.flush()?;
            Ok(Tally::default())
        }
    }
}

fn done(
    form: &Form,
    screen: &Screen,
    decide: impl FnOnce(&mut Store, &Merger) -> Result<Decided, store::Error>,
) -> Result<Tally, Stop> {
    // Only a database that is there: opening to write would make one.
    drop(form.db.read()?);
    let mut store = Store::open(&form.db.db).map_err(stop)?;
    let merger = Merger::embedded().map_err(stop)?;
    let decided = decide(&mut store, &merger).map_err(stop)?;
    let mut out = screen.out();
    line(&mut out, form.json, &decided, || {
        let stories: Vec<String> = decided.stories.iter().map(|s| safe(s).into_owned()).collect();
        format!("{}now in: {}\n", view::why::decision(&decided.decision, screen), stories.join(", "))
    })?;
    out.flush()?;
    Ok(Tally::default())
}

fn line<T: serde::Serialize>(
    out: &mut impl Write,
    json: bool,
    value: &T,
    text: impl FnOnce() -> String,
) -> Result<(), Stop> {
    if json {
        let text = serde_json::to_string(value).map_err(|e| Stop::Internal(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else {
        out.write_all(text().as_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(subcommand)]
        act: Act,
    }

    #[test]
    fn a_split_names_reports() {
        assert!(Cli::try_parse_from(["x", "split", "s1"]).is_err());
        let cli = Cli::try_parse_from(["x", "split", "s1", "a", "b", "--note", "two towns"]).unwrap();
        let Act::Split { reports, why, .. } = cli.act else { panic!("another act") };
        assert_eq!((reports.len(), why.note.as_str()), (2, "two towns"));
    }
}
