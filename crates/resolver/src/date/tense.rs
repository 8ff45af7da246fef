//! The parse around an expression to the side of now on which it lies.

use record::Syntax;

/// Where the governing verb puts the expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// "said", "has met".
    Past,
    /// "will meet", "is due to meet", "would meet".
    Future,
    /// "meets", "is": a habit or a schedule.
    Present,
    /// No verb governs it.
    None,
}

/// Words after which an infinitive or a date lies ahead.
const AHEAD: &[&str] = &[
    "due", "set", "expect", "schedule", "plan", "intend", "hope", "want", "likely", "ready", "slate",
    "upcoming", "until", "by",
];

/// Tense of the first verb above token `i`.
pub fn tense(syntax: &Syntax<'_>, i: usize) -> Tense {
    let mut verb = None;
    for up in std::iter::once(i).chain(syntax.ancestors(i)).take(12) {
        if matches!(syntax.pos(up), "VERB" | "AUX") {
            verb = Some(up);
            break;
        }
    }
    verb.map_or(Tense::None, |v| of_verb(syntax, v, 4))
}

fn of_verb(syntax: &Syntax<'_>, verb: usize, depth: usize) -> Tense {
    let helpers = || syntax.children_with(verb, &["aux", "auxpass"]);
    let future = |h: usize| {
        matches!(syntax.lemma(h), "will" | "shall" | "would")
            || matches!(syntax.lower(h), "’ll" | "'ll" | "wo")
    };
    if helpers().any(future) {
        return Tense::Future;
    }
    if helpers().any(|h| {
        matches!(syntax.lower(h), "had" | "was" | "were" | "did")
            || matches!(syntax.lower(h), "has" | "have" | "'ve" | "’ve")
    }) {
        let scheduled =
            AHEAD.contains(&syntax.lemma(verb)) && syntax.children_with(verb, &["xcomp"]).next().is_some();
        return if scheduled { Tense::Future } else { Tense::Past };
    }
    let going = helpers().any(|h| syntax.lower(h) == "to");
    match syntax.tag(verb) {
        "VBD" => Tense::Past,
        _ if going || syntax.tag(verb) == "VBG" && syntax.dep(verb) == "xcomp" => {
            match above(syntax, verb, depth) {
                Tense::None => Tense::Future,
                // "is to be held".
                Tense::Present if syntax.lemma(syntax.head(verb)) == "be" => Tense::Future,
                // "agreed to meet on Friday" lies ahead of the agreement, "managed to reach" does not.
                Tense::Past if purpose(syntax, verb) => Tense::Future,
                other => other,
            }
        }
        "VBZ" | "VBP" => Tense::Present,
        "VBN" if helpers().next().is_some() => Tense::Present,
        "VBN" => Tense::Past,
        "VB" | "MD" if helpers().next().is_some() => Tense::Present,
        _ => above(syntax, verb, depth),
    }
}

fn purpose(syntax: &Syntax<'_>, verb: usize) -> bool {
    let lemma = syntax.lemma(syntax.head(verb));
    AHEAD.contains(&lemma)
        || matches!(
            lemma,
            "agree" | "promise" | "vow" | "pledge" | "decide" | "announce" | "invite" | "urge" | "begin"
        )
}

fn above(syntax: &Syntax<'_>, verb: usize, depth: usize) -> Tense {
    if depth == 0 {
        return Tense::None;
    }
    let mut chain = syntax.ancestors(verb);
    match chain.find(|&a| matches!(syntax.pos(a), "VERB" | "AUX")) {
        Some(_) if AHEAD.contains(&syntax.lemma(syntax.head(verb))) => Tense::Future,
        Some(up) => of_verb(syntax, up, depth - 1),
        None if AHEAD.contains(&syntax.lemma(syntax.head(verb))) => Tense::Future,
        None => Tense::None,
    }
}
