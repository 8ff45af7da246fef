//! One input to one JSON line: what the stages have made of it so far, or why it failed.
//!
//! Inside the program spans are UTF-8 bytes; in JSON they are Unicode code points, so that other languages can slice
//! by them. [`Record::to_json`] and [`Line::from_json`] are that border.

use crate::coding::Coding;
use crate::doc::Doc;
use crate::mention::Mentions;
use crate::offset::CodePoints;
use crate::page::Page;
use crate::span::ByteSpan;
use crate::walk::Spans;
use crate::{SCHEMA_VERSION, check};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One line of JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Line {
    /// A page and what is known of it.
    Record(Box<Record>),
    /// An input that could not be read.
    Failure(Failure),
    /// The counts at the end of a filter's output.
    Count(Count),
}

/// The last line of a filter's output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// Version of this JSON form.
    pub schema: u32,
    /// What was counted.
    pub count: FilterCounts,
}

/// FilterCounts of a filter run: `in` is `out` and `rejected` together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FilterCounts {
    /// Records of the inputs.
    #[serde(rename = "in")]
    pub records: u64,
    /// Results written.
    pub out: u64,
    /// Failures written.
    pub rejected: u64,
    /// Failures by kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_kind: BTreeMap<String, u64>,
    /// Archive records that hold nothing to read, by reason; they are not among the records.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub passed: BTreeMap<String, u64>,
}

/// A page with the values of the stages that have run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Version of this JSON form.
    pub schema: u32,
    /// What the reader made.
    pub page: Page,
    /// What the parser made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<Doc>,
    /// What the resolver made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentions: Option<Mentions>,
    /// What the coder made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coding: Option<Coding>,
}

/// An input that failed, in the place where its record would stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// Version of this JSON form.
    pub schema: u32,
    /// The input: path, URL, `-`; with `:line` for a line of a JSON Lines file.
    pub source: String,
    /// What went wrong.
    pub error: Fault,
}

/// What went wrong, and what helps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    /// `open`, `fetch`, `format`, `record`, `damaged` (a source is broken here) or `internal`.
    pub kind: String,
    /// One line.
    pub message: String,
    /// What the user can do, when there is something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// A line that is no record of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine(pub String);

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for BadLine {}

impl Record {
    /// A page that only the reader has seen.
    pub fn new(page: Page) -> Self {
        Record { schema: SCHEMA_VERSION, page, ..Record::default() }
    }

    /// The record in its JSON form: byte spans become code-point spans.
    pub fn to_json(mut self) -> Record {
        let text = std::mem::take(&mut self.page.text);
        let map = CodePoints::new(&text);
        self.each_span(&mut |s| {
            *s = ByteSpan::new(map.of_byte(s.start as usize), map.of_byte(s.end as usize))
        });
        self.page.text = text;
        self
    }

    /// The inverse of [`Record::to_json`].
    fn into_bytes(mut self) -> Record {
        let text = std::mem::take(&mut self.page.text);
        let map = CodePoints::new(&text);
        self.each_span(&mut |s| {
            *s = ByteSpan::new(map.to_byte(s.start as usize), map.to_byte(s.end as usize))
        });
        self.page.text = text;
        self
    }
}

impl Spans for Record {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut ByteSpan)) {
        let Record { schema: _, page, doc, mentions, coding } = self;
        page.each_span(f);
        doc.each_span(f);
        mentions.each_span(f);
        coding.each_span(f);
    }
}

impl Line {
    /// Takes a line in its JSON form back to byte spans and checks that every index stays inside its list.
    ///
    /// # Errors
    /// The line has a newer schema version, or an index points outside.
    pub fn from_json(self) -> Result<Line, BadLine> {
        match self {
            Line::Failure(_) | Line::Count(_) => Ok(self),
            Line::Record(r) if r.schema > SCHEMA_VERSION => {
                let (theirs, ours) = (r.schema, SCHEMA_VERSION);
                Err(BadLine(format!("written with schema {theirs}, this program knows up to {ours}")))
            }
            Line::Record(r) => {
                let record = r.into_bytes();
                check::record(&record).map_err(BadLine)?;
                Ok(Line::Record(Box::new(record)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Sentence, Token};
    use crate::span::TokenSpan;

    fn record() -> Record {
        let mut record = Record::new(Page::plain("Café “ä”.\n\nÉnd.", None));
        let token = |a, b| Token { span: ByteSpan::new(a, b), ..Token::default() };
        let tokens = vec![token(0, 5), token(6, 14)];
        let sentence = Sentence { tokens: TokenSpan::new(0, 2), span: ByteSpan::new(0, 15), block: 0 };
        record.doc = Some(Doc { tokens, sentences: vec![sentence], entities: vec![] });
        record
    }

    #[test]
    fn spans_are_code_points_in_json() {
        let json = record().to_json();
        let chars: Vec<char> = json.page.text.chars().collect();
        let span = json.page.blocks[1].span;
        assert_eq!(chars[span.range()].iter().collect::<String>(), "Énd.");
        let text = serde_json::to_string(&json).unwrap();
        let back: Line = serde_json::from_str(&text).unwrap();
        assert_eq!(back.from_json(), Ok(Line::Record(Box::new(record()))));
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let mut newer = record();
        newer.schema = SCHEMA_VERSION + 1;
        assert!(Line::Record(Box::new(newer)).from_json().unwrap_err().0.contains("schema"));
        let mut wild = record();
        wild.doc.as_mut().unwrap().tokens[1].head = 99;
        assert!(Line::Record(Box::new(wild)).from_json().unwrap_err().0.contains("head"));
    }
}
