//! Paragraphs without marks to direct quotations: blocks after "said:", and pull quotes with a name under them.

use super::{Draft, Finder, Source};
use record::{BlockKind, StatementKind, TokenSpan};
use tables::reporting::Frame;

/// Paragraphs that one "said:" may introduce.
const MOST_BLOCKS: usize = 12;

impl Finder<'_, '_> {
    /// Block quotations of the page.
    pub(super) fn blocks(&self, out: &mut Vec<Draft>) {
        let mut blocks: Vec<usize> = self.s.doc.sentences.iter().map(|x| x.block as usize).collect();
        blocks.dedup();
        for (k, &block) in blocks.iter().enumerate() {
            let tokens = self.block_tokens(block);
            if let Some((speaker, verb)) = self.introduces(tokens) {
                self.introduced(&blocks[k + 1..], speaker, verb, out);
            } else if let Some((speaker, from)) = self.dialogue(tokens) {
                let content = self.s.doc.bytes_of(self.bare(TokenSpan::new(from, tokens.end as usize)));
                if !out.iter().any(|d| d.content.overlaps(content)) {
                    let mut draft = Draft::new(StatementKind::Direct, content, "quote/dialogue");
                    draft.speaker = speaker;
                    out.push(draft);
                }
            } else if let Some(speaker) = self.pull_quote(tokens) {
                let content =
                    self.content(TokenSpan::new(tokens.start as usize, speaker.tokens.start as usize));
                if let Some(content) = content.filter(|c| !out.iter().any(|d| d.content.overlaps(*c))) {
                    let mut draft = Draft::new(StatementKind::Direct, content, "quote/pull-quote");
                    draft.speaker = Some(speaker);
                    out.push(draft);
                }
            }
        }
    }

    /// A line of a conversation: "Ortega: We should leave.", "From Luis Ortega: …", "A: Not yet."
    fn dialogue(&self, tokens: TokenSpan) -> Option<(Option<Source>, usize)> {
        let s = self.s;
        let (start, end) = (tokens.start as usize, tokens.end as usize);
        let colon = (start..end.min(start + 8)).find(|&i| s.text(i) == ":")?;
        let from = if s.lower(start) == "from" { start + 1 } else { start };
        let name = TokenSpan::new(from, colon);
        let rest = TokenSpan::new(colon + 1, end);
        let closed = rest
            .range()
            .rev()
            .find(|&i| s.pos(i) != "SPACE")
            .is_some_and(|i| matches!(s.text(i), "." | "!" | "?" | "…"));
        let turn = matches!(s.text(from), "Q" | "A" | "Question" | "Answer") && name.len() == 1;
        if turn && closed && self.words(rest) > 0 {
            return Some((None, colon + 1));
        }
        if name.is_empty() || !closed || self.words(rest) < 3 || !self.has_verb(rest) {
            return None;
        }
        let head = colon - 1;
        let named = name.range().all(|i| s.pos(i) == "PROPN")
            && (s.entity_label(head) == "PERSON" || self.m.actor_at(head).is_some());
        named.then(|| (Some(Source { head, tokens: name }), colon + 1))
    }

    /// Speaker and verb of a paragraph that ends in "X said:".
    fn introduces(&self, tokens: TokenSpan) -> Option<(Source, usize)> {
        let s = self.s;
        let last = tokens.range().rev().find(|&i| s.pos(i) != "SPACE")?;
        if s.text(last) != ":" {
            return None;
        }
        let sentence = s.sentence(last)?;
        let range = s.doc.sentences[sentence].tokens;
        let verb =
            range.range().rev().find(|&i| self.quoting(i).is_some() && !matches!(s.tag(i), "VB" | "VBG"))?;
        let speaker = self.speaker_of(verb)?;
        let person = matches!(s.lower(speaker.head), "he" | "she" | "they" | "it" | "i" | "we");
        (person || s.pos(speaker.head) != "PRON").then_some((speaker, verb))
    }

