//! `tables/actors/parties.tsv` to typed rows.

use super::{Day, list, spells};
use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/parties.tsv");
const COLUMNS: [&str; 9] =
    ["party", "variants", "code", "kind", "parent", "sector", "government_lead", "government_junior", "note"];

/// Parties and political movements with their spells in government.
#[derive(Debug, Clone)]
pub struct Party {
    /// Usual English name.
    pub party: &'static str,
    /// Other forms.
    pub variants: Vec<&'static str>,
    /// Country code, EUR for groups of the European Parliament.
    pub code: &'static str,
    /// `party`, `alliance`, `armed wing` …
    pub kind: &'static str,
    /// Body that a wing belongs to.
    pub parent: &'static str,
    /// PLOVER sector.
    pub sector: &'static str,
    /// Spells as leading party of the government.
    pub government_lead: Vec<(Day, Day)>,
    /// Spells as smaller partner.
    pub government_junior: Vec<(Day, Day)>,
    /// Remark.
    pub note: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/parties.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Party>, TableError> {
    let rows = tsv::rows("actors/parties.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [party, variants, code, kind, parent, sector, government_lead, government_junior, note] =
                row.cells();
            Ok(Party {
                party,
                variants: list(variants),
                code,
                kind,
                parent,
                sector,
                government_lead: spells(government_lead).map_err(|e| row.error(e))?,
                government_junior: spells(government_junior).map_err(|e| row.error(e))?,
                note,
                line: row.line as u32,
            })
        })
        .collect()
}
