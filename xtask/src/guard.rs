//! `cargo xtask bench guard`: instructions of each stage on fixed pages against the committed baseline, so that a
//! slow-down shows whatever else the machine does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const BASELINE: &str = "bench/instructions.toml";
/// A stage may take this many percent more than the baseline.
const SLACK: f64 = 5.0;
/// Stages of `benches/path.rs`, in order. Each run includes those before it; differences are what counts.
const STAGES: [&str; 4] = ["read", "parse", "resolve", "code"];

/// Counts with callgrind, prints a table, and fails when a stage takes over [`SLACK`] percent more than its baseline.
/// With `pin`, writes the baseline instead.
pub fn run(pin: bool) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no folder above xtask")?;
    let bench = build()?;
    let mut counts = BTreeMap::new();
    let mut before = 0;
    for stage in STAGES {
        // Loading and first rounds fill caches and are the same in both runs; what a warm round costs is the difference.
        let one = count(&bench, stage, 1)?;
        let three = count(&bench, stage, 3)?;
        let warm = three.saturating_sub(one) / 2;
        counts.insert(stage, warm.saturating_sub(before));
        before = warm;
    }
    let file = root.join(BASELINE);
    if pin {
        let mut text = "# Instructions (callgrind) of one warm round of each stage over corpus/pages, after `cargo xtask bench guard --pin`.\n# They depend on compiler and corpus: pin again, with the reason in the commit, when one of them changes.\n".to_owned();
        for stage in STAGES {
            text.push_str(&format!("{stage} = {}\n", counts[stage]));
        }
        return std::fs::write(&file, text).map_err(|e| format!("{BASELINE}: {e}"));
    }
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{BASELINE}: {e}; --pin writes it"))?;
    let old: BTreeMap<String, u64> = toml::from_str(&text).map_err(|e| format!("{BASELINE}: {e}"))?;
    let mut slow = Vec::new();
    for stage in STAGES {
        let now = counts[stage] as f64;
        let then = *old.get(stage).ok_or(format!("{BASELINE}: no line for {stage}"))? as f64;
        let change = (now / then - 1.0) * 100.0;
        println!("{stage:<8} {:>10.1} M  baseline {:>10.1} M  {change:+.1}%", now / 1e6, then / 1e6);
        if change > SLACK {
            slow.push(format!("{stage} {change:+.1}%"));
        }
    }
    if slow.is_empty() {
        Ok(())
    } else {
        Err(format!("more instructions than the baseline: {}", slow.join(", ")))
    }
}

/// Builds the benchmark and finds its program.
fn build() -> Result<PathBuf, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let out = Command::new(cargo)
        .args([
            "bench",
            "--quiet",
            "-p",
            "demarche",
            "--bench",
            "path",
            "--no-run",
            "--message-format",
            "json",
        ])
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|e| format!("cargo bench: {e}"))?;
    let lines = String::from_utf8_lossy(&out.stdout).into_owned();
    lines
        .lines()
        .filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok())
        .filter(|m| m["reason"] == "compiler-artifact" && m["target"]["name"] == "path")
        .find_map(|m| m["executable"].as_str().map(PathBuf::from))
        .ok_or_else(|| format!("cargo bench: {}", out.status))
}

/// Instructions of a whole run up to `stage`.
fn count(bench: &Path, stage: &str, rounds: u32) -> Result<u64, String> {
    let out = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(bench)
        .args(["--stage", stage, "--rounds", &rounds.to_string()])
        .output()
        .map_err(|e| format!("valgrind: {e}; install valgrind to count instructions"))?;
    let text = String::from_utf8_lossy(&out.stderr).into_owned();
    text.lines()
        .find_map(|l| l.split("Collected :").nth(1)?.trim().replace(',', "").parse().ok())
        .ok_or_else(|| format!("callgrind gave no count for {stage}: {}", text.lines().last().unwrap_or("")))
}
