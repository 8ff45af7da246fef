//! The senses of a form to the one that fits: validity on the day, country and title in the phrase, earlier mention,
//! entity label.

use super::build::{Status, best_spell, names_office, office_rank};
use super::index::{Form, Sense, Weak};
use super::knowledge::{Entity, Spell};
use super::memory::Memory;
use super::phrase::{Facts, View};
use record::{Actor, ActorKind, Reason, SmolStr, TokenSpan};
use tables::actors::is_body;

/// A sense chosen, with its reason.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The sense.
    pub sense: Sense,
    /// The actor; `None` for roles and titles, which the phrase has to complete.
    pub actor: Option<Actor>,
    /// Why.
    pub why: Reason,
}

struct Candidate {
    sense: Sense,
    score: i32,
    label: String,
    actor: Option<Actor>,
    row: Option<String>,
}

impl Candidate {
    fn new(sense: Sense, score: i32, label: &str, row: String) -> Self {
        Candidate { sense, score, label: label.to_owned(), actor: None, row: Some(row) }
    }

    fn with(self, actor: Option<Actor>) -> Self {
        Candidate { actor, ..self }
    }
}

/// Below this a reading is not believed.
const LEAST: i32 = 30;

impl View<'_> {
    /// The best reading of `tokens`, whose table forms are `forms`.
    pub fn choose(
        &self,
        tokens: TokenSpan,
        forms: &[Form],
        facts: &Facts,
        memory: &Memory,
    ) -> Option<Chosen> {
        let people = forms.iter().filter(|f| self.is_person(f.sense)).count();
        let bodies = self.bodies(forms);
        let mut list: Vec<Candidate> =
            forms.iter().filter_map(|f| self.candidate(tokens, f, (people, bodies), facts, memory)).collect();
        list.sort_by_key(|c| std::cmp::Reverse(c.score));
        let rivals = list.iter().filter(|c| c.score == list.first().map_or(0, |f| f.score)).count();
        fn code(c: &Candidate) -> Option<SmolStr> {
            c.actor.as_ref().and_then(|a| a.country.clone())
        }
        let torn = rivals > 1
            && list.first().is_some_and(|c| matches!(c.sense, Sense::Entity(_)))
            && list.iter().take(rivals).any(|c| code(c) != list.first().and_then(code))
            && list.first().is_some_and(|c| c.score < LEAST + 25);
        let rejected = |skip: usize| -> Vec<String> {
            list.iter().skip(skip).take(6).map(|c| format!("{} (score {})", c.label, c.score)).collect()
        };
        let best =
            if torn { list.iter().find(|c| !matches!(c.sense, Sense::Entity(_))) } else { list.first() };
        let best = best.filter(|c| c.score >= LEAST)?;
        let why = Reason {
            rule: self.rule(best).into(),
            row: best.row.as_deref().map(SmolStr::from),
            rejected: rejected(1),
            ..Reason::default()
        };
        Some(Chosen { sense: best.sense, actor: best.actor.clone(), why })
    }

    fn rule(&self, best: &Candidate) -> &'static str {
        match best.sense {
            Sense::Country(_) => "actor/country-name",
            Sense::Demonym(_) => "actor/country-adjective",
            Sense::Metonym(_) => "actor/metonym",
            Sense::People(_) => "actor/people",
            Sense::Role(..) | Sense::Title(..) => "actor/role",
            Sense::Entity(_) => "actor/name",
        }
    }

    /// Bodies of different countries among the forms: a battalion and the brigade it became are no rivals.
    fn bodies(&self, forms: &[Form]) -> usize {
        let entity = |f: &Form| match f.sense {
            Sense::Entity(e) => self.k.entities.get(e as usize).filter(|e| e.kind != ActorKind::Person),
            _ => None,
        };
        let mut codes: Vec<&str> = forms
            .iter()
            .filter_map(entity)
            .filter_map(|e| e.spells.first())
            .map(|s| s.code.as_str())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes.len()
    }

    fn is_person(&self, sense: Sense) -> bool {
        matches!(sense, Sense::Entity(e) if self.k.entities.get(e as usize).is_some_and(|e| e.kind == ActorKind::Person))
    }

    fn candidate(
        &self,
        tokens: TokenSpan,
        form: &Form,
        namesakes: (usize, usize),
        facts: &Facts,
        memory: &Memory,
    ) -> Option<Candidate> {
        let label = self.s.entity_label(tokens.end as usize - 1);
        if label == "LANGUAGE" && !matches!(form.sense, Sense::Role(..) | Sense::Title(..)) {
            return None;
        }
        let after_the = tokens.start > 0 && self.s.lower(tokens.start as usize - 1) == "the";
        if form.weak == Weak::Definite && !after_the {
            return None;
        }
        let person_label = label == "PERSON" && tokens.len() == 1;
        let weak = form.weak != Weak::No;
        match form.sense {
            Sense::Country(_) | Sense::Demonym(_) => self.country(form, person_label, facts, memory),
            Sense::Metonym(i) => {
                let codes: Vec<SmolStr> = facts.countries.iter().filter_map(|a| a.country.clone()).collect();
                let (actor, row) = self.k.metonym_actor(i, self.date, &codes, memory)?;
                let score = 54 - if person_label { 20 } else { 0 };
                Some(Candidate::new(form.sense, score, &actor.name, row).with(Some(actor.clone())))
            }
            Sense::People(i) => {
                let row = self.k.peoples.get(usize::from(i))?;
                let place = format!("peoples.tsv:{}", row.line);
                let score = 50 - if person_label { 20 } else { 0 };
                let actor = self.people_actor(i, facts, memory);
                Some(Candidate::new(form.sense, score, row.name, place).with(Some(actor)))
            }
            Sense::Role(i, _) => {
                let row = self.k.roles.get(usize::from(i))?;
                let label = format!("{} {}", row.singular, row.sector);
                let place = format!("roles.tsv:{}", row.line);
                Some(Candidate::new(form.sense, 44 - if weak { 4 } else { 0 }, &label, place))
            }
            Sense::Title(i, _) => {
                let row = self.k.titles.get(usize::from(i))?;
                let place = format!("titles.tsv:{}", row.line);
                Some(Candidate::new(form.sense, 46 - if weak { 20 } else { 0 }, row.title, place))
            }
            Sense::Entity(e) => self.entity(tokens, form, (e, namesakes), facts, memory),
        }
    }

    /// A country by name, adjective or demonym.
    fn country(&self, form: &Form, person: bool, facts: &Facts, memory: &Memory) -> Option<Candidate> {
        let (Sense::Country(i) | Sense::Demonym(i)) = form.sense else { return None };
        let weak = form.weak != Weak::No;
        let row = self.k.countries.get(usize::from(i))?;
        let mut score = if matches!(form.sense, Sense::Country(_)) { 62 } else { 58 };
        score -= if weak { 8 } else { 0 };
        score += self.k.weight(row.iso3);
        // No office stands before a bare country: "Premier Pak" is a person.
        score -= if weak && !facts.titles.is_empty() { 25 } else { 0 };
        // "Jordan scored": a name of a country that is also a name of people needs other countries about.
        let named = matches!(form.sense, Sense::Country(_));
        let alone = named && person && weak && !memory.names_other(row.iso3);
        score -= match (alone, person) {
            (true, _) => 40,
            (_, true) => 10,
            _ => 0,
        };
        score += if memory.has_code(row.iso3) { 6 } else { 0 };
        let place = format!("countries.tsv:{}", row.line);
        Some(Candidate::new(form.sense, score, row.name, place).with(self.k.country_actor(i)))
    }

    /// A person, body, group or party.
    fn entity(
        &self,
        tokens: TokenSpan,
        form: &Form,
        (at, namesakes): (u32, (usize, usize)),
        facts: &Facts,
        memory: &Memory,
    ) -> Option<Candidate> {
        let entity = self.k.entities.get(at as usize)?;
        let label = self.s.entity_label(tokens.end as usize - 1);
        if label == self.s.entity_label(tokens.start as usize) && is_amount(label) {
            return None;
        }
        let codes: Vec<SmolStr> =
            facts.countries.iter().chain(&facts.bodies).filter_map(|a| a.country.clone()).collect();
        let titles: Vec<&str> =
            facts.titles.iter().filter_map(|&t| self.k.titles.get(usize::from(t))).map(|t| t.title).collect();
        let (spell, status) = best_spell(entity, self.date, &codes, &titles)?;
        let person = entity.kind == ActorKind::Person;
        // "the Coalition", "the Movement": a common noun is a name only on pages of its country.
        let common = !person
            && tokens.len() == 1
            && self.k.descriptions.contains_key(self.s.lower(tokens.start as usize));
        if common && !memory.has_code(&spell.code) {
            return None;
        }
        let noun = self.s.pos(tokens.end as usize - 1) == "PROPN";
        let mut score = form_score(form.weak, person, namesakes, noun);
        score += if memory.entity(at).is_some() { 35 } else { 0 };
        score += self.context_score(entity, &codes, &titles);
        score += status_score(status, person);
        score += if memory.has_code(&spell.code) { 8 } else { 0 };
        score += self.k.weight(&spell.code);
        score += kind_score(entity.kind, spell, status);
        score += label_score(person, label, form.weak != Weak::No);
        score += if person { 4 - office_rank(&spell.office) } else { 0 };
        let place = format!("{}.tsv:{}", spell.row.0, spell.row.1);
        let actor = self.k.entity_actor(entity, spell, status, self.date);
        Some(Candidate::new(form.sense, score, &entity.name, place).with(Some(actor)))
    }

    /// What the countries and titles in the phrase say for or against an entity.
    fn context_score(&self, entity: &Entity, codes: &[SmolStr], titles: &[&str]) -> i32 {
        let person = entity.kind == ActorKind::Person;
        let has =
            |code: &SmolStr| entity.spells.iter().any(|s| s.code == *code || self.k.fold(&s.code) == *code);
        let by_code = match (codes.is_empty(), codes.iter().any(has)) {
            (_, true) => 18,
            (true, _) => 0,
            _ if person => -25,
            // "Cuba's Communist Party" is not that of China.
            _ if contradicts(entity, codes) => -50,
            _ => -12,
        };
        let held = |t: &&str| entity.spells.iter().any(|s| names_office(&s.office, t));
        let by_title = match titles.iter().any(held) {
            true => 18,
            false if person && !titles.is_empty() => -4,
            false => 0,
        };
        by_code + by_title
    }

    fn people_actor(&self, at: u16, facts: &Facts, memory: &Memory) -> Actor {
        let Some(p) = self.k.peoples.get(usize::from(at)) else { return Actor::default() };
        let named = facts.countries.first().and_then(|a| a.country.clone());
        let context = || p.iso3.iter().find(|c| memory.has_code(c)).map(|c| self.k.fold(c));
        let country = named.or_else(context).or_else(|| p.iso3.first().map(|c| self.k.fold(c)));
        Actor {
            id: super::build::key(ActorKind::People, p.name),
            name: p.name.to_owned(),
            country,
            sectors: vec![p.sector.into()],
            kind: ActorKind::People,
            ..Actor::default()
        }
    }
}

