//! Task `events`: single sentences with PLOVER gold events.

use super::{Gold, lines, read::read};
use demarche::pipeline::Demarche;
use record::{Event, Page, Participant};
use serde_json::{Value, json};

/// One line a record: `{id, events: [{source, target, plover, cameo}]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let mut out = String::new();
    for record in lines(gold.text) {
        let record = record?;
        let text = record["text"].as_str().unwrap_or_default();
        let reading = read(demarche, Page::plain(text, record["date"].as_str()));
        let events: Vec<Value> = reading.coding.events.iter().filter(|e| is_real(e)).map(event).collect();
        out.push_str(&json!({"id": record["id"], "events": events}).to_string());
        out.push('\n');
    }
    Ok(out)
}

/// True for events that a data set of happenings keeps.
fn is_real(event: &Event) -> bool {
    use record::Modality::*;
    !matches!(event.qualifier.modality, Negated | Hypothetical | Historical)
}

fn event(event: &Event) -> Value {
    let side = |list: &[Participant]| -> Vec<Value> {
        list.iter().map(|p| json!({"country": p.actor.country, "sector": p.actor.sector()})).collect()
    };
    json!({
        "source": side(&event.sources), "target": side(&event.targets),
        "plover": event.plover, "cameo": event.cameo,
    })
}
