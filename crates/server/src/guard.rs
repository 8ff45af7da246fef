//! Who may ask, and with which headers every answer leaves: host, token, cross-site and content rules.

use crate::answer::{Answer, plain};
use crate::app::State;
use crate::error::{Error, ErrorKind};
use axum::extract::{Request, State as Held};
use axum::http::header::{
    AUTHORIZATION, CONTENT_SECURITY_POLICY, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use std::net::SocketAddr;

/// Nothing but our own files; no inline script or style, no frames, no other host.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// Name of the header that posts must bring, and of the cookie that holds the token.
pub(crate) const CSRF: &str = "x-desk-token";
const COOKIE_NAME: &str = "desk";

/// Lets a request through or refuses it, and puts the common headers on the answer.
pub(crate) async fn guard(Held(state): Held<State>, request: Request, next: Next) -> Answer {
    let mut answer = match check(&state, &request) {
        Ok(None) => next.run(request).await,
        Ok(Some(answer)) => answer,
        Err(e) => e.into_response(),
    };
    let headers = answer.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    answer
}

/// `Some` answers at once: a link with a token becomes a cookie.
fn check(state: &State, request: &Request) -> Result<Option<Answer>, Error> {
    let headers = request.headers();
    let host = text(headers, &HOST).or_else(|| request.uri().authority().map(|a| a.as_str())).unwrap_or("");
    if !host_allowed(host, state.listen, &state.hosts, state.token.is_some()) {
        let message = format!("this server does not answer to the name {host:?}");
        return Err(
            Error::new(ErrorKind::Forbidden, message).hint("Start it with --host NAME to allow that name.")
        );
    }
    if let Some(token) = &state.token {
        if let Some(given) = linked(request.uri().query().unwrap_or("")) {
            return if same(&given, token) { Ok(Some(welcome(request, token))) } else { Err(unknown()) };
        }
        let given = bearer(headers).or_else(|| cookie(headers));
        if !given.is_some_and(|g| same(&g, token)) {
            return Err(unknown());
        }
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let origin = text(headers, &ORIGIN).map(|o| o.split_once("://").map_or(o, |(_, h)| h));
        let own = origin.is_none_or(|o| o.eq_ignore_ascii_case(host));
        let brought = headers.get(CSRF).and_then(|v| v.to_str().ok()).unwrap_or("");
        if !own || !same(brought, &state.csrf) {
            return Err(Error::new(
                ErrorKind::Forbidden,
                "the request did not come from the desk's own page",
            )
            .hint("Reload the page and try again."));
        }
    }
    Ok(None)
}

fn unknown() -> Error {
    Error::new(ErrorKind::Forbidden, "a token is needed")
        .hint("Open the link with ?token=… that the program printed.")
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

/// A page from elsewhere must not reach the server under a name of its own (DNS rebinding).
fn host_allowed(host: &str, listen: SocketAddr, hosts: &[String], token: bool) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let address = name.parse::<std::net::IpAddr>().ok();
    name.eq_ignore_ascii_case("localhost")
        || address
            .is_some_and(|a| a == listen.ip() || (a.is_loopback() && listen.ip().is_loopback()) || token)
        || hosts.iter().any(|h| h.eq_ignore_ascii_case(name))
}

/// Compares without saying by its time how much was right.
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (x, y)| sum | (x ^ y)) == 0
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    text(headers, &AUTHORIZATION)?.strip_prefix("Bearer ").map(|t| t.trim().to_owned())
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let list = text(headers, &COOKIE)?;
    list.split(';').find_map(|c| c.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('=').map(str::to_owned))
}

fn linked(query: &str) -> Option<String> {
    query.split('&').find_map(|p| p.strip_prefix("token=").map(str::to_owned))
}

/// Keeps the token as a cookie and goes on to the same path without it.
fn welcome(request: &Request, token: &str) -> Answer {
    let mut out = plain(StatusCode::SEE_OTHER, "text/plain", Vec::new());
    let set = format!("{COOKIE_NAME}={token}; HttpOnly; SameSite=Strict; Path=/");
    let path = request.uri().path();
    let path = if path.starts_with("//") { "/" } else { path };
    for (name, value) in [(SET_COOKIE, set.as_str()), (LOCATION, path)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.headers_mut().insert(name, value);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_are_answered() {
        let local: SocketAddr = "127.0.0.1:8787".parse().unwrap();
        let ok = |host| host_allowed(host, local, &[], false);
        assert!(ok("localhost:8787") && ok("127.0.0.1:8787") && ok("[::1]:8787"));
        assert!(!ok("evil.example") && !ok("evil.example:8787") && !ok("") && !ok("10.0.0.1"));
        assert!(!ok("127.0.0.1.evil.example"));
        assert!(host_allowed("desk.lan", local, &["desk.lan".to_owned()], false));
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
    }
}
