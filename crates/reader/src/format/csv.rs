//! Tables with named columns to pages, a row each.

use crate::article::Article;
use crate::records::RecordError;
use crate::{ErrorKind, Hint};
use ::csv::{ByteRecord, Reader, ReaderBuilder};
use record::Page;
use std::io::BufRead;

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

/// Pages of a table.
pub(crate) struct Rows<'a> {
    reader: Reader<Box<dyn BufRead + 'a>>,
    columns: Vec<Option<&'static str>>,
    hint: Hint,
    failed: Option<RecordError>,
    done: bool,
}

impl<'a> Rows<'a> {
    /// Reads the header; a table without a text or title column gives one error.
    pub fn new(source: Box<dyn BufRead + 'a>, hint: Hint, separator: u8) -> Self {
        let quoting = separator == b',';
        let mut reader =
            ReaderBuilder::new().delimiter(separator).quoting(quoting).flexible(true).from_reader(source);
        let header = reader.byte_headers().cloned();
        let name = |cell: &[u8]| {
            String::from_utf8_lossy(cell)
                .trim()
                .trim_start_matches('\u{FEFF}')
                .trim_matches('"')
                .to_lowercase()
        };
        let known = |cell: &[u8]| {
            COLUMNS.iter().find(|(_, names)| names.contains(&name(cell).as_str())).map(|(n, _)| *n)
        };
        let mut out = Rows { reader, columns: Vec::new(), hint, failed: None, done: false };
        match header {
            Ok(header) => out.columns = header.iter().map(known).collect(),
            Err(e) => out.failed = Some(RecordError::new("line 1", ErrorKind::Malformed, e.to_string())),
        }
        let named = |n: &str| out.columns.contains(&Some(n));
        if out.failed.is_none() && !named("text") && !named("title") && !named("html") {
            let message = "no column called text, html or title in the header";
            out.failed = Some(RecordError::new("line 1", ErrorKind::Malformed, message));
        }
        out
    }

    fn page(&self, row: &ByteRecord, place: &str) -> Result<Page, RecordError> {
        let mut article = Article { how: "table", ..Article::default() };
        let mut size = 0;
        for (cell, column) in row.iter().zip(&self.columns) {
            size += cell.len();
            let value = crate::decode::decode(cell, None).text.trim().to_owned();
            if let Some(column) = column.filter(|_| !value.is_empty()) {
                set(&mut article, column, value);
            }
        }
        if size > crate::MAX_RECORD {
            return Err(RecordError::new(place, ErrorKind::TooLarge, format!("row of {size} bytes")));
        }
        let id = article.id.clone();
        let mut page = article.page(&self.hint).map_err(|e| RecordError::of(place, &e))?;
        page.id = id.map_or_else(|| crate::id(row.as_slice()), Into::into);
        let own = format!("{}#{place}", self.hint.source);
        page.source = page.meta.canonical_url.as_ref().map_or(own, |u| u.value.clone());
        Ok(page)
    }
}

fn set(article: &mut Article, column: &str, value: String) {
    match column {
        "id" => article.id = Some(value),
        "url" => article.url = Some(value),
        "title" => article.title = Some(value),
        "text" => article.text = Some(value.replace("\\n", "\n")),
        "html" => article.html = Some(value),
        "published" => article.published = Some(value),
        "updated" => article.updated = Some(value),
        "authors" => article.authors.extend(value.split([';', '|']).map(|a| a.trim().to_owned())),
        "publisher" => article.publisher = Some(value),
        "language" => article.language = Some(value),
        _ => article.section = Some(value),
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Page, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        if let Some(error) = self.failed.take() {
            self.done = true;
            return Some(Err(error));
        }
        let mut row = ByteRecord::new();
        let line = self.reader.position().line();
        let place = format!("line {line}");
        match self.reader.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => Some(self.page(&row, &place)),
            Err(e) => {
                self.done = e.is_io_error();
                Some(Err(RecordError::new(place, ErrorKind::Malformed, e.to_string())))
            }
        }
    }
}
