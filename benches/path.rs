//! Pages to figures: takes pages through the stages again and again and prints the CPU time of each stage as JSON.
//!
//! `cargo xtask bench path [FOLDER] [--rounds N] [--stage read|parse|resolve|code]`. FOLDER holds saved pages; without it
//! the pages of `corpus/pages`. CPU time of the process is measured, one thread, best round, so that other work on the
//! machine counts little. An article counts as 500 words of what the reader kept; words are runs of non-space characters.
//! `--stage` runs the stages up to that one and prints nothing: `cargo xtask bench guard` counts its instructions.

#![allow(clippy::print_stdout)] // the figures are the output

use cpu_time::ProcessTime;
use demarche::pipeline::Demarche;
use demarche::reader::{self, Hint};
use demarche::record::{Line, Page, Record, Syntax};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The stages in order, as the options name them.
const STAGES: [&str; 5] = ["read", "parse", "resolve", "code", "write"];

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let rounds: usize = value("--rounds").map_or(Ok(5), |n| n.parse())?;
    let folder = args
        .first()
        .filter(|a| !a.starts_with("--"))
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/pages")), PathBuf::from);
    let pages = load(&folder)?;
    let last = match value("--stage") {
        Some(name) => Some(STAGES.iter().position(|s| *s == name).ok_or("--stage: no such stage")?),
        None => None,
    };
    let loading = Instant::now();
    let demarche = Demarche::embedded()?;
    let loading = loading.elapsed();
    let mut best = [Duration::MAX; STAGES.len()];
    let mut words = 0;
    for _ in 0..rounds {
        let (times, n) = round(&demarche, &pages, last.unwrap_or(STAGES.len() - 1));
        words = n;
        for (best, time) in best.iter_mut().zip(times) {
            *best = time.min(*best);
        }
    }
    if last.is_none() {
        print(pages.len(), words, loading, &best);
    }
    Ok(())
}

/// All files of the folder, sorted by name.
fn load(folder: &Path) -> Result<Vec<Vec<u8>>> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok()).map(|e| e.path()).collect();
    paths.retain(|p| p.is_file());
    paths.sort();
    paths.iter().map(|p| Ok(std::fs::read(p)?)).collect()
}

/// One round over all pages, stage by stage: the CPU time of each and the number of words read.
fn round(demarche: &Demarche, sources: &[Vec<u8>], last: usize) -> ([Duration; STAGES.len()], usize) {
    let mut times = [Duration::ZERO; STAGES.len()];
    let mut words = 0;
    for source in sources {
        let mut clock = Clock { times: &mut times, at: 0, since: ProcessTime::now() };
        let hint = Hint { published: Some("2024-03-09".to_owned()), ..Hint::default() };
        let Ok(page) = reader::read(source, &hint) else { continue };
        clock.lap();
        words += body_words(&page);
        if last == 0 {
            continue;
        }
        let doc = demarche.parser.parse_page(&page, false);
        clock.lap();
        if last == 1 {
            continue;
        }
        let syntax = Syntax::new(&page, &doc);
        let mentions = demarche.resolver.resolve(&syntax);
        clock.lap();
        if last == 2 {
            continue;
        }
        let coding = demarche.coder.code(&syntax, &mentions);
        clock.lap();
        drop(syntax);
        if last == 3 {
            continue;
        }
        let record =
            Record { doc: Some(doc), mentions: Some(mentions), coding: Some(coding), ..Record::new(page) };
        let line = serde_json::to_string(&Line::Record(Box::new(record.to_json())));
        std::hint::black_box(line.map_or(0, |l| l.len()));
        clock.lap();
    }
    (times, words)
}

/// Words of the blocks that are parsed.
fn body_words(page: &Page) -> usize {
    page.text.split_whitespace().count()
}

/// Adds the time since the last lap to the stage whose turn it is.
struct Clock<'a> {
    times: &'a mut [Duration; STAGES.len()],
    at: usize,
    since: ProcessTime,
}

impl Clock<'_> {
    fn lap(&mut self) {
        let now = ProcessTime::now();
        if let Some(time) = self.times.get_mut(self.at) {
            *time += now.duration_since(self.since);
        }
        self.at += 1;
        self.since = now;
    }
}

fn print(pages: usize, words: usize, loading: Duration, best: &[Duration; STAGES.len()]) {
    let total: f64 = best.iter().map(Duration::as_secs_f64).sum();
    let stages: Vec<String> = STAGES
        .iter()
        .zip(best)
        .map(|(name, time)| format!(r#""{name}_s": {:.4}"#, time.as_secs_f64()))
        .collect();
    println!(
        r#"{{"pages": {pages}, "words": {words}, "load_s": {:.4}, {}, "pages_per_s": {:.1}, "words_per_s": {:.0}, "articles_of_500_words_per_s": {:.1}}}"#,
        loading.as_secs_f64(),
        stages.join(", "),
        pages as f64 / total,
        words as f64 / total,
        words as f64 / total / 500.0,
    );
}
