//! Tasks `pages`, `pages_meta`: saved HTML pages to body, title, author and date.

use super::Gold;
use demarche::pipeline::Demarche;
use reader::Hint;
use record::Page;
use serde_json::{Map, Value, json};

/// One object: id to `{body, title, author, date}`.
pub fn predict(_: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let pages: Map<String, Value> = serde_json::from_str(gold.text).map_err(|e| e.to_string())?;
    let mut out = Map::new();
    for (id, row) in &pages {
        let path = gold.folder.join("html").join(format!("{id}.html.gz"));
        let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let hint = Hint { url: row["url"].as_str().map(str::to_owned), ..Hint::default() };
        match reader::read(&bytes, &hint) {
            Ok(page) => drop(out.insert(id.clone(), prediction(&page))),
            Err(e) => eprintln!("eval: {id}: {e}"),
        }
    }
    Ok(Value::Object(out).to_string())
}

fn prediction(page: &Page) -> Value {
    let body: Vec<&str> = page.body().map(|b| b.span.of(&page.text)).collect();
    let meta = &page.meta;
    let mut authors: Vec<&str> = meta.authors.iter().map(|a| a.value.as_str()).collect();
    if authors.is_empty() {
        authors.extend(meta.desk.as_ref().map(|d| d.value.as_str()));
    }
    json!({
        "body": body.join("\n"),
        "title": meta.headline.as_ref().map(|h| &h.value),
        "author": authors,
        "date": page.published_day(),
    })
}
