//! Body paragraphs to the agencies that the text is credited to, and the dateline before the first sentence.

use crate::strip::knowledge::knowledge;
use record::{ByteSpan, Found};
use regex::Regex;
use std::sync::OnceLock;

/// Bytes of the first sentence before its credit, of one part of a dateline's place, and of what stands in its brackets.
/// Checked after the match: bounded repeats of letters of all scripts take longer to compile than a page to read.
const LEAD: usize = 120;
const PLACE_PART: usize = 42;
const SIGNATURE: usize = 40;

struct Patterns {
    opening: Regex,
    closing: Regex,
    dateline: Regex,
}

fn patterns() -> Option<&'static Patterns> {
    static ONE: OnceLock<Option<Patterns>> = OnceLock::new();
    ONE.get_or_init(|| {
        let known = knowledge();
        let mut names: Vec<String> = known.agencies.keys().map(|n| regex::escape(n)).collect();
        names.sort_by_key(|n| (std::cmp::Reverse(n.len()), n.clone()));
        let name = names.join("|");
        Some(Patterns {
            opening: Regex::new(&format!(r"^[^.!?]*?(?:[(/\[]\s*|[–—-]\s?)(?P<name>{name})(?:/(?P<second>{name}))?\s*[)/\]–—-]")).ok()?,
            closing: Regex::new(&format!(
                r"(?x)
                (?: (?: ,\s*|\.\s*|\b) (?:reports?|adds|reported\sby|writes)\s+(?:the\s+)?
                  | (?i:(?:\(|\b)(?:with\s+)?(?:additional\s+)?(?:inputs?|reporting|material|files?)\s+(?:from|by)\s+(?:news\s+agenc(?:y|ies)\s+)?(?:the\s+)?)
                  | (?i:\bsources?\s*[:-]\s*(?:the\s+)?) | (?i:\bcourtesy\s*[:of]*\s+)
                  | [—–-]{{1,2}}\s* | [(\[/]\s* | ^\s*(?:The\s+)? )
                (?P<name>{name}) (?:\s?(?:,|and|&|/|\|)\s?(?:the\s+)?(?P<second>{name}))* \s* (?:contributed\b[^.]*)? [)\].\s/]* $"
            ))
            .ok()?,
            dateline: Regex::new(&format!(
                r"(?x) ^(?P<all>
                (?P<place> \p{{Lu}}[\p{{L}}.'’ -]+? (?: ,\s \p{{Lu}}[\p{{L}}.'’ ]+? ){{0,2}} (?: / \p{{Lu}}[\p{{L}}.'’ -]+? )? )
                (?: ,?\s (?P<date> (?: \p{{Lu}}\p{{L}}+\.?\s\d{{1,2}} | \d{{1,2}}\s\p{{Lu}}\p{{L}}+\.? ) (?:,?\s(?:19|20)\d\d)? ) )?
                \s? (?: [,:]?\s?[(/\[]\s?(?P<agency>{name}|[^)/\]]+)\s?[)/\]] )? )
                \s? (?P<dash> — | – | -- | : | - ) \s? \p{{L}}|\A\z"
            ))
            .ok()?,
        })
    })
    .as_ref()
}

/// Agencies that the text is credited to. `paragraphs` are the spans of the body in `text`.
pub(crate) fn wires(text: &str, paragraphs: &[ByteSpan], bylines: &[ByteSpan]) -> Vec<Found<String>> {
    let Some(patterns) = patterns() else { return Vec::new() };
    let mut out: Vec<Found<String>> = Vec::new();
    let mut add = |found: Option<regex::Captures<'_>>, base: usize, how: &str| {
        for m in found.iter().flat_map(|f| ["name", "second"].map(|n| f.name(n))).flatten() {
            let name = knowledge().agencies.get(m.as_str()).copied().unwrap_or(m.as_str());
            if !out.iter().any(|w| w.value == name) {
                let span = Some(ByteSpan::new(base + m.start(), base + m.end()));
                out.push(Found { value: name.to_owned(), span, how: how.into() });
            }
        }
    };
    if let Some(first) = paragraphs.first() {
        let near = |f: &regex::Captures<'_>| f.name("name").is_some_and(|n| n.start() <= LEAD);
        add(patterns.opening.captures(first.of(text)).filter(near), first.start as usize, "opening-credit");
    }
    for span in bylines {
        add(patterns.closing.captures(span.of(text)), span.start as usize, "byline");
    }
    for span in paragraphs.iter().rev().take(2) {
        let tail = span.of(text);
        let mut cut = tail.len().saturating_sub(120);
        while !tail.is_char_boundary(cut) {
            cut += 1;
        }
        let tail = tail.get(cut..).unwrap_or_default();
        add(
            patterns.closing.captures(tail).filter(|f| credit_stands_apart(f, tail)),
            span.start as usize + cut,
            "closing-credit",
        );
    }
    out
}

