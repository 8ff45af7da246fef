//! Containers of pages (feeds, web archives, JSON lines, tables) to one page after another; what fails is a record too.

use crate::format::{self, csv, feed, jsonl, warc};
use crate::{ErrorKind, Format, Hint};
use record::Page;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

/// Largest record of a container, in bytes; longer ones are errors and the run goes on behind them.
pub const MAX_RECORD: usize = 64 << 20;

/// A record that gave no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// Where: line number of a table or JSON file, number of the item in a feed, offset in an archive.
    pub place: String,
    kind: ErrorKind,
    message: String,
}

impl RecordError {
    pub(crate) fn new(place: impl Into<String>, kind: ErrorKind, message: impl Into<String>) -> Self {
        RecordError { place: place.into(), kind, message: message.into() }
    }

    pub(crate) fn of(place: impl Into<String>, error: &crate::Error) -> Self {
        Self::new(place, error.kind(), error.to_string())
    }

    /// The class of the failure.
    pub fn kind(&self) -> ErrorKind {
        self.kind
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

/// Reads a source that may hold many pages. Gzip around it is taken off. A source of a single page gives one record.
/// Memory stays bounded by [`MAX_RECORD`], whatever the length of the source (feeds and single pages are read whole,
/// up to [`crate::MAX_PAGE`]).
///
/// ```
/// use demarche_reader::{Hint, records};
/// let lines = "{\"title\": \"Dam\", \"text\": \"The dam broke on Monday.\"}\nnot json\n";
/// let all: Vec<_> = records(lines.as_bytes(), &Hint::default()).collect();
/// assert!(all[0].is_ok());
/// assert_eq!(all[1].as_ref().unwrap_err().place, "line 2");
/// ```
pub fn records<'a>(source: impl Read + 'a, hint: &Hint) -> Records<'a> {
    match open(Box::new(source)) {
        Ok(reader) => dispatch(reader, hint),
        Err(e) => one(Err(io_error("start", &e))),
    }
}

/// A buffered source with its gzip taken off.
fn open<'a>(source: Box<dyn Read + 'a>) -> io::Result<Box<dyn BufRead + 'a>> {
    let mut reader = BufReader::with_capacity(1 << 16, source);
    let packed = reader.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    if !packed {
        return Ok(Box::new(reader));
    }
    let unpacked = flate2::bufread::MultiGzDecoder::new(reader);
    Ok(Box::new(BufReader::with_capacity(1 << 16, unpacked)))
}

fn dispatch<'a>(mut reader: Box<dyn BufRead + 'a>, hint: &Hint) -> Records<'a> {
    let head = match reader.fill_buf() {
        Ok(head) => head.to_vec(),
        Err(e) => return one(Err(io_error("start", &e))),
    };
    let hint = hint.clone();
    match hint.format.unwrap_or_else(|| format::sniff(&head, &hint)) {
        Format::Warc => Box::new(warc::Archive::new(reader, hint)),
        Format::Jsonl => Box::new(jsonl::Lines::new(reader, hint)),
        Format::Csv => Box::new(csv::Rows::new(reader, hint, b',')),
        Format::Tsv => Box::new(csv::Rows::new(reader, hint, b'\t')),
        Format::Feed => whole(reader).map_or_else(|e| one(Err(e)), |bytes| feed::read(&bytes, &hint)),
        _ => one(whole(reader).and_then(|b| crate::read(&b, &hint).map_err(|e| RecordError::of("page", &e)))),
    }
}

fn one<'a>(record: Result<Page, RecordError>) -> Records<'a> {
    Box::new(std::iter::once(record))
}

fn whole(reader: Box<dyn BufRead + '_>) -> Result<Vec<u8>, RecordError> {
    let mut out = Vec::new();
    reader.take(crate::MAX_PAGE as u64 + 1).read_to_end(&mut out).map_err(|e| io_error("page", &e))?;
    if out.len() > crate::MAX_PAGE {
        return Err(RecordError::new(
            "page",
            ErrorKind::TooLarge,
            format!("more than {} bytes", crate::MAX_PAGE),
        ));
    }
    Ok(out)
}

pub(crate) fn io_error(place: impl Into<String>, error: &io::Error) -> RecordError {
    RecordError::new(place, ErrorKind::Io, error.to_string())
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
