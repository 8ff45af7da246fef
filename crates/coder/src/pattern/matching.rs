//! A predicate against the senses of its lemma: which frames bind, with what, and how well.

use super::compile::Lexicon;
use super::frame::{Element, Frame, HeadKind, Role, Slot, Term};
use super::lexicon::Checked;
use crate::event::cast::Cast;
use crate::event::predicate::{Arg, Kind, Link, Predicate, Predicates, has_to};
use record::{Attachment, Syntax};
use smol_str::SmolStr;

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
    /// How well it fits; see [`best`].
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

/// Scores: literal 2, particle 1.5, clause 1.5, typed slot 1.7, plain slot 1, missing last preposition -0.5.
const LITERAL: f32 = 2.0;
const PARTICLE: f32 = 1.5;
const CLAUSE: f32 = 1.5;
const TYPED: f32 = 1.7;
const PLAIN: f32 = 1.0;
const MISSING: f32 = -0.5;
const BORROWED: f32 = -0.2;

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
    pub(super) adjectival: bool,
}

type Fit = Result<(), Miss>;

impl Scene<'_> {
    /// Matches `sense` against `p`.
    ///
    /// # Errors
    /// What of the frame does not bind.
    pub fn fit(&self, p: &Predicate, id: u32, sense: &Checked) -> Result<Hit, Miss> {
        let frame = &sense.frame;
        let adjectival = frame.kind == HeadKind::Adjective;
        match (frame.kind, p.kind) {
            (HeadKind::Verb, Kind::Verb) | (HeadKind::Noun, Kind::Noun) => {}
            (HeadKind::Adjective, Kind::Adjective | Kind::Verb) => {}
            _ => return Err(Miss::Words),
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
            adjectival,
        };
        self.head(p, &mut st)?;
        if frame.kind == HeadKind::Noun {
            self.noun_before(p, &mut st)?;
        } else {
            self.verb_before(p, &mut st)?;
        }
        let after = &frame.after;
        let last = after.iter().rposition(|e| !matches!(e, Element::Optional(_)));
        for (i, e) in after.iter().enumerate() {
            let forgiving = Some(i) == last && matches!(e, Element::Prep { .. }) && st.score >= LITERAL;
            match self.element(e, &mut st) {
                Ok(()) => {}
                Err(_) if forgiving => {
                    st.score += MISSING;
                    st.slips.push("last preposition missing");
                }
                Err(miss) => return Err(miss),
            }
        }
        self.bare_needs_actor(p, sense, &st)?;
        Ok(Hit { sense: id, score: st.score, bound: st.bound, act: st.act, used: st.used, slips: st.slips })
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
                    if !p.lemmas.contains(first) && self.syntax.lower(p.head) != first.as_str() {
                        continue;
                    }
                    if rest.is_empty() {
                        found = true;
                    } else if self.words(std::slice::from_ref(&rest.to_vec()), st).is_ok() {
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
        let subjects = if st.adjectival { &p.surface } else { &p.subj };
        for e in &frame.before {
            match e {
                Element::Slot(slot) => match self.bind(slot, subjects, st, false) {
                    Ok(()) => {}
                    Err(_) if st.blocks && subjects.is_empty() => {}
                    Err(m) => return Err(m),
                },
                Element::Words(terms) => {
                    let hit = subjects.iter().find(|a| self.any_term_at(a.token, terms)).map(|a| a.token);
                    match hit.or_else(|| self.modifier(p.head, terms)) {
                        Some(t) => self.take_literal(t, st, LITERAL),
                        None => return Err(Miss::Words),
                    }
                }
                Element::Optional(inner) => {
                    for e in inner {
                        if let Element::Words(terms) = e {
                            if let Some(t) = self.modifier(p.head, terms) {
                                self.take_literal(t, st, 0.5);
                            }
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
                        if let Element::Words(terms) = e {
                            if let Some(t) = self.modifier(p.head, terms) {
                                self.take_literal(t, st, 0.5);
                            }
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
                if inner.iter().all(|e| self.element(e, &mut trial).is_ok()) {
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
            Role::Tgt => indirect.copied().collect(),
            _ => direct.copied().chain(attr).collect(),
        };
        let free: Vec<Arg> = list.into_iter().filter(|a| !st.used.contains(&a.token)).collect();
        self.bind(slot, &free, st, true)
    }

    /// Binds the first of `args` that the slot takes (all of them, when the slot takes a list of subjects).
    fn bind(&self, slot: &Slot, args: &[Arg], st: &mut State<'_>, places: bool) -> Fit {
        if args.is_empty() {
            return Err(Miss::Unbound);
        }
        let mut worst = Miss::Unbound;
        let mut taken = Vec::new();
        let mut owner = false;
        let places = places && slot.role != Role::Src;
        for &arg in args {
            if !slot.owns.is_empty() {
                let Some(t) = self.cast.conjuncts(arg.token).into_iter().find(|&t| self.any_term_at(t, &slot.owns)) else { continue };
                owner = true;
                taken.push(Arg { token: t, how: arg.how });
                break;
            }
            match self.takes(slot, arg.token, st.blocks, places) {
                Ok(()) => taken.push(arg),
                Err(m) => worst = worst.max(m),
            }
            if slot.role != Role::Both && !taken.is_empty() && !(slot.role == Role::Src && arg.how == Attachment::Nominal) {
                break;
            }
        }
        if taken.is_empty() {
            return Err(worst);
        }
        st.score += if slot.classes.is_empty() && !owner { PLAIN } else { TYPED };
        if owner {
            st.score += LITERAL;
        }
        for a in &taken {
            st.used.push(a.token);
            st.anchors.push(a.token);
        }
        st.bound.push(Bound { role: slot.role, args: taken, owner, places });
        Ok(())
    }

    /// True when `token` may fill `slot`.
    fn takes(&self, slot: &Slot, token: usize, blocks: bool, places: bool) -> Fit {
        let participants = self.cast.participants(token, Attachment::Direct, places);
        let actors: Vec<&record::Actor> = participants.iter().map(|p| &p.actor).collect();
        let classes = self.lexicon.classes();
        let doer = matches!(slot.role, Role::Src | Role::Both) && !blocks;
        if slot.classes.is_empty() {
            return if doer && actors.is_empty() { Err(Miss::Doer) } else { Ok(()) };
        }
        let things = slot.classes.iter().any(|c| classes.takes_things(c));
        if doer && actors.is_empty() && !things {
            return Err(Miss::Doer);
        }
        let content = self.cast.content(token);
        let words = self.noun_words(content);
        let words: Vec<&str> = words.iter().map(SmolStr::as_str).collect();
        let fits = slot.classes.iter().any(|c| classes.actor_in(c, &actors) || classes.noun_in(c, &words));
        if fits { Ok(()) } else { Err(Miss::Type) }
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
    fn bare_needs_actor(&self, p: &Predicate, sense: &Checked, st: &State<'_>) -> Fit {
        let everyday = self.lexicon.classes().list("everyday-verb");
        let bare = !st.blocks
            && p.kind == Kind::Verb
            && p.lemmas.first().is_some_and(|l| everyday.contains(l))
            && st.used.len() <= 1 + st.bound.iter().map(|b| b.args.len()).sum::<usize>()
            && st.act.is_none();
        if !bare {
            return Ok(());
        }
        let recipient = st.bound.iter().find(|b| b.role == Role::Tgt);
        let typed = sense.frame.slots().iter().any(|s| s.role != Role::Src && !s.classes.is_empty());
        match recipient {
            Some(b) if !typed && !b.args.iter().any(|a| !self.cast.participants(a.token, a.how, true).is_empty()) => Err(Miss::Type),
            _ => Ok(()),
        }
    }

    pub(super) fn take_literal(&self, t: usize, st: &mut State<'_>, score: f32) {
        st.used.push(t);
        st.anchors.push(t);
        st.score += score;
    }

    /// A word before the head that modifies it: compound, adjective or simply adjacent.
    fn modifier(&self, head: usize, terms: &[Term]) -> Option<usize> {
        let s = self.syntax;
        let near = s.children_with(head, &["compound", "amod", "nmod", "poss", "advmod", "det", "npadvmod", "prep"]).filter(|&c| c < head);
        near.chain(head.checked_sub(1)).find(|&t| self.any_term_at(t, terms))
    }

    pub(super) fn any_term_at(&self, token: usize, terms: &[Term]) -> bool {
        terms.iter().any(|t| self.term_at(token, t))
    }

    /// True when `term` ends at `token`: last word there, the others before it, hyphens skipped.
    pub(super) fn term_at(&self, token: usize, term: &[SmolStr]) -> bool {
        let s = self.syntax;
        let mut at = Some(token);
        for (i, word) in term.iter().rev().enumerate() {
            if i > 0 {
                at = at.and_then(|t| t.checked_sub(1));
                while at.is_some_and(|t| s.text(t) == "-") {
                    at = at.and_then(|t| t.checked_sub(1));
                }
            }
            let Some(t) = at else { return false };
            if !self.word_at(t, word) {
                return false;
            }
        }
        !term.is_empty()
    }

    pub(super) fn word_at(&self, t: usize, word: &str) -> bool {
        let s = self.syntax;
        s.lower(t) == word || s.lemma(t) == word || s.lemma(t).len() == word.len() && s.lemma(t).eq_ignore_ascii_case(word)
    }

    /// Objects (with their preposition) under `anchor` by one of the single-word prepositions.
    pub(super) fn preps_of(&self, anchor: usize, words: &[&str]) -> Vec<(usize, usize)> {
        let s = self.syntax;
        s.children(anchor)
            .filter(|&c| matches!(s.dep(c), "prep" | "agent" | "dative") && words.contains(&s.lower(c)))
            .flat_map(|c| s.children_with(c, &["pobj"]).map(move |o| (o, c)))
            .collect()
    }
}

impl Scene<'_> {
    /// "PREP object" under one of the anchors, or near them where the parser hung it.
    fn prep(&self, preps: &[Term], object: &Element, st: &mut State<'_>) -> Fit {
        let mut worst = Miss::Words;
        let anchors: Vec<usize> = st.anchors.clone();
        for &anchor in &anchors {
            match self.prep_under(anchor, preps, object, st) {
                Ok(()) => return Ok(()),
                Err(m) => worst = worst.max(m),
            }
        }
        if self.particle_object(preps, object, st) {
            return Ok(());
        }
        for anchor in self.near(st) {
            if !anchors.contains(&anchor) && self.prep_under(anchor, preps, object, st).is_ok() {
                st.score += BORROWED;
                st.slips.push("phrase hung on another word");
                if let Some(b) = st.bound.last_mut() {
                    b.args.iter_mut().for_each(|a| a.how = Attachment::Borrowed);
                }
                return Ok(());
            }
        }
        self.owner_for_of(preps, object, st).map_err(|_| worst)
    }

    /// Words on which the parser may have hung a preposition of the predicate.
    fn near(&self, st: &State<'_>) -> Vec<usize> {
        let s = self.syntax;
        let mut out = Vec::new();
        if let Some(p) = self.predicates.at(st.scope) {
            out.extend(p.obj.iter().chain(&p.iobj).map(|a| a.token).filter(|&t| t > st.scope));
            if p.kind == Kind::Noun {
                if let Some((up, Link::Object | Link::Subject)) = p.governor {
                    out.push(up);
                }
            }
        }
        for t in st.anchors.iter().chain(&out.clone()) {
            for c in s.children_with(*t, &["prep"]) {
                out.extend(s.children_with(c, &["pobj"]));
            }
            out.extend(s.children_with(*t, &["conj"]));
        }
        out.retain(|t| s.pos(*t) != "VERB" || *t < st.scope || self.predicates.at(*t).is_none());
        out
    }

    fn prep_under(&self, anchor: usize, preps: &[Term], object: &Element, st: &mut State<'_>) -> Fit {
        let s = self.syntax;
        let mut worst = Miss::Words;
        for c in s.children(anchor) {
            if !matches!(s.dep(c), "prep" | "agent" | "dative" | "prt" | "advmod" | "aux" | "mark" | "npadvmod") || st.used.contains(&c) {
                continue;
            }
            let Some(last) = preps.iter().find_map(|p| self.prep_chain(c, p)) else { continue };
            match self.prep_object(last, object, st) {
                Ok(()) => {
                    st.used.push(last);
                    return Ok(());
                }
                Err(m) => worst = worst.max(m),
            }
        }
        Err(worst)
    }

    /// The last token of the preposition that starts at `c`, when it reads as `words`.
    fn prep_chain(&self, c: usize, words: &[SmolStr]) -> Option<usize> {
        let s = self.syntax;
        let (first, rest) = words.split_first()?;
        if s.lower(c) != first.as_str() {
            return None;
        }
        let mut at = c;
        for w in rest {
            let inner = s.children(at).find(|&n| s.lower(n) == w.as_str());
            let next = at + 1;
            at = inner.or_else(|| (next < s.len() && s.lower(next) == w.as_str()).then_some(next))?;
        }
        Some(at)
    }

    fn prep_object(&self, prep: usize, object: &Element, st: &mut State<'_>) -> Fit {
        let s = self.syntax;
        let nouns: Vec<usize> = s.children_with(prep, &["pobj"]).collect();
        match object {
            Element::Slot(slot) => {
                let args: Vec<Arg> = nouns.iter().map(|&token| Arg { token, how: Attachment::Direct }).collect();
                self.bind(slot, &args, st, true)
            }
            Element::Words(terms) => {
                let found = nouns.iter().flat_map(|&n| self.cast.conjuncts(n)).find(|&t| {
                    self.any_term_at(t, terms) || self.any_term_at(self.cast.content(t), terms)
                });
                let found = found.or_else(|| s.children_with(prep, &["pcomp"]).find(|&t| self.any_term_at(t, terms)));
                match found {
                    Some(t) => {
                        self.take_literal(t, st, LITERAL);
                        Ok(())
                    }
                    None => Err(Miss::Words),
                }
            }
            Element::Act => {
                let act = s.children_with(prep, &["pcomp"]).next().or(nouns.first().copied()).ok_or(Miss::Words)?;
                st.act = st.act.or(Some(act));
                st.anchors.push(act);
                st.score += CLAUSE;
                Ok(())
            }
            Element::That(inner) => {
                // "at TGT 's ACT": owner and act in one phrase.
                let Some(&noun) = nouns.first() else { return Err(Miss::Words) };
                if let Some(Element::Slot(slot)) = inner.first() {
                    st.bound.push(Bound { role: slot.role, args: vec![Arg { token: noun, how: Attachment::Direct }], owner: true, places: true });
                }
                st.act = st.act.or(Some(noun));
                st.score += PLAIN + CLAUSE;
                Ok(())
            }
            _ => Err(Miss::Words),
        }
    }

    /// "SRC call off OBJ": what the frame writes as a preposition may be a particle before the object.
    fn particle_object(&self, preps: &[Term], object: &Element, st: &mut State<'_>) -> bool {
        let Some(p) = self.predicates.at(st.scope) else { return false };
        let s = self.syntax;
        let particle = p.particles.iter().copied().find(|&t| preps.iter().any(|w| w.len() == 1 && s.lower(t) == w[0].as_str()));
        let Some(particle) = particle else { return false };
        let mut trial = st.clone();
        trial.used.push(particle);
        let ok = match object {
            Element::Slot(_) | Element::Words(_) => self.element(object, &mut trial).is_ok(),
            _ => false,
        };
        if ok {
            trial.score += PARTICLE;
            *st = trial;
        }
        ok
    }

    /// "of TGT" after an event noun may stand before it as a possessor or compound.
    fn owner_for_of(&self, preps: &[Term], object: &Element, st: &mut State<'_>) -> Fit {
        let of = preps.iter().any(|p| p.len() == 1 && p[0] == "of");
        let Element::Slot(slot) = object else { return Err(Miss::Words) };
        let Some(p) = self.predicates.at(st.scope).filter(|p| of && p.kind == Kind::Noun) else { return Err(Miss::Words) };
        let s = self.syntax;
        let before: Vec<Arg> = s
            .children(p.head)
            .filter(|&c| matches!(s.dep(c), "poss" | "compound" | "nmod") && !st.used.contains(&c))
            .map(|token| Arg { token, how: Attachment::Nominal })
            .collect();
        self.bind(slot, &before, st, true)
    }

    /// Fixed words after the head.
    pub(super) fn words(&self, terms: &[Term], st: &mut State<'_>) -> Fit {
        for term in terms {
            if let [word] = &term[..] {
                if let Some(p) = self.predicates.at(st.scope) {
                    let hit = p.particles.iter().copied().find(|&t| self.syntax.lower(t) == word.as_str() && !st.used.contains(&t));
                    if let Some(t) = hit {
                        st.used.push(t);
                        st.anchors.push(t);
                        st.score += PARTICLE;
                        return Ok(());
                    }
                }
            }
            if let Some(t) = self.literal(term, st) {
                self.take_literal(t, st, LITERAL + 0.5 * (term.len() - 1) as f32);
                return Ok(());
            }
        }
        Err(Miss::Words)
    }

    /// A fixed term among the arguments of the word in scope, or running text after it.
    fn literal(&self, term: &Term, st: &State<'_>) -> Option<usize> {
        let s = self.syntax;
        if let Some(p) = self.predicates.at(st.scope) {
            let args = p.obj.iter().chain(&p.iobj).map(|a| a.token).chain(p.attr.iter().copied());
            for arg in args {
                let content = self.cast.content(arg);
                let hit = self.cast.conjuncts(arg).into_iter().chain(Some(content)).find(|&t| self.term_at(t, term));
                if hit.is_some_and(|t| !st.used.contains(&t)) {
                    return hit;
                }
            }
            let open = p.comps.iter().map(|c| c.0).find(|&c| self.term_at(c, term));
            if open.is_some() {
                return open;
            }
        }
        for &anchor in &st.anchors {
            let child = s.children(anchor).find(|&c| {
                matches!(s.dep(c), "advmod" | "acomp" | "attr" | "oprd" | "prt" | "npadvmod" | "neg" | "dobj" | "acl" | "amod" | "compound" | "nmod")
                    && !st.used.contains(&c)
                    && self.term_at(c, term)
            });
            if child.is_some() {
                return child;
            }
        }
        if term.len() > 1 { self.run(term, st) } else { None }
    }

    /// The words of `term` in a row (articles and hyphens between) below the word in scope: last token.
    fn run(&self, term: &Term, st: &State<'_>) -> Option<usize> {
        let s = self.syntax;
        let end = (st.scope + 14).min(s.len());
        'start: for start in st.scope + 1..end {
            if !self.word_at(start, &term[0]) || !s.is_under(start, st.scope) {
                continue;
            }
            let mut at = start;
            for word in &term[1..] {
                at += 1;
                while at < end && (s.text(at) == "-" || matches!(s.dep(at), "det" | "poss")) {
                    at += 1;
                }
                if at >= s.len() || !self.word_at(at, word) {
                    continue 'start;
                }
            }
            return Some(at);
        }
        None
    }

    /// Any event complement: clause, gerund, or a noun object that is no actor.
    fn act(&self, st: &mut State<'_>) -> Fit {
        let p = self.predicates.at(st.scope).ok_or(Miss::Words)?;
        let clause = p.comps.iter().find(|c| c.1 != Link::Adverbial).map(|c| c.0);
        let noun = p.obj.iter().map(|a| a.token).find(|&t| !self.cast.is_actor(t) && !st.used.contains(&t) && matches!(self.syntax.pos(t), "NOUN" | "VERB" | "PROPN"));
        let act = clause.or(noun).ok_or(Miss::Words)?;
        st.act = st.act.or(Some(act));
        st.anchors.push(act);
        st.used.push(act);
        st.score += CLAUSE;
        Ok(())
    }

    /// "to ACT", "to release TGT", "to treaty".
    fn infinitive(&self, inner: &[Element], st: &mut State<'_>) -> Fit {
        let Some((first, rest)) = inner.split_first() else { return Err(Miss::Words) };
        let comps: Vec<usize> = self.infinitives(st);
        for c in comps {
            let mut trial = st.clone();
            let ok = match first {
                Element::Act => {
                    trial.act = trial.act.or(Some(c));
                    trial.score += CLAUSE;
                    trial.anchors.push(c);
                    true
                }
                Element::Words(terms) => {
                    trial.scope = c;
                    trial.anchors.push(c);
                    self.verb_term(c, terms, &mut trial)
                }
                _ => false,
            };
            if ok && rest.iter().all(|e| self.element(e, &mut trial).is_ok()) {
                *st = trial;
                return Ok(());
            }
        }
        let to: Term = vec![SmolStr::new_static("to")];
        let mut trial = st.clone();
        self.prep(std::slice::from_ref(&to), first, &mut trial)?;
        for e in rest {
            self.element(e, &mut trial)?;
        }
        *st = trial;
        Ok(())
    }

    fn infinitives(&self, st: &State<'_>) -> Vec<usize> {
        let mut out = Vec::new();
        for &anchor in &st.anchors {
            if let Some(p) = self.predicates.at(anchor) {
                out.extend(p.comps.iter().map(|c| c.0).filter(|&c| has_to(self.syntax, c)));
            }
            out.extend(self.syntax.children_with(anchor, &["acl"]).filter(|&c| has_to(self.syntax, c)));
        }
        out.dedup();
        out
    }

    /// The verb `c` reads as one of the terms.
    fn verb_term(&self, c: usize, terms: &[Term], st: &mut State<'_>) -> bool {
        for term in terms {
            let Some((first, rest)) = term.split_first() else { continue };
            let lemma = self.predicates.at(c).is_some_and(|p| p.lemmas.contains(first)) || self.word_at(c, first);
            if lemma && (rest.is_empty() || self.words(std::slice::from_ref(&rest.to_vec()), st).is_ok()) {
                st.used.push(c);
                st.score += LITERAL;
                return true;
            }
        }
        false
    }

    /// A clause with or without "that".
    fn that(&self, inner: &[Element], st: &mut State<'_>) -> Fit {
        let p = self.predicates.at(st.scope).ok_or(Miss::Words)?;
        let comps: Vec<usize> = p.comps.iter().filter(|c| matches!(c.1, Link::Clause | Link::Open)).map(|c| c.0).collect();
        let mut worst = Miss::Words;
        for c in comps {
            let mut trial = st.clone();
            trial.anchors.push(c);
            trial.score += CLAUSE;
            match inner.iter().try_for_each(|e| self.clause_element(c, e, &mut trial)) {
                Ok(()) => {
                    *st = trial;
                    return Ok(());
                }
                Err(m) => worst = worst.max(m),
            }
        }
        Err(worst)
    }

    fn clause_element(&self, c: usize, e: &Element, st: &mut State<'_>) -> Fit {
        let s = self.syntax;
        let verb = self.predicates.at(c);
        match e {
            Element::Slot(slot) if st.scope != c => {
                let subjects = verb.map(|p| p.surface.clone()).unwrap_or_default();
                self.bind(slot, &subjects, st, true)
            }
            Element::Act | Element::AnyClause => {
                st.act = st.act.or(Some(c));
                Ok(())
            }
            Element::Words(terms) if st.scope != c => {
                let modal = s.children_with(c, &["aux", "neg"]).find(|&a| terms.iter().any(|t| t.len() == 1 && s.lower(a) == t[0].as_str()));
                if let Some(a) = modal {
                    st.used.push(a);
                    st.score += PARTICLE;
                    return Ok(());
                }
                st.scope = c;
                if self.verb_term(c, terms, st) { Ok(()) } else { self.words(terms, st) }
            }
            other => {
                st.scope = c;
                self.element(other, st)
            }
        }
    }
}
