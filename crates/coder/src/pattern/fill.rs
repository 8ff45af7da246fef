//! A token and a slot to whether the one may fill the other: actor classes, noun classes, everyday verbs.

use super::frame::{Role, Slot};
use super::lexicon::Checked;
use super::matching::{Fit, Miss, Need, Scene, State};
use crate::event::predicate::{Arg, Kind, Predicate};
use record::Attachment;
use smol_str::SmolStr;

impl Scene<'_> {
    /// True when `token` may fill `slot`.
    pub(super) fn takes(&self, slot: &Slot, token: usize, blocks: bool, places: bool) -> Fit {
        let participants = self.cast.participants(token, Attachment::Direct, places);
        let actors: Vec<&record::Actor> = participants.iter().map(|p| &p.actor).collect();
        let classes = self.lexicon.classes();
        let doer = matches!(slot.role, Role::Src | Role::Both) && !blocks;
        // "on Tuesday" is no recipient.
        if actors.is_empty() && matches!(self.syntax.entity_label(token), "DATE" | "TIME") {
            return Err(Miss::Type);
        }
        if slot.classes.is_empty() {
            return if doer && actors.is_empty() { Err(Miss::Doer) } else { Ok(()) };
        }
        let s = self.syntax;
        let crowd = |c: &SmolStr| matches!(c.as_str(), "crowd" | "person");
        // "Israelis", "the Lebanese": many people of a country.
        let many = match s.tag(token) {
            "NNPS" | "NNS" => true,
            "JJ" => !matches!(s.dep(token), "amod" | "compound" | "nmod"),
            _ => false,
        };
        let demonym = many
            && actors
                .iter()
                .any(|a| matches!(a.kind, record::ActorKind::Country | record::ActorKind::People));
        if demonym && slot.classes.iter().any(crowd) {
            return Ok(());
        }
        let located =
            || self.cast.place(token).is_some() || self.cast.mention(token).is_some_and(|(_, m)| m.as_place);
        if slot.classes.iter().any(|c| c == "territory") && located() {
            return Ok(());
        }
        let things = slot.classes.iter().any(|c| classes.takes_things(c));
        if doer && actors.is_empty() && !things {
            return Err(Miss::Doer);
        }
        let content = self.cast.content(token);
        let words = self.noun_words(content);
        let words: Vec<&str> = words.iter().map(SmolStr::as_str).collect();
        let agent = || s.pos(content) == "NOUN" && self.cast.is_person_noun(s.lemma(content));
        let person = |c: &SmolStr| c == "person" && slot.role == Role::Obj && agent();
        let fits = slot
            .classes
            .iter()
            .any(|c| classes.actor_in(c, &actors) || classes.noun_in(c, &words) || person(c));
        if fits { Ok(()) } else { Err(Miss::Type) }
    }

    /// True when the phrase of `token` may be the doer of a sense whose doers are of `classes`.
    pub fn may_do(&self, classes: &[SmolStr], token: usize) -> bool {
        let slot = Slot { role: Role::Src, classes: classes.to_vec(), owns: Vec::new() };
        classes.is_empty() || self.takes(&slot, token, false, false).is_ok()
    }

    /// A noun's lemma and form, alone and with the word before it.
    fn noun_words(&self, t: usize) -> Vec<SmolStr> {
        let s = self.syntax;
        let lemma = SmolStr::new(s.lemma(t).to_lowercase());
        let mut out = vec![lemma.clone(), s.lower(t).into()];
        let mut before = t;
        if before > 0 && s.text(before - 1) == "-" {
            before -= 1;
        }
        if before > 0 {
            out.push(SmolStr::new(format!("{} {lemma}", s.lower(before - 1))));
        }
        out
    }

    /// A bare frame of an everyday verb needs an actor as its object.
    pub(super) fn bare_needs_actor(&self, p: &Predicate, sense: &Checked, st: &State<'_>) -> Fit {
        let everyday = self.lexicon.classes().list("everyday-verb");
        let bare = !st.blocks
            && p.kind == Kind::Verb
            && p.lemmas.first().is_some_and(|l| everyday.contains(l))
            && !st.bound.iter().any(|b| b.owner)
            && st.used.len() <= 1 + st.bound.iter().map(|b| b.args.len()).sum::<usize>()
            && st.act.is_none();
        if !bare {
            return Ok(());
        }
        let recipient = st.bound.iter().find(|b| b.role == Role::Tgt);
        let typed = sense.frame.slots().iter().any(|s| s.role != Role::Src && !s.classes.is_empty());
        match recipient {
            Some(b)
                if !typed
                    && !b.args.iter().any(|a| !self.cast.participants(a.token, a.how, true).is_empty()) =>
            {
                Err(Miss::Type)
            }
            _ => Ok(()),
        }
    }

    /// True when one of the phrases is of an actor, or holds one, as `need` asks.
    pub fn names(&self, args: &[Arg], need: Need) -> bool {
        need == Need::Anything
            || args.iter().any(|a| {
                let own = self.cast.participants(a.token, a.how, true);
                let inside = self.cast.inside(a.token);
                own.iter().chain(&inside).any(|p| need == Need::Actor || p.actor.country.is_some())
            })
    }

    /// Number of countries that the arguments name.
    pub(super) fn countries(&self, args: &[Arg]) -> usize {
        let mut list: Vec<_> = args
            .iter()
            .flat_map(|a| self.cast.participants(a.token, a.how, true))
            .filter_map(|p| p.actor.country)
            .collect();
        list.sort_unstable();
        list.dedup();
        list.len()
    }
}
