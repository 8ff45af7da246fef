//! Runs of words in a frame: what joins to a compound term, what is a preposition, adverb or auxiliary, which heads.

use super::frame::{HeadKind, Role, Term};
use super::parse::{Item, MODALS, PREPOSITIONS, holds};
use hashbrown::HashSet;
use smol_str::SmolStr;

/// "SRC envoy meet TGT": the noun after the slot is what the participant owns and the next term is the verb; without
/// one, or when all take part alike, the noun is the head.
pub(super) fn noun_subject(
    items: &[Item],
    leading: Option<usize>,
    lemma: &[SmolStr],
) -> (Option<usize>, HeadKind) {
    let terms = match leading.and_then(|l| items.get(l)) {
        Some(Item::Words { terms, .. }) => terms.as_slice(),
        _ => &[],
    };
    // "(rise up|stage uprising)" holds the lemma inside a verb phrase; "impose OBJ" goes on with an object.
    let phrase = terms.iter().any(|t| t.len() > 1 && t.last() == lemma.last());
    let object = leading.and_then(|l| items.get(l + 1)).is_some_and(|i| matches!(i, Item::Slot(..)));
    if phrase && terms.len() > 1 || object {
        return (leading, HeadKind::Verb);
    }
    let next = leading.map(|l| l + 1).filter(|&n| {
        matches!(items.get(n), Some(Item::Words { terms, .. }) if !is_preposition(terms) && !is_to(terms))
            && matches!(items.first(), Some(Item::Slot(s, _)) if s.role != Role::Both)
    });
    match next {
        Some(n) => (Some(n), HeadKind::Verb),
        None => (leading, HeadKind::Noun),
    }
}

/// The word after a leading slot or event that heads the frame: copulas, modals and adverbs are passed over, but "be"
/// before a preposition is the head ("SRC be on alert"), and of a noun and the verb with the lemma after it, the verb.
/// `bodies` are nouns for the forces and means of a doer that stand between it and the verb.
pub(super) fn leading_verb(
    items: &[Item],
    with_lemma: Option<usize>,
    bodies: &HashSet<SmolStr>,
) -> Option<usize> {
    match items.first()? {
        Item::Slot(s, _) if s.owns.is_empty() => {}
        Item::Act(_) => {}
        _ => return None,
    }
    let words = |i: usize| match items.get(i) {
        Some(Item::Words { terms, .. }) => Some(terms.as_slice()),
        _ => None,
    };
    let state = |i: usize| {
        words(i).is_some_and(|t| t.iter().any(|t| t[0] == "be")) && words(i + 1).is_some_and(is_preposition)
    };
    let passed = |t: &[Term]| is_copula(t) || is_adverb(t) || is_modal(t);
    let first = (0..items.len()).find(|&i| words(i).is_some_and(|t| !passed(t)) || state(i))?;
    if words(first).is_some_and(is_preposition) {
        return (first + 1..items.len()).find(|&i| words(i).is_some());
    }
    if with_lemma == Some(first + 1)
        && words(first).is_some_and(|t| t.iter().all(|t| t.last().is_some_and(|w| bodies.contains(w))))
    {
        return with_lemma;
    }
    Some(first)
}

