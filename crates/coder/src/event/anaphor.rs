//! "The warning", "such exercises", "their talks": an event noun that takes up an event told before.

use super::cast::countries;
use super::draft::Draft;
use super::predicate::Kind;
use super::slots::Slots;
use crate::pattern::frame::Role;
use crate::pattern::matching::{Bound, Scene};
use record::{Attachment, Participant, Plover, Reason};
use std::collections::{BTreeMap, BTreeSet};

/// Looks back over the drafts of a page.
pub struct Anaphora<'a> {
    /// What is looked at.
    pub scene: &'a Scene<'a>,
    /// Who is who.
    pub slots: &'a Slots<'a>,
}

impl Anaphora<'_> {
    /// Ties nouns that point back to the drafts that they take up, and gives acts upon an event its doers as recipients.
    pub fn run(&self, drafts: &mut BTreeMap<usize, Draft>) {
        let mut earlier: Vec<Draft> = Vec::with_capacity(drafts.len());
        let mut heads: Vec<usize> = Vec::with_capacity(drafts.len());
        for (head, mut draft) in std::mem::take(drafts) {
            self.take_up(&mut draft, &earlier);
            self.takes_part(&mut draft, &earlier);
            self.helped_again(&mut draft, &earlier);
            self.recipient(&mut draft, &earlier);
            heads.push(head);
            earlier.push(draft);
        }
        drafts.extend(heads.into_iter().zip(earlier));
        self.accusers(drafts);
    }

    /// "Norway accused Russia of jamming signals": of a deed without recipient the accuser is the one it was done to.
    fn accusers(&self, drafts: &mut BTreeMap<usize, Draft>) {
        let accusing: BTreeMap<usize, Vec<Participant>> = drafts
            .values()
            .filter(|d| d.plover == Plover::Accuse)
            .map(|d| {
                (
                    d.head,
                    d.sources.iter().map(|p| Participant { how: Attachment::Clause, ..p.clone() }).collect(),
                )
            })
            .collect();
        for draft in drafts.values_mut().filter(|d| d.targets.is_empty() && !d.mutual) {
            let Some(sources) = draft.embedded.filter(|e| !e.irrealis).and_then(|e| accusing.get(&e.outer))
            else {
                continue;
            };
            let bound = draft.hit.bound.iter().any(|b| b.role == Role::Tgt && self.names(b));
            if !bound {
                draft.targets =
                    sources.iter().filter(|p| !self.slots.among(p, &draft.sources)).cloned().collect();
                draft.why.push(Reason::rule("coder/target-accuser"));
            }
        }
    }

    /// True when the slot's filler names somebody, itself or inside its phrase.
    fn names(&self, bound: &Bound) -> bool {
        let cast = self.scene.cast;
        bound
            .args
            .iter()
            .any(|a| !cast.participants(a.token, a.how, true).is_empty() || !cast.inside(a.token).is_empty())
    }

    /// A pointing noun without doers of its own is the nearest earlier event of its type.
    fn take_up(&self, draft: &mut Draft, earlier: &[Draft]) {
        if draft.head != draft.core || !self.points_back(draft.core) {
            return;
        }
        let subject = self.clause_subject(draft.core);
        let pronoun = self.pronoun_owner(draft.core);
        if !draft.sources.is_empty() && !pronoun {
            return;
        }
        let involved = |d: &Draft| match (&subject, pronoun) {
            (Some(s), true) => self.slots.among(s, &d.sources) || self.slots.among(s, &d.targets),
            _ => true,
        };
        let found = earlier
            .iter()
            .rev()
            .find(|d| d.plover == draft.plover && !d.sources.is_empty() && d.points.is_none() && involved(d));
        let Some(found) = found else { return };
        draft.points = Some(found.head);
        draft.sources = from_elsewhere(&found.sources);
        draft.targets = from_elsewhere(&found.targets);
        draft.mutual = found.mutual;
        let note = self.scene.syntax.text(found.head).to_owned();
        draft.why.push(Reason::rule("coder/takes-up").with_note(note));
    }

    /// "They also discussed …" after "A met B": what is done together is done by those who met, unless the pronoun has
    /// a subject of its own to take up since.
    fn takes_part(&self, draft: &mut Draft, earlier: &[Draft]) {
        let s = self.scene.syntax;
        let mentions = &self.scene.cast.mentions().actors;
        let joint = matches!(draft.plover, Plover::Consult | Plover::Agree | Plover::Cooperate);
        let [only, ..] = &draft.sources[..] else { return };
        let Some(pronoun) = only.mention.and_then(|i| mentions.get(i as usize)) else { return };
        let plural = matches!(s.lower(pronoun.head as usize), "they" | "both");
        if !joint || !plural || draft.targets.iter().chain(&draft.sources).any(|p| p.mention != only.mention)
        {
            return;
        }
        let line = |t: usize| s.sentence(t).unwrap_or_default();
        let met = |d: &&Draft| {
            d.plover == Plover::Consult
                && line(draft.head) - line(d.head).min(line(draft.head)) <= 4
                && sides(d) > 1
        };
        let Some(found) = earlier.iter().rev().find(met).filter(|_| sides(draft) < 2) else { return };
        let named = pronoun.antecedent.and_then(|i| mentions.get(i as usize)).map(|m| m.head as usize);
        let subject = |t: usize| matches!(s.dep(t), "nsubj" | "nsubjpass") && line(t) > line(found.head);
        if named.is_some_and(subject) {
            return;
        }
        draft.sources = from_elsewhere(&[found.sources.clone(), found.targets.clone()].concat());
        draft.mutual = true;
        let note = s.text(found.head).to_owned();
        draft.why.push(Reason::rule("coder/takes-part").with_note(note));
    }

    /// "B sent firefighters" after "A's rescuers reached C": help without a recipient is for those helped just before.
    fn helped_again(&self, draft: &mut Draft, earlier: &[Draft]) {
        let line = |t: usize| self.scene.syntax.sentence(t).unwrap_or_default();
        if draft.plover != Plover::Aid || !draft.targets.is_empty() || draft.sources.is_empty() {
            return;
        }
        let own = |p: &Participant| draft.sources.iter().any(|q| q.actor.country == p.actor.country);
        let other = |p: &Participant| p.actor.country.is_some() && !own(p);
        let near = |d: &&Draft| {
            d.plover == Plover::Aid
                && line(draft.head).abs_diff(line(d.head)) <= 3
                && d.targets.iter().any(other)
        };
        let Some(found) = earlier.iter().rev().find(near) else { return };
        draft.targets = from_elsewhere(&found.targets);
        let note = self.scene.syntax.text(found.head).to_owned();
        draft.why.push(Reason::rule("coder/helped-again").with_note(note));
    }

    /// "rejected the warning", "condemns such exercises": the recipient is who warned, who exercised.
    fn recipient(&self, draft: &mut Draft, earlier: &[Draft]) {
        use Plover::*;
        let about =
            matches!(draft.plover, Accuse | Reject | Support | Threaten | Request | Concede | Protest);
        if !about || draft.targets.iter().any(|t| t.actor.country.is_some()) || draft.sources.is_empty() {
            return;
        }
        let Some(noun) = draft.object.filter(|&o| self.points_back(o)) else {
            self.said_again(draft, earlier);
            return;
        };
        let (types, any) = (self.types(noun), self.is_listed(noun, "shell-noun"));
        let of_others = |d: &&Draft| {
            (any || types.contains(&d.plover))
                && d.sources.iter().any(|p| p.actor.country.is_some())
                && !d.sources.iter().any(|p| self.slots.among(p, &draft.sources))
        };
        // An agreement is of two sides.
        let joint = |d: &&Draft| of_others(d) && (d.mutual || d.sources.len() + d.targets.len() > 1);
        let agreement = self.scene.lexicon.classes().noun_in("agreement", &[self.scene.syntax.lemma(noun)]);
        let first = earlier.iter().rev().find(|d| agreement && joint(d));
        let Some(found) = first.or_else(|| earlier.iter().rev().find(of_others)) else { return };
        draft.targets = from_elsewhere(&found.sources);
        let note = self.scene.syntax.text(found.head).to_owned();
        draft.why.push(Reason::rule("coder/target-of-event").with_note(note));
    }

    /// "We warn against …" after "Lavrov cautioned the US against …": the same speaker says it to the same ones.
    fn said_again(&self, draft: &mut Draft, earlier: &[Draft]) {
        use Plover::*;
        let to_somebody = matches!(draft.plover, Threaten | Request) && draft.targets.is_empty();
        let speaks = |id: &str| !id.is_empty() && draft.sources.iter().any(|q| q.actor.id == id);
        let same = |d: &&Draft| {
            d.plover == draft.plover
                && d.targets.iter().any(|t| t.actor.country.is_some())
                && d.sources.iter().any(|p| speaks(&p.actor.id))
        };
        let Some(found) = earlier.iter().rev().find(same).filter(|_| to_somebody) else { return };
        draft.targets = from_elsewhere(&found.targets);
        let note = self.scene.syntax.text(found.head).to_owned();
        draft.why.push(Reason::rule("coder/said-again").with_note(note));
    }

    /// Types that the frames of a noun may code.
    fn types(&self, noun: usize) -> BTreeSet<Plover> {
        let lexicon = self.scene.lexicon;
        let lemmas = self.scene.predicates.at(noun).map(|p| p.lemmas.clone()).unwrap_or_default();
        let coded = lemmas.iter().flat_map(|l| lexicon.candidates(l));
        let mut out: BTreeSet<Plover> = coded.filter_map(|&id| lexicon.sense(id)?.plover).collect();
        let lemma = self.scene.syntax.lemma(noun);
        if lexicon.classes().noun_in("agreement", &[lemma]) {
            out.extend([Plover::Agree, Plover::Support, Plover::Cooperate]);
        }
        if lexicon.classes().noun_in("sanction", &[lemma]) {
            out.insert(Plover::Sanction);
        }
        out
    }

    fn is_listed(&self, noun: usize, list: &str) -> bool {
        self.scene.lexicon.classes().list(list).contains(self.scene.syntax.lemma(noun))
    }

    /// True for a noun with an article, demonstrative or possessive pronoun that points back.
    fn points_back(&self, noun: usize) -> bool {
        let s = self.scene.syntax;
        let pointers = self.scene.lexicon.classes().list("event-pointer");
        let event = self.scene.predicates.at(noun).is_some_and(|p| p.kind == Kind::Noun);
        let other = s.pos(noun) == "NOUN"
            && (self.is_listed(noun, "shell-noun")
                || self.scene.lexicon.classes().noun_in("agreement", &[s.lemma(noun)]));
        (event || other)
            && s.children(noun).any(|c| {
                let pronoun = s.dep(c) == "poss" && s.tag(c) == "PRP$";
                pronoun || matches!(s.dep(c), "det" | "amod" | "predet") && pointers.contains(s.lower(c))
            })
    }

    fn pronoun_owner(&self, noun: usize) -> bool {
        let s = self.scene.syntax;
        s.children_with(noun, &["poss"]).any(|c| s.tag(c) == "PRP$")
    }

    /// The subject of the clause around a noun, when the noun is an adjunct of it.
    fn clause_subject(&self, noun: usize) -> Option<Participant> {
        let s = self.scene.syntax;
        let verb = s.ancestors(noun).find(|&a| s.pos(a) == "VERB")?;
        let subject = self.scene.predicates.at(verb)?.surface.first()?;
        self.scene.cast.participants(subject.token, subject.how, false).into_iter().next()
    }
}

/// Number of countries that take part.
fn sides(draft: &Draft) -> usize {
    countries(draft.sources.iter().chain(&draft.targets)).len()
}

fn from_elsewhere(list: &[Participant]) -> Vec<Participant> {
    list.iter().map(|p| Participant { how: Attachment::Document, ..p.clone() }).collect()
}
