//! A draft to a verdict: is it an event at all, or sport, fiction, a private matter, or a frame left half empty?

use super::draft::Draft;
use crate::pattern::frame::Role;
use record::{Participant, Plover, Syntax};
use tables::vocabulary::Vocabulary;

/// Looks at the words around a draft and at who takes part.
pub struct Filter<'a> {
    /// The parse.
    pub syntax: &'a Syntax<'a>,
    /// Words of domains without events.
    pub vocabulary: &'a Vocabulary,
}

/// Sectors that act for a state, or against one.
const PUBLIC: [&str; 13] =
    ["GOV", "MIL", "COP", "LEG", "JUD", "SPY", "REB", "PRM", "UAF", "PTY", "OPP", "REF", "ELI"];

/// Sectors of people and bodies whose doings among themselves are private.
const PRIVATE: [&str; 10] = ["CVL", "BUS", "EDU", "AGR", "LAB", "MED", "JRN", "SOC", "REL", "CRM"];

impl Filter<'_> {
    /// The reason why `draft` is no event, from the closed list of [`record::Passed::reason`], with a note.
    pub fn verdict(&self, draft: &Draft) -> Option<(&'static str, String)> {
        if draft.sources.is_empty() {
            return Some(("slot unbound", "no doer".to_owned()));
        }
        if !all(draft).any(|p| p.actor.country.is_some()) {
            return Some(("no country", draft.sense.to_string()));
        }
        if let Some(note) = half_empty(draft) {
            return Some(("slot unbound", note.to_owned()));
        }
        if !all(draft).any(is_public) {
            if self.count("sport", draft.core) >= 2 {
                return Some(("sport", self.words("sport", draft.core)));
            }
            if private(draft) {
                return Some(("abstract doer", "private people or firms".to_owned()));
            }
        }
        if self.is_fiction(draft.core) {
            return Some(("fiction", self.words("fiction", draft.core)));
        }
        None
    }

    /// Tokens of the sentence of `head` and of its neighbours in the block.
    fn window(&self, head: usize) -> std::ops::Range<usize> {
        let doc = self.syntax.doc;
        let Some(at) = self.syntax.sentence(head) else { return head..head };
        let block = doc.sentences[at].block;
        let near = |i: usize| doc.sentences.get(i).filter(|s| s.block == block);
        let first = at.checked_sub(1).and_then(near).unwrap_or(&doc.sentences[at]);
        let last = near(at + 1).unwrap_or(&doc.sentences[at]);
        first.tokens.start as usize..last.tokens.end as usize
    }

    fn hits<'s>(&'s self, domain: &'s str, head: usize) -> impl Iterator<Item = usize> + 's {
        self.window(head).filter(move |&t| {
            self.vocabulary.holds(domain, self.syntax.lemma(t))
                || self.vocabulary.holds(domain, self.syntax.lower(t))
        })
    }

    /// Different words of the domain near `head`; 0 when they are less than 3 % of the words.
    fn count(&self, domain: &str, head: usize) -> usize {
        let mut words: Vec<&str> = self.hits(domain, head).map(|t| self.syntax.lemma(t)).collect();
        let share = words.len() as f32 / self.window(head).len().max(1) as f32;
        words.sort_unstable();
        words.dedup();
        if share < 0.03 { 0 } else { words.len() }
    }

    fn words(&self, domain: &str, head: usize) -> String {
        self.hits(domain, head).map(|t| self.syntax.text(t)).collect::<Vec<_>>().join(", ")
    }

    /// A work of fiction is the subject of a verb near by, or stands in an opening "in the ...".
    fn is_fiction(&self, head: usize) -> bool {
        let s = self.syntax;
        let telling = self.hits("fiction", head).any(|t| {
            let opening = s.dep(t) == "pobj" && s.lower(s.head(t)) == "in" && s.head(s.head(t)) > t;
            s.dep(t) == "nsubj" && s.pos(s.head(t)) == "VERB" || opening
        });
        telling && self.count("fiction", head) >= 1 || self.count("fiction", head) >= 3
    }
}

fn all(draft: &Draft) -> impl Iterator<Item = &Participant> {
    draft.sources.iter().chain(&draft.targets)
}

fn is_public(p: &Participant) -> bool {
    p.actor.sectors.iter().any(|s| PUBLIC.contains(&s.as_str()))
        || p.actor.country.as_deref().is_some_and(|c| matches!(c, "UNO" | "EUR" | "IGO" | "IMG" | "NGO"))
}

fn is_private(p: &Participant) -> bool {
    p.actor.sector().is_some_and(|s| PRIVATE.contains(&s))
}

/// Doings of private people among themselves or alone. A protest is a public act of private people, violence across
/// borders is no private matter, and unions, clergy and groups that speak up do so in public.
fn private(draft: &Draft) -> bool {
    use Plover::*;
    let doers = draft.sources.iter().all(is_private);
    let others = draft.targets.iter().all(is_private);
    let public = match draft.plover {
        Protest => true,
        Assault => abroad(draft),
        Accuse | Request | Threaten | Reject | Support => draft.sources.iter().any(speaks_up),
        _ => false,
    };
    doers && others && !public
}

/// Doers and recipients are of different countries.
fn abroad(draft: &Draft) -> bool {
    let from =
        |list: &'_ [Participant]| list.iter().filter_map(|p| p.actor.country.clone()).collect::<Vec<_>>();
    let (doers, others) = (from(&draft.sources), from(&draft.targets));
    !doers.is_empty() && !others.is_empty() && !others.iter().any(|c| doers.contains(c))
}

fn speaks_up(p: &Participant) -> bool {
    p.actor.sector().is_some_and(|s| matches!(s, "LAB" | "REL" | "SOC"))
}

/// A type that needs two sides has one.
fn half_empty(draft: &Draft) -> Option<&'static str> {
    let sides = draft.sources.len() + draft.targets.len();
    if draft.mutual && sides < 2 && !matches!(draft.plover, Plover::Consult | Plover::Agree) {
        return Some("a mutual act with one side");
    }
    let needs = matches!(draft.plover, Plover::Aid | Plover::Cooperate | Plover::Sanction | Plover::Assault);
    let bound = draft.hit.bound.iter().any(|b| b.role == Role::Tgt);
    // Violence may be told by its means alone ("used tear gas"), when all of the frame is there.
    let by_means = draft.plover == Plover::Assault
        && draft.hit.slips.is_empty()
        && draft.hit.used.len() > 1 + draft.sources.len()
        && draft.sources.iter().any(is_public);
    if by_means {
        return None;
    }
    if needs && draft.targets.is_empty() && sides < 2 && !bound {
        return Some("no recipient");
    }
    None
}
