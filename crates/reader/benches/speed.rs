//! Saved HTML pages to pages per second: reads every page of a folder again and again, prints the best run as JSON lines.
//!
//! `cargo bench -p demarche-reader --bench speed -- [--pages DIR] [--runs N] [--way fast]`; DIR holds `.html` or `.html.gz`
//! files. One line for the accurate way and one for the fast one, or for the way named alone. CPU time of the process is measured, so that other work on
//! the machine counts little; unpacking is not timed.

#![allow(clippy::print_stdout)] // the figures are the output

use cpu_time::ProcessTime;
use demarche_reader::{Effort, Hint, read};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/pages");
    let pages = load(Path::new(&value("--pages").unwrap_or_else(|| here.to_owned())))?;
    let runs: usize = value("--runs").map_or(Ok(5), |n| n.parse())?;
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let ways = [("accurate", Effort::Accurate), ("fast", Effort::Fast)];
    let way = value("--way");
    for (name, effort) in ways.into_iter().filter(|(name, _)| way.as_deref().is_none_or(|w| w == *name)) {
        let hint = Hint { effort, ..Hint::default() };
        let mut best = Duration::MAX;
        let mut blocks = 0;
        for _ in 0..runs {
            let start = ProcessTime::now();
            blocks = pages.iter().filter_map(|p| read(p, &hint).ok()).map(|p| p.blocks.len()).sum();
            best = best.min(start.elapsed());
        }
        let seconds = best.as_secs_f64();
        println!(
            r#"{{"way": "{name}", "pages": {}, "bytes": {bytes}, "blocks": {blocks}, "best_cpu_s": {seconds:.4}, "pages_per_s": {:.1}, "mb_per_s": {:.1}}}"#,
            pages.len(),
            pages.len() as f64 / seconds,
            bytes as f64 / 1e6 / seconds,
        );
    }
    Ok(())
}

/// The HTML pages of a folder, unpacked, by name.
fn load(folder: &Path) -> Result<Vec<Vec<u8>>, Failed> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let name = file.to_string_lossy();
        let bytes = std::fs::read(&file)?;
        if name.ends_with(".html.gz") {
            let mut page = Vec::new();
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut page)?;
            out.push(page);
        } else if name.ends_with(".html") {
            out.push(bytes);
        }
    }
    if out.is_empty() {
        return Err(format!("{}: no .html or .html.gz file", folder.display()).into());
    }
    Ok(out)
}
