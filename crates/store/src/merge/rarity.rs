//! How rare a key is in news at large, from a fixed table: two reports compare the same in every collection.

use super::keys::Kind;
use std::collections::HashMap;
use tables::tsv::TableError;

/// Inverse document frequencies of words, 0 to 1; what the table does not hold is as rare as can be.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    words: HashMap<String, f32>,
}

impl Rarity {
    /// From the embedded table.
    ///
    /// # Errors
    /// The table does not keep its form.
    pub fn embedded() -> Result<Rarity, TableError> {
        let (texts, words) = tables::merge::background()?;
        Ok(Rarity::new(texts, words))
    }

    /// From the number of texts and the number that hold each word.
    pub fn new(texts: u32, words: impl IntoIterator<Item = (String, u32)>) -> Rarity {
        let total = (texts.max(2) as f32).ln() + 1.0;
        let idf = |n: u32| ((total - (n.max(1) as f32).ln()) / total).clamp(0.0, 1.0);
        Rarity { words: words.into_iter().map(|(word, n)| (word, idf(n))).collect() }
    }

    /// Rarity of one key. Keys of several words have the mean of their parts.
    pub fn of(&self, kind: Kind, key: &str) -> f32 {
        match kind {
            Kind::Bigrams | Kind::Numbers => self.mean(key.split(' ')),
            Kind::Arguments => self.mean(key.split('>')),
            Kind::Years | Kind::Days | Kind::Weekdays | Kind::Ages => 1.0,
            _ => self.word(key),
        }
    }

    fn word(&self, word: &str) -> f32 {
        self.words.get(word).copied().unwrap_or(1.0)
    }

    fn mean<'a>(&self, parts: impl Iterator<Item = &'a str>) -> f32 {
        let (sum, n) = parts.fold((0.0, 0.0f32), |(sum, n), p| (sum + self.word(p), n + 1.0));
        sum / n.max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_weigh_less() {
        let rarity = Rarity::embedded().unwrap();
        let [say, minister, unheard] = ["say", "minister", "velmora"].map(|w| rarity.of(Kind::Words, w));
        assert!(say < minister && minister < unheard && unheard == 1.0);
        assert!(rarity.of(Kind::Bigrams, "minister velmora") > minister);
    }
}
