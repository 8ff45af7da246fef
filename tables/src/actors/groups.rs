//! `tables/actors/groups.tsv` to typed rows.

use super::{Day, list};
use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/groups.tsv");
const COLUMNS: [&str; 10] = [
    "name",
    "aliases",
    "code",
    "sector",
    "sector2",
    "valid_from",
    "valid_to",
    "allied_state",
    "ambiguous",
    "note",
];

/// Armed groups, gangs and militias by period.
#[derive(Debug, Clone)]
pub struct Group {
    /// Usual English name.
    pub name: &'static str,
    /// Other forms.
    pub aliases: Vec<&'static str>,
    /// Home country, or IMG.
    pub code: &'static str,
    /// PLOVER sector in the period.
    pub sector: &'static str,
    /// Second sector at the same time.
    pub sector2: &'static str,
    /// First day.
    pub valid_from: Day,
    /// Day after the last.
    pub valid_to: Day,
    /// Commonly stated backer.
    pub allied_state: &'static str,
    /// Forms that need context.
    pub ambiguous: Vec<&'static str>,
    /// Remark.
    pub note: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/groups.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Group>, TableError> {
    let rows = tsv::rows("actors/groups.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [name, aliases, code, sector, sector2, valid_from, valid_to, allied_state, ambiguous, note] =
                row.cells();
            Ok(Group {
                name,
                aliases: list(aliases),
                code,
                sector,
                sector2,
                valid_from: Day::parse(valid_from).map_err(|e| row.error(e))?,
                valid_to: Day::parse(valid_to).map_err(|e| row.error(e))?,
                allied_state,
                ambiguous: list(ambiguous),
                note,
                line: row.line as u32,
            })
        })
        .collect()
}
