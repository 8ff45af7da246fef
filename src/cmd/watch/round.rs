//! One round of watching: feeds that are due are polled, pages that they name are fetched, host by host.

use super::host::{Host, origin};
use super::plan::{Articles, Feed, Plan};
use super::shelf::{FeedState, Item, Kept, Shelf};
use super::{later, stamp};
use fetch::{Answer, Fetcher, Refusal, Request};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Longest wait after failures.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// First wait before a page is tried again; each further one is four times as long.
const AGAIN: Duration = Duration::from_secs(5 * 60);
/// Most pages of one feed that wait to be fetched.
const MOST_OPEN: usize = 10_000;

/// Everything that a round works with.
pub struct Round<'a> {
    plan: &'a Plan,
    shelf: &'a Shelf,
    fetcher: &'a Fetcher,
    workers: usize,
    log: &'a (dyn Fn(bool, &str) + Sync),
    states: Vec<Mutex<FeedState>>,
    failed: AtomicUsize,
}

/// How a round went.
pub struct Result {
    /// Feeds and pages that failed.
    pub failed: usize,
    /// When something is due next.
    pub next: Option<Timestamp>,
}

impl<'a> Round<'a> {
    /// Loads what is known of the feeds.
    pub fn new(
        plan: &'a Plan,
        shelf: &'a Shelf,
        fetcher: &'a Fetcher,
        workers: usize,
        log: &'a (dyn Fn(bool, &str) + Sync),
    ) -> Self {
        let load =
            |feed: &Feed| Mutex::new(FeedState { url: feed.url.clone(), ..shelf.load("feeds", &feed.url) });
        let states = plan.feeds.iter().map(load).collect();
        Round { plan, shelf, fetcher, workers, log, states, failed: AtomicUsize::new(0) }
    }

