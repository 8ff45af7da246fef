//! Sources of one or many pages to single records that can be handed to another thread before the work of reading begins.

use crate::article::Article;
use crate::format::{self, csv, feed, jsonl, warc};
use crate::format::{raw::Raw, tape::Tape};
use crate::records::{RecordError, io_error};
use crate::{ErrorKind, Format, Hint, Place};
use record::Page;
use std::io::{BufRead, Read};
use std::sync::Arc;

/// A source whose format is settled and whose packing is taken off.
pub struct Source<'a> {
    format: Format,
    hint: Hint,
    from: From<'a>,
}

enum From<'a> {
    /// As it lies in the file.
    Raw(Raw<'a>),
    /// Unpacked.
    Open(Box<dyn BufRead + Send + 'a>),
}

/// Records of a source, in order.
pub type Pieces<'a> = Box<dyn Iterator<Item = Result<Piece, RecordError>> + Send + 'a>;

/// One record of a source, not read yet. It owns its bytes.
#[derive(Debug)]
pub struct Piece {
    place: Place,
    hint: Arc<Hint>,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Page(Vec<u8>),
    Json(String),
    Article(Box<Article>),
    Archived(Box<warc::Archived>),
}

/// What a record turned out to hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A page.
    Page(Box<Page>),
    /// Nothing that is meant to be read (a picture, an answer "not found", an empty document in an archive), and why.
    Passed(&'static str),
}

/// Opens a source: looks at its first bytes, takes gzip or zstd off, settles the format.
///
/// # Errors
/// The source cannot be read, or its packing is broken from the first byte on.
pub fn open<'a>(source: impl Read + Send + 'a, hint: &Hint) -> Result<Source<'a>, RecordError> {
    let whole = |e| io_error(Place::Whole, &e);
    let mut raw = Raw::new(Box::new(source));
    let head = raw.look(1 << 14).map_err(whole)?;
    let gzip = head.starts_with(&[0x1F, 0x8B]);
    let zstd = head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]);
    let hint = hint.clone();
    if zstd {
        let unpacked = format::zstd::Frames::new(raw);
        let mut from: Box<dyn BufRead + Send + 'a> =
            Box::new(std::io::BufReader::with_capacity(1 << 16, unpacked));
        let format = settle(from.fill_buf().map_err(whole)?, &hint);
        return Ok(Source { format, hint, from: From::Open(from) });
    }
    if !gzip {
        let format = settle(head, &hint);
        return Ok(Source { format, hint, from: From::Raw(raw) });
    }
    let mut unpacked = Vec::new();
    // A member that ends or breaks here still shows its first bytes.
    let read = flate2::read::MultiGzDecoder::new(head).take(1 << 13).read_to_end(&mut unpacked);
    if let (Err(e), true) = (read, unpacked.is_empty()) {
        return Err(RecordError::new(Place::Whole, ErrorKind::Malformed, format!("gzip: {e}")));
    }
    let format = settle(&unpacked, &hint);
    let from = match format {
        Format::Warc => From::Raw(raw),
        _ => {
            let unpacked = flate2::bufread::MultiGzDecoder::new(raw);
            From::Open(Box::new(std::io::BufReader::with_capacity(1 << 16, unpacked)))
        }
    };
    Ok(Source { format, hint, from })
}

fn settle(head: &[u8], hint: &Hint) -> Format {
    hint.format.unwrap_or_else(|| format::sniff(head, hint))
}

