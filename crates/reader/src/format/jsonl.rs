//! JSON objects, one a line (or one array or object), to pages: this project's own shape and those of other tools.

use crate::article::Article;
use crate::records::{RecordError, io_error, line};
use crate::{ErrorKind, Hint};
use record::Page;
use serde_json::Value;
use std::collections::VecDeque;
use std::io::{BufRead, Read};

/// Pages of a JSON Lines source.
pub(crate) struct Lines<'a> {
    reader: Box<dyn BufRead + 'a>,
    hint: Hint,
    number: usize,
    queue: VecDeque<Value>,
    done: bool,
}

impl<'a> Lines<'a> {
    /// Reads from `reader`.
    pub fn new(reader: Box<dyn BufRead + 'a>, hint: Hint) -> Self {
        Lines { reader, hint, number: 0, queue: VecDeque::new(), done: false }
    }

    fn place(&self) -> String {
        format!("line {}", self.number)
    }

    fn parse(&mut self, bytes: &[u8]) -> Option<Result<Page, RecordError>> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{FEFF}').trim();
        if text.is_empty() {
            return None;
        }
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Array(list)) => {
                self.queue.extend(list);
                None
            }
            Ok(value) => Some(self.page(&value, text)),
            // The first line of a file that is one object or array over many lines.
            Err(e)
                if self.number == 1 && e.is_eof() && matches!(text, "{" | "[")
                    || self.number == 1 && e.is_eof() && text.len() < 200 =>
            {
                self.rest(text)
            }
            Err(e) => {
                Some(Err(RecordError::new(self.place(), ErrorKind::Malformed, format!("not JSON: {e}"))))
            }
        }
    }

    /// Reads a source that is one JSON value.
    fn rest(&mut self, first: &str) -> Option<Result<Page, RecordError>> {
        let mut bytes = first.as_bytes().to_vec();
        bytes.push(b'\n');
        let limit = crate::MAX_PAGE as u64;
        self.done = true;
        if let Err(e) = (&mut self.reader).take(limit).read_to_end(&mut bytes) {
            return Some(Err(io_error(self.place(), &e)));
        }
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(Value::Array(list)) => {
                self.queue.extend(list);
                None
            }
            Ok(value) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                Some(self.page(&value, &text))
            }
            Err(e) => {
                Some(Err(RecordError::new(self.place(), ErrorKind::Malformed, format!("not JSON: {e}"))))
            }
        }
    }

    fn page(&self, value: &Value, text: &str) -> Result<Page, RecordError> {
        page(value, text, &self.hint, &self.place())
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Page, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(value) = self.queue.pop_front() {
                let text = value.to_string();
                return Some(self.page(&value, &text));
            }
            if self.done {
                return None;
            }
            self.number += 1;
            match line(self.reader.as_mut()) {
                Ok(None) => return None,
                Ok(Some(Ok(bytes))) => {
                    if let Some(result) = self.parse(&bytes) {
                        return Some(result);
                    }
                }
                Ok(Some(Err(length))) => {
                    let message = format!("line of {length} bytes, more than {}", crate::MAX_RECORD);
                    return Some(Err(RecordError::new(self.place(), ErrorKind::TooLarge, message)));
                }
                Err(e) => {
                    self.done = true;
                    return Some(Err(io_error(self.place(), &e)));
                }
            }
        }
    }
}

/// The page that a JSON object describes; a [`Page`] of this project comes back as it is.
pub(crate) fn page(value: &Value, text: &str, hint: &Hint, place: &str) -> Result<Page, RecordError> {
    if !value.is_object() {
        return Err(RecordError::new(place, ErrorKind::Malformed, "a JSON object expected"));
    }
    let own = value.get("page").filter(|p| p.get("blocks").is_some()).unwrap_or(value);
    if own.get("blocks").is_some() && own.get("text").is_some() && own.get("schema").is_some() {
        return serde_json::from_value(own.clone())
            .map_err(|e| RecordError::new(place, ErrorKind::Malformed, format!("a page, but {e}")));
    }
    let article = article(value);
    let source = if hint.source.is_empty() { place.to_owned() } else { format!("{}#{place}", hint.source) };
    let id = article.id.clone();
    let mut page = article.page(hint).map_err(|e| RecordError::of(place, &e))?;
    page.id = id.map_or_else(|| crate::id(text.as_bytes()), Into::into);
    page.source = page.meta.canonical_url.as_ref().map_or(source, |u| u.value.clone());
    Ok(page)
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