    fn state(&self, feed: usize) -> MutexGuard<'_, FeedState> {
        self.states[feed].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, text: &str) {
        self.failed.fetch_add(1, Ordering::Relaxed);
        (self.log)(false, text);
    }

    /// Polls what is due (with `now`, everything that is not backing off) and fetches what is open.
    ///
    /// # Errors
    /// The disk.
    pub fn run(&self, now: bool) -> io::Result<Result> {
        self.failed.store(0, Ordering::Relaxed);
        let moment = Timestamp::now();
        let due = |n: &usize| {
            let state = self.state(*n);
            now && state.failures == 0 || state.next.is_none_or(|t| t <= moment)
        };
        let feeds: Vec<usize> = (0..self.plan.feeds.len()).filter(due).collect();
        let url = |n: &usize| self.plan.feeds[*n].url.clone();
        self.by_host(feeds, url, |host, n| self.poll(host, n))?;
        let mut taken = HashSet::new();
        let mut pages = Vec::new();
        for n in 0..self.plan.feeds.len() {
            let mut state = self.state(n);
            state.open.retain(|item| !self.shelf.knows(&item.url));
            let ready = |item: &&Item| item.next.is_none_or(|t| t <= moment);
            let fresh = state.open.iter().filter(ready).take(self.plan.pages);
            pages.extend(fresh.filter(|i| taken.insert(i.url.clone())).map(|i| (n, i.clone())));
        }
        self.by_host(pages, |(_, item)| item.url.clone(), |host, (n, item)| self.fetch(host, n, &item))?;
        let mut next: Option<Timestamp> = None;
        for n in 0..self.plan.feeds.len() {
            let state = self.state(n);
            self.shelf.save("feeds", &state.url, &*state)?;
            // Pages beyond the share of a round are due at once.
            let open = state.open.iter().map(|i| i.next.unwrap_or(moment)).min();
            next = [next, state.next, open].into_iter().flatten().min();
        }
        Ok(Result { failed: self.failed.load(Ordering::Relaxed), next })
    }

    /// Runs `work` on all tasks: hosts side by side, the tasks of one host one after another.
    fn by_host<T: Send>(
        &self,
        tasks: Vec<T>,
        url: impl Fn(&T) -> String,
        work: impl Fn(&mut Host<'_>, T) -> io::Result<()> + Sync,
    ) -> io::Result<()> {
        let mut hosts: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for task in tasks {
            hosts.entry(origin(&url(&task)).to_owned()).or_default().push(task);
        }
        let threads = self.workers.min(hosts.len());
        let queue: Mutex<VecDeque<_>> = Mutex::new(hosts.into_iter().collect());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let one = || {
            while let Some((origin, tasks)) = next() {
                let mut host = Host::new(&origin, self.plan.delay, self.shelf, self.fetcher);
                tasks.into_iter().try_for_each(|task| work(&mut host, task))?;
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
            running.into_iter().try_for_each(|thread| {
                thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread of the watch failed")))
            })
        })
    }

    fn poll(&self, host: &mut Host<'_>, n: usize) -> io::Result<()> {
        let feed = &self.plan.feeds[n];
        if host.rests() {
            return Ok(());
        }
        let (etag, last_modified) = {
            let state = self.state(n);
            (state.etag.clone(), state.last_modified.clone())
        };
        host.pace();
        let request =
            Request { url: &feed.url, etag: etag.as_deref(), last_modified: last_modified.as_deref() };
        let answer = self.fetcher.ask(&request);
        let moment = Timestamp::now();
        let mut state = self.state(n);
        let found = match answer {
            Ok(Answer::Unchanged) => {
                (self.log)(true, &format!("feed {}: unchanged", feed.url));
                Ok(())
            }
            Ok(Answer::Page(page)) => match reader::format::feed::items(&page.bytes) {
                Ok(items) => {
                    let (new, what) = match feed.articles {
                        Articles::Pages => (self.note(&mut state, &page.url, items), "pages"),
                        Articles::Feed => (self.take(&feed.url, &page.url, items)?, "articles"),
                    };
                    state.etag = page.etag;
                    state.last_modified = page.last_modified;
                    (self.log)(true, &format!("feed {}: {new} new {what}", feed.url));
                    Ok(())
                }
                Err(e) => Err(e.to_string()),
            },
            Err(e) => {
                rest(host, &e)?;
                Err(e.to_string())
            }
        };
        state.failures = if found.is_ok() { 0 } else { state.failures + 1 };
        let wait = feed.every.saturating_mul(1 << state.failures.min(12)).min(LONGEST.max(feed.every));
        state.next = Some(later(moment, wait));
        // New pages and the tag that says they are known go to the disk together.
        self.shelf.save("feeds", &state.url, &*state)?;
        drop(state);
        if let Err(why) = found {
            self.fail(&format!("feed {}: {why}", feed.url));
        }
        Ok(())
    }

    /// Adds the items that are neither here nor waiting; says how many.
    fn note(&self, state: &mut FeedState, base: &str, items: Vec<reader::format::feed::Item>) -> usize {
        let mut new = 0;
        for item in items {
            let Some(url) = item.url.as_deref().and_then(|u| absolute(base, u)) else { continue };
            let waits = state.open.iter().any(|i| i.url == url);
            if waits || self.shelf.knows(&url) || state.open.len() >= MOST_OPEN {
                continue;
            }
            new += 1;
            state.open.push(Item { url, title: item.title, published: item.published, ..Item::default() });
        }
        new
    }

    /// Keeps the items that are not here yet as they stand in the feed; says how many.
    fn take(&self, feed: &str, base: &str, items: Vec<reader::format::feed::Item>) -> io::Result<usize> {
        let mut new = 0;
        for item in items {
            let url = item.url.as_deref().and_then(|u| absolute(base, u));
            let link = url.as_deref().unwrap_or(&item.id);
            let html = item.html.as_deref().unwrap_or_default();
            if link.is_empty() || html.trim().is_empty() || self.shelf.knows(link) {
                continue;
            }
            new += 1;
            self.shelf.keep(&Kept {
                url: link,
                link,
                feed,
                fetched: stamp(Timestamp::now()),
                title: item.title.as_deref(),
                published: item.published.as_deref(),
                authors: &item.authors,
                publisher: item.publisher.as_deref(),
                language: item.language.as_deref(),
                html,
            })?;
        }
        Ok(new)
    }

    fn fetch(&self, host: &mut Host<'_>, n: usize, item: &Item) -> io::Result<()> {
        if host.rests() {
            return Ok(());
        }
        match host.lets(&item.url) {
            Ok(true) => {}
            Ok(false) => return self.give_up(n, item, "robots.txt does not let programs fetch it"),
            Err(why) => return self.again(n, item, &why),
        }
        host.pace();
        let page = match self.fetcher.get(&item.url) {
            Ok(page) => page,
            Err(e) => {
                rest(host, &e)?;
                return if e.may_pass() {
                    self.again(n, item, &e.message)
                } else {
                    self.give_up(n, item, &e.message)
                };
            }
        };
        let kind = page.content_type.as_deref().unwrap_or("text/html").to_ascii_lowercase();
        if !["text/html", "application/xhtml+xml", "text/plain"].iter().any(|k| kind.starts_with(k)) {
            return self.give_up(n, item, &format!("no page but {kind}"));
        }
        let html = reader::text(&page.bytes, page.content_type.as_deref());
        let kept = Kept {
            url: &page.url,
            link: &item.url,
            feed: &self.plan.feeds[n].url,
            fetched: stamp(Timestamp::now()),
            title: item.title.as_deref(),
            published: item.published.as_deref(),
            html: &html,
            ..Kept::default()
        };
        self.shelf.keep(&kept)?;
        self.state(n).open.retain(|i| i.url != item.url);
        (self.log)(true, &format!("page {}", item.url));
        Ok(())
    }

    fn again(&self, n: usize, item: &Item, why: &str) -> io::Result<()> {
        if item.tries + 1 >= self.plan.tries {
            return self.give_up(n, item, &format!("{why}; {} attempts", item.tries + 1));
        }
        let mut state = self.state(n);
        let wait = AGAIN.saturating_mul(1 << (2 * item.tries.min(8))).min(LONGEST);
        if let Some(open) = state.open.iter_mut().find(|i| i.url == item.url) {
            open.tries += 1;
            open.next = Some(later(Timestamp::now(), wait));
        }
        self.shelf.save("feeds", &state.url, &*state)?;
        drop(state);
        self.fail(&format!("page {}: {why}; again later", item.url));
        Ok(())
    }

    fn give_up(&self, n: usize, item: &Item, why: &str) -> io::Result<()> {
        self.shelf.give_up(&item.url, &self.plan.feeds[n].url, why)?;
        self.state(n).open.retain(|i| i.url != item.url);
        self.fail(&format!("page {}: {why}; given up", item.url));
        Ok(())
    }
}

/// Leaves a host alone that asks for it.
fn rest(host: &mut Host<'_>, e: &Refusal) -> io::Result<()> {
    match (e.retry_after, e.reason) {
        (Some(time), _) => host.rest(time),
        (None, fetch::Reason::Status(429 | 503)) => host.rest(AGAIN),
        _ => Ok(()),
    }
}

/// An item's address, without its fragment; relative ones belong to the feed's.
fn absolute(base: &str, url: &str) -> Option<String> {
    let url = url.trim().split('#').next()?;
    if url.starts_with("http://") || url.starts_with("https://") {
        Some(url.to_owned())
    } else if let Some(rest) = url.strip_prefix("//") {
        Some(format!("{}://{rest}", base.split("://").next()?))
    } else if url.starts_with('/') {
        Some(format!("{}{url}", origin(base)))
    } else {
        None
    }
}
