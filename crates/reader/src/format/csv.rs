//! Tables with named columns to pages, a row each.

use crate::article::Article;
use crate::piece::Piece;
use crate::records::{RecordError, io_error};
use crate::{ErrorKind, Hint, Place};
use ::csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Names that a column may go by, for each value of an article.
const COLUMNS: [(&str, &[&str]); 11] = [
    ("id", &["id", "story_id", "stories_id", "guid"]),
    ("url", &["url", "link", "canonical_url", "source_url"]),
    ("title", &["title", "headline", "article_title"]),
    ("text", &["text", "body", "content", "article", "maintext", "event_text", "story_text", "full_text"]),
    ("html", &["html", "content_html", "raw_html"]),
    (
        "published",
        &[
            "published",
            "date",
            "publish_date",
            "pub_date",
            "date_publish",
            "publication_date",
            "published_at",
            "datetime",
        ],
    ),
    ("updated", &["updated", "modified", "date_modify"]),
    ("authors", &["authors", "author", "byline"]),
    ("publisher", &["publisher", "source", "outlet", "media_name", "publication"]),
    ("language", &["language", "lang"]),
    ("section", &["section", "category"]),
];

/// The value that a column of this name holds.
pub(crate) fn column(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_start_matches('\u{FEFF}').trim_matches('"').to_lowercase();
    COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(n, _)| *n)
}

/// Puts the text of a cell where it belongs.
pub(crate) fn set(article: &mut Article, column: &str, value: String) {
    // Bodies stay as they are: their ids are those of their bytes.
    let value = if matches!(column, "text" | "html") { value } else { value.trim().to_owned() };
    if value.trim().is_empty() {
        return;
    }
    match column {
        "id" => article.id = Some(value),
        "url" => article.url = Some(value),
        "title" => article.title = Some(value),
        "text" => article.text = Some(value),
        "html" => article.html = Some(value),
        "published" => article.published = Some(value),
        "updated" => article.updated = Some(value),
        "authors" => article.authors.extend(value.split([';', '|']).map(|a| a.trim().to_owned())),
        "publisher" => article.publisher = Some(value),
        "language" => article.language = Some(value),
        _ => article.section = Some(value),
    }
}

/// Records of a table.
pub(crate) struct Rows<'a> {
    reader: Reader<Fuse<'a>>,
    left: Arc<AtomicUsize>,
    columns: Vec<Option<&'static str>>,
    width: usize,
    hint: Arc<Hint>,
    failed: Option<RecordError>,
    escaped: bool,
    done: bool,
}

/// A source that gives no more than a record's bytes at a time, so that an open quotation mark does not read the whole
/// file into one cell.
struct Fuse<'a> {
    inner: Box<dyn BufRead + Send + 'a>,
    left: Arc<AtomicUsize>,
}

impl Read for Fuse<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            let message =
                format!("row of more than {} bytes: a quotation mark is never closed", crate::MAX_RECORD);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let n = self.inner.read(out)?;
        self.left.store(left.saturating_sub(n), Ordering::Relaxed);
        Ok(n)
    }
}

impl<'a> Rows<'a> {
    /// Reads the header; a table without a text or title column gives one error.
    pub fn new(source: Box<dyn BufRead + Send + 'a>, hint: Arc<Hint>, separator: u8) -> Self {
        let quoting = separator == b',';
        let left = Arc::new(AtomicUsize::new(crate::MAX_RECORD));
        let fuse = Fuse { inner: source, left: Arc::clone(&left) };
        let mut reader =
            ReaderBuilder::new().delimiter(separator).quoting(quoting).flexible(true).from_reader(fuse);
        let header = reader.byte_headers().cloned();
        let mut out = Rows {
            reader,
            left,
            columns: Vec::new(),
            width: 0,
            hint,
            failed: None,
            escaped: !quoting,
            done: false,
        };
        let first = |message: String| RecordError::new(Place::Line(1), ErrorKind::Malformed, message);
        match header {
            Ok(header) => {
                out.width = header.len();
                out.columns = header.iter().map(|cell| column(&String::from_utf8_lossy(cell))).collect();
            }
            Err(e) => out.failed = Some(first(e.to_string())),
        }
        let named = |n: &str| out.columns.contains(&Some(n));
        if out.failed.is_none() && !named("text") && !named("title") && !named("html") {
            out.failed = Some(first("no column called text, html or title in the header".to_owned()));
        }
        out
    }

    fn piece(&self, row: &ByteRecord, place: Place) -> Result<Piece, RecordError> {
        if row.len() > self.width {
            let message = format!(
                "{} cells, but {} columns in the header: is a quotation mark missing?",
                row.len(),
                self.width
            );
            return Err(RecordError::new(place, ErrorKind::Malformed, message));
        }
        let mut article = Article { how: "table", ..Article::default() };
        for (cell, name) in row.iter().zip(&self.columns) {
            let Some(name) = name else { continue };
            let value = crate::decode::decode(cell, None).text.into_owned();
            // Without quotation marks a line break inside a cell is written out.
            set(&mut article, name, if self.escaped { value.replace("\\n", "\n") } else { value });
        }
        Ok(Piece::article(article, place, Arc::clone(&self.hint)))
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Piece, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        if let Some(error) = self.failed.take() {
            self.done = true;
            return Some(Err(error));
        }
        let mut row = ByteRecord::new();
        self.left.store(crate::MAX_RECORD, Ordering::Relaxed);
        let place = Place::Line(self.reader.position().line());
        match self.reader.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => Some(self.piece(&row, place)),
            Err(e) => {
                self.done = e.is_io_error();
                Some(Err(match e.into_kind() {
                    ::csv::ErrorKind::Io(e) => io_error(place, &e),
                    other => RecordError::new(place, ErrorKind::Malformed, format!("{other:?}")),
                }))
            }
        }
    }
}
