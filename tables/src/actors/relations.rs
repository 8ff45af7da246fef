//! `tables/actors/relations.tsv` to typed rows.

use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/relations.tsv");
const COLUMNS: [&str; 3] = ["word", "relation", "note"];

/// Role nouns whose country is not the one that usually stands beside them.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The noun, singular.
    pub word: &'static str,
    /// `other`: "X's ally" is not of X; `abroad`: "the embassy in X" is not of X; `serves`: "aide to X" is of X.
    pub relation: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/relations.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Relation>, TableError> {
    let rows = tsv::rows("actors/relations.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [word, relation, _] = row.cells();
            if !matches!(relation, "other" | "abroad" | "serves" | "stance") {
                return Err(row.error(format!("relation is {relation:?}")));
            }
            Ok(Relation { word, relation, line: row.line as u32 })
        })
        .collect()
}
