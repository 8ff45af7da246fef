//! `cargo xtask bench`: speed figures, each from the benchmark beside the code it times.

use crate::guard;
use demarche::pipeline::Demarche;
use record::{Page, Syntax};
use std::process::Command;
use std::time::Instant;

/// Name on the command line, package, bench target, what it prints.
const BENCHES: &[(&str, &str, &str, &str)] = &[
    ("parser", "demarche-parser", "speed", "words per second (--texts FILE, --runs N, --pages)"),
    ("reader", "demarche-reader", "speed", "pages per second, accurate and fast (--pages DIR, --runs N)"),
    (
        "store",
        "demarche-store",
        "store",
        "articles added, questions answered (--articles N, --a-day N, --db FILE)",
    ),
    (
        "api",
        "demarche-server",
        "api",
        "answers of the desk over a database (--db FILE, --runs N, --only WORD)",
    ),
    (
        "stages",
        "demarche",
        "stages",
        "share of each stage, and of each part of the resolver (--texts FILE, --runs N)",
    ),
    ("path", "demarche", "path", "pages through all stages, time of each (FOLDER, --rounds N)"),
];

/// Runs one benchmark; further arguments go to it.
pub fn run(args: &[String]) -> Result<(), String> {
    let name = args.first().map_or("", String::as_str);
    if name == "coder" {
        return coder(&args[1..]);
    }
    if name == "guard" {
        return guard::run(args.iter().any(|a| a == "--pin"));
    }
    let Some((_, package, bench, _)) = BENCHES.iter().find(|b| b.0 == name) else {
        let mut usage = "usage: cargo xtask bench NAME [OPTIONS]\n".to_owned();
        for (name, _, _, what) in BENCHES {
            usage.push_str(&format!("\n  {name:<8} {what}"));
        }
        usage.push_str("\n  coder    sentences per second of the coder alone (--texts FILE, --runs N)");
        usage.push_str("\n  guard    instructions of each stage against bench/instructions.toml (--pin)");
        return Err(usage);
    };
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .args(["bench", "--quiet", "--package", package, "--bench", bench, "--"])
        .args(&args[1..])
        .status()
        .map_err(|e| format!("cargo bench: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo bench: {status}")) }
}

/// Sentences that the coder alone codes in a second on one core: parses and mentions are made before the clock starts.
fn coder(args: &[String]) -> Result<(), String> {
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1));
    let file = value("--texts").map_or("bench/texts.txt", String::as_str);
    let runs: usize = value("--runs").map_or(Ok(5), |n| n.parse()).map_err(|_| "--runs takes a number")?;
    let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let demarche = Demarche::embedded().map_err(|e| e.to_string())?;
    let read: Vec<_> = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| {
            let page = Page::plain(l, Some("2025-07-12"));
            let doc = demarche.parser.parse_page(&page, false);
            let mentions = demarche.resolver.resolve(&Syntax::new(&page, &doc));
            (page, doc, mentions)
        })
        .collect();
    let sentences: usize = read.iter().map(|(_, d, _)| d.sentences.len()).sum();
    let mut best = f64::INFINITY;
    let mut events = 0;
    for _ in 0..runs.max(1) {
        let began = Instant::now();
        events = 0;
        for (page, doc, mentions) in &read {
            events += demarche.coder.code(&Syntax::new(page, doc), mentions).events.len();
        }
        best = best.min(began.elapsed().as_secs_f64());
    }
    println!(
        "coder: {sentences} sentences, {events} events, best of {runs} runs: {:.0} sentences/s on one core",
        sentences as f64 / best
    );
    Ok(())
}
