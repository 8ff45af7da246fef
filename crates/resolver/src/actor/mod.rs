//! Who: names, titles, roles, metonyms and pronouns to actors.
//!
//! `scan` finds table forms, `phrase` the noun phrase and what it says around a name, `choose` the sense,
//! `compose` puts roles and countries together, `memory` keeps what the page has said.

mod build;
mod choose;
mod compose;
mod coref;
mod find;
mod heads;
mod index;
mod knowledge;
mod memory;
mod pass;
mod phrase;
mod place;
mod scan;
mod words;

use knowledge::Knowledge;
use record::{ActorMention, Syntax};
use tables::tsv::TableError;

/// Resolves actor mentions.
pub struct ActorResolver {
    knowledge: Knowledge,
}

impl ActorResolver {
    /// Loads the embedded actor tables and builds their index.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(ActorResolver { knowledge: Knowledge::embedded()? })
    }

    /// Finds and resolves all actor mentions of a page, in text order.
    pub fn resolve(&self, syntax: &Syntax<'_>) -> Vec<ActorMention> {
        pass::run(&self.knowledge, syntax)
    }

    /// Number of name forms in the index.
    pub fn forms(&self) -> usize {
        self.knowledge.index.len()
    }
}
