//! Gold documents with their parses.

use record::offset::CodePoints;
use record::{ByteSpan, Doc, Found, Page};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// A toponym of the gold.
#[derive(Debug, Clone)]
pub struct GoldToponym {
    /// Where it stands.
    pub span: ByteSpan,
    /// Coordinates, where the gold has them.
    pub point: Option<(f64, f64)>,
    /// GeoNames id, where the gold has one.
    pub id: Option<u64>,
}

/// One gold document.
pub struct Item {
    /// Its id.
    pub id: String,
    /// Fold it is tested in.
    pub fold: u64,
    /// Its text, with the outlet as publisher.
    pub page: Page,
    /// Its parse.
    pub doc: Doc,
    /// Toponyms that must be found.
    pub required: Vec<GoldToponym>,
    /// Adjectives and demonyms.
    pub adjectives: Vec<ByteSpan>,
    /// Spans that may be reported or not.
    pub ignored: Vec<ByteSpan>,
}

/// Reads gold and parses.
pub fn load(gold: &Path, parses: Option<&Path>) -> Result<Vec<Item>, String> {
    let read = |p: &Path| std::fs::read_to_string(p).map_err(|e| format!("{}: {e}", p.display()));
    let mut known: HashMap<String, (Page, Doc)> = HashMap::new();
    if let Some(path) = parses {
        for line in read(path)?.lines() {
            let mut value: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
            let id = value["id"].as_str().unwrap_or_default().to_owned();
            let page = serde_json::from_value(value["page"].take()).map_err(|e| e.to_string())?;
            let doc = serde_json::from_value(value["doc"].take()).map_err(|e| e.to_string())?;
            known.insert(id, (page, doc));
        }
    }
    let parser =
        if parses.is_none() { Some(parser::Pipeline::embedded().map_err(|e| e.to_string())?) } else { None };
    let mut out = Vec::new();
    for line in read(gold)?.lines().filter(|l| !l.trim().is_empty()) {
        let value: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let id = value["id"].as_str().unwrap_or_default().to_owned();
        let (mut page, doc) = match (known.remove(&id), &parser) {
            (Some(pair), _) => pair,
            (None, Some(parser)) => {
                let page = Page::plain(value["text"].as_str().unwrap_or_default(), value["date"].as_str());
                let doc = parser.parse_page(&page, false);
                (page, doc)
            }
            (None, None) => return Err(format!("no parse of {id}")),
        };
        set_outlet(&mut page, &value);
        out.push(item(id, page, doc, &value));
    }
    Ok(out)
}

/// The outlet of a gold line as the page's publisher.
pub fn set_outlet(page: &mut Page, gold: &Value) {
    if let Some(outlet) = gold["outlet"].as_str().filter(|o| !o.is_empty()) {
        page.meta.publisher = Some(Found::new(outlet.to_owned(), "given"));
    }
}

fn item(id: String, page: Page, doc: Doc, value: &Value) -> Item {
    let points = CodePoints::new(&page.text);
    let span = |v: &Value| {
        let at = |key: &str| points.to_byte(v[key].as_u64().unwrap_or(0) as usize);
        ByteSpan::new(at("start"), at("end"))
    };
    let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
    let mut required = Vec::new();
    let mut adjectives = Vec::new();
    for t in list("toponyms") {
        if t["kind"].as_str() == Some("adj") {
            adjectives.push(span(&t));
            continue;
        }
        let point = t["lat"].as_f64().zip(t["lon"].as_f64());
        let id = t["geonameid"].as_u64().or_else(|| t["geonameid"].as_str().and_then(|s| s.parse().ok()));
        required.push(GoldToponym { span: span(&t), point, id });
    }
    required.sort_by_key(|g| g.span.start);
    let ignored = list("ignore").iter().map(span).collect();
    drop(points);
    let fold = id.bytes().fold(7u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b))) / 7 % super::FOLDS;
    Item { id, fold, page, doc, required, adjectives, ignored }
}
