//! How an event word hangs on its governor, and what the governor's signature makes of it.

use super::Reading;
use super::local::kind;
use super::tree::{
    applies, asks_for_detail, clause_link, is_be, is_definite, is_inverted, is_nominal, is_past, is_perfect,
    is_present, is_question, opens_sentence,
};
use tables::speech::{Effect, Scope, Signature, WordClass};

/// Prepositions before a gerund or event noun that take the event for granted.
const GIVEN: &[&str] =
    &["after", "since", "before", "despite", "for", "over", "following", "because", "upon"];
/// Conjunctions of time: under a main clause that is still to come, so is theirs.
const TEMPORAL: &[&str] =
    &["when", "once", "after", "before", "until", "till", "as", "while", "whenever", "where"];

/// Participles used as prepositions.
const DEVERBAL: &[&str] =
    &["considering", "according", "including", "following", "regarding", "concerning", "excluding", "given"];

impl Reading<'_, '_> {
    /// Value that the words above `node` give its event.
    pub(super) fn context(&mut self, node: usize, depth: u32) -> Effect {
        let s = self.syntax;
        if s.is_root(node) {
            return self.root(node);
        }
        let head = s.head(node);
        if let Some(effect) = self.words_before(node) {
            return effect;
        }
        if self.is_imperative(node) {
            self.cue(node, "non-factual", &"qualify/imperative".into());
            return Effect::Hypothetical;
        }
        match s.dep(node) {
            "conj" => {
                let outer = self.context(head, depth + 1);
                if let Some(effect) = self.nor(head, node) {
                    return self.merge(node, outer, effect);
                }
                let shared = self.shared(head, node);
                let own_subject = s.children_with(node, &["nsubj", "nsubjpass", "expl"]).next().is_some();
                if own_subject && s.is_root(head) {
                    return if outer == Effect::Hypothetical && !is_question(s, node) {
                        Effect::Happened
                    } else {
                        outer
                    };
                }
                self.merge(node, outer, shared)
            }
            "ccomp" | "xcomp" | "csubj" | "csubjpass" | "acl" | "relcl" | "advcl" => {
                self.clause(node, head, depth)
            }
            "pcomp" | "pobj" => self.under_preposition(node, head, depth),
            "acomp" | "attr" | "oprd" => self.predicate(node, head, depth),
            "dobj" | "dative" | "nsubj" | "nsubjpass" | "nmod" | "compound" | "appos"
                if is_nominal(s, node) =>
            {
                self.argument(node, head, depth)
            }
            "aux" | "auxpass" | "cop" => self.value(head, depth + 1),
            _ => Effect::Happened,
        }
    }

    /// "nor" before a later conjunct.
    fn nor(&mut self, first: usize, later: usize) -> Option<Effect> {
        let s = self.syntax;
        let cc = s.children_with(first, &["cc"]).filter(|&c| c < later).last()?;
        let cue = self.tables.cues.cue(s.lower(cc), Scope::Adverb)?;
        let (effect, place) = (cue.effect, cue.place.clone());
        self.cue(cc, kind(effect), &place);
        Some(effect)
    }

    /// "instead of", "rather than", "short of" right before the event, wherever the parser hung them.
    fn words_before(&mut self, node: usize) -> Option<Effect> {
        let s = self.syntax;
        let left = |c: &usize| {
            *c < node && matches!(s.dep(*c), "det" | "amod" | "compound" | "poss" | "neg" | "nummod")
        };
        let first = s.children(node).find(left).unwrap_or(node);
        let (outer, inner) = (first.checked_sub(2)?, first - 1);
        let pair =
            matches!((s.lower(outer), s.lower(inner)), ("instead" | "short", "of") | ("rather", "than"));
        let cue = self.tables.cues.cue(s.lower(outer), Scope::Preposition).filter(|_| pair)?;
        let (effect, place) = (cue.effect, cue.place.clone());
        self.cue(outer, kind(effect), &place);
        Some(effect)
    }