impl<'a> Source<'a> {
    /// Format of the source.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The source as it is, without its packing.
    pub fn bytes(self) -> Box<dyn BufRead + Send + 'a> {
        match self.from {
            From::Raw(raw) => Box::new(raw),
            From::Open(open) => open,
        }
    }

    /// The records. A source of a single page gives one.
    pub fn pieces(self) -> Pieces<'a> {
        let Source { format, hint, from } = self;
        let hint = Arc::new(hint);
        let open = match (format, from) {
            (Format::Warc, From::Raw(raw)) => return Box::new(warc::Archive::new(Tape::new(raw), hint)),
            (Format::Warc, From::Open(open)) => {
                return Box::new(warc::Archive::new(Tape::new(Raw::new(Box::new(open))), hint));
            }
            (_, From::Raw(raw)) => Box::new(raw) as Box<dyn BufRead + Send + 'a>,
            (_, From::Open(open)) => open,
        };
        match format {
            Format::Jsonl => Box::new(jsonl::Lines::new(open, hint)),
            Format::Csv => Box::new(csv::Rows::new(open, hint, b',')),
            Format::Tsv => Box::new(csv::Rows::new(open, hint, b'\t')),
            Format::Feed => match whole(open) {
                Ok(bytes) => feed::pieces(&bytes, &hint),
                Err(e) => Box::new(std::iter::once(Err(e))),
            },
            _ => {
                let piece = whole(open).map(|bytes| Piece::page_of(bytes, hint));
                Box::new(std::iter::once(piece))
            }
        }
    }
}

fn whole(reader: Box<dyn BufRead + Send + '_>) -> Result<Vec<u8>, RecordError> {
    let mut out = Vec::new();
    let read = reader.take(crate::MAX_PAGE as u64 + 1).read_to_end(&mut out);
    if out.len() > crate::MAX_PAGE {
        let message = format!("more than {} bytes", crate::MAX_PAGE);
        return Err(RecordError::new(Place::Whole, ErrorKind::TooLarge, message));
    }
    match read {
        // The beginning of a page whose packing is cut short is still worth reading.
        Err(e) if out.is_empty() || !is_damage(&e) => Err(io_error(Place::Whole, &e)),
        _ => Ok(out),
    }
}

/// True for errors of the content, not of the disk.
pub(crate) fn is_damage(e: &std::io::Error) -> bool {
    use std::io::ErrorKind::*;
    matches!(e.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

impl Piece {
    pub(crate) fn page_of(bytes: Vec<u8>, hint: Arc<Hint>) -> Self {
        Piece { place: Place::Whole, hint, body: Body::Page(bytes) }
    }

    pub(crate) fn json_of(text: String, place: Place, hint: Arc<Hint>) -> Self {
        Piece { place, hint, body: Body::Json(text) }
    }

    pub(crate) fn article(article: Article, place: Place, hint: Arc<Hint>) -> Self {
        Piece { place, hint, body: Body::Article(Box::new(article)) }
    }

    pub(crate) fn archived(archived: warc::Archived, place: Place, hint: Arc<Hint>) -> Self {
        Piece { place, hint, body: Body::Archived(Box::new(archived)) }
    }

    /// Where it stands in the source.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The text, when the record is a JSON value: callers that have record forms of their own look here first.
    pub fn json(&self) -> Option<&str> {
        match &self.body {
            Body::Json(text) => Some(text),
            _ => None,
        }
    }

    /// Bytes that it holds in memory.
    pub fn size(&self) -> usize {
        match &self.body {
            Body::Page(bytes) => bytes.len(),
            Body::Json(text) => text.len(),
            Body::Article(article) => article.size(),
            Body::Archived(archived) => archived.block.len(),
        }
    }

    /// Reads the record: this is where the work is.
    ///
    /// # Errors
    /// The record holds no page though it should.
    pub fn read(self) -> Result<Outcome, RecordError> {
        let Piece { place, hint, body } = self;
        let page = match body {
            Body::Page(bytes) => crate::read(&bytes, &hint).map_err(|e| RecordError::of(place, &e))?,
            Body::Json(text) => jsonl::page(&text, &hint, &place)?,
            Body::Article(article) => article.record(&hint, &place)?,
            Body::Archived(archived) => return archived.read(&hint, place),
        };
        Ok(Outcome::Page(Box::new(page)))
    }
}
