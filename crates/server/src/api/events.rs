//! Lists of events with their facets, one event, and what a few words find.

use super::{give, wrap, wrap_plain};
use crate::answer::Answer;
use crate::app::State;
use crate::ask::Ask;
use crate::error::{Error, ErrorKind};
use axum::extract::{Path, RawQuery, State as Held};
use axum::http::HeaderMap;
use serde_json::json;
use store::query::events::{Paging, Sort};
use store::query::{self, desk};

/// Rows of one page.
const PAGE: u64 = 100;

/// `/events`: a page of events; `next` is the cursor of the page after it.
pub(crate) async fn events(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let mut ask = Ask::read(&q.unwrap_or_default(), &["sort", "after", "limit"]);
        let sort: Sort = ask.parse("sort").unwrap_or_default();
        let skip = ask.parse("after").unwrap_or(0);
        let limit = ask.parse("limit").unwrap_or(PAGE).clamp(1, 1000);
        let page = query::events::events(store, &ask.filter, Paging { sort, skip, limit })?;
        let next = page.next.map(|n| n.to_string());
        wrap(store, &ask, json!({"rows": page.rows, "next": next}))
    })
    .await
}

/// `/events/{id}`: one event.
pub(crate) async fn event(
    Held(state): Held<State>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let found = query::events::event(store, &id)?;
        let ev = found.ok_or_else(|| Error::new(ErrorKind::Missing, "no event has this id"))?;
        wrap(store, &Ask::default(), ev)
    })
    .await
}

/// `/facets`: values that would narrow a filter, with counts.
pub(crate) async fn facets(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let ask = Ask::read(&q.unwrap_or_default(), &[]);
        let facets = query::facets::facets(store, &ask.filter)?;
        wrap_plain(store, &ask, facets)
    })
    .await
}

/// `/search`: actors, stories and pages that hold a few words.
pub(crate) async fn search(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let ask = Ask::read(&q.unwrap_or_default(), &["limit"]);
        let words = ask.filter.q.clone().unwrap_or_default();
        let found = query::search::search(store, &words, 6)?;
        let stories = desk::stories_named(store, &words, 4)?;
        wrap(
            store,
            &Ask::default(),
            json!({"actors": found.actors, "stories": stories, "articles": found.articles, "quotes": found.quotes}),
        )
    })
    .await
}
