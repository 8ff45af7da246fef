//! Tree shapes that the qualifier walk asks for: how a clause is introduced, tense, inversion, questions.

use record::Syntax;
use tables::speech::Signature;

/// Some rows hold for one voice only: "is believed to" hedges, "believes in" does not.
pub(super) fn applies(s: &Syntax<'_>, row: &Signature, governor: usize, link: &str) -> bool {
    let passive = s.children_with(governor, &["auxpass"]).next().is_some() || s.dep(governor) == "acl";
    let voiced =
        matches!(row.word.as_str(), "believe" | "think" | "say" | "report" | "know" | "fear" | "understand");
    if voiced && link == "to" { passive } else { true }
}

/// How a clause is introduced: `to`, `ing`, `part`, `that`, `wh`.
pub(super) fn clause_link(s: &Syntax<'_>, node: usize) -> &'static str {
    let verb = node;
    let aux = s.children_with(verb, &["aux", "auxpass"]).next();
    let to = |i: usize| s.children_with(i, &["aux"]).any(|c| s.lower(c) == "to");
    if to(verb) || s.children_with(verb, &["auxpass"]).any(to) {
        return "to";
    }
    let question =
        |c: usize| matches!(s.tag(c), "WRB" | "WP" | "WDT") || matches!(s.lower(c), "whether" | "if");
    if s.children_with(node, &["mark", "prep"]).any(|c| s.lower(c) == "like") {
        return "like";
    }
    if s.children(node).any(|c| c < node && question(c)) && s.dep(node) != "relcl" {
        return "wh";
    }
    match s.tag(verb) {
        "VBG" if aux.is_none() => "ing",
        "VBN" if aux.is_some_and(|a| s.lower(a) == "being") => "ing",
        "VBN" if aux.is_none() => "part",
        "VB" if aux.is_none() => "to",
        _ if matches!(s.pos(node), "ADJ" | "NOUN" | "PROPN" | "ADV")
            && aux.is_none()
            && s.dep(node) == "xcomp" =>
        {
            "small"
        }
        _ => "that",
    }
}

pub(super) fn is_nominal(s: &Syntax<'_>, i: usize) -> bool {
    matches!(s.pos(i), "NOUN" | "PROPN" | "PRON" | "NUM" | "DET")
}

/// The verb "be", contracted or not.
pub(super) fn is_be(s: &Syntax<'_>, i: usize) -> bool {
    s.lemma(i) == "be"
        || matches!(s.pos(i), "AUX" | "VERB")
            && matches!(s.lower(i), "'s" | "’s" | "'re" | "’re" | "'m" | "’m")
}

/// True when the finite verb of `i`, or of the copula that `i` is predicate of, stands in the past.
pub(super) fn is_past(s: &Syntax<'_>, i: usize) -> bool {
    let verb = if matches!(s.dep(i), "acomp" | "attr" | "oprd") { s.head(i) } else { i };
    let first = s.children_with(verb, &["aux", "auxpass"]).next().unwrap_or(verb);
    s.tag(first) == "VBD" || s.lemma(first) == "have" && first != verb
}

/// True for nouns that point to something known: "the attack", "his visit", "this raid".
pub(super) fn is_definite(s: &Syntax<'_>, noun: usize) -> bool {
    s.children_with(noun, &["det", "poss"])
        .any(|c| s.dep(c) == "poss" || matches!(s.lower(c), "the" | "this" | "that" | "these" | "those"))
}

pub(super) fn is_present(s: &Syntax<'_>, verb: usize) -> bool {
    let first = s.children_with(verb, &["aux", "auxpass"]).next().unwrap_or(verb);
    matches!(s.tag(first), "VBZ" | "VBP" | "VB")
}

pub(super) fn is_perfect(s: &Syntax<'_>, verb: usize) -> bool {
    s.children_with(verb, &["aux"]).any(|c| s.lemma(c) == "have")
}

/// True when an auxiliary, or the verb "be" or "have" itself, stands before the subject.
pub(super) fn is_inverted(s: &Syntax<'_>, verb: usize) -> bool {
    let subject = s.children_with(verb, &["nsubj", "nsubjpass", "expl"]).next();
    let first = s.children_with(verb, &["aux", "auxpass"]).next().unwrap_or(verb);
    subject.is_none_or(|x| first < x)
}

/// True when the sentence of `node` ends with a question mark.
pub(super) fn is_question(s: &Syntax<'_>, node: usize) -> bool {
    let Some(sentence) = s.sentence(node) else { return false };
    let tokens = s.doc.sentences[sentence].tokens;
    tokens.range().rev().take(3).any(|i| s.lower(i) == "?")
}

/// True for questions that take their verb for granted ("who fired", "why did he leave").
pub(super) fn asks_for_detail(s: &Syntax<'_>, root: usize) -> bool {
    s.subtree(root).into_iter().any(|i| {
        matches!(s.tag(i), "WP" | "WRB" | "WDT" | "WP$") && (s.head(i) == root || s.head(s.head(i)) == root)
    })
}

/// True when nothing but punctuation and adverbs stands before `node` in its sentence.
pub(super) fn opens_sentence(s: &Syntax<'_>, node: usize) -> bool {
    let Some(sentence) = s.sentence(node) else { return false };
    let start = s.doc.sentences[sentence].tokens.start as usize;
    let comma = node > start && s.text(node - 1) == ",";
    comma || (start..node).all(|i| matches!(s.pos(i), "PUNCT" | "ADV" | "INTJ" | "CCONJ" | "SPACE"))
}
