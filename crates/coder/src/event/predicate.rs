//! A sentence's dependency tree to predicate records: verbs, nouns and adjectives with their logical arguments.

use super::cast::Cast;
use record::{Attachment, SmolStr, Syntax};

/// One argument and how it was tied to its predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arg {
    /// Head token of the argument.
    pub token: usize,
    /// How it was tied.
    pub how: Attachment,
}

/// Word class of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A full verb.
    Verb,
    /// A noun.
    Noun,
    /// A predicate adjective.
    Adjective,
}

/// How a predicate hangs on the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Infinitive or other open complement.
    Open,
    /// Finite clause complement.
    Clause,
    /// Gerund under a preposition of the governor.
    Gerund,
    /// Adverbial clause.
    Adverbial,
    /// Coordination.
    Conjunct,
    /// Clause that modifies a noun.
    Modifier,
    /// Event noun that is an object (or passive subject) of the governor.
    Object,
    /// Event noun under a preposition of the governor.
    Oblique,
    /// Event noun that is the subject of the governor.
    Subject,
}

/// A verb, event noun or adjective with its arguments. Subject and object are logical, not those of the surface.
#[derive(Debug, Clone)]
pub struct Predicate {
    /// Its token.
    pub head: usize,
    /// Word class.
    pub kind: Kind,
    /// The lemma and other stems that the form allows.
    pub lemmas: Vec<SmolStr>,
    /// True in the passive, by auxiliary or by bare participle.
    pub passive: bool,
    /// Surface subject: what clauses without one inherit.
    pub surface: Vec<Arg>,
    /// Who does.
    pub subj: Vec<Arg>,
    /// What it is done to.
    pub obj: Vec<Arg>,
    /// Indirect object without preposition.
    pub iobj: Vec<Arg>,
    /// Predicate nouns and adjectives, object complements.
    pub attr: Vec<usize>,
    /// Particles and adverbs that may be particles.
    pub particles: Vec<usize>,
    /// Clause complements: heads, with true for infinitives.
    pub comps: Vec<(usize, Link)>,
    /// The predicate above, and how this one hangs on it.
    pub governor: Option<(usize, Link)>,
}

/// Verbs whose open complement has the subject's doer even with an object between.
const SUBJECT_CONTROL: [&str; 6] = ["promise", "threaten", "vow", "pledge", "swear", "guarantee"];

/// Verbs whose gerund under a preposition has their object as doer.
const OBJECT_GERUND: [&str; 27] = [
    "accuse",
    "warn",
    "ban",
    "bar",
    "prevent",
    "stop",
    "blame",
    "charge",
    "suspect",
    "convict",
    "acquit",
    "criticise",
    "criticize",
    "condemn",
    "praise",
    "thank",
    "commend",
    "discourage",
    "dissuade",
    "deter",
    "keep",
    "prohibit",
    "caution",
    "find",
    "denounce",
    "censure",
    "force",
];

/// Adverbs that may work as particles of the verb.
const PARTICLE_ADVERBS: [&str; 14] = [
    "out", "up", "down", "off", "away", "back", "over", "in", "on", "through", "aside", "together", "apart",
    "forward",
];

/// All predicates of one page, by token.
pub struct Predicates {
    list: Vec<Predicate>,
    at: Vec<u32>,
}

impl Predicates {
    /// The predicate at `token`.
    pub fn at(&self, token: usize) -> Option<&Predicate> {
        self.at.get(token).and_then(|&i| self.list.get(i as usize))
    }

    /// All of them, governors before the governed.
    pub fn iter(&self) -> impl Iterator<Item = &Predicate> {
        self.list.iter()
    }

    /// Reads all sentences. `is_noun` says whether a noun's lemma is one the lexicon knows.
    pub fn read(syntax: &Syntax<'_>, cast: &Cast<'_>, is_noun: impl Fn(&str) -> bool) -> Predicates {
        let n = syntax.len();
        let mut order: Vec<(usize, usize, Kind)> = Vec::new();
        for t in 0..n {
            let kind = match syntax.pos(t) {
                "VERB" => Kind::Verb,
                "AUX" if !matches!(syntax.dep(t), "aux" | "auxpass") => Kind::Verb,
                "NOUN" | "PROPN" if is_noun(&noun_lemma(syntax, t)) || is_noun(syntax.lower(t)) => Kind::Noun,
                "ADJ" if is_predicate_adjective(syntax, t) => Kind::Adjective,
                _ => continue,
            };
            order.push((syntax.ancestors(t).count(), t, kind));
        }
        order.sort_unstable_by_key(|(depth, t, _)| (*depth, *t));
        let mut all = Predicates { list: Vec::with_capacity(order.len()), at: vec![u32::MAX; n] };
        for (_, t, kind) in order {
            let p = match kind {
                Kind::Verb => all.verb(syntax, cast, t),
                Kind::Noun => all.noun(syntax, cast, t),
                Kind::Adjective => all.adjective(syntax, t),
            };
            all.at[t] = all.list.len() as u32;
            all.list.push(p);
        }
        all.copy_raised_subjects(syntax);
        all.share_objects(syntax);
        all
    }

