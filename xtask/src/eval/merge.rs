//! Task `merge`: reports to stories, event words to chains across reports.

use super::{Gold, lines};
use demarche::pipeline::Demarche;
use record::{Doc, Page, Syntax};
use serde_json::{Value, json};
use store::merge::chains::Chains;
use store::merge::cluster::{Bounds, Report, settle};
use store::merge::keys::Keys;
use store::merge::model::Model;
use store::merge::rarity::Rarity;

/// One line a report: `{id, story, mentions: [{start, end, chain}]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let (model, chains) = (Model::embedded(), Chains::embedded());
    let (model, chains) = (model.map_err(|e| e.to_string())?, chains.map_err(|e| e.to_string())?);
    let records: Vec<Value> = lines(gold.text).collect::<Result<_, _>>()?;
    let parsed: Vec<(Page, Doc)> = records.iter().map(|r| parse(demarche, r)).collect();
    let reports: Vec<Report> = parsed
        .iter()
        .map(|(page, doc)| Report { day: None, keys: Keys::read(&Syntax::new(page, doc)) })
        .collect();
    let rarity = Rarity::embedded().map_err(|e| e.to_string())?;
    let stories = settle(&reports, &model, &rarity, Bounds::default());
    let mut out = vec![String::new(); records.len()];
    for (number, cluster) in stories.clusters.iter().enumerate() {
        for &at in cluster {
            let (page, doc) = &parsed[at];
            let syntax = Syntax::new(page, doc);
            let mentions: Vec<Value> = chains
                .predicates(&syntax)
                .iter()
                .map(|p| mention(&syntax, p.token, number, &p.class))
                .collect();
            out[at] = json!({"id": records[at]["id"], "story": number, "mentions": mentions}).to_string();
        }
    }
    Ok(out.join("\n") + "\n")
}

/// The page and parse of one gold record.
pub fn parse(demarche: &Demarche, record: &Value) -> (Page, Doc) {
    let page = Page::plain(record["text"].as_str().unwrap_or_default(), None);
    let doc = demarche.parser.parse_page(&page, false);
    (page, doc)
}

fn mention(syntax: &Syntax<'_>, token: usize, story: usize, class: &str) -> Value {
    let span = syntax.token(token).span;
    let chars = |byte: u32| syntax.page.text.get(..byte as usize).map_or(0, |t| t.chars().count());
    json!({"start": chars(span.start), "end": chars(span.end), "chain": format!("{story}/{class}")})
}
