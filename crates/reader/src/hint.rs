//! What the caller knows of a source before it is read.

use crate::Format;

/// How much work goes into finding the body of an HTML page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// The best body that can be had.
    #[default]
    Accurate,
    /// Faster, a little less right.
    Fast,
}

/// What the caller knows of a source. Everything may be left out.
#[derive(Debug, Clone, Default)]
pub struct Hint {
    /// Name for [`record::Page::source`]: path, URL, `-`, `warc://file#offset`.
    pub source: String,
    /// Format, when it is not to be sniffed.
    pub format: Option<Format>,
    /// Content type or charset that came with the bytes.
    pub content_type: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// When the page was fetched, ISO 8601: no date found on the page may be later.
    pub fetched: Option<String>,
    /// Publication date known from elsewhere (feed, table), ISO 8601; it wins over what the page says.
    pub published: Option<String>,
    /// Headline known from elsewhere.
    pub title: Option<String>,
    /// Accurate or fast.
    pub effort: Effort,
}
