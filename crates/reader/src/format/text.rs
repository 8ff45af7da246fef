//! Flattened text to a page: lines told apart by function, wrapped lines joined, nothing lost.

use crate::format::wrap::{self, Raw};
use crate::limits::{MOST_LINES, bounded};
use crate::line::{Line, is_blank};
use crate::meta::{self, Frame};
use crate::origin::Builder;
use crate::strip::features::View;
use crate::strip::shape::Shape;
use crate::strip::{frame, kinds, score};
use crate::{Error, ErrorKind, Hint, decode};
use record::{BlockKind, ByteSpan, Page};
use std::collections::HashMap;

/// What ends a line.
const BREAKS: [char; 5] = ['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}'];

/// A line of flattened text.
pub(crate) struct FlatLine {
    /// Text without list mark and trailing bars.
    pub line: Line,
    /// Look and neighbourhood.
    pub view: View,
}

/// Reads a text.
pub(crate) fn read(bytes: &[u8], hint: &Hint) -> Result<Page, Error> {
    let decoded = decode::decode(bytes, hint.content_type.as_deref());
    bounded("lines", decoded.text.matches(BREAKS).count(), MOST_LINES)?;
    let lines = lines(&decoded.text);
    if lines.is_empty() {
        return Err(Error::new(ErrorKind::Empty, "no text in it"));
    }
    let kinds = classify(&lines);
    let mut page = assemble(&lines, &kinds, hint);
    if decoded.broken {
        page.notes
            .push(format!("encoding {} ({}): some bytes could not be read", decoded.encoding, decoded.how));
    }
    Ok(page)
}

/// Non-empty lines of `source` with their look; what a fixed width has cut is joined.
pub(crate) fn lines(source: &str) -> Vec<FlatLine> {
    let mut out: Vec<FlatLine> = wrap::join(raw_lines(source))
        .into_iter()
        .map(|raw| {
            let shape = Shape::of(&raw.line.text, raw.bullet);
            FlatLine { line: raw.line, view: View { shape, gap: raw.gap, twice: false } }
        })
        .collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for line in &out {
        *count.entry(line.view.shape.folded.as_str()).or_default() += 1;
    }
    let twice: Vec<bool> =
        out.iter().map(|l| count.get(l.view.shape.folded.as_str()).is_some_and(|n| *n > 1)).collect();
    for (line, twice) in out.iter_mut().zip(twice) {
        line.view.twice = twice;
    }
    out
}

fn raw_lines(source: &str) -> Vec<Raw> {
    let mut out: Vec<Raw> = Vec::new();
    let mut at = 0;
    let mut gap = false;
    for raw in source.split_inclusive(BREAKS) {
        let line = Line::from_source(source, at, at + raw.len());
        at += raw.len();
        let (line, bullet) = strip_marks(line);
        if line.text.is_empty() {
            // The second half of a CR LF is no line.
            gap |= !(raw == "\n" && source.get(..at).is_some_and(|s| s.ends_with("\r\n")));
            continue;
        }
        let indent = raw.chars().take_while(|c| is_blank(*c)).count();
        let width = raw.trim_end().chars().count();
        out.push(Raw { line, bullet, gap, indent, width });
        gap = false;
    }
    out
}

/// Takes list marks off the front and bars off the end.
fn strip_marks(line: Line) -> (Line, bool) {
    let text = line.text.as_str();
    let rest =
        text.trim_start_matches(['•', '·', '▪', '►', '▶', '»', '›', '◦', '‣', '●', '■', '*', '|', ' ']);
    let dash = rest.strip_prefix("- ").or_else(|| rest.strip_prefix("– "));
    let body = dash.filter(|d| d.starts_with(|c: char| c.is_alphanumeric())).unwrap_or(rest);
    let from = text.len() - body.trim_start().len();
    let to = text.trim_end_matches(['|', ' ', '•', '·', '›', '»', '*']).len();
    if from >= to {
        let marks_only = !text.chars().any(char::is_alphanumeric);
        return if marks_only { (Line::default(), false) } else { (line, false) };
    }
    let bullet = from > 0 && !text.starts_with('|');
    if from == 0 && to == text.len() { (line, false) } else { (line.part(from, to), bullet) }
}

/// The function of every line.
pub(crate) fn classify(lines: &[FlatLine]) -> Vec<BlockKind> {
    let views: Vec<View> = lines.iter().map(|l| l.view.clone()).collect();
    let texts: Vec<&str> = lines.iter().map(|l| l.line.text.as_str()).collect();
    let body = body_lines(&views);
    let start = body.iter().position(|b| *b).unwrap_or(lines.len());
    let end = body.iter().rposition(|b| *b).map_or(0, |i| i + 1);
    let headline = frame::headline(&views, &texts, start);
    let zone = headline.unwrap_or(start)..end;
    let running = |i: &usize| {
        body.get(*i).copied().unwrap_or(false) && views.get(*i).is_some_and(|v| v.shape.is_prose())
    };
    let prose = (
        (start..end).find(running).unwrap_or(start),
        (start..end).rev().find(running).map_or(end, |i| i + 1),
    );
    let mut kinds = kinds::furniture(&views, &|i| body.get(i).copied().unwrap_or(false), end);
    for (i, kind) in kinds.iter_mut().enumerate() {
        let (Some(view), Some(text)) = (views.get(i), texts.get(i)) else { continue };
        if body.get(i).copied().unwrap_or(false) {
            let edge = i < prose.0 || i + 3 > prose.1;
            *kind = frame::intruder(text, &view.shape, edge).unwrap_or_else(|| body_kind(view));
        } else if Some(i) == headline {
            *kind = BlockKind::Headline;
        } else if i < start && frame::breadcrumb(text).is_some() {
            *kind = BlockKind::Navigation;
        } else if let Some(found) =
            frame_kind(view, text, zone.contains(&i), headline.is_some_and(|h| i + 4 > h && i < h))
        {
            *kind = found;
        } else if zone.contains(&i) && i < start && *kind == BlockKind::Other && view.shape.words >= 8 {
            *kind = BlockKind::Standfirst;
        }
    }
    kinds
}

