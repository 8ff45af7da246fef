//! Verbs and nouns of saying to their speaker and addressee.

use super::{Finder, Source};
use record::TokenSpan;
use tables::reporting::{Frame, ReportingWord};

impl Finder<'_, '_> {
    /// Who does the saying of verb `v`.
    pub(super) fn speaker_of(&self, v: usize) -> Option<Source> {
        let head = self.subject(v, 0)?;
        let mut source = self.phrase_of(head);
        // A subject before its verb ends before it, whatever the parser hung on it.
        if head < v && source.tokens.end as usize > v {
            source.tokens = self.bare(TokenSpan::new(source.tokens.start as usize, v));
        }
        Some(source)
    }

    fn subject(&self, v: usize, depth: u32) -> Option<usize> {
        let s = self.s;
        if depth > 6 {
            return None;
        }
        if s.children_with(v, &["auxpass"]).next().is_some() {
            let agent = s.children_with(v, &["agent", "prep"]).find(|&c| s.lower(c) == "by");
            if let Some(by) = agent.and_then(|b| s.child(b, "pobj")) {
                return Some(by);
            }
            // Who is asked or told does not speak; who is quoted as saying does.
            if depth == 0 {
                return None;
            }
        }
        let subject = self.own_subject(v);
        if let Some(subject) = subject {
            let relative =
                matches!(s.lower(subject), "who" | "which" | "that" | "whom") && s.dep(v) == "relcl";
            return Some(if relative { s.head(v) } else { subject });
        }
        if s.is_root(v) {
            return None;
        }
        let up = s.head(v);
        match s.dep(v) {
            // "They claimed A and claim B", with the second claim hung into A.
            "conj" if s.dep(up) == "ccomp" && self.reporting(s.head(up)).is_some() => {
                self.subject(s.head(up), depth + 1)
            }
            "conj" | "xcomp" | "advcl" | "aux" | "dep" if matches!(s.pos(up), "VERB" | "AUX") => {
                self.subject(up, depth + 1)
            }
            "ccomp" if s.tag(v) == "VBG" => self.subject(up, depth + 1),
            "pcomp" => {
                let governor = s.head(up);
                // "quoted the governor as saying": the object speaks.
                let quotes = matches!(s.lemma(governor), "quote" | "cite") && s.lower(up) == "as";
                if quotes && let Some(object) = s.child(governor, "dobj") {
                    return Some(object);
                }
                (governor != up).then(|| self.subject(governor, depth + 1)).flatten()
            }
            "acl" if s.tag(v) == "VBG" => Some(self.author(up)),
            _ => None,
        }
    }

    /// The subject of a verb; of two, the one after a verb set off by a comma ("recipients, said Maurer, are …").
    pub(super) fn own_subject(&self, v: usize) -> Option<usize> {
        let s = self.s;
        let set_off = v > 0 && s.text(v - 1) == ",";
        let mut subjects = s.children_with(v, &["nsubj", "nsubjpass"]);
        let first = subjects.next()?;
        Some(subjects.find(|&x| set_off && x > v).unwrap_or(first))
    }

    /// The author of a document noun when one is named at it ("Lima's letter", "a letter from Lima"); else the noun.
    pub(super) fn author(&self, noun: usize) -> usize {
        let s = self.s;
        if self.t.words.noun(s.lemma(noun)).is_none() {
            return noun;
        }
        if let Some(owner) = s.child(noun, "poss") {
            return owner;
        }
        let by = s.children_with(noun, &["prep"]).find(|&p| matches!(s.lower(p), "by" | "from"));
        by.and_then(|p| s.child(p, "pobj")).unwrap_or(noun)
    }

    /// To whom verb `v` is said: "told reporters", "said to the court".
    pub(super) fn addressee_of(&self, v: usize, word: &ReportingWord) -> Option<Source> {
        let s = self.s;
        let direct = word.takes(Frame::Hearer);
        let object = s
            .children_with(v, &["dobj", "dative"])
            .find(|&c| direct && matches!(s.pos(c), "NOUN" | "PROPN" | "PRON"));
        let object = object.or_else(|| {
            let to = s
                .children_with(v, &["prep", "dative"])
                .find(|&p| s.lower(p) == "to" || word.lemma == "call on" && s.lower(p) == "on")?;
            s.child(to, "pobj")
        });
        object.map(|o| self.phrase_of(o))
    }
}
