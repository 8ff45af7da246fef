//! Who: names, titles, roles, metonyms and pronouns to actors.

use record::{ActorMention, Syntax};
use tables::tsv::TableError;

/// Resolves actor mentions.
pub struct ActorResolver {}

impl ActorResolver {
    /// Loads the embedded actor tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(ActorResolver {})
    }

    /// Finds and resolves all actor mentions of a page.
    pub fn resolve(&self, _syntax: &Syntax<'_>) -> Vec<ActorMention> {
        Vec::new()
    }
}