    fn root(&mut self, node: usize) -> Effect {
        let s = self.syntax;
        if is_question(s, node) && is_inverted(s, node) && !asks_for_detail(s, node) {
            self.cue(node, "condition", &"qualify/question".into());
            return Effect::Hypothetical;
        }
        if !matches!(s.tag(node), "VB" | "VBP")
            || s.children_with(node, &["nsubj", "nsubjpass", "expl"]).next().is_some()
        {
            return Effect::Happened;
        }
        let aux = s.children_with(node, &["aux", "auxpass"]).next();
        match aux.map(|a| s.lower(a)) {
            Some("to") => {
                self.cue(node, "future", &"qualify/headline-infinitive".into());
                Effect::Planned
            }
            None | Some("do" | "please") if s.tag(node) == "VB" || opens_sentence(s, node) => {
                self.cue(node, "non-factual", &"qualify/imperative".into());
                Effect::Hypothetical
            }
            _ => Effect::Happened,
        }
    }

    /// Clauses: complements, adjuncts, relative clauses.
    fn clause(&mut self, node: usize, head: usize, depth: u32) -> Effect {
        let s = self.syntax;
        let link = clause_link(s, node);
        if let Some(effect) = self.mark(node, head, depth).or_else(|| self.not_yet(node, link)) {
            return effect;
        }
        match s.dep(node) {
            "relcl" if link != "to" => return Effect::Happened,
            "acl" if link == "part" => return Effect::Happened,
            "acl" if link == "ing" => {
                // "Hungary risks losing its vote", with the verb taken for a noun.
                let verb = self
                    .tables
                    .signatures
                    .of(s.lemma(head), WordClass::Verb)
                    .find(|r| r.links.iter().any(|l| l == "ing"));
                let verb =
                    verb.filter(|r| r.particle.is_empty() && s.is_root(head) && head + 1 == node).cloned();
                return verb.map_or(Effect::Happened, |row| self.apply(head, &row, link, depth));
            }
            "advcl"
                if link == "ing" && self.signature(head, node, link).is_some() && s.text(node - 1) != "," => {
            }
            "advcl" if link == "part" || DEVERBAL.contains(&s.lower(node)) => return Effect::Happened,
            "advcl" if link == "ing" => {
                return match self.value(head, depth + 1) {
                    Effect::Negated => Effect::Happened,
                    other => other,
                };
            }
            "advcl" if link == "that" => return Effect::Happened,
            "advcl" if link == "like" && self.signature(head, node, link).is_none() => {
                return Effect::Happened;
            }
            "csubj" | "csubjpass" if link == "ing" => return self.value(head, depth + 1),
            _ => {}
        }
        let governor = self.governor(node, head);
        if link == "to" && self.performs(node, governor) {
            return Effect::Happened;
        }
        if let Some(signature) = self.signature(governor, node, link) {
            return self.apply(governor, &signature, link, depth);
        }
        match link {
            "to" => self.infinitive(node, governor, depth),
            "that" | "wh" => match self.value(governor, depth + 1) {
                Effect::Hypothetical => Effect::Hypothetical,
                _ => Effect::Happened,
            },
            _ => self.value(governor, depth + 1),
        }
    }

    /// The word whose signature counts: the adjective when a verb with a predicate adjective heads the clause.
    fn governor(&self, node: usize, head: usize) -> usize {
        let s = self.syntax;
        if matches!(s.dep(node), "ccomp" | "xcomp" | "advcl" | "csubj") && is_be(s, head) {
            let predicate =
                s.children_with(head, &["acomp", "attr", "oprd"]).find(|&c| !is_nominal(s, c) || c < node);
            return predicate.unwrap_or(head);
        }
        head
    }

    /// "has yet to sign", "is yet to sign".
    fn not_yet(&mut self, node: usize, link: &str) -> Option<Effect> {
        let s = self.syntax;
        let to = s.children(node).find(|&c| s.lower(c) == "to" && c < node)?;
        let yet = to.checked_sub(1).filter(|&y| link == "to" && s.lower(y) == "yet")?;
        let cue = self.tables.cues.cue("yet to", Scope::Adverb)?;
        let (effect, place) = (cue.effect, cue.place.clone());
        self.cue(yet, kind(effect), &place);
        Some(effect)
    }

