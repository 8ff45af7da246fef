//! Task `places`: toponyms with coordinates in news of four corpora.
//!
//! The prediction file has what the place stage finds by itself. Beside it, under `given/`, lies a second one with the
//! gold's toponyms of kind `name` resolved by the ranker alone, for the figure "resolution given gold spans".

use super::{Gold, lines};
use crate::train::data::set_outlet;
use crate::train::toponym;
use demarche::pipeline::Demarche;
use record::offset::CodePoints;
use record::{ByteSpan, Page, PlaceMention, Syntax};
use serde_json::{Value, json};

/// One line a document: `{id, toponyms: [{start, end, lat, lon, geonameid, country}]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    run(demarche, gold, false)
}

/// As [`predict`], with the gold's spans given.
pub fn predict_given(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    run(demarche, gold, true)
}

fn run(demarche: &Demarche, gold: &Gold<'_>, given: bool) -> Result<String, String> {
    let mut out = String::new();
    for record in lines(gold.text) {
        let record = record?;
        let mut page = Page::plain(record["text"].as_str().unwrap_or_default(), record["date"].as_str());
        set_outlet(&mut page, &record);
        let doc = demarche.parser.parse_page(&page, false);
        let syntax = Syntax::new(&page, &doc);
        let points = CodePoints::new(&page.text);
        let found: Vec<PlaceMention> = if given {
            demarche.resolver.places().resolve_spans(&syntax, &names(&record, &points))
        } else {
            let actors = demarche.resolver.actors().resolve(&syntax);
            demarche.resolver.places().resolve(&syntax, &actors)
        };
        let toponyms: Vec<Value> = found.iter().map(|m| toponym(&points, m)).collect();
        out.push_str(&json!({"id": record["id"], "toponyms": toponyms}).to_string());
        out.push('\n');
    }
    Ok(out)
}

/// The gold's spans of kind `name`.
fn names(record: &Value, points: &CodePoints<'_>) -> Vec<ByteSpan> {
    let list = record["toponyms"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = list.iter().filter(|t| t["kind"].as_str().unwrap_or("name") == "name");
    let at = |t: &Value, key: &str| points.to_byte(t[key].as_u64().unwrap_or(0) as usize);
    let mut out: Vec<ByteSpan> = named.map(|t| ByteSpan::new(at(t, "start"), at(t, "end"))).collect();
    out.sort_by_key(|s| s.start);
    out
}
