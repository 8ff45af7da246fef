//! All that one page says: events, statements, and for every other sentence the reason why nothing was coded.

use crate::event::Event;
use crate::span::ByteSpan;
use crate::statement::Statement;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The coder's result for one page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Coding {
    /// Events in text order of their triggers. Those that did not happen are here too: look at the qualifier.
    pub events: Vec<Event>,
    /// Statements in text order.
    pub statements: Vec<Statement>,
    /// Predicates that were looked at and not coded, with one reason of a closed list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<Passed>,
}

/// A candidate that became no event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Passed {
    /// Index of the sentence.
    pub sentence: u32,
    /// The predicate word.
    pub trigger: ByteSpan,
    /// `no frame`, `slot unbound`, `type mismatch`, `blocked`, `abstract doer`, `no country`, `negated`, `hypothetical`,
    /// `part of another`, `sport`, `fiction`, `market`, `duplicate`.
    pub reason: SmolStr,
    /// Details: the sense or event concerned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
