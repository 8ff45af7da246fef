//! What a page about one article shows, as plain structs.

use super::{Party, Reality, Spot};
use record::Reason;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A span in Unicode code points of the article's text, end-exclusive.
pub type Chars = [u32; 2];

/// One article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Article {
    /// Article id.
    pub id: String,
    /// Where it was read from.
    pub source: String,
    /// Address that the page calls its own.
    pub url: Option<String>,
    /// Headline; empty when none was found.
    pub title: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Agencies that the text is credited to, joined by commas.
    pub agency: Option<String>,
    /// Publication.
    pub published: Option<Published>,
    /// The report it was taken from.
    pub copy_of: Option<CopyOf>,
    /// Story id, once merged.
    pub story: Option<String>,
    /// The one string that spans point into.
    pub text: String,
    /// Blocks over the text.
    pub blocks: Vec<Block>,
    /// Marks, by start, longest first.
    pub marks: Vec<Mark>,
    /// Events in text order.
    pub events: Vec<Told>,
    /// Statements that are word for word, wholly or in part.
    pub quotes: Vec<Said>,
    /// Statements in other words.
    pub claims: Vec<Said>,
    /// Predicates that were looked at and gave no event.
    pub no_event: Vec<NoEvent>,
    /// What the reader wants known.
    pub notes: Vec<String>,
}

/// When an article was published and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Published {
    /// ISO 8601, as exact as the page says.
    pub at: String,
    /// Method.
    pub how: String,
}

/// The report that an article was taken from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CopyOf {
    /// Article id.
    pub article: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Share of this text that the other has, 0 to 1.
    pub share: f64,
    /// `copy`, `derived`, `agency`, `owner`, `cites`.
    pub kind: String,
}

/// A stretch of the page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Block {
    /// Where.
    pub span: Chars,
    /// `body`, `frame` (headline, byline, caption) or `furniture`.
    pub kind: String,
    /// The exact kind: `paragraph`, `ticker` …
    pub why: String,
}

/// A marked stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mark {
    /// Id within the article.
    pub id: String,
    /// `who`, `did`, `whom`, `where`, `when`, `quote`, `claim`, `cue`, `doubt`, `count`.
    pub role: String,
    /// Where.
    pub span: Chars,
    /// Events (`e1`) and statements (`q1`, `c1`) that it belongs to.
    pub of: Vec<String>,
}

/// One event as this article tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// `e1`, `e2` … in text order: what marks and links name.
    pub id: String,
    /// Id of the event of the world that it was merged into.
    pub event: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER modes joined by `+`.
    pub mode: String,
    /// CAMEO code.
    pub cameo: String,
    /// Quad class.
    pub quad: u8,
    /// Goldstein value.
    pub goldstein: Option<f32>,
    /// Who acts.
    pub who: Vec<Party>,
    /// To whom.
    pub whom: Vec<Party>,
    /// True when direction does not matter.
    pub mutual: bool,
    /// First day, ISO.
    pub day: Option<String>,
    /// Last day when it is another.
    pub day_end: Option<String>,
    /// True when the text gives the day.
    pub day_exact: bool,
    /// Where.
    pub place: Option<Spot>,
    /// Modality.
    pub modality: String,
    /// Whether it counts.
    pub reality: Reality,
    /// False when told as not having happened.
    pub polarity: bool,
    /// The sentence.
    pub text: String,
    /// Where the sentence stands.
    pub text_span: Chars,
    /// Where each field stands and the rule behind it, by `who`, `did`, `whom`, `where`, `when`, `doubt`, `count`.
    pub fields: BTreeMap<String, Vec<Field>>,
    /// Who says so, innermost first.
    pub chain: Vec<Step>,
    /// Numbers told of it.
    pub magnitudes: Vec<record::Magnitude>,
    /// 0 to 1: how much the coder trusts it.
    pub confidence: f32,
    /// Share of test events at this confidence that were right, where it was measured.
    pub hit_rate: Option<f64>,
    /// Every decision in order.
    pub why: Vec<Reason>,
}

/// One filled slot.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Field {
    /// Where; absent for what no words name.
    pub span: Option<Chars>,
    /// The value in words.
    pub value: String,
    /// Rule.
    pub rule: String,
    /// Table row behind it.
    pub row: Option<String>,
    /// Remark.
    pub note: String,
}

/// One link of a chain of sources.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Step {
    /// Name; `unnamed source` when the text names nobody.
    pub name: String,
    /// `speaker`, `agency`, `outlet`, `hedge`.
    pub step: String,
    /// True when nobody is named.
    pub unnamed: bool,
    /// True for media that a state owns or runs.
    pub state_media: bool,
    /// Where it stands.
    pub span: Option<Chars>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Said {
    /// `q1` or `c1` …
    pub id: String,
    /// `direct`, `indirect`, `mixed`, `hedged`.
    pub kind: String,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Chars,
    /// Cue lemma.
    pub cue: Option<String>,
    /// `neutral`, `distancing`, `factive`.
    pub stance: Option<String>,
    /// Speaker; `None`: nobody named.
    pub speaker: Option<Party>,
    /// To whom.
    pub to: Option<Party>,
    /// Who passes it on.
    pub chain: Vec<Step>,
    /// Every decision in order.
    pub why: Vec<Reason>,
}

/// A predicate without an event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NoEvent {
    /// Where the word stands.
    pub span: Chars,
    /// Reason of a closed list.
    pub reason: String,
    /// Details.
    pub note: String,
}
