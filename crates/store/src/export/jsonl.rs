//! Events to the project's own lines of JSON: everything a list shows, with all tellings.

use super::{Format, Selection, Sink, Telling, writing};
use crate::error::Error;
use crate::query::Ev;
use serde::Serialize;

/// `jsonl`.
pub struct JsonLines;

#[derive(Serialize)]
struct Line<'a> {
    schema: u32,
    #[serde(flatten)]
    ev: &'a Ev,
    tellings: &'a [Telling],
}

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "one event a line with all its tellings, spans in code points"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("events.jsonl")?;
        selection.events(|ev, tellings| {
            let line = serde_json::to_string(&Line { schema: record::SCHEMA_VERSION, ev, tellings })?;
            writeln!(out, "{line}").map_err(writing)
        })?;
        out.flush().map_err(writing)
    }
}
