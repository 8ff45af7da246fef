//! Labels of the tree around a verb or noun to its arguments, one question each.

use super::{Arg, Link};
use crate::event::cast::Cast;
use crate::pattern::compile::Classes;
use hashbrown::HashSet;
use record::{Attachment, SmolStr, Syntax};

/// "Oil fund divested from ...": a participle on the noun that heads a sentence without a verb is its verb, when it has
/// an object, or a preposition and no by-phrase.
pub(super) fn is_headline_verb(s: &Syntax<'_>, v: usize) -> bool {
    let noun = s.head(v);
    if s.dep(v) != "acl"
        || !s.is_root(noun)
        || matches!(s.pos(noun), "VERB" | "AUX")
        || s.child(v, "agent").is_some()
    {
        return false;
    }
    let object = s.child(v, "dobj").is_some();
    let oblique = s
        .children_with(v, &["prep"])
        .any(|c| matches!(s.lower(c), "from" | "with" | "against" | "for" | "to"));
    object || oblique && s.lower(v) != "based"
}

pub(super) fn is_predicate_adjective(s: &Syntax<'_>, t: usize) -> bool {
    match s.dep(t) {
        "acomp" | "oprd" | "ROOT" | "xcomp" | "ccomp" | "advcl" | "attr" => true,
        "conj" => matches!(s.dep(s.head(t)), "acomp" | "oprd" | "ROOT"),
        "amod" => s.children(t).any(|c| matches!(s.dep(c), "xcomp" | "prep")),
        _ => false,
    }
}

/// True when the verb is marked by "to".
pub fn has_to(s: &Syntax<'_>, v: usize) -> bool {
    s.children(v).any(|c| s.tag(c) == "TO" && s.dep(c) == "aux")
}

/// True for infinitives with or without "to".
pub(super) fn is_infinitive(s: &Syntax<'_>, v: usize) -> bool {
    has_to(s, v) || s.tag(v) == "VB" && !s.children(v).any(|c| s.dep(c) == "aux")
}

pub(super) fn passive_how(how: Attachment) -> Attachment {
    if how == Attachment::Direct { Attachment::Passive } else { how }
}

pub(super) fn is_relative_pronoun(s: &Syntax<'_>, t: usize) -> bool {
    matches!(s.tag(t), "WDT" | "WP") || s.lower(t) == "that" && s.tag(t) != "DT" && s.pos(t) == "PRON"
}

/// The noun that relative pronoun `t` of verb `v` stands for.
pub(super) fn relative_antecedent(s: &Syntax<'_>, v: usize, t: usize) -> Option<usize> {
    if !is_relative_pronoun(s, t) {
        return None;
    }
    std::iter::once(v).chain(s.ancestors(v)).take(4).find(|&a| s.dep(a) == "relcl").map(|a| s.head(a))
}

/// The noun that a relative clause without an object of its own leaves out.
pub(super) fn relative_gap(s: &Syntax<'_>, v: usize) -> Option<usize> {
    let subject = s.children_with(v, &["nsubj"]).next()?;
    let open = !is_relative_pronoun(s, subject)
        && s.children(v).all(|c| !matches!(s.dep(c), "xcomp" | "ccomp" | "acomp" | "attr" | "dobj"))
        && s.children(v).all(|c| !(s.dep(c) == "prep" && s.children(c).any(|o| is_relative_pronoun(s, o))))
        && !s.children(v).any(|c| s.dep(c) == "advmod" && matches!(s.lower(c), "where" | "when" | "why"));
    open.then(|| s.head(v))
}

/// The verb that a coordinated verb without a subject of its own belongs to: its head, or, where the forms cannot stand
/// side by side ("said X harms nobody and accused Y"), the nearest governor of that form.
pub fn coordination_host(s: &Syntax<'_>, v: usize) -> usize {
    let head = s.head(v);
    let form = |t: usize| match s.tag(t) {
        "VB" | "VBP" => 'b',
        "VBZ" => 'z',
        "VBD" | "VBN" => 'd',
        "VBG" => 'g',
        _ => ' ',
    };
    let own = s
        .children(v)
        .any(|c| matches!(s.dep(c), "nsubj" | "nsubjpass" | "aux" | "auxpass" | "expl" | "mark"));
    if s.pos(v) != "VERB" || own || form(v) == ' ' || form(v) == form(head) || s.pos(head) != "VERB" {
        return head;
    }
    let mut at = head;
    for _ in 0..3 {
        if !matches!(s.dep(at), "ccomp" | "xcomp" | "advcl" | "pcomp" | "relcl") || s.is_root(at) {
            return head;
        }
        at = s.head(at);
        if form(at) == form(v) && at < head && s.pos(at) == "VERB" {
            return at;
        }
    }
    head
}

/// "what he called an attack", "what he described as an attack": the noun that the clause of naming verb `v` names.
pub fn free_relative(s: &Syntax<'_>, naming: &HashSet<SmolStr>, v: usize) -> Option<usize> {
    let what = s.children_with(v, &["dobj"]).any(|c| s.tag(c) == "WP" && c < v);
    if !what || !naming.contains(s.lemma(v)) {
        return None;
    }
    let named = s.children_with(v, &["oprd", "attr"]).find(|&c| c > v);
    named.or_else(|| {
        let as_ = s.children_with(v, &["prep"]).find(|&c| s.lower(c) == "as")?;
        s.child(as_, "pobj")
    })
}

