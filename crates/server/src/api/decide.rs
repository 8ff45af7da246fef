//! What a reader decides about stories, written only when the server allows it.

use super::wrap;
use crate::answer::{Answer, plain};
use crate::app::State;
use crate::ask::Ask;
use crate::error::{Error, ErrorKind};
use axum::extract::{Path, RawQuery, State as Held};
use axum::http::StatusCode;
use store::day::now;
use store::{Decided, Merger, Store};

/// Answers a decision with the stories that its reports are in now.
async fn decided(
    state: State,
    decide: impl FnOnce(&mut Store, &Merger) -> Result<Decided, store::Error> + Send + 'static,
) -> Result<Answer, Error> {
    if !state.allow_add {
        let message = "this server was started to show stories, not to change them";
        return Err(Error::new(ErrorKind::Forbidden, message)
            .hint("Start it with --allow-add, or use `demarche story merge` and `split`."));
    }
    let db = state.db.clone();
    let answer = state.pool.ask(move |reader| {
        let mut store = Store::open(&db)?;
        let done = decide(&mut store, &Merger::embedded()?);
        let done = done.map_err(|e| match e.kind() {
            store::ErrorKind::Missing => Error::new(ErrorKind::Request, e.to_string()),
            _ => e.into(),
        })?;
        let out = wrap(reader, &Ask::default(), done)?;
        serde_json::to_vec(&out).map_err(|e| Error::new(ErrorKind::Store, e.to_string()))
    });
    Ok(plain(StatusCode::OK, "application/json", answer.await?))
}

fn note(ask: &Ask) -> String {
    ask.get("note").unwrap_or_default().to_owned()
}

/// `POST /stories/{id}/merge?with=ID`: the two are one story.
pub(crate) async fn merge(
    Held(state): Held<State>,
    Path(id): Path<String>,
    RawQuery(q): RawQuery,
) -> Result<Answer, Error> {
    let ask = Ask::read(&q.unwrap_or_default(), &["with", "note"]);
    let with = ask.get("with").map(str::to_owned);
    let with = with.ok_or_else(|| Error::new(ErrorKind::Request, "the parameter with is needed"))?;
    decided(state, move |store, merger| store.merge_stories(merger, (&id, &with), &note(&ask), &now())).await
}

/// `POST /stories/{id}/split`: the reports named in the body, one a line, are another story.
pub(crate) async fn split(
    Held(state): Held<State>,
    Path(id): Path<String>,
    RawQuery(q): RawQuery,
    body: String,
) -> Result<Answer, Error> {
    let ask = Ask::read(&q.unwrap_or_default(), &["note"]);
    let reports: Vec<String> = body.split_whitespace().map(str::to_owned).collect();
    decided(state, move |store, merger| store.split_story(merger, &id, &reports, &note(&ask), &now())).await
}

/// `POST /decisions/{n}/undo`: a decision is taken back.
pub(crate) async fn undo(Held(state): Held<State>, Path(n): Path<i64>) -> Result<Answer, Error> {
    decided(state, move |store, merger| store.undo_decision(merger, n, &now())).await
}
