//! Questions over HTTP to answers in the common envelope: one file for each group of views.

pub(crate) mod decide;
pub(crate) mod events;
pub(crate) mod front;
pub(crate) mod graph;
pub(crate) mod one;
pub(crate) mod paste;
pub(crate) mod series;

use crate::answer::{Answer, download, tagged};
use crate::app::{Shared, State};
use crate::ask::Ask;
use crate::error::{Error, ErrorKind};
use crate::export;
use axum::extract::{Path, RawQuery, State as Held};
use axum::http::HeaderMap;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::Store;
use store::query::{self, desk};

/// Endings under which views are given as files.
pub(crate) const FILES: [&str; 6] = ["json", "csv", "jsonl", "geojson", "gexf", "atom"];

/// What every answer is wrapped in.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope<D = Value> {
    /// The question as it was understood, in canonical order.
    pub query: BTreeMap<String, String>,
    /// Last publication in the database, ISO.
    pub as_of: Option<String>,
    /// Sizes of what the filter takes.
    pub counts: query::Totals,
    /// Events of the whole database.
    pub total: u64,
    /// Number of rows after which the answer was cut, when it was.
    pub capped: Option<u64>,
    /// Parameters that were not understood.
    pub dropped: Vec<query::Dropped>,
    /// Names of the country codes in the answer's database.
    pub names: BTreeMap<String, String>,
    /// Further fields of single views.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
    /// The answer.
    pub data: D,
}

/// Wraps an answer; events in it get the place of their act within the sentence.
pub(crate) fn wrap(store: &Store, ask: &Ask, data: impl Serialize) -> Result<Envelope, Error> {
    let mut data = serde_json::to_value(data).map_err(|e| Error::new(ErrorKind::Store, e.to_string()))?;
    acts(store, &mut data)?;
    wrap_plain(store, ask, data)
}

/// Wraps an answer that holds no events: it is written as it is, without a tree of values in between, which takes longer
/// than to find the answer where it has ten thousands of rows.
pub(crate) fn wrap_plain<D>(store: &Store, ask: &Ask, data: D) -> Result<Envelope<D>, Error> {
    let own = ask.own.iter().map(|(n, v)| (n.clone(), v.clone()));
    let query = ask.filter.pairs().into_iter().map(|(n, v)| (n.to_owned(), v)).chain(own).collect();
    let counts = query::totals(store, &ask.filter)?;
    let total = if ask.filter == query::Filter::default() { counts.events } else { desk::total(store)? };
    Ok(Envelope {
        query,
        as_of: desk::newest(store)?,
        counts,
        total,
        capped: None,
        dropped: ask.dropped.clone(),
        names: desk::names(store)?,
        extra: BTreeMap::new(),
        data,
    })
}

/// Adds `act`, the place of the trigger within the sentence, to every event of a list. See [`desk::Acts`].
fn acts(store: &Store, value: &mut Value) -> Result<(), Error> {
    fn walk(acts: &mut desk::Acts<'_>, value: &mut Value) -> Result<(), Error> {
        match value {
            Value::Array(list) => list.iter_mut().try_for_each(|v| walk(acts, v)),
            Value::Object(map) => {
                let article = map.get("article").and_then(Value::as_str).map(str::to_owned);
                let number = map.get("number").and_then(Value::as_u64);
                if let (Some(article), Some(number), true) = (article, number, map.contains_key("text_span"))
                {
                    map.insert("act".to_owned(), json!(acts.of(&article, number)?));
                    return Ok(());
                }
                map.values_mut().try_for_each(|v| walk(acts, v))
            }
            _ => Ok(()),
        }
    }
    walk(&mut desk::Acts::new(store), value)
}

/// Answers with an envelope.
pub(crate) async fn give<D: Serialize>(
    state: &Shared,
    headers: HeaderMap,
    question: impl FnOnce(&Store) -> Result<Envelope<D>, Error> + Send + 'static,
) -> Result<Answer, Error> {
    let body = state
        .pool
        .ask(move |store| {
            let envelope = question(store)?;
            serde_json::to_vec(&envelope).map_err(|e| Error::new(ErrorKind::Store, e.to_string()))
        })
        .await?;
    Ok(tagged(&headers, "application/json", body))
}

/// Sizes of the database and what the server allows.
pub(crate) async fn status(Held(state): Held<State>, headers: HeaderMap) -> Result<Answer, Error> {
    let (version, allow_add) = (state.version.clone(), state.allow_add);
    let reads = state.read.is_some();
    give(&state, headers, move |store| {
        let (pages, stories, totals) = query::story::sizes(store)?;
        let newest = desk::newest(store)?;
        let data = json!({
            "pages": pages, "stories": stories, "events": totals.events, "rejected": totals.rejected,
            "newest": newest, "version": version, "allow_add": allow_add, "reads": reads,
        });
        wrap(store, &Ask::default(), data)
    })
    .await
}

/// A view as a file: `events.csv`, `network.gexf` …
pub(crate) async fn file(
    Held(state): Held<State>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    let missing = || Error::new(ErrorKind::Missing, format!("no answer is called {name:?}"));
    let (view, kind) = name.rsplit_once('.').ok_or_else(missing)?;
    let make = export::find(view, kind).ok_or_else(missing)?;
    let host = headers.get("host").and_then(|v| v.to_str().ok()).unwrap_or("localhost").to_owned();
    let query = query.unwrap_or_default();
    let body = state.pool.ask(move |store| make(store, &query, &host)).await?;
    let mime = match kind {
        "csv" => "text/csv; charset=utf-8",
        "jsonl" => "application/jsonl; charset=utf-8",
        "geojson" => "application/geo+json",
        "gexf" => "application/gexf+xml",
        _ => return Ok(tagged(&headers, "application/atom+xml; charset=utf-8", body)),
    };
    Ok(download(&headers, mime, &format!("demarche-{name}"), body))
}
