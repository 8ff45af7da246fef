//! "According to", and claims without a named source, to statements and links of chains.

use super::{Draft, Finder, Source};
use record::{StatementKind, TokenSpan};
use tables::reporting::SourceKind;

impl Finder<'_, '_> {
    /// Adds what stands under "according to", and hedged claims.
    pub(super) fn sources(&self, out: &mut Vec<Draft>) {
        for i in 0..self.s.len() {
            match self.s.lower(i) {
                "according" => self.according_to(i, out),
                "in" | "by" => self.in_view_of(i, out),
                word if self.t.words.is(word, "hedge") => self.hedged_adverb(i, out),
                _ => self.hedged_passive(i, out),
            }
        }
    }

    fn according_to(&self, i: usize, out: &mut Vec<Draft>) {
        let s = self.s;
        let Some(to) = (i + 1 < s.len() && s.lower(i + 1) == "to").then_some(i + 1) else { return };
        let Some(head) = s.child(to, "pobj") else { return };
        if self.t.words.source(s.lemma(head)) == Some(SourceKind::Standard) {
            return;
        }
        let source = self.phrase_of(head);
        let Some(sentence) = s.sentence(i) else { return };
        let range = s.doc.sentences[sentence].tokens;
        let span = s.token(i).span;
        // Beside a quotation it has been read already.
        if out
            .iter()
            .any(|d| d.kind == StatementKind::Direct && d.cue.as_ref().is_some_and(|c| c.span.overlaps(span)))
        {
            return;
        }
        let quoting = self.quoting_source(source, range);
        let tokens = self.beside(i, source, quoting, range);
        let Some(content) = tokens.and_then(|t| self.content(t)) else { return };
        let (speaker, passer) = match quoting {
            Some(inner) => (inner, Some(source)),
            None => (source, None),
        };
        // A statement inside the same words came through this source.
        let mut carried = false;
        for d in out.iter_mut().filter(|d| s.doc.bytes_of(range).covers(d.content)) {
            let cue_inside = d.cue.as_ref().is_some_and(|c| content.covers(c.span));
            let beside = d.kind == StatementKind::Direct || cue_inside;
            if beside && d.speaker.is_some_and(|x| x.head != source.head) {
                d.passers.push(source);
                carried = true;
            }
        }
        if carried {
            return;
        }
        let quoted: Vec<_> =
            self.quoted.iter().filter(|q| q.inner.overlaps(content)).map(|q| q.inner).collect();
        let kind = if quoted.is_empty() { StatementKind::Indirect } else { StatementKind::Mixed };
        let mut draft = Draft::new(kind, content, "quote/according");
        draft.cue = Some(self.phrase(TokenSpan::new(i, i + 2), "according to", "report", "neutral"));
        draft.speaker = Some(speaker);
        draft.passers.extend(passer);
        draft.quoted = quoted;
        out.retain(|d| !(d.kind == StatementKind::Direct && d.cue.is_none() && content.covers(d.content)));
        out.push(draft);
    }

    /// "In Ankara's view, …", "by the UN's estimate, …", "in the opinion of the court, …".
    fn in_view_of(&self, i: usize, out: &mut Vec<Draft>) {
        let s = self.s;
        let Some(noun) = s.child(i, "pobj").filter(|&n| {
            matches!(s.lemma(n), "view" | "opinion" | "estimate" | "account" | "reckoning" | "admission")
        }) else {
            return;
        };
        let Some(sentence) = s.sentence(i) else { return };
        let range = s.doc.sentences[sentence].tokens;
        let owner = s.child(noun, "poss").or_else(|| {
            let of = s.children_with(noun, &["prep"]).find(|&p| s.lower(p) == "of")?;
            s.child(of, "pobj")
        });
        let (Some(owner), Some(word)) = (owner, self.t.words.noun(s.lemma(noun))) else { return };
        let end = self.clause_extent(noun, i).end as usize;
        let opens = self.bare(TokenSpan::new(range.start as usize, i)).is_empty();
        if !opens || s.text(end.min(s.len() - 1)) != "," || self.quote_at(i).is_some() {
            return;
        }
        let Some(content) = self.content(TokenSpan::new(end, range.end as usize)) else { return };
        let mut draft = Draft::new(StatementKind::Indirect, content, "quote/view");
        draft.cue = Some(self.cue(noun, word));
        draft.speaker = Some(self.phrase_of(owner));
        out.push(draft);
    }

    /// "according to X, quoting Y": Y speaks.
    fn quoting_source(&self, source: Source, range: TokenSpan) -> Option<Source> {
        let s = self.s;
        let from = source.tokens.end as usize;
        let to = (from + 3).min(range.end as usize);
        let verb = (from..to).find(|&i| matches!(s.lower(i), "quoting" | "citing"))?;
        let object = s.child(verb, "dobj")?;
        Some(self.phrase_of(object))
    }

