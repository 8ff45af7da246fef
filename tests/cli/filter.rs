//! `demarche code` as a filter: every record accounted for, the same output however the work is cut up.

use crate::driver::{Scratch, command, demarche, demarche_with};
use crate::sources::{answer, warc};
use serde_json::{Value, json};

/// Articles of our own: one sentence each, no two alike.
fn articles(n: usize) -> Vec<String> {
    let places = ["Kampala", "Oslo", "Lima", "Hanoi", "Cairo"];
    let article = |i: usize| {
        let text =
            format!("Kenya's president met Ugandan ministers in {} on Friday.", places[i % places.len()]);
        json!({"id": format!("a{i}"), "title": format!("Talks number {i}"), "text": text, "date": "2025-07-12"}).to_string()
    };
    (0..n).map(article).collect()
}

fn parts(lines: &[Value]) -> (Vec<&Value>, Vec<&Value>, &Value) {
    let (count, rest) = lines.split_last().expect("a count");
    let (bad, good) = rest.iter().partition(|l| l["error"].is_object());
    (good, bad, &count["count"])
}

#[test]
fn counts_add_up_and_failures_are_lines() {
    let mut rows = articles(20);
    rows[3] = "{broken".to_owned();
    rows[11] = json!({"title": ""}).to_string();
    let run = demarche_with(&["code", "--jsonl", "-", "--quiet"], rows.join("\n").as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    let lines = run.json();
    let (good, bad, count) = parts(&lines);
    assert_eq!((good.len(), bad.len()), (18, 2));
    assert_eq!(count, &json!({"in": 20, "out": 18, "rejected": 2, "by_kind": {"record": 1, "format": 1}}));
    assert_eq!(lines[3]["source"], "-:4");
    assert!(good.iter().all(|r| r["coding"]["events"].as_array().is_some_and(|e| !e.is_empty())));
}

#[test]
fn output_depends_neither_on_workers_nor_on_partitions() {
    let rows = articles(60);
    let all = rows.join("\n");
    let one = demarche_with(&["code", "--jsonl", "-", "--workers", "1"], all.as_bytes()).ok();
    let four = demarche_with(&["code", "--jsonl", "-", "--workers", "4"], all.as_bytes()).ok();
    assert_eq!(one, four);
    let mut joined = String::new();
    for part in rows.chunks(17) {
        let out = demarche_with(&["code", "--jsonl", "-"], part.join("\n").as_bytes()).ok();
        let records = out.lines().filter(|l| !l.contains("\"count\":{"));
        records.for_each(|l| joined.push_str(&format!("{l}\n")));
    }
    assert_eq!(joined.lines().collect::<Vec<_>>(), one.lines().take(60).collect::<Vec<_>>());
}

#[test]
fn archives_by_list_with_one_missing_and_one_cut() {
    let scratch = Scratch::new("list");
    let html = std::fs::read_to_string("corpus/pages/harbour-accord.html").expect("a page");
    let mut bytes = warc("warcinfo", "", "x");
    bytes.extend(warc("response", "https://x.example/1", &answer(&html)));
    bytes.extend(warc("response", "https://x.example/2", "HTTP/1.1 404 Not Found\r\n\r\nno"));
    let whole = scratch.file("a.warc", &bytes);
    let cut = scratch.file("b.warc", &bytes[..bytes.len() / 2]);
    let list = scratch.file("list.txt", format!("# archives\n{whole}\n\n{cut}\n/no/such.warc\n").as_bytes());
    let run = demarche(&["code", "--warc", &list]);
    assert_eq!(run.code, 1, "inputs that were not read to their end change the exit code");
    let lines = run.json();
    let (good, bad, count) = parts(&lines);
    assert_eq!((good.len(), bad.len()), (1, 2));
    assert_eq!(count["in"], 3);
    assert_eq!(count["by_kind"], json!({"damaged": 1, "open": 1}));
    assert_eq!(count["passed"], json!({"HTTP status": 1}));
}

#[test]
fn fatal_errors_leave_no_count() {
    let missing = demarche(&["code", "--warc", "/no/such/list"]);
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
    let model = demarche_with(&["code", "--jsonl", "-", "--model", "/no/such/model"], b"{}");
    assert_eq!((model.code, model.out.as_str()), (3, ""));
    let file = demarche(&["code", "--jsonl", "/no/such/file"]);
    assert_eq!(file.code, 1);
}

#[test]
fn a_killed_run_goes_on_and_nothing_is_lost_or_doubled() {
    let scratch = Scratch::new("resume");
    let rows = scratch.file("rows.jsonl", articles(900).join("\n").as_bytes());
    let whole = demarche(&["code", "--jsonl", &rows, "--quiet"]).ok();
    let out = format!("{}/out.jsonl", scratch.path());
    let args = ["code", "--jsonl", &rows, "--out", &out, "--quiet"];
    let mut child = command(&args).spawn().expect("the program starts");
    let state = format!("{out}.state");
    let far = || std::fs::read_to_string(&state).is_ok_and(|s| !s.contains("\"jobs\":0"));
    while !far() && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child.kill().expect("is killed");
    child.wait().expect("is gone");
    // The tail of a line that was being written.
    let mut bytes = std::fs::read(&out).expect("the output");
    bytes.extend(b"{\"schema\":1,\"page\":{\"te");
    std::fs::write(&out, bytes).expect("written");
    let again = demarche(&args);
    if !std::fs::read_to_string(&state).expect("notes").contains("\"done\":true") {
        assert_eq!(again.code, 2, "an unfinished output is not overwritten: {}", again.err);
        let other = demarche(&["code", "--jsonl", &rows, "--out", &out, "--resume", "--date", "2025-01-01"]);
        assert_eq!(other.code, 2, "other arguments do not go on");
        let resumed = demarche(&[&args[..], &["--resume"]].concat());
        assert_eq!((resumed.code, resumed.out.as_str()), (0, ""), "{}", resumed.err);
    }
    assert_eq!(std::fs::read_to_string(&out).expect("the output"), whole);
    let done = demarche(&[&args[..], &["--resume"]].concat());
    assert!(done.err.contains("already complete"), "{}", done.err);
    assert_eq!(std::fs::read_to_string(&out).expect("the output"), whole);
}

#[test]
fn a_full_disk_is_an_error() {
    if std::path::Path::new("/dev/full").exists() {
        let rows = articles(300).join("\n");
        let scratch = Scratch::new("full");
        let file = scratch.file("rows.jsonl", rows.as_bytes());
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("opens");
        let status = command(&["code", "--jsonl", &file]).stdout(full).status().expect("runs");
        assert_eq!(status.code(), Some(1));
    }
}

#[test]
fn a_count_of_an_earlier_filter_is_no_record() {
    let first = demarche_with(&["code", "--jsonl", "-"], articles(2).join("\n").as_bytes()).ok();
    let second = demarche_with(&["code", "--jsonl", "-"], first.as_bytes()).ok();
    let last: Value = serde_json::from_str(second.lines().last().expect("a count")).expect("JSON");
    assert_eq!((&last["count"]["in"], &last["count"]["out"]), (&json!(2), &json!(2)));
    assert_eq!(second.lines().take(2).collect::<Vec<_>>(), first.lines().take(2).collect::<Vec<_>>());
}
