//! People that no name tells: numbers that act, and "our soldiers" in a quotation.

use super::cast::Cast;
use record::{Actor, ActorKind, Attachment, Participant};

impl Cast<'_> {
    /// "our soldiers" in a quotation are the speaker's.
    pub(super) fn of_speaker(&self, t: usize, mut named: Vec<Participant>) -> Vec<Participant> {
        let s = self.syntax;
        let own = s.children_with(t, &["poss"]).find(|&c| self.first_person.contains(s.lower(c)));
        let Some(country) = own.and_then(|c| self.speaker_around(c)).and_then(|p| p.actor.country) else {
            return named;
        };
        let named_itself =
            s.children_with(t, &["amod", "compound", "nmod"]).any(|c| self.mention(c).is_some());
        let people = |p: &Participant| matches!(p.actor.kind, ActorKind::Role | ActorKind::People);
        if !named_itself {
            named.iter_mut().filter(|p| people(p)).for_each(|p| p.actor.country = Some(country.clone()));
        }
        named
    }

    /// "Thousands marched", "some 10,000 rallied": a number that acts stands for people.
    pub(super) fn nameless_crowd(&self, t: usize) -> Option<Participant> {
        let s = self.syntax;
        let number = s.pos(t) == "NUM" && s.text(t).chars().filter(char::is_ascii_digit).count() > 2;
        let acts = matches!(s.dep(t), "nsubj" | "pobj") && s.pos(s.head(t)) != "AUX";
        let alone = s.child(t, "prep").is_none_or(|p| s.lower(p) != "of");
        if !acts || !alone || !number && !self.crowds.contains(s.lower(t)) {
            return None;
        }
        let actor = Actor {
            name: s.text(t).into(),
            sectors: vec!["CVL".into()],
            kind: ActorKind::Role,
            ..Actor::default()
        };
        let span = Some(s.token(t).span);
        Some(Participant { mention: None, span, actor, how: Attachment::Direct })
    }
}
