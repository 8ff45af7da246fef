//! A gold file, and what the reader made of its page, compared to the letter.

use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// The right answers for one page. See `corpus/README.md`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    pub page: String,
    pub headline: String,
    #[serde(default)]
    pub authors: Vec<String>,
    pub desk: Option<String>,
    pub publisher: Option<String>,
    pub section: Option<String>,
    pub published: String,
    pub language: String,
    #[serde(default)]
    pub wires: Vec<String>,
    pub body: Vec<String>,
    #[serde(default)]
    pub ticker: Vec<String>,
    pub events: Vec<GoldEvent>,
    pub quotes: Vec<GoldQuote>,
    pub places: Vec<GoldPlace>,
}

/// One event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldEvent {
    pub trigger: String,
    #[serde(rename = "type")]
    pub plover: String,
    #[serde(default)]
    pub type_alt: Vec<String>,
    pub source: Vec<String>,
    pub target: Vec<String>,
    pub modality: String,
    pub date: Option<String>,
    /// True when leaving it out is no mistake.
    #[serde(default)]
    pub optional: bool,
}

/// One statement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldQuote {
    pub text: String,
    pub speaker: String,
    pub kind: String,
    #[serde(default)]
    pub via: Vec<String>,
}

/// One place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldPlace {
    pub name: String,
    pub country: String,
}

/// Reads a gold file.
pub fn load(path: &Path) -> Gold {
    let text = std::fs::read_to_string(path).expect("a gold file");
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Text of a code-point span.
pub fn slice(record: &Value, span: &Value) -> String {
    let text = record["page"]["text"].as_str().unwrap_or_default();
    let at = |n: usize| span[n].as_u64().unwrap_or(0) as usize;
    text.chars().skip(at(0)).take(at(1).saturating_sub(at(0))).collect()
}

/// Body and metadata that differ from the gold, one line each.
pub fn compare_page(gold: &Gold, record: &Value) -> Vec<String> {
    let meta = &record["page"]["meta"];
    let one = |field: &str| meta[field]["value"].as_str().map(str::to_owned);
    let many = |field: &str| -> Vec<String> {
        let list = meta[field].as_array().cloned().unwrap_or_default();
        list.iter().filter_map(|v| v["value"].as_str().map(str::to_owned)).collect()
    };
    let mut wrong = Vec::new();
    let mut same = |field: &str, want: String, got: String| {
        if want != got {
            wrong.push(format!("{} {field}: {got:?}, gold {want:?}", gold.page));
        }
    };
    same("headline", gold.headline.clone(), one("headline").unwrap_or_default());
    same("authors", gold.authors.join("; "), many("authors").join("; "));
    same(
        "published",
        gold.published.clone(),
        one("published").unwrap_or_default().chars().take(10).collect(),
    );
    same("language", gold.language.clone(), one("language").unwrap_or_default().chars().take(2).collect());
    for (field, want) in [("desk", &gold.desk), ("publisher", &gold.publisher), ("section", &gold.section)] {
        if let Some(want) = want {
            same(field, want.clone(), one(field).unwrap_or_default());
        }
    }
    if !gold.wires.is_empty() {
        same("wires", gold.wires.join("; "), many("wires").join("; "));
    }
    let (body, ticker) = (
        blocks(record, &["paragraph", "subheading", "list_item", "block_quote"]),
        blocks(record, &["ticker"]),
    );
    if !gold.ticker.is_empty() {
        same("ticker", gold.ticker.join("\n"), ticker.join("\n"));
    }
    for line in gold.body.iter().filter(|l| !body.contains(l)) {
        wrong.push(format!("{} body lacks {line:?}", gold.page));
    }
    for line in body.iter().filter(|l| !gold.body.contains(l)) {
        wrong.push(format!("{} body has {line:?}", gold.page));
    }
    wrong
}

fn blocks(record: &Value, kinds: &[&str]) -> Vec<String> {
    let blocks = record["page"]["blocks"].as_array().cloned().unwrap_or_default();
    let wanted = blocks.iter().filter(|b| b["kind"].as_str().is_some_and(|k| kinds.contains(&k)));
    wanted.map(|b| slice(record, &b["span"]).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}