    fn introduced(&self, rest: &[usize], speaker: Source, verb: usize, out: &mut Vec<Draft>) {
        let Some(word) = self.quoting(verb) else { return };
        for (n, &block) in rest.iter().take(MOST_BLOCKS).enumerate() {
            let tokens = self.block_tokens(block);
            let quoted = self
                .quoted
                .iter()
                .find(|q| q.block == block && q.tokens.start as usize <= tokens.start as usize + 1);
            if let Some(q) = quoted {
                // Marks tell how far it goes; give the quotation its speaker.
                let found = out.iter_mut().find(|d| d.content.overlaps(q.inner));
                match found {
                    Some(draft) if draft.cue.is_none() => {
                        draft.speaker = Some(speaker);
                        draft.cue = (n == 0).then(|| self.cue(verb, word));
                        draft.rule = "quote/block";
                    }
                    Some(_) => return,
                    None => {
                        let mut draft = Draft::new(StatementKind::Direct, q.inner, "quote/block");
                        draft.speaker = Some(speaker);
                        out.push(draft);
                    }
                }
                continue;
            }
            let end = self.speech_end(tokens, speaker);
            if n > 0 && (end < tokens.end as usize || !self.goes_on(tokens, block)) {
                return;
            }
            let Some(content) = self.content(TokenSpan::new(tokens.start as usize, end)) else { return };
            let mut draft = Draft::new(StatementKind::Direct, content, "quote/block");
            draft.speaker = Some(speaker);
            draft.cue = (n == 0).then(|| self.cue(verb, word));
            out.push(draft);
            if end < tokens.end as usize {
                return;
            }
        }
    }

    /// End of the speaker's own words in a paragraph: where the text speaks of the speaker again.
    fn speech_end(&self, tokens: TokenSpan, speaker: Source) -> usize {
        let s = self.s;
        let name = s.lower(speaker.head);
        for sentence in s.doc.sentences.iter().filter(|x| tokens.covers(x.tokens)) {
            let told = sentence.tokens.range().any(|i| {
                let subject = matches!(s.dep(i), "nsubj" | "nsubjpass");
                let reports = subject && self.reporting(s.head(i)).is_some_and(|w| w.takes(Frame::That));
                let same = s.lower(i) == name && s.pos(i) != "PRON";
                reports && (same || matches!(s.lower(i), "he" | "she" | "they")) || same && subject
            });
            if told {
                return sentence.tokens.start as usize;
            }
        }
        tokens.end as usize
    }

    /// True when a later paragraph still belongs to the block quotation.
    fn goes_on(&self, tokens: TokenSpan, block: usize) -> bool {
        let s = self.s;
        let kind = s.page.blocks.get(block).map(|b| b.kind);
        if kind == Some(BlockKind::BlockQuote) {
            return true;
        }
        let last = tokens.range().rev().find(|&i| s.pos(i) != "SPACE");
        let sentence = last.is_some_and(|i| matches!(s.text(i), "." | "!" | "?" | "…"));
        let notice = tokens.range().any(|i| self.t.words.is(s.lower(i), "notice"));
        kind == Some(BlockKind::Paragraph) && sentence && !notice && self.has_verb(tokens)
    }

    /// The name at the end of a paragraph in the first person: "We had no choice. Ana Ruiz, mayor".
    fn pull_quote(&self, tokens: TokenSpan) -> Option<Source> {
        let s = self.s;
        let end = self.bare(tokens).end as usize;
        let stop = (tokens.start as usize..end)
            .rev()
            .find(|&i| matches!(s.text(i), "." | "!" | "?" | "”" | "\""))?;
        let name = self.bare(TokenSpan::new(stop + 1, end));
        let all = TokenSpan::new(stop + 1, tokens.end as usize);
        let closed = tokens.range().rev().find(|&i| s.pos(i) != "SPACE").is_some_and(|i| s.text(i) == ".");
        if closed || name.is_empty() || name.len() > 12 || self.has_verb(all) {
            return None;
        }
        let first = name.start as usize;
        let named = name.range().take_while(|&i| s.text(i) != ",").all(|i| s.pos(i) == "PROPN");
        let whole = s.entity(first).is_some_and(|e| s.doc.entities[e].tokens.covers(name));
        let person = named && name.len() > 1 && (!whole || s.entity_label(first) == "PERSON");
        let own_words = (tokens.start as usize..stop)
            .any(|i| matches!(s.lower(i), "i" | "we" | "my" | "our" | "us" | "me" | "'m" | "’m"));
        let long = self.words(TokenSpan::new(tokens.start as usize, stop)) >= 6;
        (person && own_words && long).then(|| {
            let entity = s.entity(first).map_or(name, |e| s.doc.entities[e].tokens);
            Source { head: (entity.end as usize).saturating_sub(1).max(first), tokens: name }
        })
    }
}
