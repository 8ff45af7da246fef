//! Tables of a user's own, in the form of the embedded ones, to what the actor resolver reads beside them.

mod merge;
mod wikidata;

pub use merge::{Merged, merge};
pub use wikidata::{Extract, Office, read};

/// Texts of a user's tables; an empty text is no table. They are kept as long as the program runs, as the embedded
/// tables are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overlay {
    /// Spells of office, in the columns of `tables/actors/people.tsv`.
    pub people: &'static str,
    /// Named bodies, in the columns of `tables/actors/organisations.tsv`.
    pub organisations: &'static str,
}

impl Overlay {
    /// Name of the file of people in an overlay folder.
    pub const PEOPLE: &'static str = "people.tsv";
    /// Name of the file of organisations in an overlay folder.
    pub const ORGANISATIONS: &'static str = "organisations.tsv";
}
