//! What the page has said so far: which entities and countries, by whom, in what order.

use super::coref::Trail;
use hashbrown::HashMap;
use record::SmolStr;

/// Facts of the page gathered before and while its mentions are resolved.
#[derive(Debug, Default)]
pub struct Memory {
    /// Entity of the tables → mention that names it in full.
    entities: HashMap<u32, u32>,
    /// How often each country is named.
    codes: HashMap<SmolStr, u32>,
    /// Mentions so far.
    pub trail: Trail,
    /// Country of the outlet.
    pub outlet: Option<SmolStr>,
}

impl Memory {
    /// Notes that mention `mention` is entity `entity`.
    pub fn note_entity(&mut self, entity: u32, mention: u32) {
        self.entities.entry(entity).or_insert(mention);
    }

    /// The first mention of an entity.
    pub fn entity(&self, entity: u32) -> Option<u32> {
        self.entities.get(&entity).copied()
    }

    /// Counts a country name.
    pub fn note_code(&mut self, code: &str) {
        *self.codes.entry(code.into()).or_insert(0) += 1;
    }

    /// True when the page names the country.
    pub fn has_code(&self, code: &str) -> bool {
        self.codes.contains_key(code)
    }

    /// True when the page names a country other than `code`.
    pub fn names_other(&self, code: &str) -> bool {
        self.codes.keys().any(|c| c != code)
    }

    /// Countries and bodies, those named most often first.
    pub fn ranked(&self) -> Vec<&SmolStr> {
        let mut all: Vec<(&SmolStr, u32)> = self.codes.iter().map(|(code, n)| (code, *n)).collect();
        all.sort_by_key(|(code, n)| (std::cmp::Reverse(*n), (*code).clone()));
        all.into_iter().map(|(code, _)| code).collect()
    }

    /// The code that a role has when the text gives none: `CODE`, or `CODE?OTHER` where it holds only on pages that name
    /// OTHER ("the coalition" where jihadists are told of).
    pub fn default_of<'r>(&self, code: &'r str) -> Option<&'r str> {
        match code.split_once('?') {
            Some((code, other)) => Some(code).filter(|_| self.has_code(other)),
            None => Some(code).filter(|c| !c.is_empty()),
        }
    }

    /// The country named most often, if one leads.
    pub fn main_code(&self) -> Option<&SmolStr> {
        let best = self.codes.iter().max_by_key(|(code, n)| (**n, std::cmp::Reverse((*code).clone())))?;
        let ties = self.codes.values().filter(|n| *n == best.1).count();
        (ties == 1).then_some(best.0)
    }
}
