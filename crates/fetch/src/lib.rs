//! Web addresses to the bytes behind them, within limits and without being led into private networks.
//!
//! Only `http` and `https`; the addresses that a name resolves to are checked for the first request and again for every
//! redirect; time, size (after unpacking), headers and redirects are limited. What is refused says why and what helps.
//!
//! ```
//! use demarche_fetch::{Fetcher, Limits, Reason};
//! let fetcher = Fetcher::new(&Limits::default());
//! let refused = fetcher.get("http://127.0.0.1/admin").unwrap_err();
//! assert_eq!(refused.reason, Reason::Private);
//! ```

mod network;

use network::Guard;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::time::Duration;
use ureq::ResponseExt;
use ureq::config::Config;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::transport::DefaultConnector;

/// What a fetch may take and where it may go.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Let addresses of this machine and of private networks through, and use the proxy that the environment names.
    pub private: bool,
    /// Single addresses to let through though they are private.
    pub exceptions: Vec<IpAddr>,
    /// Largest body in bytes, after unpacking.
    pub bytes: u64,
    /// Time for the whole of one fetch, redirects and body included.
    pub patience: Duration,
    /// Redirects followed.
    pub redirects: u32,
    /// What the program calls itself.
    pub agent: String,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            private: false,
            exceptions: Vec::new(),
            bytes: 16 << 20,
            patience: Duration::from_secs(30),
            redirects: 5,
            agent: concat!("demarche/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// A page to ask for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request<'a> {
    /// Address.
    pub url: &'a str,
    /// `ETag` of an earlier answer: the server may say that nothing changed.
    pub etag: Option<&'a str>,
    /// `Last-Modified` of an earlier answer.
    pub last_modified: Option<&'a str>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The body.
    Page(Fetched),
    /// The page is as it was in the earlier answer.
    Unchanged,
}

/// A page from the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Address after redirects.
    pub url: String,
    /// The body, unpacked.
    pub bytes: Vec<u8>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `ETag`, for the next request.
    pub etag: Option<String>,
    /// `Last-Modified`, for the next request.
    pub last_modified: Option<String>,
}

/// Why a page was not fetched, as a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Neither http nor https, or no address at all.
    Address,
    /// This machine or a private network.
    Private,
    /// The server said no, with this status.
    Status(u16),
    /// It took too long.
    Slow,
    /// More bytes than allowed.
    Large,
    /// Too many redirects.
    Redirects,
    /// The connection or its content broke.
    Broken,
}

/// Why a page was not fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its class.
    pub reason: Reason,
    /// One line.
    pub message: String,
    /// What helps.
    pub hint: Option<&'static str>,
    /// How long the server asks to wait, at most a day.
    pub retry_after: Option<Duration>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for Refusal {}

impl Refusal {
    /// True when it may go better later: overload, time-outs, broken connections, server faults.
    pub fn may_pass(&self) -> bool {
        match self.reason {
            Reason::Status(status) => status == 408 || status == 425 || status == 429 || status >= 500,
            Reason::Slow | Reason::Broken => true,
            _ => false,
        }
    }
}

/// Fetches pages; connections are kept between calls, threads may share it.
pub struct Fetcher {
    agent: ureq::Agent,
    bytes: u64,
}

impl Fetcher {
    /// A fetcher within `limits`.
    pub fn new(limits: &Limits) -> Self {
        let mut config = Config::builder()
            .timeout_global(Some(limits.patience))
            .max_redirects(limits.redirects)
            .http_status_as_error(false)
            .user_agent(&limits.agent);
        if !limits.private {
            // A proxy would resolve names out of our sight.
            config = config.proxy(None);
        }
        let guard = Guard::new(limits.private, limits.exceptions.clone());
        let agent = ureq::Agent::with_parts(config.build(), DefaultConnector::default(), guard);
        Fetcher { agent, bytes: limits.bytes }
    }

    /// The page at `url`.
    ///
    /// # Errors
    /// Anything that kept the page from coming whole.
    pub fn get(&self, url: &str) -> Result<Fetched, Refusal> {
        match self.ask(&Request { url, ..Request::default() })? {
            Answer::Page(page) => Ok(page),
            Answer::Unchanged => Err(status(304, &HeaderMap::new())),
        }
    }

