//! `demarche code` as a filter over rows or archives: a line out for every record in, and a count that adds up.

use super::batch::{self, Output, Plan};
use super::checkpoint::{Checkpoint, Sink};
use crate::engine::Engine;
use crate::exit::{Stop, Tally, complain};
use crate::input::{InputArgs, Jobs, Loader, WorkArgs};
use crate::term::Screen;
use crate::term::progress::Progress;
use crate::work::ordered;
use record::{Count, FilterCounts, Line, SCHEMA_VERSION};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

/// Where a filter takes its records from and where it puts them.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "As a filter")]
pub struct FilterArgs {
    /// Filter the articles or records of a JSON Lines file; - for standard input
    ///
    /// As a filter, the program writes one line of JSON for every record, in the order of the records: the result, or a
    /// failure. Nothing else goes to standard output but, at the very end, one line with counts: in = out + rejected.
    /// Records that fail do not change the exit code; an input that could not be read to its end does (1), and so does
    /// everything that keeps the count line from being written.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["warc", "pages", "format"])]
    pub jsonl: Option<String>,

    /// Filter the pages of web archives: a file that names them, one a line; - for standard input
    #[arg(long, value_name = "LIST", conflicts_with_all = ["pages", "format"])]
    pub warc: Option<String>,

    /// Write to this file instead of standard output, and keep beside it how far the run has come
    #[arg(long, value_name = "FILE", requires = "source")]
    pub out: Option<PathBuf>,

    /// Go on where an earlier run with the same arguments stopped
    ///
    /// The output is cut back to the last point that is surely on the disk; what was in it is not done again.
    #[arg(long, requires = "out")]
    pub resume: bool,
}

impl FilterArgs {
    /// True when the program is to work as a filter.
    pub fn wanted(&self) -> bool {
        self.jsonl.is_some() || self.warc.is_some()
    }

    /// The sources, and the format they have.
    fn sources(&self) -> Result<(Vec<String>, &'static str), Stop> {
        if let Some(file) = &self.jsonl {
            return Ok((vec![file.clone()], "jsonl"));
        }
        let name = self.warc.as_deref().unwrap_or_default();
        let unreadable = |e: io::Error| {
            let hint = "--warc takes a text file with the path of an archive in every line";
            Stop::Usage(format!("{name}: {e}"), Some(hint.to_owned()))
        };
        let from: Box<dyn BufRead> = match name {
            "-" => Box::new(io::stdin().lock()),
            _ => Box::new(io::BufReader::new(std::fs::File::open(name).map_err(unreadable)?)),
        };
        let lines: Vec<String> = from.lines().collect::<Result<_, _>>().map_err(unreadable)?;
        let named = |l: &&String| !l.trim().is_empty() && !l.starts_with('#');
        Ok((lines.iter().filter(named).map(|l| l.trim().to_owned()).collect(), "warc"))
    }
}

fn add(counts: &mut FilterCounts, output: &Output) {
    counts.out += output.records;
    counts.rejected += output.failures.len() as u64;
    counts.records = counts.out + counts.rejected;
    for failure in &output.failures {
        *counts.by_kind.entry(failure.error.kind.clone()).or_default() += 1;
    }
    if let Some(why) = output.passed {
        *counts.passed.entry(why.to_owned()).or_default() += 1;
    }
}

/// The counts in words, for standard error.
fn words(counts: &FilterCounts) -> String {
    let list = |map: &BTreeMap<String, u64>| {
        map.iter().map(|(k, n)| format!("{n} {k}")).collect::<Vec<_>>().join(", ")
    };
    let mut out = format!("{} in, {} out, {} rejected", counts.records, counts.out, counts.rejected);
    if !counts.by_kind.is_empty() {
        out.push_str(&format!(" ({})", list(&counts.by_kind)));
    }
    if !counts.passed.is_empty() {
        out.push_str(&format!("; passed over: {}", list(&counts.passed)));
    }
    out
}

/// Runs the filter.
///
/// # Errors
/// The list of archives or the output of an earlier run cannot be used, the stages could not be loaded, or the output
/// could not be written.
pub fn run(filter: &FilterArgs, plan: &Plan<'_>, screen: &Screen) -> Result<Tally, Stop> {
    let (sources, format) = filter.sources()?;
    let input = InputArgs { pages: sources.clone(), format: Some(format.to_owned()), ..plan.input.clone() };
    let plan = Plan { input: &input, ..*plan };
    let (mut sink, start) = open(filter, &plan, screen)?;
    if start.done {
        screen.note(&format!("already complete: {}\n", words(&start.counts)));
        return Ok(Tally::default());
    }
    let engine: Engine = plan.work.engine();
    engine.load(plan.stage)?;
    let loader = Loader::new(&input, &engine);
    let mut progress = Progress::new(None, plan.work.quiet);
    let mut counts = start.counts.clone();
    let mut done = start.jobs;
    let mut unread = start.unread;
    let jobs = Jobs::new(sources, input.hint()).skip(usize::try_from(start.jobs).unwrap_or(usize::MAX));
    let work = |job| batch::one(&loader, job, &plan, batch::json);
    ordered(jobs, plan.work.workers(), work, |output: Output| {
        progress.step();
        done += 1;
        add(&mut counts, &output);
        for failure in output.failures.iter().filter(|f| matches!(f.error.kind.as_str(), "open" | "damaged"))
        {
            unread += 1;
            let message = format!("{}: {}", failure.source, failure.error.message);
            progress.aside(|| complain(screen, &message, failure.error.hint.as_deref()));
        }
        sink.write(output.text.as_bytes())?;
        sink.step(|| Checkpoint { jobs: done, unread, counts: counts.clone(), ..start.clone() })
    })?;
    sink.write(
        batch::line(&Line::Count(Count { schema: SCHEMA_VERSION, count: counts.clone() })).as_bytes(),
    )?;
    sink.finish(Checkpoint { jobs: done, unread, counts: counts.clone(), done: true, ..start.clone() })?;
    if !plan.work.quiet {
        screen.note(&format!("{}\n", words(&counts)));
    }
    Ok(Tally { failed: usize::try_from(unread).unwrap_or(usize::MAX), internal: 0 })
}

/// The output, and how far an earlier run has come.
fn open<'a>(
    filter: &FilterArgs,
    plan: &Plan<'_>,
    screen: &'a Screen,
) -> Result<(Sink<Box<dyn Write + 'a>>, Checkpoint), Stop> {
    let fresh = Checkpoint::new(arguments(plan.input, plan.work));
    match &filter.out {
        None => Ok((Sink::stream(Box::new(screen.out())), fresh)),
        Some(path) => Sink::file(path, fresh, filter.resume),
    }
}

/// What must be the same for a run to go on with another's output.
fn arguments(input: &InputArgs, work: &WorkArgs) -> String {
    let InputArgs { pages, date, format, fast, allow_private: _ } = input;
    let model = work.model.as_ref().map(|m| m.display().to_string());
    let version = env!("CARGO_PKG_VERSION");
    format!("{version} {pages:?} {date:?} {format:?} {model:?} fast={fast} furniture={}", work.furniture)
}
