//! Reports in other shapes than a complement clause: parentheses, labels, nouns of saying.

use super::{Draft, Finder, Source};
use record::{StatementKind, TokenSpan};
use tables::reporting::{Frame, ReportingWord, SourceKind};

impl Finder<'_, '_> {
    /// "A, said X, is B": the report stands inside its content.
    pub(super) fn parenthetical(&self, v: usize, word: &ReportingWord, out: &mut Vec<Draft>) -> bool {
        let s = self.s;
        let frame = self.own_subject(v);
        let (Some(subject), true) = (frame, matches!(s.dep(v), "parataxis" | "advcl" | "ccomp" | "dep"))
        else {
            return false;
        };
        let main = s.head(v);
        let extent = self.phrase_of(subject).tokens;
        let (from, to) = ((extent.start as usize).min(v), (extent.end as usize).max(v + 1));
        let set_off = from > 0 && s.text(from - 1) == "," && to < s.len() && s.text(to) == ",";
        if !set_off || word.kind == "ask" || !matches!(s.pos(main), "VERB" | "AUX") || main < v {
            return false;
        }
        let subject = s.children_with(main, &["nsubj", "nsubjpass", "expl"]).next();
        let subject = subject.or_else(|| s.children_with(v, &["nsubj"]).find(|&x| Some(x) != frame));
        let clause = self.clause_extent(main, v);
        // The parser may give the subject before the report to the reporting verb.
        let around = subject.is_none_or(|x| x < v);
        let begin = s.sentence(v).map_or(clause.start, |n| s.doc.sentences[n].tokens.start) as usize;
        let tokens = if around {
            TokenSpan::new(begin, clause.end as usize)
        } else {
            TokenSpan::new(to, clause.end as usize)
        };
        if self.in_quotes(tokens) {
            return false;
        }
        self.push(v, word, tokens, out);
        true
    }

    /// `tokens` up to the end of the sentence, when no further verb follows.
    fn to_the_end(&self, v: usize, head: usize, tokens: TokenSpan) -> TokenSpan {
        let s = self.s;
        let Some(i) = s.sentence(head) else { return tokens };
        let mut end = s.doc.sentences[i].tokens.end as usize;
        while end > head + 1 && matches!(s.pos(end - 1), "PUNCT" | "SPACE") {
            end -= 1;
        }
        let verb = (tokens.end as usize..end).any(|t| matches!(s.pos(t), "VERB" | "AUX"));
        if verb || end <= tokens.end as usize {
            self.with_prepositions(v, tokens)
        } else {
            TokenSpan::new(tokens.start as usize, end)
        }
    }

    /// "called the raid a crime", "condemned the drills as rehearsals", "what he called a build-up".
    pub(super) fn labelled(&self, v: usize, word: &ReportingWord, out: &mut Vec<Draft>) -> bool {
        let s = self.s;
        let label = if self.row_with(v, word, Frame::Label).is_some() {
            s.child(v, "oprd").filter(|&c| c > v)
        } else {
            None
        };
        let under_as = || {
            self.row_with(v, word, Frame::As)?;
            let object = s.child(v, "dobj");
            let places = std::iter::once(v).chain(object);
            let preposition = places
                .flat_map(|at| s.children_with(at, &["prep"]))
                .find(|&p| p > v && s.lower(p) == "as")?;
            s.children_with(preposition, &["pobj", "pcomp", "amod"]).next()
        };
        let Some(head) = label.or_else(under_as).filter(|&h| self.is_label(h)) else { return false };
        let document = |h: usize| self.t.words.source(s.lemma(h)) == Some(SourceKind::Document);
        if self.speaker_of(v).is_none_or(|x| document(x.head)) {
            return false;
        }
        let word =
            self.row_with(v, word, if label.is_some() { Frame::Label } else { Frame::As }).unwrap_or(word);
        let mut tokens = if matches!(s.pos(head), "VERB" | "AUX") {
            self.clause_extent(head, v)
        } else {
            self.phrase_of(head).tokens
        };
        let labelled =
            s.children_with(v, &["dobj", "nsubj"]).find(|&c| c > v && c < head && s.pos(c) != "PRON");
        // "what he called the buildup by A, B, and C": the name goes to the end of the sentence.
        let what = s.children_with(v, &["dobj"]).any(|c| s.tag(c) == "WP" && c < v);
        match labelled {
            _ if what => tokens = self.to_the_end(v, head, tokens),
            Some(object) => tokens = tokens.join(self.phrase_of(object).tokens),
            None if label.is_none() => {
                tokens = TokenSpan::new(tokens.start as usize - 1, tokens.end as usize)
            }
            None => {}
        }
        let before = out.len();
        self.push(v, word, tokens, out);
        if let Some(draft) = out.get_mut(before) {
            draft.rule = "quote/label";
            // A label in marks is the speaker's own word.
            if let &[inner] = draft.quoted.as_slice() {
                let words = s.doc.bytes_of(self.bare(s.doc.tokens_in(inner)));
                draft.content = if words.is_empty() { inner } else { words };
                draft.kind = StatementKind::Direct;
                draft.quoted.clear();
            }
        }
        true
    }

