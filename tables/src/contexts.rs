//! `tables/patterns/contexts.tsv` to the PLOVER contexts that words tell.

use crate::tsv::{TableError, rows};
use hashbrown::HashMap;
use smol_str::SmolStr;

const CONTEXTS: (&str, &str) = ("patterns/contexts.tsv", include_str!("../patterns/contexts.tsv"));

/// Words of one context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Number of the context in [`Contexts::names`].
    pub context: usize,
    /// True when the word tells it alone; of the others two are needed.
    pub strong: bool,
}

/// Words and phrases by the contexts they tell.
#[derive(Debug, Clone, Default)]
pub struct Contexts {
    names: Vec<SmolStr>,
    words: HashMap<SmolStr, Vec<Word>>,
    idle: HashMap<SmolStr, Vec<usize>>,
}

impl Contexts {
    /// Loads the embedded table.
    ///
    /// # Errors
    /// The header differs.
    pub fn embedded() -> Result<Self, TableError> {
        let mut out = Contexts::default();
        for row in rows(CONTEXTS.0, CONTEXTS.1, &["context", "strong", "weak", "not", "note"])? {
            let context = out.names.len();
            out.names.push(row.cell(0).into());
            for (cell, strong) in [(1, true), (2, false)] {
                for word in row.list(cell) {
                    out.words.entry(word.into()).or_default().push(Word { context, strong });
                }
            }
            for phrase in row.list(3) {
                out.idle.entry(phrase.into()).or_default().push(context);
            }
        }
        Ok(out)
    }

    /// Names of the contexts, in the order of the table.
    pub fn names(&self) -> &[SmolStr] {
        &self.names
    }

    /// What a word or phrase tells: lower case, phrases of up to three words with single spaces.
    pub fn of(&self, phrase: &str) -> &[Word] {
        self.words.get(phrase).map_or(&[], Vec::as_slice)
    }

    /// Contexts that the words of a phrase do not tell when they stand in it ("flood defence", "storm of protest").
    pub fn idle_in(&self, phrase: &str) -> &[usize] {
        self.idle.get(phrase).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_contexts_of_plover_have_words() {
        let contexts = Contexts::embedded().unwrap();
        assert_eq!(contexts.names().len(), 37);
        for i in 0..contexts.names().len() {
            let told = contexts.words.values().flatten().any(|w| w.context == i && w.strong);
            assert!(told, "{}", contexts.names()[i]);
        }
    }

    #[test]
    fn phrases_have_at_most_three_words() {
        let contexts = Contexts::embedded().unwrap();
        let mut all = contexts.words.keys().chain(contexts.idle.keys());
        let long = all.find(|w| w.split(' ').count() > 3);
        assert_eq!(long, None);
    }
}
