//! Arguments to a stream of inputs: folders opened up, containers cut into records, nothing held that is not needed yet.

use super::budget::{Budget, Hold};
use super::{failure, of_record, opening};
use reader::{Format, Hint, Piece, Pieces};
use record::Failure;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::sync::Arc;

/// Endings of files that are one page.
const SINGLE: &[&str] = &["html", "htm", "xhtml", "txt"];
/// Endings of files that may hold many.
const MANY: &[&str] =
    &["json", "jsonl", "ndjson", "xml", "rss", "atom", "csv", "tsv", "tab", "warc", "parquet", "gz", "zst"];
/// Bytes of records that were read and wait for a worker.
const IN_FLIGHT: usize = 48 << 20;

/// One input.
#[derive(Debug)]
pub enum Job {
    /// A page in the web.
    Url(String),
    /// A record of a source, with the name of the source.
    Piece(Box<Piece>, Arc<str>, Hold),
    /// Something that could not even be opened or cut out.
    Failed(Failure),
}

/// The inputs behind the arguments, in order.
pub struct Jobs {
    args: std::vec::IntoIter<String>,
    hint: Hint,
    folder: Option<walkdir::IntoIter>,
    source: Option<(Arc<str>, Pieces<'static>)>,
    budget: Arc<Budget>,
}

impl Jobs {
    /// Inputs of `args`; `hint` is what is known of all of them.
    pub fn new(args: Vec<String>, hint: Hint) -> Self {
        Jobs { args: args.into_iter(), hint, folder: None, source: None, budget: Budget::new(IN_FLIGHT) }
    }

    /// How many inputs there are, when that is known without opening anything.
    pub fn total(args: &[String]) -> Option<u64> {
        let known =
            |a: &String| a.contains("://") || a != "-" && Path::new(a).is_file() && !has(Path::new(a), MANY);
        args.iter().all(known).then_some(args.len() as u64)
    }

    fn open(&mut self, name: &str, from: impl Read + Send + 'static, file: Option<&Path>) -> Option<Job> {
        let hint = Hint { source: name.to_owned(), ..self.hint.clone() };
        let source = match reader::open(from, &hint) {
            Ok(source) => source,
            Err(e) => return Some(Job::Failed(of_record(name, &e, hint.format))),
        };
        let pieces = match (source.format(), file) {
            (Format::Parquet, Some(path)) => match File::open(path) {
                Ok(file) => reader::parquet(file, &hint),
                Err(e) => return Some(Job::Failed(opening(name, &e))),
            },
            (Format::Parquet, None) => match spool(source.bytes()) {
                Ok(file) => reader::parquet(file, &hint),
                Err(e) => return Some(Job::Failed(opening(name, &e))),
            },
            _ => source.pieces(),
        };
        self.source = Some((name.into(), pieces));
        None
    }

    fn file(&mut self, path: &Path) -> Option<Job> {
        let name = path.display().to_string();
        match File::open(path) {
            Ok(file) => self.open(&name, file, Some(path)),
            Err(e) => Some(Job::Failed(opening(&name, &e))),
        }
    }

    fn argument(&mut self, arg: &str) -> Option<Job> {
        let path = Path::new(arg);
        if arg == "-" {
            self.open(arg, std::io::stdin(), None)
        } else if arg.starts_with("http://") || arg.starts_with("https://") {
            Some(Job::Url(arg.to_owned()))
        } else if path.is_dir() {
            self.folder = Some(walkdir::WalkDir::new(path).sort_by_file_name().into_iter());
            None
        } else {
            self.file(path)
        }
    }

    /// The next file of the folder: opened, or failed.
    fn walk(&mut self) -> Option<Job> {
        while let Some(entry) = self.folder.as_mut()?.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(e) => {
                    let name = e.path().map_or("?".to_owned(), |p| p.display().to_string());
                    return Some(Job::Failed(failure(&name, "open", e, None)));
                }
            };
            let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
            if hidden && entry.file_type().is_dir() {
                self.folder.as_mut()?.skip_current_dir();
            }
            if !hidden
                && entry.file_type().is_file()
                && (has(entry.path(), SINGLE) || has(entry.path(), MANY))
            {
                return self.file(entry.path());
            }
        }
        self.folder = None;
        None
    }

    /// The next record of the open source.
    fn record(&mut self) -> Option<Job> {
        let (name, pieces) = self.source.as_mut()?;
        match pieces.next() {
            Some(Ok(piece)) => {
                let hold = self.budget.hold(piece.size());
                Some(Job::Piece(Box::new(piece), Arc::clone(name), hold))
            }
            Some(Err(e)) => Some(Job::Failed(of_record(name, &e, self.hint.format))),
            None => {
                self.source = None;
                None
            }
        }
    }
}

/// A stream on the disk, for formats that are read from both ends. The file has no name and goes when it is closed.
fn spool(mut from: impl Read) -> std::io::Result<File> {
    let mut file = tempfile::tempfile()?;
    std::io::copy(&mut from, &mut file)?;
    file.rewind()?;
    Ok(file)
}

impl Iterator for Jobs {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        loop {
            let job = if self.source.is_some() {
                self.record()
            } else if self.folder.is_some() {
                self.walk()
            } else {
                let arg = self.args.next()?;
                self.argument(&arg)
            };
            if job.is_some() {
                return job;
            }
        }
    }
}

fn has(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| endings.contains(&e.to_ascii_lowercase().as_str()))
}