pub(super) fn objects(s: &Syntax<'_>, v: usize) -> Vec<Arg> {
    let mut out = Vec::new();
    for c in s.children(v) {
        match s.dep(c) {
            "dobj" => out.push(match relative_antecedent(s, v, c) {
                Some(noun) => Arg { token: noun, how: Attachment::Relative },
                None => Arg { token: c, how: Attachment::Direct },
            }),
            // "sent up to 16 advisers": the particle with a number below is a quantity.
            "prt" | "prep" | "advmod" if s.lower(c) == "up" => {
                let quantity = s.children(c).find(|&o| s.lower(o) == "to");
                let noun = quantity.and_then(|to| s.children_with(to, &["pobj"]).next());
                if let Some(noun) = noun.filter(|&n| s.children(n).any(|m| s.dep(m) == "nummod")) {
                    out.push(Arg { token: noun, how: Attachment::Direct });
                }
            }
            _ => {}
        }
    }
    out
}

/// By-phrases of a passive.
pub(super) fn agents(s: &Syntax<'_>, v: usize) -> Vec<Arg> {
    s.children(v)
        .filter(|&c| s.dep(c) == "agent" || s.dep(c) == "prep" && s.lower(c) == "by")
        .flat_map(|by| s.children_with(by, &["pobj"]))
        .filter(|&t| !matches!(s.entity_label(t), "DATE" | "TIME" | "PERCENT" | "MONEY" | "CARDINAL"))
        .map(|token| Arg { token, how: Attachment::Passive })
        .collect()
}

/// A single later "by" with an actor, hung on a noun of the clause by the parser.
pub(super) fn borrowed_agent(s: &Syntax<'_>, cast: &Cast<'_>, v: usize) -> Vec<Arg> {
    let mut found = Vec::new();
    let end = s.sentence(v).map_or(v, |x| s.doc.sentences[x].tokens.end as usize);
    for by in v + 1..end {
        if s.lower(by) != "by" || !matches!(s.dep(by), "prep" | "agent") || !s.is_under(by, v) {
            continue;
        }
        // Another verb between owns it.
        if s.ancestors(by).take_while(|&a| a != v).any(|a| s.pos(a) == "VERB") {
            continue;
        }
        found.extend(s.children_with(by, &["pobj"]).filter(|&t| cast.is_actor(t)));
    }
    match found[..] {
        [token] => vec![Arg { token, how: Attachment::Borrowed }],
        _ => Vec::new(),
    }
}

pub(super) fn particles(s: &Syntax<'_>, classes: &Classes, v: usize) -> Vec<usize> {
    let adverbs = classes.list("particle-adverb");
    s.children(v)
        .filter(|&c| match s.dep(c) {
            "prt" => true,
            "advmod" => adverbs.contains(s.lower(c)),
            "prep" => {
                s.children(c).all(|o| !matches!(s.dep(o), "pobj" | "pcomp")) || adverbs.contains(s.lower(c))
            }
            _ => false,
        })
        .collect()
}

pub(super) fn complements(s: &Syntax<'_>, v: usize) -> Vec<(usize, Link)> {
    let mut out = Vec::new();
    for c in s.children(v) {
        match s.dep(c) {
            "xcomp" => out.push((c, Link::Open)),
            "ccomp" => out.push((c, Link::Clause)),
            "acl" if has_to(s, c) || s.child(c, "mark").is_some() => out.push((c, Link::Open)),
            "advcl" if has_to(s, c) => out.push((c, Link::Adverbial)),
            "prep" | "dative" => out.extend(s.children_with(c, &["pcomp"]).map(|g| (g, Link::Gerund))),
            _ => {}
        }
    }
    out
}

/// "an anti-North Korea pact": the one before the noun is whom it is against.
fn is_against(s: &Syntax<'_>, cast: &Cast<'_>, c: usize) -> bool {
    let first = cast.mention(c).map_or(c, |(_, m)| m.tokens.start as usize);
    let before = |n: usize| first.checked_sub(n).map_or("", |t| s.lower(t));
    before(1) == "anti" || before(2) == "anti" && matches!(before(1), "-" | "–")
}

/// Who owns an event noun: possessor, country before it, by-phrase; of words also who they come from.
pub fn owners(s: &Syntax<'_>, cast: &Cast<'_>, classes: &Classes, noun: usize) -> Vec<Arg> {
    let mut out = Vec::new();
    for c in s.children(noun) {
        let take = match s.dep(c) {
            "poss" => true,
            "compound" | "amod" | "nmod" | "npadvmod" => cast.is_actor(c) && !is_against(s, cast, c),
            _ => false,
        };
        if take {
            out.push(Arg { token: c, how: Attachment::Nominal });
        }
    }
    if out.is_empty() {
        for by in
            s.children(noun).filter(|&c| s.dep(c) == "prep" && s.lower(c) == "by" || s.dep(c) == "agent")
        {
            out.extend(s.children_with(by, &["pobj"]).map(|token| Arg { token, how: Attachment::Nominal }));
        }
    }
    if out.is_empty() && classes.list("word-noun").contains(s.lemma(noun)) {
        // "calls from bishops", "a plea came from the governor".
        let verb = Some(s.head(noun)).filter(|&v| s.dep(noun) == "nsubj" && s.lemma(v) == "come");
        let from = [Some(noun), verb].into_iter().flatten().flat_map(|a| s.children_with(a, &["prep"]));
        let nouns = from.filter(|&c| s.lower(c) == "from").flat_map(|c| s.children_with(c, &["pobj"]));
        out.extend(nouns.filter(|&t| cast.is_actor(t)).map(|token| Arg { token, how: Attachment::Nominal }));
    }
    out
}
