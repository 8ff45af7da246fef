//! What was named on the command line to single inputs, and each of those to a record or a failure.

pub mod fetch;
mod jobs;

use crate::engine::{Engine, Stage};
use clap::Args;
use fetch::Fetcher;
pub use jobs::Jobs;
use record::{Failure, Fault, Line, Page, Record, SCHEMA_VERSION};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// Where pages come from and how they are read.
#[derive(Debug, Clone, Default, Args)]
pub struct InputArgs {
    /// Pages: files, folders, web addresses, or - for standard input
    ///
    /// A file is one page (HTML or text) or JSON Lines made by a stage of demarche. Of a folder, all files below it
    /// that end in .html, .htm, .xhtml, .txt, .json, .jsonl or .ndjson are taken, in order of their names. Without any
    /// PAGE, standard input is read.
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,

    /// Publication date to assume: it wins over what the page says
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = iso_day)]
    pub date: Option<String>,

    /// Take every page as this format instead of looking at it
    #[arg(long, value_name = "FORMAT", value_parser = ["html", "text"])]
    pub format: Option<String>,

    /// Let web addresses lead into private networks
    ///
    /// Without it, addresses that resolve to this machine or to private or link-local networks are refused, also after
    /// a redirect.
    #[arg(long)]
    pub allow_private: bool,
}

/// How the work is done.
#[derive(Debug, Clone, Default, Args)]
pub struct WorkArgs {
    /// Also parse and code headlines, standfirsts and ticker lines
    #[arg(long)]
    pub furniture: bool,

    /// Documents worked on at the same time [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub workers: Option<u16>,

    /// A spaCy v3 pipeline to use instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,

    /// No progress line
    #[arg(long, short)]
    pub quiet: bool,
}

impl WorkArgs {
    /// Number of worker threads.
    pub fn workers(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.workers.map_or_else(cores, usize::from)
    }

    /// The stages with these options.
    pub fn engine(&self) -> Engine {
        Engine::new(crate::engine::Options { model: self.model.clone(), furniture: self.furniture })
    }
}

fn iso_day(text: &str) -> Result<String, String> {
    match text.parse::<jiff::civil::Date>() {
        Ok(day) if text.len() == 10 => Ok(day.to_string()),
        _ => Err("a date looks like 2025-07-12".to_owned()),
    }
}

/// One input.
#[derive(Debug)]
pub enum Job {
    /// A page in a file.
    File(PathBuf),
    /// A page in the web.
    Url(String),
    /// A page that has been read already, and its name.
    Bytes(String, Vec<u8>),
    /// One line of JSON, and where it stands.
    Json(String, String),
    /// Something that could not even be opened.
    Failed(Failure),
}

/// A failure with the place where it happened.
pub fn failure(source: &str, kind: &str, message: impl ToString, hint: Option<&str>) -> Failure {
    let error = Fault { kind: kind.to_owned(), message: message.to_string(), hint: hint.map(str::to_owned) };
    Failure { schema: SCHEMA_VERSION, source: source.to_owned(), error }
}

/// Inputs to records: everything a worker needs.
pub struct Loader<'a> {
    args: &'a InputArgs,
    engine: &'a Engine,
    fetcher: Fetcher,
}

impl<'a> Loader<'a> {
    /// A loader; nothing is opened yet.
    pub fn new(args: &'a InputArgs, engine: &'a Engine) -> Self {
        Loader { args, engine, fetcher: Fetcher::new(args.allow_private) }
    }

    /// Reads one input and takes it to `stage`. A panic in any stage becomes a failure of kind `internal`.
    pub fn load(&self, job: Job, stage: Stage) -> Result<Record, Failure> {
        let source = match &job {
            Job::File(path) => path.display().to_string(),
            Job::Url(url) => url.clone(),
            Job::Bytes(name, _) | Job::Json(name, _) => name.clone(),
            Job::Failed(failure) => failure.source.clone(),
        };
        let work = AssertUnwindSafe(|| {
            let record = self.open(job, &source)?;
            self.engine.advance(record, stage).map_err(|m| failure(&source, "internal", m, None))
        });
        catch_unwind(work).unwrap_or_else(|_| {
            let hint = "the page is fine to leave out; please report it with the page";
            Err(failure(&source, "internal", "a stage failed on this page", Some(hint)))
        })
    }

    fn open(&self, job: Job, source: &str) -> Result<Record, Failure> {
        match job {
            Job::Failed(failure) => Err(failure),
            Job::Json(_, text) => self.line(source, &text),
            Job::Bytes(_, bytes) => self.page(source, &bytes, None),
            Job::File(path) => {
                let bytes = std::fs::read(&path).map_err(|e| opening(source, &e))?;
                self.page(source, &bytes, None)
            }
            Job::Url(url) => {
                let (bytes, kind) =
                    self.fetcher.get(&url).map_err(|e| failure(source, "fetch", e.message, e.hint))?;
                self.page(source, &bytes, kind)
            }
        }
    }

    fn page(&self, source: &str, bytes: &[u8], content_type: Option<String>) -> Result<Record, Failure> {
        let format = self.args.format.as_deref().and_then(reader::Format::from_name);
        let url = source.contains("://").then(|| source.to_owned());
        let published = self.args.date.clone();
        let hint = reader::Hint {
            source: source.to_owned(),
            format,
            content_type,
            url,
            published,
            ..reader::Hint::default()
        };
        let page: Page = reader::read(bytes, &hint).map_err(|e| {
            let kind = if e.kind() == reader::ErrorKind::Internal { "internal" } else { "format" };
            failure(source, kind, &e, remedy(e.kind()))
        })?;
        Ok(Record::new(page))
    }

    fn line(&self, source: &str, text: &str) -> Result<Record, Failure> {
        let bad = |m: String| {
            let hint = "a line is what `demarche read --page`, `parse`, `resolve` or `code` print";
            failure(source, "record", m, Some(hint))
        };
        let line: Line = serde_json::from_str(text).map_err(|e| {
            match serde_json::from_str::<serde_json::Value>(text) {
                Ok(_) => bad("JSON, but no record of demarche".to_owned()),
                Err(_) => bad(format!("no JSON: {e}")),
            }
        })?;
        match line.from_json().map_err(|e| bad(e.to_string()))? {
            Line::Record(record) => Ok(*record),
            Line::Failure(failure) => Err(failure),
        }
    }
}

fn remedy(kind: reader::ErrorKind) -> Option<&'static str> {
    match kind {
        reader::ErrorKind::Empty => Some("is it the right file?"),
        reader::ErrorKind::Unsupported => Some("give the page as HTML or text"),
        reader::ErrorKind::TooLarge => Some("give one page a file"),
        reader::ErrorKind::Container => Some("take the pages out first, one a file"),
        _ => None,
    }
}

/// A file that could not be opened, in plain words.
pub fn opening(source: &str, e: &std::io::Error) -> Failure {
    use std::io::ErrorKind::*;
    let (message, hint) = match e.kind() {
        NotFound => ("no such file".to_owned(), Some("web addresses begin with https://")),
        PermissionDenied => ("not allowed to read it".to_owned(), None),
        IsADirectory => ("is a folder".to_owned(), None),
        _ => (e.to_string(), None),
    };
    failure(source, "open", message, hint)
}
