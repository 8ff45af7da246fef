//! Many inputs through the stages and out in order: what all commands over pages share.

use crate::engine::{Engine, Stage};
use crate::exit::{Stop, Tally, complain};
use crate::input::{InputArgs, Job, Jobs, Loaded, Loader, WorkArgs};
use crate::term::Screen;
use crate::term::progress::Progress;
use crate::work::ordered;
use record::{Failure, Line, Record};
use std::io::{IsTerminal, Write};

/// What one input became.
#[derive(Default)]
pub struct Output {
    /// Text for standard output.
    pub text: String,
    /// Records in it.
    pub records: u64,
    /// What failed.
    pub failures: Vec<Failure>,
    /// Why there was nothing to read, when that is so.
    pub passed: Option<&'static str>,
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
    let Plan { input, work, stage, .. } = *plan;
    let pages = pages(input, plan.example)?;
    let engine: Engine = work.engine();
    engine.load(stage)?;
    let mut progress = Progress::new(Jobs::total(&pages), work.quiet);
    let mut out = screen.out();
    let mut tally = Tally::default();
    let total = Jobs::total(&pages);
    let workers = if total == Some(1) { 1 } else { work.workers() };
    // With many inputs the buffer collects; a person at a terminal and a single page see their text at once.
    let at_once = screen.terminal;
    let mut gap = "";
    let loader = Loader::new(input, &engine);
    let jobs = Jobs::new(pages, input.hint());
    ordered(
        jobs,
        workers,
        |job| one(&loader, job, plan, &render),
        |result: Output| {
            progress.step();
            progress.aside(|| {
                for failure in &result.failures {
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
        },
    )?;
    out.flush()?;
    Ok(tally)
}

/// One input through the stages and the renderer.
pub fn one(loader: &Loader<'_>, job: Job, plan: &Plan<'_>, render: impl Fn(Record) -> String) -> Output {
    let mut output = Output::default();
    loader.load(job, plan.stage, &mut |loaded| match loaded {
        Loaded::Record(record) => {
            let text = render(*record);
            if !text.is_empty() && !output.text.is_empty() {
                output.text.push_str(plan.gap);
            }
            output.text.push_str(&text);
            output.records += 1;
        }
        Loaded::Failed(failure) => {
            if plan.json {
                output.text.push_str(&line(&Line::Failure(failure.clone())));
            }
            output.failures.push(failure);
        }
        Loaded::Passed(why) => output.passed = Some(why),
    });
    output
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

/// A line of the JSON form.
pub fn line(line: &Line) -> String {
    // Serialising these types cannot fail: keys are strings and there are no maps with other keys.
    serde_json::to_string(line).map(|l| l + "\n").unwrap_or_default()
}
