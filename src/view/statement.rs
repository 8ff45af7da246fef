//! Statements to readable lines: the words, then who says them through whom.

use super::event::chain;
use super::{Reading, actor, section};
use crate::term::Screen;
use crate::term::style::{CUE, DIM, PLAIN};
use crate::term::text::safe;
use crate::term::wrap::Rich;
use record::{ByteSpan, Statement, StatementKind};

/// All statements of a page.
pub fn list(reading: Reading<'_>, screen: &Screen) -> String {
    let statements = &reading.coding.statements;
    if statements.is_empty() {
        return String::new();
    }
    let direct = statements.iter().filter(|s| s.kind == StatementKind::Direct).count();
    let mixed = statements.iter().filter(|s| s.kind == StatementKind::Mixed).count();
    let counts = format!("{}  {direct} word for word, {mixed} in part", statements.len());
    let mut out = section("Statements", &counts, screen);
    for s in statements {
        out.push_str(&statement(s, reading, screen));
    }
    out
}

/// One statement.
pub fn statement(s: &Statement, reading: Reading<'_>, screen: &Screen) -> String {
    let (open, close) = if s.kind == StatementKind::Direct { ("“", "”") } else { ("", "") };
    let mut said = Rich::new();
    said.add(PLAIN, open);
    content(s, &reading.page.text, screen.color, &mut said);
    said.add(PLAIN, close);
    let mut out = said.set(screen.measure(), "  ", if open.is_empty() { "  " } else { "   " });
    out.push_str(&source(s).set(screen.measure(), "      — ", "        "));
    out.push('\n');
    out
}

/// The content; quoted words inside a paraphrase keep their marks and are set in italics.
fn content(s: &Statement, text: &str, color: bool, rich: &mut Rich) {
    let marks: Vec<_> =
        s.quoted.iter().map(|&span| super::marks::Mark { span, style: CUE, bracket: false }).collect();
    super::marks::add(rich, text, trimmed(s.content, text), &marks, color);
}

fn trimmed(span: ByteSpan, text: &str) -> ByteSpan {
    let inner = span.of(text);
    let start = span.start as usize + (inner.len() - inner.trim_start().len());
    ByteSpan::new(start, start + inner.trim().len())
}

fn source(s: &Statement) -> Rich {
    let mut rich = Rich::new();
    match &s.speaker {
        Some(speaker) => {
            let mut named = speaker.actor.clone();
            named.name.clone_from(&speaker.name);
            actor::full(&named, &mut rich);
        }
        None => drop(rich.add(DIM, "nobody named")),
    }
    if let Some(cue) = &s.cue {
        rich.add(DIM, ", ").add(CUE, &safe(&cue.lemma));
        if cue.stance != "neutral" && !cue.stance.is_empty() {
            rich.add(DIM, &format!(" ({})", cue.stance));
        }
    }
    if let Some(to) = &s.addressee {
        rich.add(DIM, " to ").add(PLAIN, &safe(&to.name));
    }
    if !s.chain.is_empty() {
        rich.add(DIM, " via ");
        chain(&s.chain, &mut rich);
    }
    rich
}
