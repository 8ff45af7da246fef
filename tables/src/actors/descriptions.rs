//! `tables/actors/descriptions.tsv` to typed rows.

use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/descriptions.tsv");
const COLUMNS: [&str; 4] = ["noun", "plural", "stands_for", "note"];

/// Nouns that, with "the", "both" or a number, take up something named before ("the two countries").
#[derive(Debug, Clone)]
pub struct Description {
    /// Singular.
    pub noun: &'static str,
    /// Plural.
    pub plural: &'static str,
    /// What it can take up: `country`, `body`, `person` or `any`.
    pub stands_for: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/descriptions.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Description>, TableError> {
    let rows = tsv::rows("actors/descriptions.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [noun, plural, stands_for, _] = row.cells();
            if !matches!(stands_for, "country" | "neighbour" | "body" | "person" | "any") {
                return Err(row.error(format!("stands_for is {stands_for:?}")));
            }
            Ok(Description { noun, plural, stands_for, line: row.line as u32 })
        })
        .collect()
}
