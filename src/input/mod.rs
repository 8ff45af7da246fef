//! What was named on the command line to single inputs, and each of those to a record or a failure.

mod budget;
mod jobs;

use crate::engine::{Engine, Stage};
use clap::Args;
use fetch::{Fetched, Fetcher, Limits};
pub use jobs::{Job, Jobs};
use reader::{Effort, ErrorKind, Hint, Outcome, Piece, RecordError};
use record::{Failure, Fault, Line, Record, SCHEMA_VERSION};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// Where pages come from and how they are read.
#[derive(Debug, Clone, Default, Args)]
pub struct InputArgs {
    /// Pages: files, folders, web addresses, or - for standard input
    ///
    /// A file is one page (HTML or text) or holds many: a feed (RSS, Atom, JSON Feed), a web archive (WARC), articles
    /// as JSON Lines, CSV, TSV or Parquet, lines made by a stage of demarche; gzip and zstd are taken off. Of a folder,
    /// all files below it with the usual endings of these are taken, in order of their names. Without any PAGE,
    /// standard input is read.
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,

    /// Publication date to assume: it wins over what the page says
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = iso_day)]
    pub date: Option<String>,

    /// Take every source as this format instead of looking at it
    #[arg(long, value_name = "FORMAT", value_parser = FORMATS)]
    pub format: Option<String>,

    /// Read HTML pages faster and a little less right
    ///
    /// The article is found by where text is dense and links are few instead of by trafilatura.
    #[arg(long)]
    pub fast: bool,

    /// Let web addresses lead into private networks
    ///
    /// Without it, addresses that resolve to this machine or to private or link-local networks are refused, also after
    /// a redirect.
    #[arg(long)]
    pub allow_private: bool,
}

/// Formats that `--format` knows.
const FORMATS: [&str; 8] = ["html", "text", "feed", "warc", "jsonl", "csv", "tsv", "parquet"];

impl InputArgs {
    /// What is known of every source.
    pub fn hint(&self) -> Hint {
        let format = self.format.as_deref().and_then(reader::Format::from_name);
        let effort = if self.fast { Effort::Fast } else { Effort::Accurate };
        Hint { format, published: self.date.clone(), effort, ..Hint::default() }
    }
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

    /// Folder of your own actor tables [default: tables in demarche's data folder]
    #[arg(long, value_name = "DIR", value_parser = crate::overlay::existing)]
    pub tables: Option<PathBuf>,

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
        let Self { model, tables, furniture, .. } = self.clone();
        Engine::new(crate::engine::Options { model, furniture, tables })
    }
}

fn iso_day(text: &str) -> Result<String, String> {
    match text.parse::<jiff::civil::Date>() {
        Ok(day) if text.len() == 10 => Ok(day.to_string()),
        _ => Err("a date looks like 2025-07-12".to_owned()),
    }
}

/// A failure with the place where it happened.
pub fn failure(source: &str, kind: &str, message: impl ToString, hint: Option<&str>) -> Failure {
    let error = Fault { kind: kind.to_owned(), message: message.to_string(), hint: hint.map(str::to_owned) };
    Failure { schema: SCHEMA_VERSION, source: source.to_owned(), error }
}

/// What became of an input; a feed behind a web address gives several.
pub enum Loaded {
    /// A record, taken as far as was asked.
    Record(Box<Record>),
    /// Nothing, because of this.
    Failed(Failure),
    /// Nothing that is meant to be read (a picture in an archive, a page that was not there), and why.
    Passed(&'static str),
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
        let limits = Limits { private: args.allow_private, ..Limits::default() };
        Loader { args, engine, fetcher: Fetcher::new(&limits) }
    }

    /// Reads one input and takes it to `stage`. A panic in any stage becomes a failure of kind `internal`.
    pub fn load(&self, job: Job, stage: Stage, sink: &mut dyn FnMut(Loaded)) {
        match job {
            Job::Failed(failure) => sink(Loaded::Failed(failure)),
            Job::Piece(piece, name, _hold) => sink(self.piece(*piece, &name, stage)),
            Job::Url(url) => match self.fetcher.get(&url) {
                Ok(page) => self.fetched(&url, page, stage, sink),
                Err(e) => sink(Loaded::Failed(failure(&url, "fetch", &e, e.hint))),
            },
        }
    }

    /// The records of what came from the web.
    fn fetched(&self, url: &str, page: Fetched, stage: Stage, sink: &mut dyn FnMut(Loaded)) {
        let hint = Hint {
            source: url.to_owned(),
            content_type: page.content_type,
            url: Some(page.url),
            fetched: Some(jiff::Timestamp::now().to_string()),
            ..self.args.hint()
        };
        let pieces = match reader::open(std::io::Cursor::new(page.bytes), &hint) {
            Ok(source) => source.pieces(),
            Err(e) => return sink(Loaded::Failed(of_record(url, &e, hint.format))),
        };
        for piece in pieces {
            sink(match piece {
                Ok(piece) => self.piece(piece, url, stage),
                Err(e) => Loaded::Failed(of_record(url, &e, hint.format)),
            });
        }
    }

