//! `tables/actors/common_words.tsv` to typed rows.

use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/common_words.tsv");
const COLUMNS: [&str; 3] = ["form", "kind", "persons"];

/// Name forms that are also English words or given names.
#[derive(Debug, Clone)]
pub struct CommonWord {
    /// The form.
    pub form: &'static str,
    /// `word`, `given name` or `two letters`.
    pub kind: &'static str,
    /// Bearers.
    pub persons: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/common_words.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<CommonWord>, TableError> {
    let rows = tsv::rows("actors/common_words.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [form, kind, persons] = row.cells();
            Ok(CommonWord { form, kind, persons, line: row.line as u32 })
        })
        .collect()
}
