//! Quoted stretches to direct quotations: which are utterances, and who speaks them.

use super::marks::Quoted;
use super::{CueWords, Draft, Finder, Source};
use record::{StatementKind, TokenSpan};
use tables::reporting::SourceKind;

/// Tokens looked at on each side of a quotation for its cue.
const REACH: usize = 45;

/// A cue beside a quotation with its speaker.
#[derive(Clone)]
pub(super) struct Attributed {
    pub(super) cue: CueWords,
    pub(super) speaker: Option<Source>,
    pub(super) verb: Option<usize>,
}

impl Finder<'_, '_> {
    /// All direct quotations.
    pub(super) fn direct(&self) -> Vec<Draft> {
        let mut out: Vec<Draft> = Vec::new();
        let mut open = false;
        // Drafts of paragraphs that were opened and not closed: the last one names their speaker.
        let mut waiting: Vec<usize> = Vec::new();
        for (k, q) in self.quoted.iter().enumerate() {
            let continues = open && self.opens_block(q);
            open = !q.closed;
            let found = self.after(k).or_else(|| self.before(k)).or_else(|| self.signed(q));
            if !continues {
                waiting.clear();
            }
            let utterance =
                found.as_ref().is_some_and(|f| self.is_said(q, f)) || continues || self.is_utterance(k);
            if !utterance || self.is_inside_clause(k, found.as_ref()) {
                continue;
            }
            let lead = self.lead(q, found.as_ref());
            let mut draft = Draft::new(StatementKind::Direct, q.inner, "quote/direct");
            match found {
                Some(found) => {
                    draft.addressee =
                        found.verb.and_then(|v| self.reporting(v).and_then(|w| self.addressee_of(v, w)));
                    draft.cue = Some(found.cue);
                    draft.speaker = found.speaker;
                }
                None => {
                    draft.rule = "quote/continued";
                    draft.speaker = self.inherited(q, &out);
                }
            }
            let tokens = lead.map_or(q.tokens, |from| TokenSpan::new(from, q.tokens.end as usize));
            let content =
                lead.map_or_else(|| Some(self.s.doc.bytes_of(self.bare(q.tokens))), |_| self.content(tokens));
            if let Some(content) = content.filter(|c| !c.is_empty()) {
                if lead.is_some() {
                    draft.kind = StatementKind::Mixed;
                    draft.quoted.push(q.inner);
                }
                draft.content = content;
                if draft.cue.is_some() {
                    waiting.drain(..).for_each(|i| out[i].speaker = draft.speaker);
                } else if !q.closed || continues {
                    waiting.push(out.len());
                }
                out.push(draft);
            }
        }
        out
    }

    /// A word or two in marks are said only when the verb or a comma touches them ("Yes," he said).
    fn is_said(&self, q: &Quoted, found: &Attributed) -> bool {
        let s = self.s;
        if self.words(q.tokens) > 3 || self.has_verb(q.tokens) && self.words(q.tokens) > 2 {
            return true;
        }
        let before = (q.tokens.start as usize).saturating_sub(2);
        let stopped = s.slice(q.inner).ends_with([',', '.', '!', '?', '…']);
        stopped || found.verb == Some(before) || matches!(s.text(before), "," | ":")
    }

    /// First token of plain words that open the sentence which the marks go on with: "By then, “it was late”, she said".
    fn lead(&self, q: &Quoted, found: Option<&Attributed>) -> Option<usize> {
        let s = self.s;
        let found = found?;
        let mark = s.doc.tokens_in(q.outer).start as usize;
        let start = self.block_tokens(q.block).start as usize;
        let mut from = mark;
        while from > start && mark - from < REACH && !self.ends_region(from - 1) {
            from -= 1;
        }
        match found.verb {
            Some(verb) if verb < mark => {
                let that = (verb + 1..mark).rev().find(|&i| s.lower(i) == "that")?;
                from = that + 1;
            }
            _ if found.cue.span.start < q.inner.start => return None,
            _ => {}
        }
        let tokens = self.bare(TokenSpan::new(from, mark));
        let content = self.content(tokens).map(|c| s.doc.tokens_in(c))?;
        let plain = !self.has_verb(content) && (1..=10).contains(&self.words(content));
        let opens = s.slice(q.inner).starts_with(char::is_uppercase) && found.verb.is_none_or(|v| v > mark);
        (plain && !opens).then_some(content.start as usize)
    }

