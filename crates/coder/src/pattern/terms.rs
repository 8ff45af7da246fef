//! Fixed terms of a frame to tokens: where a word or compound stands.

use super::frame::Term;
use super::matching::Scene;
use crate::event::predicate::{Arg, Kind, Predicate};
use record::Attachment;
use smol_str::SmolStr;

impl Scene<'_> {
    /// "not", "never", "no longer" at a verb.
    pub(super) fn is_negated(&self, verb: usize) -> bool {
        let s = self.syntax;
        s.children(verb).any(|c| {
            s.dep(c) == "neg"
                || s.lower(c) == "never"
                || s.lower(c) == "longer" && s.children(c).any(|n| s.lower(n) == "no")
        })
    }

    /// "An accord between X and Y was signed": who takes part stands in the object of a passive without a doer.
    pub(super) fn between(&self, p: &Predicate) -> Vec<Arg> {
        let nouns = p.obj.iter().flat_map(|o| self.preps_of(o.token, &["between", "among"]));
        nouns.map(|(token, _)| Arg { token, how: Attachment::Nominal }).collect()
    }

    /// "carpet-bombed": the last word of the term inflected, the others before it and a hyphen.
    pub(super) fn hyphenated(&self, p: &Predicate, term: &Term) -> bool {
        let s = self.syntax;
        let Some((last, rest)) = term.split_last() else { return false };
        let mut at = p.head;
        p.lemmas.contains(last)
            && rest.iter().rev().all(|w| {
                let joined = at >= 2 && s.text(at - 1) == "-" && self.word_at(at - 2, w);
                at = at.saturating_sub(2);
                joined
            })
    }

    /// A word before the head that modifies it: compound, adjective or simply adjacent.
    pub(super) fn modifier(&self, head: usize, terms: &[Term]) -> Option<usize> {
        let s = self.syntax;
        let near = s
            .children_with(head, &["compound", "amod", "nmod", "poss", "advmod", "det", "npadvmod", "prep"])
            .filter(|&c| c < head);
        let above = Some(s.head(head)).filter(|&h| s.dep(h) == "prep" && h < head);
        near.chain(above).chain(head.checked_sub(1)).find(|&t| self.any_term_at(t, terms))
    }

    pub(super) fn any_term_at(&self, token: usize, terms: &[Term]) -> bool {
        terms.iter().any(|t| self.term_at(token, t))
    }

    /// True when `term` ends at `token`: last word there, the others before it, hyphens skipped.
    pub(super) fn term_at(&self, token: usize, term: &[SmolStr]) -> bool {
        let s = self.syntax;
        let mut at = Some(token);
        for (i, word) in term.iter().rev().enumerate() {
            if i > 0 {
                at = at.and_then(|t| t.checked_sub(1));
                while at.is_some_and(|t| s.text(t) == "-") {
                    at = at.and_then(|t| t.checked_sub(1));
                }
            }
            let Some(t) = at else { return false };
            if !self.word_at(t, word) {
                return i > 0 && self.term_by_modifiers(token, term);
            }
        }
        !term.is_empty()
    }

    /// As [`Self::term_at`], but the words before the last may be any modifiers of it ("arms export deal").
    pub(super) fn term_by_modifiers(&self, token: usize, term: &[SmolStr]) -> bool {
        let Some((last, rest)) = term.split_last() else { return false };
        let s = self.syntax;
        !rest.is_empty()
            && self.word_at(token, last)
            && rest.iter().all(|w| {
                s.children(token).any(|c| {
                    matches!(s.dep(c), "compound" | "amod" | "nmod" | "poss" | "det" | "nummod")
                        && (self.word_at(c, w) || s.children(c).any(|d| self.word_at(d, w)))
                })
            })
    }

    /// A verb that is plainly in the active voice: finite, or with "have".
    pub(super) fn is_active(&self, p: &Predicate) -> bool {
        let s = self.syntax;
        let finite = matches!(s.tag(p.head), "VBD" | "VBZ" | "VBP" | "VB");
        let perfect = s.children_with(p.head, &["aux"]).any(|c| s.lemma(c) == "have");
        p.kind == Kind::Verb && !p.passive && (finite || perfect) && s.lemma(p.head) != "be"
    }

    /// "charm offensive", "mock landmine", "love bombing": a modifier makes the noun another thing.
    pub(super) fn is_unreal(&self, t: usize) -> bool {
        let (s, words) = (self.syntax, self.lexicon.classes().list("unreal"));
        matches!(s.pos(t), "NOUN" | "PROPN")
            && s.children_with(t, &["compound", "amod", "nmod"]).any(|c| words.contains(s.lower(c)))
    }

    /// "(will|threaten to) bomb": an auxiliary of the verb, or the verb that governs it.
    pub(super) fn auxiliary(&self, p: &Predicate, terms: &[Term]) -> Option<usize> {
        let s = self.syntax;
        let aux = s.children_with(p.head, &["aux", "neg"]).find(|&c| self.any_term_at(c, terms));
        aux.or_else(|| {
            let (up, _) = p.governor?;
            let reads = |t: &Term| {
                t.len() > 1
                    && t.last().is_some_and(|w| w == "to")
                    && t[..t.len() - 1].iter().any(|w| self.word_at(up, w))
            };
            terms.iter().any(reads).then_some(up)
        })
    }

    pub(super) fn word_at(&self, t: usize, word: &str) -> bool {
        let s = self.syntax;
        s.lower(t) == word
            || s.lemma(t) == word
            || s.tag(t) == "NNPS" && s.lower(t).strip_suffix('s') == Some(word)
            || s.lemma(t).len() == word.len() && s.lemma(t).eq_ignore_ascii_case(word)
            || word == "oneself" && is_reflexive(s.lower(t))
    }

    /// Objects (with their preposition) under `anchor` by one of the single-word prepositions.
    pub fn preps_of(&self, anchor: usize, words: &[&str]) -> Vec<(usize, usize)> {
        let s = self.syntax;
        s.children(anchor)
            .filter(|&c| matches!(s.dep(c), "prep" | "agent" | "dative") && words.contains(&s.lower(c)))
            .flat_map(|c| s.children_with(c, &["pobj"]).map(move |o| (o, c)))
            .collect()
    }
}

/// "themselves", "himself": what "oneself" in a frame stands for.
fn is_reflexive(word: &str) -> bool {
    matches!(
        word,
        "himself" | "herself" | "itself" | "themselves" | "ourselves" | "myself" | "yourself" | "yourselves"
    )
}