    /// "I would like to thank", "we want to stress": the act is done by saying so.
    fn performs(&self, node: usize, governor: usize) -> bool {
        let s = self.syntax;
        let wish =
            matches!(s.lemma(governor), "like" | "want" | "wish" | "love") && s.pos(governor) == "VERB";
        let speaker = s.children_with(governor, &["nsubj"]).any(|c| matches!(s.lower(c), "i" | "we"));
        let kinds = ["say", "praise", "condemn", "ask", "warn", "deny", "admit", "announce"];
        wish && speaker
            && s.children_with(governor, &["neg"]).next().is_none()
            && self.tables.saying.verbs(s.lemma(node)).iter().any(|w| kinds.contains(&w.kind.as_str()))
    }

    /// An infinitive under a word without a signature: a purpose or something to be done.
    fn infinitive(&mut self, node: usize, governor: usize, depth: u32) -> Effect {
        let s = self.syntax;
        let ordinal = |c: usize| {
            matches!(s.lower(c), "first" | "second" | "third" | "last" | "only" | "latest" | "next")
        };
        let superlative = |c: usize| s.tag(c) == "JJS" || ordinal(c);
        let modifies = matches!(s.dep(node), "acl" | "relcl");
        let ranked =
            |g: usize| superlative(g) || s.children_with(g, &["amod", "nummod", "det"]).any(superlative);
        if modifies && ranked(governor) {
            return self.value(governor, depth + 1);
        }
        if s.children_with(node, &["advmod"]).any(|c| s.lower(c) == "only") && s.dep(node) == "advcl" {
            return self.value(governor, depth + 1);
        }
        if s.children_with(governor, &["advmod"]).any(|c| s.lower(c) == "too") {
            self.cue(governor, "implicative", &"qualify/too".into());
            return Effect::Negated;
        }
        if s.children_with(governor, &["advmod"]).any(|c| s.lower(c) == "enough") {
            let past = is_past(s, governor);
            let outer = self.value(governor, depth + 1);
            return if past || outer != Effect::Happened { outer } else { Effect::Possible };
        }
        self.cue(governor, "non-factual", &"qualify/infinitive".into());
        // A purpose is meant to come; what a noun leaves to be done is open.
        if s.dep(node) == "advcl" { Effect::Planned } else { Effect::Hypothetical }
    }

    /// A subordinating conjunction, or an auxiliary before the subject in its place.
    fn mark(&mut self, node: usize, head: usize, depth: u32) -> Option<Effect> {
        let s = self.syntax;
        for child in s.children_with(node, &["mark", "advmod"]) {
            let word = s.lower(child);
            if child > node {
                continue;
            }
            // "provided that": the condition stands before the conjunction.
            let that = word == "that" && child > 0;
            let word = if that { s.lower(child - 1) } else { word };
            if let Some(cue) = self.tables.cues.cue(word, Scope::Mark)
                && s.dep(child) == "mark"
                && (!that || s.tag(child - 1).starts_with("VB"))
            {
                let complement = !that && matches!(s.dep(node), "ccomp" | "pcomp" | "csubj" | "xcomp");
                let effect = if complement && cue.effect == Effect::Hypothetical {
                    Effect::Possible
                } else {
                    cue.effect
                };
                let place = cue.place.clone();
                self.cue(child, "condition", &place);
                return Some(effect);
            }
            if s.dep(node) == "advcl"
                && TEMPORAL.contains(&word)
                && is_present(s, node)
                && !(word == "as" && is_perfect(s, node))
            {
                let outer = self.value(head, depth + 1);
                return Some(match outer {
                    Effect::Planned | Effect::Hypothetical => outer,
                    _ => Effect::Happened,
                });
            }
        }
        let first = s.children_with(node, &["aux", "auxpass"]).next()?;
        let subject = s.children_with(node, &["nsubj", "nsubjpass"]).next()?;
        let inverted = s.dep(node) == "advcl" && first < subject && !is_question(s, node);
        let cue = self.tables.cues.cue(s.lower(first), Scope::Inversion).filter(|_| inverted)?;
        let (effect, place) = (cue.effect, cue.place.clone());
        self.cue(first, "condition", &place);
        Some(effect)
    }

