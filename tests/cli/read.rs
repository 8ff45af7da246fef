//! `demarche read`.

use crate::driver::{PAGE, demarche, demarche_with};
use unicode_width::UnicodeWidthStr;

#[test]
fn prints_card_events_statements_and_furniture() {
    let out = demarche(&["read", PAGE]).ok();
    assert!(out.starts_with("Egypt warns Ethiopia as Nile talks resume in Khartoum\n"), "{out}");
    assert!(out.contains("River Desk · World News · Sat 9 Mar 2024, 16:14"), "{out}");
    for part in ["Events", "THREATEN", "[warned]", "Statements", "“We will not accept", "ticker"] {
        assert!(out.contains(part), "{part} is missing in\n{out}");
    }
    assert!(!out.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn keeps_to_the_width_of_the_terminal() {
    for columns in ["32", "60", "200"] {
        let mut command = crate::driver::command(&["read", PAGE]);
        let output = command.env("COLUMNS", columns).output().expect("the program runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let limit = columns.parse::<usize>().expect("a number").min(100);
        assert!(widest <= limit, "{widest} columns at {columns}:\n{text}");
    }
}

#[test]
fn colours_when_asked_and_not_otherwise() {
    assert!(demarche(&["read", "--color", "always", PAGE]).ok().contains("\u{1b}["));
    assert!(!demarche(&["read", "--color", "never", PAGE]).ok().contains('\u{1b}'));
    let mut command = crate::driver::command(&["read", PAGE]);
    let output = command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1").output().expect("the program runs");
    assert!(!String::from_utf8_lossy(&output.stdout).contains('\u{1b}'), "NO_COLOR wins");
}

#[test]
fn colour_changes_nothing_but_the_marks() {
    let plain = demarche(&["read", "--color", "never", PAGE]).ok();
    let colour = demarche(&["read", "--color", "always", PAGE]).ok();
    let bare = anstream::adapter::strip_str(&colour).to_string();
    // Marks in brackets move line breaks: compare without them.
    let letters = |t: &str| t.replace(['[', ']', '│'], "").split_whitespace().collect::<String>();
    assert_eq!(letters(&bare), letters(&plain));
}

#[test]
fn reads_standard_input_and_takes_a_date() {
    let text = b"The Kenyan president met Ugandan ministers in Kampala on Friday.\n";
    let out = demarche_with(&["read", "--date", "2025-07-12", "-"], text).ok();
    assert!(out.contains("Sat 12 Jul 2025 (given)"), "{out}");
    assert!(out.contains("CONSULT") && out.contains("Fri 11 Jul 2025"), "{out}");
    assert_eq!(demarche_with(&["read", "--date", "12.7.2025", "-"], text).code, 2);
}

#[test]
fn furniture_is_coded_only_when_asked_for() {
    let count =
        |args: &[&str]| demarche(args).json()[0]["doc"]["sentences"].as_array().expect("a list").len();
    assert!(count(&["read", "--json", "--furniture", PAGE]) > count(&["read", "--json", PAGE]));
}

#[test]
fn several_pages_come_in_order_with_a_gap() {
    let out = demarche(&["read", PAGE, "corpus/pages/cup-final.txt", "--workers", "4"]).ok();
    let first = out.find("Egypt warns").expect("the first page");
    let second = out.find("\n\n\nSpain crush").expect("the second page");
    assert!(first < second);
}

#[test]
fn whole_readings_stay_as_reviewed() {
    for page in ["first-light.txt", "harbour-accord.html", "cup-final.txt", "sommet-train.html"] {
        let mut command = crate::driver::command(&["read", &format!("corpus/pages/{page}")]);
        let output = command.env("COLUMNS", "100").output().expect("the program runs");
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
            insta::assert_snapshot!(format!("read-{page}"), String::from_utf8_lossy(&output.stdout));
        });
    }
}
