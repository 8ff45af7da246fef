//! Many pages with one in a hundred poisoned: all good ones come out, and memory stays flat.
//!
//! `DEMARCHE_SOAK=200000 cargo test --release --test cli soak -- --nocapture` is the long form; CI runs a short one.

use crate::driver::command;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

const SHORT: usize = 1000;

/// A good article, no two alike.
fn good(i: usize) -> String {
    let (countries, places, days) = (
        ["Kenya", "Norway", "Peru", "Vietnam"],
        ["Kampala", "Oslo", "Lima", "Hanoi", "Cairo"],
        ["Monday", "Friday"],
    );
    let (country, place, day) = (countries[i % 4], places[i % 5], days[i % 2]);
    let text = format!(
        "{country}'s president met Ugandan ministers in {place} on {day}. \
         Officials said the {i} delegates would return to {place} next week, and the opposition warned against a deal."
    );
    json!({"id": format!("g{i}"), "title": format!("Talks number {i}"), "text": text, "date": "2025-07-12"})
        .to_string()
}

/// Poison number `i`: a line that no careful producer writes.
fn poison(i: usize) -> Vec<u8> {
    match i % 10 {
        0 => b"{\"text\": \"cut in the mid".to_vec(),
        1 => b"{\"text\": \"\xff\xfe\xc0\x80\"}".to_vec(),
        2 => b"{}".to_vec(),
        3 => [&b"{\"text\": "[..], &b"[".repeat(100_000), b"}"].concat(),
        4 => json!({"html": "<div>".repeat(20_000)}).to_string().into_bytes(),
        5 => json!({"text": "\u{0}\u{202e}\u{feff}".repeat(500)}).to_string().into_bytes(),
        6 => json!({"schema": 1, "page": {"text": "x", "blocks": [{"kind": "paragraph", "span": [5, 9]}]}})
            .to_string()
            .into_bytes(),
        7 => json!({"text": "x".repeat(1_000_000)}).to_string().into_bytes(),
        8 => b"\x1f\x8b\x08 not json at all".to_vec(),
        _ => json!({"title": [], "text": {"a": 1}, "date": false}).to_string().into_bytes(),
    }
}

/// Resident memory of a process in MB.
fn memory(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kb| kb / 1024)
}

#[test]
fn poison_stops_nothing_and_leaks_nothing() {
    let total = std::env::var("DEMARCHE_SOAK").ok().and_then(|n| n.parse().ok()).unwrap_or(SHORT);
    let is_poison = |i: usize| i % 100 == 37;
    let mut child = command(&["code", "--jsonl", "-", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || {
        for i in 0..total {
            let line = if is_poison(i) { poison(i / 100) } else { good(i).into_bytes() };
            stdin.write_all(&line).and_then(|()| stdin.write_all(b"\n")).expect("the program reads on");
        }
    });
    let (mut next, mut lines, mut early, mut late) = (0, 0, None, None);
    let mut count = Value::Null;
    for line in BufReader::new(child.stdout.take().expect("a pipe")).lines() {
        let line: Value = serde_json::from_str(&line.expect("UTF-8")).expect("a line of JSON");
        if line["count"].is_object() {
            count = line["count"].clone();
            continue;
        }
        lines += 1;
        let id = line["page"]["meta"]["given_id"]["value"].as_str().and_then(|id| id.strip_prefix('g'));
        if let Some(id) = id {
            while is_poison(next) {
                next += 1;
            }
            assert_eq!(id, next.to_string(), "good pages come out in order, none missing");
            assert!(line["coding"].is_object());
            next += 1;
        }
        if lines == total / 4 {
            early = memory(child.id());
        } else if lines == total - total / 50 {
            late = memory(child.id());
        }
    }
    writer.join().expect("all was written");
    assert_eq!(child.wait().expect("ends").code(), Some(0));
    assert_eq!(count["in"], total, "{count}");
    assert_eq!(
        count["in"].as_u64(),
        count["out"].as_u64().zip(count["rejected"].as_u64()).map(|(a, b)| a + b)
    );
    assert_eq!((0..total).rfind(|i| !is_poison(*i)).map(|i| i + 1), Some(next), "all good pages");
    println!("{count}; memory {early:?} MB after a quarter, {late:?} MB near the end");
    if let (Some(early), Some(late)) = (early, late) {
        assert!(late <= early + early / 4 + 40, "memory grows: {early} MB, then {late} MB");
    }
}
