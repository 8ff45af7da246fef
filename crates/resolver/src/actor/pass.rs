//! One walk over a page, left to right: every noun phrase that can act becomes a mention.

use super::build::best_spell;
use super::coref::{Class, Seen};
use super::index::{Sense, Weak};
use super::knowledge::{Knowledge, Spell};
use super::memory::Memory;
use super::phrase::{Facts, Phrase, View};
use super::scan::{self, Hit, Hits};
use record::{Actor, ActorKind, ActorMention, Reason, SmolStr, Syntax, TokenSpan};
use tables::actors::Day;
use tables::actors::genders::Gender;

/// Resolves one page.
pub fn run(k: &Knowledge, s: &Syntax<'_>) -> Vec<ActorMention> {
    let hits = scan::scan(&k.index, s);
    let left = scan::left_edges(s);
    let date = s.page.published_day().and_then(|d| Day::parse(d).ok()).filter(|d| !d.is_none());
    let view = View { k, s, hits: &hits, left: &left, date };
    let mut pass =
        Pass { view: &view, memory: Memory::default(), out: Vec::new(), inside: vec![false; s.len()] };
    pass.memory.outlet = s.page.meta.publisher_country.as_ref().map(|f| f.value.clone());
    pass.count_countries(&hits);
    for i in 0..s.len() {
        pass.visit(i);
    }
    finish(pass.out)
}

/// The walk's state.
pub struct Pass<'a> {
    /// The page and the tables.
    pub view: &'a View<'a>,
    /// What the page has said so far.
    pub memory: Memory,
    /// Mentions so far.
    pub out: Vec<ActorMention>,
    /// Tokens inside a name whose head has been seen or comes later: no heads of their own.
    pub inside: Vec<bool>,
}

/// A decision about one phrase.
pub struct Decision {
    /// Who.
    pub actors: Vec<Actor>,
    /// Why.
    pub why: Reason,
    /// Sense of the core, when a table has it.
    pub sense: Option<Sense>,
    /// The earlier mention taken up.
    pub antecedent: Option<u32>,
}

const MODIFIERS: [&str; 8] = ["compound", "amod", "nmod", "det", "nummod", "advmod", "npadvmod", "quantmod"];