    /// The words that "according to X" stands beside: the rest of the sentence, or the relative clause it splits.
    fn beside(
        &self,
        i: usize,
        source: Source,
        quoting: Option<Source>,
        range: TokenSpan,
    ) -> Option<TokenSpan> {
        let s = self.s;
        let start = range.start as usize;
        let end = quoting.map_or(source.tokens.end, |q| q.tokens.end) as usize;
        let before = self.bare(TokenSpan::new(start, i));
        if before.len() <= 2
            || !self.has_verb(before) && self.words(before) <= 4 && s.text(end.min(s.len() - 1)) == ","
        {
            // It opens the sentence.
            let mut from = end;
            while from < range.end as usize && (s.pos(from) == "PUNCT" || s.dep(from) == "relcl") {
                from += 1;
            }
            return Some(TokenSpan::new(from, range.end as usize));
        }
        let after = self.bare(TokenSpan::new(end, range.end as usize));
        let relative = (start..i).rev().take(2).find(|&k| matches!(s.lower(k), "which" | "who"));
        if let Some(which) = relative {
            let verb = s.ancestors(which).find(|&a| s.dep(a) == "relcl");
            let last = verb.map_or(range.end as usize, |v| self.clause_extent(v, i).end as usize);
            return (end < last).then(|| TokenSpan::new(end, last));
        }
        if s.dep(i) == "prep"
            && self.words(after) > 3
            && self.has_verb(after)
            && s.text(end.min(s.len() - 1)) == ","
            && !self.has_verb(before)
        {
            return Some(after);
        }
        // Of several clauses joined by commas the nearest is meant.
        let head = s.head(i);
        let top = if s.pos(head) == "VERB" || s.pos(head) == "AUX" {
            head
        } else {
            s.ancestors(head).find(|&a| matches!(s.pos(a), "VERB" | "AUX")).unwrap_or(head)
        };
        let own = s.dep(top) == "conj" && s.children_with(top, &["nsubj", "nsubjpass"]).next().is_some();
        let from = if own { (self.clause_extent(top, i).start as usize).min(i) } else { start };
        Some(TokenSpan::new(from, i))
    }

    fn hedged_adverb(&self, i: usize, out: &mut Vec<Draft>) {
        let s = self.s;
        let verb = s.head(i);
        if verb == i || !matches!(s.pos(verb), "VERB" | "AUX") {
            return;
        }
        let mut extent = self.clause_extent(verb, i);
        // A later clause of its own is no part of the claim.
        let later = s
            .children_with(verb, &["conj"])
            .find(|&c| c > verb && s.children_with(c, &["nsubj", "nsubjpass"]).next().is_some());
        if let Some(c) = later {
            extent = TokenSpan::new(
                extent.start as usize,
                (self.clause_extent(c, verb).start as usize).max(verb + 1),
            );
        }
        let Some(content) = self.content(extent) else { return };
        let mut draft = Draft::new(StatementKind::Hedged, content, "quote/hedged");
        let stance = if s.lower(i) == "reportedly" { "neutral" } else { "distancing" };
        draft.cue = Some(self.phrase(TokenSpan::new(i, i + 1), s.lower(i), "report", stance));
        out.push(draft);
    }

    /// "is believed to", "was reported to": the subject is talked of by nobody in particular.
    fn hedged_passive(&self, v: usize, out: &mut Vec<Draft>) {
        let s = self.s;
        if s.tag(v) != "VBN" || s.children_with(v, &["auxpass"]).next().is_none() {
            return;
        }
        let word =
            self.t.words.verbs(s.lemma(v)).iter().find(|w| w.takes(tables::reporting::Frame::PassiveTo));
        let Some(word) = word.filter(|_| s.children_with(v, &["agent"]).next().is_none()) else { return };
        let clause = s
            .children_with(v, &["xcomp", "ccomp", "advcl"])
            .find(|&c| c > v && s.children_with(c, &["aux"]).any(|a| s.lower(a) == "to"));
        let Some(clause) = clause else { return };
        let subject = s.children_with(v, &["nsubjpass", "nsubj"]).next();
        let extent = self.clause_extent(clause, v);
        let tokens = subject.map_or(extent, |x| extent.join(self.phrase_of(x).tokens));
        let Some(content) = self.content(tokens) else { return };
        let mut draft = Draft::new(StatementKind::Hedged, content, "quote/hedged");
        draft.cue = Some(self.cue(v, word));
        out.push(draft);
    }
}
