//! Clauses under words of saying to indirect and mixed statements.

use super::{Draft, Finder, Source};
use record::{ByteSpan, StatementKind, TokenSpan};
use tables::reporting::{Frame, ReportingWord, SourceKind};

/// Share of quoted words from which a clause counts as the quotation itself.
const QUOTED_SHARE: f64 = 0.85;

impl Finder<'_, '_> {
    /// Adds the statements of all reporting verbs and nouns.
    pub(super) fn indirect(&self, out: &mut Vec<Draft>) {
        let s = self.s;
        for i in 0..s.len() {
            if self.in_utterance(i, out) {
                continue;
            }
            if let Some(word) = self.reporting(i) {
                self.under_verb(i, word, out);
            } else if s.pos(i) == "NOUN" {
                self.under_noun(i, out);
            }
        }
    }

    /// True inside the words of a direct quotation, whose own reports stay part of it.
    fn in_utterance(&self, i: usize, out: &[Draft]) -> bool {
        let span = self.s.token(i).span;
        out.iter().any(|d| d.kind == StatementKind::Direct && d.content.covers(span))
    }

    fn under_verb(&self, v: usize, word: &ReportingWord, out: &mut Vec<Draft>) {
        let s = self.s;
        if self.is_excluded(v, word) {
            return;
        }
        let row = |frame| self.row_with(v, word, frame);
        for clause in s.children_with(v, &["ccomp", "xcomp", "advcl"]) {
            let Some((frame, kind)) = self.frame_of(v, clause) else { continue };
            let Some(word) = row(frame) else { continue };
            if kind == Some("small") {
                continue;
            }
            let Some(tokens) = self.complement(v, clause) else { continue };
            self.push(v, word, tokens, out);
            return;
        }
        if let Some(word) = row(Frame::Against).or_else(|| row(Frame::For).filter(|w| w.kind != "praise" && w.kind != "condemn")) {
            let clause = s.children_with(v, &["prep"]).filter(|&p| matches!(s.lower(p), "against" | "for"));
            if let Some(gerund) = clause.filter_map(|p| s.child(p, "pcomp")).next() {
                self.push(v, word, self.clause_extent(gerund, v), out);
                return;
            }
        }
        if let Some(word) = row(Frame::Trail).or_else(|| row(Frame::That)) {
            self.trailing(v, word, out);
        }
    }

    /// The row of this verb that allows the frame, the longest first.
    fn row_with<'w>(&'w self, v: usize, word: &'w ReportingWord, frame: Frame) -> Option<&'w ReportingWord> {
        if word.takes(frame) {
            return Some(word);
        }
        let plain = |w: &&ReportingWord| !w.lemma.contains(' ') && w.takes(frame);
        self.t.words.verbs(self.s.lemma(v)).iter().find(plain)
    }

    /// Uses of a reporting verb that report nothing: questions put, infinitives, imperatives, denied saying.
    fn is_excluded(&self, v: usize, word: &ReportingWord) -> bool {
        let s = self.s;
        let aux_to = s.children_with(v, &["aux"]).any(|c| s.lower(c) == "to");
        let modal = s.children_with(v, &["aux"]).any(|c| s.tag(c) == "MD");
        let negated = s.children_with(v, &["neg"]).next().is_some() && word.kind != "deny";
        let no_subject = s.tag(v) == "VB" && s.children_with(v, &["nsubj"]).next().is_none();
        aux_to || no_subject && !modal || negated && word.kind != "believe"
    }

    /// How a clause hangs on its verb.
    fn frame_of(&self, v: usize, clause: usize) -> Option<(Frame, Option<&'static str>)> {
        let s = self.s;
        let to = s.children_with(clause, &["aux"]).any(|c| s.lower(c) == "to");
        let own_subject = s.children_with(clause, &["nsubj", "nsubjpass", "expl", "csubj"]).next().is_some();
        if s.dep(clause) == "advcl" {
            // Parsers hang "to"-clauses of asking here; other adjuncts are no content.
            return (to && clause > v && s.children_with(v, &["dobj", "dative"]).next().is_some()).then_some((Frame::To, None));
        }
        if to {
            return Some((Frame::To, None));
        }
        if s.tag(clause) == "VBG" && !own_subject {
            return Some((Frame::Ing, None));
        }
        let question = |c: usize| c < clause && (matches!(s.tag(c), "WRB" | "WP" | "WDT") || matches!(s.lower(c), "whether" | "if"));
        if clause > v && s.children(clause).any(question) {
            return Some((Frame::Wh, None));
        }
        if s.dep(clause) == "xcomp" || !own_subject && !self.has_verb(TokenSpan::new(clause, clause + 1)) {
            return own_subject.then_some((Frame::That, None));
        }
        Some((if clause < v { Frame::Trail } else { Frame::That }, None))
    }

    /// Tokens of a complement clause, before or after its verb, or around it.
    fn complement(&self, v: usize, clause: usize) -> Option<TokenSpan> {
        let s = self.s;
        let extent = self.clause_extent(clause, v);
        let (first, last) = (extent.start as usize, extent.end as usize);
        let frame_start = self.frame_start(v);
        if clause > v {
            // "In Syria, he said, forces advance": words before the verb that belong to the clause.
            let subject = s.children_with(clause, &["nsubj", "nsubjpass", "expl"]).next();
            let around = first < frame_start && subject.is_some_and(|x| x < frame_start);
            let start = if around { first } else { first.max(v + 1) };
            return (start < last).then(|| TokenSpan::new(start, last));
        }
        // The clause stands first: it ends before the subject or the verb, whichever comes first.
        let end = last.min(frame_start);
        (first < end).then(|| TokenSpan::new(first, end))
    }

