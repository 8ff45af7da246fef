//! `tables/actors/genders.tsv` to typed rows.

use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/genders.tsv");
const COLUMNS: [&str; 3] = ["word", "kind", "gender"];

/// Grammatical gender of the pronoun that takes a person up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "she"
    Feminine,
    /// "he"
    Masculine,
}

/// A given name, title or role noun that tells which pronoun takes its bearer up.
#[derive(Debug, Clone, Copy)]
pub struct GenderWord {
    /// The word, as a name is written; titles and nouns may have several words.
    pub word: &'static str,
    /// `given`, `title` or `role`.
    pub kind: &'static str,
    /// Which pronoun.
    pub gender: Gender,
}

/// All rows of `tables/actors/genders.tsv`, in file order. Names that both women and men bear have no row.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<GenderWord>, TableError> {
    let rows = tsv::rows("actors/genders.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [word, kind, gender] = row.cells();
            let gender = match gender {
                "f" => Gender::Feminine,
                "m" => Gender::Masculine,
                other => return Err(row.error(format!("{other:?} is no gender: f or m"))),
            };
            Ok(GenderWord { word, kind, gender })
        })
        .collect()
}