    /// Gerunds and event nouns under a preposition.
    fn under_preposition(&mut self, node: usize, preposition: usize, depth: u32) -> Effect {
        let s = self.syntax;
        let word = s.lower(preposition);
        let governor = s.head(preposition);
        for at in [preposition, governor] {
            if at == governor && s.dep(preposition) != "prep" && s.dep(preposition) != "pcomp" {
                continue;
            }
            if let Some(cue) = self.tables.cues.cue(s.lower(at), Scope::Preposition)
                && s.pos(at) != "NOUN"
            {
                let (effect, place) = (cue.effect, cue.place.clone());
                self.cue(at, kind(effect), &place);
                return effect;
            }
        }
        if s.dep(node) == "pcomp" && clause_link(s, node) != "ing" {
            if let Some(effect) = self.mark(node, governor, depth) {
                return effect;
            }
            return Effect::Happened;
        }
        if governor == preposition {
            return Effect::Happened;
        }
        let governor = self.governor_of_preposition(preposition, governor);
        if s.dep(node) == "pcomp" && self.is_topic(governor, word) {
            self.cue(preposition, "non-factual", &"qualify/topic".into());
            return Effect::Hypothetical;
        }
        if let Some(signature) = self.signature(governor, node, word) {
            return self.apply(governor, &signature, word, depth);
        }
        // "accused the aide of spying", with the preposition hung on the object.
        let verb = s.head(governor);
        if s.dep(governor) == "dobj"
            && let Some(signature) = self.signature(verb, node, word)
        {
            return self.apply(verb, &signature, word, depth);
        }
        self.plain_preposition(node, word, governor, depth)
    }

    /// "talks on deepening cooperation": what talks are about has not happened by that.
    fn is_topic(&self, governor: usize, word: &str) -> bool {
        let s = self.syntax;
        matches!(word, "on" | "about" | "over")
            && is_nominal(s, governor)
            && matches!(
                s.lemma(governor),
                "talk"
                    | "discussion"
                    | "negotiation"
                    | "consultation"
                    | "dialogue"
                    | "meeting"
                    | "debate"
                    | "conversation"
            )
    }

    fn governor_of_preposition(&self, preposition: usize, governor: usize) -> usize {
        let s = self.syntax;
        // "is capable of", parsed with the preposition under the verb.
        if is_be(s, governor)
            && let Some(a) = s.children_with(governor, &["acomp"]).find(|&a| a < preposition)
        {
            return a;
        }
        // "out of leaving": the outer preposition stands between verb and event.
        let between = s.pos(governor) == "ADP"
            || matches!(s.dep(governor), "advmod" | "prt") && s.pos(s.head(governor)) == "VERB";
        if between && !s.is_root(governor) { s.head(governor) } else { governor }
    }

    fn plain_preposition(&mut self, node: usize, word: &str, governor: usize, depth: u32) -> Effect {
        let s = self.syntax;
        let gerund = s.dep(node) == "pcomp";
        if !gerund && is_definite(s, node) {
            return Effect::Happened;
        }
        if word == "of" && is_nominal(s, governor) {
            return self.value(governor, depth + 1);
        }
        let outer = self.value(governor, depth + 1);
        match outer {
            Effect::Planned | Effect::Hypothetical | Effect::Possible if gerund && !GIVEN.contains(&word) => {
                outer
            }
            Effect::Planned | Effect::Hypothetical
                if matches!(word, "after" | "before" | "by" | "for" | "to") =>
            {
                outer
            }
            Effect::Negated if gerund && !GIVEN.contains(&word) => Effect::Negated,
            _ => Effect::Happened,
        }
    }