    fn opens_block(&self, q: &Quoted) -> bool {
        self.s.page.blocks.get(q.block).is_some_and(|b| q.outer.start <= b.span.start + 1)
    }

    /// A whole sentence between the marks: it opens with a capital, closes with a stop, and has a verb.
    fn is_utterance(&self, k: usize) -> bool {
        let q = &self.quoted[k];
        let text = self.s.slice(q.inner);
        let closes = text.ends_with(['.', '!', '?', '…', ',']) || !q.closed;
        let outside = self.s.page.text.get(q.outer.end as usize..).unwrap_or("");
        let ends = closes || outside.starts_with(['.', '!', '?']);
        let opens =
            text.starts_with(|c: char| c.is_uppercase() || c == '…' || c == '[' || c.is_ascii_digit());
        let starts = self.starts_sentence(q);
        ends && opens && starts && self.words(q.tokens) >= 3 && self.has_verb(q.tokens)
    }

    /// True when the mark opens where a sentence does.
    fn starts_sentence(&self, q: &Quoted) -> bool {
        let Some(block) = self.s.page.blocks.get(q.block) else { return false };
        let before =
            self.s.page.text.get(block.span.start as usize..q.outer.start as usize).unwrap_or("").trim_end();
        before.is_empty() || before.ends_with(['.', '!', '?', ':', '”', '"', '…', ',', ';'])
    }

    /// True when the marks only set words inside a paraphrase ("said he has a “strong case”"): the clause takes them.
    fn is_inside_clause(&self, k: usize, found: Option<&Attributed>) -> bool {
        let q = &self.quoted[k];
        let Some(verb) = found.and_then(|f| f.verb) else {
            return false;
        };
        let first = q.tokens.start as usize;
        if verb > first || self.words(TokenSpan::new(verb + 1, first)) == 0 {
            return false;
        }
        // Words between the verb and the mark that belong to the content, not to the frame.
        let clause = self.s.children_with(verb, &["ccomp", "xcomp"]).find(|&c| c > verb);
        clause.is_some_and(|c| {
            let extent = self.clause_extent(c, verb);
            let lead =
                TokenSpan::new((extent.start as usize).max(verb + 1), first.max(extent.start as usize));
            self.content(lead).is_some_and(|span| self.words(self.s.doc.tokens_in(span)) > 0)
        })
    }

    /// The cue after the closing mark: "…", said X; "…", X said; "…", according to X; "…" – X.
    fn after(&self, k: usize) -> Option<Attributed> {
        let q = &self.quoted[k];
        let s = self.s;
        if !q.closed {
            return None;
        }
        let end = self.block_tokens(q.block).end as usize;
        let mut at = s.doc.tokens_in(q.outer).end as usize;
        let text = s.slice(q.inner);
        let comma = text.ends_with([',', '?', '!', '—', '-', '…', '–']) || at < end && s.text(at) == ",";
        while at < end && (s.text(at) == "," || s.pos(at) == "SPACE") {
            at += 1;
        }
        let stop = (at..end.min(at + REACH)).find(|&i| self.ends_region(i)).unwrap_or(end.min(at + REACH));
        if at >= stop {
            return None;
        }
        if matches!(s.text(at), "-" | "–" | "—" | "--" | "―") {
            return self.signature(at + 1, stop);
        }
        if let Some(found) = self.according(at, stop).filter(|_| comma || !text.ends_with('.')) {
            return Some(found);
        }
        let verb = (at..stop).find(|&i| self.quoting(i).is_some() && self.is_finite(i))?;
        let first = verb == at || s.pos(at) == "ADV" && verb == at + 1;
        if text.ends_with(['.', '!', '?']) && !comma && !first {
            return None;
        }
        if !first && self.other_verb(at, verb) {
            return None;
        }
        // A stray stop between verb and name: "said. Col. Ruiz".
        let stray = first && stop == verb + 1 && stop + 1 < end && s.pos(stop + 1) == "PROPN";
        let stop = if stray { (stop + 1..end).find(|&i| self.ends_region(i)).unwrap_or(end) } else { stop };
        let mut found = self.attribute(verb, at, stop, first)?;
        if stray && found.speaker.is_none() {
            found.speaker = self.nearest_phrase(verb + 1, verb + 1, stop, true);
        }
        Some(found)
    }

