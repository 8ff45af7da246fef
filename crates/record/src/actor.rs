//! Who: a country, body, group, office holder or nameless role, with PLOVER country and sector codes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One actor as the tables and the context resolve it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Actor {
    /// Stable key of the entity, `kind/slug` (`country/RUS`, `person/sergey-lavrov`, `org/tass`), empty for nameless roles.
    pub id: SmolStr,
    /// Full name, or the words of the text for nameless actors.
    pub name: String,
    /// ISO 3166 alpha-3, or KOS, UNO, EUR, IGO, NGO, ISM, IMG, MNC. None: no codable country.
    pub country: Option<SmolStr>,
    /// PLOVER sectors, primary first (GOV, MIL, COP …); empty for a bare country.
    pub sectors: Vec<SmolStr>,
    /// What sort of thing it is.
    pub kind: ActorKind,
    /// Office held on the publication date ("Foreign Minister"), for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// True when the office lies beyond the people table's `as_of` date.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub office_unverified: bool,
}

/// What sort of thing an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A country by name, adjective or demonym.
    Country,
    /// A capital, palace or street that stands for a government.
    Metonym,
    /// A named person.
    Person,
    /// A named body: ministry, company, agency, international organisation.
    Organisation,
    /// An armed group.
    Group,
    /// A party.
    Party,
    /// An ethnic or religious group.
    People,
    /// A nameless role: "police", "the rebels", "officials".
    Role,
    /// A pronoun or "the two countries" that found no antecedent.
    Pronoun,
    /// Named, but in no table.
    #[default]
    Unknown,
}

impl Actor {
    /// Primary sector, if any.
    pub fn sector(&self) -> Option<&str> {
        self.sectors.first().map(SmolStr::as_str)
    }

    /// CAMEO-style code: country and sectors run together (`RUSGOV`), `---` when nothing is known.
    pub fn code(&self) -> String {
        let mut out = self.country.as_deref().unwrap_or("").to_owned();
        for s in &self.sectors {
            out.push_str(s);
        }
        if out.is_empty() { "---".to_owned() } else { out }
    }
}
