//! RSS, Atom and JSON Feed to pages, one an item: what the feed says, with its text when it carries one.

use crate::article::Article;
use crate::piece::{Piece, Pieces};
use crate::records::RecordError;
use crate::{ErrorKind, Hint, Place};
use feed_rs::model::{Entry, Feed};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What a feed says of an item: for fetching the page itself, or for taking the item as the article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Id that the feed gives the item (guid), else its address.
    pub id: String,
    /// Address of the page.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publication time, ISO 8601.
    pub published: Option<String>,
    /// Text as HTML: the whole article or a summary of it.
    pub html: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Title of the feed.
    pub publisher: Option<String>,
    /// Language of the feed.
    pub language: Option<String>,
}

/// The items of a feed.
///
/// # Errors
/// The bytes are no feed.
pub fn items(bytes: &[u8]) -> Result<Vec<Item>, crate::Error> {
    let feed = parse(bytes)?;
    let publisher = publisher(&feed);
    let item = |e: &Entry| {
        let Article { url, title, html, published, authors, publisher, language, .. } =
            article(e, publisher.as_deref(), feed.language.as_deref());
        let id = if e.id.is_empty() { url.clone().unwrap_or_default() } else { e.id.clone() };
        Item { id, url, title, published, html, authors, publisher, language }
    };
    Ok(feed.entries.iter().map(item).collect())
}

fn publisher(feed: &Feed) -> Option<String> {
    feed.title.as_ref().map(|t| crate::meta::json_ld::clean(&t.content))
}

/// Records of a feed, an item each.
pub(crate) fn pieces<'a>(bytes: &[u8], hint: &Arc<Hint>) -> Pieces<'a> {
    let feed = match parse(bytes) {
        Ok(feed) => feed,
        Err(e) => return Box::new(std::iter::once(Err(RecordError::of(Place::Whole, &e)))),
    };
    let publisher = publisher(&feed);
    let language = feed.language.clone();
    let hint = Arc::clone(hint);
    let entries: Vec<Article> =
        feed.entries.iter().map(|e| article(e, publisher.as_deref(), language.as_deref())).collect();
    Box::new(
        (1..)
            .zip(entries)
            .map(move |(n, article)| Ok(Piece::article(article, Place::Item(n), Arc::clone(&hint)))),
    )
}

fn parse(bytes: &[u8]) -> Result<Feed, crate::Error> {
    let malformed = |m: String| crate::Error::new(ErrorKind::Malformed, m);
    let decoded = crate::decode::decode(bytes, None);
    // The parser wants UTF-8 and believes an XML declaration: both are made true.
    let text = decoded.text.trim_start_matches('\u{FEFF}').trim_start();
    let text = match text.strip_prefix("<?xml").and_then(|t| t.split_once("?>")) {
        Some((_, rest)) => rest,
        None => text,
    };
    catch_unwind(AssertUnwindSafe(|| feed_rs::parser::parse(text.as_bytes())))
        .map_err(|_| crate::Error::new(ErrorKind::Internal, "the feed parser failed on the input"))?
        .map_err(|e| malformed(format!("not a feed: {e}")))
}

fn link(entry: &Entry) -> Option<String> {
    let alternate = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
    let link = alternate.or(entry.links.first()).map(|l| l.href.clone());
    link.or_else(|| entry.id.starts_with("http").then(|| entry.id.clone()))
}

fn article(entry: &Entry, publisher: Option<&str>, language: Option<&str>) -> Article {
    let summary = entry.summary.as_ref().map(|s| s.content.clone());
    let content = entry.content.as_ref().and_then(|c| c.body.clone()).filter(|c| !c.trim().is_empty());
    Article {
        id: Some(entry.id.clone()).filter(|id| !id.is_empty()),
        url: link(entry),
        title: entry.title.as_ref().map(|t| crate::meta::json_ld::clean(&t.content)),
        html: content.or(summary),
        published: entry.published.or(entry.updated).map(|t| t.to_rfc3339()),
        updated: entry.updated.filter(|u| Some(*u) != entry.published).map(|t| t.to_rfc3339()),
        authors: entry.authors.iter().filter_map(|a| a.name.clone()).collect(),
        publisher: publisher.map(str::to_owned),
        language: language.map(str::to_owned),
        section: entry.categories.first().map(|c| c.label.clone().unwrap_or_else(|| c.term.clone())),
        how: "feed",
        ..Article::default()
    }
}