    /// The cue before the opening mark: X said, "…"; in the words of X, "…".
    fn before(&self, k: usize) -> Option<Attributed> {
        let q = &self.quoted[k];
        let s = self.s;
        let start = self.block_tokens(q.block).start as usize;
        let end = s.doc.tokens_in(q.outer).start as usize;
        let mut from = end;
        while from > start && end - from < REACH && !self.ends_region(from - 1) {
            from -= 1;
        }
        if from >= end {
            return None;
        }
        let last = (from..end).rev().find(|&i| s.pos(i) != "SPACE")?;
        if let Some(found) = self.phrase_before(from, end) {
            return Some(found);
        }
        let verb = (from..end).rev().find(|&i| self.quoting(i).is_some() && self.is_finite(i))?;
        let joined = matches!(s.text(last), "," | ":" | "-" | "–" | "—")
            || s.lower(last) == "that"
            || last == verb
            || s.pos(last) != "PUNCT";
        if !joined || self.other_verb(verb + 1, end) {
            return None;
        }
        let found = self.attribute(verb, from, end, false)?;
        // A fragment needs its verb close by; a sentence may stand after a longer frame.
        let near =
            s.text(last) == ":" || s.text(last) == "," || verb + 3 >= last || self.is_complement(verb, q);
        near.then_some(found)
    }

    /// Not a bare infinitive; a form like "read" with a subject of its own passes.
    fn is_finite(&self, i: usize) -> bool {
        let s = self.s;
        let to = || s.children_with(i, &["aux"]).next().is_some();
        s.tag(i) != "VB" || s.children_with(i, &["nsubj"]).next().is_some() && !to()
    }

    fn is_complement(&self, verb: usize, q: &Quoted) -> bool {
        self.s.children_with(verb, &["ccomp", "dobj", "xcomp"]).any(|c| q.tokens.holds(c))
    }

    /// True for a token at which the search for a cue ends: the end of a sentence or another quotation mark.
    fn ends_region(&self, i: usize) -> bool {
        let s = self.s;
        matches!(s.text(i), "." | "?" | "!" | "\"" | "“" | "”" | "''" | "``" | "«" | "»")
    }

    /// True when a finite verb that reports nothing stands in the range, outside relative clauses.
    fn other_verb(&self, from: usize, to: usize) -> bool {
        let s = self.s;
        (from..to).any(|i| {
            matches!(s.tag(i), "VBD" | "VBZ" | "VBP")
                && s.pos(i) == "VERB"
                && self.quoting(i).is_none()
                && !matches!(s.dep(i), "relcl" | "advcl" | "acl" | "pcomp" | "aux" | "auxpass")
        })
    }

    fn attribute(&self, verb: usize, from: usize, to: usize, inverted: bool) -> Option<Attributed> {
        let word = self.quoting(verb)?;
        let inside = |x: &Source| (x.tokens.start as usize) >= from && (x.tokens.end as usize) <= to;
        let parsed = self
            .speaker_of(verb)
            .filter(|x| inside(x) || x.head < from && !inverted && self.quote_at(x.head).is_none());
        let parsed = parsed.filter(|x| !inverted || x.head > verb);
        let speaker = parsed.or_else(|| self.nearest_phrase(verb, from, to, inverted));
        Some(Attributed { cue: self.cue(verb, word), speaker, verb: Some(verb) })
    }

    /// When the parse gives no subject: the noun phrase right after an inverted verb, else the one right before it.
    fn nearest_phrase(&self, verb: usize, from: usize, to: usize, inverted: bool) -> Option<Source> {
        let s = self.s;
        let nominal = |i: &usize| matches!(s.pos(*i), "NOUN" | "PROPN" | "PRON");
        let head = if inverted {
            (verb + 1..to).take_while(|&i| s.text(i) != "," || s.pos(i + 1) == "DET").find(nominal)?
        } else {
            (from..verb).rev().find(nominal)?
        };
        let mut top = head;
        while nominal(&s.head(top)) && s.head(top) != top && (from..to).contains(&s.head(top)) {
            top = s.head(top);
        }
        let mut source = self.phrase_of(top);
        let (start, end) = (source.tokens.start as usize, source.tokens.end as usize);
        let limit = if inverted { (verb + 1, to) } else { (from, verb) };
        source.tokens = self.bare(TokenSpan::new(start.max(limit.0), end.min(limit.1)));
        (!source.tokens.is_empty()).then_some(source)
    }

    /// "according to X" at token `at`.
    fn according(&self, at: usize, to: usize) -> Option<Attributed> {
        let s = self.s;
        if s.lower(at) != "according" || at + 1 >= to || s.lower(at + 1) != "to" {
            return None;
        }
        let head = s.child(at + 1, "pobj")?;
        let cue = self.phrase(TokenSpan::new(at, at + 2), "according to", "report", "neutral");
        Some(Attributed { cue, speaker: Some(self.phrase_of(head)), verb: None })
    }

