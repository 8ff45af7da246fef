//! One thing by its id: a page, a story, an actor.

use super::front::once;
use super::{give, wrap};
use crate::answer::Answer;
use crate::app::State;
use crate::ask::Ask;
use crate::error::{Error, ErrorKind};
use axum::extract::{Path, RawQuery, State as Held};
use axum::http::HeaderMap;
use serde_json::json;
use store::query::{self, desk};

fn missing(what: &str) -> Error {
    Error::new(ErrorKind::Missing, format!("no {what} has this id"))
        .hint("Search for it with /, or go to the front.")
}

/// `/articles/{id}`: one page with its marks.
pub(crate) async fn article(
    Held(state): Held<State>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let article = query::article::article(store, &id)?.ok_or_else(|| missing("page"))?;
        wrap(store, &Ask::default(), article)
    })
    .await
}

/// `/stories`: stories by independent reports.
pub(crate) async fn stories(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let mut ask = Ask::read(&q.unwrap_or_default(), &["limit"]);
        let limit = ask.parse("limit").unwrap_or(100).clamp(1, 1000);
        let list = query::story::stories(store, limit)?;
        wrap(store, &ask, json!({"rows": list}))
    })
    .await
}

/// `/stories/{id}`: one story; an id that was merged away finds its heir.
pub(crate) async fn story(
    Held(state): Held<State>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let story = query::story::story(store, &id)?.ok_or_else(|| missing("story"))?;
        let best = once(store, &story.best)?;
        let mut out = wrap(store, &Ask::default(), &story)?;
        out.data["best"] = json!(best);
        let told = story.ev.as_ref().map(|e| desk::title(store, &e.article)).transpose()?.flatten();
        out.data["headline"] = json!(told.unwrap_or_else(|| story.title.clone()));
        Ok(out)
    })
    .await
}

/// `/actors/{key}`: one actor by key, code or name.
pub(crate) async fn actor(
    Held(state): Held<State>,
    Path(id): Path<String>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let ask = Ask::read(&q.unwrap_or_default(), &[]);
        let actor = query::actor::actor(store, &id, &ask.filter)?.ok_or_else(|| missing("actor"))?;
        let quotes = once(store, &actor.quotes)?;
        let mut out = wrap(store, &ask, &actor)?;
        out.data["quotes"] = json!(quotes);
        Ok(out)
    })
    .await
}
