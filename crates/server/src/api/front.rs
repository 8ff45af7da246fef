//! The first page: what changed since a moment.

use super::{give, wrap};
use crate::answer::Answer;
use crate::app::State;
use crate::ask::Ask;
use crate::error::Error;
use axum::extract::{RawQuery, State as Held};
use axum::http::HeaderMap;
use serde_json::{Value, json};
use store::Store;
use store::query::search::Quote;
use store::query::{self, desk};

/// `/front`: stories that moved, pairs on the move, quotations, what to check.
pub(crate) async fn front(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let ask = Ask::read(&q.unwrap_or_default(), &["since"]);
        let (data, extra) = of(store, &ask)?;
        let mut out = wrap(store, &ask, data)?;
        out.extra.extend(extra);
        Ok(out)
    })
    .await
}

/// The data of the front page and the fields beside it.
pub(crate) fn of(store: &Store, ask: &Ask) -> Result<(Value, Vec<(String, Value)>), Error> {
    let usual = desk::usual_since(store)?.unwrap_or_default();
    let since = ask.get("since").map_or_else(|| usual.clone(), str::to_owned);
    let front = query::front::front(store, &ask.filter, &since)?;
    let mut stories = Vec::new();
    for lead in &front.stories {
        let shape = desk::shape(store, &lead.story)?;
        let mut value = json!(lead);
        // The headline of the page that tells the event shown beside it, so that the two do not speak of different things.
        if let Some(title) = lead.ev.as_ref().map(|e| desk::title(store, &e.article)).transpose()?.flatten() {
            value["headline"] = json!(title);
        }
        if let Some(said) =
            lead.ev.as_ref().map(|e| desk::quotation(store, &e.article)).transpose()?.flatten()
        {
            value["best"] = json!(said);
        }
        value["groups"] = json!(shape.groups);
        value["about"] = json!(shape.about);
        stories.push(value);
    }
    let said = once(store, &front.said)?;
    let arrived = desk::arrivals(store, &since)?;
    let data = json!({
        "since": front.since, "moved": front.moved, "new": front.new, "disputed": front.disputed,
        "stories": stories, "pairs": front.pairs, "said": said, "check": front.check,
    });
    let extra = vec![
        ("reports".to_owned(), json!({"all": arrived.all, "independent": arrived.independent})),
        ("days".to_owned(), json!({"usual": usual, "first": desk::oldest(store)?})),
    ];
    Ok((data, extra))
}

/// The same words in several reports are one quotation; each leads to its mark.
pub(crate) fn once(store: &Store, quotes: &[Quote]) -> Result<Vec<Value>, Error> {
    let mut out: Vec<(String, Value, u32)> = Vec::new();
    for quote in quotes {
        let key = quote.text.to_lowercase();
        match out.iter_mut().find(|o| o.0 == key) {
            Some(known) => known.2 += 1,
            None => {
                let mut value = json!(quote);
                value["mark"] = json!(desk::mark(store, &quote.article, quote.span)?);
                out.push((key, value, 1));
            }
        }
    }
    Ok(out
        .into_iter()
        .map(|(_, mut value, n)| {
            value["reports"] = json!(n);
            value
        })
        .collect())
}