    /// "in the words of X," and "according to X," before the opening mark.
    fn phrase_before(&self, from: usize, to: usize) -> Option<Attributed> {
        let s = self.s;
        for i in (from..to).rev() {
            if s.lower(i) == "according" {
                return self
                    .according(i, to)
                    .filter(|f| f.speaker.is_some_and(|x| x.tokens.end as usize + 2 >= to));
            }
            if s.lower(i) == "words" && i >= 2 && s.lower(i - 2) == "in" {
                let of = s.children_with(i, &["prep"]).find(|&p| s.lower(p) == "of");
                let head = of.and_then(|p| s.child(p, "pobj")).or_else(|| s.child(i, "poss"))?;
                let end = of.map_or(i + 1, |p| p + 1);
                let cue = self.phrase(TokenSpan::new(i - 2, end), "in the words of", "say", "neutral");
                return Some(Attributed { cue, speaker: Some(self.phrase_of(head)), verb: None });
            }
        }
        None
    }

    /// A name after a dash: `"…" – Name`.
    fn signature(&self, from: usize, to: usize) -> Option<Attributed> {
        let s = self.s;
        let named = from < to && s.pos(from) == "PROPN";
        let short = !(from..to).any(|i| matches!(s.pos(i), "VERB" | "AUX"));
        // Dates and outlets after a headline are sources of links, not speakers.
        let dated = (from..to).any(|i| s.entity_label(i) == "DATE");
        if !named || !short || dated || s.entity_label(from) == "ORG" {
            return None;
        }
        let source = self.phrase_of(from);
        let tokens = self.bare(TokenSpan::new(from, to));
        let cue = self.phrase(TokenSpan::new(from - 1, from), "–", "say", "neutral");
        Some(Attributed { cue, speaker: Some(Source { head: source.head, tokens }), verb: None })
    }

    /// A dash and a name at the start of the next block.
    fn signed(&self, q: &Quoted) -> Option<Attributed> {
        let s = self.s;
        let block = self.block_tokens(q.block);
        let at = s.doc.tokens_in(q.outer).end as usize;
        if at < block.end as usize || at >= s.len() || !matches!(s.text(at), "-" | "–" | "—" | "--" | "―")
        {
            return None;
        }
        let next = self.block_of(at).map(|b| self.block_tokens(b))?;
        (next.len() <= 20).then(|| self.signature(at + 1, next.end as usize)).flatten()
    }

    /// The speaker of a quotation without a cue: the one before it in the paragraph or the paragraph above.
    fn inherited(&self, q: &Quoted, earlier: &[Draft]) -> Option<Source> {
        let s = self.s;
        let from = self.block_tokens(q.block).start as usize;
        let here = earlier.last().filter(|d| d.speaker.is_some_and(|x| x.head >= from));
        if let Some(last) = here {
            return last.speaker;
        }
        // Who says something in the sentences before the mark, else who does something there.
        let first = q.tokens.start as usize;
        let said = (from..first).rev().filter(|&i| self.quoting(i).is_some() && self.quote_at(i).is_none());
        if let Some(speaker) = said.filter_map(|v| self.speaker_of(v)).find(|x| self.can_speak(x.head)) {
            return Some(speaker);
        }
        let subject = |i: &usize| {
            matches!(s.dep(*i), "nsubj" | "nsubjpass") && self.quote_at(*i).is_none() && self.can_speak(*i)
        };
        let main = (from..first).rev().filter(subject).find(|&i| s.is_root(s.head(i)));
        if let Some(subject) = main.or_else(|| (from..first).rev().find(subject)) {
            return Some(self.phrase_of(subject));
        }
        earlier.last().and_then(|d| d.speaker)
    }

    /// True for people, bodies and documents.
    pub(super) fn can_speak(&self, i: usize) -> bool {
        let s = self.s;
        let label = s.entity_label(i);
        matches!(label, "PERSON" | "ORG" | "NORP" | "GPE")
            || matches!(s.lower(i), "he" | "she" | "they" | "we" | "i")
            || self.m.actor_at(i).is_some()
            || self.t.people.contains(s.lower(i))
            || s.pos(i) == "NOUN" && self.t.words.source(s.lemma(i)) == Some(SourceKind::Media)
    }
}