/// Words in a row make one compound term: "(aid|relief) package". Verbs keep their place: a run never takes in the
/// first term after a leading slot. `verb` is the lemma of a line whose head is a verb: "(tourist|fan) visit TGT" keeps
/// its subject apart.
pub(super) fn join_runs(items: Vec<Item>, verb: Option<&[SmolStr]>) -> Vec<Item> {
    let worded = matches!(items.first(), Some(Item::Words { .. }));
    let heads = |t: &[Term]| worded && verb.is_some_and(|v| t.iter().any(|t| t.starts_with(v)));
    let first_words = |adverbs: bool| {
        items.iter().position(
            |i| matches!(i, Item::Words { terms, .. } if !is_copula(terms) && (adverbs || !is_adverb(terms))),
        )
    };
    let verb_at = match items.first() {
        Some(Item::Slot(s, _)) if s.owns.is_empty() && s.role != Role::Both => first_words(false),
        Some(Item::Act(_)) => first_words(false),
        // "SRC+TGT joint venture" is a noun phrase, "SRC+TGT trade blame" is none: told by the first word.
        Some(Item::Slot(s, _)) if s.owns.is_empty() => first_words(true).filter(|&v| {
            !matches!(items.get(v), Some(Item::Words { terms, .. }) if terms.iter().all(|t| t.last().is_some_and(|w| NOUN_MODIFIERS.contains(&w.as_str()))))
        }),
        _ => None,
    };
    let joins = |t: &[Term]| {
        !is_preposition(t) && !is_to(t) && !is_copula(t) && !is_adverb(t) && !is_modal(t) && !is_that(t)
    };
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for (i, item) in items.into_iter().enumerate() {
        let frozen = verb_at.is_some_and(|v| i <= v + 1);
        if let (
            Some(Item::Words { terms: before, marked: false, .. }),
            Item::Words { terms, marked: false, .. },
        ) = (out.last_mut(), &item)
            && !frozen
            && !heads(terms)
            && !heads(before)
            && before.len() * terms.len() <= 200
            && joins(before)
            && joins(terms)
        {
            *before = before
                .iter()
                .flat_map(|b| terms.iter().map(move |t| b.iter().chain(t).cloned().collect()))
                .collect();
            continue;
        }
        out.push(item);
    }
    out
}

/// Verbs that give little but their subject: with one of them first, a line's lemma is the noun after it.
pub(super) const LIGHT: [&str; 20] = [
    "make", "begin", "start", "hold", "conduct", "launch", "stage", "go", "cut", "stop", "let", "exchange",
    "call", "have", "give", "take", "tell", "help", "carry", "be",
];

/// Adjectives with which a mutual noun phrase begins.
const NOUN_MODIFIERS: [&str; 8] =
    ["joint", "bilateral", "trilateral", "peace", "ceasefire", "trade", "mutual", "summit"];

pub(super) fn is_of(preps: &[Term]) -> bool {
    preps.iter().any(|p| p.len() == 1 && p[0] == "of")
}

pub(super) fn is_to(terms: &[Term]) -> bool {
    matches!(terms, [t] if t.len() == 1 && t[0] == "to")
}

pub(super) fn is_that(terms: &[Term]) -> bool {
    terms.iter().any(|t| t.len() == 1 && t[0] == "that")
}

pub(super) fn is_modal(terms: &[Term]) -> bool {
    terms.iter().all(|t| t.len() == 1 && (MODALS.contains(&t[0].as_str()) || t[0] == "not"))
}

/// Words in -ly that are verbs or nouns.
const NO_ADVERBS: [&str; 9] =
    ["ally", "rally", "supply", "fly", "assembly", "reply", "apply", "comply", "rely"];

/// Modals, and governing verbs with their "to".
pub(super) fn is_auxiliary(terms: &[Term]) -> bool {
    terms
        .iter()
        .all(|t| t.iter().any(|w| MODALS.contains(&w.as_str())) || t.last().is_some_and(|w| w == "to"))
}

pub(super) fn is_adverb(terms: &[Term]) -> bool {
    terms.iter().all(|t| t.len() == 1 && t[0].ends_with("ly") && !NO_ADVERBS.contains(&t[0].as_str()))
}

/// Prepositions of one or more words: the first and the last are prepositions ("in front of").
pub(super) fn is_preposition(terms: &[Term]) -> bool {
    let known = |w: Option<&SmolStr>| w.is_some_and(|w| PREPOSITIONS.contains(&w.as_str()));
    terms.iter().all(|t| known(t.first()) && known(t.last()))
}

pub(super) fn is_copula(terms: &[Term]) -> bool {
    terms.iter().all(|t| t.len() == 1 && matches!(t[0].as_str(), "be" | "get" | "become" | "remain" | "have"))
        && !holds(terms, &[SmolStr::new_static("have")])
}
