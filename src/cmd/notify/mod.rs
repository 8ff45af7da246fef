//! `demarche notify`: events of a database to web addresses, each once, and again when it changes.

mod journal;
mod notice;
mod plan;
mod post;

use super::db::{DbArgs, FilterArgs, stop};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::text::safe;
use fetch::{Fetcher, Limits};
use journal::Journal;
use plan::{Hook, Plan};
use post::{Courier, Outcome};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};
use store::Store;

/// Post events to web addresses, each once, and again when its sources or facts change.
///
/// One address with the filters of `demarche events`:
///
///     demarche notify --post https://example.org/in --type ASSAULT,MOBILIZE --ind 2
///
/// or several searches, each with its address, in a file given with --config:
///
///     every = "1m"                   # between two looks at the database
///     [[hook]]
///     name = "ports"
///     url = "https://example.org/in"
///     secret_env = "PORTS_SECRET"    # environment variable with the secret of the signature
///     search = { whom = "PER", type = "ASSAULT,MOBILIZE", ind = "2" }
///
/// What the database holds when a search is first seen is taken as known and not posted, unless --backlog is given. What
/// was delivered is written to a journal beside the database, so that a new start posts nothing twice. docs/webhooks.md
/// describes what is posted and how a receiver checks the signature.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,

    /// Address that events are posted to
    #[arg(long, value_name = "URL", required_unless_present = "config", conflicts_with = "config")]
    post: Option<String>,

    /// Secret of the signature for --post: whsec_ and base64, or 16 characters or more
    #[arg(long, value_name = "SECRET", env = "DEMARCHE_WEBHOOK_SECRET", hide_env_values = true)]
    secret: Option<String>,

    /// File with several searches and addresses
    #[arg(long, value_name = "HOOKS.toml")]
    config: Option<PathBuf>,

    /// Where to keep what was delivered [default: the database's name with .notify.jsonl]
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,

    /// Post what the database holds already, too, when a search is first seen
    #[arg(long)]
    backlog: bool,

    /// Look once, post what is new, and end: for cron
    #[arg(long)]
    once: bool,

    /// Attempts at one message before its address is left alone for a while
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=10))]
    tries: u32,

    /// Let addresses lead into private networks
    #[arg(long)]
    allow_private: bool,

    /// Say only what went wrong
    #[arg(long)]
    quiet: bool,
}

/// Longest wait before an address that failed is tried again.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// Time for one attempt at one message.
const PATIENCE: Duration = Duration::from_secs(15);
/// Messages that an address may refuse for good in one round before it is left alone.
const REFUSALS: usize = 3;

/// A hook while the program runs.
struct Running<'a> {
    hook: &'a Hook,
    failures: u32,
    due: Instant,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let plan = plan(args)?;
    let path = args.journal.clone().unwrap_or_else(|| beside(&args.db.db));
    args.db.read()?;
    let mut journal = Journal::open(&path).map_err(|e| journal_stop(&path, &e))?;
    let limits = Limits {
        private: args.allow_private,
        patience: PATIENCE,
        bytes: 64 << 10,
        redirects: 0,
        ..Limits::default()
    };
    let courier = Courier { fetcher: Fetcher::new(&limits), tries: args.tries };
    let log = |good: bool, text: &str| {
        if !good || !args.quiet {
            screen.note(&format!("{} {}\n", store::day::now(), safe(text)));
        }
    };
    let start = Instant::now();
    let mut hooks: Vec<Running<'_>> =
        plan.hooks.iter().map(|hook| Running { hook, failures: 0, due: start }).collect();
    let mut looked = None;
    loop {
        let now = changed(&args.db.db);
        let mut failed = 0;
        for running in &mut hooks {
            let waits = looked == Some(now) && running.failures == 0 || running.due > Instant::now();
            if waits && !args.once {
                continue;
            }
            let left = round(args, running.hook, &mut journal, &courier, &log)?;
            failed += left;
            running.failures = if left == 0 { 0 } else { running.failures + 1 };
            let wait = plan.every.saturating_mul(1 << running.failures.min(12)).min(LONGEST.max(plan.every));
            running.due = Instant::now() + if left == 0 { Duration::ZERO } else { wait };
        }
        if args.once {
            return Ok(Tally { failed, internal: 0 });
        }
        looked = Some(now);
        std::thread::sleep(plan.every);
    }
}

