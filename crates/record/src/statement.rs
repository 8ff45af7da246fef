//! What was said: direct and indirect quotations, reported claims, and the chain of who says so.

use crate::actor::Actor;
use crate::reason::Reason;
use crate::span::ByteSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// Content-derived id, unique within the page.
    pub id: SmolStr,
    /// How it is worded.
    pub kind: StatementKind,
    /// What was said, without outer quotation marks, introducing "that" and final punctuation.
    pub content: ByteSpan,
    /// Index of the first sentence it stands in.
    pub sentence: u32,
    /// The word that reports it; absent for continuation pieces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<SpeechCue>,
    /// Who said it, as named at the cue; absent for source-less claims ("reportedly").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Speaker>,
    /// To whom it was said, where named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<Speaker>,
    /// Who passes it on after the speaker: agency, outlet; outermost last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<Attribution>,
    /// Quoted words inside a paraphrase.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quoted: Vec<ByteSpan>,
    /// Why.
    pub why: Vec<Reason>,
}

/// How a statement is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// All of it verbatim.
    Direct,
    /// Paraphrase.
    Indirect,
    /// Paraphrase with quoted words.
    Mixed,
    /// A claim without a named source: "reportedly", "is believed to".
    Hedged,
}

/// The word that reports a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SpeechCue {
    /// Where it stands.
    pub span: ByteSpan,
    /// Its lemma or phrase.
    pub lemma: SmolStr,
    /// `say`, `claim`, `warn`, `deny`, `promise`, `ask`, `praise`, `condemn`, `report`, `admit`, `write` …
    pub kind: SmolStr,
    /// Stance of the reporter: `neutral`, `distancing`, `factive`.
    pub stance: SmolStr,
}

/// Who speaks or is spoken to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Speaker {
    /// The words at the cue.
    pub span: ByteSpan,
    /// Index into `Mentions.actors`, when they are a mention.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<u32>,
    /// Resolved name.
    pub name: String,
    /// Who it is.
    pub actor: Actor,
}

/// One link of a chain of sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// The words, when the text has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<ByteSpan>,
    /// Name ("Sergey Lavrov", "Tass", "UNB", "unnamed source").
    pub name: String,
    /// Who it is.
    pub actor: Actor,
    /// `speaker`, `agency`, `outlet`, `hedge`.
    pub role: SmolStr,
    /// True for media that a state owns or runs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub state_media: bool,
}
