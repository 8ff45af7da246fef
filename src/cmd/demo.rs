//! `demarche demo`: the sample pages read into a database, and the desk over it, in one command.

mod pages;

use super::keep::{keep, page};
use super::serve::{DeskArgs, desk};
use crate::engine::{Engine, Stage};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::progress::Progress;
use crate::term::style::{TITLE, paint};
use crate::work::ordered;
use reader::Hint;
use record::Record;
use std::path::PathBuf;

/// Read the sample pages that come with the program and open the desk over them.
///
/// The pages tell one invented crisis as thirteen outlets report, copy and contradict it; see corpus/desk/README.md.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Keep the database in this file; without it, it is thrown away at the end
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,

    /// Make the database and stop
    #[arg(long, requires = "db")]
    no_serve: bool,

    #[command(flatten)]
    desk: DeskArgs,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let scratch = match &args.db {
        Some(_) => None,
        None => Some(Scratch::new()?),
    };
    let db = match (&args.db, &scratch) {
        (Some(db), _) => db.clone(),
        (None, Some(folder)) => folder.0.join("demo.db"),
        (None, None) => return Err(Stop::Internal("no place for the database".to_owned())),
    };
    let records = read(screen)?;
    let n = records.len();
    keep(&db, "demo", records, &store::day::now()).map_err(|e| Stop::Usage(e.to_string(), None))?;
    if args.no_serve {
        screen.note(&format!("{n} sample pages are in {}.\n", db.display()));
        return Ok(Tally::default());
    }
    desk(&db, &args.desk, |at| {
        screen.note(&format!(
            "{n} sample pages are read. {} {at}\nCtrl C stops it.\n",
            paint(TITLE, "The desk is at")
        ));
    })
}

/// All sample pages through all stages, in the order of their names.
fn read(screen: &Screen) -> Result<Vec<Record>, Stop> {
    let engine = Engine::default();
    engine.load(Stage::Code)?;
    let mut progress = Progress::new(Some(pages::PAGES.len() as u64), !screen.terminal);
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let one = |(name, text): &(&str, &str)| {
        let hint = Hint { source: (*name).to_owned(), ..Hint::default() };
        page(&engine, text.as_bytes(), &hint).map_err(|e| Stop::Internal(format!("{name}: {e}")))
    };
    let mut out = Vec::new();
    ordered(pages::PAGES.iter(), workers, one, |result: Result<Record, Stop>| {
        progress.step();
        out.push(result?);
        Ok(())
    })
    .map(|()| out)
}

/// A folder of our own that goes away at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, Stop> {
        let stamp = store::day::now().replace([':', '.'], "-");
        let path = std::env::temp_dir().join(format!("demarche-demo-{}-{stamp}", std::process::id()));
        // Fails when something is there already: nobody else can have prepared it.
        std::fs::create_dir(&path)?;
        Ok(Scratch(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::pages::PAGES;
    use std::collections::BTreeSet;

    #[test]
    fn all_sample_pages_are_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/desk/pages");
        let there: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        let here: BTreeSet<String> = PAGES.iter().map(|p| p.0.to_owned()).collect();
        assert_eq!(there, here);
        assert!(here.len() >= 40);
    }
}
