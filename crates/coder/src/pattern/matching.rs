//! A predicate against the senses of its lemma: which frames bind, with what, and how well.

use super::compile::Lexicon;
use super::frame::{Element, Frame, HeadKind, Role, Slot};
use super::lexicon::Checked;
use crate::event::cast::Cast;
use crate::event::predicate::{Arg, Kind, Link, Predicate, Predicates, free_relative};
use record::{Attachment, Syntax};

/// Everything a match looks at.
pub struct Scene<'a> {
    /// The parse.
    pub syntax: &'a Syntax<'a>,
    /// Who is at which token.
    pub cast: &'a Cast<'a>,
    /// The predicates of the page.
    pub predicates: &'a Predicates,
    /// The lexicon.
    pub lexicon: &'a Lexicon,
}

/// A slot and what fills it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// Which slot.
    pub role: Role,
    /// Head tokens of the fillers.
    pub args: Vec<Arg>,
    /// True when the filler owns a noun of the frame, that is, it is found inside the argument's phrase.
    pub owner: bool,
    /// True when places may fill the slot.
    pub places: bool,
}

/// A frame that fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Number of the sense.
    pub sense: u32,
    /// How well it fits; see `best`.
    pub score: f32,
    /// Filled slots.
    pub bound: Vec<Bound>,
    /// The event complement, when the frame asks for one.
    pub act: Option<usize>,
    /// Tokens of fixed words.
    pub used: Vec<usize>,
    /// What was let pass: a last preposition that is missing, a phrase found under another word.
    pub slips: Vec<&'static str>,
}

/// Why a frame does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Miss {
    /// A word or complement of the frame is not there.
    Words,
    /// Nothing stands in the slot's place.
    Unbound,
    /// Something else than the slot's class stands there.
    Type,
    /// The doer is no actor.
    Doer,
}

/// The last phrase of a frame may be missing when anything may fill it.
fn droppable(e: &Element) -> bool {
    matches!(e, Element::Prep { object, .. }
        if matches!(&**object, Element::Slot(s) if s.classes.is_empty() && s.owns.is_empty()))
}

/// Scores: literal 2, particle 1.5, clause 1.5, typed slot 1.3, plain slot 1, missing last preposition -0.5.
pub(super) const LITERAL: f32 = 2.0;
pub(super) const PARTICLE: f32 = 1.5;
pub(super) const CLAUSE: f32 = 1.5;
const TYPED: f32 = 1.3;
pub(super) const PLAIN: f32 = 1.0;
const MISSING: f32 = -0.5;
/// A recipient whose phrase names a country.
const NAMED: f32 = 0.2;
/// A mutual frame whose takers are of several countries.
const TOGETHER: f32 = 0.4;
pub(super) const BORROWED: f32 = -0.2;

/// What the phrase of a recipient must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Nothing.
    Anything,
    /// An actor.
    Actor,
    /// An actor with a country.
    Country,
}

/// State of one match.
#[derive(Clone)]
pub(super) struct State<'f> {
    pub(super) scope: usize,
    pub(super) anchors: Vec<usize>,
    pub(super) score: f32,
    pub(super) bound: Vec<Bound>,
    pub(super) act: Option<usize>,
    pub(super) used: Vec<usize>,
    pub(super) slips: Vec<&'static str>,
    pub(super) frame: &'f Frame,
    pub(super) blocks: bool,
    /// True in a passive that may go without its doer.
    pub(super) doerless: bool,
    pub(super) adjectival: bool,
    /// The preposition of a head of several words ("call for"): what comes next stands under it.
    pub(super) under: Option<usize>,
    /// What the phrase of a recipient must hold just now.
    pub(super) need: Need,
    /// Where the match stands: 0 head, 1 before it, 2 and on the elements after it.
    pub(super) step: usize,
}

pub(super) type Fit = Result<(), Miss>;

