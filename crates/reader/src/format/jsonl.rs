//! JSON objects, one a line (or one array or object), to pages: this project's own shape and those of other tools.

use crate::article::Article;
use crate::piece::Piece;
use crate::records::{RecordError, io_error, line};
use crate::{ErrorKind, Hint, Place};
use record::{Line, Page, Record};
use serde_json::Value;
use std::collections::VecDeque;
use std::io::{BufRead, Read};
use std::sync::Arc;

/// Records of a JSON Lines source.
pub(crate) struct Lines<'a> {
    reader: Box<dyn BufRead + Send + 'a>,
    hint: Arc<Hint>,
    number: u64,
    queue: VecDeque<Value>,
    taken: u64,
    done: bool,
}

/// A first line that is no JSON may be the beginning of one value over many lines when it is shorter than this.
const SHORT: usize = 200;

impl<'a> Lines<'a> {
    /// Reads from `reader`.
    pub fn new(reader: Box<dyn BufRead + Send + 'a>, hint: Arc<Hint>) -> Self {
        Lines { reader, hint, number: 0, queue: VecDeque::new(), taken: 0, done: false }
    }

    fn place(&self) -> Place {
        Place::Line(self.number)
    }

    fn failed(&self, kind: ErrorKind, message: impl Into<String>) -> Option<Result<Piece, RecordError>> {
        Some(Err(RecordError::new(self.place(), kind, message)))
    }

    fn piece(&self, text: String, place: Place) -> Option<Result<Piece, RecordError>> {
        Some(Ok(Piece::json_of(text, place, Arc::clone(&self.hint))))
    }

    fn parse(&mut self, bytes: Vec<u8>) -> Option<Result<Piece, RecordError>> {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => return self.failed(ErrorKind::Malformed, format!("{}: JSON is UTF-8", e.utf8_error())),
        };
        let text = text.trim_start_matches('\u{FEFF}').trim();
        if text.is_empty() {
            return None;
        }
        // Objects, the usual case, are parsed where they are read; here only what may go over several records or lines.
        if self.number > 1 && text.starts_with('{') {
            return self.piece(text.to_owned(), self.place());
        }
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Array(list)) => {
                self.take(list);
                None
            }
            Err(e) if self.number == 1 && e.is_eof() && text.len() < SHORT => self.rest(text),
            _ => self.piece(text.to_owned(), self.place()),
        }
    }

    fn take(&mut self, list: Vec<Value>) {
        self.taken = 0;
        self.queue.extend(list);
    }

    /// Reads a source that is one JSON value.
    fn rest(&mut self, first: &str) -> Option<Result<Piece, RecordError>> {
        let mut bytes = first.as_bytes().to_vec();
        bytes.push(b'\n');
        let limit = crate::MAX_PAGE as u64;
        self.done = true;
        if let Err(e) = (&mut self.reader).take(limit + 1).read_to_end(&mut bytes) {
            return Some(Err(io_error(self.place(), &e)));
        }
        if bytes.len() as u64 > limit {
            return self.failed(ErrorKind::TooLarge, format!("one JSON value of more than {limit} bytes"));
        }
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(Value::Array(list)) => {
                self.take(list);
                None
            }
            Ok(_) => match String::from_utf8(bytes) {
                Ok(text) => self.piece(text, Place::Whole),
                Err(_) => self.failed(ErrorKind::Malformed, "JSON is UTF-8"),
            },
            // Not one value after all: lines, of which the first is broken.
            Err(_) => {
                let first = self.failed(ErrorKind::Malformed, "not JSON");
                let rest = bytes.splitn(2, |b| *b == b'\n').nth(1).unwrap_or_default().to_vec();
                self.reader = Box::new(std::io::Cursor::new(rest));
                self.done = false;
                first
            }
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Piece, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(value) = self.queue.pop_front() {
                self.taken += 1;
                return self.piece(value.to_string(), Place::Item(self.taken));
            }
            if self.done {
                return None;
            }
            self.number += 1;
            match line(self.reader.as_mut()) {
                Ok(None) => return None,
                Ok(Some(Ok(bytes))) => {
                    if let Some(result) = self.parse(bytes) {
                        return Some(result);
                    }
                }
                Ok(Some(Err(length))) => {
                    let message = format!("line of {length} bytes, more than {}", crate::MAX_RECORD);
                    return self.failed(ErrorKind::TooLarge, message);
                }
                Err(e) => {
                    self.done = true;
                    return Some(Err(io_error(self.place(), &e)));
                }
            }
        }
    }
}

