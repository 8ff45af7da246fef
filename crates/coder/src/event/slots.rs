//! Bound slots to participants: who fills them, what is borrowed from around when nobody does.

use super::cast::{Cast, same};
use super::draft::Draft;
use super::predicate::{Arg, Kind, Link, Predicate};
use crate::pattern::frame::Role;
use crate::pattern::matching::{Bound, Hit, Scene};
use hashbrown::HashMap;
use record::{ActorKind, Attachment, Participant, Plover, Reason, SmolStr};

/// Fills the participants of events.
pub struct Slots<'a> {
    /// What is looked at.
    pub scene: &'a Scene<'a>,
    pub(super) main_country: Option<SmolStr>,
}

/// Participants of a hit before anything is borrowed.
#[derive(Debug, Default)]
pub struct Roles {
    /// Doers.
    pub sources: Vec<Participant>,
    /// Recipients.
    pub targets: Vec<Participant>,
    /// True when the frame names all alike.
    pub mutual: bool,
    /// The argument in which the recipient should be found.
    pub object: Option<usize>,
}

impl<'a> Slots<'a> {
    /// Prepares the document's context.
    pub fn new(scene: &'a Scene<'a>) -> Self {
        let mut count: HashMap<SmolStr, usize> = HashMap::new();
        for m in &scene.cast.mentions().actors {
            for c in m.actors.iter().filter_map(|a| a.country.clone()) {
                *count.entry(c).or_default() += 1;
            }
        }
        let main_country = count.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(c, _)| c);
        Slots { scene, main_country }
    }

    pub(super) fn cast(&self) -> &Cast<'a> {
        self.scene.cast
    }

    fn doer_of_noun(&self, noun: usize) -> Vec<Arg> {
        let scene = self.scene;
        scene.predicates.noun_doer(scene.syntax, scene.cast, scene.lexicon.classes(), noun)
    }

    /// Logical subjects of `p` as participants.
    pub fn subjects(&self, p: &Predicate) -> Vec<Participant> {
        let args = if p.kind == Kind::Noun && p.subj.is_empty() {
            self.doer_of_noun(p.head)
        } else {
            p.subj.clone()
        };
        self.all(&args, false)
    }

    pub(super) fn all(&self, args: &[Arg], places: bool) -> Vec<Participant> {
        let mut out: Vec<Participant> = Vec::new();
        for a in args {
            for p in self.cast().participants(a.token, a.how, places) {
                if !out.iter().any(|o| same(&o.actor, &p.actor)) {
                    out.push(p);
                }
            }
        }
        out
    }

    /// True when `p` is one of `list`: the same mention or the same actor.
    pub fn among(&self, p: &Participant, list: &[Participant]) -> bool {
        list.iter().any(|o| p.mention.is_some() && o.mention == p.mention || same(&o.actor, &p.actor))
    }

    /// Participants of the slots that `hit` bound at predicate `p`.
    pub fn roles(&self, p: &Predicate, hit: &Hit) -> Roles {
        let mut roles = Roles::default();
        for bound in &hit.bound {
            match bound.role {
                Role::Src => roles.sources = self.doers(bound),
                Role::Both => {
                    roles.mutual = true;
                    roles.sources = self.doers(bound);
                    if roles.sources.len() < 2 {
                        roles.targets = self.partners(p, hit, &roles.sources);
                    }
                }
                Role::Tgt => {
                    roles.object = bound.args.first().map(|a| a.token);
                    roles.targets = self.recipients(bound);
                }
                // "gathered in Prague": the place of a meeting is no object of it.
                Role::Obj => {
                    let token = bound.args.first().map(|a| a.token).filter(|&t| !self.says_where(t));
                    roles.object = roles.object.or(token);
                }
            }
        }
        let object = roles.object.or(hit.act).or(p.obj.first().map(|a| a.token));
        roles.object = object.or_else(|| self.last_word(p, hit));
        if roles.sources.is_empty() && p.kind == Kind::Noun {
            let doers = self.doer_of_noun(p.head);
            // "during a visit to Georgia the hiker fell ill": who is found elsewhere must be of the right kind, too.
            let classes = self.scene.lexicon.sense(hit.sense).map_or(&[][..], |s| &s.doer);
            let free: Vec<Arg> = doers
                .into_iter()
                .filter(|a| self.scene.may_do(classes, a.token))
                .filter(|a| {
                    !hit.bound
                        .iter()
                        .any(|b| b.role == Role::Tgt && b.args.iter().any(|x| x.token == a.token))
                })
                .collect();
            roles.sources = self.all(&free, false);
        }
        let sources = roles.sources.clone();
        if roles.mutual && roles.sources.len() < 2 && roles.targets.is_empty() {
            roles.targets = self.company(p);
        }
        roles.targets.retain(|t| !self.among(t, &sources));
        roles
    }

    /// "threatened to end its mediation": the last noun that the frame names, when it has no argument.
    fn last_word(&self, p: &Predicate, hit: &Hit) -> Option<usize> {
        let s = self.scene.syntax;
        let bound = |t: usize| hit.bound.iter().any(|b| b.args.iter().any(|a| a.token == t));
        hit.used.iter().rev().copied().find(|&t| t != p.head && s.pos(t) == "NOUN" && !bound(t))
    }

    /// A place under "in" or "at".
    fn says_where(&self, t: usize) -> bool {
        let s = self.scene.syntax;
        let under = s.dep(t) == "pobj" && matches!(s.lower(s.head(t)), "in" | "at");
        under && self.cast().place(t).is_some()
    }

    /// "joined the US Secretary for talks": the object of the verb is the other side of the talks.
    fn company(&self, p: &Predicate) -> Vec<Participant> {
        let s = self.scene.syntax;
        let Some((up, Link::Oblique)) = p.governor.filter(|_| p.kind == Kind::Noun) else {
            return Vec::new();
        };
        let purpose =
            s.dep(p.head) == "pobj" && matches!(s.lower(s.head(p.head)), "for" | "in" | "at" | "during");
        let objects =
            self.scene.predicates.at(up).filter(|g| purpose && g.kind == Kind::Verb).map(|g| g.obj.clone());
        self.all(&objects.unwrap_or_default(), false)
    }

    fn doers(&self, bound: &Bound) -> Vec<Participant> {
        if !bound.owner {
            return self.all(&bound.args, false);
        }
        let own = self.all(&bound.args, false);
        if own.iter().any(|p| p.actor.country.is_some()) {
            return own;
        }
        let inside: Vec<Participant> = bound.args.iter().flat_map(|a| self.cast().inside(a.token)).collect();
        if inside.is_empty() { own } else { inside }
    }

    fn recipients(&self, bound: &Bound) -> Vec<Participant> {
        let own = if bound.owner { Vec::new() } else { self.all(&bound.args, bound.places) };
        if !own.is_empty() {
            return self.without_places(own);
        }
        let mut out: Vec<Participant> = Vec::new();
        for p in bound.args.iter().flat_map(|a| self.cast().inside(a.token)) {
            if !out.iter().any(|o| same(&o.actor, &p.actor)) {
                out.push(p);
            }
        }
        if bound.owner && out.is_empty() {
            out = self.all(&bound.args, bound.places);
        }
        self.without_places(out)
    }

    /// "North Korea's city of Wonsan": the place is no second recipient beside its country.
    fn without_places(&self, mut out: Vec<Participant>) -> Vec<Participant> {
        let mentions = self.cast().mentions();
        let place = |p: &Participant| {
            p.mention.is_none_or(|i| mentions.actors.get(i as usize).is_some_and(|m| m.as_place))
                || p.actor.kind == ActorKind::Metonym
        };
        let named: Vec<SmolStr> =
            out.iter().filter(|p| !place(p)).filter_map(|p| p.actor.country.clone()).collect();
        out.retain(|p| !place(p) || !p.actor.country.as_ref().is_some_and(|c| named.contains(c)));
        out
    }

    /// The other side of a mutual act: "with X", "between X and Y".
    fn partners(&self, p: &Predicate, hit: &Hit, sources: &[Participant]) -> Vec<Participant> {
        let mut anchors = vec![p.head];
        anchors.extend(hit.used.iter().copied());
        anchors.extend(p.obj.iter().map(|a| a.token));
        let mut out: Vec<Participant> = Vec::new();
        for a in anchors {
            for (noun, _) in self.scene.preps_of(a, &["with", "between", "among", "against"]) {
                for q in self.cast().participants(noun, Attachment::Direct, true) {
                    if !self.among(&q, sources) && !out.iter().any(|o| same(&o.actor, &q.actor)) {
                        out.push(q);
                    }
                }
            }
        }
        out
    }

    /// Completes a draft: recipients from inside the object or the context, countries of nameless roles.
    pub fn complete(&self, draft: &mut Draft) {
        self.implicit_speaker(draft);
        self.implicit_crowd(draft);
        self.implicit_state(draft);
        self.implicit_sender(draft);
        for side in [&mut draft.sources, &mut draft.targets] {
            for p in side.iter_mut().filter(|p| p.actor.country.is_none()) {
                if self.lend_country(draft.core, p, draft.plover) {
                    draft
                        .why
                        .push(Reason::rule("coder/country-from-context").with_note(p.actor.name.clone()));
                }
            }
        }
        self.drop_self(draft);
        self.drop_places(draft);
        self.drop_own_things(draft);
        if !draft.targets.iter().any(|t| t.actor.country.is_some()) && !draft.mutual {
            self.conditional_target(draft);
        }
        if !draft.targets.iter().any(|t| t.actor.country.is_some()) && !draft.mutual {
            self.implicit_target(draft);
        }
    }

    /// Nobody threatens, accuses or backs the country that he speaks for.
    fn drop_self(&self, draft: &mut Draft) {
        use Plover::*;
        if matches!(draft.plover, Threaten | Accuse | Request | Reject | Support | Agree | Consult) {
            let own: Vec<SmolStr> = draft.sources.iter().filter_map(|p| p.actor.country.clone()).collect();
            draft.targets.retain(|t| {
                let state = t.actor.kind == ActorKind::Country && t.actor.sectors.is_empty();
                !(state && t.actor.country.as_ref().is_some_and(|c| own.contains(c)))
            });
        }
    }

    /// "If Serbia closes the crossing, Kosovo will answer": a threat is against the one whose act is its condition.
    fn conditional_target(&self, draft: &mut Draft) {
        let s = self.scene.syntax;
        if !matches!(draft.plover, Plover::Threaten | Plover::Coerce | Plover::Sanction | Plover::Mobilize) {
            return;
        }
        let complements = s.children_with(draft.head, &["ccomp", "xcomp", "advcl"]);
        let clauses: Vec<usize> =
            [draft.head, draft.level, draft.core].into_iter().chain(complements).collect();
        let conditions = clauses.iter().flat_map(|&v| s.children_with(v, &["advcl"])).filter(|&c| {
            let marked =
                s.children_with(c, &["mark"]).any(|m| matches!(s.lower(m), "if" | "unless" | "until"));
            // "Should Armenia refuse, …"
            let first = s.children_with(c, &["aux", "nsubj", "nsubjpass"]).next();
            marked || first.is_some_and(|a| matches!(s.lower(a), "should" | "were" | "had"))
        });
        let found: Vec<Participant> = conditions
            .filter_map(|c| self.scene.predicates.at(c))
            .flat_map(|p| self.all(&p.surface, false))
            .filter(|p| p.actor.country.is_some() && !self.among(p, &draft.sources))
            .map(|p| Participant { how: Attachment::Clause, ..p })
            .collect();
        if !found.is_empty() {
            draft.why.push(Reason::rule("coder/target-of-condition"));
            draft.targets = found;
        }
    }
}
