//! The event word's own negation, modals, adverbs and determiners to its value, before any governor is asked.

use super::Reading;
use tables::speech::{Effect, Modal, Scope};

/// Kind of cue that an effect is recorded under.
pub(super) fn kind(effect: Effect) -> &'static str {
    match effect {
        Effect::Happened => "implicative",
        Effect::Negated => "negation",
        Effect::Possible => "hedge",
        Effect::Reported | Effect::Alleged => "report",
        Effect::Planned => "future",
        Effect::Hypothetical => "non-factual",
    }
}

impl Reading<'_, '_> {
    /// Value of `node` from its own children.
    pub(super) fn local(&mut self, node: usize) -> Effect {
        match self.syntax.pos(node) {
            "VERB" | "AUX" => self.local_verb(node),
            _ => self.local_nominal(node),
        }
    }

    /// "Release them": a bare verb without a subject as what somebody says, or after a verb of another form.
    pub(super) fn is_imperative(&self, node: usize) -> bool {
        let s = self.syntax;
        let head = s.head(node);
        let bare = match s.dep(node) {
            "ccomp" => !self.tables.saying.verbs(s.lemma(head)).is_empty(),
            "conj" => {
                matches!(s.tag(head), "VBG" | "VBD" | "VBZ" | "VBN")
                    && !s.children_with(head, &["aux"]).any(|c| matches!(s.tag(c), "MD" | "TO"))
            }
            _ => false,
        };
        bare && s.tag(node) == "VB"
            && !s
                .children(node)
                .any(|c| matches!(s.dep(c), "nsubj" | "nsubjpass" | "expl" | "aux" | "auxpass" | "mark"))
    }

    fn local_verb(&mut self, node: usize) -> Effect {
        let negation = self.negation(node);
        let modal = self.modal(node);
        let mut value = match (modal, negation) {
            (None, None) if self.is_going_to(node) => Effect::Planned,
            (None, None) => Effect::Happened,
            (None, Some(_)) => Effect::Negated,
            (Some(m), negation) => self.modal_value(node, m, negation.is_some()),
        };
        if let Some(token) = negation {
            let row = self.row_of_negation(token);
            self.cue(token, "negation", &row);
        }
        for child in self.syntax.children_with(node, &["advmod", "npadvmod", "intj", "dep"]) {
            let Some(cue) = self.tables.cues.cue(self.syntax.lower(child), Scope::Adverb) else { continue };
            if matches!(cue.effect, Effect::Happened | Effect::Negated) || value != Effect::Happened {
                continue;
            }
            value = cue.effect;
            self.cue(child, kind(cue.effect), &cue.place);
        }
        value
    }

    /// "is going to": the future auxiliary itself.
    fn is_going_to(&self, node: usize) -> bool {
        let s = self.syntax;
        let infinitive = |c: usize| s.children_with(c, &["aux"]).any(|a| s.lower(a) == "to");
        s.lower(node) == "going" && s.children_with(node, &["xcomp"]).any(infinitive)
    }

    fn row_of_negation(&self, token: usize) -> smol_str::SmolStr {
        let word = self.syntax.lower(token);
        let scopes = [Scope::Adverb, Scope::Determiner, Scope::Pronoun];
        let found = scopes.iter().find_map(|&s| self.tables.cues.cue(word, s));
        found.map_or_else(|| "qualify/negation".into(), |c| c.place.clone())
    }