    /// First token of "X said" or "said X".
    fn frame_start(&self, v: usize) -> usize {
        let s = self.s;
        let mut first = v;
        for c in s.children_with(v, &["nsubj", "nsubjpass", "aux", "auxpass", "advmod"]) {
            if c < v {
                first = first.min(self.phrase_of(c).tokens.start as usize);
            }
        }
        first
    }

    /// "…, X said" where the parser made the content the main clause.
    fn trailing(&self, v: usize, word: &ReportingWord, out: &mut Vec<Draft>) {
        let s = self.s;
        let Some(sentence) = s.sentence(v) else { return };
        let range = s.doc.sentences[sentence].tokens;
        let parenthetical = matches!(s.dep(v), "parataxis" | "dep" | "advcl" | "ccomp" | "conj" | "ROOT");
        if !parenthetical || s.children_with(v, &["dobj"]).any(|c| c > v) || word.kind == "ask" {
            return;
        }
        let start = self.frame_start(v).min(v);
        let begin = range.start as usize;
        let has_subject = s.children_with(v, &["nsubj"]).next().is_some();
        if start <= begin + 2 || !has_subject || self.bare(TokenSpan::new(v + 1, range.end as usize)).len() > 14 {
            return;
        }
        if s.text(start - 1) != "," || s.is_root(v) && s.children(v).all(|c| c >= start || s.pos(c) == "PUNCT") {
            return;
        }
        let tokens = TokenSpan::new(begin, start - 1);
        if self.has_verb(tokens) && !self.in_quotes(tokens) {
            self.push(v, word, tokens, out);
        }
    }

    fn in_quotes(&self, tokens: TokenSpan) -> bool {
        self.quoted.iter().any(|q| q.tokens.overlaps(tokens))
    }

    /// Nouns of saying with a clause: "his claim that …", "a warning that …".
    fn under_noun(&self, n: usize, out: &mut Vec<Draft>) {
        let s = self.s;
        let Some(word) = self.t.words.noun(s.lemma(n)).filter(|w| w.takes(Frame::That)) else { return };
        let clause = s.children_with(n, &["acl", "ccomp", "relcl"]).find(|&c| {
            c > n && s.children_with(c, &["mark"]).any(|m| s.lower(m) == "that")
        });
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
        let gives = matches!(s.lemma(verb), "make" | "issue" | "give" | "repeat" | "voice" | "express" | "release" | "reiterate" | "offer" | "publish");
        (s.dep(n) == "dobj" && gives).then(|| self.speaker_of(verb)).flatten()
    }

    fn push(&self, v: usize, word: &ReportingWord, tokens: TokenSpan, out: &mut Vec<Draft>) {
        let s = self.s;
        let speaker = self.speaker_of(v);
        if !self.may_report(v, word, speaker) {
            return;
        }
        let Some(mut content) = self.content(tokens) else { return };
        let mut quoted: Vec<ByteSpan> = Vec::new();
        for q in &self.quoted {
            if !q.outer.overlaps(content) {
                continue;
            }
            // A quotation that opens in the clause and runs on is part of it.
            if q.inner.end > content.end && q.outer.start < content.end {
                content = content.join(q.inner);
            }
            quoted.push(q.inner);
        }
        let share: usize = quoted.iter().map(|q| q.len()).sum();
        if share as f64 >= QUOTED_SHARE * content.len() as f64 && out.iter().any(|d| d.kind == StatementKind::Direct && d.content.overlaps(content)) {
            return;
        }
        let kind = if quoted.is_empty() { StatementKind::Indirect } else { StatementKind::Mixed };
        let mut draft = Draft::new(kind, content, "quote/clause");
        draft.cue = Some(self.cue(v, word));
        draft.speaker = speaker.filter(|x| !matches!(s.lower(x.head), "it" if self.is_expletive(v)));
        draft.addressee = self.addressee_of(v, word);
        draft.quoted = quoted;
        self.add(draft, out);
    }

    fn is_expletive(&self, v: usize) -> bool {
        self.s.children_with(v, &["auxpass"]).next().is_some()
    }

    /// Things show and mean, but only people, bodies and documents say.
    fn may_report(&self, v: usize, word: &ReportingWord, speaker: Option<Source>) -> bool {
        let s = self.s;
        let Some(speaker) = speaker else {
            return s.children_with(v, &["auxpass"]).next().is_some();
        };
        let named = self.can_speak(speaker.head) || !s.entity_label(speaker.head).is_empty();
        let document = self.t.words.source(s.lemma(speaker.head)) == Some(SourceKind::Document);
        match word.kind.as_str() {
            "report" if word.stance == "factive" => document || named,
            "believe" => !matches!(s.lower(speaker.head), "i" | "you" | "we" | "one" | "who" | "it"),
            _ => !matches!(s.lower(speaker.head), "this" | "that" | "these" | "what" | "i" | "you"),
        }
    }

    /// Adds a draft, and takes out of `out` the marked words that it holds.
    fn add(&self, draft: Draft, out: &mut Vec<Draft>) {
        if draft.kind == StatementKind::Mixed {
            out.retain(|d| !(d.kind == StatementKind::Direct && d.cue.is_none() && draft.content.covers(d.content)));
        }
        out.push(draft);
    }
}