    fn verb(&self, s: &Syntax<'_>, cast: &Cast<'_>, v: usize) -> Predicate {
        let governor = self.governor(s, v);
        let passive = self.is_passive(s, v, governor);
        let mut p = blank(v, Kind::Verb, verb_lemmas(s, v), governor);
        p.passive = passive;
        p.surface = self.surface(s, cast, v, governor);
        let mut objects = objects(s, v);
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
        } else {
            p.subj = p.surface.clone();
        }
        p.obj = objects;
        p.attr = s.children_with(v, &["attr", "acomp", "oprd"]).collect();
        p.particles = particles(s, v);
        p.comps = complements(s, v);
        p
    }

    fn adjective(&self, s: &Syntax<'_>, a: usize) -> Predicate {
        let governor = self.governor(s, a);
        let mut p = blank(a, Kind::Adjective, vec![s.lower(a).into()], governor);
        let head = s.head(a);
        p.surface = match (s.dep(a), self.at(head)) {
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

    fn noun(&self, s: &Syntax<'_>, cast: &Cast<'_>, t: usize) -> Predicate {
        let governor = self.governor(s, t);
        let mut p = blank(t, Kind::Noun, vec![noun_lemma(s, t)], governor);
        if s.lower(t) != p.lemmas[0] {
            p.lemmas.push(s.lower(t).into());
        }
        p.subj = owners(s, cast, t);
        p.comps = complements(s, t);
        p.surface = p.subj.clone();
        p
    }

    /// The nearest predicate above `t`, through prepositions and the nouns of noun phrases.
    fn governor(&self, s: &Syntax<'_>, t: usize) -> Option<(usize, Link)> {
        let head = s.head(t);
        if head == t {
            return None;
        }
        let link = match s.dep(t) {
            "xcomp" => Link::Open,
            "ccomp" | "csubj" | "parataxis" => Link::Clause,
            "advcl" => Link::Adverbial,
            "conj" => Link::Conjunct,
            "acl" | "relcl" => Link::Modifier,
            "dobj" | "nsubjpass" | "attr" | "oprd" | "acomp" | "dative" => Link::Object,
            "nsubj" => Link::Subject,
            "pcomp" => Link::Gerund,
            "pobj" => Link::Oblique,
            _ => return self.at.get(head).filter(|&&i| i != u32::MAX).map(|_| (head, Link::Modifier)),
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

    fn is_passive(&self, s: &Syntax<'_>, v: usize, governor: Option<(usize, Link)>) -> bool {
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
                governor.and_then(|(g, _)| self.at(g)).is_some_and(|g| g.passive)
                    && s.child(v, "nsubj").is_none()
            }
            "relcl" | "ROOT" => s.child(v, "agent").is_some(),
            "amod" => true,
            _ => false,
        }
    }

    /// Surface subject: its own, or the one its place in the tree gives it.
    fn surface(
        &self,
        s: &Syntax<'_>,
        cast: &Cast<'_>,
        v: usize,
        governor: Option<(usize, Link)>,
    ) -> Vec<Arg> {
        let own: Vec<Arg> = s
            .children_with(v, &["nsubj", "nsubjpass", "csubj"])
            .map(|t| match relative_antecedent(s, v, t) {
                Some(noun) => Arg { token: noun, how: Attachment::Relative },
                None => Arg { token: t, how: Attachment::Direct },
            })
            .filter(|a| s.tag(a.token) != "EX")
            .collect();
        if !own.is_empty() {
            return own;
        }
        let Some((up, link)) = governor else { return Vec::new() };
        let retie = |list: &[Arg], how| list.iter().map(|a| Arg { how, ..*a }).collect::<Vec<_>>();
        match (link, self.at(up)) {
            (Link::Conjunct, Some(g)) if g.kind != Kind::Noun => retie(&g.surface, Attachment::Conjunct),
            (Link::Open, Some(g)) if g.kind == Kind::Verb => {
                let by_subject = g.passive
                    || (g.obj.is_empty() && g.iobj.is_empty())
                    || g.lemmas.iter().any(|l| SUBJECT_CONTROL.contains(&l.as_str()));
                let list = match (by_subject, g.iobj.is_empty()) {
                    (true, _) => &g.surface,
                    (false, false) => &g.iobj,
                    (false, true) => &g.obj,
                };
                retie(list, Attachment::Control)
            }
            (Link::Adverbial, Some(g))
                if g.passive && s.tag(v) == "VBG" && g.subj.iter().any(|a| a.how == Attachment::Passive) =>
            {
                retie(&g.subj, Attachment::Control)
            }
            (Link::Open | Link::Adverbial | Link::Clause, Some(g))
                if link != Link::Clause || s.tag(v) == "VBG" =>
            {
                retie(&g.surface, Attachment::Control)
            }
            (Link::Gerund, Some(g)) if g.kind == Kind::Verb => {
                let object = g.lemmas.iter().any(|l| OBJECT_GERUND.contains(&l.as_str()));
                let list = if object && !g.passive && !g.obj.is_empty() { &g.obj } else { &g.surface };
                retie(list, Attachment::Control)
            }
            (Link::Gerund, _) => retie(&self.noun_doer(s, cast, up), Attachment::Control),
            (Link::Modifier, _) if s.dep(v) == "acl" && has_to(s, v) => {
                let doer = self.noun_doer(s, cast, up);
                if doer.is_empty() {
                    vec![Arg { token: up, how: Attachment::Control }]
                } else {
                    retie(&doer, Attachment::Control)
                }
            }
            (Link::Modifier, _) if matches!(s.dep(v), "acl" | "relcl" | "amod") => {
                vec![Arg { token: up, how: Attachment::Relative }]
            }
            _ => Vec::new(),
        }
    }

    /// Who is behind a noun: its owner, or the subject of the verb whose object it is.
    pub fn noun_doer(&self, s: &Syntax<'_>, cast: &Cast<'_>, noun: usize) -> Vec<Arg> {
        let owners = owners(s, cast, noun);
        if !owners.is_empty() {
            return owners;
        }
        let mut at = noun;
        for _ in 0..4 {
            let up = s.head(at);
            match s.dep(at) {
                "dobj" | "attr" | "dative" => {
                    return self
                        .at(up)
                        .map(|g| g.subj.iter().map(|a| Arg { how: Attachment::Control, ..*a }).collect())
                        .unwrap_or_default();
                }
                "nsubjpass" => return self.at(up).map(|g| g.subj.clone()).unwrap_or_default(),
                "pobj" | "conj" | "prep" | "appos" if up != at => at = up,
                _ => break,
            }
            if let Some(g) = self.at(at).filter(|g| g.kind == Kind::Verb) {
                return g.subj.iter().map(|a| Arg { how: Attachment::Control, ..*a }).collect();
            }
        }
        Vec::new()
    }

    /// "urged that Iran to stop": a clause with "to" and its own subject is an object with an infinitive.
    fn copy_raised_subjects(&mut self, s: &Syntax<'_>) {
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
    fn share_objects(&mut self, s: &Syntax<'_>) {
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

/// "Oil fund divested from ...": a participle on the noun that heads a sentence without a verb is its verb, when it has
/// an object, or a preposition and no by-phrase.
fn is_headline_verb(s: &Syntax<'_>, v: usize) -> bool {
    let noun = s.head(v);
    if s.dep(v) != "acl"
        || !s.is_root(noun)
        || matches!(s.pos(noun), "VERB" | "AUX")
        || s.child(v, "agent").is_some()
    {
        return false;
    }
    let object = s.child(v, "dobj").is_some();
    let oblique = s
        .children_with(v, &["prep"])
        .any(|c| matches!(s.lower(c), "from" | "with" | "against" | "for" | "to"));
    object || oblique && s.lower(v) != "based"
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

/// The lemma of a noun in lower case; proper nouns in headlines keep their form.
fn noun_lemma(s: &Syntax<'_>, t: usize) -> SmolStr {
    let lemma = s.lemma(t);
    if lemma.chars().all(char::is_lowercase) { lemma.into() } else { SmolStr::new(lemma.to_lowercase()) }
}

/// The lemma and, since lemmatisers guess, the other stems that a regular form allows.
fn verb_lemmas(s: &Syntax<'_>, v: usize) -> Vec<SmolStr> {
    let lower = s.lower(v);
    let mut out = vec![SmolStr::new(s.lemma(v).to_lowercase())];
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == lower) {
        out.push(SmolStr::new_static(base));
    }
    let mut add = |w: String| {
        if !out.iter().any(|l| *l == w) && w.len() > 1 {
            out.push(w.into());
        }
    };
    let stem = match s.tag(v) {
        "VBD" | "VBN" => lower.strip_suffix("ed"),
        "VBG" => lower.strip_suffix("ing"),
        _ => None,
    };
    if let Some(stem) = stem {
        add(stem.to_owned());
        add(format!("{stem}e"));
        let mut chars = stem.chars().rev();
        if let (Some(a), Some(b)) = (chars.next(), chars.next())
            && a == b
        {
            add(stem[..stem.len() - a.len_utf8()].to_owned());
        }
        if let Some(short) = stem.strip_suffix('i') {
            add(format!("{short}y"));
        }
    }
    out
}

/// Irregular forms that lemmatisers leave as they are.
const IRREGULAR: [(&str, &str); 26] = [
    ("forgave", "forgive"),
    ("forgiven", "forgive"),
    ("withdrew", "withdraw"),
    ("withdrawn", "withdraw"),
    ("withheld", "withhold"),
    ("overthrew", "overthrow"),
    ("overthrown", "overthrow"),
    ("upheld", "uphold"),
    ("forbade", "forbid"),
    ("forbidden", "forbid"),
    ("overran", "overrun"),
    ("retook", "retake"),
    ("retaken", "retake"),
    ("undertook", "undertake"),
    ("undertaken", "undertake"),
    ("oversaw", "oversee"),
    ("rebuilt", "rebuild"),
    ("foresaw", "foresee"),
    ("outdid", "outdo"),
    ("misled", "mislead"),
    ("resold", "resell"),
    ("repaid", "repay"),
    ("unveiled", "unveil"),
    ("rewrote", "rewrite"),
    ("sank", "sink"),
    ("stove", "stave"),
];

fn is_predicate_adjective(s: &Syntax<'_>, t: usize) -> bool {
    match s.dep(t) {
        "acomp" | "oprd" | "ROOT" | "xcomp" | "ccomp" | "advcl" | "attr" => true,
        "conj" => matches!(s.dep(s.head(t)), "acomp" | "oprd" | "ROOT"),
        "amod" => s.children(t).any(|c| matches!(s.dep(c), "xcomp" | "prep")),
        _ => false,
    }
}

/// True when the verb is marked by "to".
pub fn has_to(s: &Syntax<'_>, v: usize) -> bool {
    s.children(v).any(|c| s.tag(c) == "TO" && s.dep(c) == "aux")
}

/// True for infinitives with or without "to".
fn is_infinitive(s: &Syntax<'_>, v: usize) -> bool {
    has_to(s, v) || s.tag(v) == "VB" && !s.children(v).any(|c| s.dep(c) == "aux")
}

fn passive_how(how: Attachment) -> Attachment {
    if how == Attachment::Direct { Attachment::Passive } else { how }
}

fn is_relative_pronoun(s: &Syntax<'_>, t: usize) -> bool {
    matches!(s.tag(t), "WDT" | "WP") || s.lower(t) == "that" && s.tag(t) != "DT" && s.pos(t) == "PRON"
}

/// The noun that relative pronoun `t` of verb `v` stands for.
fn relative_antecedent(s: &Syntax<'_>, v: usize, t: usize) -> Option<usize> {
    if !is_relative_pronoun(s, t) {
        return None;
    }
    std::iter::once(v).chain(s.ancestors(v)).take(4).find(|&a| s.dep(a) == "relcl").map(|a| s.head(a))
}

/// The noun that a relative clause without an object of its own leaves out.
fn relative_gap(s: &Syntax<'_>, v: usize) -> Option<usize> {
    let subject = s.children_with(v, &["nsubj"]).next()?;
    let open = !is_relative_pronoun(s, subject)
        && s.children(v).all(|c| !matches!(s.dep(c), "xcomp" | "ccomp" | "acomp" | "attr" | "dobj"))
        && s.children(v).all(|c| !(s.dep(c) == "prep" && s.children(c).any(|o| is_relative_pronoun(s, o))))
        && !s.children(v).any(|c| s.dep(c) == "advmod" && matches!(s.lower(c), "where" | "when" | "why"));
    open.then(|| s.head(v))
}

fn objects(s: &Syntax<'_>, v: usize) -> Vec<Arg> {
    let mut out = Vec::new();
    for c in s.children(v) {
        match s.dep(c) {
            "dobj" => out.push(match relative_antecedent(s, v, c) {
                Some(noun) => Arg { token: noun, how: Attachment::Relative },
                None => Arg { token: c, how: Attachment::Direct },
            }),
            // "sent up to 16 advisers": the particle with a number below is a quantity.
            "prt" | "prep" | "advmod" if s.lower(c) == "up" => {
                let quantity = s.children(c).find(|&o| s.lower(o) == "to");
                let noun = quantity.and_then(|to| s.children_with(to, &["pobj"]).next());
                if let Some(noun) = noun.filter(|&n| s.children(n).any(|m| s.dep(m) == "nummod")) {
                    out.push(Arg { token: noun, how: Attachment::Direct });
                }
            }
            _ => {}
        }
    }
    out
}

/// By-phrases of a passive.
fn agents(s: &Syntax<'_>, v: usize) -> Vec<Arg> {
    s.children(v)
        .filter(|&c| s.dep(c) == "agent" || s.dep(c) == "prep" && s.lower(c) == "by")
        .flat_map(|by| s.children_with(by, &["pobj"]))
        .filter(|&t| !matches!(s.entity_label(t), "DATE" | "TIME" | "PERCENT" | "MONEY" | "CARDINAL"))
        .map(|token| Arg { token, how: Attachment::Passive })
        .collect()
}

/// A single later "by" with an actor, hung on a noun of the clause by the parser.
fn borrowed_agent(s: &Syntax<'_>, cast: &Cast<'_>, v: usize) -> Vec<Arg> {
    let mut found = Vec::new();
    let end = s.sentence(v).map_or(v, |x| s.doc.sentences[x].tokens.end as usize);
    for by in v + 1..end {
        if s.lower(by) != "by" || !matches!(s.dep(by), "prep" | "agent") || !s.is_under(by, v) {
            continue;
        }
        // Another verb between owns it.
        if s.ancestors(by).take_while(|&a| a != v).any(|a| s.pos(a) == "VERB") {
            continue;
        }
        found.extend(s.children_with(by, &["pobj"]).filter(|&t| cast.is_actor(t)));
    }
    match found[..] {
        [token] => vec![Arg { token, how: Attachment::Borrowed }],
        _ => Vec::new(),
    }
}

fn particles(s: &Syntax<'_>, v: usize) -> Vec<usize> {
    s.children(v)
        .filter(|&c| match s.dep(c) {
            "prt" => true,
            "advmod" => PARTICLE_ADVERBS.contains(&s.lower(c)),
            "prep" => {
                s.children(c).all(|o| !matches!(s.dep(o), "pobj" | "pcomp"))
                    || PARTICLE_ADVERBS.contains(&s.lower(c))
            }
            _ => false,
        })
        .collect()
}

fn complements(s: &Syntax<'_>, v: usize) -> Vec<(usize, Link)> {
    let mut out = Vec::new();
    for c in s.children(v) {
        match s.dep(c) {
            "xcomp" => out.push((c, Link::Open)),
            "ccomp" => out.push((c, Link::Clause)),
            "acl" if has_to(s, c) || s.child(c, "mark").is_some() => out.push((c, Link::Open)),
            "advcl" if has_to(s, c) => out.push((c, Link::Adverbial)),
            "prep" | "dative" => out.extend(s.children_with(c, &["pcomp"]).map(|g| (g, Link::Gerund))),
            _ => {}
        }
    }
    out
}

/// Who owns an event noun: possessor, country before it, by-phrase.
pub fn owners(s: &Syntax<'_>, cast: &Cast<'_>, noun: usize) -> Vec<Arg> {
    let mut out = Vec::new();
    for c in s.children(noun) {
        let take = match s.dep(c) {
            "poss" => true,
            "compound" | "amod" | "nmod" | "npadvmod" => cast.is_actor(c),
            _ => false,
        };
        if take {
            out.push(Arg { token: c, how: Attachment::Nominal });
        }
    }
    if out.is_empty() {
        for by in
            s.children(noun).filter(|&c| s.dep(c) == "prep" && s.lower(c) == "by" || s.dep(c) == "agent")
        {
            out.extend(s.children_with(by, &["pobj"]).map(|token| Arg { token, how: Attachment::Nominal }));
        }
    }
    out
}
