//! Who does: the subject that a clause has, or that control, coordination and relative clauses lend it.

use super::build::Builder;
use super::tree::{is_infinitive, relative_antecedent};
use super::{Arg, Kind, Link, Predicate, Predicates, has_to, owners};
use crate::event::cast::Cast;
use crate::pattern::compile::Classes;
use record::{Attachment, Syntax};

fn retie(list: &[Arg], how: Attachment) -> Vec<Arg> {
    list.iter().map(|a| Arg { how, ..*a }).collect()
}

/// "MANILA — Vietnam and the Philippines signed": the parser takes the place of the dateline for the subject, with the
/// subject as its apposition.
fn after_dateline(s: &Syntax<'_>, t: usize) -> usize {
    let dash = s.children(t).any(|c| c == t + 1 && matches!(s.text(c), "—" | "–" | "-" | "--" | ":"));
    let first = s.sentence(t).is_some_and(|i| s.doc.sentences[i].tokens.start as usize + 3 > t);
    let capitals = s.text(t).chars().all(|c| !c.is_lowercase());
    let subject = s.children_with(t, &["appos"]).find(|&c| c > t + 1);
    subject.filter(|_| dash && first && capitals).unwrap_or(t)
}

impl Builder<'_> {
    /// Surface subject: its own, or the one its place in the tree gives it.
    pub(super) fn surface(&self, v: usize, governor: Option<(usize, Link)>) -> Vec<Arg> {
        let s = self.s;
        let own: Vec<Arg> = s
            .children_with(v, &["nsubj", "nsubjpass", "csubj"])
            .map(|t| match relative_antecedent(s, v, t) {
                Some(noun) => Arg { token: self.antecedents(v, noun), how: Attachment::Relative },
                None => Arg { token: after_dateline(s, t), how: Attachment::Direct },
            })
            .filter(|a| s.tag(a.token) != "EX")
            .collect();
        if !own.is_empty() {
            return self.with_strays(v, own);
        }
        let Some((up, link)) = governor else { return left_name(s, v).into_iter().collect() };
        match (link, self.out.at(up)) {
            (Link::Gerund, Some(g)) if g.kind == Kind::Verb => self.of_gerund(g),
            (Link::Gerund, Some(g)) if g.kind == Kind::Adjective => retie(&g.surface, Attachment::Control),
            (Link::Gerund, _) => {
                retie(&self.out.noun_doer(s, self.cast, self.lexicon.classes(), up), Attachment::Control)
            }
            (Link::Modifier, _) => self.of_modifier(v, up),
            (_, Some(g)) => self.of_clause(v, g, link),
            _ => Vec::new(),
        }
    }

    /// "the U.S., South Korea, and Japan, which held joint drills": an act of several sides, or a plural verb, takes up the
    /// whole list, not its last name.
    fn antecedents(&self, v: usize, noun: usize) -> usize {
        let s = self.s;
        let words = self.lexicon.classes().list("collective");
        let plural = s.tag(v) == "VBP"
            || s.children_with(v, &["aux", "auxpass"]).any(|c| matches!(s.lower(c), "are" | "were" | "have"));
        let collective = s
            .children_with(v, &["dobj", "nsubjpass"])
            .any(|o| s.children(o).any(|c| words.contains(s.lower(c))));
        if s.dep(noun) != "conj" || !plural && !collective {
            return noun;
        }
        let up = |at: usize| s.dep(at) == "conj" && matches!(s.pos(s.head(at)), "NOUN" | "PROPN");
        (0..40).fold(noun, |at, _| if up(at) { s.head(at) } else { at })
    }

    /// Subject of a clause without one under verb or adjective `g`.
    fn of_clause(&self, v: usize, g: &Predicate, link: Link) -> Vec<Arg> {
        let s = self.s;
        match link {
            Link::Conjunct if g.kind != Kind::Noun => retie(&g.surface, Attachment::Conjunct),
            Link::Open if g.kind == Kind::Verb => {
                let by_subject = g.passive
                    || (g.obj.is_empty() && g.iobj.is_empty())
                    || self.is_listed(g, "subject-control");
                let list = match (by_subject, g.iobj.is_empty()) {
                    (true, _) => &g.surface,
                    (false, false) => &g.iobj,
                    (false, true) => &g.obj,
                };
                retie(list, Attachment::Control)
            }
            Link::Adverbial
                if g.passive && s.tag(v) == "VBG" && g.subj.iter().any(|a| a.how == Attachment::Passive) =>
            {
                retie(&g.subj, Attachment::Control)
            }
            Link::Open | Link::Adverbial => retie(&g.surface, Attachment::Control),
            Link::Clause if s.tag(v) == "VBG" => retie(&g.surface, Attachment::Control),
            _ => Vec::new(),
        }
    }

    fn of_gerund(&self, g: &Predicate) -> Vec<Arg> {
        let object = self.is_listed(g, "object-gerund");
        let list = if object && !g.passive && !g.obj.is_empty() { &g.obj } else { &g.surface };
        retie(list, Attachment::Control)
    }

    fn of_modifier(&self, v: usize, up: usize) -> Vec<Arg> {
        let s = self.s;
        match s.dep(v) {
            "acl" if has_to(s, v) || s.tag(v) == "VBG" && self.is_statement(up) => {
                let doer = self.out.noun_doer(s, self.cast, self.lexicon.classes(), up);
                if doer.is_empty() {
                    vec![Arg { token: up, how: Attachment::Control }]
                } else {
                    retie(&doer, Attachment::Control)
                }
            }
            "acl" | "relcl" | "amod" => vec![Arg { token: up, how: Attachment::Relative }],
            _ => Vec::new(),
        }
    }

    /// "Nauru and Australia held", "India, Bangladesh agree": short names before the subject that the parser hung on the
    /// verb as adverbials.
    fn with_strays(&self, v: usize, own: Vec<Arg>) -> Vec<Arg> {
        let s = self.s;
        let Some(mut at) = own.first().filter(|a| s.pos(a.token) == "PROPN").map(|a| a.token) else {
            return own;
        };
        let mut strays = Vec::new();
        for _ in 0..4 {
            let mut left = at;
            while left > 0 && (s.text(left - 1) == "," || s.lower(left - 1) == "and") {
                left -= 1;
            }
            let joined = left < at && left > 0;
            let stray = left.saturating_sub(1);
            let adverbial =
                matches!(s.dep(stray), "npadvmod" | "advmod" | "nmod" | "dep") && s.head(stray) == v;
            if !joined || !adverbial || s.pos(stray) != "PROPN" || !self.cast.is_actor(stray) {
                break;
            }
            strays.push(Arg { token: stray, how: Attachment::Conjunct });
            at = stray;
        }
        strays.reverse();
        strays.into_iter().chain(own).collect()
    }

    fn is_statement(&self, noun: usize) -> bool {
        self.lexicon.classes().list("statement-noun").contains(self.s.lemma(noun))
    }

    fn is_listed(&self, g: &Predicate, list: &str) -> bool {
        let words = self.lexicon.classes().list(list);
        g.lemmas.iter().any(|l| words.contains(l))
    }
}

