//! Frame elements after the head to the tokens that fill them: prepositions, fixed words, clauses.

use super::frame::{Element, Role, Slot, Term};
use super::lexicon::Checked;
use super::matching::{BORROWED, Bound, CLAUSE, Fit, LITERAL, Miss, Need, PARTICLE, PLAIN, Scene, State};
use crate::event::predicate::{Arg, Kind, Link, free_relative, has_to};
use record::Attachment;
use smol_str::SmolStr;

/// Labels under which a fixed word may stand beside the words found so far.
const LITERAL_LABELS: [&str; 12] =
    ["advmod", "acomp", "attr", "oprd", "prt", "npadvmod", "neg", "dobj", "acl", "amod", "compound", "nmod"];

impl Scene<'_> {
    /// "PREP object" under one of the anchors, or near them where the parser hung it.
    pub(super) fn prep(&self, preps: &[Term], object: &Element, st: &mut State<'_>) -> Fit {
        let mut worst = Miss::Words;
        if matches!(object, Element::Act)
            && preps.iter().any(|p| p.len() == 1 && p[0] == "that")
            && self.clause_act(st)
        {
            return Ok(());
        }
        let anchors: Vec<usize> = st.anchors.clone();

        // Of several phrases ("the arrest of a man by Iran") the one that names a country is meant.
        if matches!(object, Element::Slot(s) if s.role == Role::Tgt) {
            let need = std::mem::replace(&mut st.need, Need::Country);
            let found = anchors.iter().any(|&a| self.prep_under(a, preps, object, st).is_ok());
            st.need = need;
            if found {
                return Ok(());
            }
        }
        for &anchor in &anchors {
            match self.prep_under(anchor, preps, object, st) {
                Ok(()) => return Ok(()),
                Err(m) => worst = worst.max(m),
            }
        }
        if self.particle_object(preps, object, st)
            || self.dative(preps, object, st)
            || self.for_clause(preps, object, st)
        {
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

    /// "gave the Philippines two boats": the indirect object stands for "to TGT", "for TGT".
    fn dative(&self, preps: &[Term], object: &Element, st: &mut State<'_>) -> bool {
        let to = preps.iter().any(|p| p.len() == 1 && matches!(p[0].as_str(), "to" | "for" | "with"));
        let Element::Slot(slot) = object else { return false };
        let Some(p) = self.predicates.at(st.scope).filter(|p| to && !p.passive) else { return false };
        self.bind(slot, &p.iobj, st, true).is_ok()
    }

    /// "called for the president to step down": the subject of the infinitive stands for "for TGT".
    fn for_clause(&self, preps: &[Term], object: &Element, st: &mut State<'_>) -> bool {
        let Element::Slot(slot) = object else { return false };
        if !preps.iter().any(|p| p.len() == 1 && p[0] == "for") {
            return false;
        }
        let clauses: Vec<usize> = st.anchors.iter().flat_map(|&a| self.for_clauses(a)).collect();
        clauses
            .iter()
            .filter_map(|&c| self.predicates.at(c))
            .any(|p| self.bind(slot, &p.surface, st, true).is_ok())
    }

    /// A clause under one of the anchors as the event complement.
    fn clause_act(&self, st: &mut State<'_>) -> bool {
        let s = self.syntax;
        let found = st.anchors.iter().find_map(|&a| {
            let own =
                self.predicates.at(a).and_then(|p| p.comps.iter().find(|c| c.1 != Link::Gerund).map(|c| c.0));
            own.or_else(|| {
                s.children(a).find(|&c| matches!(s.dep(c), "acl" | "ccomp") && s.child(c, "mark").is_some())
            })
        });
        let Some(act) = found else { return false };
        st.act = st.act.or(Some(act));
        st.anchors.push(act);
        st.score += CLAUSE;
        true
    }

    /// Words on which the parser may have hung a preposition of the predicate.
    fn near(&self, st: &State<'_>) -> Vec<usize> {
        let s = self.syntax;
        let mut out = Vec::new();
        if let Some(p) = self.predicates.at(st.scope) {
            out.extend(p.obj.iter().chain(&p.iobj).map(|a| a.token).filter(|&t| t > st.scope));
            if p.kind == Kind::Noun
                && let Some((up, Link::Object | Link::Subject)) = p.governor
            {
                out.push(up);
            }
        }
        for t in st.anchors.iter().chain(&out.clone()) {
            for c in s.children_with(*t, &["prep"]) {
                // A phrase under another event noun belongs to that noun ("after a meeting with X").
                out.extend(s.children_with(c, &["pobj"]).filter(|&o| {
                    self.predicates.at(o).is_none_or(|p| p.kind != Kind::Noun) || st.used.contains(&o)
                }));
            }
            out.extend(s.children_with(*t, &["conj"]));
        }
        // "Fighting erupted between X and Y": what happens shares its phrases with its verb.
        let happens = self.lexicon.classes().list("happening-verb");
        let verb = |t: usize| self.predicates.at(t).filter(|p| p.kind == Kind::Verb);
        out.retain(|&t| {
            s.pos(t) != "VERB"
                || t < st.scope
                || verb(t).is_none_or(|v| v.lemmas.iter().any(|l| happens.contains(l)))
        });
        out
    }

    fn prep_under(&self, anchor: usize, preps: &[Term], object: &Element, st: &mut State<'_>) -> Fit {
        let s = self.syntax;
        let mut worst = Miss::Words;
        if let Some(last) = self.after_particle(anchor, preps, st) {
            match self.prep_object(last, object, st) {
                Ok(()) => return Ok(()),
                Err(m) => worst = worst.max(m),
            }
        }
        for c in s.children(anchor) {
            if !matches!(
                s.dep(c),
                "prep" | "agent" | "dative" | "prt" | "advmod" | "aux" | "mark" | "npadvmod"
            ) || st.used.contains(&c)
            {
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

    /// "pulled out of Somalia": the preposition goes on from a particle that the head has used; "out of" stands for "from".
    fn after_particle(&self, anchor: usize, preps: &[Term], st: &State<'_>) -> Option<usize> {
        let s = self.syntax;
        if anchor == st.scope || !st.used.contains(&anchor) {
            return None;
        }
        preps.iter().find_map(|p| match &p[..] {
            [first, second] if self.word_at(anchor, first) => {
                s.children(anchor).find(|&c| self.word_at(c, second))
            }
            [from] if from == "from" && s.lower(anchor) == "out" => {
                s.children(anchor).find(|&c| s.lower(c) == "of")
            }
            _ => None,
        })
    }

    /// The last token of the preposition that starts at `c`, when it reads as `words`.
    fn prep_chain(&self, c: usize, words: &[SmolStr]) -> Option<usize> {
        let s = self.syntax;
        let (first, rest) = words.split_first()?;
        if !self.word_at(c, first) {
            return None;
        }
        let mut at = c;
        for w in rest {
            let inner = s.children(at).find(|&n| self.word_at(n, w));
            let next = at + 1;
            at = inner.or_else(|| (next < s.len() && self.word_at(next, w)).then_some(next))?;
        }
        Some(at)
    }

    fn prep_object(&self, prep: usize, object: &Element, st: &mut State<'_>) -> Fit {
        let s = self.syntax;
        let naming = self.lexicon.classes().list("naming-verb");
        let named = s.children_with(prep, &["pcomp"]).filter_map(|c| free_relative(s, naming, c));
        let nouns: Vec<usize> = s.children_with(prep, &["pobj"]).chain(named).collect();
        match object {
            Element::Slot(slot) => {
                let free = nouns.iter().filter(|t| !st.used.contains(t));
                let args: Vec<Arg> = free.map(|&token| Arg { token, how: Attachment::Direct }).collect();
                self.bind(slot, &args, st, true)
            }
            Element::Words(terms) => {
                let found = nouns
                    .iter()
                    .flat_map(|&n| self.cast.conjuncts(n))
                    .find(|&t| self.any_term_at(t, terms) || self.any_term_at(self.cast.content(t), terms));
                let found =
                    found.or_else(|| s.children_with(prep, &["pcomp"]).find(|&t| self.any_term_at(t, terms)));
                match found {
                    Some(t) => {
                        self.take_literal(t, st, LITERAL);
                        Ok(())
                    }
                    None => Err(Miss::Words),
                }
            }
            Element::Act => {
                let act =
                    s.children_with(prep, &["pcomp"]).next().or(nouns.first().copied()).ok_or(Miss::Words)?;
                st.act = st.act.or(Some(act));
                st.anchors.push(act);
                st.score += CLAUSE;
                Ok(())
            }
            Element::That(inner) => {
                // "at TGT 's ACT": owner and act in one phrase.
                let Some(&noun) = nouns.first() else { return Err(Miss::Words) };
                if let Some(Element::Slot(slot)) = inner.first() {
                    st.bound.push(Bound {
                        role: slot.role,
                        args: vec![Arg { token: noun, how: Attachment::Direct }],
                        owner: true,
                        places: true,
                    });
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
        let particle = p
            .particles
            .iter()
            .copied()
            .find(|&t| preps.iter().any(|w| w.len() == 1 && s.lower(t) == w[0].as_str()));
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

    /// "of TGT" after a noun may stand before it as a possessor, compound or country adjective.
    fn owner_for_of(&self, preps: &[Term], object: &Element, st: &mut State<'_>) -> Fit {
        let of = preps.iter().any(|p| p.len() == 1 && matches!(p[0].as_str(), "of" | "from" | "by"));
        let Element::Slot(slot) = object else { return Err(Miss::Words) };
        if !of {
            return Err(Miss::Words);
        }
        let s = self.syntax;
        let head_noun = self.predicates.at(st.scope).is_some_and(|p| p.kind == Kind::Noun);
        let nouns: Vec<usize> = st
            .anchors
            .iter()
            .rev()
            .copied()
            .filter(|&a| s.pos(a) != "VERB" && (head_noun || a != st.scope))
            .filter(|&a| {
                // Nobody is behind himself: "the Slovak side faced a penalty from …".
                let taken = |b: &Bound| b.role == Role::Src || slot.role == Role::Src;
                !st.bound.iter().any(|b| taken(b) && b.args.iter().any(|x| x.token == a))
            })
            .collect();
        for noun in nouns {
            let before: Vec<Arg> = s
                .children(noun)
                .filter(|&c| {
                    // "dropped its demand": the doer's own thing is no recipient.
                    let own = !head_noun && s.tag(c) == "PRP$";
                    matches!(s.dep(c), "poss" | "compound" | "nmod" | "amod") && !st.used.contains(&c) && !own
                })
                .filter(|&c| noun == st.scope && s.dep(c) != "amod" || self.cast.is_actor(c))
                .map(|token| Arg { token, how: Attachment::Nominal })
                .collect();
            if self.bind(slot, &before, st, true).is_ok() {
                return Ok(());
            }
        }
        Err(Miss::Words)
    }

    /// Fixed words after the head.
    pub(super) fn words(&self, terms: &[Term], st: &mut State<'_>) -> Fit {
        if st.scope != st.anchors[0] && !st.used.contains(&st.scope) {
            let mut trial = st.clone();
            if self.verb_term(st.scope, terms, &mut trial) {
                *st = trial;
                return Ok(());
            }
        }
        for term in terms {
            if let [word] = &term[..]
                && let Some(t) = self.particle(word, st)
            {
                st.used.push(t);
                st.anchors.push(t);
                st.score += PARTICLE;
                return Ok(());
            }
            if let Some(t) = self.literal(term, st) {
                if t != st.scope
                    && self.predicates.at(st.scope).is_some_and(|p| p.comps.iter().any(|c| c.0 == t))
                {
                    st.scope = t;
                }
                self.take_literal(t, st, LITERAL + 0.5 * (term.len() - 1) as f32);
                return Ok(());
            }
        }
        self.clause_subject_words(terms, st)
    }

    /// A particle, preposition or auxiliary of the verb in scope; "not" may stand with its complement.
    fn particle(&self, word: &str, st: &State<'_>) -> Option<usize> {
        let s = self.syntax;
        let p = self.predicates.at(st.scope)?;
        let free = |t: usize| s.lower(t) == word && !st.used.contains(&t);
        if word == "not" {
            let below = p.comps.iter().map(|c| c.0).chain(Some(st.scope));
            return below.flat_map(|c| s.children_with(c, &["neg"])).find(|t| !st.used.contains(t));
        }
        let own = p.particles.iter().copied().find(|&t| free(t));
        own.or_else(|| s.children_with(st.scope, &["prep", "prt", "dative", "aux"]).find(|&t| free(t)))
    }

    /// "say (terms) be (unacceptable)": the words are the subject of the clause, which comes into scope.
    fn clause_subject_words(&self, terms: &[Term], st: &mut State<'_>) -> Fit {
        let p = self.predicates.at(st.scope).ok_or(Miss::Words)?;
        let saying = self.lexicon.classes().list("saying-verb");
        if !p.lemmas.iter().any(|l| saying.contains(l)) {
            return Err(Miss::Words);
        }
        for &(c, link) in &p.comps {
            let Some(inner) = self.predicates.at(c).filter(|_| link == Link::Clause) else { continue };
            if let Some(a) = inner.surface.iter().find(|a| self.any_term_at(a.token, terms)) {
                self.take_literal(a.token, st, LITERAL);
                st.scope = c;
                st.anchors.push(c);
                return Ok(());
            }
        }
        Err(Miss::Words)
    }

    /// A fixed term among the arguments of the word in scope, or running text after it.
    fn literal(&self, term: &Term, st: &State<'_>) -> Option<usize> {
        if let Some(found) = self.literal_argument(term, st) {
            return found;
        }
        let s = self.syntax;
        let free =
            |c: &usize| LITERAL_LABELS.contains(&s.dep(*c)) && !st.used.contains(c) && self.term_at(*c, term);
        // After "call for" the word stands under "for", not beside it ("called elections for October").
        let open = |&&anchor: &&usize| st.under.is_none() || anchor != st.scope;
        let child = st.anchors.iter().filter(open).find_map(|&anchor| s.children(anchor).find(free));
        child.or_else(|| if term.len() > 1 { self.run(term, st) } else { None })
    }

    /// A fixed term that is an argument of the word in scope, stands before one, or heads a complement.
    fn literal_argument(&self, term: &Term, st: &State<'_>) -> Option<Option<usize>> {
        let s = self.syntax;
        let p = self.predicates.at(st.scope)?;
        let governed = st
            .used
            .iter()
            .filter(|&&t| s.pos(t) == "ADP")
            .flat_map(|&t| s.children_with(t, &["pobj", "pcomp"]));
        let objects = p.obj.iter().chain(&p.iobj).map(|a| a.token);
        let own = objects.chain(p.attr.iter().copied()).filter(|_| st.under.is_none());
        let args: Vec<usize> = own.chain(governed).collect();
        for &arg in &args {
            let content = self.cast.content(arg);
            let words = self.cast.conjuncts(arg).into_iter().chain(Some(content));
            let hit = words.into_iter().find(|&t| self.term_at(t, term));
            if hit.is_some_and(|t| !st.used.contains(&t)) {
                return Some(hit);
            }
        }
        // "rescue effort" is told by its first word, "acid remarks" is not.
        let carriers = self.lexicon.classes().list("carrier");
        let modifier = args.iter().find_map(|&arg| {
            let noun = Some(self.cast.content(arg)).filter(|&n| carriers.contains(s.lemma(n)))?;
            s.children(noun).find(|&c| {
                matches!(s.dep(c), "compound" | "amod" | "nmod")
                    && !st.used.contains(&c)
                    && !self.cast.is_actor(c)
                    && self.term_at(c, term)
            })
        });
        // "promised to support": an infinitive is no object.
        let clause = |&c: &usize| self.term_at(c, term) && !has_to(s, c);
        let open = modifier.or_else(|| p.comps.iter().map(|c| c.0).find(clause));
        open.map(Some)
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
    pub(super) fn act(&self, st: &mut State<'_>) -> Fit {
        let p = self.predicates.at(st.scope).ok_or(Miss::Words)?;
        // "what he called an attack" is its noun, no clause.
        let naming = self.lexicon.classes().list("naming-verb");
        let names = |c: usize| free_relative(self.syntax, naming, c).is_some();
        let clause = p.comps.iter().find(|c| c.1 != Link::Adverbial && !names(c.0)).map(|c| c.0);
        let noun = p.obj.iter().map(|a| a.token).find(|&t| {
            !self.cast.is_actor(t)
                && !st.used.contains(&t)
                && matches!(self.syntax.pos(t), "NOUN" | "VERB" | "PROPN")
        });
        let act = clause.or(noun).ok_or(Miss::Words)?;
        st.act = st.act.or(Some(act));
        st.anchors.push(act);
        if clause.is_some() {
            st.scope = act;
        } else {
            st.used.push(act);
        }
        st.score += CLAUSE;
        Ok(())
    }
}

/// "A curfew was imposed", "troops were sent": acts whose doer is known from the place, or from who is sent.
pub(super) fn told_doerless(sense: &Checked) -> bool {
    let sends = matches!(sense.plover, Some(record::Plover::Mobilize | record::Plover::Aid));
    let what = |s: &&Slot| s.role == Role::Obj && !s.classes.is_empty();
    sends && sense.frame.slots().iter().any(what) || sense.flags.iter().any(|f| f == "of-state")
}
