//! Who said what: direct, indirect, mixed and hedged statements with speaker, cue and chain of sources.

use record::{Mentions, Statement, Syntax};
use tables::tsv::TableError;

/// Finds statements.
pub struct StatementFinder {}

impl StatementFinder {
    /// Loads the embedded speech tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(StatementFinder {})
    }

    /// Finds all statements of a page.
    pub fn find(&self, _syntax: &Syntax<'_>, _mentions: &Mentions) -> Vec<Statement> {
        Vec::new()
    }
}
