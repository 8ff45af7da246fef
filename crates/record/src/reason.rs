//! Why a value is what it is: kept as data beside the value, printed by `demarche explain`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One decision: the rule that made it, the table row it rests on, what was rejected.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// Name of the rule, `stage/rule`, for example `actor/title+name`.
    pub rule: SmolStr,
    /// Table row behind it, `file:line` or `file#id`, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<SmolStr>,
    /// What a person should know beside the rule's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Candidates that lost, best first: `what (why not)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<String>,
}

impl Reason {
    /// A reason that is only the rule's name.
    pub fn rule(rule: &str) -> Self {
        Reason { rule: rule.into(), ..Reason::default() }
    }

    /// The same reason with the table row it rests on.
    pub fn with_row(mut self, row: impl Into<SmolStr>) -> Self {
        self.row = Some(row.into());
        self
    }

    /// The same reason with a remark for people.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}
