//! An HTML page to a Page: the article by the extraction library, everything else kept beside it.

use crate::html::align::Aligned;
use crate::html::body::{self, Extractor, Given, Smoothie, Trafilatura};
use crate::html::density::Density;
use crate::html::{mend, scan};
use crate::limits::{MOST_TAGS, MOST_TEXT, bounded};
use crate::line::Line;
use crate::meta::json_ld::JsonLd;
use crate::meta::{self, Frame, head, notes};
use crate::origin::Builder;
use crate::strip::knowledge::{fold, knowledge};
use crate::{Effort, Error, ErrorKind, Hint, decode};
use record::{BlockKind, Page};
use scan::{HtmlLine, Scan};

/// Share of a line's words that the extractor must keep for the line to be body.
const KEPT: f32 = 0.5;

/// Reads a page.
pub(crate) fn read(bytes: &[u8], hint: &Hint) -> Result<Page, Error> {
    let decoded = decode::decode(bytes, hint.content_type.as_deref());
    bounded("tags", memchr::memchr_iter(b'<', decoded.text.as_bytes()).count(), MOST_TAGS)?;
    let scan = scan::scan(&decoded.text, knowledge());
    bounded("bytes of text", scan.lines.iter().map(|l| l.line.text.len()).sum(), MOST_TEXT)?;
    let ld = JsonLd::read(&scan.json_ld);
    if scan.lines.is_empty() && ld.article().is_none() {
        return Err(Error::new(ErrorKind::Empty, "no visible text in the page"));
    }
    let aligned = extract(&decoded.text, &scan, hint)?;
    let mut meta = head::read(&scan, &ld, hint);
    let headline = meta.headline.as_ref().map(|h| fold(&h.value)).unwrap_or_default();
    let authors: Vec<String> = meta.authors.iter().chain(&meta.desk).map(|a| fold(&a.value)).collect();
    let (builder, frame, sample) = lay_down(&scan, &aligned, &headline, &authors);
    head::settle_language(&mut meta, &sample);
    let mut page = builder.finish();
    page.meta = meta;
    let mut page = meta::finish(page, frame, hint);
    notes::add(&mut page, &scan, &ld);
    if decoded.broken {
        page.notes
            .push(format!("encoding {} ({}): some bytes could not be read", decoded.encoding, decoded.how));
    }
    Ok(page)
}

/// The article by the first way that finds one, the way that the caller asked for before the others.
///
/// The libraries call themselves for every level of nesting, or look at all levels for every element: of pages that are
/// nested without end only our own way, which builds no tree, makes something.
fn extract(html: &str, scan: &Scan, hint: &Hint) -> Result<Aligned, Error> {
    let mut ways: Vec<&dyn Extractor> = match hint.effort {
        Effort::Accurate => vec![&Trafilatura, &Smoothie, &Density],
        Effort::Fast => vec![&Density, &Smoothie],
    };
    ways.retain(|w| !scan.deep || w.name() == Density.name());
    let given = Given { html, scan, url: hint.url.as_deref() };
    for way in ways {
        if let Some(found) = body::find(way, &given)? {
            return Ok(found);
        }
    }
    Ok(Aligned { kept: vec![0.0; scan.lines.len()], foreign: Vec::new() })
}

/// Lines to blocks, with the frame and a sample of the body for the language.
fn lay_down(scan: &Scan, aligned: &Aligned, headline: &str, authors: &[String]) -> (Builder, Frame, String) {
    let mut kinds = kinds(scan, &aligned.kept, headline);
    mend::bylines(&scan.lines, &mut kinds, authors);
    let mut builder = Builder::default();
    let mut frame = Frame::default();
    let mut sample = String::new();
    for (i, (line, kind)) in scan.lines.iter().zip(&kinds).enumerate() {
        if !line.hidden || kind.is_body() {
            let span = builder.push(*kind, [&line.line]);
            frame.note(*kind, span);
        }
        let foreign = aligned.foreign.iter().filter(|(at, _)| *at == i).map(|(_, text)| text);
        for text in foreign {
            builder.push(BlockKind::Paragraph, [&Line { text: text.clone(), runs: Vec::new() }]);
        }
        if *kind == BlockKind::Paragraph && sample.len() < 4000 {
            sample.push_str(&line.line.text);
            sample.push('\n');
        }
    }
    (builder, frame, sample)
}

