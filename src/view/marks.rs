//! A stretch of the page to styled text in which evidence is marked where it stands.

use crate::term::style::{CUE, HEDGE, PARTY, PLAIN, WHERE, quad};
use crate::term::text::safe;
use crate::term::wrap::Rich;
use anstyle::Style;
use record::{ByteSpan, Event, Mentions};

/// One mark. Later marks lie over earlier ones.
#[derive(Clone, Copy)]
pub struct Mark {
    /// Where.
    pub span: ByteSpan,
    /// How it looks in colour.
    pub style: Style,
    /// True for the words that carry the record: they stand in brackets where there are no colours.
    pub bracket: bool,
}

/// Marks of an event: participants, place and date, cues, and on top the trigger.
pub fn of_event(event: &Event, mentions: &Mentions, marks: &mut Vec<Mark>) {
    let mut add = |span: ByteSpan, style: Style, bracket: bool| marks.push(Mark { span, style, bracket });
    for span in event.sources.iter().chain(&event.targets).filter_map(|p| p.span) {
        add(span, PARTY, false);
    }
    if let Some(place) = event.place.and_then(|p| mentions.places.get(p.mention as usize)) {
        add(place.span, WHERE, false);
    }
    let date = event.date.as_ref().and_then(|d| d.mention);
    if let Some(date) = date.and_then(|d| mentions.dates.get(d as usize)) {
        add(date.span, WHERE, false);
    }
    for cue in &event.qualifier.cues {
        add(cue.span, if cue.kind == "report" { CUE } else { HEDGE }, false);
    }
    add(event.trigger, quad(event.plover.quad()).bold(), true);
}

/// Adds `text[within]` to `rich` with the marks that lie in it.
pub fn add(rich: &mut Rich, text: &str, within: ByteSpan, marks: &[Mark], color: bool) {
    let mut cuts: Vec<usize> =
        marks.iter().flat_map(|m| [m.span.start as usize, m.span.end as usize]).collect();
    cuts.extend([within.start as usize, within.end as usize]);
    cuts.retain(|&c| c >= within.start as usize && c <= within.end as usize && text.is_char_boundary(c));
    cuts.sort_unstable();
    cuts.dedup();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let over = |m: &&Mark| m.span.start as usize <= start && end <= m.span.end as usize;
        let top = marks.iter().rev().find(over);
        let bracketed = |at: usize, first: bool| {
            !color
                && marks
                    .iter()
                    .any(|m| m.bracket && at == if first { m.span.start } else { m.span.end } as usize)
        };
        if bracketed(start, true) {
            rich.add(PLAIN, "[");
        }
        rich.add(top.map_or(PLAIN, |m| m.style), &safe(text.get(start..end).unwrap_or("")));
        if bracketed(end, false) {
            rich.add(PLAIN, "]");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_lie_over_each_other_and_show_without_colour() {
        let text = "The envoys met in Oslo.";
        let marks = [
            Mark { span: ByteSpan::new(0, 10), style: PARTY, bracket: false },
            Mark { span: ByteSpan::new(11, 14), style: CUE, bracket: true },
        ];
        let mut rich = Rich::new();
        add(&mut rich, text, ByteSpan::new(0, text.len()), &marks, false);
        let bare = anstream::adapter::strip_str(&rich.set(80, "", "")).to_string();
        assert_eq!(bare, "The envoys [met] in Oslo.\n");
    }
}
