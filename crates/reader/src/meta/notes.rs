//! What a person should know of a page: a stub behind a paywall, a live blog, an AMP copy, more than one article.

use crate::html::scan::Scan;
use crate::meta::json_ld::JsonLd;
use crate::strip::knowledge::knowledge;
use record::Page;
use tables::pages::WordRole;

/// Words under which an article that is not free is taken for a stub.
const STUB_WORDS: usize = 150;

/// Adds the notes to a finished page.
pub(crate) fn add(page: &mut Page, scan: &Scan, ld: &JsonLd) {
    let body: String = page.body().map(|b| b.span.of(&page.text)).collect::<Vec<_>>().join(" ");
    let words = crate::line::words(&body).count();
    let gate = scan.lines.iter().any(|l| l.line.text.len() < 300 && is_gate(&l.line.text));
    let cut = ["…", "..."].iter().any(|e| body.trim_end().ends_with(e));
    if words < STUB_WORDS && (ld.is_paid() || gate) || ld.is_paid() && (gate || cut) && words < 3 * STUB_WORDS
    {
        page.notes.push(format!("paywall stub: {words} words of the article are on the page"));
    }
    if ld.has_type("LiveBlogPosting") || page.meta.headline.as_ref().is_some_and(|h| is_live(&h.value)) {
        page.notes.push("live blog: several reports on one page, newest first".to_owned());
    }
    if scan.amp {
        page.notes.push("AMP copy of an article".to_owned());
    }
    let articles = articles(scan);
    if articles > 1 {
        page.notes.push(format!("{articles} articles on the page: the body may hold more than one"));
    }
    if words == 0 {
        page.notes.push("no article found on the page".to_owned());
    }
}

/// True for a line that says that the rest is for those who pay.
pub(crate) fn is_gate(text: &str) -> bool {
    knowledge().is_gate(text)
}

fn is_live(title: &str) -> bool {
    knowledge().has(WordRole::LiveTitle, &title.to_lowercase())
}

/// First-level headings with a good deal of running text after each.
fn articles(scan: &Scan) -> usize {
    let mut counts: Vec<usize> = Vec::new();
    for line in &scan.lines {
        if line.place.heading == 1 && line.line.text.len() > 15 {
            counts.push(0);
        } else if line.place.paragraph
            && line.link * 2 < line.line.text.len()
            && let Some(last) = counts.last_mut()
        {
            *last += crate::line::words(&line.line.text).count();
        }
    }
    counts.iter().filter(|n| **n >= 120).count()
}
