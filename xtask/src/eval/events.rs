//! Task `events`: single sentences with PLOVER gold events.

use super::{Gold, coded};
use demarche::pipeline::{Demarche, Reading};
use record::{Event, Participant};
use serde_json::{Value, json};

/// One line a record: `{id, events: [{source, target, plover, cameo}]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    coded::predict(demarche, gold, coded::is_current, event)
}

fn event(_: &Reading, event: &Event) -> Vec<Value> {
    let side = |list: &[Participant]| -> Vec<Value> {
        list.iter().map(|p| json!({"country": p.actor.country, "sector": p.actor.sector()})).collect()
    };
    vec![json!({
        "source": side(&event.sources), "target": side(&event.targets),
        "plover": event.plover, "cameo": event.cameo,
    })]
}
