//! Tables of `magnitudes/`: number words, bounds, what is counted, currencies.

use crate::tsv::{TableError, rows};
use hashbrown::HashMap;
use smol_str::SmolStr;

/// How a number word enters a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Adds its value: "twenty".
    Unit(f64),
    /// Multiplies what stands before: "thousand".
    Scale(f64),
    /// Stands for an interval: "dozens".
    Vague(f64, f64),
}

/// What a phrase before a number makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// From the number on.
    AtLeast,
    /// Up to the number.
    AtMost,
    /// A tenth less at most.
    Nearly,
    /// A tenth to both sides.
    About,
}

/// How a word tells what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Object of the verb, or subject of its passive.
    Patient,
    /// Subject of the verb.
    Agent,
    /// The counted noun itself.
    Head,
    /// The subject of the clause that the number stands in ("the toll rose to 20").
    Subject,
    /// The object with a verb of taking ("claimed 20 lives").
    Object,
}

/// One line of `magnitudes/kinds.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// `killed`, `injured`, `arrested`, `displaced`, `crowd`, `troops`, `weapons`.
    pub kind: SmolStr,
    /// How the word tells it.
    pub role: Role,
    /// Unit of the number.
    pub unit: SmolStr,
}

/// All tables of `magnitudes/`.
#[derive(Debug, Clone, Default)]
pub struct Magnitudes {
    numbers: HashMap<SmolStr, Number>,
    bounds: Vec<(Vec<SmolStr>, Bound)>,
    verbs: HashMap<SmolStr, Kind>,
    nouns: HashMap<SmolStr, Kind>,
    currencies: HashMap<SmolStr, SmolStr>,
}

impl Magnitudes {
    /// The embedded tables.
    ///
    /// # Errors
    /// A line does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        let mut out = Magnitudes::default();
        out.read_numbers()?;
        out.read_kinds()?;
        let text = include_str!("../magnitudes/bounds.tsv");
        for row in rows("magnitudes/bounds.tsv", text, &["phrase", "bound"])? {
            let bound = match row.cell(1) {
                "at_least" => Bound::AtLeast,
                "at_most" => Bound::AtMost,
                "nearly" => Bound::Nearly,
                "about" => Bound::About,
                other => return Err(row.error(format!("unknown bound {other:?}"))),
            };
            out.bounds.push((row.cell(0).split(' ').map(SmolStr::new).collect(), bound));
        }
        out.bounds.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        let text = include_str!("../magnitudes/currencies.tsv");
        for row in rows("magnitudes/currencies.tsv", text, &["word", "iso4217"])? {
            out.currencies.insert(row.cell(0).into(), row.cell(1).into());
        }
        Ok(out)
    }

    fn read_numbers(&mut self) -> Result<(), TableError> {
        let text = include_str!("../magnitudes/numbers.tsv");
        for row in rows("magnitudes/numbers.tsv", text, &["word", "kind", "low", "high"])? {
            let value = |at: usize| row.cell(at).parse::<f64>().map_err(|e| row.error(e));
            let number = match row.cell(1) {
                "unit" => Number::Unit(value(2)?),
                "scale" => Number::Scale(value(2)?),
                "vague" => Number::Vague(value(2)?, value(3)?),
                other => return Err(row.error(format!("unknown kind {other:?}"))),
            };
            self.numbers.insert(row.cell(0).into(), number);
        }
        Ok(())
    }

    fn read_kinds(&mut self) -> Result<(), TableError> {
        let text = include_str!("../magnitudes/kinds.tsv");
        for row in rows("magnitudes/kinds.tsv", text, &["word", "pos", "kind", "role", "unit"])? {
            let role = match row.cell(3) {
                "patient" => Role::Patient,
                "agent" => Role::Agent,
                "head" => Role::Head,
                "subject" => Role::Subject,
                "object" => Role::Object,
                other => return Err(row.error(format!("unknown role {other:?}"))),
            };
            let kind = Kind { kind: row.cell(2).into(), role, unit: row.cell(4).into() };
            let table = if row.cell(1) == "verb" { &mut self.verbs } else { &mut self.nouns };
            table.insert(row.cell(0).into(), kind);
        }
        Ok(())
    }

    /// A number word in lower case.
    pub fn number(&self, word: &str) -> Option<Number> {
        self.numbers.get(word).copied()
    }

    /// What a verb tells of a number at its argument.
    pub fn verb(&self, lemma: &str) -> Option<&Kind> {
        self.verbs.get(lemma)
    }

    /// What a noun tells of its number.
    pub fn noun(&self, lemma: &str) -> Option<&Kind> {
        self.nouns.get(lemma)
    }

    /// ISO 4217 code of a currency sign, code or noun in lower case.
    pub fn currency(&self, word: &str) -> Option<&SmolStr> {
        self.currencies.get(word)
    }

    /// The longest bound whose words end right before a number: `before(k)` is the k-th word to the left, 0 the nearest.
    pub fn bound<'w>(&self, before: impl Fn(usize) -> Option<&'w str>) -> Option<(Bound, usize)> {
        let fits =
            |words: &[SmolStr]| words.iter().rev().enumerate().all(|(k, w)| before(k) == Some(w.as_str()));
        self.bounds.iter().find(|(words, _)| fits(words)).map(|(words, bound)| (*bound, words.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_bound_wins() {
        let table = Magnitudes::embedded().unwrap();
        let words = ["than", "fewer", "no"];
        assert_eq!(table.bound(|k| words.get(k).copied()), Some((Bound::AtLeast, 3)));
        assert_eq!(table.bound(|k| words[..2].get(k).copied()), Some((Bound::AtMost, 2)));
        assert_eq!(table.number("dozens"), Some(Number::Vague(24.0, 99.0)));
    }
}
