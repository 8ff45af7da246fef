//! Values to HTTP answers: JSON with an entity tag, files with a type, and the headers that every answer has.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use std::hash::{DefaultHasher, Hasher};

/// An answer as it leaves a handler.
pub(crate) type Answer = Response<Body>;

/// A body of a type.
pub(crate) fn plain(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Answer {
    let mut out = Response::new(Body::from(body));
    *out.status_mut() = status;
    out.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    out.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    out
}

/// True when a list of entity tags, as `If-None-Match` brings it, holds `tag`.
pub(crate) fn not_modified(list: &str, tag: &str) -> bool {
    list.split(',').any(|t| t.trim() == tag || t.trim() == "*")
}

/// A body with an entity tag; clients that have it get 304 and no body.
pub(crate) fn tagged(asked: &HeaderMap, kind: &'static str, body: Vec<u8>) -> Answer {
    let mut hasher = DefaultHasher::new();
    hasher.write(&body);
    let tag = format!("W/\"{:016x}-{:x}\"", hasher.finish(), body.len());
    let known = asked.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let same = known.is_some_and(|list| not_modified(list, &tag));
    let mut out = match same {
        true => plain(StatusCode::NOT_MODIFIED, kind, Vec::new()),
        false => plain(StatusCode::OK, kind, body),
    };
    if let Ok(value) = HeaderValue::from_str(&tag) {
        out.headers_mut().insert(ETAG, value);
    }
    out
}

/// A file to save under a name.
pub(crate) fn download(asked: &HeaderMap, kind: &'static str, name: &str, body: Vec<u8>) -> Answer {
    let mut out = tagged(asked, kind, body);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        out.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_body_is_not_sent_again() {
        let first = tagged(&HeaderMap::new(), "text/plain", b"one".to_vec());
        assert_eq!(first.status(), StatusCode::OK);
        let mut asked = HeaderMap::new();
        asked.insert(IF_NONE_MATCH, first.headers()[ETAG].clone());
        assert_eq!(tagged(&asked, "text/plain", b"one".to_vec()).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(tagged(&asked, "text/plain", b"two".to_vec()).status(), StatusCode::OK);
    }
}
