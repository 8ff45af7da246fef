//! What many pages say together: stories of one happening, events merged across reports, copies, differences.

use crate::event::{Event, EventDate, Magnitude};
use crate::mention::Place;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A cluster of reports about one happening.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Story {
    /// Permanent id, handed out once; never reused.
    pub id: SmolStr,
    /// Hash of the founder (smallest of publication and page id): a pure function of the members.
    pub key: SmolStr,
    /// Page ids of the reports, by publication, then id.
    pub reports: Vec<SmolStr>,
    /// First and last day of publication, ISO, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<(String, String)>,
    /// How many reports, outlets and independent reports there are.
    pub counts: Counts,
    /// Which report was taken from which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<CopyEdge>,
    /// Where the reports contradict each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// Why its reports are together, and why the nearest others are not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<JoinReason>,
}

/// Sizes of a story that must not be mixed up. `independent_low ≤ independent ≤ outlets-or-articles ≤ articles`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Reports.
    pub articles: u32,
    /// Distinct outlets; reports without an outlet count one each.
    pub outlets: u32,
    /// Groups of reports that no copy, agency, owner or citation ties together.
    pub independent: u32,
    /// The same when derived texts are tied too.
    pub independent_low: u32,
    /// Distinct speakers quoted.
    pub sources: u32,
}

/// One report taken from another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyEdge {
    /// The later report.
    pub from: SmolStr,
    /// The report it was taken from: the one that gives the largest share.
    pub to: SmolStr,
    /// `copy`, `retold`, `derived`, `agency`, `owner`, `cites`.
    pub kind: SmolStr,
    /// Share of the later text that the earlier one has, 0 to 1; 1 for agency, owner and cites.
    pub value: f32,
    /// Agency, owner or first shared words.
    pub note: String,
}

/// Two groups of reports that give different values for one thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// `count`, `place`, `blame`, `denial`.
    pub kind: SmolStr,
    /// What is told differently: "killed people", the event type.
    pub about: String,
    /// `updated` when later reports replace the value, else `disputed`.
    pub state: SmolStr,
    /// The values with the reports that tell each.
    pub sides: Vec<Side>,
}

/// One value of a [`Difference`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The value in words.
    pub value: String,
    /// Page ids of the reports, copies counted once.
    pub reports: Vec<SmolStr>,
    /// First day of publication with this value, ISO.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

/// A join of two groups of reports, made or refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JoinReason {
    /// One group.
    pub left: Vec<SmolStr>,
    /// The other group.
    pub right: Vec<SmolStr>,
    /// Log-odds that both tell of one happening.
    pub score: f32,
    /// True when they were joined.
    pub joined: bool,
    /// Strongest contributions: feature and log-odds.
    pub parts: Vec<(SmolStr, f32)>,
    /// Rarest words that the closest reports share.
    pub keys: Vec<String>,
}

/// One event of the world with everything that tells of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MergedEvent {
    /// Id: story and class of act.
    pub id: SmolStr,
    /// Story it belongs to.
    pub story: SmolStr,
    /// Class of act that chains the mentions.
    pub class: SmolStr,
    /// The fullest of the events told (most participants, date and place), as the one to show.
    pub best: Event,
    /// Its date, the one most independent reports give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<EventDate>,
    /// Its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Every telling.
    pub evidence: Vec<Evidence>,
    /// How many articles, outlets and independent reports tell of it.
    pub counts: Counts,
    /// All magnitudes told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub magnitudes: Vec<Magnitude>,
}

/// One telling of a merged event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Page id.
    pub report: SmolStr,
    /// Event id within the page.
    pub event: SmolStr,
    /// Sentence text.
    pub sentence: String,
    /// Outlet, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}
