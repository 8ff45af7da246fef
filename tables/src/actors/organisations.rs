//! `tables/actors/organisations.tsv` to typed rows.

use super::{Day, list};
use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/organisations.tsv");
const COLUMNS: [&str; 11] = [
    "name",
    "aliases",
    "code",
    "sector",
    "kind",
    "ownership",
    "home_iso3",
    "founded",
    "ended",
    "ambiguous",
    "note",
];

/// Named bodies: international organisations, ministries, courts, media, companies, unions.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// Usual English name.
    pub name: &'static str,
    /// Other forms.
    pub aliases: Vec<&'static str>,
    /// Country or body code.
    pub code: &'static str,
    /// PLOVER sector, may be empty.
    pub sector: &'static str,
    /// What it is: `un`, `igo`, `media`, `company` …
    pub kind: &'static str,
    /// Owner of media and companies.
    pub ownership: &'static str,
    /// Country of its seat.
    pub home_iso3: &'static str,
    /// Founding.
    pub founded: Day,
    /// End.
    pub ended: Day,
    /// Forms that need context.
    pub ambiguous: Vec<&'static str>,
    /// Remark.
    pub note: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/organisations.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Organisation>, TableError> {
    read("actors/organisations.tsv", TEXT)
}

/// All rows of a table of this form; `file` is its name in errors.
///
/// # Errors
/// The table does not keep its form.
pub fn read(file: &'static str, text: &'static str) -> Result<Vec<Organisation>, TableError> {
    let rows = tsv::rows(file, text, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [name, aliases, code, sector, kind, ownership, home_iso3, founded, ended, ambiguous, note] =
                row.cells();
            Ok(Organisation {
                name,
                aliases: list(aliases),
                code,
                sector,
                kind,
                ownership,
                home_iso3,
                founded: Day::parse(founded).map_err(|e| row.error(e))?,
                ended: Day::parse(ended).map_err(|e| row.error(e))?,
                ambiguous: list(ambiguous),
                note,
                line: row.line as u32,
            })
        })
        .collect()
}
