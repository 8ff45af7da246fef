//! `tables/actors/markers.tsv` to typed rows.

use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/markers.tsv");
const COLUMNS: [&str; 2] = ["word", "mark"];

/// A word beside a name or role that says how it is held, or whether a country before a hyphen lends itself.
#[derive(Debug, Clone, Copy)]
pub struct Marker {
    /// The word, in lower case.
    pub word: &'static str,
    /// `former`: out of office; `elect`: not in office yet; `shadow`: the opposition's; `beside`: "pro-X" is not of X;
    /// `lends`: "X-led" is of X; `keeps`: "X-born" is not.
    pub mark: &'static str,
}

/// All rows of `tables/actors/markers.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Marker>, TableError> {
    let rows = tsv::rows("actors/markers.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [word, mark] = row.cells();
            if !matches!(mark, "former" | "elect" | "shadow" | "beside" | "lends" | "keeps") {
                return Err(row.error(format!("{mark:?} is no mark")));
            }
            Ok(Marker { word, mark })
        })
        .collect()
}
