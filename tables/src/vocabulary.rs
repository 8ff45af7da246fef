//! `tables/patterns/vocabulary.tsv` to word lists of domains whose texts tell no political events.

use crate::tsv::{TableError, rows};
use hashbrown::{HashMap, HashSet};
use smol_str::SmolStr;

const VOCABULARY: (&str, &str) = ("patterns/vocabulary.tsv", include_str!("../patterns/vocabulary.tsv"));

/// Lemmas by domain (`sport`, `fiction`, `market`, `weather`, `history`, `opinion`, `statistics`).
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    domains: HashMap<SmolStr, HashSet<SmolStr>>,
}

impl Vocabulary {
    /// Loads the embedded table.
    ///
    /// # Errors
    /// The header differs.
    pub fn embedded() -> Result<Self, TableError> {
        let mut out = Vocabulary::default();
        for row in rows(VOCABULARY.0, VOCABULARY.1, &["domain", "words", "note"])? {
            out.domains.entry(row.cell(0).into()).or_default().extend(row.list(1).map(SmolStr::from));
        }
        Ok(out)
    }

    /// True when `word` is a word of `domain`.
    pub fn holds(&self, domain: &str, word: &str) -> bool {
        self.domains.get(domain).is_some_and(|d| d.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_domain() {
        let v = Vocabulary::embedded().unwrap();
        assert!(v.holds("sport", "striker") && !v.holds("sport", "minister"));
    }
}
