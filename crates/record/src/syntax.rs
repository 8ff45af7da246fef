//! A view over a page and its parse with the tree walks that the resolver and the coder need.

use crate::doc::{Doc, Token};
use crate::page::Page;
use crate::span::{ByteSpan, TokenSpan};
use smol_str::{SmolStr, StrExt};

/// A page's text with its parse, children lists and lower-cased words, built once and shared by all later stages.
pub struct Syntax<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its parse.
    pub doc: &'a Doc,
    lower: Vec<SmolStr>,
    child_start: Vec<u32>,
    child: Vec<u32>,
    sentence: Vec<u32>,
    entity: Vec<u32>,
}

impl<'a> Syntax<'a> {
    /// Builds the view. Linear in the number of tokens.
    pub fn new(page: &'a Page, doc: &'a Doc) -> Self {
        let n = doc.tokens.len();
        let lower = doc.tokens.iter().map(|t| t.span.of(&page.text).to_lowercase_smolstr()).collect();
        let mut child_start = vec![0u32; n + 2];
        for (i, t) in doc.tokens.iter().enumerate() {
            if t.head as usize != i && (t.head as usize) < n {
                child_start[t.head as usize + 1] += 1;
            }
        }
        for i in 0..=n {
            child_start[i + 1] += child_start[i];
        }
        let mut fill = child_start.clone();
        let mut child = vec![0u32; child_start[n] as usize];
        for (i, t) in doc.tokens.iter().enumerate() {
            if t.head as usize != i && (t.head as usize) < n {
                let slot = &mut fill[t.head as usize];
                child[*slot as usize] = i as u32;
                *slot += 1;
            }
        }
        let mut sentence = vec![u32::MAX; n];
        for (s, sent) in doc.sentences.iter().enumerate() {
            for i in sent.tokens.range() {
                if let Some(slot) = sentence.get_mut(i) {
                    *slot = s as u32;
                }
            }
        }
        let mut entity = vec![u32::MAX; n];
        for (e, ent) in doc.entities.iter().enumerate() {
            for i in ent.tokens.range() {
                if let Some(slot) = entity.get_mut(i) {
                    *slot = e as u32;
                }
            }
        }
        Syntax { page, doc, lower, child_start, child, sentence, entity }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.doc.tokens.len()
    }

    /// True when there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.doc.tokens.is_empty()
    }

    /// Token `i`. Panics when out of range, as indexing does: indices come from this parse.
    pub fn token(&self, i: usize) -> &'a Token {
        &self.doc.tokens[i]
    }

    /// Text of token `i`.
    pub fn text(&self, i: usize) -> &'a str {
        self.doc.tokens[i].span.of(&self.page.text)
    }

    /// Text of token `i` in lower case.
    pub fn lower(&self, i: usize) -> &str {
        &self.lower[i]
    }

    /// Lemma of token `i`.
    pub fn lemma(&self, i: usize) -> &'a str {
        &self.doc.tokens[i].lemma
    }

    /// Dependency label of token `i`.
    pub fn dep(&self, i: usize) -> &'a str {
        &self.doc.tokens[i].dep
    }

    /// Fine tag of token `i`.
    pub fn tag(&self, i: usize) -> &'a str {
        &self.doc.tokens[i].tag
    }

    /// Universal part of speech of token `i`.
    pub fn pos(&self, i: usize) -> &'a str {
        &self.doc.tokens[i].pos
    }

    /// Head of token `i`; a root is its own head.
    pub fn head(&self, i: usize) -> usize {
        self.doc.tokens[i].head as usize
    }

    /// True for the root of a sentence.
    pub fn is_root(&self, i: usize) -> bool {
        self.head(i) == i
    }

    /// Children of token `i`, left to right.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let range = self.child_start[i] as usize..self.child_start[i + 1] as usize;
        self.child[range].iter().map(|&c| c as usize)
    }

    /// Children of token `i` with one of the labels, left to right.
    pub fn children_with<'s>(&'s self, i: usize, deps: &'s [&'s str]) -> impl Iterator<Item = usize> + 's {
        self.children(i).filter(move |&c| deps.contains(&self.dep(c)))
    }

    /// First child of token `i` with the label.
    pub fn child(&self, i: usize, dep: &str) -> Option<usize> {
        self.children(i).find(|&c| self.dep(c) == dep)
    }

    /// Heads of token `i` from its own head up to the root, `i` itself left out.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = i;
        let mut left = self.len();
        std::iter::from_fn(move || {
            let up = self.head(at);
            if up == at || left == 0 {
                return None;
            }
            left -= 1;
            at = up;
            Some(up)
        })
    }

    /// True when `i` is `top` or lies below it.
    pub fn is_under(&self, i: usize, top: usize) -> bool {
        i == top || self.ancestors(i).any(|a| a == top)
    }

    /// All tokens of the subtree of `i`, in text order, `i` included.
    pub fn subtree(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        let mut next = 0;
        while next < out.len() && out.len() <= self.len() {
            let at = out[next];
            out.extend(self.children(at));
            next += 1;
        }
        out.sort_unstable();
        out
    }

    /// First and last token of the subtree of `i`.
    pub fn extent(&self, i: usize) -> TokenSpan {
        let all = self.subtree(i);
        TokenSpan::new(all[0], all[all.len() - 1] + 1)
    }

    /// Index of the sentence of token `i`.
    pub fn sentence(&self, i: usize) -> Option<usize> {
        Some(self.sentence[i] as usize).filter(|&s| s < self.doc.sentences.len())
    }

    /// Index of the entity that token `i` is part of.
    pub fn entity(&self, i: usize) -> Option<usize> {
        Some(self.entity[i] as usize).filter(|&e| e < self.doc.entities.len())
    }

    /// Label of the entity that token `i` is part of, `""` when none.
    pub fn entity_label(&self, i: usize) -> &'a str {
        self.entity(i).map_or("", |e| &self.doc.entities[e].label)
    }

    /// Text of a byte span.
    pub fn slice(&self, span: ByteSpan) -> &'a str {
        span.of(&self.page.text)
    }

    /// Text from the first to the last token of `tokens`.
    pub fn tokens_text(&self, tokens: TokenSpan) -> &'a str {
        self.slice(self.doc.bytes_of(tokens))
    }
}
