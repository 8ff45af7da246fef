//! What a host asks of programs: how long to wait, and what to leave alone.

use super::shelf::Shelf;
use fetch::{Fetcher, Reason};
use jiff::Timestamp;
use robotxt::{Agent, Robots};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// What the program calls itself in robots.txt.
const AGENT: &str = "demarche";
/// How long rules are believed (RFC 9309 allows a day).
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
/// Longest delay that a host may ask for between two requests.
const LONGEST: Duration = Duration::from_secs(60);

/// What is known of a host across runs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HostState {
    /// When its rules were fetched.
    fetched: Option<Timestamp>,
    /// Its robots.txt; nothing when it has none.
    robots: String,
    /// Not to be asked before this.
    pub rest_until: Option<Timestamp>,
}

/// A host during a round.
pub struct Host<'a> {
    origin: String,
    state: HostState,
    rules: Option<Robots>,
    delay: Duration,
    last: Option<Instant>,
    shelf: &'a Shelf,
    fetcher: &'a Fetcher,
}

impl<'a> Host<'a> {
    /// The host with this origin (`https://host:port`).
    pub fn new(origin: &str, delay: Duration, shelf: &'a Shelf, fetcher: &'a Fetcher) -> Self {
        let state = shelf.load("hosts", origin);
        Host { origin: origin.to_owned(), state, rules: None, delay, last: None, shelf, fetcher }
    }

    /// True while the host has asked to be left alone.
    pub fn rests(&self) -> bool {
        self.state.rest_until.is_some_and(|t| t > Timestamp::now())
    }

    /// Leaves the host alone for a while.
    pub fn rest(&mut self, time: Duration) -> std::io::Result<()> {
        self.state.rest_until = Some(super::later(Timestamp::now(), time));
        self.shelf.save("hosts", &self.origin, &self.state)
    }

    /// Waits until the host may be asked again.
    pub fn pace(&mut self) {
        let asked = self.rules.as_ref().and_then(Robots::crawl_delay).unwrap_or_default().min(LONGEST);
        if let Some(last) = self.last {
            std::thread::sleep(self.delay.max(asked).saturating_sub(last.elapsed()));
        }
        self.last = Some(Instant::now());
    }

    /// True when the host lets programs fetch `url`. Its rules are fetched when there are none or they are old.
    ///
    /// # Errors
    /// The rules cannot be had now: then nothing may be fetched (RFC 9309), or the disk failed.
    pub fn lets(&mut self, url: &str) -> Result<bool, String> {
        if self.rules.is_none() {
            self.refresh()?;
            self.rules = Some(Robots::parse(self.state.robots.as_bytes(), Agent::Exact(AGENT)));
        }
        let path = url.get(self.origin.len()..).filter(|p| p.starts_with('/')).unwrap_or("/");
        Ok(self.rules.as_ref().is_none_or(|rules| rules.is_allowed(path)))
    }

    fn refresh(&mut self) -> Result<(), String> {
        let now = Timestamp::now();
        let age = self.state.fetched.map(|t| now.duration_since(t).unsigned_abs());
        if age.is_some_and(|age| age < FRESH) {
            return Ok(());
        }
        self.pace();
        self.state.robots = match self.fetcher.get(&format!("{}/robots.txt", self.origin)) {
            Ok(page) => String::from_utf8_lossy(&page.bytes).chars().take(500_000).collect(),
            Err(e) if matches!(e.reason, Reason::Status(400..=499) | Reason::Redirects) && !e.may_pass() => {
                String::new()
            }
            Err(e) => return Err(format!("robots.txt: {e}")),
        };
        self.state.fetched = Some(now);
        self.shelf.save("hosts", &self.origin, &self.state).map_err(|e| e.to_string())
    }
}

/// Scheme and host of an address, `https://host:port`.
pub fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |i| i + 3);
    let end = url.get(start..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |i| start + i);
    url.get(..end).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins() {
        assert_eq!(origin("https://x.example:8/a/b?c"), "https://x.example:8");
        assert_eq!(origin("http://x.example?c"), "http://x.example");
        assert_eq!(origin("http://x.example"), "http://x.example");
    }
}
