//! The lines around a headline to headline, byline, section and publication time, each part on its own.

use super::features::View;
use super::knowledge::{fold, knowledge};
use super::shape::Shape;
use crate::meta::byline;
use crate::meta::notes::is_gate;
use crate::meta::published::{self, Order};
use record::BlockKind;
use std::ops::Range;
use tables::pages::WordRole;

/// One part of a frame line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Byline, section or publication time.
    pub kind: BlockKind,
    /// Bytes of the line.
    pub range: Range<usize>,
    /// The time is that of a change, not of publication.
    pub update: bool,
}

/// Words of the longest notice of a paywall.
const LONGEST_GATE: usize = 25;

/// Words that may stand unexplained in a frame line: a name or two.
const MOST_NAME_WORDS: usize = 7;

/// Parts of a line such as `Gulf Desk World News 2024-03-09, 4:14pm`; `None` when the line is something else.
pub(crate) fn parts(text: &str) -> Option<Vec<Part>> {
    if text.len() > 200 {
        return None;
    }
    let mut out = Vec::new();
    let mut rest = 0;
    let moments = published::find(text, Order::DayFirst);
    for moment in &moments {
        let before = text.get(rest..moment.start)?;
        let (keep, label) = cut_label(before);
        out.extend(names(text, rest..rest + keep)?);
        let update = knowledge().has(WordRole::UpdateLabel, &label);
        let start =
            rest + keep + before.get(keep..).map_or(0, |l| l.len() - l.trim_start_matches(is_gap).len());
        out.push(Part { kind: BlockKind::Published, range: start..moment.end, update });
        rest = moment.end;
    }
    let tail = text.get(rest..)?.trim_matches(|c: char| !c.is_alphanumeric());
    let small = knowledge().phrases(&fold(tail)).mask & (1 << BlockKind::Published as u32) != 0;
    if !moments.is_empty() && (small || published_tail(tail)) {
        if let Some(last) = out.last_mut() {
            last.range.end = text.trim_end().len();
        }
    } else {
        out.extend(names(text, rest..text.len())?);
    }
    (!out.is_empty()).then_some(out)
}

/// A weekday, a zone in words: nothing that needs a part of its own.
fn published_tail(tail: &str) -> bool {
    tail.len() <= 4
}

