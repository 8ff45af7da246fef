//! `demarche add`: pages through all stages into a database, merged with what is there.

use super::batch::pages;
use super::db::{DbArgs, now, stop};
use crate::engine::{Engine, Stage};
use crate::exit::{Stop, Tally, complain};
use crate::input::{InputArgs, Job, Jobs, Loaded, Loader, WorkArgs, failure};
use crate::term::Screen;
use crate::term::progress::Progress;
use crate::term::text::count;
use crate::work::ordered;
use record::{Failure, Record};
use std::collections::HashSet;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};
use store::{Added, Manifest, Merger, Outcome, Settled, Store};

/// Read, code and keep pages.
///
/// A page whose content is in the database is not read again, so the same command goes on where it was broken off, even
/// by a crash or a full disk: pages are kept a few at a time, each whole or not at all. When all are in, stories and
/// events are brought up to date. Takes pages, and the JSON Lines that `demarche code` prints.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    work: WorkArgs,

    #[command(flatten)]
    db: DbArgs,

    /// Print the manifest of the run as JSON
    #[arg(long)]
    json: bool,
}

/// Pages kept in one transaction, and the longest time that a page waits for it.
const BATCH: usize = 64;
const PATIENCE: Duration = Duration::from_secs(2);
/// Pages after which stories are brought up to date in a long run.
const SETTLE: usize = 5000;

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let pages = pages(&args.input, "demarche add corpus/pages --db news.db")?;
    let engine: Engine = args.work.engine();
    let mut progress = Progress::new(Jobs::total(&pages), args.work.quiet);
    let work = Work { input: &args.input, engine: &engine, workers: args.work.workers(), db: &args.db.db };
    let command = format!("add {}", pages.join(" "));
    let done = work.run(pages, &command, &mut |failure| match failure {
        None => progress.step(),
        Some(failure) => progress.aside(|| {
            let message = format!("{}: {}", failure.source, failure.error.message);
            complain(screen, &message, failure.error.hint.as_deref());
        }),
    })?;
    drop(progress);
    let Done { manifest, settled, tally } = done;
    let mut out = screen.out();
    if args.json {
        let text = serde_json::to_string(&manifest).map_err(|e| Stop::Internal(e.to_string()))?;
        writeln!(out, "{text}")?;
    } else {
        let m = &manifest;
        let (inputs, added, known, rejected) = (m.inputs as usize, m.added, m.known, m.rejected);
        writeln!(out, "{}: {added} added, {known} known, {rejected} rejected", count(inputs, "input"))?;
        let Settled { stories, events, .. } = settled;
        let stories = if stories == 1 { "1 story".to_owned() } else { format!("{stories} stories") };
        writeln!(out, "{stories} and {} written to {}", count(events, "event"), args.db.db.display())?;
    }
    out.flush()?;
    Ok(tally)
}

/// Pages to a database: what `add` and `watch --db` share.
pub struct Work<'a> {
    /// How the pages are read.
    pub input: &'a InputArgs,
    /// The stages.
    pub engine: &'a Engine,
    /// Pages worked on at the same time.
    pub workers: usize,
    /// The database, which is made when it is not there.
    pub db: &'a Path,
}

/// How the work went.
pub struct Done {
    /// What the run counted.
    pub manifest: Manifest,
    /// What was brought up to date.
    pub settled: Settled,
    /// What failed.
    pub tally: Tally,
}

impl Work<'_> {
    /// Adds `pages` in one run. `tell` hears of every input that is done (`None`) and of every one that failed.
    ///
    /// # Errors
    /// The stages could not be loaded, or the database not be read or written.
    pub fn run(
        &self,
        pages: Vec<String>,
        command: &str,
        tell: &mut dyn FnMut(Option<&Failure>),
    ) -> Result<Done, Stop> {
        let mut store = Store::open(self.db).map_err(stop)?;
        let known = store.ids().map_err(stop)?;
        self.engine.load(Stage::Code)?;
        let loader = Loader::new(self.input, self.engine);
        let mut keeper = Keeper::begin(&mut store, env!("CARGO_PKG_VERSION"), command)?;
        let mut tally = Tally::default();
        let one = |job: Job| load(job, &loader, self.engine, &known);
        let jobs = Jobs::new(pages, self.input.hint());
        ordered(jobs, self.workers, one, |outcomes: Vec<Outcome>| {
            tell(None);
            for outcome in outcomes {
                if let Outcome::Rejected(failure) = &outcome
                    && failure.error.kind != PASSED
                {
                    tally.add(failure);
                    tell(Some(failure));
                }
                keeper.take(outcome)?;
            }
            Ok::<(), Stop>(())
        })?;
        let settled = keeper.end()?;
        let manifest = store.runs().map_err(stop)?.pop().unwrap_or_default();
        Ok(Done { manifest, settled, tally })
    }
}

