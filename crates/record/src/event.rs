//! What happened: one coded event with its participants, qualifiers, evidence and the reason for each.

use crate::actor::Actor;
use crate::ontology::{Modality, Plover};
use crate::reason::Reason;
use crate::span::ByteSpan;
use crate::statement::Attribution;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One event as one place of the text tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Content-derived id, unique within the page: page id, trigger span, type.
    pub id: SmolStr,
    /// Index of the sentence in `Doc.sentences`.
    pub sentence: u32,
    /// The words that name the act.
    pub trigger: ByteSpan,
    /// Words of other places of the text that tell the same event, in text order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<ByteSpan>,
    /// PLOVER type.
    pub plover: Plover,
    /// PLOVER modes, none or several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<SmolStr>,
    /// CAMEO code, two to four digits.
    pub cameo: SmolStr,
    /// Goldstein value of the CAMEO code, -10 to 10; absent where the table has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f32>,
    /// PLOVER contexts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<SmolStr>,
    /// Who acts (PLOVER actor, CAMEO source). Mutual events have all takers here.
    pub sources: Vec<Participant>,
    /// To whom (PLOVER recipient, CAMEO target).
    pub targets: Vec<Participant>,
    /// True when all take part alike: direction does not matter.
    pub symmetric: bool,
    /// Where it happened: index into `Mentions.places`, and how it was attached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Attached>,
    /// When it happened: index into `Mentions.dates` (absent: publication date), first and last day, and how attached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EventDate>,
    /// How real it is, with the cues.
    pub qualifier: Qualifier,
    /// Who says so, innermost first; empty: the text itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<Attribution>,
    /// Index of the statement that holds the event, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<u32>,
    /// Numbers told of it: killed, injured, sums.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub magnitudes: Vec<Magnitude>,
    /// 0 to 1: how much the coder trusts it (fewer guesses, stronger frame: higher).
    pub confidence: f32,
    /// Lexicon sense, frame score, bindings, composition steps, in the order they were decided.
    pub why: Vec<Reason>,
}

/// One side of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// Index into `Mentions.actors`, when words of the text name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<u32>,
    /// The words; absent for implicit participants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<ByteSpan>,
    /// Who it is.
    pub actor: Actor,
    /// How it came to fill the slot.
    pub how: Attachment,
}

/// How an argument was tied to its predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Attachment {
    /// Its own syntactic argument.
    Direct,
    /// Through the passive.
    Passive,
    /// Through a relative clause.
    Relative,
    /// Shared in a coordination.
    Conjunct,
    /// Through control or raising.
    Control,
    /// Possessive or compound of an event noun.
    Nominal,
    /// From a preposition that the parser hung elsewhere.
    Borrowed,
    /// Inside another participant's phrase ("restrictions on Russian exports").
    Inside,
    /// From the clause or sentence around.
    Clause,
    /// From the document's context.
    Document,
}

/// Index of a mention and how it was tied to the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attached {
    /// Index into the mentions of that kind.
    pub mention: u32,
    /// How.
    pub how: Attachment,
}

/// When an event happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventDate {
    /// Index into `Mentions.dates`; absent when it is the publication date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<u32>,
    /// First day, ISO.
    pub start: String,
    /// Last day, ISO.
    pub end: String,
    /// How it was tied; `Document` for the publication date.
    pub how: Attachment,
}

/// Modality with polarity and the words that show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Qualifier {
    /// The one value exported.
    pub modality: Modality,
    /// What the event word's own clause and its governors make of it, before reporting is added.
    pub status: Status,
    /// True when somebody other than the writer says so.
    pub reported: bool,
    /// Cues, outermost last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cues: Vec<Cue>,
}

/// Factuality without attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Presented as having happened or going on.
    Happened,
    /// Presented as not having happened.
    Negated,
    /// Hedged.
    Possible,
    /// Planned, promised, asked for, conditional, purpose.
    Unrealised,
}

/// A word that changes how real an event is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cue {
    /// Where it stands.
    pub span: ByteSpan,
    /// What it does: `negation`, `modal`, `hedge`, `report`, `future`, `condition`, `non-factual`, `implicative`, `history`.
    pub kind: SmolStr,
    /// Table row or rule behind it.
    pub row: SmolStr,
}

/// A number told of an event, as a closed interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Magnitude {
    /// `killed`, `injured`, `arrested`, `displaced`, `crowd`, `troops`, `weapons`, `money`.
    pub kind: SmolStr,
    /// Lowest value that the words allow.
    pub low: f64,
    /// Highest value that the words allow; `None`: open ("at least 20").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Unit: `people`, ISO 4217 code, or a noun ("tanks").
    pub unit: SmolStr,
    /// Where it stands.
    pub span: ByteSpan,
}