    /// The page of `request`, or that it has not changed.
    ///
    /// # Errors
    /// Anything that kept the page from coming whole.
    pub fn ask(&self, request: &Request<'_>) -> Result<Answer, Refusal> {
        web(request.url)?;
        let mut call = self.agent.get(request.url);
        if let Some(etag) = request.etag {
            call = call.header("if-none-match", etag);
        }
        if let Some(date) = request.last_modified {
            call = call.header("if-modified-since", date);
        }
        let mut response = call.call().map_err(|e| refusal(&e))?;
        match response.status().as_u16() {
            304 if request.etag.is_some() || request.last_modified.is_some() => return Ok(Answer::Unchanged),
            200..=299 => {}
            other => return Err(status(other, response.headers())),
        }
        let bytes =
            response.body_mut().with_config().limit(self.bytes).read_to_vec().map_err(|e| refusal(&e))?;
        Ok(Answer::Page(Fetched {
            url: response.get_uri().to_string(),
            bytes,
            content_type: header(&response, "content-type"),
            etag: header(&response, "etag"),
            last_modified: header(&response, "last-modified"),
        }))
    }

    /// Posts `body` to `url`. Redirects are not followed: what was meant for one address goes to no other.
    ///
    /// # Errors
    /// Anything but an answer of success.
    pub fn post(&self, url: &str, headers: &[(&str, String)], body: &[u8]) -> Result<(), Refusal> {
        web(url)?;
        let mut call = self.agent.post(url).config().max_redirects(0).build();
        for (name, value) in headers {
            call = call.header(*name, value);
        }
        let response = call.send(body).map_err(|e| refusal(&e))?;
        match response.status().as_u16() {
            200..=299 => Ok(()),
            300..=399 => Err(plain(Reason::Redirects, "the address leads on to another one")),
            other => Err(Refusal { hint: None, ..status(other, response.headers()) }),
        }
    }
}

/// Refuses what is no web address.
fn web(url: &str) -> Result<(), Refusal> {
    let scheme = url.split_once("://").map(|(s, _)| s.to_ascii_lowercase());
    if matches!(scheme.as_deref(), Some("http" | "https")) {
        return Ok(());
    }
    Err(plain(Reason::Address, "only addresses that begin with http:// or https:// are fetched"))
}

fn header<T>(response: &Response<T>, name: &str) -> Option<String> {
    response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

fn plain(reason: Reason, message: impl Into<String>) -> Refusal {
    Refusal { reason, message: message.into(), hint: None, retry_after: None }
}

/// Longest wait that a server may ask for.
const DAY: u64 = 24 * 60 * 60;

fn status(status: u16, headers: &HeaderMap) -> Refusal {
    let hint = match status {
        401 | 402 | 403 | 451 => {
            Some("the site does not give this page to programs: save it and give the file")
        }
        404 | 410 => Some("is the address right?"),
        429 => Some("the site wants fewer requests: wait, then try again"),
        _ => None,
    };
    let seconds =
        headers.get("retry-after").and_then(|v| v.to_str().ok()).and_then(|v| v.trim().parse().ok());
    let retry_after = seconds.map(|s: u64| Duration::from_secs(s.min(DAY)));
    Refusal { hint, retry_after, ..plain(Reason::Status(status), format!("http status: {status}")) }
}

fn refusal(e: &ureq::Error) -> Refusal {
    let (reason, hint) = match e {
        ureq::Error::Timeout(_) => (Reason::Slow, Some("try again, or save the page and give the file")),
        ureq::Error::HostNotFound => (Reason::Broken, Some("is the address right, and the network up?")),
        ureq::Error::BodyExceedsLimit(_) => (Reason::Large, Some("save the page and give the file")),
        ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => (Reason::Redirects, None),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => (Reason::Address, Some("is the address right?")),
        ureq::Error::Io(e) if e.kind() == ErrorKind::PermissionDenied => {
            (Reason::Private, Some("--allow-private lets it through"))
        }
        ureq::Error::Io(e) if e.kind() == ErrorKind::TimedOut => (Reason::Slow, Some("try again")),
        _ => (Reason::Broken, None),
    };
    Refusal { hint, ..plain(reason, e.to_string()) }
}
