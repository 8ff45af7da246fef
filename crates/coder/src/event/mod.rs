//! Who did what to whom: predicates, frames, slots, composition.

use crate::qualify::QualifierReader;
use record::{Event, Mentions, Passed, Statement, Syntax};
use tables::tsv::TableError;

/// Finds events.
pub struct EventFinder {}

impl EventFinder {
    /// Compiles the embedded lexicon.
    ///
    /// # Errors
    /// A line of the lexicon does not keep the frame grammar.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(EventFinder {})
    }

    /// Finds all events of a page, and what was passed over.
    pub fn find(
        &self,
        _syntax: &Syntax<'_>,
        _mentions: &Mentions,
        _statements: &[Statement],
        _qualifier: &QualifierReader,
    ) -> (Vec<Event>, Vec<Passed>) {
        (Vec::new(), Vec::new())
    }
}
