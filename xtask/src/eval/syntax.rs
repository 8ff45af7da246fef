//! Task `syntax`: texts with spaCy's own annotations, every field compared.

use super::{Gold, lines};
use demarche::pipeline::Demarche;
use record::Doc;
use record::offset::CodePoints;
use serde_json::{Value, json};

/// One line a text, with parallel arrays, one item a token.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let mut out = String::new();
    for record in lines(gold.text) {
        let record = record?;
        let text = record["text"].as_str().unwrap_or_default();
        let mut line = arrays(text, &demarche.parser.parse_text(text));
        line["id"] = record["id"].clone();
        out.push_str(&line.to_string());
        out.push('\n');
    }
    Ok(out)
}

fn arrays(text: &str, doc: &Doc) -> Value {
    let points = CodePoints::new(text);
    let each = |f: &dyn Fn(usize) -> Value| (0..doc.tokens.len()).map(f).collect::<Vec<Value>>();
    let t = |i: usize| &doc.tokens[i];
    let starts = |i: usize| doc.sentences.iter().any(|s| s.tokens.start as usize == i);
    let entity = |i: usize| doc.entities.iter().find(|e| e.tokens.holds(i));
    let iob = |i: usize| match entity(i) {
        None => "O",
        Some(e) if e.tokens.start as usize == i => "B",
        Some(_) => "I",
    };
    json!({
        "text": text,
        "word": each(&|i| json!(t(i).span.of(text))),
        "idx": each(&|i| json!(points.of_byte(t(i).span.start as usize))),
        "ws": each(&|i| json!(u8::from(t(i).space_after))),
        "norm": each(&|i| json!(t(i).norm)),
        "tag": each(&|i| json!(t(i).tag)),
        "pos": each(&|i| json!(t(i).pos)),
        "morph": each(&|i| json!(t(i).morph)),
        "lemma": each(&|i| json!(t(i).lemma)),
        "head": each(&|i| json!(t(i).head)),
        "dep": each(&|i| json!(t(i).dep)),
        "sent_start": each(&|i| json!(u8::from(starts(i)))),
        "iob": each(&|i| json!(iob(i))),
        "ent": each(&|i| json!(entity(i).map_or("", |e| e.label.as_str()))),
    })
}