/// One look for one hook: how many messages could not be delivered.
fn round(
    args: &Args,
    hook: &Hook,
    journal: &mut Journal,
    courier: &Courier,
    log: &impl Fn(bool, &str),
) -> Result<usize, Stop> {
    // The database is let go before anything is posted: a slow receiver must not hold a snapshot of it.
    let found = {
        let store = Store::read(&args.db.db).map_err(stop)?;
        store.hold().map_err(stop)?;
        let first = !journal.knows(&hook.key()) && !args.backlog;
        notice::look(&store, hook, journal, first).map_err(stop)?
    };
    if !journal.knows(&hook.key()) {
        journal.note_all(&hook.key(), &found.known)?;
        journal.begin(&hook.key())?;
        log(true, &format!("{}: {} events are there already and not posted", hook.name, found.known.len()));
    }
    let (mut left, mut refused) = (found.notices.len(), 0);
    for notice in found.notices {
        let outcome = courier.deliver(hook, &notice);
        match outcome {
            Outcome::Taken => {
                left -= 1;
                journal.note(&hook.key(), &notice)?;
                log(true, &format!("{}: {} {} posted", hook.name, notice.what.as_str(), notice.id));
            }
            Outcome::Refused(why) => {
                log(false, &format!("{}: {} was refused: {why}", hook.name, notice.id));
                refused += 1;
                if refused == REFUSALS {
                    break;
                }
            }
            Outcome::Failed(why) => {
                log(false, &format!("{}: {why}; {left} messages wait", hook.name));
                break;
            }
        }
    }
    Ok(left)
}

fn plan(args: &Args) -> Result<Plan, Stop> {
    if let Some(url) = &args.post {
        let hook = Hook::new("events", url, args.secret.as_deref(), args.filter.filter()?);
        return Ok(Plan { every: plan::EVERY, hooks: vec![hook.map_err(|e| Stop::Usage(e, None))?] });
    }
    let file = args.config.as_deref().unwrap_or(Path::new("hooks.toml"));
    if args.filter.filter()? != store::query::Filter::default() {
        let hint = "write it as search = { … } under its [[hook]]";
        return Err(Stop::Usage(
            "a filter beside --config belongs to no hook".to_owned(),
            Some(hint.to_owned()),
        ));
    }
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|e| {
        Stop::Usage(format!("{name}: {e}"), Some("demarche notify --help shows what it may say".to_owned()))
    })?;
    Plan::parse(&text, |name| std::env::var(name).ok()).map_err(|e| Stop::Usage(format!("{name}: {e}"), None))
}

/// `news.db` to `news.db.notify.jsonl`.
fn beside(db: &Path) -> PathBuf {
    let mut name = db.as_os_str().to_owned();
    name.push(".notify.jsonl");
    PathBuf::from(name)
}

fn journal_stop(path: &Path, e: &std::io::Error) -> Stop {
    let name = path.display();
    match e.kind() {
        std::io::ErrorKind::WouldBlock => Stop::Usage(
            format!("another `demarche notify` writes to {name}"),
            Some("one at a time, or give this one another --journal".to_owned()),
        ),
        _ => Stop::Usage(
            format!("{name}: {e}"),
            Some("--journal FILE puts it where it can be written".to_owned()),
        ),
    }
}

/// When the database was last written: its own time and that of its log.
fn changed(db: &Path) -> [Option<(SystemTime, u64)>; 2] {
    let mut log = db.as_os_str().to_owned();
    log.push("-wal");
    [db, Path::new(&log)].map(|path| {
        let about = std::fs::metadata(path).ok()?;
        Some((about.modified().ok()?, about.len()))
    })
}
