//! The parse of a page: tokens with tags, lemmas, heads and labels; sentences; named entities.

use crate::span::{ByteSpan, TokenSpan};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// All tokens of a page. Fields carry spaCy's names and values.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Doc {
    /// Tokens in text order.
    pub tokens: Vec<Token>,
    /// Sentences in order; they cover all tokens and never cross a block.
    pub sentences: Vec<Sentence>,
    /// Named entities in order, not overlapping.
    pub entities: Vec<Entity>,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Token {
    /// Where it stands in `Page.text`.
    pub span: ByteSpan,
    /// True when one plain space follows that is no token of its own.
    pub space_after: bool,
    /// spaCy `norm_` (lower case, contractions spelt out, quotes unified).
    pub norm: SmolStr,
    /// Base form, as spaCy's lemmatizer writes it.
    pub lemma: SmolStr,
    /// Fine tag (Penn Treebank), `_SP` for white space.
    pub tag: SmolStr,
    /// Universal part of speech.
    pub pos: SmolStr,
    /// Morphological features `A=B|C=D`, empty when none.
    pub morph: SmolStr,
    /// Index of the head in `Doc.tokens`; a root is its own head.
    pub head: u32,
    /// Dependency label (ClearNLP style, as in spaCy's English models).
    pub dep: SmolStr,
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: TokenSpan,
    /// Its text, without white space at the ends.
    pub span: ByteSpan,
    /// Index of its block in `Page.blocks`.
    pub block: u32,
}

/// One named entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Its tokens.
    pub tokens: TokenSpan,
    /// OntoNotes label: PERSON, NORP, GPE, ORG, DATE …
    pub label: SmolStr,
}

impl Default for ByteSpan {
    fn default() -> Self {
        ByteSpan::new(0, 0)
    }
}

impl Default for TokenSpan {
    fn default() -> Self {
        TokenSpan::new(0, 0)
    }
}

impl Doc {
    /// Index of the sentence that holds token `i`.
    pub fn sentence_of(&self, i: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|s| (s.tokens.end as usize) <= i);
        self.sentences.get(at).filter(|s| s.tokens.holds(i)).map(|_| at)
    }

    /// Tokens that lie wholly or partly inside `span`.
    pub fn tokens_in(&self, span: ByteSpan) -> TokenSpan {
        let first = self.tokens.partition_point(|t| t.span.end <= span.start);
        let last = self.tokens.partition_point(|t| t.span.start < span.end);
        TokenSpan::new(first, last.max(first))
    }

    /// Bytes from the first to the last token of `tokens`.
    pub fn bytes_of(&self, tokens: TokenSpan) -> ByteSpan {
        match self.tokens.get(tokens.range()) {
            Some([first, .., last]) => first.span.join(last.span),
            Some([only]) => only.span,
            _ => ByteSpan::default(),
        }
    }
}
