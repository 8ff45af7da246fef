//! HTML to the lines of its article, by one of the extraction libraries behind one trait.

use super::scan;
use crate::strip::knowledge::knowledge;
use crate::{Error, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Something that finds the article in a page.
pub(crate) trait Extractor {
    /// Name for notes.
    fn name(&self) -> &'static str;

    /// HTML of the article alone; `None` when it finds none.
    fn article(&self, html: &str, url: Option<&str>) -> Option<String>;
}

/// The `trafilatura` crate, precision before recall, comments out.
pub(crate) struct Trafilatura;

/// The `dom_smoothie` crate, a port of Readability.
pub(crate) struct Smoothie;

impl Extractor for Trafilatura {
    fn name(&self) -> &'static str {
        "trafilatura"
    }

    fn article(&self, html: &str, _url: Option<&str>) -> Option<String> {
        let mut options = trafilatura::Options::default();
        options.enable_fallback = true;
        options.exclude_comments = true;
        options.focus = trafilatura::ExtractionFocus::FavorPrecision;
        trafilatura::extract(html, &options).ok().map(|r| r.content_html)
    }
}

impl Extractor for Smoothie {
    fn name(&self) -> &'static str {
        "dom_smoothie"
    }

    fn article(&self, html: &str, url: Option<&str>) -> Option<String> {
        let mut found = dom_smoothie::Readability::new(html, url, None)
            .or_else(|_| dom_smoothie::Readability::new(html, None, None))
            .ok()?;
        found.parse().ok().map(|a| a.content.to_string())
    }
}

/// Lines of the article that `extractor` finds. Empty when it finds none.
///
/// # Errors
/// [`ErrorKind::Internal`] when the library panics on the page.
pub(crate) fn lines(extractor: &dyn Extractor, html: &str, url: Option<&str>) -> Result<Vec<String>, Error> {
    let run = AssertUnwindSafe(|| extractor.article(html, url));
    let article = catch_unwind(run)
        .map_err(|_| Error::new(ErrorKind::Internal, format!("{} failed on the page", extractor.name())))?;
    let scan = scan::scan(article.as_deref().unwrap_or_default(), knowledge());
    Ok(scan.lines.into_iter().map(|l| l.line.text).collect())
}
