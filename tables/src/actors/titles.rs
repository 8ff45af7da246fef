//! `tables/actors/titles.tsv` to typed rows.

use super::list;
use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/titles.tsv");
const COLUMNS: [&str; 11] = [
    "title",
    "plural",
    "aliases",
    "aliases_plural",
    "sector",
    "code",
    "rank",
    "branch",
    "needs_country",
    "former",
    "note",
];

/// Titles of office.
#[derive(Debug, Clone)]
pub struct Title {
    /// Singular.
    pub title: &'static str,
    /// Plural.
    pub plural: &'static str,
    /// Other forms.
    pub aliases: Vec<&'static str>,
    /// Their plurals.
    pub aliases_plural: Vec<&'static str>,
    /// PLOVER sector.
    pub sector: &'static str,
    /// Country or body, when the title alone fixes it.
    pub code: &'static str,
    /// 1 head of state or body, 2 head of government or top soldier, 3 minister level, 4 below.
    pub rank: &'static str,
    /// Branch.
    pub branch: &'static str,
    /// Sector of a former holder.
    pub former: &'static str,
    /// Remark.
    pub note: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/titles.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Title>, TableError> {
    let rows = tsv::rows("actors/titles.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [title, plural, aliases, aliases_plural, sector, code, rank, branch, _, former, note] =
                row.cells();
            Ok(Title {
                title,
                plural,
                aliases: list(aliases),
                aliases_plural: list(aliases_plural),
                sector,
                code,
                rank,
                branch,
                former,
                note,
                line: row.line as u32,
            })
        })
        .collect()
}
