//! Texts to the share of CPU time that each stage takes, as one JSON line: tables loaded, then every text parsed,
//! resolved (actors, places, dates apart) and read for statements and events, the best of some runs.
//!
//! `cargo xtask bench stages [--texts FILE] [--runs N]`. FILE is JSON Lines with a `text` (and `date`), or plain texts
//! separated by lines of `---`; without it the texts of `bench/texts.txt`, ten to a page. CPU time of the process is
//! measured, so that other work on the machine counts little.

#![allow(clippy::print_stdout)] // the figures are the output

use cpu_time::ProcessTime;
use demarche::pipeline::Demarche;
use record::{Doc, Mentions, Page, Syntax};
use std::time::Duration;

const STAGES: [&str; 6] = ["parse", "actors", "places", "dates", "statements", "code"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let runs: usize = value("--runs").map_or(Ok(5), |n| n.parse())?;
    let pages = pages(value("--texts"))?;
    let start = ProcessTime::now();
    let resolver = resolver::Resolver::embedded()?;
    let load = start.elapsed();
    drop(resolver);
    let demarche = Demarche::embedded()?;
    let mut best = [Duration::MAX; STAGES.len()];
    for _ in 0..runs {
        for (best, took) in best.iter_mut().zip(once(&demarche, &pages)) {
            *best = (*best).min(took);
        }
    }
    let seconds = |i: usize| best[i].as_secs_f64();
    let resolve = seconds(1) + seconds(2) + seconds(3);
    let words: usize = pages.iter().map(|p| p.text.split_whitespace().count()).sum();
    let each: Vec<String> =
        STAGES.iter().enumerate().map(|(i, s)| format!(r#""{s}_s": {:.4}"#, seconds(i))).collect();
    println!(
        r#"{{"pages": {}, "words": {words}, "load_tables_s": {:.4}, {}, "resolve_of_parse": {:.3}, "dates_pages_per_s": {:.0}, "quotes_pages_per_s": {:.1}}}"#,
        pages.len(),
        load.as_secs_f64(),
        each.join(", "),
        resolve / seconds(0),
        pages.len() as f64 / seconds(3),
        pages.len() as f64 / (seconds(0) + resolve + seconds(4)),
    );
    Ok(())
}

fn pages(file: Option<String>) -> Result<Vec<Page>, Box<dyn std::error::Error>> {
    let Some(file) = file else {
        let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/bench/texts.txt"))?;
        let texts: Vec<&str> = text.split("\n\n").map(str::trim).filter(|t| !t.is_empty()).collect();
        return Ok(texts.chunks(10).map(|c| Page::plain(&c.join("\n\n"), Some("2025-07-12"))).collect());
    };
    let text = std::fs::read_to_string(file)?;
    if text.starts_with('{') {
        let page = |line: &str| -> Result<Page, serde_json::Error> {
            let value: serde_json::Value = serde_json::from_str(line)?;
            let date = value["date"].as_str().or_else(|| value["dct"].as_str());
            Ok(Page::plain(value["text"].as_str().unwrap_or_default(), date))
        };
        return Ok(text.lines().filter(|l| !l.is_empty()).map(page).collect::<Result<_, _>>()?);
    }
    Ok(text.split("\n---\n").map(|t| Page::plain(t.trim(), None)).collect())
}

/// CPU time of each stage over all pages, in the order of [`STAGES`].
fn once(demarche: &Demarche, pages: &[Page]) -> [Duration; STAGES.len()] {
    let mut spent = [Duration::ZERO; STAGES.len()];
    let mut timed = |stage: usize, start: ProcessTime| spent[stage] += start.elapsed();
    let start = ProcessTime::now();
    let docs: Vec<Doc> = pages.iter().map(|p| demarche.parser.parse_page(p, false)).collect();
    timed(0, start);
    for (page, doc) in pages.iter().zip(&docs) {
        let syntax = Syntax::new(page, doc);
        let start = ProcessTime::now();
        let actors = demarche.resolver.actors().resolve(&syntax);
        timed(1, start);
        let start = ProcessTime::now();
        let places = demarche.resolver.places().resolve(&syntax, &actors);
        timed(2, start);
        let start = ProcessTime::now();
        let dates = demarche.resolver.dates().resolve(&syntax);
        timed(3, start);
        let mentions = Mentions { actors, places, dates };
        let start = ProcessTime::now();
        let statements = demarche.coder.statements().find(&syntax, &mentions);
        timed(4, start);
        std::hint::black_box(&statements);
        let start = ProcessTime::now();
        std::hint::black_box(demarche.coder.code(&syntax, &mentions));
        timed(5, start);
    }
    spent
}
