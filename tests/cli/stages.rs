//! `demarche parse`, `resolve`, `code` and the JSON they speak.

use crate::driver::{PAGE, demarche, demarche_with};
use serde_json::Value;

#[test]
fn stages_compose_to_the_whole() {
    for page in [PAGE, "corpus/pages/harbour-accord.html"] {
        let read = demarche(&["read", "--page", page]).ok();
        let parsed = demarche_with(&["parse"], read.as_bytes()).ok();
        let resolved = demarche_with(&["resolve"], parsed.as_bytes()).ok();
        let coded = demarche_with(&["code"], resolved.as_bytes()).ok();
        assert_eq!(coded, demarche(&["code", page]).ok());
        assert_eq!(coded, demarche(&["read", "--json", page]).ok());
        assert_eq!(
            coded,
            demarche_with(&["code"], read.as_bytes()).ok(),
            "stages in between may be left out"
        );
    }
}

#[test]
fn spans_count_code_points() {
    let run = demarche(&["code", PAGE]);
    let record = &run.json()[0];
    let text: Vec<char> = record["page"]["text"].as_str().expect("a text").chars().collect();
    let slice = |span: &Value| -> String {
        let at = |n: usize| span[n].as_u64().expect("a number") as usize;
        text[at(0)..at(1)].iter().collect()
    };
    let headline = &record["page"]["meta"]["headline"];
    assert_eq!(slice(&headline["span"]), headline["value"].as_str().expect("a headline"));
    let events = record["coding"]["events"].as_array().expect("events");
    assert!(events.iter().any(|e| slice(&e["trigger"]) == "warned"));
    // Curly quotes stand before this one: bytes and code points differ.
    let statements = record["coding"]["statements"].as_array().expect("statements");
    assert!(statements.iter().any(|s| slice(&s["content"]).contains("a river that unites")));
}

#[test]
fn output_keeps_the_published_schema() {
    let schema: Value = serde_json::from_str(&demarche(&["schema"]).ok()).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let run = demarche(&["code", "corpus/pages", "no-such-page.html"]);
    let lines = run.json();
    assert!(lines.len() > 12);
    for line in &lines {
        let errors: Vec<String> =
            validator.iter_errors(line).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({"schema": 1, "page": 3})));
}

#[test]
fn what_is_there_is_kept() {
    let run = demarche(&["resolve", PAGE]);
    let mut record = run.json().remove(0);
    record["mentions"]["actors"] = serde_json::json!([]);
    let coded = demarche_with(&["code"], format!("{record}\n").as_bytes());
    assert_eq!(coded.json()[0]["mentions"]["actors"], serde_json::json!([]));
}

#[test]
fn the_same_twice() {
    assert_eq!(
        demarche(&["code", "--workers", "3", "corpus/pages"]).ok(),
        demarche(&["code", "--workers", "1", "corpus/pages"]).ok()
    );
}
