//! Tables of `tables/places/`: features beyond the gazetteer, aliases, cue words, outlets, weights.

use crate::tsv::{Row, TableError, rows};

const FEATURES: &str = include_str!("../places/features.tsv");
const ALIASES: &str = include_str!("../places/aliases.tsv");
const CUES: &str = include_str!("../places/cues.tsv");
const OUTLETS: &str = include_str!("../places/outlets.tsv");
const CENTRES: &str = include_str!("../places/centres.tsv");
const RECOGNISER: &str = include_str!("../places/recogniser.tsv");
const RANKER: &str = include_str!("../places/ranker.tsv");

/// A place that the gazetteer lacks: a sea, a region, a disputed area, a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Usual English name.
    pub name: &'static str,
    /// `strait`, `sea`, `region`, `site` …
    pub kind: &'static str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames id, where known for sure.
    pub geonames_id: Option<u64>,
    /// ISO 3166 alpha-3 of the one country it lies in.
    pub country: Option<&'static str>,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// Line of the table.
    pub line: u32,
}

/// Another name for a gazetteer place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub alias: &'static str,
    /// `FR` (country), `FR-BRE` (ISO 3166-2 division), `FR:Paris` or `US-TX:Paris` (town by a GeoNames
    /// name), `GB-ENG/Kent` (second-level division).
    pub target: &'static str,
    /// `name` (the usual English name), `exonym`, `former`, `abbreviation`, `postal`, `nickname`.
    pub kind: &'static str,
    /// Line of the table.
    pub line: u32,
}

/// A word that tells something of the name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// The word in lower case.
    pub word: &'static str,
    /// `geo`, `facility`, `organisation`, `title`, `given`, `direction`, `person`, `speech`, `before`; `reach`: verbs
    /// whose object is a place.
    pub class: &'static str,
}

/// Where a local news outlet sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlet {
    /// Host name without `www.`, or the outlet's name in lower case.
    pub key: &'static str,
    /// As [`Alias::target`].
    pub target: &'static str,
    /// Line of the table.
    pub line: u32,
}

/// Centre of a large division or country, where that of its cities would mislead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Centre {
    /// ISO 3166-1 alpha-2 or ISO 3166-2 code.
    pub code: &'static str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

fn degrees(row: &Row<'_>, at: usize, limit: f64) -> Result<f64, TableError> {
    let value: f64 =
        row.cell(at).parse().map_err(|_| row.error(format!("{:?} is no number", row.cell(at))))?;
    if value.abs() > limit {
        return Err(row.error(format!("{value} is beyond {limit} degrees")));
    }
    Ok(value)
}

/// Features beyond the gazetteer, `places/features.tsv`.
///
/// # Errors
/// A row does not keep its form.
pub fn features() -> Result<Vec<Feature>, TableError> {
    let columns = ["name", "kind", "lat", "lon", "geonames_id", "country", "aliases"];
    let read = |row: &Row<'static>| {
        let id = row.cell(4);
        Ok(Feature {
            name: row.cell(0),
            kind: row.cell(1),
            lat: degrees(row, 2, 90.0)?,
            lon: degrees(row, 3, 180.0)?,
            geonames_id: match id {
                "" => None,
                id => Some(id.parse().map_err(|_| row.error(format!("{id:?} is no GeoNames id")))?),
            },
            country: Some(row.cell(5)).filter(|c| !c.is_empty()),
            aliases: row.list(6).collect(),
            line: row.line as u32,
        })
    };
    rows("places/features.tsv", FEATURES, &columns)?.iter().map(read).collect()
}

/// Aliases of gazetteer places, `places/aliases.tsv`.
///
/// # Errors
/// A row does not keep its form.
pub fn aliases() -> Result<Vec<Alias>, TableError> {
    let read = |row: &Row<'static>| {
        let alias =
            Alias { alias: row.cell(0), target: row.cell(1), kind: row.cell(2), line: row.line as u32 };
        if alias.alias.is_empty() || alias.target.len() < 2 {
            return Err(row.error("an alias needs a name and a target"));
        }
        Ok(alias)
    };
    rows("places/aliases.tsv", ALIASES, &["alias", "target", "kind"])?.iter().map(read).collect()
}

/// Cue words, `places/cues.tsv`: one class a line, words split by `|`.
///
/// # Errors
/// A row does not keep its form.
pub fn cues() -> Result<Vec<Cue>, TableError> {
    let table = rows("places/cues.tsv", CUES, &["class", "words"])?;
    Ok(table.iter().flat_map(|r| r.list(1).map(|word| Cue { word, class: r.cell(0) })).collect())
}

/// Places of local outlets, `places/outlets.tsv`.
///
/// # Errors
/// A row does not keep its form.
pub fn outlets() -> Result<Vec<Outlet>, TableError> {
    let table = rows("places/outlets.tsv", OUTLETS, &["outlet", "target"])?;
    Ok(table.iter().map(|r| Outlet { key: r.cell(0), target: r.cell(1), line: r.line as u32 }).collect())
}

/// Centres of countries and large divisions, `places/centres.tsv`.
///
/// # Errors
/// A row does not keep its form.
pub fn centres() -> Result<Vec<Centre>, TableError> {
    let read = |row: &Row<'static>| {
        Ok(Centre { code: row.cell(0), lat: degrees(row, 1, 90.0)?, lon: degrees(row, 2, 180.0)? })
    };
    rows("places/centres.tsv", CENTRES, &["code", "lat", "lon"])?.iter().map(read).collect()
}

/// Weights of the toponym recogniser, `places/recogniser.tsv` (made by `cargo xtask train-places`).
pub fn recogniser() -> &'static str {
    RECOGNISER
}

/// Weights of the toponym ranker, `places/ranker.tsv` (made by `cargo xtask train-places`).
pub fn ranker() -> &'static str {
    RANKER
}

/// Feature name and weight of each line of a weight table with the columns `feature` and `weight`.
///
/// # Errors
/// A row does not keep its form.
pub fn weights<'a>(file: &'static str, text: &'a str) -> Result<Vec<(&'a str, f32)>, TableError> {
    let read = |row: &Row<'a>| {
        let weight = row.cell(1).parse().map_err(|_| row.error("the weight is no number"))?;
        Ok((row.cell(0), weight))
    };
    rows(file, text, &["feature", "weight"])?.iter().map(read).collect()
}
