//! A page to its article, by one of several finders behind one trait.

use super::align::{self, Aligned};
use super::scan::{self, Scan};
use crate::strip::knowledge::knowledge;
use crate::{Error, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A page as finders get it.
pub(crate) struct Given<'a> {
    /// Source.
    pub html: &'a str,
    /// Its lines.
    pub scan: &'a Scan,
    /// Its address.
    pub url: Option<&'a str>,
}

/// Something that finds the article in a page.
pub(crate) trait Extractor {
    /// Name for messages.
    fn name(&self) -> &'static str;

    /// What of the page's lines is its article; `None` when it finds none.
    fn article(&self, given: &Given<'_>) -> Option<Aligned>;
}

/// The `trafilatura` crate, precision before recall, comments out.
pub(crate) struct Trafilatura;

/// The `dom_smoothie` crate, a port of Readability.
pub(crate) struct Smoothie;

impl Extractor for Trafilatura {
    fn name(&self) -> &'static str {
        "trafilatura"
    }

    fn article(&self, given: &Given<'_>) -> Option<Aligned> {
        let mut options = trafilatura::Options::default();
        options.enable_fallback = true;
        options.exclude_comments = true;
        options.focus = trafilatura::ExtractionFocus::FavorPrecision;
        let found = trafilatura::extract(given.html, &options).ok()?;
        back(given, &found.content_html)
    }
}

impl Extractor for Smoothie {
    fn name(&self) -> &'static str {
        "dom_smoothie"
    }

    fn article(&self, given: &Given<'_>) -> Option<Aligned> {
        let mut found = dom_smoothie::Readability::new(given.html, given.url, None)
            .or_else(|_| dom_smoothie::Readability::new(given.html, None, None))
            .ok()?;
        back(given, &found.parse().ok()?.content)
    }
}

/// HTML of the article alone to the lines of the page that it is made of.
fn back(given: &Given<'_>, article: &str) -> Option<Aligned> {
    let lines: Vec<String> =
        scan::scan(article, knowledge()).lines.into_iter().map(|l| l.line.text).collect();
    let found = align::align(&given.scan.lines, &lines);
    (!lines.is_empty()).then_some(found)
}

/// What `extractor` finds.
///
/// # Errors
/// [`ErrorKind::Internal`] when a library panics on the page.
pub(crate) fn find(extractor: &dyn Extractor, given: &Given<'_>) -> Result<Option<Aligned>, Error> {
    catch_unwind(AssertUnwindSafe(|| extractor.article(given)))
        .map_err(|_| Error::new(ErrorKind::Internal, format!("{} failed on the page", extractor.name())))
}