/// True when a body of one state stands beside the name of another, though not at home in several.
fn contradicts(entity: &Entity, codes: &[SmolStr]) -> bool {
    matches!(entity.kind, ActorKind::Organisation | ActorKind::Party)
        && !entity.spells.iter().any(|s| is_body(&s.code))
        && !codes.iter().any(|c| is_body(c))
}

/// Labels of the entity recogniser for numbers and times.
fn is_amount(label: &str) -> bool {
    matches!(label, "DATE" | "TIME" | "CARDINAL" | "ORDINAL" | "MONEY" | "PERCENT" | "QUANTITY")
}

/// How far a form alone is to be believed, among so many people and bodies that bear it.
fn form_score(weak: Weak, person: bool, (people, bodies): (usize, usize), noun: bool) -> i32 {
    match (person, weak) {
        (_, Weak::No) => 60,
        (true, Weak::Short) if people == 1 => 38,
        (true, Weak::Short) => 26,
        (true, _) => 2,
        (false, Weak::Definite) => 0,
        (false, _) if bodies == 1 && noun => 31,
        (false, _) => 25,
    }
}

fn status_score(status: Status, person: bool) -> i32 {
    match status {
        Status::Current => 6,
        Status::Undated => 0,
        Status::Past | Status::Future if person => -4,
        _ => -35,
    }
}

/// One name for a movement in arms and for the party it became: the period decides.
fn kind_score(kind: ActorKind, spell: &Spell, status: Status) -> i32 {
    let armed = spell.sectors.first().is_some_and(|s| matches!(s.as_str(), "REB" | "PRM" | "CRM"));
    match (kind, armed && matches!(status, Status::Current | Status::Undated)) {
        (ActorKind::Party, _) => 3,
        (ActorKind::Group, true) => 5,
        _ => 0,
    }
}

fn label_score(person: bool, label: &str, weak: bool) -> i32 {
    match (person, label) {
        (true, "PERSON") => 8,
        (true, "GPE" | "NORP" | "FAC" | "LOC") if weak => -14,
        (true, "ORG") if weak => -4,
        (false, "ORG" | "NORP") => 4,
        (false, "PERSON") => -6,
        _ => 0,
    }
}
