//! `tables/actors/roles.tsv` to typed rows.

use super::list;
use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/roles.tsv");
const COLUMNS: [&str; 10] = [
    "singular",
    "plural",
    "sector",
    "kind",
    "needs_country",
    "default_code",
    "also_sector",
    "note",
    "generic",
    "collective",
];

/// Agent nouns and their PLOVER sector.
#[derive(Debug, Clone)]
pub struct Role {
    /// Singular.
    pub singular: &'static str,
    /// Plural.
    pub plural: &'static str,
    /// PLOVER sector; empty: only what it is a part of says.
    pub sector: &'static str,
    /// `office`, `force`, `crowd`, `profession`, `legal`, `rebel` or `generic`.
    pub kind: &'static str,
    /// Code when the text gives none.
    pub default_code: &'static str,
    /// Other sectors of the same word.
    pub also_sector: Vec<&'static str>,
    /// Remark.
    pub note: &'static str,
    /// True when a word before it decides the sector ("police chief").
    pub generic: bool,
    /// True when the singular names a body ("army"), not one human.
    pub collective: bool,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/roles.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Role>, TableError> {
    let rows = tsv::rows("actors/roles.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [singular, plural, sector, kind, _, default_code, also_sector, note, generic, collective] =
                row.cells();
            Ok(Role {
                singular,
                plural,
                sector,
                kind,
                default_code,
                also_sector: list(also_sector),
                note,
                generic: generic == "yes",
                collective: collective == "yes",
                line: row.line as u32,
            })
        })
        .collect()
}
