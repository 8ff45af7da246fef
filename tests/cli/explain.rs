//! `demarche explain`.

use crate::driver::{PAGE, demarche};

#[test]
fn names_the_rule_and_row_behind_an_event_and_why_a_sentence_has_none() {
    let out = demarche(&["explain", PAGE]).ok();
    for part in
        ["trigger", "who", "to whom", "modality", "confidence", "Sentences without an event", "patterns/"]
    {
        assert!(out.contains(part), "{part} is missing in\n{out}");
    }
}

#[test]
fn one_event_by_its_number() {
    let out = demarche(&["explain", PAGE, "--event", "1"]).ok();
    assert!(out.contains("  1 ") && !out.contains("\n  2 "), "{out}");
    let none = demarche(&["explain", PAGE, "--event", "999"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("no event 999") && none.err.contains("1 to "), "{}", none.err);
    assert_eq!(demarche(&["explain", PAGE, "--event", "0"]).code, 2);
}
