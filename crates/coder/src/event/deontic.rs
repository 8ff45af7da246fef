//! "X says that Y must act": a clause of duty under a verb of saying is a request to the clause's subject.

use super::draft::Draft;
use super::predicate::{Kind, Link, Predicate};
use super::slots::Slots;
use crate::pattern::matching::{Hit, Scene};
use record::{Plover, Reason};
use std::collections::BTreeMap;

/// Auxiliaries of duty.
const DUTY: [&str; 3] = ["must", "should", "ought"];

/// Adds a request for every clause of duty; what is asked for is no event of its own.
pub fn add(scene: &Scene<'_>, slots: &Slots<'_>, drafts: &mut BTreeMap<usize, Draft>) {
    for p in scene.predicates.iter().filter(|p| p.kind == Kind::Verb) {
        let Some(request) = duty(scene, p).and_then(|cue| request(scene, slots, p, cue)) else { continue };
        let stands = drafts.get(&request.head).is_some_and(|d| d.plover != Plover::Request);
        if !stands {
            drafts.remove(&p.head);
            drafts.entry(request.head).or_insert(request);
        }
    }
}

/// The auxiliary of duty of a verb ("must", "has to", "needs to").
fn duty(scene: &Scene<'_>, p: &Predicate) -> Option<usize> {
    let s = scene.syntax;
    let perfect = s.children(p.head).any(|c| s.dep(c) == "aux" && s.lower(c) == "have");
    let modal = s.children(p.head).find(|&c| s.dep(c) == "aux" && DUTY.contains(&s.lower(c)));
    let own = modal.filter(|_| !perfect);
    own.or_else(|| {
        (matches!(s.lower(p.head), "has" | "have" | "needs" | "need")
            && p.comps.iter().any(|c| c.1 == Link::Open))
        .then_some(p.head)
    })
}

fn request(scene: &Scene<'_>, slots: &Slots<'_>, p: &Predicate, cue: usize) -> Option<Draft> {
    let s = scene.syntax;
    let (outer, Link::Clause) = p.governor? else { return None };
    let g = scene.predicates.at(outer)?;
    let saying = scene.lexicon.classes().list("saying-verb");
    if !g.lemmas.iter().any(|l| saying.contains(l)) {
        return None;
    }
    let sources = slots.subjects(g);
    let subject = p.surface.first()?.token;
    let targets: Vec<_> = scene.cast.participants(subject, p.surface[0].how, true);
    let targets: Vec<_> = targets.into_iter().filter(|t| !slots.among(t, &sources)).collect();
    if sources.is_empty() || targets.is_empty() {
        return None;
    }
    let note = format!("{} under {}", s.text(cue), s.text(outer));
    Some(Draft {
        head: outer,
        core: p.head,
        level: outer,
        fact: outer,
        plover: Plover::Request,
        modes: Vec::new(),
        cameo: "020".into(),
        sense: "rule/duty".into(),
        flags: Vec::new(),
        sources,
        targets,
        mutual: false,
        object: Some(subject),
        hit: Hit {
            sense: u32::MAX,
            score: 4.0,
            bound: Vec::new(),
            act: Some(p.head),
            used: Vec::new(),
            slips: Vec::new(),
        },
        ahead: false,
        embedded: None,
        points: None,
        why: vec![Reason::rule("coder/duty").with_note(note)],
    })
}
