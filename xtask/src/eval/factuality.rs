//! Task `factuality`: status and reporting of every word that may name an event.

use super::{Gold, lines, read};
use demarche::pipeline::Demarche;
use record::event::Status;
use record::offset::CodePoints;
use record::{Page, Syntax};
use serde_json::{Value, json};

/// One line a record: `{id, events: [{span, status, reported}]}`, a prediction for every content word, since the gold
/// marks words and the scorer leaves out the rest.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let mut out = String::new();
    for record in lines(gold.text) {
        let record = record?;
        let text = record["text"].as_str().unwrap_or_default();
        let reading = read::read(demarche, Page::plain(text, record["date"].as_str()));
        let syntax = Syntax::new(&reading.page, &reading.doc);
        let points = CodePoints::new(text);
        let mut events: Vec<Value> = Vec::new();
        for i in 0..syntax.len() {
            if matches!(syntax.pos(i), "PUNCT" | "SPACE" | "DET" | "ADP" | "CCONJ") {
                continue;
            }
            let qualifier = demarche.coder.qualifier().read(&syntax, &reading.coding.statements, i);
            let span = syntax.token(i).span;
            let span = [points.of_byte(span.start as usize), points.of_byte(span.end as usize)];
            events.push(
                json!({"span": span, "status": word(qualifier.status), "reported": qualifier.reported}),
            );
        }
        out.push_str(&json!({"id": record["id"], "events": events}).to_string());
        out.push('\n');
    }
    Ok(out)
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Happened => "happened",
        Status::Negated => "negated",
        Status::Possible => "possible",
        Status::Unrealised => "unrealised",
    }
}
