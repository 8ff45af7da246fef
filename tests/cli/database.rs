//! A database that comes back from files, is merged anew, explains itself, and meets a full disk.

use crate::driver::{Scratch, command, demarche};
use serde_json::Value;

/// Two papers on one happening, and a third on another, as articles in lines of JSON.
fn articles() -> &'static str {
    r#"{"title":"Troops shell village","publisher":"Paper One","date":"2025-07-12","text":"Russian troops shelled the Ukrainian village of Borova on Friday, killing three people, officials said."}
{"title":"Three die in Borova","publisher":"Paper Two","date":"2025-07-12","text":"Three people were killed when Russian forces shelled Borova in Ukraine on Friday, the governor said."}
{"title":"Village shelled again","publisher":"Paper One","date":"2025-07-15","text":"Russian troops shelled the Ukrainian village of Borova again on Tuesday, killing one person, officials said."}
"#
}

fn export(db: &str) -> String {
    demarche(&["export", "--db", db]).ok()
}

#[test]
fn an_event_is_explained_and_merging_can_be_done_again() {
    let scratch = Scratch::new("database-explain");
    let file = scratch.file("articles.jsonl", articles().as_bytes());
    let db = format!("{}/news.db", scratch.path());
    demarche(&["add", &file, "--db", &db]).ok();
    let events: Vec<Value> =
        export(&db).lines().map(|l| serde_json::from_str(l).expect("a line of JSON")).collect();
    assert!(events.len() >= 2, "{events:#?}");
    for event in &events {
        let text = demarche(&["explain", event["id"].as_str().expect("an id"), "--db", &db]).ok();
        assert!(text.contains("Told by") && text.contains("kept apart"), "{text}");
        let told = event["tellings"].as_array().map_or(0, Vec::len);
        assert_eq!(text.contains("2 reports"), told == 2, "{text}");
        let run = demarche(&["explain", "--json", event["id"].as_str().expect("an id"), "--db", &db]);
        assert_eq!(run.json()[0]["ev"]["id"], event["id"], "{}", run.out);
    }
    assert_eq!(demarche(&["explain", "nothing.1", "--db", &db]).code, 1);
    assert_eq!(demarche(&["explain", "--db", &db]).code, 2);
    let before = export(&db);
    assert!(demarche(&["settle", "--db", &db]).ok().starts_with("3 articles: "));
    assert_eq!(export(&db), before);
    assert_eq!(demarche(&["settle", "--json", "--db", &db]).json()[0]["articles"], 3);
    assert_eq!(export(&db), before);
    assert_eq!(demarche(&["settle", "--db", "no-such.db"]).code, 1);
}

#[test]
#[cfg(feature = "parquet")]
fn coded_articles_come_back_from_parquet_and_lines() {
    let scratch = Scratch::new("database-parquet");
    let path = |name: &str| format!("{}/{name}", scratch.path());
    let (first, second, third) = (path("first.db"), path("second.db"), path("third.db"));
    demarche(&["add", "corpus/pages", "--db", &first]).ok();
    demarche(&["export", "--db", &first, "--format", "parquet", "--out", &path("out")]).ok();
    demarche(&["add", &path("out/records.parquet"), "--db", &second]).ok();
    assert!(export(&first) == export(&second), "the exports differ");
    let lines = scratch.file("coded.jsonl", demarche(&["code", "corpus/pages"]).ok().as_bytes());
    demarche(&["add", &lines, "--db", &third]).ok();
    assert!(export(&first) == export(&third), "the exports differ");
    // A row that a cluster rejected counts as rejected, and nothing is read from the table of events.
    let run = demarche(&["add", &path("out/events.parquet"), "--db", &third]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_said_and_the_run_goes_on_later() {
    let scratch = Scratch::new("database-full");
    let [whole, full] = ["whole", "full"].map(|n| format!("{}/{n}.db", scratch.path()));
    demarche(&["add", "corpus/pages", "--db", &whole]).ok();
    // A file may grow to so many blocks of 512 bytes; writing past it fails as on a full disk.
    let mut failed = 0;
    for blocks in [200, 400, 700, 1000] {
        let run = command(&[]);
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec {} add corpus/pages --quiet --db {full}",
            run.get_program().display()
        );
        let run = std::process::Command::new("/bin/sh")
            .args(["-c", &script])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("a shell");
        if !run.status.success() {
            failed += 1;
            let err = String::from_utf8_lossy(&run.stderr);
            assert_eq!(run.status.code(), Some(1), "{err}");
            assert!(err.contains("is the disk full?"), "{err}");
        }
        if std::fs::metadata(&full).is_ok_and(|m| m.len() > 0) {
            let checked = demarche(&["check", "--json", "--db", &full]);
            if checked.code != 2 {
                let state: Value = serde_json::from_str(&checked.out).expect("JSON");
                assert_eq!(state["wrong"], serde_json::json!([]), "{blocks} blocks");
            }
        }
    }
    assert!(failed > 0, "no run met the limit");
    demarche(&["add", "corpus/pages", "--db", &full]).ok();
    assert!(export(&whole) == export(&full), "the exports differ");
}

/// Runs the program as somebody who may not write to `folder`: root may always, so that it gives itself up.
#[cfg(unix)]
fn without_writing(folder: &std::path::Path, args: &[&str]) -> (Option<i32>, String, String) {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    let mut run = std::process::Command::new(folder.join("program"));
    if std::fs::metadata(folder).expect("the folder").uid() == 0 {
        run.uid(65534).gid(65534);
    }
    let run = run.args(args).current_dir(folder).env_clear().output().expect("the program");
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    (run.status.code(), text(&run.stdout), text(&run.stderr))
}

#[test]
#[cfg(unix)]
fn a_database_that_must_not_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new("database-read-only");
    let path = scratch.path();
    let folder = std::path::Path::new(&path);
    std::fs::copy(command(&[]).get_program(), folder.join("program")).expect("a copy of the program");
    let (db, file) = (folder.join("news.db"), scratch.file("articles.jsonl", articles().as_bytes()));
    let db = db.to_str().expect("a path");
    demarche(&["add", &file, "--db", db]).ok();
    let mode = |path: &std::path::Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("permissions");
    };
    let before = export(db);
    mode(db.as_ref(), 0o444);
    mode(folder, 0o555);
    let (code, out, err) = without_writing(folder, &["export", "--db", db]);
    assert_eq!((code, out == before), (Some(0), true), "{err}");
    let (code, out, err) = without_writing(folder, &["check", "--db", db]);
    assert_eq!(code, Some(0), "{out}{err}");
    let (code, out, err) = without_writing(folder, &["add", "articles.jsonl", "--db", db]);
    assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
    assert!(err.contains("must not be written"), "{err}");
    mode(folder, 0o755);
}
