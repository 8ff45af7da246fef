//! A pasted page to what it says, kept only when that is allowed and asked for.

use super::wrap;
use crate::answer::{Answer, plain};
use crate::app::State;
use crate::ask::Ask;
use crate::config::Paste;
use crate::error::{Error, ErrorKind};
use axum::body::Bytes;
use axum::extract::{RawQuery, State as Held};
use axum::http::StatusCode;
use serde_json::json;
use store::query::article;

/// `POST /read`: reads the body, text or HTML. `date` and `keep=yes` may stand in the query.
pub(crate) async fn read(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    body: Bytes,
) -> Result<Answer, Error> {
    let ask = Ask::read(&q.unwrap_or_default(), &["date", "keep"]);
    let keep = ask.get("keep") == Some("yes");
    if keep && !state.allow_add {
        return Err(Error::new(
            ErrorKind::Forbidden,
            "this server was started to show pages, not to add them",
        )
        .hint("Start it with --allow-add to keep pages."));
    }
    let read = state.read.clone();
    let read = read.ok_or_else(|| Error::new(ErrorKind::Forbidden, "this server reads no pages"))?;
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(ErrorKind::Page, "there is nothing to read").hint("Paste the text of a page."));
    }
    let paste = Paste { body: body.to_vec(), date: ask.get("date").map(str::to_owned), keep };
    let answer = state.pool.ask(move |store| {
        let made = read(paste).map_err(|e| Error::new(ErrorKind::Page, e))?;
        let page = article::of_record(&made.record);
        let mut out = wrap(store, &Ask::default(), page)?;
        out.extra.insert("kept".to_owned(), json!(made.kept));
        serde_json::to_vec(&out).map_err(|e| Error::new(ErrorKind::Store, e.to_string()))
    });
    Ok(plain(StatusCode::OK, "application/json", answer.await?))
}
