//! A sentence's dependency tree to predicate records: verbs, nouns and adjectives with their logical arguments.

mod build;
mod subject;
mod tree;
mod words;

use super::cast::Cast;
use crate::pattern::compile::Lexicon;
use record::{Attachment, SmolStr, Syntax};

pub use tree::{coordination_host, free_relative, has_to, owners};

/// One argument and how it was tied to its predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arg {
    /// Head token of the argument.
    pub token: usize,
    /// How it was tied.
    pub how: Attachment,
}

/// Word class of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A full verb.
    Verb,
    /// A noun.
    Noun,
    /// A predicate adjective.
    Adjective,
}

/// How a predicate hangs on the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Infinitive or other open complement.
    Open,
    /// Finite clause complement.
    Clause,
    /// Gerund under a preposition of the governor.
    Gerund,
    /// Adverbial clause.
    Adverbial,
    /// Coordination.
    Conjunct,
    /// Clause that modifies a noun.
    Modifier,
    /// Event noun that is an object (or passive subject) of the governor.
    Object,
    /// Event noun under a preposition of the governor.
    Oblique,
    /// Event noun that is the subject of the governor.
    Subject,
}

/// A verb, event noun or adjective with its arguments. Subject and object are logical, not those of the surface.
#[derive(Debug, Clone)]
pub struct Predicate {
    /// Its token.
    pub head: usize,
    /// Word class.
    pub kind: Kind,
    /// The lemma and other stems that the form allows.
    pub lemmas: Vec<SmolStr>,
    /// True in the passive, by auxiliary or by bare participle.
    pub passive: bool,
    /// Surface subject: what clauses without one inherit.
    pub surface: Vec<Arg>,
    /// Who does.
    pub subj: Vec<Arg>,
    /// What it is done to.
    pub obj: Vec<Arg>,
    /// Indirect object without preposition.
    pub iobj: Vec<Arg>,
    /// Predicate nouns and adjectives, object complements.
    pub attr: Vec<usize>,
    /// Particles and adverbs that may be particles.
    pub particles: Vec<usize>,
    /// Clause complements: heads, with true for infinitives.
    pub comps: Vec<(usize, Link)>,
    /// The predicate above, and how this one hangs on it.
    pub governor: Option<(usize, Link)>,
}

/// All predicates of one page, by token.
pub struct Predicates {
    list: Vec<Predicate>,
    at: Vec<u32>,
}

impl Predicates {
    /// The predicate at `token`.
    pub fn at(&self, token: usize) -> Option<&Predicate> {
        self.at.get(token).and_then(|&i| self.list.get(i as usize))
    }

    /// All of them, governors before the governed.
    pub fn iter(&self) -> impl Iterator<Item = &Predicate> {
        self.list.iter()
    }

    /// Reads all sentences. The lexicon says which nouns may name events.
    pub fn read(syntax: &Syntax<'_>, cast: &Cast<'_>, lexicon: &Lexicon) -> Predicates {
        build::Builder::new(syntax, cast, lexicon).run()
    }
}
