//! Clauses under words of saying to indirect and mixed statements.

use super::{Draft, Finder, Source};
use crate::event::predicate::coordination_host;
use record::{ByteSpan, StatementKind, TokenSpan};
use tables::reporting::{Frame, ReportingWord, SourceKind};

/// Share of quoted words from which a clause counts as the quotation itself.
const QUOTED_SHARE: f64 = 0.85;

impl Finder<'_, '_> {
    /// Adds the statements of all reporting verbs and nouns.
    pub(super) fn indirect(&self, out: &mut Vec<Draft>) {
        let s = self.s;
        let direct = out.iter().filter(|d| d.kind == StatementKind::Direct);
        let said: Vec<ByteSpan> = direct.map(|d| d.content).collect();
        for i in 0..s.len() {
            if self.in_utterance(i, &said) {
                continue;
            }
            if let Some(word) = self.reporting(i) {
                self.under_verb(i, word, out);
            } else if s.pos(i) == "NOUN" {
                self.under_noun(i, out);
            }
        }
    }

    /// True inside the words of a quotation, whose own reports stay part of it.
    fn in_utterance(&self, i: usize, said: &[ByteSpan]) -> bool {
        let span = self.s.token(i).span;
        said.iter().any(|c| c.covers(span))
            || self.quote_at(i).is_some_and(|q| self.words(q.tokens) >= 4 && self.has_verb(q.tokens))
    }

    fn under_verb(&self, v: usize, word: &ReportingWord, out: &mut Vec<Draft>) {
        let s = self.s;
        if self.is_excluded(v, word) {
            return;
        }
        let row = |frame| self.row_with(v, word, frame);
        for clause in s.children_with(v, &["ccomp", "xcomp", "advcl", "dobj"]) {
            let Some(frame) = self.frame_of(v, clause) else { continue };
            let Some(word) = row(frame) else { continue };
            let advice = matches!(word.kind.as_str(), "ask" | "warn" | "promise");
            if frame == Frame::To
                && (self.is_passive(v) || word.kind == "believe" || s.dep(clause) == "advcl" && !advice)
            {
                continue;
            }
            let Some(tokens) = self.complement(v, clause) else { continue };
            self.push(v, word, tokens, out);
            return;
        }
        if let Some(word) = row(Frame::Of).filter(|w| w.kind == "claim" && !self.is_passive(v)) {
            let of = s.children_with(v, &["prep"]).find(|&p| s.lower(p) == "of");
            if let Some(gerund) = of.and_then(|p| s.child(p, "pcomp")) {
                self.push(v, word, self.clause_extent(gerund, v), out);
                return;
            }
        }
        if self.labelled(v, word, out) || self.parenthetical(v, word, out) || self.restated(v, word, out) {
            return;
        }
        if word.lemma.contains(' ') && word.takes(Frame::That) {
            // "expressed concern that …": the clause hangs on the noun.
            let clauses =
                s.children_with(v, &["dobj"]).flat_map(|o| s.children_with(o, &["acl", "ccomp", "relcl"]));
            let mut clauses =
                clauses.filter(|&c| s.children_with(c, &["mark"]).any(|m| s.lower(m) == "that"));
            if let Some(clause) = clauses.next() {
                self.push(v, word, self.clause_extent(clause, v), out);
                return;
            }
        }
        let admits = row(Frame::To).filter(|w| w.kind == "admit");
        if let Some(word) = row(Frame::Against)
            .or(admits)
            .or_else(|| row(Frame::For).filter(|w| w.kind != "praise" && w.kind != "condemn"))
        {
            let clause =
                s.children_with(v, &["prep"]).filter(|&p| matches!(s.lower(p), "against" | "for" | "to"));
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
    pub(super) fn row_with<'w>(
        &'w self,
        v: usize,
        word: &'w ReportingWord,
        frame: Frame,
    ) -> Option<&'w ReportingWord> {
        if word.takes(frame) {
            return Some(word);
        }
        let plain = |w: &&ReportingWord| !w.lemma.contains(' ') && w.takes(frame);
        self.rows(v).iter().find(plain)
    }

