//! A database from pages: adding, checking, asking, exporting, and being killed in the middle.

use crate::driver::{Scratch, command, demarche};
use serde_json::Value;
use std::time::{Duration, Instant};

/// A database of the corpus.
fn corpus(scratch: &Scratch) -> String {
    let db = format!("{}/news.db", scratch.path());
    let run = demarche(&["add", "corpus/pages", "--db", &db, "--json"]);
    let manifest: Value = serde_json::from_str(&run.ok()).expect("a manifest");
    assert_eq!(manifest["inputs"], manifest["added"]);
    db
}

#[test]
fn adds_once_and_answers_in_every_form() {
    let scratch = Scratch::new("store-ask");
    let db = corpus(&scratch);
    let again = demarche(&["add", "corpus/pages", "no-such.html", "--db", &db]);
    assert_eq!(again.code, 1);
    assert!(again.out.starts_with("15 inputs: 0 added, 14 known, 1 rejected"), "{}", again.out);
    assert!(demarche(&["check", "--db", &db]).ok().starts_with("sound 14 articles"));
    let actor = ["actor", "Egypt"];
    let asks: [&[&str]; 9] = [
        &["events"],
        &["agg"],
        &["network"],
        &["timeline", "--by", "month"],
        &["dyad", "EGY", "SDN"],
        &actor,
        &["story"],
        &["diff", "2024-01-01..2024-06-30", "2024-07-01..2024-12-31"],
        &["alerts", "--least", "0"],
    ];
    for ask in asks {
        let with = |more: &[&str]| {
            let run = command(&[ask, more, &["--db", &db]].concat())
                .env("COLUMNS", "60")
                .output()
                .expect("it runs");
            assert!(run.status.success(), "{ask:?}: {}", String::from_utf8_lossy(&run.stderr));
            String::from_utf8(run.stdout).expect("UTF-8")
        };
        let json: Value = serde_json::from_str(&with(&["--json"])).expect("JSON");
        assert!(json["data"].is_object() || json["data"].is_array(), "{ask:?}");
        assert_eq!(json["counts"]["events"], json["counts"]["events"].as_u64().expect("a count"));
        let csv = with(&["--csv"]);
        let header = csv.lines().next().expect("a header");
        assert!(header.contains(',') && !header.contains(' '), "{header}");
        let text = with(&[]);
        assert!(!text.contains('\u{1b}'), "{ask:?}");
        {
            let wide =
                text.lines().filter(|l| unicode_width::UnicodeWidthStr::width(*l) > 60).collect::<Vec<_>>();
            assert!(wide.is_empty(), "{ask:?}: {wide:#?}");
        }
    }
    assert_eq!(demarche(&["events", "--type", "FIGHT", "--db", &db]).code, 2);
    assert_eq!(demarche(&["events", "--db", "no-such.db"]).code, 1);
    assert_eq!(demarche(&["events", "--db", "README.md"]).code, 2);
    assert_eq!(demarche(&["story", "nothing", "--db", &db]).code, 1);
}

#[test]
fn a_reader_merges_and_splits_stories() {
    let scratch = Scratch::new("store-decide");
    let db = corpus(&scratch);
    let ask = |args: &[&str]| -> Value {
        serde_json::from_str(&demarche(&[args, &["--json", "--db", &db]].concat()).ok()).expect("JSON")
    };
    let list = ask(&["story"])["data"].clone();
    let [a, b] = [0, 1].map(|at| list[at]["id"].as_str().expect("an id").to_owned());
    let made = ask(&["story", "merge", &a, &b, "--note", "one quarrel"]);
    let n = made["decision"]["n"].to_string();
    let whole = made["stories"][0].as_str().expect("a story").to_owned();
    let shown = demarche(&["story", &whole, "--db", &db]).ok();
    assert!(shown.contains("Decided by a reader") && shown.contains("one quarrel"), "{shown}");
    assert_eq!(ask(&["story", &whole])["data"]["decisions"][0]["kind"], "merge");
    let explained = demarche(&["explain", &whole, "--db", &db]).ok();
    assert!(explained.contains("one quarrel"), "{explained}");
    demarche(&["settle", "--db", &db]).ok();
    assert_eq!(ask(&["story", &b])["data"]["id"].as_str(), Some(&*whole));
    let reports = made["decision"]["sides"][1].as_array().expect("reports").clone();
    let leave: Vec<&str> = reports.iter().filter_map(Value::as_str).collect();
    let cut = ask(&[&["story", "split", &whole], &leave[..]].concat());
    assert_eq!(cut["stories"].as_array().map(Vec::len), Some(2));
    assert!(demarche(&["check", "--db", &db]).ok().starts_with("sound"));
    assert_eq!(demarche(&["story", "decisions", "--db", &db]).ok().matches("decision ").count(), 2);
    ask(&["story", "undo", &cut["decision"]["n"].to_string()]);
    ask(&["story", "undo", &n]);
    assert_eq!(ask(&["story"])["data"], list);
    assert_eq!(demarche(&["story", "undo", &n, "--db", &db]).code, 1);
    assert_eq!(demarche(&["story", "merge", &a, "nothing", "--db", &db]).code, 1);
    assert_eq!(demarche(&["story", "split", &a, "nothing", "--db", &db]).code, 1);
}