/// A name alone at the end of a sentence is no credit: a dash, a bracket or a word must set it off.
fn credit_stands_apart(found: &regex::Captures<'_>, tail: &str) -> bool {
    let Some(all) = found.get(0) else { return false };
    // "pro-Kremlin-Tass" is a compound, "said. –Reuters" a credit.
    let dash = all.as_str().starts_with(['-', '–', '—']);
    let before = tail.get(..all.start()).unwrap_or_default();
    !dash || before.ends_with(|c: char| c.is_whitespace() || ".!?”\"’)".contains(c))
}

/// The dateline that the paragraph at `span` begins with.
pub(crate) fn dateline(text: &str, span: ByteSpan) -> Option<Found<String>> {
    let paragraph = span.of(text);
    let found = patterns()?.dateline.captures(paragraph)?;
    let (all, place) = (found.name("all")?, found.name("place")?);
    let place_text = place.as_str();
    let long_part = place_text.split([',', '/']).any(|part| part.trim().len() > PLACE_PART);
    if long_part || found.name("agency").is_some_and(|a| !(2..=SIGNATURE).contains(&a.as_str().len())) {
        return None;
    }
    let capitals = !place_text.chars().any(char::is_lowercase);
    let dash = found.name("dash").map_or("", |d| d.as_str());
    let signed = found.name("date").is_some() || found.name("agency").is_some();
    let short = place_text.split_whitespace().count() <= 3 && matches!(dash, "—" | "–" | "--");
    let sure = signed && dash != ":"
        || signed && capitals
        || capitals && place_text.len() >= 3
        || short && !is_clause(place_text);
    let value = all.as_str().trim_end().to_owned();
    sure.then(|| {
        let start = span.start as usize + all.start();
        Found { span: Some(ByteSpan::new(start, start + value.len())), value, how: "dateline".into() }
    })
}

/// Function words in a place name mean that it is the beginning of a sentence.
fn is_clause(place: &str) -> bool {
    place
        .split_whitespace()
        .any(|w| w.chars().next().is_some_and(char::is_lowercase) && knowledge().is_function_word(w))
        || place
            .split_whitespace()
            .next()
            .is_some_and(|w| knowledge().is_function_word(&w.to_lowercase()) && w.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credits(text: &str) -> Vec<String> {
        wires(text, &[ByteSpan::new(0, text.len())], &[]).into_iter().map(|w| w.value).collect()
    }

    #[test]
    fn credits_are_found_where_they_stand_apart() {
        assert_eq!(credits("Prices rose again in the capital, reports UNB."), ["UNB"]);
        assert_eq!(credits("KABUL (AP) — Floods killed nine people."), ["AP"]);
        assert_eq!(credits("The vote is due in May. – Reuters"), ["Reuters"]);
        assert_eq!(credits("The vote is due in May. (With inputs from PTI)"), ["PTI"]);
        assert_eq!(credits("BEIJING, March 9 (Xinhua) -- Trade grew."), ["Xinhua"]);
        assert!(credits("He spoke to the state news agency Tass.").is_empty());
        assert!(credits("The minister told Reuters.").is_empty());
    }

    #[test]
    fn datelines() {
        let line = |t: &str| dateline(t, ByteSpan::new(0, t.len())).map(|d| d.value);
        assert_eq!(
            line("SEOUL, March 9 (Yonhap) -- Talks opened.").as_deref(),
            Some("SEOUL, March 9 (Yonhap)")
        );
        assert_eq!(line("KABUL, Afghanistan (AP) — Floods hit.").as_deref(), Some("KABUL, Afghanistan (AP)"));
        assert_eq!(line("Geneva – Envoys met.").as_deref(), Some("Geneva"));
        assert_eq!(line("The ministers – all of them – resigned."), None);
        assert_eq!(line("Talks opened in Geneva on Monday."), None);
    }
}
