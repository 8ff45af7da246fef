//! Web archives (WARC, each record packed or not, as CC-NEWS has them) to records, streamed one at a time.

use crate::format::http;
use crate::format::tape::Tape;
use crate::piece::{Outcome, Piece, is_damage};
use crate::records::{MAX_RECORD, RecordError, io_error, line};
use crate::{ErrorKind, Format, Hint, Place};
use std::io::{self, BufRead, Read};
use std::sync::Arc;

/// Records of an archive that may hold a page; requests, metadata and the like are left out.
pub(crate) struct Archive<'a> {
    tape: Tape<'a>,
    hint: Arc<Hint>,
    /// Place of a record whose version line has been read.
    begun: Option<String>,
    done: bool,
}

/// One record of an archive.
#[derive(Debug)]
pub(crate) struct Archived {
    head: Head,
    /// The record's content: an HTTP response for most.
    pub block: Vec<u8>,
}

/// Headers of one record.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    id: String,
    date: String,
    uri: String,
    content_type: String,
    length: Option<u64>,
    truncated: bool,
}

/// Most lines of a header block.
const MOST_HEADERS: usize = 200;

/// What one step through an archive came upon.
enum Step {
    Piece(Result<Piece, RecordError>),
    Other,
    End,
}

impl<'a> Archive<'a> {
    /// Reads from `tape`.
    pub fn new(tape: Tape<'a>, hint: Arc<Hint>) -> Self {
        Archive { tape, hint, begun: None, done: false }
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        Ok(line(&mut self.tape)?.map(|line| match line {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(length) => format!("[{length} bytes]"),
        }))
    }

    /// Reads on to the version line of a record; says how many lines stand before it that belong to none.
    fn seek(&mut self) -> io::Result<Option<(String, usize)>> {
        let mut strange = 0;
        loop {
            let at = self.tape.place()?;
            match self.line()? {
                None => return Ok(if strange > 0 { Some((at, strange)) } else { None }),
                Some(text) if text.starts_with("WARC/") => {
                    self.begun = Some(at.clone());
                    return Ok(Some((at, strange)));
                }
                Some(text) => strange += usize::from(!text.trim().is_empty()),
            }
        }
    }

    fn head(&mut self) -> io::Result<Head> {
        let mut head = Head::default();
        for _ in 0..MOST_HEADERS {
            let Some(text) = self.line()? else { break };
            if text.trim().is_empty() {
                break;
            }
            let Some((name, value)) = text.split_once(':') else { continue };
            let value = value.trim().to_owned();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value,
                "warc-record-id" => head.id = value.trim_matches(['<', '>']).to_owned(),
                "warc-date" => head.date = value,
                "warc-target-uri" => head.uri = value.trim_matches(['<', '>']).to_owned(),
                "content-type" => head.content_type = value,
                "content-length" => head.length = value.parse().ok(),
                "warc-truncated" => head.truncated = true,
                _ => {}
            }
        }
        Ok(head)
    }

    fn step(&mut self) -> io::Result<Step> {
        let place = match self.begun.take() {
            Some(at) => at,
            None => match self.seek()? {
                None => return Ok(Step::End),
                Some((at, 0)) => {
                    self.begun = None;
                    at
                }
                Some((at, strange)) => {
                    let message = format!(
                        "{strange} lines before this belong to no record: the length of the record before is wrong, or bytes are missing"
                    );
                    return Ok(failed(Place::Offset(at), ErrorKind::Damaged, message));
                }
            },
        };
        let head = self.head()?;
        let place = Place::Offset(place);
        let Some(length) = head.length else {
            return Ok(failed(place, ErrorKind::Malformed, "record without a readable Content-Length"));
        };
        if !matches!(head.kind.as_str(), "response" | "resource" | "conversion") {
            self.skip(length)?;
            return Ok(Step::Other);
        }
        if length > MAX_RECORD as u64 {
            self.skip(length)?;
            let message = format!("record of {length} bytes, more than {MAX_RECORD}");
            return Ok(failed(place, ErrorKind::TooLarge, message));
        }
        let mut block = Vec::new();
        (&mut self.tape).take(length).read_to_end(&mut block)?;
        if (block.len() as u64) < length {
            self.done = true;
            let message = format!("archive ends inside a record ({} of {length} bytes)", block.len());
            return Ok(failed(place, ErrorKind::Damaged, message));
        }
        // A packed record whose checksum is wrong holds something else than was stored.
        self.tape.settle()?;
        let archived = Archived { head, block };
        Ok(Step::Piece(Ok(Piece::archived(archived, place, Arc::clone(&self.hint)))))
    }

    fn skip(&mut self, mut length: u64) -> io::Result<()> {
        while length > 0 {
            let ready = self.tape.fill_buf()?.len() as u64;
            if ready == 0 {
                break;
            }
            let n = ready.min(length);
            self.tape.consume(n as usize);
            length -= n;
        }
        Ok(())
    }
}

fn failed(place: Place, kind: ErrorKind, message: impl Into<String>) -> Step {
    Step::Piece(Err(RecordError::new(place, kind, message)))
}

impl Iterator for Archive<'_> {
    type Item = Result<Piece, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.step() {
                Ok(Step::End) => self.done = true,
                Ok(Step::Piece(result)) => return Some(result),
                Ok(Step::Other) => {}
                Err(e) => {
                    // Damage is one record's; the tape goes on behind it. A disk that fails ends the archive.
                    self.done = !is_damage(&e);
                    self.begun = None;
                    let at = self.tape.place().unwrap_or_else(|_| "end".to_owned());
                    let e = io::Error::new(e.kind(), format!("a packed record before this is broken: {e}"));
                    return Some(Err(io_error(Place::Offset(at), &e)));
                }
            }
        }
        None
    }
}

impl Archived {
    /// The page, or why there is none to read.
    pub fn read(&self, hint: &Hint, place: Place) -> Result<Outcome, RecordError> {
        let Archived { head, block } = self;
        let failed =
            |e: crate::Error| RecordError::new(place.clone(), e.kind(), format!("{e} ({})", head.uri));
        let (body, content_type) = if head.kind == "response" {
            let Some(response) = http::response(block) else {
                return Ok(Outcome::Passed("no HTTP response"));
            };
            if response.status != 200 {
                return Ok(Outcome::Passed("HTTP status"));
            }
            let content_type = response.content_type.clone();
            (response.body().map_err(failed)?, content_type)
        } else {
            (block.clone(), Some(head.content_type.clone()))
        };
        let kind = content_type.as_deref().unwrap_or("text/html").to_ascii_lowercase();
        let format = match kind.split(';').next().unwrap_or_default().trim() {
            "text/html" | "application/xhtml+xml" | "" => None,
            "text/plain" => Some(Format::Text),
            _ => return Ok(Outcome::Passed("content type")),
        };
        let hint = Hint {
            source: place.of(&hint.source),
            format,
            content_type,
            url: Some(head.uri.clone()),
            fetched: Some(head.date.clone()).filter(|d| !d.is_empty()),
            ..hint.clone()
        };
        let mut page = match crate::read(&body, &hint) {
            Ok(page) => page,
            Err(e) => {
                return match e.kind() {
                    ErrorKind::Empty => Ok(Outcome::Passed("empty")),
                    ErrorKind::Container | ErrorKind::Unsupported => Ok(Outcome::Passed("no page")),
                    _ => Err(failed(e)),
                };
            }
        };
        page.notes.push(format!("archive record {}", head.id));
        if head.truncated {
            page.notes.push("the archive holds only the beginning of the page".to_owned());
        }
        Ok(Outcome::Page(Box::new(page)))
    }
}
