//! Task `actors`: a mention in its sentence to country and sector.

use super::{Gold, lines};
use demarche::pipeline::Demarche;
use record::{ActorMention, ByteSpan, Page, Syntax};
use serde_json::{Value, json};

/// One line an item: `{id, country, sector: […]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let mut out = String::new();
    for item in lines(gold.text) {
        let item = item?;
        let text = |field: &str| item[field].as_str().unwrap_or_default();
        let date = Some(text("date")).filter(|d| !d.is_empty());
        let page = Page::plain(text("context_sentence"), date);
        let doc = demarche.parser.parse_page(&page, false);
        let syntax = Syntax::new(&page, &doc);
        let resolver = demarche.resolver.actors();
        let mentions = demarche.resolver.resolve(&syntax).actors;
        let (country, sectors) = match pick(&syntax, &mentions, text("mention")) {
            Some(answer) => answer,
            None if !page.text.contains(text("mention")) => {
                resolver.find(text("mention"), date).first().map(|m| answer(m, 0)).unwrap_or_default()
            }
            None => Answer::default(),
        };
        out.push_str(&json!({"id": item["id"], "country": country, "sector": sectors}).to_string());
        out.push('\n');
    }
    Ok(out)
}

type Answer = (String, Vec<Value>);

/// The mention whose head is the head of the words asked for, else the one that shares most with them.
fn pick(syntax: &Syntax<'_>, mentions: &[ActorMention], words: &str) -> Option<Answer> {
    let at = syntax.page.text.find(words)?;
    let asked = ByteSpan::new(at, at + words.len());
    let tokens = syntax.doc.tokens_in(asked);
    let head = tokens.range().rev().find(|&i| !tokens.holds(syntax.head(i)) || syntax.is_root(i))?;
    let shared = |m: &ActorMention| {
        let common = m.span.end.min(asked.end).saturating_sub(m.span.start.max(asked.start));
        f64::from(common) / f64::from(m.span.join(asked).end - m.span.join(asked).start)
    };
    let by_head = mentions.iter().find(|m| m.head as usize == head);
    let touching = mentions.iter().filter(|m| shared(m) > 0.0);
    let best = by_head.or_else(|| touching.max_by(|a, b| shared(a).total_cmp(&shared(b))))?;
    // Of "French and Egyptian warships" the words asked for may name one country only.
    let named = mentions.iter().filter(|m| asked.covers(m.span) && m.head != best.head);
    let which = named
        .filter_map(|m| m.actors.first().and_then(|a| a.country.as_ref()))
        .find_map(|c| best.actors.iter().position(|a| a.country.as_ref() == Some(c)));
    Some(answer(best, which.unwrap_or(0)))
}

fn answer(mention: &ActorMention, which: usize) -> Answer {
    let actor = mention.actors.get(which);
    let country = actor.and_then(|a| a.country.as_deref()).unwrap_or_default().to_owned();
    (country, actor.map(|a| a.sectors.iter().map(|s| json!(s)).collect()).unwrap_or_default())
}
