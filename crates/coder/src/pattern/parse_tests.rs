//! Frames to trees and errors: what the grammar takes and what it refuses.

use super::*;

/// Frames without bodies between doer and verb.
fn parse(frame: &str, lemma: &str, pos: &str) -> Result<Frame, FrameError> {
    super::parse(frame, lemma, pos, &HashSet::new())
}

fn words(list: &[&str]) -> Vec<Term> {
    list.iter().map(|w| w.split(' ').map(SmolStr::from).collect()).collect()
}

#[test]
fn finds_the_head_of_verb_and_noun_frames() {
    let f = parse("SRC (launch|carry out) [a] raid (on|against) TGT:state", "raid", "noun").unwrap();
    assert_eq!((f.kind, f.head), (HeadKind::Verb, words(&["launch", "carry out"])));
    assert_eq!(f.after[0], Element::Words(words(&["raid"])));
    let Element::Prep { preps, object } = &f.after[1] else { panic!("{:?}", f.after) };
    assert_eq!(preps, &words(&["on", "against"]));
    assert!(matches!(&**object, Element::Slot(s) if s.role == Role::Tgt && s.classes == ["state"]));

    let f = parse("(raid|air raid) on TGT [by SRC]", "raid", "noun").unwrap();
    assert_eq!((f.kind, f.head.len()), (HeadKind::Noun, 2));
    let f = parse("SRC 's plea to TGT for OBJ", "plea", "noun").unwrap();
    assert_eq!(f.kind, HeadKind::Noun);
}

#[test]
fn a_body_between_doer_and_verb_heads_nothing() {
    let head = |bodies: &[&str]| {
        let bodies = bodies.iter().map(|&w| w.into()).collect();
        super::parse("SRC troops march on TGT", "march", "phrase", &bodies).unwrap().head
    };
    assert_eq!(head(&["troops"]), words(&["march"]));
    assert_eq!(head(&[]), words(&["troops"]));
}

#[test]
fn reads_clauses_and_owners() {
    let f = parse("SRC bow to TGT 's demand [to ACT]", "bow", "verb").unwrap();
    let Element::Prep { object, .. } = &f.after[0] else { panic!() };
    assert!(matches!(&**object, Element::Slot(s) if s.owns == words(&["demand"])));
    assert_eq!(f.after[1], Element::Optional(vec![Element::To(vec![Element::Act])]));
    let f = parse("SRC insist that TGT should ACT", "insist", "verb").unwrap();
    assert!(matches!(&f.after[0], Element::That(inner) if inner.len() == 3));
}

#[test]
fn errors_name_the_column() {
    let column = |f: &str| parse(f, "aid", "verb").unwrap_err().column;
    assert_eq!(column("SRC aid (TGT|OBJ)"), 10);
    assert_eq!(column("SRC aid [TGT"), 9);
    assert_eq!(column("SRC aid XTGT"), 9);
    assert_eq!(column("SRC aid [(in|at) TGT|OBJ]"), 21);
    assert!(parse("SRC help TGT", "aid", "verb").unwrap_err().message.contains("does not stand"));
}

#[test]
fn never_panics_on_odd_signs() {
    for f in [
        "",
        "[",
        "]",
        "(",
        "()",
        "(|)",
        "'s",
        "*",
        "* *",
        "é [ü] 's",
        "SRC:|",
        "to",
        "that",
        "[[a]]",
        "OBJ 's x",
    ] {
        let _ = parse(f, "a", "noun");
    }
}
