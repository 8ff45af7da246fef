//! Who said what: direct, indirect, mixed and hedged statements with speaker, cue and chain of sources.
//!
//! Quotation marks come first ([`marks`], [`direct`], [`block`]), then clauses under words of saying ([`indirect`]),
//! then "according to" and claims without a source ([`source`]). Each gives drafts; [`finish`] resolves the speakers.

mod block;
mod direct;
mod extent;
mod finish;
mod indirect;
mod marks;
mod source;
mod speaker;

use marks::Quoted;
use record::{ByteSpan, Mentions, Statement, StatementKind, Syntax, TokenSpan};
use smol_str::SmolStr;
use std::collections::HashMap;
use tables::actors::organisations;
use tables::reporting::{Frame, Reporting, ReportingWord};
use tables::tsv::TableError;

/// Finds statements.
pub struct StatementFinder {
    words: Reporting,
    media: HashMap<String, Medium>,
}

/// A medium of the organisations table.
struct Medium {
    name: SmolStr,
    country: SmolStr,
    state: bool,
}

/// One page in work.
struct Finder<'f, 'a> {
    s: &'f Syntax<'a>,
    m: &'f Mentions,
    t: &'f StatementFinder,
    quoted: Vec<Quoted>,
}

/// The words that report a draft.
#[derive(Clone)]
struct CueWords {
    span: ByteSpan,
    lemma: SmolStr,
    kind: SmolStr,
    stance: SmolStr,
    row: SmolStr,
}

/// A noun phrase that speaks or is spoken to.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Source {
    head: usize,
    tokens: TokenSpan,
}

/// A statement before its speaker is resolved.
#[derive(Clone)]
struct Draft {
    kind: StatementKind,
    content: ByteSpan,
    cue: Option<CueWords>,
    speaker: Option<Source>,
    addressee: Option<Source>,
    /// Those who pass it on, innermost first.
    passers: Vec<Source>,
    quoted: Vec<ByteSpan>,
    rule: &'static str,
}

impl Draft {
    fn new(kind: StatementKind, content: ByteSpan, rule: &'static str) -> Self {
        Draft { kind, content, cue: None, speaker: None, addressee: None, passers: Vec::new(), quoted: Vec::new(), rule }
    }
}

impl StatementFinder {
    /// Loads the embedded speech tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        let mut media = HashMap::new();
        for row in organisations::load()?.iter().filter(|o| o.kind == "media") {
            for name in std::iter::once(row.name).chain(row.aliases.iter().copied()) {
                let medium = Medium {
                    name: row.name.into(),
                    country: row.code.into(),
                    state: matches!(row.ownership, "state" | "state-linked"),
                };
                media.insert(name.to_lowercase(), medium);
            }
        }
        Ok(StatementFinder { words: Reporting::embedded()?, media })
    }

    /// Finds all statements of a page.
    pub fn find(&self, syntax: &Syntax<'_>, mentions: &Mentions) -> Vec<Statement> {
        let finder = Finder { s: syntax, m: mentions, t: self, quoted: marks::find(syntax) };
        let mut drafts = finder.direct();
        finder.blocks(&mut drafts);
        finder.indirect(&mut drafts);
        finder.sources(&mut drafts);
        finder.finish(drafts)
    }
}

impl<'f> Finder<'f, '_> {
    /// The row of a reporting verb at token `i`, if it is one.
    fn reporting(&self, i: usize) -> Option<&'f ReportingWord> {
        let s = self.s;
        if !matches!(s.pos(i), "VERB" | "AUX") {
            return None;
        }
        let rows = self.t.words.verbs(s.lemma(i));
        rows.iter().find(|w| w.lemma.split(' ').skip(1).enumerate().all(|(k, word)| self.follows(i, k, word)))
    }

    /// True when `word` is the k-th word after verb `i`, or a particle of it.
    fn follows(&self, i: usize, k: usize, word: &str) -> bool {
        let s = self.s;
        let next = i + 1 + k;
        next < s.len() && (s.lower(next) == word || s.lemma(next) == word)
            || k == 0 && s.children_with(i, &["prt", "advmod"]).any(|c| s.lower(c) == word)
    }

    /// A reporting verb that can stand beside quotation marks.
    fn quoting(&self, i: usize) -> Option<&'f ReportingWord> {
        let rows = self.t.words.verbs(self.s.lemma(i));
        if !matches!(self.s.pos(i), "VERB" | "AUX") {
            return None;
        }
        self.reporting(i).filter(|w| w.takes(Frame::Quote)).or_else(|| {
            rows.iter().find(|w| w.takes(Frame::Quote) && !w.lemma.contains(' '))
        })
    }

    fn cue(&self, token: usize, word: &ReportingWord) -> CueWords {
        CueWords {
            span: self.s.token(token).span,
            lemma: word.lemma.clone(),
            kind: word.kind.clone(),
            stance: word.stance.clone(),
            row: word.place.clone(),
        }
    }

    /// A cue that is a fixed phrase, not a row of the table.
    fn phrase(&self, tokens: TokenSpan, lemma: &str, kind: &str, stance: &str) -> CueWords {
        CueWords {
            span: self.s.doc.bytes_of(tokens),
            lemma: lemma.into(),
            kind: kind.into(),
            stance: stance.into(),
            row: "quote/phrase".into(),
        }
    }

    /// The quoted stretch that holds token `i`.
    fn quote_at(&self, i: usize) -> Option<&Quoted> {
        self.quoted.iter().find(|q| q.tokens.holds(i))
    }

    /// Block of token `i`.
    fn block_of(&self, i: usize) -> Option<usize> {
        self.s.sentence(i).map(|n| self.s.doc.sentences[n].block as usize)
    }

    /// Tokens of a block: those of its sentences.
    fn block_tokens(&self, block: usize) -> TokenSpan {
        let sentences = &self.s.doc.sentences;
        let first = sentences.partition_point(|x| (x.block as usize) < block);
        let last = sentences.partition_point(|x| (x.block as usize) <= block);
        match (sentences.get(first), last.checked_sub(1).and_then(|l| sentences.get(l))) {
            (Some(a), Some(b)) if first < last => a.tokens.join(b.tokens),
            _ => TokenSpan::new(0, 0),
        }
    }
}
