//! Doc and Mentions to Coding: events and statements.
//!
//! Order of work: [`qualify`] reads status and reporting from the tree, [`quote`] finds statements and their chains,
//! [`event`] finds predicates, matches them against the compiled [`pattern`]s and fills the slots.

pub mod event;
pub mod pattern;
pub mod qualify;
pub mod quote;

use record::{Coding, Mentions, Syntax};
use tables::tsv::TableError;

/// Everything the coder needs, loaded once.
pub struct Coder {
    qualifier: qualify::QualifierReader,
    statements: quote::StatementFinder,
    events: event::EventFinder,
}

impl Coder {
    /// Loads the embedded lexicon and speech tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(Coder {
            qualifier: qualify::QualifierReader::embedded()?,
            statements: quote::StatementFinder::embedded()?,
            events: event::EventFinder::embedded()?,
        })
    }

    /// Codes one page.
    pub fn code(&self, syntax: &Syntax<'_>, mentions: &Mentions) -> Coding {
        let statements = self.statements.find(syntax, mentions);
        let (events, passed) = self.events.find(syntax, mentions, &statements, &self.qualifier);
        Coding { events, statements, passed }
    }

    /// The qualifier stage alone.
    pub fn qualifier(&self) -> &qualify::QualifierReader {
        &self.qualifier
    }

    /// The statement stage alone.
    pub fn statements(&self) -> &quote::StatementFinder {
        &self.statements
    }
}