    /// Predicate nouns and adjectives: worth what their verb is worth, unless that verb has a signature ("seems").
    fn predicate(&mut self, node: usize, head: usize, depth: u32) -> Effect {
        let s = self.syntax;
        if !is_be(s, head)
            && s.dep(node) != "attr"
            && let Some(signature) = self.signature(head, node, "to").filter(|row| {
                let open = matches!(row.positive, Effect::Hypothetical | Effect::Planned);
                // "what he called a buildup" is no call for one.
                row.positive != Effect::Negated && !(s.dep(node) == "oprd" && open)
            })
        {
            return self.apply(head, &signature, "to", depth);
        }
        self.value(head, depth + 1)
    }

    /// Event nouns as subject, object or modifier.
    fn argument(&mut self, node: usize, head: usize, depth: u32) -> Effect {
        let s = self.syntax;
        let link = match s.dep(node) {
            "dobj" | "nsubjpass" | "dative" => "obj",
            "nsubj" => "subj",
            "compound" | "nmod" => "of",
            _ => return self.value(head, depth + 1),
        };
        if is_nominal(s, head) {
            if let Some(signature) = self.signature(head, node, link) {
                return self.apply(head, &signature, link, depth);
            }
            return Effect::Happened;
        }
        let governor = match link {
            "subj" => s.children_with(head, &["acomp"]).next().unwrap_or(head),
            _ => head,
        };
        if let Some(signature) = self.signature(governor, node, link) {
            return self.apply(governor, &signature, link, depth);
        }
        if is_definite(s, node) || link == "subj" {
            return Effect::Happened;
        }
        self.value(head, depth + 1)
    }

    /// The row of the governor for this kind of link.
    fn signature(&self, governor: usize, node: usize, link: &str) -> Option<Signature> {
        let s = self.syntax;
        let class = match s.pos(governor) {
            "VERB" | "AUX" => WordClass::Verb,
            "NOUN" | "PROPN" => WordClass::Noun,
            _ => WordClass::Adjective,
        };
        let fits = |row: &&Signature| {
            let particle = row.particle.as_str();
            row.links.iter().any(|l| l == link)
                && (particle.is_empty() || s.children(governor).any(|c| c != node && s.lower(c) == particle))
        };
        let table = &self.tables.signatures;
        let found = table.of(s.lemma(governor), class).find(fits);
        let found = found.or_else(|| {
            // Participles used as adjectives carry their form as lemma, or are tagged as verbs.
            let other = if class == WordClass::Adjective { WordClass::Verb } else { WordClass::Adjective };
            let word = if class == WordClass::Adjective { s.lemma(governor) } else { s.lower(governor) };
            table.of(word, other).find(fits)
        });
        // Wrong lemmas: "hopes" as a form of "hop".
        let form = s.lower(governor).strip_suffix('s').unwrap_or_default();
        let found =
            found.or_else(|| (class == WordClass::Verb).then(|| table.of(form, class).find(fits)).flatten());
        found.filter(|row| applies(s, row, governor, link)).cloned()
    }

    /// Value of an event under a governor with a signature.
    fn apply(&mut self, governor: usize, row: &Signature, link: &str, depth: u32) -> Effect {
        if row.is_factive() {
            return Effect::Happened;
        }
        let outer = self.value(governor, depth + 1);
        let effect = match outer {
            Effect::Negated => row.negative,
            Effect::Happened if is_past(self.syntax, governor) => row.past,
            _ => row.positive,
        };
        if effect != Effect::Happened || outer == Effect::Negated {
            self.cue(governor, kind(effect), &row.place);
        }
        match (outer, effect) {
            (Effect::Planned | Effect::Possible, Effect::Happened) if link == "that" => Effect::Happened,
            (Effect::Planned | Effect::Hypothetical, Effect::Possible) => outer,
            // "Is X going to attack?"
            (Effect::Hypothetical, Effect::Planned) => outer,
            (
                Effect::Planned
                | Effect::Hypothetical
                | Effect::Possible
                | Effect::Reported
                | Effect::Alleged,
                Effect::Happened,
            ) => outer,
            _ => effect,
        }
    }
}