impl Pass<'_> {
    fn count_countries(&mut self, hits: &Hits) {
        for hit in &hits.list {
            let label = self.view.s.entity_label(hit.tokens.end as usize - 1);
            let mut of_names: Vec<&SmolStr> = Vec::new();
            for form in hit.forms.iter().filter(|f| f.weak == Weak::No) {
                match form.sense {
                    Sense::Country(i) | Sense::Demonym(i) if label != "PERSON" && label != "ORG" => {
                        let code = self.view.k.countries.get(usize::from(i)).map_or("", |c| c.iso3);
                        self.memory.note_code(&self.view.k.fold(code));
                    }
                    Sense::Metonym(i) if label != "PERSON" => {
                        let place = self.view.k.metonyms.get(usize::from(i));
                        if let Some([only]) = place.map(|m| m.readings.as_slice()) {
                            self.memory.note_code(&self.view.k.fold(only.code));
                        }
                    }
                    Sense::Entity(e) => {
                        let entity = self.view.k.entities.get(e as usize);
                        let spell = entity.and_then(|e| best_spell(e, self.view.date, &[], &[]));
                        of_names.extend(spell.map(|(s, _)| &s.code));
                    }
                    _ => {}
                }
            }
            if let Some(first) = of_names.first().filter(|f| of_names.iter().all(|c| c == *f)) {
                self.memory.note_code(&self.view.k.fold(first));
            }
        }
    }

    fn visit(&mut self, i: usize) {
        if self.inside.get(i).copied().unwrap_or(false) {
            return;
        }
        let s = self.view.s;
        if s.pos(i) == "PRON" {
            self.visit_pronoun(i);
            return;
        }
        if self.view.hits.at(i).is_some_and(|h| h.tokens.len() > 1 && self.root(h.tokens) != i) {
            return;
        }
        let named =
            self.view.hits.at(i).is_some_and(|h| {
                h.forms.iter().any(|f| !matches!(f.sense, Sense::Role(..) | Sense::Title(..)))
            });
        let nominal = named
            || matches!(s.pos(i), "NOUN" | "PROPN")
            || (matches!(s.pos(i), "ADJ" | "X" | "NUM") && self.view.hits.at(i).is_some());
        if !nominal {
            return;
        }
        if MODIFIERS.contains(&s.dep(i)) && s.head(i) > i {
            self.visit_modifier(i);
        } else {
            self.visit_head(i);
        }
    }

    fn visit_pronoun(&mut self, i: usize) {
        if self.view.s.dep(i) == "expl" {
            return;
        }
        let other = self.subject_pronoun(i);
        let Some((actors, from)) = self.memory.trail.pronoun(self.view, i, &other) else { return };
        let phrase = Phrase { head: i, span: TokenSpan::new(i, i + 1), core: TokenSpan::new(i, i + 1) };
        let decision =
            Decision { actors, why: Reason::rule("actor/pronoun"), sense: None, antecedent: Some(from) };
        self.push(phrase, decision);
    }

    /// Who the pronoun is that is the subject of the clause in which pronoun `i` is an object ("he would welcome him").
    fn subject_pronoun(&self, i: usize) -> Vec<Actor> {
        let s = self.view.s;
        let reflexive = s.lower(i).ends_with("self") || s.lower(i).ends_with("selves");
        if !matches!(s.dep(i), "dobj" | "pobj" | "dative") || reflexive {
            return Vec::new();
        }
        let verb = s.ancestors(i).find(|&a| matches!(s.pos(a), "VERB" | "AUX"));
        let subject = verb.and_then(|v| s.children_with(v, &["nsubj"]).find(|&c| s.pos(c) == "PRON"));
        let mention = subject.and_then(|t| self.out.iter().rev().find(|m| m.head as usize == t));
        mention.map(|m| m.actors.clone()).unwrap_or_default()
    }

    /// A name before another noun: a mention of its own; roles before a noun that is no actor likewise.
    fn visit_modifier(&mut self, i: usize) {
        let Some(hit) = self.view.hits.at(i) else { return };
        if self.root(hit.tokens) != i {
            return;
        }
        let outer = self.view.phrase(self.view.s.head(i));
        if outer.core.covers(hit.tokens)
            && outer.core.len() > hit.tokens.len()
            && self.view.s.entity_label(hit.tokens.end as usize - 1) == "PERSON"
        {
            return;
        }
        let Some(chosen) = self.view.choose(hit.tokens, &hit.forms, &Facts::default(), &self.memory) else {
            return;
        };
        let name = Phrase { head: i, span: hit.tokens, core: hit.tokens };
        let short = hit.forms.iter().any(|f| f.sense == chosen.sense && f.weak != Weak::No);
        if short && matches!(chosen.sense, Sense::Entity(_)) && !self.acts(outer) {
            // "Golan Heights", "Flores island": half a name is no person.
            let label = self.view.s.entity_label(i);
            let person = chosen.actor.as_ref().is_some_and(|a| a.kind == ActorKind::Person);
            if person && label != "PERSON" {
                return;
            }
        }
        let decision = match chosen.actor {
            Some(actor) => {
                Decision { actors: vec![actor], why: chosen.why, sense: Some(chosen.sense), antecedent: None }
            }
            None if self.view.s.pos(i) == "ADJ" || self.acts(outer) => {
                self.cover(hit.tokens);
                return;
            }
            None => {
                let phrase = self.view.phrase(i);
                let facts = self.facts(phrase);
                self.cover(hit.tokens);
                if let Some(decision) = self.role(phrase, chosen.sense, facts) {
                    self.push(phrase, decision);
                }
                return;
            }
        };
        self.push(name, decision);
        self.cover(hit.tokens);
    }

    /// Facts before the core, possessive pronouns resolved.
    pub fn facts(&self, phrase: Phrase) -> Facts {
        let mut facts = self.view.facts(phrase, &self.memory, &mut |t| self.simple(t));
        let other = self.view.k.relation(self.view.s.lemma(phrase.head)) == "other";
        let own = self.view.s.children(phrase.head).find(|&c| self.view.s.tag(c) == "PRP$" && !other);
        if let Some(m) = own.and_then(|p| self.out.iter().rev().find(|m| m.head as usize == p)) {
            if facts.countries.is_empty() {
                let states = m.actors.iter().filter(|a| {
                    a.country.is_some() && matches!(a.kind, ActorKind::Country | ActorKind::Metonym)
                });
                facts.countries.extend(states.cloned());
            }
            facts.bodies.extend(
                m.actors
                    .iter()
                    .filter(|a| !matches!(a.kind, ActorKind::Country | ActorKind::Metonym))
                    .cloned(),
            );
        }
        facts
    }

    /// Marks the tokens of a name as seen.
    pub fn cover(&mut self, tokens: TokenSpan) {
        for t in tokens.range() {
            if let Some(slot) = self.inside.get_mut(t) {
                *slot = true;
            }
        }
    }

    /// True when the phrase's head will be a mention itself.
    fn acts(&self, outer: Phrase) -> bool {
        matches!(self.view.s.entity_label(outer.head), "PERSON" | "ORG")
            || self.view.hits.at(outer.head).is_some_and(|h| {
                self.view.choose(h.tokens, &h.forms, &Facts::default(), &self.memory).is_some()
            })
    }

    /// The token of a stretch whose head lies outside, the last of them; marks come last.
    pub fn root(&self, tokens: TokenSpan) -> usize {
        let s = self.view.s;
        let out = |t: &usize| !tokens.holds(s.head(*t)) || s.is_root(*t);
        let word = |t: &usize| s.text(*t).chars().any(char::is_alphanumeric);
        let last = tokens.end as usize - 1;
        let noun = |t: &usize| matches!(s.pos(*t), "NOUN" | "PROPN");
        let roots: Vec<usize> = tokens.range().filter(|t| out(t)).collect();
        let best = roots.iter().rev().find(|t| noun(t)).or_else(|| roots.iter().rev().find(|t| word(t)));
        best.or(roots.last()).copied().unwrap_or(last)
    }

    /// The actor of a name taken alone.
    pub fn simple(&self, tokens: TokenSpan) -> Option<Actor> {
        let hit = self.view.hits.at(tokens.start as usize)?;
        self.view.choose(hit.tokens, &hit.forms, &Facts::default(), &self.memory)?.actor
    }

    /// Adds a mention and remembers it for what follows.
    pub fn push(&mut self, phrase: Phrase, decision: Decision) {
        let Decision { mut actors, mut why, sense, antecedent } = decision;
        if actors.is_empty() {
            return;
        }
        let kind = actors[0].kind;
        let by_name = matches!(sense, Some(Sense::Country(_) | Sense::Metonym(_)));
        let town = why.rule == "actor/town";
        let as_place = by_name && self.view.as_place(phrase, kind)
            || town && self.view.as_place(phrase, ActorKind::Metonym);
        if as_place {
            why.note = "used as a place".to_owned();
            self.state_of_place(&mut actors, sense);
            for a in actors.iter_mut().filter(|a| a.kind == ActorKind::Metonym) {
                a.sectors.clear();
            }
        }
        let at = self.out.len() as u32;
        if let Some(Sense::Entity(e)) = sense {
            self.memory.note_entity(e, at);
        }
        self.remember(phrase, &actors, sense, at);
        self.out.push(ActorMention {
            span: self.view.s.doc.bytes_of(phrase.span),
            tokens: phrase.span,
            head: phrase.head as u32,
            actors,
            why,
            antecedent,
            within: None,
            as_place,
        });
    }

    /// A seat of a world body used as a place lies in a state all the same.
    fn state_of_place(&self, actors: &mut [Actor], sense: Option<Sense>) {
        let Some(Sense::Metonym(m)) = sense else { return };
        let Some(place) = self.view.k.metonyms.get(usize::from(m)) else { return };
        let body = |code: &str| matches!(code, "UNO" | "EUR" | "IGO" | "NGO");
        if let Some(a) = actors.first_mut().filter(|a| a.country.as_deref().is_some_and(body)) {
            let state = place.readings.iter().find(|r| !body(r.code));
            a.country = state.map(|r| self.view.k.fold(r.code));
        }
    }

    fn remember(&mut self, phrase: Phrase, actors: &[Actor], sense: Option<Sense>, at: u32) {
        let s = self.view.s;
        let tag = s.tag(phrase.head);
        let plural = matches!(tag, "NNS" | "NNPS") || actors.len() > 1;
        let class = match (actors[0].kind, sense) {
            (ActorKind::Person, _) => Class::Person,
            (ActorKind::Unknown, _) if actors[0].id.starts_with("person/") => Class::Person,
            (ActorKind::Country | ActorKind::Metonym, _) => Class::Country,
            (ActorKind::Role, Some(sense)) => self.role_class(sense, plural),
            (ActorKind::People, _) => Class::Crowd,
            _ => Class::Body,
        };
        let named = matches!(class, Class::Person | Class::Body) && actors[0].kind != ActorKind::Role;
        let surname =
            if named { SmolStr::new(s.lower(phrase.core.end as usize - 1)) } else { SmolStr::default() };
        let subject = matches!(s.dep(phrase.head), "nsubj" | "nsubjpass" | "agent")
            || s.dep(phrase.head) == "conj" && matches!(s.dep(s.head(phrase.head)), "nsubj" | "nsubjpass");
        let sentence = s.sentence(phrase.head).unwrap_or(0) as u32;
        let nested = MODIFIERS.contains(&s.dep(phrase.head)) || s.dep(phrase.head) == "poss";
        let keys = self.keys(phrase);
        let seen = Seen {
            mention: at,
            head: phrase.head,
            sentence,
            class,
            subject,
            nested,
            keys,
            offices: self.offices(sense),
            surname,
            gender: (class == Class::Person).then(|| self.gender(phrase, actors)).flatten(),
            actors: actors.to_vec(),
        };
        if s.pos(phrase.head) != "PRON" {
            self.memory.trail.list.push(seen);
        }
    }

    /// Offices of a known person on the page's day; all of them on pages without a day.
    fn offices(&self, sense: Option<Sense>) -> Vec<String> {
        let Some(Sense::Entity(e)) = sense else { return Vec::new() };
        let Some(entity) = self.view.k.entities.get(e as usize) else { return Vec::new() };
        if entity.kind != ActorKind::Person {
            return Vec::new();
        }
        let held = |s: &&Spell| self.view.date.is_none_or(|d| d.within(s.from, s.to));
        entity.spells.iter().filter(held).map(|s| s.office.to_lowercase()).filter(|o| !o.is_empty()).collect()
    }

    /// Which pronoun takes the person up: by a title before the name, a role noun, the given name.
    fn gender(&self, phrase: Phrase, actors: &[Actor]) -> Option<Gender> {
        let (s, all) = (self.view.s, &self.view.k.genders);
        let before = phrase.span.start as usize..phrase.core.start as usize;
        let role = |i: usize| all.role(s.lower(i)).or_else(|| all.role(s.lemma(i)));
        before
            .clone()
            .find_map(|i| all.title(s.text(i)))
            .or_else(|| before.chain([phrase.head]).find_map(role))
            .or_else(|| actors.first().and_then(|a| all.name(&a.name)))
            .or_else(|| all.name(s.tokens_text(phrase.core)))
    }

    fn role_class(&self, sense: Sense, plural: bool) -> Class {
        let kind = match sense {
            Sense::Title(..) => "title",
            Sense::Role(r, _) => self.view.k.roles.get(usize::from(r)).map_or("", |r| {
                let word = self.view.k.descriptions.get(r.singular).map_or("", |d| d.stands_for);
                if matches!(word, "body" | "country") { "body" } else { r.kind }
            }),
            _ => "",
        };
        match kind {
            _ if plural => Class::Crowd,
            "body" => Class::Body,
            _ if self.person_role(sense) => Class::Person,
            _ => Class::Body,
        }
    }

    /// Roles whose singular names one human.
    fn person_role(&self, sense: Sense) -> bool {
        let Sense::Role(r, _) = sense else { return true };
        let Some(row) = self.view.k.roles.get(usize::from(r)) else { return false };
        !row.collective
    }

    /// Titles and role nouns in a phrase, singular and lower case.
    pub fn keys(&self, phrase: Phrase) -> Vec<SmolStr> {
        let mut keys = Vec::new();
        let span =
            TokenSpan::new(phrase.span.start as usize, (phrase.core.end as usize).max(phrase.head + 1));
        for hit in self.view.hits.inside(span) {
            for form in &hit.forms {
                let key = match form.sense {
                    Sense::Role(r, _) => self.view.k.roles.get(usize::from(r)).map(|r| r.singular),
                    Sense::Title(t, _) => self.view.k.titles.get(usize::from(t)).map(|t| t.title),
                    _ => None,
                };
                if let Some(key) = key {
                    keys.push(SmolStr::new(key));
                    if let Some(last) = key.split(' ').next_back().filter(|l| l.len() < key.len()) {
                        keys.push(SmolStr::new(last));
                    }
                }
            }
        }
        keys
    }
}

/// Sorts mentions by text order and links each to the one that encloses it.
fn finish(mentions: Vec<ActorMention>) -> Vec<ActorMention> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&i| (mentions[i].tokens.start, std::cmp::Reverse(mentions[i].tokens.end), i));
    let mut place = vec![0u32; mentions.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new as u32;
    }
    let mut slots: Vec<Option<ActorMention>> = mentions.into_iter().map(Some).collect();
    let mut out: Vec<ActorMention> = Vec::with_capacity(slots.len());
    for &old in &order {
        let Some(mut m) = slots[old].take() else { continue };
        m.antecedent = m.antecedent.and_then(|a| place.get(a as usize).copied());
        let near = out.len().saturating_sub(12);
        let outer = out[near..].iter().rposition(|o| o.tokens.covers(m.tokens) && o.head != m.head);
        m.within = outer.map(|o| (near + o) as u32);
        out.push(m);
    }
    out
}

/// One hit as a phrase of its own.
pub fn alone(hit: &Hit, head: usize) -> Phrase {
    Phrase { head, span: hit.tokens, core: hit.tokens }
}
