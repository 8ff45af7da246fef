//! Containers of pages (feeds, web archives, JSON lines, tables) to one page after another; what fails is a record too.

use crate::piece::{Outcome, open};
use crate::{ErrorKind, Hint, Place};
use record::Page;
use std::fmt;
use std::io::{self, BufRead, Read};

/// Largest record of a container, in bytes; longer ones are errors and the run goes on behind them.
pub const MAX_RECORD: usize = crate::MAX_PAGE;

/// A record that gave no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// Where it stands.
    pub place: Place,
    kind: ErrorKind,
    message: String,
}

impl RecordError {
    pub(crate) fn new(place: Place, kind: ErrorKind, message: impl Into<String>) -> Self {
        RecordError { place, kind, message: message.into() }
    }

    pub(crate) fn of(place: Place, error: &crate::Error) -> Self {
        Self::new(place, error.kind(), error.to_string())
    }

    /// The class of the failure.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What went wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for RecordError {}

/// Pages of a container.
pub type Records<'a> = Box<dyn Iterator<Item = Result<Page, RecordError>> + 'a>;

/// Reads a source that may hold many pages. Gzip and zstd around it are taken off. A source of a single page gives one
/// record. Memory stays bounded by [`MAX_RECORD`], whatever the length of the source (feeds and single pages are read
/// whole, up to [`crate::MAX_PAGE`]). Records that hold nothing to read ([`Outcome::Passed`]) are left out; [`open`]
/// gives them too, and lets another thread do the reading.
///
/// ```
/// use demarche_reader::{Hint, Place, records};
/// let lines = "{\"title\": \"Dam\", \"text\": \"The dam broke on Monday.\"}\nnot json\n";
/// let all: Vec<_> = records(lines.as_bytes(), &Hint::default()).collect();
/// assert!(all[0].is_ok());
/// assert_eq!(all[1].as_ref().unwrap_err().place, Place::Line(2));
/// ```
pub fn records<'a>(source: impl Read + Send + 'a, hint: &Hint) -> Records<'a> {
    match open(source, hint) {
        Ok(source) => Box::new(source.pieces().filter_map(|piece| match piece.and_then(|p| p.read()) {
            Ok(Outcome::Page(page)) => Some(Ok(*page)),
            Ok(Outcome::Passed(_)) => None,
            Err(e) => Some(Err(e)),
        })),
        Err(e) => Box::new(std::iter::once(Err(e))),
    }
}

pub(crate) fn io_error(place: Place, error: &io::Error) -> RecordError {
    let kind = if crate::piece::is_damage(error) { ErrorKind::Damaged } else { ErrorKind::Io };
    RecordError::new(place, kind, error.to_string())
}

/// One line of a source, without its end; `None` at the end of the source.
///
/// A line over [`MAX_RECORD`] bytes is read past and reported by its length.
pub(crate) fn line(reader: &mut dyn BufRead) -> io::Result<Option<Result<Vec<u8>, u64>>> {
    let mut out = Vec::new();
    let mut length = 0u64;
    loop {
        let buffer = match reader.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            return Ok((length > 0).then(|| finish(out, length)));
        }
        let end = memchr::memchr(b'\n', buffer);
        let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        length += part.len() as u64 + u64::from(end.is_some());
        if length <= MAX_RECORD as u64 {
            out.extend_from_slice(part);
        } else {
            out = Vec::new();
        }
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            return Ok(Some(finish(out, length)));
        }
    }
}

fn finish(mut line: Vec<u8>, length: u64) -> Result<Vec<u8>, u64> {
    if length > MAX_RECORD as u64 {
        return Err(length);
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}
