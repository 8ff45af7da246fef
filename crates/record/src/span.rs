//! Half-open ranges over bytes or tokens, of different types so that they cannot be mixed.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::ops::Range;

/// Unit of [`ByteSpan`]: UTF-8 bytes of `Page.text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Byte {}

/// Unit of [`TokenSpan`]: tokens of a `Doc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tok {}

/// A half-open range `start..end` in units of `U`. Serialised as `[start, end]`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "[u32; 2]", into = "[u32; 2]", bound = "")]
pub struct Span<U> {
    /// First unit inside the range.
    pub start: u32,
    /// First unit after the range.
    pub end: u32,
    unit: PhantomData<U>,
}

/// A range of bytes of `Page.text`; always on character boundaries.
pub type ByteSpan = Span<Byte>;
/// A range of tokens of a `Doc`.
pub type TokenSpan = Span<Tok>;

/// What a unit is called in the published JSON Schema.
pub trait Unit {
    /// Name of the schema.
    const SCHEMA: &'static str;
    /// What the two numbers count.
    const COUNTS: &'static str;
}

impl Unit for Byte {
    const SCHEMA: &'static str = "TextSpan";
    const COUNTS: &'static str =
        "First and one-past-last character of `page.text`, counted in Unicode code points from 0.";
}

impl Unit for Tok {
    const SCHEMA: &'static str = "TokenSpan";
    const COUNTS: &'static str = "First and one-past-last token, as indices into `doc.tokens`.";
}

impl<U: Unit> JsonSchema for Span<U> {
    fn schema_name() -> Cow<'static, str> {
        U::SCHEMA.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": U::COUNTS,
            "type": "array",
            "items": { "type": "integer", "minimum": 0 },
            "minItems": 2,
            "maxItems": 2,
        })
    }
}

impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}

impl<U> From<[u32; 2]> for Span<U> {
    fn from([start, end]: [u32; 2]) -> Self {
        Span { start, end: end.max(start), unit: PhantomData }
    }
}

impl<U> From<Span<U>> for [u32; 2] {
    fn from(s: Span<U>) -> Self {
        [s.start, s.end]
    }
}

impl<U> Span<U> {
    /// The range `start..end`. Offsets over 4 GiB saturate: pages are far smaller (the reader refuses them).
    pub fn new(start: usize, end: usize) -> Self {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span::from([clip(start), clip(end)])
    }

    /// Number of units in the range.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when the range holds nothing.
    pub fn is_empty(&self) -> bool {
        self.end <= self.start
    }

    /// The same range as a standard `Range<usize>`, for slicing.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// True when position `at` lies inside.
    pub fn holds(&self, at: usize) -> bool {
        (self.start as usize) <= at && at < self.end as usize
    }

    /// True when `other` lies wholly inside (equal counts).
    pub fn covers(&self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when both ranges share at least one unit.
    pub fn overlaps(&self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that covers both.
    pub fn join(&self, other: Self) -> Self {
        Span::from([self.start.min(other.start), self.end.max(other.end)])
    }
}

impl ByteSpan {
    /// The text that the span marks, or `""` when it does not fit `text` (never panics).
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_and_never_panics() {
        let s = ByteSpan::new(1, 3);
        assert_eq!(s.of("aéb"), "é");
        assert_eq!(ByteSpan::new(2, 3).of("aéb"), "");
        assert_eq!(ByteSpan::new(9, 3).len(), 0);
        assert_eq!(serde_json::to_string(&s).unwrap(), "[1,3]");
    }
}
