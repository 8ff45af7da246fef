//! A country or capital in its clause to one question: government or place?

use super::phrase::{Phrase, View};
use record::ActorKind;

impl View<'_> {
    /// True when the name is used as a place: "in Turkey", "bombed Baghdad", "the Paris summit", "MOSCOW (AP) -".
    pub fn as_place(&self, phrase: Phrase, kind: ActorKind) -> bool {
        let city = match kind {
            ActorKind::Metonym => true,
            ActorKind::Country => false,
            _ => return false,
        };
        let h = self.top(phrase.head);
        let up = self.s.head(h);
        match self.s.dep(h) {
            "pobj" => self.after_preposition(up, city),
            "dobj" | "nsubjpass" if city && !self.is_seat(phrase) => {
                self.k.makes_place(self.s.lemma(up), "verb", true)
            }
            "compound" | "nmod" | "amod" if city => {
                let noun = !self.acts_alone(up);
                noun && h < up
            }
            "poss" if city => self.k.makes_place(self.s.lemma(up), "noun", true),
            "appos" if city => {
                self.s.pos(up) == "PROPN" || self.k.makes_place(self.s.lemma(up), "noun", true)
            }
            "npadvmod" if city => true,
            "ROOT" | "dep" | "nsubj" if city => self.is_dateline(phrase),
            _ => false,
        }
    }

    /// A palace or street that is a seat of power: attacked in words more often than in deeds.
    fn is_seat(&self, phrase: Phrase) -> bool {
        use super::index::Sense;
        self.hits.at(phrase.core.start as usize).is_some_and(|h| {
            h.forms.iter().any(|f| match f.sense {
                Sense::Metonym(m) => self.k.metonyms.get(usize::from(m)).is_some_and(|m| {
                    m.readings.iter().any(|r| matches!(r.kind, "seat" | "building" | "street"))
                }),
                _ => false,
            })
        })
    }

    /// The first noun of a coordination.
    fn top(&self, mut h: usize) -> usize {
        let mut left = 8;
        while self.s.dep(h) == "conj"
            && !self.s.is_root(h)
            && left > 0
            && self.s.pos(self.s.head(h)) == "PROPN"
        {
            h = self.s.head(h);
            left -= 1;
        }
        h
    }

    fn after_preposition(&self, prep: usize, city: bool) -> bool {
        let word = self.s.lower(prep);
        if self.k.makes_place(word, "prep", false) {
            return true;
        }
        let up = self.s.head(prep);
        let verbal = matches!(self.s.pos(up), "VERB" | "AUX");
        if !city {
            return false;
        }
        match word {
            "of" => !self.k.makes_place(self.s.lemma(up), "of", true),
            "on" | "against" => self.k.makes_place(self.s.lemma(up), "noun", true),
            "to" | "from" => {
                // "appealed to Moscow", "a letter from London" are words between governments.
                let moves = verbal && self.k.makes_place(self.s.lemma(up), "move", true);
                moves || self.k.makes_place(self.s.lemma(up), "noun", true)
            }
            _ => self.k.makes_place(word, "prep", true),
        }
    }

    /// True when a noun is an actor by itself, so that a capital before it says whose it is.
    fn acts_alone(&self, head: usize) -> bool {
        use super::index::Sense;
        self.hits.at(head).is_some_and(|h| {
            h.forms.iter().any(|f| matches!(f.sense, Sense::Role(..) | Sense::Title(..) | Sense::Entity(_)))
        })
    }

    /// "MOSCOW (Reuters) -", "PARIS, May 5": a place before the first sentence.
    fn is_dateline(&self, phrase: Phrase) -> bool {
        let start = phrase.span.start as usize;
        let Some(sentence) = self.s.sentence(start).and_then(|i| self.s.doc.sentences.get(i)) else {
            return false;
        };
        if sentence.tokens.start as usize != start {
            return false;
        }
        let next = phrase.span.end as usize;
        next < self.s.len() && matches!(self.s.text(next), "(" | "-" | "–" | "—" | "--" | ":")
    }
}