    fn piece(&self, piece: Piece, name: &str, stage: Stage) -> Loaded {
        let source = piece.place().of(name);
        let work = AssertUnwindSafe(|| {
            let record = match self.open(piece, name)? {
                Ok(record) => record,
                Err(passed) => return Ok(Loaded::Passed(passed)),
            };
            if stage > Stage::Read
                && let Some(message) = too_long(&record)
            {
                let hint = "is it one article? several belong into several records";
                return Err(failure(&source, "format", message, Some(hint)));
            }
            let record =
                self.engine.advance(record, stage).map_err(|m| failure(&source, "internal", m, None))?;
            Ok(Loaded::Record(Box::new(record)))
        });
        let result = catch_unwind(work).unwrap_or_else(|_| {
            let hint = "the page is fine to leave out; please report it with the page";
            Err(failure(&source, "internal", "a stage failed on this page", Some(hint)))
        });
        result.unwrap_or_else(Loaded::Failed)
    }

    fn open(&self, piece: Piece, name: &str) -> Result<Result<Record, &'static str>, Failure> {
        if let Some(own) = piece.json().and_then(own_line) {
            return match own.map_err(|m| {
                let hint = "a line is what `demarche read --page`, `parse`, `resolve` or `code` print, or an article";
                failure(&piece.place().of(name), "record", m, Some(hint))
            })? {
                Line::Record(record) => Ok(Ok(*record)),
                Line::Failure(failure) => Err(failure),
                Line::Count(_) => Ok(Err("count of an earlier filter")),
            };
        }
        let format = self.args.hint().format;
        let json = piece.json().is_some();
        match piece.read() {
            Ok(Outcome::Page(page)) => Ok(Ok(Record::new(*page))),
            Ok(Outcome::Passed(why)) => Ok(Err(why)),
            Err(e) => {
                let mut failure = of_record(name, &e, format);
                if json && e.kind() == ErrorKind::Malformed {
                    failure.error.kind = "record".to_owned();
                }
                Err(failure)
            }
        }
    }
}

/// Bytes of running text in one page, and in one block of it, that are parsed. The longest articles have a tenth.
const MOST_TEXT: usize = 1 << 20;
const MOST_BLOCK: usize = 200 << 10;

/// Why a page is not parsed for its length: memory and time would grow with it beyond all measure.
fn too_long(record: &Record) -> Option<String> {
    let codable = || record.page.blocks.iter().filter(|b| b.kind.is_codable()).map(|b| b.span.len());
    let (all, longest) = (codable().sum::<usize>(), codable().max().unwrap_or(0));
    if all > MOST_TEXT {
        Some(format!("{all} bytes of running text, more than {MOST_TEXT}"))
    } else if longest > MOST_BLOCK {
        Some(format!("a paragraph of {longest} bytes, more than {MOST_BLOCK}"))
    } else {
        None
    }
}

/// A line that a stage of this program wrote, back in its inner form; `None` for JSON of others.
fn own_line(text: &str) -> Option<Result<Line, String>> {
    let parsed = match serde_json::from_str::<Line>(text) {
        Ok(line) => Ok(line),
        Err(e) => {
            let value: serde_json::Value = serde_json::from_str(text).ok()?;
            let has = |key: &str| value.get(key).is_some_and(serde_json::Value::is_object);
            if value.get("schema").is_none() || !has("page") && !has("error") && !has("count") {
                return None;
            }
            Err(format!("JSON, but no record of demarche: {e}"))
        }
    };
    Some(parsed.and_then(|line| line.from_json().map_err(|e| e.to_string())))
}

/// The failure of a record of a source.
pub fn of_record(name: &str, e: &RecordError, forced: Option<reader::Format>) -> Failure {
    let kind = match e.kind() {
        ErrorKind::Internal => "internal",
        ErrorKind::Io => "open",
        ErrorKind::Damaged => "damaged",
        _ => "format",
    };
    let hint = match e.kind() {
        ErrorKind::Empty => Some("is it the right file?"),
        ErrorKind::Unsupported => Some("give pages as HTML or text, or in a feed, archive or table"),
        ErrorKind::TooLarge => Some("give one page a record; news pages are far smaller"),
        ErrorKind::Container => Some("--format says how to read it"),
        ErrorKind::Damaged => Some("get the source again; what could be read came through"),
        ErrorKind::Malformed if forced.is_some() => Some("is --format right?"),
        ErrorKind::Malformed => {
            Some("mend or drop this record; --format NAME reads the source as another format")
        }
        _ => None,
    };
    failure(&e.place.of(name), kind, e.message(), hint)
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
