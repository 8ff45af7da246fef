//! Task `negatives`: short texts on which a coder must code nothing, or only what is stated.

use super::articles::codes;
use super::{Gold, lines, read::read};
use demarche::pipeline::Demarche;
use record::{Event, Modality, Page};
use serde_json::{Value, json};

/// One line a text: `{id, events: [{plover, source, target, modality}]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let mut out = String::new();
    for record in lines(gold.text) {
        let record = record?;
        let text = record["text"].as_str().unwrap_or_default();
        let reading = read(demarche, Page::plain(text, record["date"].as_str()));
        let events: Vec<Value> = reading.coding.events.iter().filter(|e| is_claimed(e)).map(event).collect();
        out.push_str(&json!({"id": record["id"], "events": events}).to_string());
        out.push('\n');
    }
    Ok(out)
}

/// What a data set of happenings would hold.
fn is_claimed(event: &Event) -> bool {
    use Modality::*;
    !matches!(event.qualifier.modality, Negated | Hypothetical | Historical)
}

fn event(event: &Event) -> Value {
    json!({
        "plover": event.plover,
        "source": codes(&event.sources),
        "target": codes(&event.targets),
        "modality": event.qualifier.modality,
    })
}