/// Which lines are body text.
pub(crate) fn body_lines(views: &[View]) -> Vec<bool> {
    if score::is_article_only(views) {
        return article_only(views);
    }
    score::decide(views, &score::body(views))
}

/// In a text that is only an article all is body but for a headline, byline and date at the top, and for what follows the
/// last sentence.
fn article_only(views: &[View]) -> Vec<bool> {
    let first = views.iter().position(|v| v.shape.is_prose()).unwrap_or(0);
    let last = views.iter().rposition(|v| v.shape.is_prose() || v.shape.ends).unwrap_or(views.len());
    views.iter().enumerate().map(|(i, v)| i >= first && i <= last && !v.shape.file).collect()
}

fn body_kind(view: &View) -> BlockKind {
    match &view.shape {
        s if view.gap && s.words <= 10 && !s.ends && !s.colon && !s.lower_start && s.commas == 0 => {
            BlockKind::Subheading
        }
        s if s.bullet => BlockKind::ListItem,
        _ => BlockKind::Paragraph,
    }
}

/// Kind of a line in the frame of an article, between headline and end of the body or just above the headline.
fn frame_kind(view: &View, text: &str, inside: bool, above: bool) -> Option<BlockKind> {
    if !inside && (!above || view.shape.bullet) || view.shape.is_prose() {
        return None;
    }
    if frame::is_sure_byline(text) && inside {
        return Some(BlockKind::Byline);
    }
    let parts = frame::parts(text)?;
    let sure = parts.iter().any(|p| p.kind != BlockKind::Byline);
    sure.then(|| parts.first().map(|p| p.kind)).flatten()
}

/// Adds a text that is an article throughout: every paragraph a body block.
pub(crate) fn push_prose(builder: &mut Builder, frame: &mut Frame, source: &str) {
    for line in lines(source) {
        let span = builder.push(BlockKind::Paragraph, [&line.line]);
        frame.note(BlockKind::Paragraph, span);
    }
}

/// Lines and kinds to a page.
fn assemble(lines: &[FlatLine], kinds: &[BlockKind], hint: &Hint) -> Page {
    let mut builder = Builder::default();
    let mut found = Frame::default();
    let mut i = 0;
    while let (Some(flat), Some(kind)) = (lines.get(i), kinds.get(i)) {
        let mut last = i;
        if kind.is_body() && *kind != BlockKind::Subheading {
            while continues(lines, kinds, last) {
                last += 1;
            }
        }
        if matches!(kind, BlockKind::Byline | BlockKind::Section | BlockKind::Published) {
            push_frame(&mut builder, &flat.line, *kind, &mut found);
        } else {
            let group = lines.get(i..=last).unwrap_or_default();
            let span = builder.push(*kind, group.iter().map(|l| &l.line));
            found.note(*kind, span);
            let path = Some(&flat.line.text).filter(|_| *kind == BlockKind::Navigation);
            if let (Some(part), Some(span)) = (path.and_then(|t| frame::breadcrumb(t)), span) {
                let start = span.start as usize;
                found.note(BlockKind::Section, Some(ByteSpan::new(start + part.start, start + part.end)));
            }
        }
        i = last + 1;
    }
    meta::finish(builder.finish(), found, hint)
}

/// Adds a frame line, each part as a block of its own.
fn push_frame(builder: &mut Builder, line: &Line, kind: BlockKind, found: &mut Frame) {
    let parts = frame::parts(&line.text).filter(|p| p.iter().any(|p| p.kind != BlockKind::Byline));
    let Some(parts) = parts else {
        let span = builder.push(kind, [line]);
        found.note(kind, span);
        return;
    };
    for part in parts {
        let piece = line.part(part.range.start, part.range.end);
        let span = builder.push(part.kind, [&piece]);
        found.note(part.kind, span);
        if part.update
            && let Some(span) = span
        {
            found.updates.push(span);
        }
    }
}

/// True when line `i + 1` goes on with the paragraph of line `i`.
fn continues(lines: &[FlatLine], kinds: &[BlockKind], i: usize) -> bool {
    let (Some(a), Some(b), Some(kind)) = (lines.get(i), lines.get(i + 1), kinds.get(i + 1)) else {
        return false;
    };
    if !kind.is_body() || b.view.gap || b.view.shape.bullet {
        return false;
    }
    let (s, t) = (&a.view.shape, &b.view.shape);
    if t.lower_start || t.mark_start {
        return true;
    }
    *kind != BlockKind::Subheading
        && !s.ends
        && !s.colon
        && (s.words > 12 || s.bullet || t.ends && t.words < 12)
}
