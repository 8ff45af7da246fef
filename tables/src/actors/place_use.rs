//! `tables/actors/place_use.tsv` to typed rows.

use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/place_use.tsv");
const COLUMNS: [&str; 4] = ["word", "part", "applies_to", "note"];

/// Words that make a country or capital beside them a place and not a government.
#[derive(Debug, Clone)]
pub struct PlaceUse {
    /// The word, as a lemma.
    pub word: &'static str,
    /// `prep` before it, `noun` that it modifies or belongs to, `verb` whose object it is, `of`: noun whose "of"
    /// names a government, `move`: verb whose "to" and "from" name places.
    pub part: &'static str,
    /// `city`: only for capitals and seats; `any`: for countries too; `actor`: none.
    pub applies_to: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/place_use.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<PlaceUse>, TableError> {
    let rows = tsv::rows("actors/place_use.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [word, part, applies_to, _] = row.cells();
            if !matches!(part, "prep" | "noun" | "verb" | "of" | "move")
                || !matches!(applies_to, "city" | "any" | "actor")
            {
                return Err(row.error("part or applies_to has an unknown value"));
            }
            Ok(PlaceUse { word, part, applies_to, line: row.line as u32 })
        })
        .collect()
}