impl Predicates {
    /// Who is behind a noun: its owner, or the subject of the verb whose object it is.
    pub fn noun_doer(&self, s: &Syntax<'_>, cast: &Cast<'_>, classes: &Classes, noun: usize) -> Vec<Arg> {
        let owners = owners(s, cast, classes, noun);
        if !owners.is_empty() {
            return owners;
        }
        let others = classes.list("others-deed");
        let of_others = |g: &Predicate| g.lemmas.iter().any(|l| others.contains(l));
        let mut at = noun;
        let mut during = false;
        for _ in 0..4 {
            let up = s.head(at);
            match s.dep(at) {
                "dobj" | "attr" | "dative" => {
                    return self
                        .at(up)
                        .filter(|g| !of_others(g))
                        .map(|g| g.subj.iter().map(|a| Arg { how: Attachment::Control, ..*a }).collect())
                        .unwrap_or_default();
                }
                "nsubjpass" => return self.at(up).map(|g| g.subj.clone()).unwrap_or_default(),
                "pobj" | "conj" | "prep" | "appos" if up != at => at = up,
                _ => break,
            }
            if s.pos(at) == "ADP" {
                during = classes.list("during").contains(s.lower(at));
            }
            if let Some(g) = self.at(at).filter(|g| g.kind == Kind::Verb) {
                if of_others(g) && !during {
                    return Vec::new();
                }
                return g.subj.iter().map(|a| Arg { how: Attachment::Control, ..*a }).collect();
            }
        }
        Vec::new()
    }

    /// "urged that Iran to stop": a clause with "to" and its own subject is an object with an infinitive.
    pub(super) fn copy_raised_subjects(&mut self, s: &Syntax<'_>) {
        for i in 0..self.list.len() {
            let p = &self.list[i];
            if p.kind != Kind::Verb || !p.obj.is_empty() {
                continue;
            }
            let raised = p.comps.iter().find_map(|&(c, link)| {
                (link == Link::Clause && is_infinitive(s, c))
                    .then(|| s.children_with(c, &["nsubj", "nsubjpass"]).next().map(|t| (c, t)))?
            });
            if let Some((clause, subject)) = raised {
                let p = &mut self.list[i];
                p.obj.push(Arg { token: subject, how: Attachment::Control });
                for comp in p.comps.iter_mut().filter(|c| c.0 == clause) {
                    comp.1 = Link::Open;
                }
            }
        }
    }

    /// "attacked and burned the camp": the first of two verbs close together shares the object of the second.
    pub(super) fn share_objects(&mut self, s: &Syntax<'_>) {
        for i in 0..self.list.len() {
            let p = &self.list[i];
            let Some((up, Link::Conjunct)) = p.governor else { continue };
            let own_subject = s.children_with(p.head, &["nsubj", "nsubjpass"]).next().is_some();
            let shared = !p.passive && !own_subject && p.head - up.min(p.head) <= 3 && !p.obj.is_empty();
            let objects: Vec<Arg> = p.obj.iter().map(|a| Arg { how: Attachment::Conjunct, ..*a }).collect();
            let second = p.head;
            let Some(&at) = self.at.get(up).filter(|_| shared) else { continue };
            if let Some(g) = self.list.get_mut(at as usize) {
                let complete = !g.obj.is_empty()
                    || g.passive
                    || !g.comps.is_empty()
                    || s.child(up, "prep").is_some_and(|c| c < second);
                if !complete && g.kind == Kind::Verb {
                    g.obj = objects;
                }
            }
        }
    }
}

/// "Sweden suspended aid": the parser takes a short name before the first verb for an adverbial. It is the subject when
/// the verb has an object and nothing but the name stands before it.
pub(super) fn left_name(s: &Syntax<'_>, v: usize) -> Option<Arg> {
    let finite = matches!(s.tag(v), "VBD" | "VBN" | "VBZ" | "VBP");
    let name = s.children_with(v, &["npadvmod", "advmod", "nmod", "dep", "compound"]).find(|&c| c < v)?;
    let only = s.pos(name) == "PROPN"
        && name + 1 == v
        && !s.children(v).any(|c| c < v && c != name && s.pos(c) != "PUNCT");
    (finite && only && s.child(v, "dobj").is_some()).then_some(Arg { token: name, how: Attachment::Direct })
}