#[test]
fn every_format_keeps_its_form() {
    let scratch = Scratch::new("store-export");
    let db = corpus(&scratch);
    let export = |format: &str| demarche(&["export", "--db", &db, "--format", format]).ok();
    let events: Vec<Value> =
        export("jsonl").lines().map(|l| serde_json::from_str(l).expect("a line of JSON")).collect();
    let happened = events.iter().filter(|e| e["reality"] == "happened").count();
    assert!(happened > 10 && happened < events.len());
    for (format, columns, header) in [("gdelt1", 58, 0), ("icews", 20, 1), ("polecat", 40, 1), ("keds", 6, 0)]
    {
        let text = export(format);
        assert!(text.lines().count() > 10);
        assert!(text.lines().all(|l| l.split('\t').count() == columns), "{format}");
        if format == "polecat" {
            assert_eq!(text.lines().count() - header, happened);
        }
    }
    let map: Value = serde_json::from_str(&export("geojson")).expect("JSON");
    assert_eq!(map["features"].as_array().map(Vec::len), Some(events.len()));
    for line in export("webannotation").lines().chain(export("ngec").lines()) {
        let value: Value = serde_json::from_str(line).expect("a line of JSON");
        assert!(value.is_object());
    }
    for line in export("webannotation").lines() {
        let value: Value = serde_json::from_str(line).expect("a line of JSON");
        let selector = &value["target"]["selector"];
        let length = selector[1]["exact"].as_str().expect("words").chars().count() as u64;
        assert_eq!(
            selector[0]["end"].as_u64().zip(selector[0]["start"].as_u64()).map(|(e, s)| e - s),
            Some(length)
        );
    }
    for line in export("conllu").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        assert_eq!(line.split('\t').count(), 10, "{line}");
    }
    for format in ["atom", "gexf", "graphml", "csv", "petrarch"] {
        assert!(export(format).lines().count() > 10, "{format}");
    }
    for format in ["gdelt2", "brat"] {
        let folder = format!("{}/{format}", scratch.path());
        demarche(&["export", "--db", &db, "--format", format, "--out", &folder]).ok();
        let files = std::fs::read_dir(&folder).expect("a folder").count();
        assert!(files >= 2, "{format}");
    }
    assert_eq!(demarche(&["export", "--db", &db, "--format", "brat"]).code, 2);
}

/// Lines of many coded pages, made from those of the corpus under other ids.
fn lines(scratch: &Scratch, copies: usize) -> String {
    let coded = demarche(&["code", "corpus/pages"]).ok();
    let mut out = String::new();
    for n in 0..copies {
        for line in coded.lines() {
            let mut record: Value = serde_json::from_str(line).expect("a line of JSON");
            let id = record["page"]["id"].as_str().expect("an id").to_owned();
            record["page"]["id"] = format!("{n:02x}{id}").into();
            out.push_str(&record.to_string());
            out.push('\n');
        }
    }
    scratch.file("lines.jsonl", out.as_bytes())
}

/// Kills `add` at moments spread over its run, and lets it go on each time. `DEMARCHE_KILLS=50` for the long form.
#[test]
fn a_killed_run_goes_on_to_the_same_database() {
    let kills: u32 = std::env::var("DEMARCHE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let scratch = Scratch::new("store-kill");
    let lines = lines(&scratch, if kills > 10 { 60 } else { 8 });
    let [whole, broken] = ["whole", "broken"].map(|n| format!("{}/{n}.db", scratch.path()));
    let began = Instant::now();
    demarche(&["add", &lines, "--db", &whole]).ok();
    let time = began.elapsed();
    for n in 0..kills {
        let mut child = command(&["add", &lines, "--db", &broken])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it starts");
        // Moments from a fixed irregular sequence (golden ratio), over the time of a whole run.
        let share = (f64::from(n + 1) * 0.618_034).fract();
        std::thread::sleep(Duration::from_secs_f64(time.as_secs_f64() * share));
        let _ = child.kill();
        let _ = child.wait();
        if std::path::Path::new(&broken).exists() {
            let checked = demarche(&["check", "--json", "--db", &broken]);
            // Killed before the tables were made: the file is still nobody's.
            if checked.code != 2 {
                let state: Value = serde_json::from_str(&checked.out).expect("JSON");
                assert_eq!(state["wrong"], serde_json::json!([]), "kill {n}");
            }
        }
    }
    demarche(&["add", &lines, "--db", &broken]).ok();
    let export = |db: &str| demarche(&["export", "--db", db]).ok();
    assert!(export(&whole) == export(&broken), "the exports differ");
    let stories = |db: &str| demarche(&["story", "--limit", "10000", "--csv", "--db", db]).ok();
    assert_eq!(stories(&whole), stories(&broken));
}
