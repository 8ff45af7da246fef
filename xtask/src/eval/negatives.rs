//! Task `negatives`: short texts on which a coder must code nothing, or only what is stated.

use super::articles::codes;
use super::{Gold, coded};
use demarche::pipeline::{Demarche, Reading};
use record::Event;
use serde_json::{Value, json};

/// One line a text: `{id, events: [{plover, source, target, modality}]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    coded::predict(demarche, gold, coded::is_current, event)
}

fn event(_: &Reading, event: &Event) -> Vec<Value> {
    vec![json!({
        "plover": event.plover,
        "source": codes(&event.sources),
        "target": codes(&event.targets),
        "modality": event.qualifier.modality,
    })]
}