    /// The word that negates verb `node`: "not", "never", "no longer", or "no" on its subject or object.
    fn negation(&self, node: usize) -> Option<usize> {
        let s = self.syntax;
        for child in s.children(node) {
            match s.dep(child) {
                "neg" if !self.is_only_limited(child) => return Some(child),
                "advmod" | "preconj" | "cc" | "npadvmod" => {
                    let cue = self.tables.cues.cue(s.lower(child), Scope::Adverb);
                    if cue.is_some_and(|c| c.effect == Effect::Negated) {
                        return Some(child);
                    }
                    // "no longer", "no more": the negation hangs on the adverb.
                    if matches!(s.lower(child), "longer" | "more")
                        && let Some(no) = s.children(child).find(|&c| s.lower(c) == "no")
                    {
                        return Some(no);
                    }
                }
                "nsubj" | "nsubjpass" | "dobj" | "attr" | "expl" => {
                    if let Some(no) = self.negative_argument(child) {
                        return Some(no);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// True for "not only", "not just": the event is taken for granted.
    fn is_only_limited(&self, negation: usize) -> bool {
        let next = negation + 1;
        next < self.syntax.len() && matches!(self.syntax.lower(next), "only" | "just" | "merely" | "simply")
    }

    /// The word that makes an argument empty: "no", "nobody", "none", "not everyone".
    fn negative_argument(&self, noun: usize) -> Option<usize> {
        let s = self.syntax;
        let negated = |token: usize, scope| {
            self.tables.cues.cue(s.lower(token), scope).is_some_and(|c| c.effect == Effect::Negated)
        };
        if negated(noun, Scope::Pronoun) || s.lower(noun) == "no" {
            return Some(noun);
        }
        s.children(noun).find(|&c| match s.dep(c) {
            "det" => negated(c, Scope::Determiner),
            "neg" | "preconj" => negated(c, Scope::Adverb),
            _ => false,
        })
    }

    /// The modal auxiliary of verb `node`.
    fn modal(&self, node: usize) -> Option<usize> {
        let s = self.syntax;
        s.children_with(node, &["aux", "auxpass"]).find(|&c| s.tag(c) == "MD" && self.modal_row(c).is_some())
    }

    /// Row of a modal by its word or, for contractions, by its norm ("’ll" is "will").
    fn modal_row(&self, token: usize) -> Option<&Modal> {
        let cues = &self.tables.cues;
        cues.modal(self.syntax.lower(token)).or_else(|| cues.modal(&self.syntax.token(token).norm))
    }

    fn modal_value(&mut self, node: usize, modal: usize, negated: bool) -> Effect {
        let s = self.syntax;
        let word = s.lower(modal);
        let Some(row) = self.modal_row(modal).cloned() else { return Effect::Happened };
        let perfect = s.children_with(node, &["aux", "auxpass"]).any(|c| c > modal && s.lemma(c) == "have");
        let mut value = row.values[usize::from(negated) + 2 * usize::from(perfect)];
        // "would" is the future of a report; elsewhere a condition.
        if matches!(word, "would" | "'d" | "’d") && value == Effect::Planned && !self.is_reported_clause(node)
        {
            value = Effect::Hypothetical;
        }
        let kind = if value == Effect::Planned { "future" } else { "modal" };
        self.cue(modal, kind, &row.place);
        value
    }

    /// True when the clause of `node` is the content of a verb of saying or thinking.
    fn is_reported_clause(&self, node: usize) -> bool {
        let s = self.syntax;
        let mut at = node;
        for _ in 0..8 {
            match s.dep(at) {
                "ccomp" => return s.children_with(at, &["mark"]).all(|m| s.lower(m) != "if"),
                "conj" => at = s.head(at),
                _ => return false,
            }
        }
        false
    }

    fn local_nominal(&mut self, node: usize) -> Effect {
        let s = self.syntax;
        let mut value = Effect::Happened;
        for child in s.children(node) {
            let (scope, word) = match s.dep(child) {
                "det" => (Scope::Determiner, s.lower(child)),
                "neg" | "preconj" | "advmod" => (Scope::Adverb, s.lower(child)),
                "amod" | "compound" | "nmod" => (Scope::Modifier, s.lower(child)),
                _ => continue,
            };
            let Some(cue) = self.tables.cues.cue(word, scope) else { continue };
            if cue.effect != Effect::Happened && value == Effect::Happened {
                value = cue.effect;
                self.cue(child, kind(cue.effect), &cue.place);
            }
        }
        value
    }

    /// What a later verb of a coordination shares with the first: modal and negation, when it has the same form and no
    /// words of its own.
    pub(super) fn shared(&mut self, first: usize, later: usize) -> Effect {
        let s = self.syntax;
        let verbs = matches!(s.pos(first), "VERB" | "AUX") && matches!(s.pos(later), "VERB" | "AUX");
        if !verbs {
            return self.shared_nominal(first, later);
        }
        let own = s
            .children_with(later, &["nsubj", "nsubjpass", "aux", "auxpass", "expl"])
            .any(|c| s.lower(c) != "to");
        let bare = |i: usize| matches!(s.tag(i), "VB" | "VBP");
        let same = s.tag(first) == s.tag(later) || (bare(first) && bare(later));
        if own || !same {
            return Effect::Happened;
        }
        self.local_verb(first)
    }

    fn shared_nominal(&mut self, first: usize, later: usize) -> Effect {
        let s = self.syntax;
        if s.children_with(later, &["det", "poss"]).next().is_some() {
            return Effect::Happened;
        }
        let no = s.children_with(first, &["det"]).find(|&c| s.lower(c) == "no");
        let Some(no) = no else { return Effect::Happened };
        let row = self.row_of_negation(no);
        self.cue(no, "negation", &row);
        Effect::Negated
    }
}
