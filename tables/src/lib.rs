//! The knowledge tables and one typed loader for each. All tables are text under this folder, embedded in the binary.
//!
//! Conventions: UTF-8, LF, tab-separated, one header line, no quoting; lists inside a cell are split by `|`; an empty
//! cell means unknown, none or open; dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and rows are valid on `[from, to)`.

pub mod actors;
pub mod compose;
pub mod contexts;
pub mod dates;
pub mod magnitudes;
pub mod merge;
pub mod ontology;
pub mod pages;
pub mod patterns;
pub mod places;
pub mod reporting;
pub mod speech;
pub mod tsv;
pub mod vocabulary;
