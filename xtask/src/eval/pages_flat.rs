//! Task `pages_flat`: flattened text to the spans of its blocks, as offsets in the text given.

use super::Gold;
use demarche::pipeline::Demarche;
use reader::{Format, Hint};
use record::offset::CodePoints;
use record::{BlockKind, Page};
use serde_json::{Map, Value, json};

/// One object: id to `{spans: [[start, end, kind]]}`, in code points.
pub fn predict(_: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let pages: Map<String, Value> = serde_json::from_str(gold.text).map_err(|e| e.to_string())?;
    let mut out = Map::new();
    for id in pages.keys() {
        let path = gold.folder.join("txt").join(format!("{id}.txt"));
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let hint = Hint { format: Some(Format::Text), ..Hint::default() };
        match reader::read(text.as_bytes(), &hint) {
            Ok(page) => drop(out.insert(id.clone(), json!({"spans": spans(&page, &text)}))),
            Err(e) => eprintln!("eval: {id}: {e}"),
        }
    }
    Ok(Value::Object(out).to_string())
}

fn spans(page: &Page, source: &str) -> Vec<Value> {
    let points = CodePoints::new(source);
    let mut out = Vec::new();
    for block in &page.blocks {
        let runs = page.origin.iter().filter(|r| block.span.covers(r.span));
        let kind = kind(block.kind);
        for run in runs {
            let (a, b) = (points.of_byte(run.source_start as usize), points.of_byte(run.source_end as usize));
            out.push(json!([a, b, kind]));
        }
    }
    out
}

/// Kind as the gold spells it.
fn kind(kind: BlockKind) -> &'static str {
    use BlockKind::*;
    match kind {
        k if k.is_body() => "body",
        Headline => "title",
        Byline => "byline",
        Published => "dateline",
        Caption | Image => "caption",
        Ticker => "ticker",
        Related => "related",
        Share => "share",
        Comment => "comments",
        Navigation | Section => "nav",
        Advertisement => "ad",
        Tags => "tags",
        _ => "other",
    }
}
