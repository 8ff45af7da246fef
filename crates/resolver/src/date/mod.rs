//! When: date and time expressions to calendar values.

use record::{DateMention, Syntax};
use tables::tsv::TableError;

/// Resolves date mentions.
pub struct DateResolver {}

impl DateResolver {
    /// Loads the embedded date tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(DateResolver {})
    }

    /// Finds and resolves all date mentions of a page against its publication date.
    pub fn resolve(&self, _syntax: &Syntax<'_>) -> Vec<DateMention> {
        Vec::new()
    }
}
