//! What a draft without a doer, or a doer without a country, takes from around: the speaker, the crowd or the state of the
//! place, the country of those beside it.

use super::draft::Draft;
use super::predicate::Kind;
use super::recipient::country_participant;
use super::slots::Slots;
use crate::pattern::frame::Role;
use record::{ActorKind, ActorMention, Attachment, Participant, Plover, Reason, SmolStr};

/// Sectors of nameless roles that take the country of their surroundings; a nameless "coach" or "baker" does not.
pub(super) const LENDS: [&str; 11] =
    ["GOV", "MIL", "COP", "LEG", "JUD", "SPY", "REB", "PRM", "UAF", "PTY", "OPP"];

/// Armed people of whatever country.
fn is_force(p: &Participant) -> bool {
    p.actor.sector().is_some_and(|s| matches!(s, "MIL" | "COP" | "PRM" | "REB" | "UAF"))
}

impl Slots<'_> {
    /// "It is vital that X does": what is judged or asked without a doer is judged or asked by the one who speaks.
    pub(super) fn implicit_speaker(&self, draft: &mut Draft) {
        use Plover::*;
        let spoken = matches!(draft.plover, Request | Support | Accuse | Reject | Threaten | Concede | Agree);
        let adjective = self.scene.predicates.at(draft.core).is_some_and(|p| p.kind == Kind::Adjective);
        if !draft.sources.is_empty() || !spoken || !adjective {
            return;
        }
        let Some(speaker) = self.cast().teller_around(draft.core) else { return };
        draft.targets.retain(|t| !self.among(t, std::slice::from_ref(&speaker)));
        draft.why.push(Reason::rule("coder/speaker").with_note(speaker.actor.name.clone()));
        draft.sources.push(speaker);
    }

    /// "Protests broke out in the Chadian capital": a crowd of that country.
    pub(super) fn implicit_crowd(&self, draft: &mut Draft) {
        if draft.plover != Plover::Protest || !draft.sources.is_empty() {
            return;
        }
        let verb = self.scene.predicates.at(draft.core).and_then(|p| p.governor).map(|g| g.0);
        let mut words = [Some(draft.head), Some(draft.core), verb].into_iter().flatten();
        let Some(country) = words.find_map(|h| self.clause_country(h)) else { return };
        let mut crowd = country_participant(country, Attachment::Clause);
        crowd.actor.sectors = vec!["CVL".into()];
        crowd.actor.kind = ActorKind::People;
        draft.why.push(Reason::rule("coder/crowd-of-place").with_note(crowd.actor.code()));
        draft.sources.push(crowd);
    }

    /// "A curfew was imposed in Manipur": what only a state does, told without a doer, is done by the state of the place.
    pub(super) fn implicit_state(&self, draft: &mut Draft) {
        if !draft.sources.is_empty() || !draft.flags.iter().any(|f| f == "of-state") {
            return;
        }
        let verb = self.scene.predicates.at(draft.core).and_then(|p| p.governor).map(|g| g.0);
        let mut words = [draft.object, Some(draft.core), verb].into_iter().flatten();
        let Some(country) = words.find_map(|w| self.clause_country(w)) else { return };
        let mut state = country_participant(country, Attachment::Clause);
        state.actor.sectors = vec!["GOV".into()];
        draft.why.push(Reason::rule("coder/state-of-place").with_note(state.actor.code()));
        draft.sources.push(state);
    }

    /// "Turkish troops were sent", "teams from Chile were flown in": told without a sender, they are sent by those they are.
    pub(super) fn implicit_sender(&self, draft: &mut Draft) {
        let core = self.scene.predicates.at(draft.core).filter(|p| p.kind == Kind::Verb && p.passive);
        let Some(core) = core.filter(|_| draft.sources.is_empty()) else { return };
        let found: Vec<Participant> = match draft.plover {
            Plover::Mobilize => self.all(&core.obj, false),
            Plover::Aid => {
                let sent = draft.hit.bound.iter().filter(|b| b.role == Role::Obj).flat_map(|b| b.args.iter());
                sent.flat_map(|a| self.cast().inside(a.token)).collect()
            }
            _ => return,
        };
        let known = found.into_iter().filter(|p| p.actor.country.is_some() || is_force(p));
        draft.sources = known.filter(|p| !self.among(p, &draft.targets)).collect();
        if !draft.sources.is_empty() {
            draft.why.push(Reason::rule("coder/sender-of-object"));
        }
    }

    /// A nameless role takes the country of those coordinated with it, of the place in its clause, of the last such role
    /// that had one, else the document's main one.
    pub(super) fn lend_country(&self, head: usize, p: &mut Participant, plover: Plover) -> bool {
        let public = p.actor.sector().is_some_and(|s| LENDS.contains(&s)) || plover == Plover::Protest;
        let public = public || plover == Plover::Aid && p.actor.sector() != Some("REF");
        if !matches!(p.actor.kind, ActorKind::Role | ActorKind::Person | ActorKind::Unknown) || !public {
            return false;
        }
        let found = self
            .country_of_company(p)
            .or_else(|| self.clause_country(self.head_of(p)?))
            .or_else(|| self.clause_country(head))
            .or_else(|| self.country_of_namesake(p))
            .or_else(|| self.main_country.clone());
        let Some(country) = found else { return false };
        p.actor.country = Some(country);
        p.how = Attachment::Document;
        true
    }

    /// The head token of the mention of `p`.
    fn head_of(&self, p: &Participant) -> Option<usize> {
        self.cast().mentions().actors.get(p.mention? as usize).map(|m| m.head as usize)
    }

    /// "the Palestinian leader and 80 officials": the adjective before the first holds for the second.
    fn country_of_company(&self, p: &Participant) -> Option<SmolStr> {
        let s = self.scene.syntax;
        let mentions = &self.cast().mentions().actors;
        let head = mentions.get(p.mention? as usize)?.head as usize;
        let first = (s.dep(head) == "conj").then(|| s.head(head))?;
        let other = mentions.iter().find(|m| m.head as usize == first && m.within.is_none())?;
        other.actors.iter().find_map(|a| a.country.clone().filter(|_| a.kind == ActorKind::Role))
    }

    /// "Sri Lankan police … The police": the country of the last mention before with the same head word.
    fn country_of_namesake(&self, p: &Participant) -> Option<SmolStr> {
        let s = self.scene.syntax;
        let mentions = &self.cast().mentions().actors;
        let at = p.mention? as usize;
        let head = mentions.get(at)?.head as usize;
        let alike = |m: &&ActorMention| (m.head as usize) < head && s.lemma(m.head as usize) == s.lemma(head);
        let last = mentions.iter().filter(alike).filter(|m| m.actors.iter().any(|a| a.country.is_some()));
        last.max_by_key(|m| m.head)?.actors.iter().find_map(|a| a.country.clone())
    }

    /// Country of a place in the clause of `head`. A sea is of no country, whichever it is called after.
    pub(super) fn clause_country(&self, head: usize) -> Option<SmolStr> {
        let s = self.scene.syntax;
        for c in s
            .children_with(head, &["prep"])
            .filter(|&c| matches!(s.lower(c), "in" | "at" | "near" | "across" | "outside" | "on"))
        {
            let sea = |&o: &usize| {
                let place =
                    self.cast().place(o).and_then(|i| self.cast().mentions().places[i].place.as_ref());
                place.is_some_and(|p| p.precision == "sea")
            };
            for o in s.children_with(c, &["pobj"]).filter(|o| !sea(o)) {
                let mut found = self.cast().participants(o, Attachment::Clause, true);
                found.extend(self.cast().inside(o));
                if let Some(country) = found.into_iter().find_map(|p| p.actor.country) {
                    return Some(country);
                }
            }
        }
        None
    }
}