/// Splits the label of a date (`Updated:`) off the text before it: bytes to keep, label in lower case.
fn cut_label(before: &str) -> (usize, String) {
    let trimmed = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut keep = trimmed.len();
    let mut label = String::new();
    for word in crate::line::words(trimmed).collect::<Vec<_>>().into_iter().rev().take(4) {
        let lower = word.to_lowercase();
        let known = knowledge().is(WordRole::DateLabel, &lower);
        let Some(at) = trimmed.get(..keep).and_then(|t| t.rfind(word)).filter(|_| known) else { break };
        keep = trimmed.get(..at).map_or(0, |t| t.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
        label = format!("{lower} {label}");
    }
    (keep, label)
}

/// Byline and section parts of `text[range]`; `None` when there is more than names in it.
fn names(text: &str, range: Range<usize>) -> Option<Vec<Part>> {
    let mut out = Vec::new();
    let piece = text.get(range.clone())?;
    let mut at = range.start;
    for part in piece.split(['|', '•', '·', '/', '►', '»', '—', '–']) {
        let lead = part.len() - part.trim_start_matches(is_edge).len();
        let clean = part.trim_matches(is_edge);
        if !clean.is_empty() {
            out.extend(name(clean, at + lead)?);
        }
        at +=
            part.len() + text.get(at + part.len()..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
    }
    Some(out)
}

fn is_gap(c: char) -> bool {
    !c.is_alphanumeric()
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || ",;:()-".contains(c)
}

/// One name: a section, a byline, or a byline with the section after it.
fn name(clean: &str, at: usize) -> Option<Vec<Part>> {
    let known = knowledge();
    let part =
        |kind, range: Range<usize>| Part { kind, range: at + range.start..at + range.end, update: false };
    if known.section(clean).is_some() {
        return Some(vec![part(BlockKind::Section, 0..clean.len())]);
    }
    let starts: Vec<usize> = clean.match_indices(' ').map(|(i, _)| i + 1).collect();
    for &cut in &starts {
        let (head, tail) = (clean.get(..cut)?.trim(), clean.get(cut..)?);
        if known.section(tail).is_some() && is_byline(head) {
            return Some(vec![
                part(BlockKind::Byline, 0..head.len()),
                part(BlockKind::Section, cut..clean.len()),
            ]);
        }
    }
    is_byline(clean).then(|| vec![part(BlockKind::Byline, 0..clean.len())])
}

/// True for `By A. Name`, `Gulf Desk`, `Staff Reporter`, or a few capitalised words that can be names.
fn is_byline(text: &str) -> bool {
    let hits = knowledge().phrases(&fold(text));
    let count = crate::line::words(text).count();
    let byline = hits.mask & (1 << BlockKind::Byline as u32) != 0;
    let capital = crate::line::words(text).filter(|w| w.starts_with(char::is_uppercase)).count();
    let small = crate::line::words(text).filter(|w| knowledge().is(WordRole::BylineSmall, w)).count();
    let names = capital + small == count
        && (1..=MOST_NAME_WORDS).contains(&count)
        && !text.ends_with(['.', '!', '?']);
    count <= 14 && byline && !text.ends_with(['!', '?']) || names && hits.mask == 0
}

/// True when a line without a date is a frame line by its words alone.
pub(crate) fn is_sure_byline(text: &str) -> bool {
    let hits = knowledge().phrases(&fold(text));
    let kind = Some(BlockKind::Byline);
    let short = crate::line::words(text).count() <= 12 && !text.ends_with(['!', '?', ':']);
    byline::is_credit(text)
        || short
            && (hits.whole == kind
                || hits.start == kind && (!text.ends_with('.') || text.len() < 40)
                || hits.end == kind && text.len() < 60)
}

/// What a line that stands among the body is when its words say that it is none: credit, time of a change, picture,
/// the notice of a paywall. `edge` says that no running text stands before it, or nearly none after it.
pub(crate) fn intruder(text: &str, shape: &Shape, edge: bool) -> Option<BlockKind> {
    let short = shape.words <= 8 && !shape.ends;
    if shape.file {
        return Some(BlockKind::Image);
    }
    if byline::is_credit(text) || edge && !shape.is_prose() && is_sure_byline(text) {
        return Some(BlockKind::Byline);
    }
    let timed = text.bytes().any(|b| b.is_ascii_digit());
    if short && timed && shape.hits.start == Some(BlockKind::Published) {
        return Some(BlockKind::Published);
    }
    (shape.words <= LONGEST_GATE && is_gate(text)).then_some(BlockKind::Share)
}

/// The part of a path to the page (`Home > World > Europe`) that names its section.
pub(crate) fn breadcrumb(text: &str) -> Option<Range<usize>> {
    let marks = ['>', '/', '»', '›', '|', '→'];
    let dated = text.bytes().any(|b| b.is_ascii_digit());
    if text.len() > 150 || text.matches(marks).count() < 1 || dated {
        return None;
    }
    let mut at = 0;
    let mut found = None;
    for part in text.split(marks) {
        let name = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        if knowledge().section(name).is_some() {
            found = Some(start..start + name.len());
        }
        at += part.len();
        at += text.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
    }
    found.filter(|_| {
        knowledge().phrases(&fold(text)).start == Some(BlockKind::Navigation)
            || text.matches(marks).count() >= 2
    })
}

/// The line that is most likely the headline of an article whose body starts at line `body`.
pub(crate) fn headline(views: &[View], texts: &[&str], body: usize) -> Option<usize> {
    let from = body.saturating_sub(60);
    let mut best: Option<(f32, usize)> = None;
    for i in from..body.min(views.len()) {
        let (Some(view), Some(text)) = (views.get(i), texts.get(i)) else { continue };
        let score = headline_score(views, texts, i, body, view, text);
        if score > 0.0 && best.is_none_or(|(b, _)| score >= b) {
            best = Some((score, i));
        }
    }
    best.map(|(_, i)| i)
}

fn headline_score(views: &[View], texts: &[&str], i: usize, body: usize, view: &View, text: &str) -> f32 {
    let s = &view.shape;
    if s.words < 2 || s.words > 30 || s.file || s.bullet || s.is_furniture() || s.separator && s.words < 8 {
        return 0.0;
    }
    let starts = s.hits.start.is_some() && s.hits.start != Some(BlockKind::Published);
    if starts && s.words < 6
        || parts(text).is_some_and(|p| p.iter().any(|p| p.kind == BlockKind::Published))
        || is_sure_byline(text)
    {
        return 0.0;
    }
    let mut score = 1.0 + (s.words as f32 / 4.0).min(2.0);
    // What follows a headline: a byline, a date, a picture, the body.
    let near: Vec<usize> = (i + 1..views.len().min(i + 5)).filter(|j| *j < body).collect();
    let framed = near.iter().filter_map(|j| texts.get(*j)).any(|t| is_sure_byline(t) || dated(t));
    score += if framed { 2.5 } else { 0.0 };
    score += if view.twice { 1.5 } else { 0.0 };
    score -= (body - i) as f32 * 0.12;
    score -= if s.ends && !s.question { 1.5 } else { 0.0 };
    score -= if s.hits.mask != 0 { 0.7 } else { 0.0 };
    score -= if s.words < 4 { 1.0 } else { 0.0 };
    score.max(0.0)
}

fn dated(text: &str) -> bool {
    parts(text).is_some_and(|p| p.iter().any(|p| p.kind == BlockKind::Published))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn split(text: &str, want: &[(BlockKind, &str)]) {
        let got = parts(text).unwrap_or_default();
        let got: Vec<_> = got.iter().map(|p| (p.kind, &text[p.range.clone()])).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn frame_lines_fall_into_parts() {
        use BlockKind::*;
        split(
            "Gulf Desk Middle East 2024-03-09, 4:14pm",
            &[(Byline, "Gulf Desk"), (Section, "Middle East"), (Published, "2024-03-09, 4:14pm")],
        );
        split(
            "By Ana Ruiz | Updated: 9 March 2024 10:30 GMT",
            &[(Byline, "By Ana Ruiz"), (Published, "Updated: 9 March 2024 10:30 GMT")],
        );
        split("World", &[(Section, "World")]);
        assert_eq!(breadcrumb("Home > World > Europe"), Some(15..21));
        assert_eq!(breadcrumb("Sport | 10 June 2024 | 22:51"), None);
        split("Published: Saturday, 9 March 2024", &[(Published, "Published: Saturday, 9 March 2024")]);
        assert_eq!(parts("The council met on 9 March 2024 and adopted the text without a vote."), None);
    }
}
