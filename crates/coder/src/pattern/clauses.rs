//! Clause elements of a frame to the clauses that fill them: infinitives and clauses with "that".

use super::frame::{Element, Role, Term};
use super::matching::{Bound, CLAUSE, Fit, LITERAL, Miss, PARTICLE, PLAIN, Scene, State};
use crate::event::predicate::{Arg, Link, has_to};
use record::Attachment;
use smol_str::SmolStr;

impl Scene<'_> {
    /// "to ACT", "to release TGT", "to treaty".
    pub(super) fn infinitive(&self, inner: &[Element], st: &mut State<'_>) -> Fit {
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

    /// "for the president to step down" under `anchor`.
    pub(super) fn for_clauses(&self, anchor: usize) -> Vec<usize> {
        let s = self.syntax;
        let marked = |c: usize| s.children_with(c, &["mark"]).any(|m| s.lower(m) == "for");
        s.children_with(anchor, &["advcl", "ccomp", "xcomp"]).filter(|&c| has_to(s, c) && marked(c)).collect()
    }

    pub(super) fn infinitives(&self, st: &State<'_>) -> Vec<usize> {
        let mut out = Vec::new();
        for &anchor in &st.anchors {
            if let Some(p) = self.predicates.at(anchor) {
                out.extend(p.comps.iter().map(|c| c.0).filter(|&c| has_to(self.syntax, c)));
            }
            out.extend(self.syntax.children_with(anchor, &["acl"]).filter(|&c| has_to(self.syntax, c)));
            out.extend(self.for_clauses(anchor));
        }
        out.dedup();
        out
    }

    /// The verb `c` reads as one of the terms.
    pub(super) fn verb_term(&self, c: usize, terms: &[Term], st: &mut State<'_>) -> bool {
        for term in terms {
            let Some((first, rest)) = term.split_first() else { continue };
            let lemma =
                self.predicates.at(c).is_some_and(|p| p.lemmas.contains(first)) || self.word_at(c, first);
            if lemma && (rest.is_empty() || self.words(std::slice::from_ref(&rest.to_vec()), st).is_ok()) {
                st.used.push(c);
                st.score += LITERAL;
                return true;
            }
        }
        false
    }

    /// A clause with or without "that".
    pub(super) fn that(&self, inner: &[Element], st: &mut State<'_>) -> Fit {
        let p = self.predicates.at(st.scope).ok_or(Miss::Words)?;
        let comps: Vec<usize> =
            p.comps.iter().filter(|c| matches!(c.1, Link::Clause | Link::Open)).map(|c| c.0).collect();
        // "told Russia to leave" has no clause with "that".
        let any = matches!(inner, [Element::AnyClause]);
        let comps: Vec<usize> = comps.into_iter().filter(|&c| !any || !has_to(self.syntax, c)).collect();
        let mut worst = Miss::Words;
        if let ([Element::Slot(slot), Element::Act], true) = (inner, comps.is_empty()) {
            // "TGT 's ACT" as an object.
            let noun = p.obj.iter().map(|a| a.token).find(|t| !st.used.contains(t)).ok_or(Miss::Words)?;
            let args = vec![Arg { token: noun, how: Attachment::Direct }];
            st.bound.push(Bound { role: slot.role, args, owner: true, places: true });
            st.act = st.act.or(Some(noun));
            st.anchors.push(noun);
            st.score += PLAIN + CLAUSE;
            return Ok(());
        }
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

    pub(super) fn clause_element(&self, c: usize, e: &Element, st: &mut State<'_>) -> Fit {
        let s = self.syntax;
        let verb = self.predicates.at(c);
        match e {
            Element::Slot(slot) if st.scope != c => {
                // "asked not to be named": who asks is not asked.
                let doer = |a: &Arg| {
                    let same = |b: &Bound| b.role == Role::Src && b.args.iter().any(|x| x.token == a.token);
                    slot.role == Role::Tgt && has_to(s, c) && st.bound.iter().any(same)
                };
                let mut subjects = verb.map(|p| p.surface.clone()).unwrap_or_default();
                subjects.retain(|a| !doer(a));
                self.bind(slot, &subjects, st, true)
            }
            Element::Act | Element::AnyClause => {
                st.act = st.act.or(Some(c));
                Ok(())
            }
            Element::Words(terms) if st.scope != c => {
                let modal = s
                    .children_with(c, &["aux", "neg"])
                    .find(|&a| terms.iter().any(|t| t.len() == 1 && s.lower(a) == t[0].as_str()));
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