impl Scene<'_> {
    /// Matches `sense` against `p`.
    ///
    /// # Errors
    /// What of the frame does not bind.
    pub fn fit(&self, p: &Predicate, id: u32, sense: &Checked) -> Result<Hit, (Miss, usize)> {
        let frame = &sense.frame;
        let adjectival = frame.kind == HeadKind::Adjective;
        match (frame.kind, p.kind) {
            (HeadKind::Verb, Kind::Verb | Kind::Adjective) | (HeadKind::Noun, Kind::Noun) => {}
            (HeadKind::Adjective, Kind::Adjective) => {}
            // "is committed to", "were sent to": of a verb only what is said of its surface subject.
            (HeadKind::Adjective, Kind::Verb) if p.passive || p.obj.is_empty() => {}
            _ => return Err((Miss::Words, 0)),
        }
        if frame.copular && self.is_active(p) {
            return Err((Miss::Words, 0));
        }
        if sense.flags.iter().any(|f| f == "negated") && !self.is_negated(p.head) {
            return Err((Miss::Words, 0));
        }
        let mut st = State {
            scope: p.head,
            anchors: vec![p.head],
            score: 0.0,
            bound: Vec::new(),
            act: None,
            used: vec![p.head],
            slips: Vec::new(),
            frame,
            blocks: sense.plover.is_none(),
            doerless: p.passive && p.subj.is_empty() && super::arguments::told_doerless(sense),
            adjectival,
            under: None,
            need: Need::Anything,
            step: 0,
        };
        match self.walk(p, sense, &mut st) {
            Ok(()) => Ok(Hit {
                sense: id,
                score: st.score,
                bound: st.bound,
                act: st.act,
                used: st.used,
                slips: st.slips,
            }),
            Err(miss) => Err((miss, st.step)),
        }
    }

    fn walk(&self, p: &Predicate, sense: &Checked, st: &mut State<'_>) -> Fit {
        self.head(p, st)?;
        st.step = 1;
        if st.frame.kind == HeadKind::Noun {
            self.noun_before(p, st)?;
        } else {
            self.verb_before(p, st)?;
        }
        self.after(&sense.frame.after, st)?;
        if !st.blocks && st.used.iter().any(|&t| self.is_unreal(t)) {
            return Err(Miss::Words);
        }
        self.bare_needs_actor(p, sense, st)
    }

    /// Elements after the head, in order. The last preposition may be missing after a literal.
    fn after(&self, after: &[Element], st: &mut State<'_>) -> Fit {
        let last = after.iter().rposition(|e| !matches!(e, Element::Optional(_)));
        let mut i = 0;
        while let Some(e) = after.get(i) {
            st.step = i + 2;
            let forgiving = !st.blocks && Some(i) == last && droppable(e) && self.told(st);
            if let (Element::Slot(slot), Some(Element::Words(words))) = (e, after.get(i + 1)) {
                let mut trial = st.clone();
                if self.element(e, &mut trial).and_then(|()| self.words(words, &mut trial)).is_err() {
                    // "sabotage TGT (pipeline|railway)": the words are what the participant owns.
                    trial = st.clone();
                    let owning = Slot { owns: words.clone(), ..slot.clone() };
                    self.object_slot(&owning, &mut trial)?;
                    if !trial.bound.last().is_some_and(|b| self.names(&b.args, Need::Actor)) {
                        return Err(Miss::Type);
                    }
                }
                *st = trial;
                i += 2;
                continue;
            }
            match self.element(e, st) {
                Ok(()) => {}
                Err(_) if forgiving => {
                    st.score += MISSING;
                    st.slips.push("last preposition missing");
                }
                Err(miss) => return Err(miss),
            }
            i += 1;
        }
        Ok(())
    }

    /// True when more than the head tells the sense: a fixed word, or a typed argument besides the doer. An event noun
    /// must have its doer, too.
    fn told(&self, st: &State<'_>) -> bool {
        let fillers: usize = st.bound.iter().map(|b| b.args.len()).sum();
        let words = st.used.len() > 1 + fillers;
        let typed = st.frame.slots().iter().any(|s| {
            !s.classes.is_empty() && s.role != Role::Src && st.bound.iter().any(|b| b.role == s.role)
        });
        let doer = st.frame.kind != HeadKind::Noun || st.bound.iter().any(|b| b.role == Role::Src);
        doer && (words || typed || st.bound.iter().any(|b| b.owner && b.role != Role::Src))
    }

    /// The head term: further words of it must be there, too.
    fn head(&self, p: &Predicate, st: &mut State<'_>) -> Fit {
        let frame = st.frame;
        let mut found = false;
        for term in &frame.head {
            match frame.kind {
                HeadKind::Noun => {
                    if self.term_at(p.head, term) {
                        st.score += LITERAL * (term.len() - 1) as f32;
                        return Ok(());
                    }
                }
                HeadKind::Verb | HeadKind::Adjective => {
                    let Some((first, rest)) = term.split_first() else { continue };
                    if !rest.is_empty() && self.hyphenated(p, term) {
                        return Ok(());
                    }
                    if !p.lemmas.contains(first) && self.syntax.lower(p.head) != first.as_str() {
                        continue;
                    }
                    if rest.is_empty() {
                        found = true;
                    } else if self.words(std::slice::from_ref(&rest.to_vec()), st).is_ok() {
                        st.under = st.used.last().copied().filter(|&t| {
                            self.syntax.dep(t) == "prep" && self.syntax.child(t, "pobj").is_some()
                        });
                        return Ok(());
                    }
                }
            }
        }
        if found { Ok(()) } else { Err(Miss::Words) }
    }

    /// Subject slot or subject words of a verb or adjective.
    fn verb_before(&self, p: &Predicate, st: &mut State<'_>) -> Fit {
        let frame = st.frame;
        // "TGT be received by SRC" names the subject of the passive.
        let surface = st.adjectival || p.kind == Kind::Adjective || frame.copular && p.passive;
        let own = if surface { &p.surface } else { &p.subj };
        let between = if own.is_empty() && p.passive { self.between(p) } else { Vec::new() };
        for e in &frame.before {
            let both = matches!(e, Element::Slot(s) if s.role == Role::Both);
            let subjects = if both && own.is_empty() { &between } else { own };
            match e {
                Element::Slot(slot) => match self.bind(slot, subjects, st, false) {
                    Ok(()) => {}
                    Err(_) if (st.blocks || st.doerless || slot.role == Role::Obj) && subjects.is_empty() => {
                    }
                    Err(m) => return Err(m),
                },
                Element::Act => {
                    let Some(a) = subjects.first() else { return Err(Miss::Unbound) };
                    st.act = Some(a.token);
                    self.take_literal(a.token, st, CLAUSE);
                }
                Element::Words(terms) => {
                    let hit = subjects
                        .iter()
                        .find(|a| {
                            self.any_term_at(a.token, terms)
                                || self.any_term_at(self.cast.content(a.token), terms)
                        })
                        .map(|a| a.token);
                    let hit =
                        hit.or_else(|| self.modifier(p.head, terms)).or_else(|| self.auxiliary(p, terms));
                    match hit {
                        Some(t) => self.take_literal(t, st, LITERAL),
                        None => return Err(Miss::Words),
                    }
                }
                Element::Optional(inner) => {
                    for e in inner {
                        if let Element::Words(terms) = e
                            && let Some(t) = self.modifier(p.head, terms)
                        {
                            self.take_literal(t, st, 0.5);
                        }
                    }
                }
                _ => return Err(Miss::Words),
            }
        }
        Ok(())
    }

    /// Possessor slots and modifiers of an event noun.
    fn noun_before(&self, p: &Predicate, st: &mut State<'_>) -> Fit {
        let frame = st.frame;
        for e in &frame.before {
            match e {
                Element::Slot(slot) => {
                    let mut owners = p.subj.clone();
                    if owners.is_empty() || slot.role == Role::Both && owners.len() < 2 {
                        for (t, _) in self.preps_of(p.head, &["of", "between", "among"]) {
                            owners.push(Arg { token: t, how: Attachment::Nominal });
                        }
                    }
                    match self.bind(slot, &owners, st, false) {
                        Ok(()) => {}
                        // The doer may come from elsewhere: light verb, governor.
                        Err(_) if matches!(slot.role, Role::Src | Role::Both) => st.score -= 0.5,
                        Err(m) => return Err(m),
                    }
                }
                Element::Words(terms) => {
                    let Some(t) = self.modifier(p.head, terms) else { return Err(Miss::Words) };
                    self.take_literal(t, st, LITERAL);
                }
                Element::Optional(inner) => {
                    for e in inner {
                        if let Element::Words(terms) = e
                            && let Some(t) = self.modifier(p.head, terms)
                        {
                            self.take_literal(t, st, 0.5);
                        }
                    }
                }
                _ => return Err(Miss::Words),
            }
        }
        Ok(())
    }

    pub(super) fn element(&self, e: &Element, st: &mut State<'_>) -> Fit {
        match e {
            Element::Slot(slot) => self.object_slot(slot, st),
            Element::Words(terms) => self.words(terms, st),
            Element::Prep { preps, object } => self.prep(preps, object, st),
            Element::Act => self.act(st),
            Element::AnyClause => {
                let p = self.predicates.at(st.scope).ok_or(Miss::Words)?;
                let (c, _) = *p.comps.first().ok_or(Miss::Words)?;
                st.act = st.act.or(Some(c));
                st.score += CLAUSE;
                Ok(())
            }
            Element::To(inner) => self.infinitive(inner, st),
            Element::That(inner) => self.that(inner, st),
            Element::Optional(inner) => {
                let mut trial = st.clone();
                // What may be absent is no recipient unless it is somebody.
                trial.need = trial.need.max(Need::Actor);
                if inner.iter().all(|e| self.element(e, &mut trial).is_ok()) {
                    trial.need = st.need;
                    *st = trial;
                }
                Ok(())
            }
        }
    }

    /// A slot in object position of the verb in scope.
    fn object_slot(&self, slot: &Slot, st: &mut State<'_>) -> Fit {
        let p = self.predicates.at(st.scope).ok_or(Miss::Unbound)?;
        let direct = p.obj.iter().chain(&p.iobj);
        let indirect = p.iobj.iter().chain(&p.obj);
        let attr = p.attr.iter().map(|&token| Arg { token, how: Attachment::Direct });
        let list: Vec<Arg> = match slot.role {
            _ if st.under.is_some() => Vec::new(),
            Role::Tgt => indirect.copied().collect(),
            _ => direct.copied().chain(attr).collect(),
        };
        let s = self.syntax;
        let governed =
            st.used.iter().filter(|&&t| s.pos(t) == "ADP").flat_map(|&t| s.children_with(t, &["pobj"]));
        let naming = self.lexicon.classes().list("naming-verb");
        let named = st.used.iter().flat_map(|&t| s.children_with(t, &["pcomp"]));
        let named = named.filter_map(|c| free_relative(s, naming, c));
        // What stands under the preposition of a phrase is meant before the object that is part of the phrase.
        let governed: Vec<Arg> =
            governed.chain(named).map(|token| Arg { token, how: Attachment::Direct }).collect();
        let free: Vec<Arg> =
            governed.into_iter().chain(list).filter(|a| !st.used.contains(&a.token)).collect();
        // "holds that talks are useless": only what is said has its subject as an argument of the verb.
        let saying = self.lexicon.classes().list("saying-verb");
        let said = slot.role == Role::Tgt || p.lemmas.iter().any(|l| saying.contains(l));
        match self.bind(slot, &free, st, true) {
            Err(Miss::Unbound) if slot.owns.is_empty() && said => self.clause_subject(slot, st),
            other => other,
        }
    }

    /// "say TGT be behind ACT": the slot is the subject of the clause, which comes into scope.
    fn clause_subject(&self, slot: &Slot, st: &mut State<'_>) -> Fit {
        let p = self.predicates.at(st.scope).ok_or(Miss::Unbound)?;
        for &(c, link) in &p.comps {
            let Some(inner) = self.predicates.at(c).filter(|_| matches!(link, Link::Clause | Link::Open))
            else {
                continue;
            };
            if inner.surface.is_empty() || inner.surface.iter().any(|a| st.used.contains(&a.token)) {
                continue;
            }
            self.bind(slot, &inner.surface, st, true)?;
            st.scope = c;
            st.anchors.push(c);
            return Ok(());
        }
        Err(Miss::Unbound)
    }

    /// Binds the first of `args` that the slot takes (all of them, when the slot takes a list of subjects).
    pub(super) fn bind(&self, slot: &Slot, args: &[Arg], st: &mut State<'_>, places: bool) -> Fit {
        if args.is_empty() {
            return Err(Miss::Unbound);
        }
        let mut worst = Miss::Unbound;
        let mut taken = Vec::new();
        let mut owner = false;
        for &arg in args {
            if !slot.owns.is_empty() {
                let Some(t) =
                    self.cast.conjuncts(arg.token).into_iter().find(|&t| self.any_term_at(t, &slot.owns))
                else {
                    continue;
                };
                owner = true;
                taken.push(Arg { token: t, how: arg.how });
                break;
            }
            match self.takes(slot, arg.token, st.blocks, places) {
                Ok(()) => taken.push(arg),
                Err(m) => worst = worst.max(m),
            }
            if slot.role != Role::Both
                && !taken.is_empty()
                && !(slot.role == Role::Src && arg.how == Attachment::Nominal)
            {
                break;
            }
        }
        if taken.is_empty() {
            return Err(worst);
        }
        let recipient = slot.role == Role::Tgt;
        let named = recipient && self.names(&taken, Need::Country);
        if recipient && !named && !self.names(&taken, st.need) {
            return Err(Miss::Type);
        }
        st.score += if slot.classes.is_empty() && !owner { PLAIN } else { TYPED };
        if named {
            st.score += NAMED;
        }
        if owner {
            st.score += LITERAL;
        }
        if slot.role == Role::Both && self.countries(&taken) > 1 {
            st.score += TOGETHER;
        }
        for a in &taken {
            st.used.push(a.token);
            st.anchors.push(a.token);
        }
        st.bound.push(Bound { role: slot.role, args: taken, owner, places });
        Ok(())
    }

    pub(super) fn take_literal(&self, t: usize, st: &mut State<'_>, score: f32) {
        st.used.push(t);
        st.anchors.push(t);
        st.score += score;
    }
}
