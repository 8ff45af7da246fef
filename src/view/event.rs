//! Events to readable lines, grouped by the sentence that tells them.

use super::actor::side;
use super::marks;
use super::{Reading, section};
use crate::term::Screen;
use crate::term::style::{ACTOR, DIM, PLAIN, is_real, mark, quad};
use crate::term::text::{date, days, safe, signed};
use crate::term::wrap::Rich;
use record::{Event, Modality, PlaceMention};
use std::fmt::Write as _;

/// All events of a page.
pub fn list(reading: Reading<'_>, screen: &Screen) -> String {
    let events = &reading.coding.events;
    let mut out = section("Events", &counts(events), screen);
    let mut at = 0;
    while let Some(first) = events.get(at) {
        let same = events.iter().skip(at).take_while(|e| e.sentence == first.sentence).count();
        let group = events.get(at..at + same).unwrap_or_default();
        for (n, event) in group.iter().enumerate() {
            out.push_str(&one(event, at + n + 1, reading, screen));
        }
        out.push_str(&evidence(group, reading, screen));
        at += same;
    }
    if events.is_empty() {
        let why = if reading.page.is_english() {
            "  none; `demarche explain` says for every sentence why not"
        } else {
            "  none: only English is coded"
        };
        out.push_str(&Rich::new().add(DIM, why).set(screen.measure(), "", "  "));
    }
    out
}

fn counts(events: &[Event]) -> String {
    let mut out = events.len().to_string();
    for &modality in Modality::ALL {
        let n = events.iter().filter(|e| e.qualifier.modality == modality).count();
        if n > 0 {
            let _ = write!(out, "  {} {n} {modality}", mark(modality));
        }
    }
    out
}

/// One event: who to whom on the first line, the rest on the second.
pub fn one(event: &Event, number: usize, reading: Reading<'_>, screen: &Screen) -> String {
    let width = screen.measure();
    let colour = quad(event.plover.quad());
    let modality = event.qualifier.modality;
    let mut head = Rich::new();
    head.add(colour, mark(modality)).add(PLAIN, " ").add(colour, event.plover.as_str()).add(PLAIN, "  ");
    who(event, &mut head);
    let mut out = head.set(width, &format!("{number:>3} "), "      ");
    out.push_str(&details(event, reading).set(width, "      ", "      "));
    out
}

fn who(event: &Event, rich: &mut Rich) {
    let (solid, mutual) = (is_real(event.qualifier.modality), event.symmetric && event.targets.is_empty());
    if event.sources.is_empty() {
        rich.add(DIM, "nobody named");
    }
    if mutual {
        // Those who take part alike stand on both ends of the arrow.
        let arrow = if solid { " ↔ " } else { " ⇠⇢ " };
        for (n, p) in event.sources.iter().enumerate() {
            rich.add(PLAIN, if n > 0 { arrow } else { "" });
            side(std::slice::from_ref(p), rich);
        }
        return;
    }
    side(&event.sources, rich);
    if !event.targets.is_empty() {
        rich.add(
            PLAIN,
            if event.symmetric {
                " ↔ "
            } else if solid {
                " → "
            } else {
                " ⇢ "
            },
        );
        side(&event.targets, rich);
    }
}

/// Modality, mode, date, place, codes, numbers, other words that tell it, who says so.
fn details(event: &Event, reading: Reading<'_>) -> Rich {
    let mut parts: Vec<String> = vec![event.qualifier.modality.to_string()];
    if !event.modes.is_empty() {
        parts.push(event.modes.join("+"));
    }
    parts.push(when(event, reading));
    if let Some(place) = event.place.and_then(|p| reading.mentions.places.get(p.mention as usize)) {
        parts.push(place_name(place, &reading.page.text));
    }
    if !event.contexts.is_empty() {
        parts.push(event.contexts.join("+"));
    }
    parts.push(format!("CAMEO {}", event.cameo));
    parts.extend(event.goldstein.map(|g| format!("Goldstein {}", signed(g))));
    parts.extend(event.magnitudes.iter().map(magnitude));
    parts.push(told_again(event, &reading.page.text));
    let mut rich = Rich::new();
    for (n, part) in parts.iter().filter(|p| !p.is_empty()).enumerate() {
        rich.add(DIM, if n > 0 { " · " } else { "" }).add(PLAIN, part);
    }
    if !event.chain.is_empty() {
        rich.add(DIM, " · says ");
        chain(&event.chain, &mut rich);
    }
    rich
}

/// The other words of the text that tell the same event.
fn told_again(event: &Event, text: &str) -> String {
    let words: Vec<String> = event.also.iter().map(|s| format!("“{}”", safe(s.of(text)))).collect();
    if words.is_empty() { String::new() } else { format!("also {}", words.join(" ")) }
}

/// Sources, innermost first, each passed on by the next.
pub fn chain(chain: &[record::Attribution], rich: &mut Rich) {
    for (n, link) in chain.iter().enumerate() {
        rich.add(DIM, if n > 0 { " via " } else { "" }).add(ACTOR, &safe(&link.name));
        if link.state_media {
            rich.add(DIM, " (state media)");
        }
    }
}

fn when(event: &Event, reading: Reading<'_>) -> String {
    match &event.date {
        Some(d) if d.mention.is_none() => format!("published {}", days(&d.start, &d.end)),
        Some(d) => days(&d.start, &d.end),
        None => reading.page.published_day().map_or(String::new(), date),
    }
}

/// Name and country of a place, or the words of the text.
pub fn place_name(mention: &PlaceMention, text: &str) -> String {
    let Some(place) = &mention.place else { return safe(mention.span.of(text)).into_owned() };
    match &place.country {
        Some(country) if place.precision != "country" => format!("{} {country}", safe(&place.name)),
        _ => safe(&place.name).into_owned(),
    }
}

fn magnitude(m: &record::Magnitude) -> String {
    let number = match m.high {
        Some(high) if high == m.low => format!("{}", m.low),
        Some(high) => format!("{}–{high}", m.low),
        None => format!("at least {}", m.low),
    };
    if m.unit == "people" || m.unit.is_empty() {
        format!("{} {number}", m.kind)
    } else {
        format!("{} {number} {}", m.kind, m.unit)
    }
}

/// The sentence with the evidence of `group` marked in it.
fn evidence(group: &[Event], reading: Reading<'_>, screen: &Screen) -> String {
    let Some(sentence) = group.first().and_then(|e| reading.doc.sentences.get(e.sentence as usize)) else {
        return String::new();
    };
    let mut all = Vec::new();
    for event in group {
        marks::of_event(event, reading.mentions, &mut all);
    }
    all.sort_by_key(|m| m.bracket);
    let mut rich = Rich::new();
    marks::add(&mut rich, &reading.page.text, sentence.span, &all, screen.color);
    let bar = crate::term::style::paint(DIM, "│");
    rich.set(screen.measure(), &format!("    {bar} "), &format!("    {bar} ")) + "\n"
}
