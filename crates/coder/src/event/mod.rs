//! Who did what to whom: predicates, frames, slots, composition.

mod anaphor;
pub mod cast;
mod choose;
mod compose;
pub mod context;
mod crowd;
mod deontic;
mod draft;
mod filter;
mod find;
mod fold;
mod inherit;
mod lend;
pub mod magnitude;
pub mod predicate;
mod recipient;
mod setting;
mod slots;

use crate::pattern::compile::Lexicon;
use crate::qualify::QualifierReader;
use record::{Event, Mentions, Passed, Statement, Syntax};
use tables::compose::Rule;
use tables::patterns::{Class, Sense};
use tables::tsv::TableError;

/// Finds events.
pub struct EventFinder {
    lexicon: Lexicon,
    rules: Vec<Rule>,
    codes: tables::ontology::Codes,
    vocabulary: tables::vocabulary::Vocabulary,
    magnitudes: magnitude::MagnitudeReader,
    contexts: context::ContextReader,
}

impl EventFinder {
    /// Compiles the embedded lexicon.
    ///
    /// # Errors
    /// A line of the lexicon does not keep the frame grammar.
    pub fn embedded() -> Result<Self, TableError> {
        Self::with_lexicon(&tables::patterns::embedded()?, &tables::patterns::shared()?)
    }

    /// Compiles a lexicon given as lines and word classes; the other tables are the embedded ones.
    ///
    /// # Errors
    /// A line of the lexicon does not keep the frame grammar.
    pub fn with_lexicon(senses: &[Sense<'_>], classes: &[Class<'_>]) -> Result<Self, TableError> {
        Ok(EventFinder {
            lexicon: Lexicon::compile(senses, classes)?,
            rules: tables::compose::embedded()?,
            codes: tables::ontology::Codes::embedded()?,
            vocabulary: tables::vocabulary::Vocabulary::embedded()?,
            magnitudes: magnitude::MagnitudeReader::embedded()?,
            contexts: context::ContextReader::embedded()?,
        })
    }

    /// The compiled lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Finds all events of a page, and what was passed over.
    pub fn find(
        &self,
        syntax: &Syntax<'_>,
        mentions: &Mentions,
        statements: &[Statement],
        qualifier: &QualifierReader,
    ) -> (Vec<Event>, Vec<Passed>) {
        let (mut events, passed) = find::run(self, syntax, mentions, statements, qualifier);
        self.magnitudes.attach(syntax, &mut events);
        self.contexts.attach(syntax, &self.codes, &mut events);
        (events, passed)
    }
}