/// The page that a JSON object describes; a page or record of this project comes back as it is.
pub(crate) fn page(text: &str, hint: &Hint, place: &Place) -> Result<Page, RecordError> {
    let malformed = |m: String| RecordError::new(place.clone(), ErrorKind::Malformed, m);
    let value: Value = serde_json::from_str(text).map_err(|e| malformed(format!("not JSON: {e}")))?;
    if !value.is_object() {
        return Err(malformed("a JSON object expected".to_owned()));
    }
    let own = value.get("page").filter(|p| p.get("blocks").is_some()).unwrap_or(&value);
    if own.get("blocks").is_some() && own.get("text").is_some() && own.get("schema").is_some() {
        return own_page(own.clone()).map_err(malformed);
    }
    article(&value).record(hint, place)
}

/// A page in its JSON form: spans are checked and become bytes.
fn own_page(value: Value) -> Result<Page, String> {
    let page: Page = serde_json::from_value(value).map_err(|e| format!("a page, but {e}"))?;
    match Line::Record(Box::new(Record::new(page))).from_json() {
        Ok(Line::Record(record)) => Ok(record.page),
        Ok(_) => Err("a page expected".to_owned()),
        Err(e) => Err(format!("a page, but {e}")),
    }
}

fn article(value: &Value) -> Article {
    let inner = value.get("content_metadata").filter(|c| c.is_object());
    let get = |names: &[&str]| -> Option<String> {
        let here = [inner, Some(value)].into_iter().flatten();
        here.flat_map(|v| names.iter().filter_map(move |n| v.get(*n))).find_map(text_of)
    };
    let authors = ["authors", "author", "byline"]
        .iter()
        .filter_map(|n| value.get(*n))
        .map(list_of)
        .find(|l| !l.is_empty());
    let source = value.get("source").and_then(|s| s.get("title")).and_then(text_of);
    Article {
        id: get(&["id", "story_id", "uri", "_id", "stories_id"]),
        url: get(&["url", "canonical_url", "original_url", "link", "source_url"]),
        title: get(&["title", "headline", "article_title", "title_page", "title_rss"]),
        text: get(&[
            "text",
            "maintext",
            "event_text",
            "text_content",
            "body",
            "content",
            "article",
            "content_text",
            "story_text",
            "description",
        ]),
        html: get(&["html", "content_html", "raw_html"]),
        published: get(&[
            "published",
            "date_publish",
            "pub_date",
            "publish_date",
            "publication_date",
            "dateTimePub",
            "dateTime",
            "date",
            "published_at",
            "date_published",
        ]),
        updated: get(&["updated", "date_modify", "date_modified"]),
        authors: authors.unwrap_or_default(),
        publisher: source.or_else(|| {
            get(&["publisher", "media_name", "outlet", "source", "source_domain", "canonical_domain"])
        }),
        language: get(&["language", "lang"]),
        section: get(&["section", "category"]),
        how: "json",
    }
}

/// Text of a string or a number.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(s) if !s.trim().is_empty() => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

fn list_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => {
            list.iter().filter_map(|v| text_of(v).or_else(|| v.get("name").and_then(text_of))).collect()
        }
        other => text_of(other).into_iter().collect(),
    }
}
