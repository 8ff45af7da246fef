//! Many inputs through the stages and out in order: what all commands over pages share.

use crate::engine::{Engine, Stage};
use crate::exit::{Stop, Tally, complain};
use crate::input::{InputArgs, Job, Jobs, Loader, WorkArgs};
use crate::term::Screen;
use crate::term::progress::Progress;
use crate::work::ordered;
use record::{Failure, Line, Record};
use std::io::{IsTerminal, Write};

/// What one input became.
pub struct Output {
    /// Text for standard output.
    pub text: String,
    /// The failure, when it failed.
    pub failure: Option<Failure>,
}

/// The arguments, with standard input when none were given.
///
/// # Errors
/// Nothing was given and standard input is a terminal.
pub fn pages(args: &InputArgs, example: &str) -> Result<Vec<String>, Stop> {
    if !args.pages.is_empty() {
        return Ok(args.pages.clone());
    }
    if std::io::stdin().is_terminal() {
        let hint = format!("try `{example}`, or - to type or paste a page");
        return Err(Stop::Usage("no PAGE given".to_owned(), Some(hint)));
    }
    Ok(vec!["-".to_owned()])
}

/// Takes every page to `stage`, renders it with `render` in the workers, and prints the results in order.
///
/// A failure is named on standard error and counted; the rest comes out all the same. With `json` its record also
/// stands in the output, in the place of its page.
///
/// # Errors
/// The stages could not be loaded, or the output could not be written.
pub fn run(
    plan: &Plan<'_>,
    screen: &Screen,
    render: impl Fn(Record) -> String + Sync,
) -> Result<Tally, Stop> {
    let Plan { input, work, stage, json, .. } = *plan;
    let pages = pages(input, plan.example)?;
    let engine: Engine = work.engine();
    engine.load(stage).map_err(Stop::Internal)?;
    let loader = Loader::new(input, &engine);
    let mut progress = Progress::new(Jobs::total(&pages), work.quiet);
    let mut out = screen.out();
    let mut tally = Tally::default();
    let one = |job: Job| match loader.load(job, stage) {
        Ok(record) => Output { text: render(record), failure: None },
        Err(failure) => Output {
            text: if json { line(&Line::Failure(failure.clone())) } else { String::new() },
            failure: Some(failure),
        },
    };
    let total = Jobs::total(&pages);
    let workers = if total == Some(1) { 1 } else { work.workers() };
    // With many inputs the buffer collects; a person at a terminal and a single page see their text at once.
    let at_once = screen.terminal;
    let mut gap = "";
    ordered(Jobs::new(pages), workers, one, |result: Output| {
        progress.step();
        progress.aside(|| {
            if let Some(failure) = &result.failure {
                out.flush()?;
                tally.add(failure);
                complain(
                    screen,
                    &format!("{}: {}", failure.source, failure.error.message),
                    failure.error.hint.as_deref(),
                );
            }
            if !result.text.is_empty() {
                out.write_all(gap.as_bytes())?;
                gap = plan.gap;
            }
            out.write_all(result.text.as_bytes())?;
            if at_once { out.flush() } else { Ok(()) }
        })
    })?;
    out.flush()?;
    Ok(tally)
}

/// What a command asks of [`run`].
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// Where pages come from.
    pub input: &'a InputArgs,
    /// How the work is done.
    pub work: &'a WorkArgs,
    /// How far each page is taken.
    pub stage: Stage,
    /// Output is JSON Lines.
    pub json: bool,
    /// What stands between two pages.
    pub gap: &'static str,
    /// A call that works, for the hint.
    pub example: &'a str,
}

/// A record in its JSON form, as one line.
pub fn json(record: Record) -> String {
    line(&Line::Record(Box::new(record.to_json())))
}

fn line(line: &Line) -> String {
    // Serialising these types cannot fail: keys are strings and there are no maps with other keys.
    serde_json::to_string(line).map(|l| l + "\n").unwrap_or_default()
}
