//! Who said what: direct, indirect, mixed and hedged statements with speaker, cue and chain of sources.
//!
//! Quotation marks come first ([`marks`], [`direct`], [`block`]), then clauses under words of saying ([`indirect`]),
//! then "according to" and claims without a source ([`source`]). Each gives drafts; [`finish`] resolves the speakers.

mod block;
mod direct;
pub mod export;
mod extent;
mod finish;
mod indirect;
mod marks;
mod shape;
mod source;
mod speaker;

use hashbrown::{HashMap, HashSet};
use marks::Quoted;
use record::{ByteSpan, Mentions, Statement, StatementKind, Syntax, TokenSpan};
use smol_str::SmolStr;
use tables::actors::{organisations, roles, titles};
use tables::reporting::{Frame, Reporting, ReportingWord};
use tables::tsv::TableError;

/// Finds statements.
pub struct StatementFinder {
    words: Reporting,
    media: HashMap<String, Medium>,
    /// Nouns for people and their offices, singular and plural, last word only.
    people: HashSet<SmolStr>,
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
        Draft {
            kind,
            content,
            cue: None,
            speaker: None,
            addressee: None,
            passers: Vec::new(),
            quoted: Vec::new(),
            rule,
        }
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
        let mut people = HashSet::new();
        let mut add = |noun: &str| {
            if let Some(last) = noun.rsplit([' ', '-']).next() {
                people.insert(SmolStr::new(last));
            }
        };
        roles::load()?.iter().for_each(|r| [r.singular, r.plural].into_iter().for_each(&mut add));
        titles::load()?.iter().for_each(|t| [t.title, t.plural].into_iter().for_each(&mut add));
        Ok(StatementFinder { words: Reporting::embedded()?, media, people })
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
        let rows = self.rows(i);
        rows.iter().find(|w| w.lemma.split(' ').skip(1).enumerate().all(|(k, word)| self.follows(i, k, word)))
    }

    /// Rows of the verb at `i` by its lemma, or by its form without the ending where the lemma is wrong ("hopes": "hop").
    fn rows(&self, i: usize) -> &'f [ReportingWord] {
        let words = &self.t.words;
        let rows = words.verbs(self.s.lemma(i));
        if !rows.is_empty() {
            return rows;
        }
        let form = self.s.lower(i);
        let stems = ["s", "ed", "d"].into_iter().filter_map(|end| form.strip_suffix(end));
        stems.chain(doubled(form)).map(|stem| words.verbs(stem)).find(|r| !r.is_empty()).unwrap_or(rows)
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
        let rows = self.rows(i);
        if !matches!(self.s.pos(i), "VERB" | "AUX") {
            return None;
        }
        self.reporting(i)
            .filter(|w| w.takes(Frame::Quote))
            .or_else(|| rows.iter().find(|w| w.takes(Frame::Quote) && !w.lemma.contains(' ')))
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

/// "blogged" without its ending and the doubled letter.
fn doubled(form: &str) -> Option<&str> {
    let stem = form.strip_suffix("ed").or_else(|| form.strip_suffix("ing"))?;
    let mut letters = stem.chars().rev();
    (letters.next() == letters.next())
        .then(|| &stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)])
}
