//! Task `articles`: whole articles in which every political event is marked.

use super::{Gold, coded};
use demarche::pipeline::{Demarche, Reading};
use record::{ByteSpan, Event, Modality, Participant};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// One line a document: `{id, events: [{trigger, plover, source, target, modality, date, place_country}]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    coded::predict(demarche, gold, is_told, mentions)
}

/// The scorer counts events of every modality but leaves those that did not happen to the coder's choice.
fn is_told(event: &Event) -> bool {
    !matches!(event.qualifier.modality, Modality::Negated | Modality::Hypothetical)
}

/// Country codes of one side.
pub fn codes(list: &[Participant]) -> Vec<&str> {
    list.iter().filter_map(|p| p.actor.country.as_deref()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The event at each place that tells it: the gold marks mentions.
fn mentions(reading: &Reading, event: &Event) -> Vec<Value> {
    std::iter::once(event.trigger)
        .chain(event.also.iter().copied())
        .map(|at| mention(reading, event, at))
        .collect()
}

fn mention(reading: &Reading, event: &Event, trigger: ByteSpan) -> Value {
    let text = &reading.page.text;
    let point = |byte: u32| text.get(..byte as usize).map_or(0, |t| t.chars().count());
    let mut out = json!({
        "trigger": [point(trigger.start), point(trigger.end)],
        "plover": event.plover,
        "source": codes(&event.sources),
        "target": codes(&event.targets),
        "modality": event.qualifier.modality,
    });
    if let Some(date) = event.date.as_ref().filter(|d| d.mention.is_some()) {
        out["date"] = json!(if date.start == date.end {
            date.start.clone()
        } else {
            format!("{}/{}", date.start, date.end)
        });
    }
    let place = event
        .place
        .and_then(|a| reading.mentions.places.get(a.mention as usize))
        .and_then(|m| m.place.as_ref());
    if let Some(country) = place.and_then(|p| p.country.as_ref()) {
        out["place_country"] = json!(country);
    }
    out
}
