//! Words to cue classes: what a word beside or inside a name says about it.

use hashbrown::HashMap;
use tables::tsv::TableError;

/// Classes in the order of the bits.
pub(crate) const CLASSES: [&str; 10] =
    ["before", "title", "given", "direction", "geo", "facility", "organisation", "person", "speech", "reach"];

/// Sets of cue classes, one bit a class.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    words: HashMap<&'static str, u16>,
}

/// One or more classes of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Classes(u16);

impl Cues {
    pub fn embedded() -> Result<Cues, TableError> {
        let mut words: HashMap<&'static str, u16> = HashMap::new();
        for cue in tables::places::cues()? {
            let Some(bit) = CLASSES.iter().position(|c| *c == cue.class) else {
                let message = format!("places/cues.tsv: no such class: {}", cue.class);
                return Err(TableError { message });
            };
            *words.entry(cue.word).or_default() |= 1 << bit;
        }
        Ok(Cues { words })
    }

    /// Classes of a word in lower case, a final full stop aside.
    pub fn of(&self, lower: &str) -> Classes {
        Classes(self.words.get(lower.trim_end_matches('.')).copied().unwrap_or(0))
    }
}

impl Classes {
    /// True when the word has the class.
    pub fn is(self, class: &str) -> bool {
        CLASSES.iter().position(|c| *c == class).is_some_and(|bit| self.0 & (1 << bit) != 0)
    }

    /// The first of `order` that the word has.
    pub fn first(self, order: &[&'static str]) -> Option<&'static str> {
        order.iter().find(|c| self.is(c)).copied()
    }
}
