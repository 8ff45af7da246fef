//! A candidate event on its way from a matched frame to a record.

use crate::event::predicate::Link;
use crate::pattern::matching::Hit;
use record::{Participant, Plover, Reason, SmolStr};

/// An event that is not yet final: composition may change its type, take it up or drop it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Token of the word that names the act; the outer word after composition.
    pub head: usize,
    /// Token of the innermost predicate.
    pub core: usize,
    /// Outermost word that adds phase or manner only: where composition goes on.
    pub level: usize,
    /// Token whose place in the tree decides how real the event is.
    pub fact: usize,
    /// PLOVER type.
    pub plover: Plover,
    /// PLOVER modes.
    pub modes: Vec<SmolStr>,
    /// CAMEO code.
    pub cameo: SmolStr,
    /// Sense id.
    pub sense: SmolStr,
    /// Flags of the sense.
    pub flags: Vec<SmolStr>,
    /// Who acts.
    pub sources: Vec<Participant>,
    /// To whom.
    pub targets: Vec<Participant>,
    /// True when the frame names all takers alike.
    pub mutual: bool,
    /// Token of the argument that should hold the recipient.
    pub object: Option<usize>,
    /// The match.
    pub hit: Hit,
    /// True when the type says that the act lies ahead (AGREE, THREATEN by composition).
    pub ahead: bool,
    /// True when the act is only told, asked for or feared by another act.
    pub embedded: Option<Embedding>,
    /// Head of the earlier event that a pointing noun takes up.
    pub points: Option<usize>,
    /// What was decided, in order.
    pub why: Vec<Reason>,
}

/// How an event is embedded in another that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedding {
    /// Head of the outer event.
    pub outer: usize,
    /// True when the outer act leaves open whether it happens (request, threat).
    pub irrealis: bool,
}

/// Link words of `compose.tsv`.
pub fn link_word(link: Link, noun: bool, infinitive: bool) -> Option<&'static str> {
    Some(match link {
        _ if noun => "noun",
        Link::Open | Link::Modifier if infinitive => "inf",
        Link::Open => "ger",
        Link::Clause => "that",
        Link::Gerund => "ger",
        Link::Object | Link::Oblique | Link::Subject => "noun",
        Link::Adverbial | Link::Conjunct | Link::Modifier => return None,
    })
}