    /// Uses of a reporting verb that report nothing: questions put, infinitives, imperatives, denied saying.
    fn is_excluded(&self, v: usize, word: &ReportingWord) -> bool {
        let s = self.s;
        let aux_to = s.children_with(v, &["aux"]).any(|c| s.lower(c) == "to");
        let modal = s.children_with(v, &["aux"]).any(|c| s.tag(c) == "MD");
        let negated = s.children_with(v, &["neg"]).next().is_some() && word.kind != "deny";
        if self.is_passive(v) && word.kind == "ask" {
            return true;
        }
        let second = s.dep(v) == "conj" && s.dep(s.head(v)) == "ccomp";
        let bare = s.tag(v) == "VB" && !second;
        let no_subject = bare && s.children_with(v, &["nsubj"]).next().is_none();
        aux_to || no_subject && !modal || negated && word.kind != "believe"
    }

    /// How a clause hangs on its verb.
    fn frame_of(&self, v: usize, clause: usize) -> Option<Frame> {
        let s = self.s;
        if s.dep(clause) == "dobj" {
            // "observed that the date … coincided", with the noun taken for an object.
            let that = s.children_with(clause, &["mark"]).any(|m| s.lower(m) == "that" && m > v);
            return that.then_some(Frame::That);
        }
        let to = s.children_with(clause, &["aux"]).any(|c| s.lower(c) == "to");
        let own_subject = s.children_with(clause, &["nsubj", "nsubjpass", "expl", "csubj"]).next().is_some();
        if s.dep(clause) == "advcl" {
            // Parsers hang "to"-clauses of asking here; other adjuncts are no content.
            let addressed = s.children_with(v, &["dobj", "dative", "prep"]).any(|c| c < clause && c > v);
            let marked = s.children_with(clause, &["mark"]).any(|c| s.lower(c) == "for");
            return (to && clause > v && (addressed || marked)).then_some(Frame::To);
        }
        if to {
            return Some(Frame::To);
        }
        if s.tag(clause) == "VBG" && !own_subject {
            return Some(Frame::Ing);
        }
        let question = |c: usize| {
            c < clause
                && (matches!(s.tag(c), "WRB" | "WP" | "WDT") && s.lower(c) != "that"
                    || matches!(s.lower(c), "whether" | "if"))
        };
        if clause > v && s.children(clause).any(question) {
            return Some(Frame::Wh);
        }
        // "found himself unable", "declared the house closed": no clause with a finite verb.
        let finite = |i: usize| matches!(s.tag(i), "VBD" | "VBZ" | "VBP" | "VB" | "MD");
        if clause > v && !self.clause_extent(clause, v).range().any(finite) {
            return None;
        }
        if s.dep(clause) == "xcomp" || !own_subject && !self.has_verb(TokenSpan::new(clause, clause + 1)) {
            return own_subject.then_some(Frame::That);
        }
        Some(if clause < v { Frame::Trail } else { Frame::That })
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
            // "warned brokers that …", with the hearer drawn into the clause.
            let that = s.children_with(clause, &["mark"]).find(|&m| s.lower(m) == "that" && m > first);
            let start = if around { first } else { that.unwrap_or(first).max(v + 1) };
            let end = self.cut(clause, last).unwrap_or_else(|| self.coordinated(v, clause, last));
            return (start < end).then(|| TokenSpan::new(start, end));
        }
        // The clause stands first: it ends before the subject or the verb, whichever comes first.
        let own_subject = s.children_with(clause, &["nsubj", "nsubjpass", "expl", "csubj"]).next().is_some();
        if !own_subject && matches!(s.tag(clause), "VBN" | "VBG") {
            return None;
        }
        let end = last.min(frame_start);
        let begin = s.sentence(v).map_or(first, |n| s.doc.sentences[n].tokens.start as usize);
        let lead = TokenSpan::new(begin, first);
        let plain = !self.in_quotes(lead)
            && self.quote_at(clause).is_none()
            && !lead.range().any(|i| self.reporting(i).is_some() || s.lower(i) == "according");
        let start = if plain { begin } else { first };
        (start < end).then(|| TokenSpan::new(start, end))
    }

    /// End of a content into which the parser drew a second report: "claimed A and claim B".
    fn cut(&self, clause: usize, last: usize) -> Option<usize> {
        let s = self.s;
        let second = s.children_with(clause, &["conj"]).find(|&c| {
            // "said X harms nobody and accused Y": the second verb is the speaker's own.
            if c > clause && coordination_host(s, c) != clause {
                return true;
            }
            c > clause
                && s.tag(c) != "VBG"
                && self.reporting(c).is_some()
                && (s.children_with(c, &["ccomp"]).next().is_some()
                    || s.tag(c) != s.tag(clause) && s.children_with(c, &["xcomp"]).next().is_some())
                && s.children_with(c, &["nsubj", "nsubjpass"]).next().is_none()
        })?;
        let cc = s.children_with(clause, &["cc"]).filter(|&x| x < second).last();
        Some(cc.unwrap_or(second).min(last))
    }

    /// End of a content with later conjuncts that the parser hung on the reporting verb: "said A and B is C".
    fn coordinated(&self, v: usize, clause: usize, last: usize) -> usize {
        let s = self.s;
        let mut end = last;
        for c in s.children_with(v, &["conj"]).filter(|&c| c > clause) {
            let noun = matches!(s.pos(c), "NOUN" | "PROPN");
            let own_subject = s.children_with(c, &["nsubj", "nsubjpass", "expl"]).next().is_some();
            let comma = s.children(v).any(|p| p >= end && p < c && s.text(p) == ",")
                || s.text(end.min(s.len() - 1)) == ",";
            let quote =
                self.quoted.iter().any(|q| q.tokens.start as usize >= end && (q.tokens.start as usize) < c);
            let belongs = noun || own_subject && !comma && self.reporting(c).is_none();
            if !belongs || quote {
                break;
            }
            end = end.max(self.clause_extent(c, v).end as usize);
        }
        end
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
        if start <= begin + 2
            || !has_subject
            || self.bare(TokenSpan::new(v + 1, range.end as usize)).len() > 14
        {
            return;
        }
        if s.text(start - 1) != ","
            || s.is_root(v) && s.children(v).all(|c| c >= start || s.pos(c) == "PUNCT")
        {
            return;
        }
        let tokens = TokenSpan::new(begin, start - 1);
        if self.has_verb(tokens) && !self.in_quotes(tokens) {
            self.push(v, word, tokens, out);
        }
    }

    pub(super) fn in_quotes(&self, tokens: TokenSpan) -> bool {
        self.quoted.iter().any(|q| q.tokens.overlaps(tokens))
    }

    pub(super) fn push(&self, v: usize, word: &ReportingWord, tokens: TokenSpan, out: &mut Vec<Draft>) {
        let s = self.s;
        let speaker = self.speaker_of(v).or_else(|| self.name_before(v));
        if !self.may_report(v, word, speaker) {
            return;
        }
        let Some(mut content) = self.content(tokens) else { return };
        let mut quoted: Vec<ByteSpan> = Vec::new();
        for q in &self.quoted {
            let runs_on =
                q.outer.start >= content.end && self.runs_on(content, q.outer) && self.is_loose(q.inner, out);
            if !q.outer.overlaps(content) && !runs_on {
                continue;
            }
            // A quotation that opens in the clause and runs on is part of it.
            if q.inner.end > content.end && (q.outer.start < content.end || runs_on) {
                content = content.join(q.inner);
            }
            quoted.push(q.inner);
        }
        let share: usize = quoted.iter().map(|q| q.len()).sum();
        let verb = s.token(v).span;
        let taken = |d: &Draft| {
            d.kind == StatementKind::Direct
                && d.content.overlaps(content)
                && d.cue.as_ref().is_some_and(|c| c.span == verb)
        };
        if out.iter().any(taken) {
            return;
        }
        if share as f64 >= QUOTED_SHARE * content.len() as f64
            && out.iter().any(|d| d.kind == StatementKind::Direct && d.content.overlaps(content))
        {
            return;
        }
        let kind = if quoted.is_empty() { StatementKind::Indirect } else { StatementKind::Mixed };
        let mut draft = Draft::new(kind, content, "quote/clause");
        draft.cue = Some(self.cue(v, word));
        draft.speaker = speaker.filter(|x| !matches!(s.lower(x.head), "it" if self.is_expletive(v)));
        draft.addressee = self.addressee_of(v, word);
        if let Some(cited) = self.cited(v) {
            draft.passers.extend(draft.speaker.replace(cited));
        } else if let Some(quoter) = self.quoter(v) {
            draft.passers.push(quoter);
        }
        draft.quoted = quoted;
        self.add(draft, out);
    }

    /// True when nothing but a comma stands between a clause and the mark that follows it.
    fn runs_on(&self, content: ByteSpan, mark: ByteSpan) -> bool {
        let between = self.s.page.text.get(content.end as usize..mark.start as usize);
        between.is_some_and(|t| t.trim() == ",")
    }

    /// True for marked words that no cue of their own claims.
    fn is_loose(&self, inner: ByteSpan, out: &[Draft]) -> bool {
        out.iter().all(|d| !d.content.overlaps(inner) || d.cue.is_none())
    }

    /// Who quotes: "the agency quoted the governor as saying".
    fn quoter(&self, v: usize) -> Option<Source> {
        let s = self.s;
        let preposition = s.head(v);
        let verb = s.head(preposition);
        let quotes =
            s.dep(v) == "pcomp" && s.lower(preposition) == "as" && matches!(s.lemma(verb), "quote" | "cite");
        if !quotes {
            return None;
        }
        let agent = s
            .children_with(verb, &["agent", "prep"])
            .find(|&p| s.lower(p) == "by")
            .and_then(|p| s.child(p, "pobj"));
        let subject = s.child(verb, "nsubj");
        agent.or(subject).map(|x| self.phrase_of(x))
    }

    /// Whom the speaker cites: "the agency reported, citing a general".
    fn cited(&self, v: usize) -> Option<Source> {
        let s = self.s;
        let citing = s.children_with(v, &["advcl"]).find(|&c| matches!(s.lower(c), "citing" | "quoting"))?;
        Some(self.phrase_of(s.child(citing, "dobj")?))
    }

    /// The name right before an active verb to which the parser gave no subject.
    fn name_before(&self, v: usize) -> Option<Source> {
        let s = self.s;
        let finite = matches!(s.tag(v), "VBD" | "VBZ") && s.children_with(v, &["auxpass"]).next().is_none();
        if !finite || s.dep(v) == "conj" || v == 0 {
            return None;
        }
        let mut head = v - 1;
        if s.text(head) == "," && head > 0 {
            head -= 1;
        }
        while matches!(s.dep(head), "appos" | "compound" | "amod") && s.head(head) < v && s.head(head) != head
        {
            head = s.head(head);
        }
        (s.pos(head) == "PROPN").then(|| self.phrase_of(head))
    }

    /// True for passives with and without their auxiliary ("Asked whether …").
    fn is_passive(&self, v: usize) -> bool {
        let s = self.s;
        let perfect = s.children_with(v, &["aux"]).any(|c| s.lemma(c) == "have");
        s.children_with(v, &["auxpass"]).next().is_some()
            || s.tag(v) == "VBN" && !perfect && matches!(s.dep(v), "advcl" | "acl" | "amod")
    }

    fn is_expletive(&self, v: usize) -> bool {
        self.s.children_with(v, &["auxpass"]).next().is_some()
    }

    /// Things show and mean, but only people, bodies and documents say.
    fn may_report(&self, v: usize, word: &ReportingWord, speaker: Option<Source>) -> bool {
        let s = self.s;
        let Some(speaker) = speaker else {
            return word.kind != "believe" && s.children_with(v, &["auxpass"]).next().is_some();
        };
        let named = self.can_speak(speaker.head) || !s.entity_label(speaker.head).is_empty();
        let document = self.t.words.source(s.lemma(speaker.head)) == Some(SourceKind::Document);
        match word.kind.as_str() {
            "report" if word.stance == "factive" => document || named && s.pos(speaker.head) != "PRON",
            "believe" => !matches!(s.lower(speaker.head), "i" | "you" | "we" | "one" | "who" | "it"),
            _ => !matches!(s.lower(speaker.head), "this" | "that" | "these" | "what" | "i" | "you"),
        }
    }

    /// Adds a draft, and takes out of `out` the marked words that it holds.
    pub(super) fn add(&self, draft: Draft, out: &mut Vec<Draft>) {
        if draft.kind == StatementKind::Mixed {
            out.retain(|d| {
                !(d.kind == StatementKind::Direct && d.cue.is_none() && draft.content.covers(d.content))
            });
        }
        out.push(draft);
    }
}
