//! Made-up articles into a database, and every question to it: throughput by ten thousand, percentiles of the answers.
//!
//! `cargo bench -p demarche-store --bench store -- [--articles N] [--a-day N] [--db FILE]`, or `--ask FILE` for
//! the questions alone. Articles are made, coded
//! already: reading, parsing and coding are not in the figures; links, stories and events are. One JSON line a step. Times
//! are of the processor, so that other work on the machine counts little.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)] // the figures are the output

#[path = "../tests/made/mod.rs"]
mod made;

use cpu_time::ThreadTime;
use demarche_store as store;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::day::Period;
use store::query::{self, Filter, agg, alerts, events, map, network};
use store::{Error, Merger, Outcome, Store};

/// Articles in one transaction, as in `demarche add`.
const BATCH: usize = 64;
/// Articles between two settlements, as in `demarche add`.
const SETTLE: usize = 5000;
/// Articles of one step.
const STEP: usize = 10_000;
/// Times that each question is asked.
const ASKED: usize = 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    if let Some(path) = value("--ask") {
        return Ok(ask(Path::new(&path))?);
    }
    let articles: usize = value("--articles").map_or(Ok(100_000), |n| n.parse())?;
    let a_day: usize = value("--a-day").map_or(Ok(274), |n| n.parse())?;
    let path = value("--db").map_or_else(|| std::env::temp_dir().join("demarche-bench.db"), PathBuf::from);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    fill(&path, articles, a_day)?;
    ask(&path)?;
    println!(
        "{{\"file_mb\":{},\"peak_memory_mb\":{}}}",
        std::fs::metadata(&path)?.len() >> 20,
        peak_memory()
    );
    Ok(())
}

/// Adds all articles; prints one line a step.
fn fill(path: &Path, articles: usize, a_day: usize) -> Result<(), Error> {
    let mut store = Store::open(path)?;
    let mut merger = Merger::embedded()?;
    let run = store.begin("bench", "bench", "2025-01-01T00:00:00Z")?;
    let mut stream = made::stream(articles, a_day);
    let (mut done, mut adding, mut settling) = (0, Duration::ZERO, Duration::ZERO);
    loop {
        let batch: Vec<Outcome> = stream.by_ref().take(BATCH).map(|r| Outcome::Page(Box::new(r))).collect();
        let last = batch.len() < BATCH;
        let began = ThreadTime::now();
        done += store.add(run, &batch, &mut merger)?.len();
        adding += began.elapsed();
        if done % SETTLE < BATCH || last {
            let began = ThreadTime::now();
            store.settle(&merger)?;
            settling += began.elapsed();
        }
        if done % STEP < BATCH || last {
            let (a, s) = (adding.as_secs_f64(), settling.as_secs_f64());
            let reference = reference(a_day)?.as_secs_f64();
            println!(
                "{{\"articles\":{done},\"add_s\":{a:.2},\"settle_s\":{s:.2},\"reference_s\":{reference:.3},\"memory_mb\":{}}}",
                peak_memory()
            );
            (adding, settling) = (Duration::ZERO, Duration::ZERO);
        }
        if last {
            break;
        }
    }
    store.finish(run, "2025-01-01T01:00:00Z")
}

/// Time of the same thousand articles into an empty database: how fast the machine is just now. Divided by it, the steps of
/// a run can be compared although other programs wax and wane.
fn reference(a_day: usize) -> Result<Duration, Error> {
    let mut store = Store::memory()?;
    let mut merger = Merger::embedded()?;
    let records: Vec<Outcome> = made::stream(1000, a_day).map(|r| Outcome::Page(Box::new(r))).collect();
    let run = store.begin("bench", "bench", "2025-01-01T00:00:00Z")?;
    let began = ThreadTime::now();
    for batch in records.chunks(BATCH) {
        store.add(run, batch, &mut merger)?;
    }
    store.settle(&merger)?;
    Ok(began.elapsed())
}

type Question<'a> = (&'a str, Box<dyn Fn(&Store, &Filter) -> Result<usize, Error> + 'a>);

