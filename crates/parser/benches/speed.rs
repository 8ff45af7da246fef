//! Texts to words per second: parses each text of a file again and again and prints the best run as one JSON line.
//!
//! `cargo bench -p demarche-parser --bench speed -- [--texts FILE] [--runs N] [--pages]`. Texts are separated by blank
//! lines. Words are runs of non-space characters. CPU time of the process is measured, so that other work on the machine
//! counts little. With `--pages`, ten texts at a time go in as the blocks of one page.

#![allow(clippy::print_stdout)] // the figures are the output

use cpu_time::ProcessTime;
use demarche_parser::Pipeline;
use record::Page;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../../bench/texts.txt");
    let text = std::fs::read_to_string(value("--texts").unwrap_or_else(|| here.to_owned()))?;
    let runs: usize = value("--runs").map_or(Ok(5), |n| n.parse())?;
    let texts: Vec<&str> = text.split("\n\n").map(str::trim).filter(|t| !t.is_empty()).collect();
    let loading = Instant::now();
    let pipeline = Pipeline::embedded()?;
    let loading = loading.elapsed();
    let pages: Vec<Page> = match args.iter().any(|a| a == "--pages") {
        true => texts.chunks(10).map(|c| Page::plain(&c.join("\n\n"), None)).collect(),
        false => texts.iter().map(|t| Page::plain(t, None)).collect(),
    };
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    let mut best = Duration::MAX;
    let mut tokens = 0;
    for _ in 0..runs {
        let start = ProcessTime::now();
        tokens = pages.iter().map(|page| pipeline.parse_page(page, false).tokens.len()).sum();
        best = best.min(start.elapsed());
    }
    let rate = words as f64 / best.as_secs_f64();
    println!(
        r#"{{"texts": {}, "words": {words}, "tokens": {tokens}, "load_s": {:.4}, "best_cpu_s": {:.4}, "words_per_s": {rate:.0}}}"#,
        texts.len(),
        loading.as_secs_f64(),
        best.as_secs_f64(),
    );
    Ok(())
}
