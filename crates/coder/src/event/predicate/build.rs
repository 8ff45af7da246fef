//! Tokens to predicates, governors before the governed: verbs, event nouns, predicate adjectives.

use super::tree::{
    agents, borrowed_agent, complements, coordination_host, free_relative, is_headline_verb,
    is_predicate_adjective, objects, owners, particles, passive_how, relative_gap,
};
use super::words::{noun_lemma, verb_lemmas};
use super::{Arg, Kind, Link, Predicate, Predicates, has_to};
use crate::event::cast::Cast;
use crate::pattern::compile::Lexicon;
use record::{Attachment, SmolStr, Syntax};

/// Reads the predicates of one page.
pub struct Builder<'a> {
    pub(super) s: &'a Syntax<'a>,
    pub(super) cast: &'a Cast<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) out: Predicates,
}

impl<'a> Builder<'a> {
    /// A builder with nothing read.
    pub fn new(s: &'a Syntax<'a>, cast: &'a Cast<'a>, lexicon: &'a Lexicon) -> Self {
        let out = Predicates { list: Vec::new(), at: vec![u32::MAX; s.len()] };
        Builder { s, cast, lexicon, out }
    }

    /// All predicates.
    pub fn run(mut self) -> Predicates {
        let mut order: Vec<(usize, usize, Kind)> = Vec::new();
        for t in 0..self.s.len() {
            if let Some(kind) = self.kind(t) {
                order.push((self.s.ancestors(t).count(), t, kind));
            }
        }
        order.sort_unstable_by_key(|(depth, t, _)| (*depth, *t));
        self.out.list.reserve(order.len());
        for (_, t, kind) in order {
            let p = match kind {
                Kind::Verb => self.verb(t),
                Kind::Noun => self.noun(t),
                Kind::Adjective => self.adjective(t),
            };
            self.out.at[t] = self.out.list.len() as u32;
            self.out.list.push(p);
        }
        self.out.copy_raised_subjects(self.s);
        self.out.share_objects(self.s);
        self.out
    }

    fn kind(&self, t: usize) -> Option<Kind> {
        let s = self.s;
        match s.pos(t) {
            // "a series of airstrikes", tagged as a verb.
            "VERB"
                if matches!(s.dep(t), "pobj" | "dobj" | "nsubjpass")
                    && s.tag(t) == "VBZ"
                    && self.lexicon.is_noun(&noun_lemma(s, t)) =>
            {
                Some(Kind::Noun)
            }
            "VERB" => Some(Kind::Verb),
            "AUX" if !matches!(s.dep(t), "aux" | "auxpass") => Some(Kind::Verb),
            "NOUN" | "PROPN" => {
                let known = self.lexicon.is_noun(&noun_lemma(s, t)) || self.lexicon.is_noun(s.lower(t));
                known.then_some(Kind::Noun)
            }
            "ADJ" if is_predicate_adjective(s, t) => Some(Kind::Adjective),
            _ => None,
        }
    }

    fn verb(&self, v: usize) -> Predicate {
        let (s, cast) = (self.s, self.cast);
        let governor = self.governor(v);
        let passive = self.is_passive(v, governor) && !self.is_state_of_mind(v);
        let mut p = blank(v, Kind::Verb, verb_lemmas(s, self.lexicon.classes(), v), governor);
        p.passive = passive;
        p.surface = self.surface(v, governor);
        let mut objects = objects(s, v);
        let naming = self.lexicon.classes().list("naming-verb");
        let named = s.children_with(v, &["ccomp"]).filter_map(|c| free_relative(s, naming, c));
        objects.extend(named.map(|token| Arg { token, how: Attachment::Relative }));
        for c in s.children_with(v, &["dative"]) {
            match s.tag(c) {
                "IN" | "TO" => {}
                _ => p.iobj.push(Arg { token: c, how: Attachment::Direct }),
            }
        }
        if objects.is_empty()
            && s.dep(v) == "relcl"
            && !passive
            && let Some(gap) = relative_gap(s, v)
        {
            objects.push(Arg { token: gap, how: Attachment::Relative });
        }
        if passive {
            let surface: Vec<Arg> = p.surface.iter().map(|a| Arg { how: passive_how(a.how), ..*a }).collect();
            if objects.is_empty() {
                objects = surface;
            } else {
                p.iobj = surface;
            }
            p.subj = agents(s, v);
            if p.subj.is_empty() {
                p.subj = borrowed_agent(s, cast, v);
            }
            if p.subj.is_empty() {
                p.subj = self.announcer(v, governor);
            }
        } else {
            p.subj = p.surface.clone();
        }
        p.obj = objects;
        p.attr = s.children_with(v, &["attr", "acomp", "oprd"]).collect();
        p.particles = particles(s, self.lexicon.classes(), v);
        p.comps = complements(s, v);
        p
    }

    /// "The EU said sanctions would be imposed": who announces what will be done without a doer is its doer.
    fn announcer(&self, v: usize, governor: Option<(usize, Link)>) -> Vec<Arg> {
        let s = self.s;
        let ahead = s.children(v).any(|c| s.dep(c) == "aux" && matches!(s.lower(c), "will" | "would"));
        let saying = self.lexicon.classes().list("saying-verb");
        let Some((up, Link::Clause)) = governor.filter(|_| ahead) else { return Vec::new() };
        let g = self.out.at(up).filter(|g| g.lemmas.iter().any(|l| saying.contains(l)));
        let list = g.map(|g| g.subj.clone()).unwrap_or_default();
        list.into_iter().map(|a| Arg { how: Attachment::Clause, ..a }).collect()
    }

