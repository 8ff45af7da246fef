//! Answers that were given, for as long as nobody writes to the database.

use crate::answer::{Answer, not_modified};
use crate::app::State;
use crate::error::Error;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Held};
use axum::http::header::{ETAG, HOST, IF_NONE_MATCH};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::Store;

/// Bytes kept, all answers together; beyond, they are forgotten and gathered anew.
const ROOM: usize = 64 << 20;
/// Rough size of what stands around a body: headers and the table's own.
const AROUND: usize = 1 << 10;

/// Answers by host and address, and the reader that notices writing.
pub(crate) struct Memory(Mutex<Kept>);

struct Kept {
    watcher: Store,
    state: i64,
    bytes: usize,
    answers: HashMap<String, (HeaderMap, Vec<u8>)>,
}

impl Memory {
    /// An empty memory over a database.
    pub fn open(path: &Path) -> Result<Memory, Error> {
        let watcher = Store::read(path)?;
        let state = watcher.state()?;
        Ok(Memory(Mutex::new(Kept { watcher, state, bytes: 0, answers: HashMap::new() })))
    }

    /// What is kept, emptied first when somebody has written since.
    fn look(&self) -> Result<MutexGuard<'_, Kept>, Error> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let state = kept.watcher.state()?;
        if state != kept.state {
            kept.state = state;
            kept.forget();
        }
        Ok(kept)
    }
}

impl Kept {
    fn forget(&mut self) {
        self.bytes = 0;
        self.answers.clear();
    }
}

/// Answers a question that was asked before out of the memory.
pub(crate) async fn remembered(Held(state): Held<State>, mut request: Request, next: Next) -> Answer {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    // Feeds name the host in their links.
    let host = request.headers().get(HOST).and_then(|v| v.to_str().ok()).unwrap_or("");
    let key = format!("{host} {}", request.uri());
    let asked = request.headers_mut().remove(IF_NONE_MATCH);
    let known = |headers: &HeaderMap| {
        let list = asked.as_ref().and_then(|v| v.to_str().ok()).unwrap_or("");
        headers.get(ETAG).and_then(|v| v.to_str().ok()).is_some_and(|tag| not_modified(list, tag))
    };
    let before = match state.memory.look() {
        Ok(kept) => match kept.answers.get(&key) {
            Some((headers, body)) => return answer(headers.clone(), body.clone(), known(headers)),
            None => kept.state,
        },
        Err(e) => return e.into_response(),
    };
    let fresh = next.run(request).await;
    if fresh.status() != StatusCode::OK {
        return fresh;
    }
    let (parts, body) = fresh.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let bytes = bytes.to_vec();
    if let Ok(mut kept) = state.memory.look()
        && kept.state == before
        && bytes.len() <= ROOM / 8
    {
        let size = bytes.len() + key.len() + AROUND;
        if kept.bytes + size > ROOM {
            kept.forget();
        }
        kept.bytes += size;
        kept.answers.insert(key, (parts.headers.clone(), bytes.clone()));
    }
    let same = known(&parts.headers);
    answer(parts.headers, bytes, same)
}

fn answer(headers: HeaderMap, body: Vec<u8>, same: bool) -> Answer {
    let mut out = Answer::new(if same { Body::empty() } else { Body::from(body) });
    *out.status_mut() = if same { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    *out.headers_mut() = headers;
    out
}
