//! The parser's output against spaCy's, recorded by `record_golden.py`: every field of every token.

use demarche_parser::Pipeline;
use serde_json::{Value, json};

fn ours(pipeline: &Pipeline, text: &str) -> Value {
    let doc = pipeline.parse_text(text);
    let each = |f: &dyn Fn(&record::Token) -> Value| doc.tokens.iter().map(f).collect::<Vec<Value>>();
    json!({
        "text": text,
        "start": each(&|t| json!(t.span.start)),
        "word": each(&|t| json!(t.span.of(text))),
        "space": each(&|t| json!(t.space_after)),
        "norm": each(&|t| json!(t.norm)),
        "lemma": each(&|t| json!(t.lemma)),
        "tag": each(&|t| json!(t.tag)),
        "pos": each(&|t| json!(t.pos)),
        "morph": each(&|t| json!(t.morph)),
        "head": each(&|t| json!(t.head)),
        "dep": each(&|t| json!(t.dep)),
        "sentences": doc.sentences.iter().map(|s| s.tokens.start).collect::<Vec<u32>>(),
        "entities": doc.entities.iter().map(|e| json!([e.tokens.start, e.tokens.end, e.label])).collect::<Vec<Value>>(),
    })
}

#[test]
fn equals_spacy_on_every_token() {
    let pipeline = Pipeline::embedded().unwrap();
    let lines: Vec<&str> = include_str!("golden.jsonl").lines().collect();
    assert!(lines.len() > 50);
    for line in lines {
        let gold: Value = serde_json::from_str(line).unwrap();
        let text = gold["text"].as_str().unwrap();
        let ours = ours(&pipeline, text);
        for (field, expected) in gold.as_object().unwrap() {
            assert_eq!(&ours[field], expected, "{field} of {text:?}");
        }
    }
}
