//! Where in its source a record stands: for messages and for names that lead back to it.

use std::fmt;

/// Place of a record in its source. Lines, items and rows count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The source is one record.
    Whole,
    /// Line of a JSON Lines file or of a table.
    Line(u64),
    /// Item of a feed or of a JSON array.
    Item(u64),
    /// Row of a Parquet file.
    Row(u64),
    /// Byte offset in an archive; `N+M` is byte M of what the packed part at N unpacks to.
    Offset(String),
}

impl Place {
    /// Name of the record in `source`: `file:line`, `file#item`, `warc://file#offset`.
    ///
    /// ```
    /// use demarche_reader::Place;
    /// assert_eq!(Place::Line(3).of("rows.csv"), "rows.csv:3");
    /// assert_eq!(Place::Offset("512".to_owned()).of("a.warc"), "warc://a.warc#512");
    /// ```
    pub fn of(&self, source: &str) -> String {
        match self {
            Place::Whole => source.to_owned(),
            Place::Line(n) => format!("{source}:{n}"),
            Place::Item(n) | Place::Row(n) => format!("{source}#{n}"),
            Place::Offset(at) => format!("warc://{source}#{at}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Whole => f.write_str("page"),
            Place::Line(n) => write!(f, "line {n}"),
            Place::Item(n) => write!(f, "item {n}"),
            Place::Row(n) => write!(f, "row {n}"),
            Place::Offset(at) => write!(f, "offset {at}"),
        }
    }
}
