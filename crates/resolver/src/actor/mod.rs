//! Who: names, titles, roles, metonyms and pronouns to actors.
//!
//! `scan` finds table forms, `phrase` the noun phrase and what it says around a name, `choose` the sense,
//! `compose` puts roles and countries together, `memory` keeps what the page has said.

mod build;
mod choose;
mod compose;
mod coref;
mod find;
mod gender;
mod heads;
mod index;
mod knowledge;
mod memory;
mod overlay;
mod pass;
mod phrase;
mod place;
mod roles;
mod scan;
mod words;

use crate::overlay::Overlay;
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
        Self::with(&Overlay::default())
    }

    /// Loads the embedded actor tables and those of a user beside them.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn with(overlay: &Overlay) -> Result<Self, TableError> {
        let mut knowledge = Knowledge::embedded()?;
        knowledge.add_overlay(overlay)?;
        Ok(ActorResolver { knowledge })
    }

    /// True for the code of a country or body that actors may have.
    pub fn knows(&self, code: &str) -> bool {
        self.knowledge.is_code(code)
    }

    /// True when most people of a country are written with the family name first, as the table of people shows.
    pub fn family_first(&self, code: &str) -> bool {
        self.knowledge.family_first(code)
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
