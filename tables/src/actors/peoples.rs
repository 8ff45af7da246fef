//! `tables/actors/peoples.tsv` to typed rows.

use super::list;
use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/peoples.tsv");
const COLUMNS: [&str; 7] = ["name", "forms", "iso3", "sector", "kind", "religion", "note"];

/// Ethnic and religious groups and refugees by origin.
#[derive(Debug, Clone)]
pub struct People {
    /// Usual English name, also the adjective.
    pub name: &'static str,
    /// Other forms.
    pub forms: Vec<&'static str>,
    /// Countries, the first by default; none = world-wide.
    pub iso3: Vec<&'static str>,
    /// PLOVER sector.
    pub sector: &'static str,
    /// `ethnic`, `religious` or `refugee`.
    pub kind: &'static str,
    /// Majority faith.
    pub religion: &'static str,
    /// Remark.
    pub note: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/peoples.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<People>, TableError> {
    let rows = tsv::rows("actors/peoples.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [name, forms, iso3, sector, kind, religion, note] = row.cells();
            Ok(People {
                name,
                forms: list(forms),
                iso3: list(iso3),
                sector,
                kind,
                religion,
                note,
                line: row.line as u32,
            })
        })
        .collect()
}
