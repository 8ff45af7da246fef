//! A page as read: one text, typed blocks over it, metadata with the way each was found.

use crate::span::ByteSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One news page: the article and its furniture in one string, told apart by blocks.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema: u32,
    /// Content-derived id (hex), the same for the same source bytes and reader version.
    pub id: SmolStr,
    /// Where it came from: path, URL, `-`, or `warc://file#offset`.
    pub source: String,
    /// The only string that spans point into. Blocks are separated by `\n`.
    pub text: String,
    /// Blocks in reading order, not overlapping; together they hold all visible text.
    pub blocks: Vec<Block>,
    /// Headline, byline, dates and so on.
    pub meta: Meta,
    /// Map from `text` back to the source bytes; empty when the text *is* the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origin: Vec<OriginRun>,
    /// What the reader wants a person to know (paywall stub, two articles on the page, bad encoding …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// `text[span]` was copied from source bytes `source_start..source_end`. For HTML the two may differ in length
/// (entities, white space); for plain text they are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OriginRun {
    /// Bytes of `Page.text`.
    pub span: ByteSpan,
    /// First byte in the decoded source.
    pub source_start: u64,
    /// First byte after it in the decoded source.
    pub source_end: u64,
}

/// A stretch of the page with one function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in `Page.text`.
    pub span: ByteSpan,
}

/// What a block is for. The first group is the article, the second the article's frame, the third furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Running text of the article.
    Paragraph,
    /// Heading inside the body.
    Subheading,
    /// Item of a list inside the body.
    ListItem,
    /// Quotation set off from the text.
    BlockQuote,
    /// The article's headline.
    Headline,
    /// Standfirst or summary under the headline.
    Standfirst,
    /// Who wrote it, or the desk, with or without date.
    Byline,
    /// Publication or update time line.
    Published,
    /// Section or topic line.
    Section,
    /// Text under or beside a picture.
    Caption,
    /// File name or address of a picture.
    Image,
    /// One headline of a news ticker.
    Ticker,
    /// Link to another article.
    Related,
    /// Share bar, sign-up, cookie line.
    Share,
    /// Reader comment.
    Comment,
    /// Menu, breadcrumb, footer.
    Navigation,
    /// Advertisement.
    Advertisement,
    /// Tags of the article.
    Tags,
    /// None of the above.
    Other,
}

impl BlockKind {
    /// True for the article's body: what is parsed and coded by default.
    pub fn is_body(self) -> bool {
        use BlockKind::*;
        matches!(self, Paragraph | Subheading | ListItem | BlockQuote)
    }

    /// True for page furniture, that is, neither body nor the article's own frame.
    pub fn is_furniture(self) -> bool {
        use BlockKind::*;
        matches!(self, Ticker | Related | Share | Comment | Navigation | Advertisement | Tags | Other)
    }

    /// True for blocks that carry sentences or headlines worth coding when the user asks for furniture too.
    pub fn is_codable(self) -> bool {
        self.is_body() || matches!(self, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Ticker)
    }
}

/// A value and how it was found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it stands in `Page.text`, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<ByteSpan>,
    /// Method, for example `json-ld`, `meta:article:published_time`, `byline`, `url`, `given`.
    pub how: SmolStr,
}

impl<T> Found<T> {
    /// A value found by `how`, without a place in the text.
    pub fn new(value: T, how: &str) -> Self {
        Found { value, span: None, how: how.into() }
    }
}

/// What is known of the article beside its text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Meta {
    /// Headline.
    pub headline: Option<Found<String>>,
    /// People named as authors.
    pub authors: Vec<Found<String>>,
    /// Desk or team ("Greenwatch Desk") when no person is named.
    pub desk: Option<Found<String>>,
    /// Outlet.
    pub publisher: Option<Found<String>>,
    /// ISO 3166 alpha-3 code of the outlet's country, when known from `tables/pages/outlets.tsv`.
    pub publisher_country: Option<Found<SmolStr>>,
    /// Section ("World News").
    pub section: Option<Found<String>>,
    /// First publication: ISO 8601, as precise as the page says (`2025-07-12` or `2025-07-12T16:14` with or without zone).
    pub published: Option<Found<String>>,
    /// Last change, same form.
    pub updated: Option<Found<String>>,
    /// BCP 47 language tag.
    pub language: Option<Found<SmolStr>>,
    /// Id that the feed, table or JSON object gives the article; not to be trusted to be the only one of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_id: Option<Found<String>>,
    /// Address that the page calls its own.
    pub canonical_url: Option<Found<String>>,
    /// Pictures: file names or addresses.
    pub images: Vec<Found<String>>,
    /// Agencies that the text is credited to ("reports UNB", "(AP)").
    pub wires: Vec<Found<String>>,
    /// Place and sometimes date before the first sentence ("SEOUL, July 12 (Yonhap) –").
    pub dateline: Option<Found<String>>,
}

impl Page {
    /// A page whose text is `text` as it stands: every paragraph (run of lines between blank lines, or each line
    /// when `lines` is set) is a body block. `date` is the publication date, ISO, if known.
    ///
    /// ```
    /// let page = demarche_record::Page::plain("One.\n\nTwo.", Some("2025-07-12"));
    /// assert_eq!(page.body().count(), 2);
    /// ```
    pub fn plain(text: &str, date: Option<&str>) -> Page {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let body = line.trim();
            if !body.is_empty() {
                let start = at + (line.len() - line.trim_start().len());
                blocks.push(Block {
                    kind: BlockKind::Paragraph,
                    span: ByteSpan::new(start, start + body.len()),
                });
            }
            at += line.len();
        }
        let published = date.map(|d| Found::new(d.to_owned(), "given"));
        Page {
            schema: crate::SCHEMA_VERSION,
            text: text.to_owned(),
            blocks,
            meta: Meta { published, ..Meta::default() },
            ..Page::default()
        }
    }

    /// The article's body blocks in order.
    pub fn body(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|b| b.kind.is_body())
    }

    /// Publication day as `YYYY-MM-DD`, when known to the day.
    pub fn published_day(&self) -> Option<&str> {
        self.meta.published.as_ref().and_then(|p| p.value.get(..10))
    }

    /// True when the page is in English, or in no language that is known: only such pages are parsed and coded.
    pub fn is_english(&self) -> bool {
        self.meta.language.as_ref().is_none_or(|l| l.value.split('-').next() == Some("en"))
    }

    /// The block that holds byte `at`.
    pub fn block_at(&self, at: usize) -> Option<&Block> {
        self.blocks.iter().find(|b| b.span.holds(at))
    }
}
