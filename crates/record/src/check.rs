//! A record from outside to the assurance that its indices stay inside their lists, so that later stages may index.

use crate::coding::Coding;
use crate::doc::Doc;
use crate::event::{Event, Participant};
use crate::line::Record;
use crate::mention::Mentions;
use crate::span::TokenSpan;
use crate::statement::Statement;

/// Lengths of the lists that indices point into.
#[derive(Clone, Copy, Default)]
struct Sizes {
    blocks: usize,
    tokens: usize,
    sentences: usize,
    actors: usize,
    places: usize,
    dates: usize,
    statements: usize,
}

/// Checks every index of `record`.
///
/// # Errors
/// Names the first field that points outside.
pub fn record(record: &Record) -> Result<(), String> {
    let doc = record.doc.as_ref();
    let mentions = record.mentions.as_ref();
    if doc.is_none() && mentions.is_some() || mentions.is_none() && record.coding.is_some() {
        return Err("a later stage is present without the one before it".to_owned());
    }
    let size = Sizes {
        blocks: record.page.blocks.len(),
        tokens: doc.map_or(0, |d| d.tokens.len()),
        sentences: doc.map_or(0, |d| d.sentences.len()),
        actors: mentions.map_or(0, |m| m.actors.len()),
        places: mentions.map_or(0, |m| m.places.len()),
        dates: mentions.map_or(0, |m| m.dates.len()),
        statements: record.coding.as_ref().map_or(0, |c| c.statements.len()),
    };
    doc.map_or(Ok(()), |d| in_doc(d, size))?;
    mentions.map_or(Ok(()), |m| in_mentions(m, size))?;
    record.coding.as_ref().map_or(Ok(()), |c| in_coding(c, size))
}

fn below(field: &str, index: u32, len: usize) -> Result<(), String> {
    if (index as usize) < len { Ok(()) } else { Err(format!("{field} {index} is outside its list of {len}")) }
}

fn tokens(field: &str, span: TokenSpan, size: Sizes) -> Result<(), String> {
    if span.end as usize <= size.tokens { Ok(()) } else { below(field, span.end, size.tokens) }
}

fn in_doc(doc: &Doc, size: Sizes) -> Result<(), String> {
    let mut at = 0;
    for token in &doc.tokens {
        below("doc.tokens.head", token.head, size.tokens)?;
        if token.span.start < at {
            return Err(format!("doc.tokens are not in text order at character {at}"));
        }
        at = token.span.start;
    }
    for sentence in &doc.sentences {
        tokens("doc.sentences.tokens", sentence.tokens, size)?;
        below("doc.sentences.block", sentence.block, size.blocks)?;
    }
    doc.entities.iter().try_for_each(|e| tokens("doc.entities.tokens", e.tokens, size))
}

fn in_mentions(mentions: &Mentions, size: Sizes) -> Result<(), String> {
    for actor in &mentions.actors {
        tokens("mentions.actors.tokens", actor.tokens, size)?;
        below("mentions.actors.head", actor.head, size.tokens)?;
        for link in actor.antecedent.iter().chain(&actor.within) {
            below("mentions.actors link", *link, size.actors)?;
        }
        if actor.actors.is_empty() {
            return Err("mentions.actors.actors is empty".to_owned());
        }
    }
    mentions.places.iter().try_for_each(|p| tokens("mentions.places.tokens", p.tokens, size))?;
    mentions.dates.iter().try_for_each(|d| tokens("mentions.dates.tokens", d.tokens, size))
}

fn in_coding(coding: &Coding, size: Sizes) -> Result<(), String> {
    coding.events.iter().try_for_each(|e| in_event(e, size))?;
    coding.statements.iter().try_for_each(|s| in_statement(s, size))?;
    coding.passed.iter().try_for_each(|p| below("coding.passed.sentence", p.sentence, size.sentences))
}

fn in_event(event: &Event, size: Sizes) -> Result<(), String> {
    below("coding.events.sentence", event.sentence, size.sentences)?;
    let side = |p: &Participant| p.mention.map_or(Ok(()), |m| below("participant.mention", m, size.actors));
    event.sources.iter().chain(&event.targets).try_for_each(side)?;
    event.place.map_or(Ok(()), |p| below("event.place.mention", p.mention, size.places))?;
    let date = event.date.as_ref().and_then(|d| d.mention);
    date.map_or(Ok(()), |d| below("event.date.mention", d, size.dates))?;
    event.statement.map_or(Ok(()), |s| below("event.statement", s, size.statements))
}

fn in_statement(statement: &Statement, size: Sizes) -> Result<(), String> {
    below("coding.statements.sentence", statement.sentence, size.sentences)?;
    let speaker = statement.speaker.iter().chain(&statement.addressee);
    speaker.filter_map(|s| s.mention).try_for_each(|m| below("speaker.mention", m, size.actors))
}
