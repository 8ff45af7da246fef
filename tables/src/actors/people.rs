//! `tables/actors/people.tsv` to typed rows.

use super::{Day, list};
use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/people.tsv");
/// The columns, in order.
pub const COLUMNS: [&str; 8] = ["person", "variants", "code", "office", "sector", "from", "to", "note"];

/// Spells of office: who held what when.
#[derive(Debug, Clone)]
pub struct Spell {
    /// Usual English news spelling.
    pub person: &'static str,
    /// Other forms, family name alone among them.
    pub variants: Vec<&'static str>,
    /// Country or body code.
    pub code: &'static str,
    /// Title or role.
    pub office: &'static str,
    /// PLOVER sector; empty for officials of international bodies.
    pub sector: &'static str,
    /// First day.
    pub from: Day,
    /// Day of leaving; open = at the date of the table.
    pub to: Day,
    /// Remark.
    pub note: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/people.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Spell>, TableError> {
    read("actors/people.tsv", TEXT)
}

/// All rows of a table of this form; `file` is its name in errors.
///
/// # Errors
/// The table does not keep its form.
pub fn read(file: &'static str, text: &'static str) -> Result<Vec<Spell>, TableError> {
    let rows = tsv::rows(file, text, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [person, variants, code, office, sector, from, to, note] = row.cells();
            Ok(Spell {
                person,
                variants: list(variants),
                code,
                office,
                sector,
                from: Day::parse(from).map_err(|e| row.error(e))?,
                to: Day::parse(to).map_err(|e| row.error(e))?,
                note,
                line: row.line as u32,
            })
        })
        .collect()
}