    fn adjective(&self, a: usize) -> Predicate {
        let s = self.s;
        let governor = self.governor(a);
        let mut p = blank(a, Kind::Adjective, vec![s.lower(a).into()], governor);
        let head = s.head(a);
        p.surface = match (s.dep(a), self.out.at(head)) {
            ("acomp" | "attr" | "oprd" | "xcomp" | "conj", Some(g)) => {
                let controlled = s.dep(a) == "oprd" && !g.obj.is_empty() && !g.passive;
                if controlled { g.obj.clone() } else { g.surface.clone() }
            }
            ("amod", _) => vec![Arg { token: head, how: Attachment::Nominal }],
            _ => s.children_with(a, &["nsubj"]).map(|t| Arg { token: t, how: Attachment::Direct }).collect(),
        };
        p.subj = p.surface.clone();
        p.comps = complements(s, a);
        if s.dep(a) == "acomp" {
            // "it is vital that ...": the clause hangs on the copula.
            p.comps.extend(
                s.children_with(head, &["ccomp", "xcomp", "advcl"])
                    .map(|c| (c, if has_to(s, c) { Link::Open } else { Link::Clause })),
            );
        }
        p
    }

    fn noun(&self, t: usize) -> Predicate {
        let (s, cast) = (self.s, self.cast);
        let governor = self.governor(t);
        let mut p = blank(t, Kind::Noun, vec![noun_lemma(s, t)], governor);
        if s.lower(t) != p.lemmas[0] {
            p.lemmas.push(s.lower(t).into());
        }
        p.subj = owners(s, cast, self.lexicon.classes(), t);
        p.comps = complements(s, t);
        p.surface = p.subj.clone();
        p
    }

    /// The nearest predicate above `t`, through prepositions and the nouns of noun phrases.
    fn governor(&self, t: usize) -> Option<(usize, Link)> {
        let s = self.s;
        let head = if s.dep(t) == "conj" { coordination_host(s, t) } else { s.head(t) };
        if head == t {
            return None;
        }
        let link = match s.dep(t) {
            "xcomp" => Link::Open,
            "ccomp" | "csubj" | "parataxis" => Link::Clause,
            // "ruled out reopening", "keeps denying": a gerund right after its verb is what the verb is about.
            "advcl" if s.tag(t) == "VBG" && next_to(s, head, t) => Link::Open,
            "advcl" => Link::Adverbial,
            "conj" => Link::Conjunct,
            "acl" | "relcl" => Link::Modifier,
            "dobj" | "nsubjpass" | "attr" | "oprd" | "acomp" | "dative" => Link::Object,
            "nsubj" => Link::Subject,
            "pcomp" => Link::Gerund,
            "pobj" => Link::Oblique,
            _ => return self.out.at(head).map(|_| (head, Link::Modifier)),
        };
        let mut up = head;
        if matches!(link, Link::Gerund | Link::Oblique) {
            while matches!(s.dep(up), "prep" | "agent" | "dative" | "pcomp") && s.head(up) != up {
                up = s.head(up);
                if !matches!(s.tag(up), "IN" | "TO") {
                    break;
                }
            }
        }
        Some((up, link))
    }

    /// "is opposed to", "was committed to": an adjective that the parser takes for a passive; its subject is the doer.
    fn is_state_of_mind(&self, v: usize) -> bool {
        let s = self.s;
        let be = s.children_with(v, &["auxpass", "aux"]).any(|c| s.lemma(c) == "be");
        let by = s.children_with(v, &["agent", "prep"]).any(|c| s.lower(c) == "by");
        be && !by && self.lexicon.classes().list("state-of-mind").contains(s.lower(v))
    }

    fn is_passive(&self, v: usize, governor: Option<(usize, Link)>) -> bool {
        let s = self.s;
        if s.tag(v) != "VBN" && s.tag(v) != "VBD" {
            return false;
        }
        let mut perfect = false;
        for c in s.children(v) {
            match s.dep(c) {
                "auxpass" | "nsubjpass" => return true,
                "aux" if s.lemma(c) == "have" => perfect = true,
                "aux" if s.lemma(c) == "be" && s.tag(v) == "VBN" => return true,
                _ => {}
            }
        }
        if is_headline_verb(s, v) {
            return false;
        }
        if perfect || s.tag(v) != "VBN" && s.child(v, "agent").is_none() {
            return false;
        }
        match s.dep(v) {
            "acl" => true,
            "advcl" | "oprd" | "ccomp" | "xcomp" => s.child(v, "nsubj").is_none(),
            "conj" => {
                governor.and_then(|(g, _)| self.out.at(g)).is_some_and(|g| g.passive)
                    && s.child(v, "nsubj").is_none()
            }
            "relcl" | "ROOT" => s.child(v, "agent").is_some(),
            "amod" => true,
            _ => false,
        }
    }
}

fn blank(head: usize, kind: Kind, lemmas: Vec<SmolStr>, governor: Option<(usize, Link)>) -> Predicate {
    Predicate {
        head,
        kind,
        lemmas,
        passive: false,
        surface: Vec::new(),
        subj: Vec::new(),
        obj: Vec::new(),
        iobj: Vec::new(),
        attr: Vec::new(),
        particles: Vec::new(),
        comps: Vec::new(),
        governor,
    }
}

/// `t` follows the verb `v` with nothing but a particle between.
fn next_to(s: &Syntax<'_>, v: usize, t: usize) -> bool {
    v < t && (v + 1..t).all(|i| s.dep(i) == "prt") && s.child(v, "dobj").is_none()
}
