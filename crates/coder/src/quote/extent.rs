//! Clauses and noun phrases to spans: what belongs to a content or a speaker, without its frame.

use super::{Finder, Source};
use record::{ByteSpan, TokenSpan};

impl Finder<'_, '_> {
    /// Tokens of the noun phrase of `head`: its words and appositions, without clauses that hang on it.
    pub(super) fn phrase_of(&self, head: usize) -> Source {
        let s = self.s;
        let mut all = vec![head];
        let mut next = 0;
        while next < all.len() && all.len() < 60 {
            let at = all[next];
            next += 1;
            for child in s.children(at) {
                let own_clause = s.dep(child) == "conj"
                    && s.children_with(child, &["nsubj", "nsubjpass"]).next().is_some();
                let remark =
                    s.dep(child) == "acl" && s.tag(child) == "VBG" && child > 0 && s.text(child - 1) == ",";
                if !own_clause
                    && !remark
                    && !matches!(s.dep(child), "relcl" | "advcl" | "parataxis" | "ccomp" | "csubj")
                {
                    all.push(child);
                }
            }
        }
        all.sort_unstable();
        let at = all.binary_search(&head).unwrap_or(0);
        let mut first = at;
        while first > 0 && all[first - 1] + 1 == all[first] {
            first -= 1;
        }
        let mut last = at;
        while last + 1 < all.len() && all[last] + 1 == all[last + 1] {
            last += 1;
        }
        Source { head, tokens: self.bare(TokenSpan::new(all[first], all[last] + 1)) }
    }

    /// `tokens` without punctuation at the ends.
    pub(super) fn bare(&self, tokens: TokenSpan) -> TokenSpan {
        let (mut start, mut end) = (tokens.start as usize, tokens.end as usize);
        let loose = |i: usize| {
            self.s.pos(i) == "SPACE"
                || matches!(
                    self.s.text(i),
                    "," | "."
                        | ";"
                        | ":"
                        | "\""
                        | "“"
                        | "”"
                        | "-"
                        | "–"
                        | "—"
                        | "--"
                        | "''"
                        | "``"
                        | "!"
                        | "?"
                )
        };
        while start < end && loose(start) {
            start += 1;
        }
        while end > start && loose(end - 1) {
            end -= 1;
        }
        TokenSpan::new(start, end)
    }

    /// Bytes of content tokens without outer marks, leading "that", leading links and final punctuation.
    pub(super) fn content(&self, tokens: TokenSpan) -> Option<ByteSpan> {
        let s = self.s;
        let mut tokens = self.bare(tokens);
        while tokens.len() > 1 {
            let first = tokens.start as usize;
            let link = s.lower(first) == "that" && matches!(s.tag(first), "IN" | "WDT")
                || self.t.words.is(s.lower(first), "link") && s.dep(first) != "preconj";
            let example = s.lower(first) == "for"
                && tokens.len() > 2
                && matches!(s.lower(first + 1), "example" | "instance");
            if !link && !example {
                break;
            }
            let skip = if example { 2 } else { 1 };
            tokens = self.bare(TokenSpan::new(first + skip, tokens.end as usize));
        }
        while tokens.len() > 1 && matches!(s.lower(tokens.end as usize - 1), "and" | "but" | "or") {
            tokens = self.bare(TokenSpan::new(tokens.start as usize, tokens.end as usize - 1));
        }
        (!tokens.is_empty()).then(|| s.doc.bytes_of(tokens))
    }

    /// First and last token of the subtree of `top`, `without` and all below it left out.
    pub(super) fn clause_extent(&self, top: usize, without: usize) -> TokenSpan {
        let s = self.s;
        let (mut first, mut last) = (top, top);
        let mut todo = vec![top];
        let mut seen = 0;
        while let Some(at) = todo.pop() {
            seen += 1;
            if seen > s.len() {
                break;
            }
            first = first.min(at);
            last = last.max(at);
            todo.extend(s.children(at).filter(|&c| c != without));
        }
        TokenSpan::new(first, last + 1)
    }

    /// Number of word tokens in a range.
    pub(super) fn words(&self, tokens: TokenSpan) -> usize {
        tokens.range().filter(|&i| !matches!(self.s.pos(i), "PUNCT" | "SPACE")).count()
    }

    /// True when a range holds a verb.
    pub(super) fn has_verb(&self, tokens: TokenSpan) -> bool {
        tokens.range().any(|i| matches!(self.s.pos(i), "VERB" | "AUX"))
    }
}
