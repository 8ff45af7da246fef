//! A parsed page to hits: stretches of tokens that some table form matches, longest first, not overlapping.

use super::index::{Form, Index};
use super::words;
use record::{Syntax, TokenSpan};

/// One stretch of tokens and what it may stand for.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Its tokens.
    pub tokens: TokenSpan,
    /// All forms that fit, of equal length.
    pub forms: Vec<Form>,
}

/// All hits of a page with a look-up by token.
#[derive(Debug, Default)]
pub struct Hits {
    /// Hits in text order.
    pub list: Vec<Hit>,
    at: Vec<u32>,
}

impl Hits {
    /// The hit that covers token `i`.
    pub fn at(&self, i: usize) -> Option<&Hit> {
        self.list.get(*self.at.get(i)? as usize)
    }

    /// Hits that lie wholly inside `tokens`, in order.
    pub fn inside(&self, tokens: TokenSpan) -> impl Iterator<Item = &Hit> {
        let first = self.list.partition_point(|h| h.tokens.start < tokens.start);
        self.list.iter().skip(first).take_while(move |h| h.tokens.end <= tokens.end)
    }
}

/// Finds all hits of a page.
pub fn scan(index: &Index, syntax: &Syntax<'_>) -> Hits {
    let words = words::of_doc(syntax);
    let mut hits = Hits { list: Vec::new(), at: vec![u32::MAX; syntax.len()] };
    let mut i = 0;
    let mut sentence_end = 0;
    while let Some(word) = words.get(i) {
        if i >= sentence_end {
            let sentence = syntax.sentence(word.token as usize);
            let more = words.iter().skip(i).take_while(|w| syntax.sentence(w.token as usize) == sentence);
            sentence_end = i + more.count().max(1);
        }
        let found = if word.first { index.longest(&words[i..sentence_end]) } else { None };
        let Some((size, forms)) = found else {
            i += 1;
            continue;
        };
        let last = &words[i + size - 1];
        let tokens = TokenSpan::new(word.token as usize, last.token as usize + 1);
        for token in tokens.range() {
            if let Some(slot) = hits.at.get_mut(token) {
                *slot = hits.list.len() as u32;
            }
        }
        hits.list.push(Hit { tokens, forms });
        i += size;
        while words.get(i).is_some_and(|w| w.token < tokens.end) {
            i += 1;
        }
    }
    hits
}

/// For every token, the first token of the part of its subtree that runs up to it without a gap.
pub fn left_edges(syntax: &Syntax<'_>) -> Vec<u32> {
    let mut edge: Vec<u32> = (0..syntax.len() as u32).collect();
    for i in 0..syntax.len() {
        let mut at = i;
        // Children come before their head here, so their edges are final.
        for child in syntax.children(i).rev().filter(|&c| c < i) {
            if !joins(syntax, child) || !bridged(syntax, child, at) {
                break;
            }
            at = edge.get(child).map_or(at, |&e| e as usize);
        }
        edge[i] = at as u32;
    }
    edge
}

/// Labels of what may stand before a noun inside its phrase.
fn joins(syntax: &Syntax<'_>, child: usize) -> bool {
    matches!(
        syntax.dep(child),
        "det"
            | "amod"
            | "compound"
            | "nmod"
            | "nummod"
            | "poss"
            | "punct"
            | "predet"
            | "quantmod"
            | "npadvmod"
            | "advmod"
            | "case"
            | "cc"
            | "preconj"
            | "appos"
            | "dep"
            | "neg"
    ) && !matches!(syntax.text(child), "," | "." | ":" | ";" | "(" | ")" | "–" | "—" | "--")
}

/// True when all tokens from the end of `child`'s subtree to `at` belong to the phrase: only conjuncts, marks of
/// possession and hyphens lie between.
fn bridged(syntax: &Syntax<'_>, child: usize, at: usize) -> bool {
    (child + 1..at).all(|t| syntax.is_under(t, child)) && at - child < 12
}
