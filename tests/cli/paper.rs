//! Help, version, completions, manual, doctor: what comes with the program.

use crate::driver::{Scratch, demarche};

#[test]
fn help_names_every_command() {
    let help = demarche(&["--help"]).ok();
    for name in [
        "read",
        "parse",
        "resolve",
        "code",
        "explain",
        "quotes",
        "actors",
        "doctor",
        "schema",
        "completions",
        "man",
    ] {
        assert!(help.contains(&format!("\n  {name} ")), "{name} is missing in\n{help}");
        assert!(demarche(&[name, "--help"]).ok().contains("Usage: demarche"), "{name}");
    }
    assert!(help.lines().all(|l| l.chars().count() <= 100));
}

#[test]
fn version_credits_the_data() {
    assert_eq!(demarche(&["--version"]).ok(), format!("demarche {}\n", env!("CARGO_PKG_VERSION")));
    let long = demarche(&["--version", "--verbose"]).ok();
    assert!(long.contains("GeoNames") && long.contains("en-core-web-sm"), "{long}");
}

#[test]
fn completions_for_every_shell_and_a_manual() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(demarche(&["completions", shell]).ok().contains("explain"), "{shell}");
    }
    assert!(demarche(&["man"]).ok().contains(".TH demarche 1"));
    assert!(demarche(&["man", "read"]).ok().contains("furniture"));
    assert_eq!(demarche(&["man", "no-such-command"]).code, 2);
}

#[test]
fn the_doctor_finds_nothing_wrong() {
    let out = demarche(&["doctor"]).ok();
    assert_eq!(out.lines().filter(|l| l.starts_with("ok")).count(), 7, "{out}");
    assert!(out.contains(tables::actors::AS_OF), "the tables' date: {out}");
    assert_eq!(demarche(&["doctor", "--model", "no-such-folder"]).code, 3);
}

#[test]
fn the_doctor_tells_a_sound_database_from_a_broken_one() {
    let folder = Scratch::new("doctor");
    let (good, bad) = (format!("{}/good.db", folder.path()), format!("{}/bad.db", folder.path()));
    let (good, bad) = (good.as_str(), bad.as_str());
    demarche(&["add", "corpus/pages/first-light.txt", "--db", good]).ok();
    let out = demarche(&["doctor", "--db", good]).ok();
    assert!(out.contains("sound: 1 articles"), "{out}");
    std::fs::write(bad, "no database").unwrap();
    let run = demarche(&["doctor", "--json", "--db", bad]);
    assert_eq!(run.code, 1);
    let said: serde_json::Value = serde_json::from_str(run.out.trim()).unwrap();
    assert_eq!(said["ok"], false);
    let unwell = said["checks"].as_array().unwrap().iter().filter(|c| c["ok"] == false).count();
    assert_eq!(unwell, 1, "only the database: {said}");
}