/// Kind of an input that is nothing to read: it counts as rejected, and is no failure.
const PASSED: &str = "passed";

/// Reads one input; takes what is new in it through the other stages.
fn load(job: Job, loader: &Loader<'_>, engine: &Engine, known: &HashSet<String>) -> Vec<Outcome> {
    let name = match &job {
        Job::Failed(failure) => failure.source.clone(),
        Job::Piece(_, name, _) => name.to_string(),
        Job::Url(url) => url.clone(),
    };
    let mut out = Vec::new();
    loader.load(job, Stage::Read, &mut |loaded| {
        out.push(match loaded {
            Loaded::Record(record) => read(*record, engine, known),
            Loaded::Failed(failure) => Outcome::Rejected(failure),
            Loaded::Passed(why) => Outcome::Rejected(failure(&name, PASSED, why, None)),
        });
    });
    out
}

fn read(record: Record, engine: &Engine, known: &HashSet<String>) -> Outcome {
    let source = record.page.source.clone();
    if known.contains(record.page.id.as_str()) {
        return Outcome::Known(source, record.page.id.to_string());
    }
    match code(record, &source, engine) {
        Ok(record) => Outcome::Page(Box::new(record)),
        Err(failure) => Outcome::Rejected(failure),
    }
}

/// A panic in any stage becomes a failure of kind `internal`.
fn code(record: Record, source: &str, engine: &Engine) -> Result<Record, Failure> {
    let work = AssertUnwindSafe(|| engine.advance(record, Stage::Code));
    match catch_unwind(work) {
        Ok(Ok(record)) => Ok(record),
        Ok(Err(message)) => Err(failure(source, "internal", message, None)),
        Err(_) => {
            let hint = "the page is fine to leave out; please report it with the page";
            Err(failure(source, "internal", "a stage failed on this page", Some(hint)))
        }
    }
}

/// Pages on their way into the database.
struct Keeper<'a> {
    store: &'a mut Store,
    run: store::Run,
    merger: Merger,
    waiting: Vec<Outcome>,
    since: Instant,
    unsettled: usize,
    settled: Settled,
}

impl<'a> Keeper<'a> {
    fn begin(store: &'a mut Store, version: &str, command: &str) -> Result<Keeper<'a>, Stop> {
        let run = store.begin(version, command, &now()).map_err(stop)?;
        let merger = Merger::embedded().map_err(stop)?;
        Ok(Keeper {
            store,
            run,
            merger,
            waiting: Vec::new(),
            since: Instant::now(),
            unsettled: 0,
            settled: Settled::default(),
        })
    }

    fn take(&mut self, outcome: Outcome) -> Result<(), Stop> {
        if self.waiting.is_empty() {
            self.since = Instant::now();
        }
        self.waiting.push(outcome);
        if self.waiting.len() >= BATCH || self.since.elapsed() > PATIENCE {
            self.keep()?;
        }
        if self.unsettled >= SETTLE { self.settle() } else { Ok(()) }
    }

    fn keep(&mut self) -> Result<(), Stop> {
        let added = self.store.add(self.run, &self.waiting, &mut self.merger).map_err(stop)?;
        self.unsettled += added.iter().filter(|a| **a == Added::New).count();
        self.waiting.clear();
        Ok(())
    }

    fn settle(&mut self) -> Result<(), Stop> {
        let done = self.store.settle(&self.merger).map_err(stop)?;
        self.settled.stories += done.stories;
        self.settled.events += done.events;
        self.unsettled = 0;
        Ok(())
    }

    fn end(mut self) -> Result<Settled, Stop> {
        self.keep()?;
        self.settle()?;
        self.store.finish(self.run, &now()).map_err(stop)?;
        Ok(self.settled)
    }
}