fn questions() -> Vec<Question<'static>> {
    let list = |s: &Store, f: &Filter| Ok(events::events(s, f, events::Paging::default())?.rows.len());
    let with = move |change: fn(&mut Filter)| {
        move |s: &Store, f: &Filter| {
            let mut f = f.clone();
            change(&mut f);
            list(s, &f)
        }
    };
    let group = |group| agg::Options { group, by: Period::Month, one_a_day: false };
    vec![
        ("events", Box::new(list)),
        ("events --actor", Box::new(with(|f| f.actor = vec!["RUS".into()]))),
        (
            "events --who --whom",
            Box::new(with(|f| (f.who, f.whom) = (vec!["RUS".into()], vec!["UKR".into()]))),
        ),
        ("events --type", Box::new(with(|f| f.kind = vec![record::Plover::Threaten]))),
        ("events --code", Box::new(with(|f| f.code = Some("19".into())))),
        ("events --place", Box::new(with(|f| f.place = Some("IRN".into())))),
        ("events --outlet", Box::new(with(|f| f.outlet = Some("Outlet 7".into())))),
        ("events --ind 3", Box::new(with(|f| f.ind = 3))),
        ("events -q", Box::new(with(|f| f.q = Some("government minister".into())))),
        ("totals", Box::new(|s, f| Ok(query::totals(s, f)?.events as usize))),
        ("facets", Box::new(|s, f| Ok(query::facets::facets(s, f)?.kind.len()))),
        ("agg month, states", Box::new(move |s, f| Ok(agg::agg(s, f, group(agg::Group::State))?.len()))),
        ("agg month, actors", Box::new(move |s, f| Ok(agg::agg(s, f, group(agg::Group::Person))?.len()))),
        ("network", Box::new(|s, f| Ok(network::network(s, f, agg::Group::State, 1)?.ties.len()))),
        ("timeline", Box::new(|s, f| Ok(query::timeline::timeline(s, f, Period::Day, 8)?.days.len()))),
        ("dyad", Box::new(|s, f| Ok(query::dyad::dyad(s, f, "RUS", "UKR", Period::Day)?.lists.ab.len()))),
        ("actor", Box::new(|s, f| Ok(query::actor::actor(s, "USA", f)?.map_or(0, |a| a.events.len())))),
        ("map", Box::new(|s, f| Ok(map::map(s, f, map::Fill::Recipient, None)?.pins.len()))),
        (
            "alerts",
            Box::new(|s, f| {
                Ok(alerts::alerts(s, f, alerts::Options { least: 1.0, ..Default::default() })?.len())
            }),
        ),
        (
            "diff",
            Box::new(|s, f| {
                let (before, after) = (("2019-04-15", "2019-04-30"), ("2019-05-01", "2019-05-15"));
                Ok(query::diff::diff(s, f, before, after, agg::Group::State)?.len())
            }),
        ),
        ("search", Box::new(|s, _| Ok(query::search::search(s, "government minister", 20)?.articles.len()))),
        ("front", Box::new(|s, f| Ok(query::front::front(s, f, "2019-05-20")?.stories.len()))),
    ]
}

/// Asks everything, over all days and over one month; prints a line a question.
fn ask(path: &Path) -> Result<(), Error> {
    let store = Store::read(path)?;
    let (all, stories, totals) = query::story::sizes(&store)?;
    println!(
        "{{\"articles\":{all},\"stories\":{stories},\"events\":{},\"happened\":{}}}",
        totals.events, totals.happened
    );
    let whole = Filter::default();
    let month =
        Filter { from: Some("2019-05-01".into()), to: Some("2019-05-31".into()), ..Filter::default() };
    for (name, question) in questions() {
        for (span, filter) in [("all", &whole), ("month", &month)] {
            report(&format!("{name} ({span})"), || question(&store, filter))?;
        }
    }
    let rows = events::events(&store, &whole, events::Paging { limit: 200, ..Default::default() })?.rows;
    let mut at = rows.iter().cycle();
    report("story", || {
        Ok(at.next().and_then(|e| query::story::story(&store, &e.story).ok()?).map_or(0, |s| s.events.len()))
    })?;
    let mut at = rows.iter().cycle();
    report("article", || {
        Ok(at
            .next()
            .and_then(|e| query::article::article(&store, &e.article).ok()?)
            .map_or(0, |a| a.marks.len()))
    })
}

fn report(name: &str, mut ask: impl FnMut() -> Result<usize, Error>) -> Result<(), Error> {
    let (mut times, mut rows) = (Vec::new(), 0);
    ask()?;
    for _ in 0..ASKED {
        let began = ThreadTime::now();
        rows = ask()?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    println!(
        "{{\"question\":\"{name}\",\"rows\":{rows},\"p50_ms\":{:.1},\"p95_ms\":{:.1},\"max_ms\":{:.1}}}",
        at(0.5),
        at(0.95),
        at(1.0)
    );
    Ok(())
}

/// Highest resident memory so far, in MB; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse::<u64>().ok()).map_or(0, |kb| kb >> 10)
}
