//! Closed vocabularies: PLOVER types, quad classes, modality. The tables of codes live in `tables/ontology`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A word that is not in a closed vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord(pub String);

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown word {:?}", self.0)
    }
}
impl std::error::Error for UnknownWord {}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in the order of the codebook.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word used in tables and JSON.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.pad(self.as_str()) }
        }
        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(s: &str) -> Result<Self, UnknownWord> {
                match s { $($word => Ok($name::$variant),)+ _ => Err(UnknownWord(s.to_owned())) }
            }
        }
    };
}

vocabulary! {
    /// The 16 PLOVER event types (PLOVER manual 2.0).
    Plover {
        /// Promise or consent to cooperate; future CONSULT, SUPPORT, COOPERATE, AID.
        Agree = "AGREE",
        /// Meeting, visit, call, talks.
        Consult = "CONSULT",
        /// Praise, endorse, recognise, sign, open or upgrade ties.
        Support = "SUPPORT",
        /// Give way in words.
        Concede = "CONCEDE",
        /// Real exchange that serves both sides.
        Cooperate = "COOPERATE",
        /// Real help that mainly serves the receiver.
        Aid = "AID",
        /// Give way in deed.
        Retreat = "RETREAT",
        /// Ask, urge, demand, order.
        Request = "REQUEST",
        /// Criticise, condemn, allege, sue, indict, investigate.
        Accuse = "ACCUSE",
        /// Refuse, decline, veto, defy.
        Reject = "REJECT",
        /// Warn of harm.
        Threaten = "THREATEN",
        /// Civilians act together in public.
        Protest = "PROTEST",
        /// Cut back existing relations; verdicts.
        Sanction = "SANCTION",
        /// Military or police move short of force.
        Mobilize = "MOBILIZE",
        /// Repress or restrict without violence.
        Coerce = "COERCE",
        /// Serious bodily harm or deliberate destruction.
        Assault = "ASSAULT",
    }
}

vocabulary! {
    /// The four quad classes.
    Quad {
        /// 1: verbal cooperation.
        VerbalCooperation = "verbal cooperation",
        /// 2: material cooperation.
        MaterialCooperation = "material cooperation",
        /// 3: verbal conflict.
        VerbalConflict = "verbal conflict",
        /// 4: material conflict.
        MaterialConflict = "material conflict",
    }
}

vocabulary! {
    /// How real an event is in the text. One value an event; the cue spans are in [`crate::event::Qualifier`].
    Modality {
        /// The text vouches for it, or the speaker performs the act by saying it.
        Asserted = "asserted",
        /// Only a source says so.
        Reported = "reported",
        /// Hedged: may, could, reportedly, believed to.
        Possible = "possible",
        /// Announced, promised, intended.
        Planned = "planned",
        /// Conditional, demanded, warned of.
        Hypothetical = "hypothetical",
        /// Did not happen.
        Negated = "negated",
        /// An earlier time, told as background.
        Historical = "historical",
    }
}

impl Plover {
    /// Quad class (PLOVER manual 2.0; SANCTION as material conflict, see `tables/ontology/README.md`).
    pub fn quad(self) -> Quad {
        use Plover::*;
        match self {
            Agree | Consult | Support | Concede => Quad::VerbalCooperation,
            Cooperate | Aid | Retreat => Quad::MaterialCooperation,
            Request | Accuse | Reject | Threaten => Quad::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => Quad::MaterialConflict,
        }
    }

    /// True for types whose events take part alike (no direction) unless a mode says otherwise.
    pub fn is_conflict(self) -> bool {
        matches!(self.quad(), Quad::VerbalConflict | Quad::MaterialConflict)
    }
}

impl Quad {
    /// The number used by GDELT and PLOVER, 1 to 4.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for &p in Plover::ALL {
            assert_eq!(p.as_str().parse::<Plover>(), Ok(p));
        }
        assert_eq!(Plover::ALL.len(), 16);
        assert_eq!(Plover::Sanction.quad().number(), 4);
        assert!("FIGHT".parse::<Plover>().is_err());
    }
}
