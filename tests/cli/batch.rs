//! Many inputs: exit codes, failures, folders, closed pipes.

use crate::driver::{PAGE, Scratch, command, demarche, demarche_with};
use std::process::Stdio;

#[test]
fn a_broken_page_does_not_stop_the_rest() {
    let scratch = Scratch::new("broken");
    let text = std::fs::read(PAGE).expect("the sample");
    scratch.file("a.txt", &text);
    scratch.file("b.html", b"");
    scratch.file("c/d.txt", &text);
    scratch.file("c/picture.png", b"\x89PNG\r\n");
    scratch.file(".hidden/e.txt", &text);
    let run = demarche(&["code", &scratch.path()]);
    assert_eq!(run.code, 1);
    let lines = run.json();
    assert_eq!(lines.len(), 3, "{}", run.err);
    assert!(lines[0]["coding"].is_object() && lines[2]["coding"].is_object());
    assert!(lines[1]["source"].as_str().expect("a source").ends_with("b.html"));
    assert_eq!(lines[1]["error"]["kind"], "format");
    assert!(run.err.contains("b.html: ") && run.err.contains("hint:"), "{}", run.err);
}

#[test]
fn exit_codes_tell_what_happened() {
    assert_eq!(demarche(&["read", PAGE]).code, 0);
    let missing = demarche(&["read", "no-such-page.html", PAGE]);
    assert_eq!(missing.code, 1);
    assert!(missing.err.contains("no-such-page.html: no such file"), "{}", missing.err);
    assert!(missing.out.contains("Egypt warns"), "the other page comes out");
    assert_eq!(demarche(&["read", "--no-such-option"]).code, 2);
    assert_eq!(demarche(&["no-such-command"]).code, 2);
    assert_eq!(demarche(&["read", "--model", "no-such-folder", PAGE]).code, 3);
    assert_eq!(demarche(&["--help"]).code, 0);
}

#[test]
fn bad_lines_are_named_with_their_number() {
    let page = demarche(&["read", "--page", PAGE]).ok();
    let input = format!("{page}\n{{\"no\": \"record\"}}\n{{broken\n{page}");
    let run = demarche_with(&["parse"], input.as_bytes());
    assert_eq!(run.code, 1);
    let lines = run.json();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[1]["source"], "-:3");
    assert_eq!(lines[2]["source"], "-:4");
    assert!(lines[3]["doc"].is_object());
}

#[test]
fn failures_pass_through_the_stages() {
    let run = demarche(&["read", "--page", "no-such-page.html"]);
    assert_eq!(run.code, 1);
    let next = demarche_with(&["code"], run.out.as_bytes());
    assert_eq!((next.code, &next.out), (1, &run.out));
}

#[test]
fn records_of_a_newer_schema_and_wild_indices_are_refused() {
    let mut record = demarche(&["parse", PAGE]).json().remove(0);
    record["doc"]["tokens"][0]["head"] = 1_000_000.into();
    let run = demarche_with(&["code"], record.to_string().as_bytes());
    assert_eq!(run.code, 1);
    assert!(run.err.contains("head"), "{}", run.err);
    record["schema"] = 999.into();
    assert!(demarche_with(&["code"], record.to_string().as_bytes()).err.contains("schema 999"));
}

#[test]
fn a_closed_pipe_is_success() {
    let pages = vec!["corpus/pages"; 20];
    let args: Vec<&str> = std::iter::once("code").chain(pages).collect();
    let mut child =
        command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
