//! Task `quotes`: statements with their speakers. Claims without a source are no quotes there.

use super::{Gold, lines, read};
use demarche::pipeline::Demarche;
use record::offset::CodePoints;
use record::{ByteSpan, Page, StatementKind};
use serde_json::{Value, json};

/// One line a record: `{id, quotes: [{content, speaker, speaker_name, cue, kind}]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let mut out = String::new();
    for record in lines(gold.text) {
        let record = record?;
        let text = record["text"].as_str().unwrap_or_default();
        let reading = read::read(demarche, Page::plain(text, record["date"].as_str()));
        let points = CodePoints::new(text);
        let span = |s: ByteSpan| json!([points.of_byte(s.start as usize), points.of_byte(s.end as usize)]);
        let sourced = reading.coding.statements.iter().filter(|s| s.kind != StatementKind::Hedged);
        let quotes: Vec<Value> = sourced
            .map(|s| {
                json!({
                    "content": span(s.content),
                    "speaker": s.speaker.as_ref().map(|x| span(x.span)),
                    "speaker_name": s.speaker.as_ref().map(|x| x.name.clone()),
                    "cue": s.cue.as_ref().map(|c| span(c.span)),
                    "kind": s.kind,
                })
            })
            .collect();
        out.push_str(&json!({"id": record["id"], "quotes": quotes}).to_string());
        out.push('\n');
    }
    Ok(out)
}
