//! `demarche read --json` on the pages of `corpus/`, compared with their gold answers.
//!
//! What the reader finds must be right to the letter. Events, statements and places are scored and held to the floors
//! in `corpus/floors.toml`; `DEMARCHE_PIN=1 cargo test --test corpus` writes them anew after a change for the better.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

mod gold;
mod score;

use gold::Gold;
use score::Score;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn golds() -> Vec<Gold> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("gold"))
        .expect("corpus/gold")
        .map(|f| f.expect("a file").path())
        .collect();
    files.sort();
    files.iter().map(|f| gold::load(f)).collect()
}

/// The records of all pages, by file name.
fn records() -> BTreeMap<String, Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["read", "--json"])
        .arg(root().join("pages"))
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines()
        .map(|l| serde_json::from_str::<Value>(l).expect("JSON"))
        .map(|r| {
            let source = r["page"]["source"].as_str().expect("a source").to_owned();
            (Path::new(&source).file_name().expect("a name").to_string_lossy().into_owned(), r)
        })
        .collect()
}

#[test]
fn every_page_has_gold_and_every_gold_a_page() {
    let golds = golds();
    assert!(golds.len() >= 12);
    let pages = std::fs::read_dir(root().join("pages")).expect("corpus/pages").count();
    assert_eq!(pages, golds.len());
    for gold in &golds {
        assert!(root().join("pages").join(&gold.page).is_file(), "{}", gold.page);
    }
}

#[test]
fn readings_match_the_gold() {
    let records = records();
    let known = std::fs::read_to_string(root().join("known-errors.txt")).expect("corpus/known-errors.txt");
    let (mut total, mut wrong, mut report) = (Score::default(), Vec::new(), String::new());
    for gold in golds() {
        let record = records.get(&gold.page).unwrap_or_else(|| panic!("no record of {}", gold.page));
        wrong.extend(gold::compare_page(&gold, record));
        let score = Score::of(&gold, record);
        report.push_str(&format!("{}\n{}", gold.page, score.report()));
        total.add(&score);
    }
    println!(
        "{report}\nall pages\n{}",
        total.measures().iter().map(|(n, v)| format!("  {n:<24} {v:.3}\n")).collect::<String>()
    );
    let new: Vec<_> = wrong.iter().filter(|w| !known.lines().any(|l| l == w.as_str())).cloned().collect();
    assert!(new.is_empty(), "the reader is wrong:\n{}", new.join("\n"));
    let mended: Vec<_> =
        known.lines().filter(|l| !l.starts_with('#') && !wrong.iter().any(|w| w == l)).collect();
    assert!(mended.is_empty(), "no longer wrong, take out of known-errors.txt:\n{}", mended.join("\n"));
    hold(&total);
}

/// Holds the measures to the floors, or pins them.
fn hold(total: &Score) {
    let path = root().join("floors.toml");
    let print = fingerprint();
    if std::env::var_os("DEMARCHE_PIN").is_some() {
        let mut text =
            format!("# Written by `DEMARCHE_PIN=1 cargo test --test corpus`.\ncorpus = \"{print}\"\n");
        for (name, value) in total.measures() {
            text.push_str(&format!("\"{name}\" = {:.3}\n", (value * 1000.0).floor() / 1000.0));
        }
        std::fs::write(&path, text).expect("floors.toml");
        return;
    }
    let text = std::fs::read_to_string(&path).expect("corpus/floors.toml");
    let floors: toml::Table = toml::from_str(&text).expect("TOML");
    assert_eq!(
        floors["corpus"].as_str(),
        Some(print.as_str()),
        "the corpus has changed: pin the floors anew"
    );
    for (name, value) in total.measures() {
        let floor = floors[name].as_float().expect("a number");
        assert!(value >= floor - 1e-9, "{name} is {value:.3}, its floor {floor:.3}");
    }
}

/// SHA-256 over names and bytes of all pages and gold files.
fn fingerprint() -> String {
    let mut hash = Sha256::new();
    for folder in ["gold", "pages"] {
        let mut files: Vec<PathBuf> = std::fs::read_dir(root().join(folder))
            .expect("a folder")
            .map(|f| f.expect("a file").path())
            .collect();
        files.sort();
        for file in files {
            hash.update(file.file_name().expect("a name").to_string_lossy().as_bytes());
            hash.update([0]);
            hash.update(std::fs::read(&file).expect("a file"));
        }
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