    /// A label under "what X called" with the prepositional phrases after it, to which the parser may have given the verb;
    /// times stay outside.
    fn with_prepositions(&self, v: usize, tokens: TokenSpan) -> TokenSpan {
        let s = self.s;
        let mut end = tokens.end as usize;
        for p in s.children_with(v, &["prep", "agent"]) {
            let time = s.child(p, "pobj").is_some_and(|o| matches!(s.entity_label(o), "DATE" | "TIME"));
            if p == end && !time {
                end = self.clause_extent(p, v).end as usize;
            }
        }
        // The last name of a list may hang on the verb above.
        let last = s
            .children_with(s.head(v), &["conj"])
            .find(|&c| c > end && c <= end + 3 && matches!(s.pos(c), "NOUN" | "PROPN"));
        if let Some(c) = last.filter(|&c| s.lower(c - 1) == "and") {
            end = self.clause_extent(c, v).end as usize;
        }
        TokenSpan::new(tokens.start as usize, end)
    }

    /// "reiterated its support for the deal": the object's words, when they are a stance and not a thing.
    pub(super) fn restated(&self, v: usize, word: &ReportingWord, out: &mut Vec<Draft>) -> bool {
        let s = self.s;
        let Some(word) = self.row_with(v, word, Frame::Phrase) else { return false };
        let object = s.child(v, "dobj").filter(|&o| o > v && s.pos(o) == "NOUN");
        let Some(object) = object.filter(|&o| s.children_with(o, &["prep", "acl"]).any(|c| c > o)) else {
            return false;
        };
        self.push(v, word, self.phrase_of(object).tokens, out);
        true
    }

    /// Labels are common nouns and adjectives; a name is what somebody is called ("a man called Ali").
    fn is_label(&self, head: usize) -> bool {
        matches!(self.s.pos(head), "NOUN" | "ADJ" | "VERB")
    }

    /// Nouns of saying with a clause: "his claim that …", "a warning that …".
    pub(super) fn under_noun(&self, n: usize, out: &mut Vec<Draft>) {
        let s = self.s;
        let Some(word) = self.t.words.noun(s.lemma(n)).filter(|w| w.takes(Frame::That)) else { return };
        let clause = s
            .children_with(n, &["acl", "ccomp", "relcl"])
            .find(|&c| c > n && s.children_with(c, &["mark"]).any(|m| s.lower(m) == "that"));
        let Some(clause) = clause else { return };
        let author = self.author(n);
        let speaker = (author != n).then(|| self.phrase_of(author)).or_else(|| self.giver(n));
        let kind = if speaker.is_some() { StatementKind::Indirect } else { StatementKind::Hedged };
        let Some(content) = self.content(self.clause_extent(clause, n)) else { return };
        let mut draft = Draft::new(kind, content, "quote/noun");
        draft.cue = Some(self.cue(n, word));
        draft.speaker = speaker;
        self.add(draft, out);
    }

    /// Who gives a statement: the subject of "made the claim that", "issued a warning that".
    fn giver(&self, n: usize) -> Option<Source> {
        let s = self.s;
        let verb = s.head(n);
        let gives = self.t.words.is(s.lemma(verb), "gives");
        (s.dep(n) == "dobj" && gives).then(|| self.speaker_of(verb)).flatten()
    }
}
