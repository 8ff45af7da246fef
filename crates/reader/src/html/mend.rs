//! Kinds of lines as the extractor left them to kinds that fit their words: bylines, paywalls and repeats out of the body.

use super::scan::HtmlLine;
use crate::meta::notes::is_gate;
use crate::strip::frame;
use crate::strip::knowledge::{fold, knowledge};
use crate::strip::shape::Shape;
use record::BlockKind;
use tables::pages::Field;

/// Lines after the last running text that are links and nothing else lead to other articles.
pub(crate) fn tail_of_links(lines: &[HtmlLine], kinds: &mut [BlockKind]) {
    let is_link = |l: &HtmlLine| l.link * 10 >= l.line.text.len() * 9 && !l.line.text.contains("//");
    let prose = |i: usize| lines.get(i).is_some_and(|l| !is_link(l) && l.shape().is_prose());
    let last = (0..kinds.len()).rev().find(|i| kinds.get(*i).is_some_and(|k| k.is_body()) && prose(*i));
    let Some(last) = last else { return };
    for (line, kind) in lines.iter().zip(kinds.iter_mut()).skip(last + 1) {
        if kind.is_body() && is_link(line) {
            *kind = BlockKind::Related;
        }
    }
}

/// Lines of the body that tell when or by whom it was written, are a picture's name or the notice of a paywall.
pub(crate) fn intruders(lines: &[HtmlLine], kinds: &mut [BlockKind]) {
    let body: Vec<usize> = (0..kinds.len()).filter(|i| kinds.get(*i).is_some_and(|k| k.is_body())).collect();
    let shapes: Vec<&Shape> = body.iter().filter_map(|i| lines.get(*i)).map(HtmlLine::shape).collect();
    let first = shapes.iter().position(|s| s.is_prose()).unwrap_or(0);
    let last = shapes.iter().rposition(|s| s.is_prose()).map_or(body.len(), |i| i + 1);
    for (n, (at, shape)) in body.iter().zip(shapes).enumerate() {
        let (Some(line), Some(kind)) = (lines.get(*at), kinds.get_mut(*at)) else { continue };
        let text = line.line.text.as_str();
        if let Some(found) = frame::intruder(text, shape, n < first || n >= last) {
            *kind = found;
        } else if n < first && dated(text) {
            *kind = BlockKind::Published;
        }
    }
}

fn dated(text: &str) -> bool {
    frame::parts(text).is_some_and(|p| p.iter().any(|p| p.kind == BlockKind::Published))
}

/// What stands in one element with the notice of a paywall belongs to the notice.
pub(crate) fn gates(lines: &[HtmlLine], kinds: &mut [BlockKind]) {
    for at in 0..lines.len() {
        let Some(gate) = lines.get(at).filter(|l| l.names.trim().len() > 2 && is_gate(&l.line.text)) else {
            continue;
        };
        let same = |i: &usize| lines.get(*i).is_some_and(|l| l.names == gate.names && !l.shape().is_prose());
        let after = (at..lines.len()).take_while(same);
        let before = (0..at).rev().take_while(same);
        for i in after.chain(before) {
            if let Some(kind) = kinds.get_mut(i).filter(|k| k.is_body()) {
                *kind = BlockKind::Share;
            }
        }
    }
}

/// A quotation set off that repeats words of a paragraph is an ornament.
pub(crate) fn pull_quotes(lines: &[HtmlLine], kinds: &mut [BlockKind]) {
    let text = |i: usize| lines.get(i).map(|l| fold(&l.line.text)).unwrap_or_default();
    let quotes: Vec<usize> =
        (0..kinds.len()).filter(|i| kinds.get(*i) == Some(&BlockKind::BlockQuote)).collect();
    if quotes.is_empty() {
        return;
    }
    let running: Vec<String> =
        (0..kinds.len()).filter(|i| kinds.get(*i) == Some(&BlockKind::Paragraph)).map(text).collect();
    for i in quotes {
        let quote = text(i);
        let repeated = quote.split(' ').count() > 4 && running.iter().any(|p| p.contains(&quote));
        if let Some(kind) = kinds.get_mut(i).filter(|_| repeated) {
            *kind = BlockKind::Other;
        }
    }
}

/// A line between headline and text that is the name of an author and nothing else.
pub(crate) fn bylines(lines: &[HtmlLine], kinds: &mut [BlockKind], authors: &[String]) {
    let Some(head) = kinds.iter().position(|k| *k == BlockKind::Headline) else { return };
    let body = kinds.iter().skip(head).position(|k| k.is_body()).map_or(kinds.len(), |n| head + n);
    for (line, kind) in lines.iter().zip(kinds.iter_mut()).take(body).skip(head + 1) {
        if *kind == BlockKind::Other && authors.contains(&fold(&line.line.text)) {
            *kind = BlockKind::Byline;
        }
    }
}

/// The name of a section that stands by itself near the headline.
pub(crate) fn section(lines: &[HtmlLine], kinds: &mut [BlockKind]) {
    let Some(head) = kinds.iter().position(|k| *k == BlockKind::Headline) else { return };
    let body = kinds.iter().position(|k| k.is_body()).unwrap_or(kinds.len()).max(head);
    let names_one = |i: usize| {
        lines.get(i).is_some_and(|l| {
            let words = crate::line::words(&l.line.text).count();
            let announced = knowledge().class_gives(Field::Section, &l.names) && (1..=4).contains(&words);
            !l.hidden && (announced || knowledge().section(&l.line.text).is_some())
        })
    };
    let sibling = |a: usize, b: usize| match (lines.get(a), lines.get(b)) {
        (Some(a), Some(b)) => a.tag == b.tag && a.depth == b.depth && a.names == b.names,
        _ => false,
    };
    // One of several in a row is an entry of a menu.
    let alone = |i: usize| !(i > 0 && sibling(i, i - 1)) && !sibling(i, i + 1);
    let near = (head.saturating_sub(4)..head).rev().chain(head + 1..body.min(head + 8));
    let found =
        near.filter(|i| kinds.get(*i).is_some_and(|k| !k.is_body())).find(|i| names_one(*i) && alone(*i));
    if let Some(kind) = found.and_then(|i| kinds.get_mut(i)) {
        *kind = BlockKind::Section;
    }
}