fn kinds(scan: &Scan, kept: &[f32], headline: &str) -> Vec<BlockKind> {
    let mut out: Vec<BlockKind> = scan.lines.iter().zip(kept).map(|(l, kept)| kind(l, *kept)).collect();
    mend::tail_of_links(&scan.lines, &mut out);
    let first = out.iter().position(|k| *k == BlockKind::Paragraph).unwrap_or(out.len());
    let same = |l: &HtmlLine| !headline.trim().is_empty() && fold(&l.line.text) == headline;
    // The headline is the line that says it, the one in a heading before any other; in the body it is not body.
    let at = (0..out.len()).filter(|i| scan.lines.get(*i).is_some_and(|l| same(l) && !l.hidden));
    let heading = |i: &usize| scan.lines.get(*i).is_some_and(|l| l.place.heading > 0);
    let at: Vec<usize> = at.collect();
    let title = at
        .iter()
        .filter(|i| heading(i))
        .min_by_key(|i| i.abs_diff(first))
        .or(at.iter().min_by_key(|i| i.abs_diff(first)));
    for (i, kind) in out.iter_mut().enumerate() {
        if Some(&i) == title {
            *kind = BlockKind::Headline;
        } else if *kind == BlockKind::Headline || kind.is_body() && i < first && at.contains(&i) {
            *kind = BlockKind::Other;
        } else if *kind == BlockKind::Subheading && i < first {
            *kind = BlockKind::Standfirst;
        }
    }
    mend::intruders(&scan.lines, &mut out);
    mend::gates(&scan.lines, &mut out);
    mend::pull_quotes(&scan.lines, &mut out);
    mend::section(&scan.lines, &mut out);
    out
}

fn kind(line: &HtmlLine, kept: f32) -> BlockKind {
    let furniture = match line.kind {
        Some(BlockKind::Paragraph) | None => BlockKind::Other,
        Some(kind) => kind,
    };
    if kept < KEPT {
        return furniture;
    }
    if let Some(kind) = intruder(line) {
        return kind;
    }
    match line.place {
        // A heading that was never closed holds the paragraphs after it.
        p if p.heading > 0 && crate::line::words(&line.line.text).count() <= 25 => BlockKind::Subheading,
        p if p.quote => BlockKind::BlockQuote,
        p if p.item => BlockKind::ListItem,
        _ => BlockKind::Paragraph,
    }
}

/// Furniture inside the body, told by its words or by the element around it.
fn intruder(line: &HtmlLine) -> Option<BlockKind> {
    use BlockKind::*;
    if line.kind == Some(Caption) {
        return line.kind;
    }
    let shape = line.shape();
    let linked = line.link * 2 >= line.line.text.len();
    if let Some(kind) = shape.hits.whole.or(shape.hits.heading) {
        let topic = kind == Navigation && line.place.heading > 0;
        return (!topic && line.place.heading < 2 || kind != Navigation && !topic).then_some(kind);
    }
    if shape.hits.end == Some(Share) && shape.words < 40 {
        return Some(Share);
    }
    let start = shape.hits.start?;
    let short = shape.words < 25 && !line.place.quote;
    match start {
        Share | Advertisement | Tags | Section if short && (linked || shape.words < 16) => Some(start),
        Comment | Related if short && linked => Some(start),
        Navigation if shape.words < 16 && line.line.text.to_lowercase().contains("copyright") => Some(start),
        Caption if shape.words < 40 && line.line.text.contains(':') && !shape.is_prose() => Some(start),
        _ => None,
    }
}
