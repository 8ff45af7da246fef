//! Arguments to a stream of inputs: folders opened up, JSON Lines cut into lines, nothing held that is not needed yet.

use super::{Job, failure, opening};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Files of a folder that are taken for pages.
const PAGES: &[&str] = &["html", "htm", "xhtml", "txt", "json", "jsonl", "ndjson"];
/// Files that hold a record a line.
const LINES: &[&str] = &["jsonl", "ndjson"];
/// Largest page from standard input and longest line, in bytes; the reader's own limit is the same.
const MAX: u64 = 64 << 20;

/// The inputs behind the arguments, in order.
pub struct Jobs {
    args: std::vec::IntoIter<String>,
    folder: Option<walkdir::IntoIter>,
    lines: Option<Lines>,
}

impl Jobs {
    /// Inputs of `args`.
    pub fn new(args: Vec<String>) -> Self {
        Jobs { args: args.into_iter(), folder: None, lines: None }
    }

    /// How many inputs there are, when that is known without opening anything.
    pub fn total(args: &[String]) -> Option<u64> {
        let known =
            |a: &String| a.contains("://") || a != "-" && Path::new(a).is_file() && !has(Path::new(a), LINES);
        args.iter().all(known).then_some(args.len() as u64)
    }

    fn file(&mut self, path: &Path) -> Option<Job> {
        if !has(path, LINES) {
            return Some(Job::File(path.to_owned()));
        }
        let name = path.display().to_string();
        match File::open(path) {
            Ok(file) => {
                self.lines = Some(Lines { name, from: Box::new(BufReader::new(file)), number: 0 });
                None
            }
            Err(e) => Some(Job::Failed(opening(&name, &e))),
        }
    }

    /// Standard input: JSON Lines when it begins with `{`, else one page.
    fn standard(&mut self) -> Option<Job> {
        let mut from = BufReader::new(std::io::stdin());
        let bad = |e: std::io::Error| Some(Job::Failed(opening("-", &e)));
        let head = match from.fill_buf() {
            Ok(head) => head.trim_ascii_start().first().copied(),
            Err(e) => return bad(e),
        };
        if head == Some(b'{') {
            self.lines = Some(Lines { name: "-".to_owned(), from: Box::new(from), number: 0 });
            return None;
        }
        let mut bytes = Vec::new();
        match from.take(MAX + 1).read_to_end(&mut bytes) {
            Ok(_) => Some(Job::Bytes("-".to_owned(), bytes)),
            Err(e) => bad(e),
        }
    }

    fn argument(&mut self, arg: &str) -> Option<Job> {
        let path = Path::new(arg);
        if arg == "-" {
            self.standard()
        } else if arg.starts_with("http://") || arg.starts_with("https://") {
            Some(Job::Url(arg.to_owned()))
        } else if path.is_dir() {
            self.folder = Some(walkdir::WalkDir::new(path).sort_by_file_name().into_iter());
            None
        } else {
            self.file(path)
        }
    }

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
            if !hidden && entry.file_type().is_file() && has(entry.path(), PAGES) {
                if let Some(job) = self.file(entry.path()) {
                    return Some(job);
                }
                // A file of lines: they come first, then the walk goes on.
                return None;
            }
        }
        self.folder = None;
        None
    }
}

impl Iterator for Jobs {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(job) => return Some(job),
                    None => self.lines = None,
                }
            } else if self.folder.is_some() {
                if let Some(job) = self.walk() {
                    return Some(job);
                }
            } else {
                let arg = self.args.next()?;
                if let Some(job) = self.argument(&arg) {
                    return Some(job);
                }
            }
        }
    }
}

fn has(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| endings.contains(&e.to_ascii_lowercase().as_str()))
}

/// Lines of a file or of standard input.
struct Lines {
    name: String,
    from: Box<dyn BufRead + Send>,
    number: usize,
}

impl Lines {
    fn next(&mut self) -> Option<Job> {
        loop {
            let mut bytes = Vec::new();
            self.number += 1;
            let source = format!("{}:{}", self.name, self.number);
            match self.from.by_ref().take(MAX).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) if bytes.trim_ascii().is_empty() => continue,
                Ok(_) => {}
                Err(e) => return Some(Job::Failed(opening(&source, &e))),
            }
            return Some(match String::from_utf8(bytes) {
                Ok(text) => Job::Json(source, text),
                Err(e) => Job::Failed(failure(&source, "record", e.utf8_error(), Some("JSON is UTF-8"))),
            });
        }
    }
}
