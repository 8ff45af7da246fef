//! `tables/actors/metonyms.tsv` to typed rows.

use super::Day;
use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/metonyms.tsv");
const COLUMNS: [&str; 7] = ["alias", "code", "sector", "kind", "valid_from", "valid_to", "note"];

/// Capitals, palaces, streets and regions that stand for a body.
#[derive(Debug, Clone)]
pub struct Metonym {
    /// Words of the text.
    pub alias: &'static str,
    /// Country or body code.
    pub code: &'static str,
    /// PLOVER sector, empty when the code says it all.
    pub sector: &'static str,
    /// `capital`, `seat`, `building`, `street` or `region`.
    pub kind: &'static str,
    /// First day it stands for the body.
    pub valid_from: Day,
    /// Day after the last.
    pub valid_to: Day,
    /// Remark.
    pub note: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/metonyms.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Metonym>, TableError> {
    let rows = tsv::rows("actors/metonyms.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [alias, code, sector, kind, valid_from, valid_to, note] = row.cells();
            Ok(Metonym {
                alias,
                code,
                sector,
                kind,
                valid_from: Day::parse(valid_from).map_err(|e| row.error(e))?,
                valid_to: Day::parse(valid_to).map_err(|e| row.error(e))?,
                note,
                line: row.line as u32,
            })
        })
        .collect()
}
