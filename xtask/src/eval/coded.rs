//! What the event tasks share: one line of predicted events a text, and which events a data set of happenings keeps.

use super::{Gold, lines, read::read};
use demarche::pipeline::{Demarche, Reading};
use record::{Event, Modality, Page};
use serde_json::{Value, json};

/// One line a record, `{id, events: […]}`: the events that `keep` keeps, each as `form` writes it.
pub fn predict(
    demarche: &Demarche,
    gold: &Gold<'_>,
    keep: fn(&Event) -> bool,
    form: fn(&Reading, &Event) -> Vec<Value>,
) -> Result<String, String> {
    let mut out = String::new();
    for record in lines(gold.text) {
        let record = record?;
        let text = record["text"].as_str().unwrap_or_default();
        let reading = read(demarche, Page::plain(text, record["date"].as_str()));
        let events: Vec<Value> =
            reading.coding.events.iter().filter(|e| keep(e)).flat_map(|e| form(&reading, e)).collect();
        out.push_str(&json!({"id": record["id"], "events": events}).to_string());
        out.push('\n');
    }
    Ok(out)
}

/// True for events that a data set of happenings keeps.
pub fn is_current(event: &Event) -> bool {
    !matches!(event.qualifier.modality, Modality::Negated | Modality::Hypothetical | Modality::Historical)
}
