//! `demarche watch`: feeds to pages on the disk, politely, each page once.

mod bridge;
mod host;
mod plan;
mod round;
mod shelf;

use crate::exit::{Stop, Tally};
use crate::term::Screen;
use bridge::Bridge;
use fetch::{Fetcher, Limits};
use jiff::Timestamp;
use plan::Plan;
use round::Round;
use shelf::Shelf;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Poll feeds and keep the pages they name.
///
/// FEEDS.toml names the feeds and the folder for the pages:
///
///     out = "pages"
///     every = "15m"          # between two polls of a feed
///     delay = "2s"           # between two requests to one host
///     [[feed]]
///     url = "https://example.org/world.xml"
///     articles = "feed"      # its items are whole articles: keep them, fetch no pages
///
/// Every page becomes one JSON file that `demarche code` and the other commands read; its name comes from its address.
/// A page is fetched once; what could not be fetched is tried again, later and later. Feeds are asked only for what
/// changed; robots.txt is heeded for pages (the feeds are yours to name). The folder alone is the state: a run may be
/// killed at any moment and the next one goes on.
///
/// With --db the pages of every round are also read, coded and kept in a database, as `demarche add` does it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The feeds
    #[arg(value_name = "FEEDS.toml")]
    feeds: PathBuf,

    /// Also read and code the pages and keep them in this database
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,

    /// Poll once, fetch what is new, and end: for cron
    #[arg(long)]
    once: bool,

    /// Let addresses lead into private networks
    #[arg(long)]
    allow_private: bool,

    /// Hosts asked at the same time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    workers: u16,

    /// Say only what went wrong
    #[arg(long, short)]
    quiet: bool,
}

/// Longest sleep between two looks at what is due.
const NAP: Duration = Duration::from_secs(60);

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let name = args.feeds.display();
    let text = std::fs::read_to_string(&args.feeds).map_err(|e| {
        Stop::Usage(format!("{name}: {e}"), Some("demarche watch --help shows what it may say".to_owned()))
    })?;
    let beside = args.feeds.parent().unwrap_or(Path::new("."));
    let plan = Plan::parse(&text, beside).map_err(|e| Stop::Usage(format!("{name}: {e}"), None))?;
    let shelf = Shelf::open(&plan.out)?;
    let Some(_lock) = shelf.lock()? else {
        let message = format!("another `demarche watch` works on {}", plan.out.display());
        return Err(Stop::Usage(message, Some("one at a time, or give this one another `out`".to_owned())));
    };
    let limits = Limits { private: args.allow_private, patience: plan.patience, ..Limits::default() };
    let fetcher = Fetcher::new(&limits);
    let log = |good: bool, text: &str| {
        if !good || !args.quiet {
            screen.note(&format!("{} {}\n", stamp(Timestamp::now()), crate::term::text::safe(text)));
        }
    };
    let round = Round::new(&plan, &shelf, &fetcher, usize::from(args.workers), &log);
    let mut bridge = args.db.as_deref().map(|db| Bridge::new(db, &shelf, &log));
    loop {
        let result = round.run(args.once)?;
        let tally = bridge.as_mut().map_or_else(|| Ok(Tally::default()), Bridge::cross)?;
        if args.once {
            return Ok(Tally { failed: result.failed + tally.failed, internal: tally.internal });
        }
        let wait = result.next.map_or(NAP, |t| until(t).clamp(Duration::from_secs(1), NAP));
        std::thread::sleep(wait);
    }
}

/// Time until `moment`, zero when it has passed.
fn until(moment: Timestamp) -> Duration {
    let left = moment.duration_since(Timestamp::now());
    Duration::try_from(left).unwrap_or_default()
}

/// A moment to the second, ISO 8601.
fn stamp(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `moment` and `wait` later, a tenth more or less, so that many watchers do not come at once.
fn later(moment: Timestamp, wait: Duration) -> Timestamp {
    let noise =
        u64::from(Timestamp::now().subsec_nanosecond().unsigned_abs()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let part = (noise >> 40) as f64 / (1u64 << 24) as f64;
    let wait = wait.mul_f64(0.9 + 0.2 * part);
    moment.checked_add(jiff::SignedDuration::try_from(wait).unwrap_or_default()).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_jittered_by_a_tenth() {
        let now = Timestamp::now();
        for _ in 0..100 {
            let wait = later(now, Duration::from_secs(1000)).duration_since(now).as_secs_f64();
            assert!((900.0..=1100.0).contains(&wait), "{wait}");
        }
    }
}
