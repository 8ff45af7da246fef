//! `tables/actors/countries.tsv` to typed rows.

use super::list;
use crate::tsv::{self, TableError};

const TEXT: &str = include_str!("../../actors/countries.tsv");
const COLUMNS: [&str; 16] = [
    "iso3",
    "iso2",
    "iso_numeric",
    "name",
    "short_forms",
    "adjectives",
    "demonyms_singular",
    "demonyms_plural",
    "capitals",
    "fips",
    "region",
    "controller",
    "plover_code",
    "ambiguous",
    "note",
    "news_weight",
];

/// Countries, dependent territories and Kosovo with the words that name them.
#[derive(Debug, Clone)]
pub struct Country {
    /// ISO 3166 alpha-3 code, or KOS.
    pub iso3: &'static str,
    /// Usual English name.
    pub name: &'static str,
    /// Long, short, old and headline forms.
    pub short_forms: Vec<&'static str>,
    /// Adjectives.
    pub adjectives: Vec<&'static str>,
    /// Words for one citizen.
    pub demonyms_singular: Vec<&'static str>,
    /// Words for several citizens.
    pub demonyms_plural: Vec<&'static str>,
    /// Spellings of the capital; more than one seat where there is.
    pub capitals: Vec<&'static str>,
    /// FIPS 10-4 code; blank where there is none.
    pub fips: &'static str,
    /// Region of the world.
    pub region: &'static str,
    /// State behind a dependent territory.
    pub controller: &'static str,
    /// Code after folding dependencies into their state.
    pub plover_code: &'static str,
    /// Forms that need context.
    pub ambiguous: Vec<&'static str>,
    /// How often it is in the world's news: 3 most, blank least.
    pub news_weight: &'static str,
    /// Line in the table, 1 = header.
    pub line: u32,
}

/// All rows of `tables/actors/countries.tsv`, in file order.
///
/// # Errors
/// The table does not keep its form.
pub fn load() -> Result<Vec<Country>, TableError> {
    let rows = tsv::rows("actors/countries.tsv", TEXT, &COLUMNS)?;
    rows.iter()
        .map(|row| {
            let [
                iso3,
                _,
                _,
                name,
                short_forms,
                adjectives,
                demonyms_singular,
                demonyms_plural,
                capitals,
                fips,
                region,
                controller,
                plover_code,
                ambiguous,
                _,
                news_weight,
            ] = row.cells();
            Ok(Country {
                iso3,
                name,
                short_forms: list(short_forms),
                adjectives: list(adjectives),
                demonyms_singular: list(demonyms_singular),
                demonyms_plural: list(demonyms_plural),
                capitals: list(capitals),
                fips,
                region,
                controller,
                plover_code,
                ambiguous: list(ambiguous),
                news_weight,
                line: row.line as u32,
            })
        })
        .collect()
}
