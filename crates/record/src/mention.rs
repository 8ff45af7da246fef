//! Where actors, places and dates are named in the text, and what each mention stands for.

use crate::actor::Actor;
use crate::reason::Reason;
use crate::span::{ByteSpan, TokenSpan};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// Everything the resolver found in one page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Mentions {
    /// Actors, in text order (outer before inner when they start together).
    pub actors: Vec<ActorMention>,
    /// Places, in text order.
    pub places: Vec<PlaceMention>,
    /// Dates and times, in text order.
    pub dates: Vec<DateMention>,
}

/// One mention of an actor: the longest noun phrase part that names it ("Russian Foreign Minister Sergey Lavrov").
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActorMention {
    /// Where it stands.
    pub span: ByteSpan,
    /// Its tokens.
    pub tokens: TokenSpan,
    /// Syntactic head token: the coder looks mentions up by it.
    pub head: u32,
    /// Who it is; several for "the two countries", "both sides". Never empty.
    pub actors: Vec<Actor>,
    /// Why.
    pub why: Reason,
    /// Index of the earlier mention it was resolved through (short name, pronoun), if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub antecedent: Option<u32>,
    /// Index of the mention that encloses this one ("France" in "the ministers of France"), if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<u32>,
    /// True when the words are used as a place here ("talks in Moscow"): no actor of any event.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_place: bool,
}

/// One mention of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceMention {
    /// Where it stands.
    pub span: ByteSpan,
    /// Its tokens.
    pub tokens: TokenSpan,
    /// What it is; `None` when the gazetteer has no entry that fits.
    pub place: Option<Place>,
    /// True when it is not a location here: metonym for a government, adjective, part of a name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub metonym: bool,
    /// Why.
    pub why: Reason,
}

/// A place in the gazetteer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// GeoNames id, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames_id: Option<u64>,
    /// Usual English name.
    pub name: String,
    /// ISO 3166 alpha-3, when it lies in one country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<SmolStr>,
    /// First-order division by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adm1: Option<String>,
    /// Latitude in degrees north.
    pub lat: f64,
    /// Longitude in degrees east.
    pub lon: f64,
    /// GeoNames feature class and code (`P.PPLC`, `A.ADM1`, `A.PCLI`), or our own (`T.STRAIT`, `L.REGION`).
    pub feature: SmolStr,
    /// How fine it is: `city`, `adm2`, `adm1`, `country`, `region`, `sea`, `site`; `near`: not in the
    /// gazetteer, put at the place it is told with.
    pub precision: SmolStr,
}

/// One date or time expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateMention {
    /// Where it stands.
    pub span: ByteSpan,
    /// Its tokens.
    pub tokens: TokenSpan,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`; `RANGE` for two ends.
    pub kind: SmolStr,
    /// TIMEX3 value: `2025-07-11`, `2025-W28`, `P3D`, `PRESENT_REF`, `2025-07-01/2025-07-05`.
    pub value: String,
    /// TIMEX3 mod: `START`, `MID`, `END`, `APPROX`, `MORE_THAN`, `LESS_THAN`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<SmolStr>,
    /// First day covered, ISO, when it lies on the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Last day covered, ISO.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// `day`, `week`, `month`, `quarter`, `year`, `decade`, `hour` …
    pub precision: SmolStr,
    /// Why.
    pub why: Reason,
}

impl Mentions {
    /// The outermost actor mention whose head is token `head` and which is used as an actor.
    pub fn actor_at(&self, head: usize) -> Option<(usize, &ActorMention)> {
        self.actors.iter().enumerate().find(|(_, m)| m.head as usize == head && !m.as_place)
    }
}
