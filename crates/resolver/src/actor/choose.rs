//! The senses of a form to the one that fits: validity on the day, country and title in the phrase, earlier mention,
//! entity label.

use super::build::{Status, best_spell, names_office, office_rank};
use super::index::{Form, Sense, Weak};
use super::memory::Memory;
use super::phrase::{Facts, View};
use record::{Actor, ActorKind, Reason, SmolStr, TokenSpan};

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
    note: String,
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
        let bodies = forms.iter().filter(|f| matches!(f.sense, Sense::Entity(_))).count() - people;
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
            note: best.note.clone(),
            rejected: rejected(1),
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
        let single = tokens.len() == 1;
        let person_label = label == "PERSON" && single;
        let weak = form.weak != Weak::No;
        let mut c = Candidate {
            sense: form.sense,
            score: 0,
            label: String::new(),
            actor: None,
            row: None,
            note: String::new(),
        };
        match form.sense {
            Sense::Country(i) | Sense::Demonym(i) => {
                let by_name = matches!(form.sense, Sense::Country(_));
                let row = self.k.countries.get(usize::from(i))?;
                c.actor = self.k.country_actor(i);
                c.label = row.name.to_owned();
                c.row = Some(format!("countries.tsv:{}", row.line));
                c.score = if by_name { 62 } else { 58 } - if weak { 8 } else { 0 };
                // "Jordan scored": a name of a country that is also a name of people needs other countries about.
                let alone = person_label && weak && !memory.names_other(row.iso3);
                c.score += self.k.weight(row.iso3);
                // No office stands before a bare country: "Premier Pak" is a person.
                c.score -= if weak && !facts.titles.is_empty() { 25 } else { 0 };
                c.score -= match (alone, person_label) {
                    (true, _) => 40,
                    (_, true) => 10,
                    _ => 0,
                };
                c.score += if memory.has_code(row.iso3) { 6 } else { 0 };
            }
            Sense::Metonym(i) => {
                let codes: Vec<SmolStr> = facts.countries.iter().filter_map(|a| a.country.clone()).collect();
                let (actor, row) = self.k.metonym_actor(i, self.date, &codes, memory)?;
                c.label = actor.name.clone();
                c.actor = Some(actor);
                c.row = Some(row);
                c.score = 54 - if person_label { 20 } else { 0 };
            }
            Sense::People(i) => {
                let row = self.k.peoples.get(usize::from(i))?;
                c.label = row.name.to_owned();
                c.row = Some(format!("peoples.tsv:{}", row.line));
                c.actor = Some(self.people_actor(i, facts, memory));
                c.score = 50 - if person_label { 20 } else { 0 };
            }
            Sense::Role(i, _) => {
                let row = self.k.roles.get(usize::from(i))?;
                c.label = format!("{} {}", row.singular, row.sector);
                c.row = Some(format!("roles.tsv:{}", row.line));
                c.score = 44 - if weak { 4 } else { 0 };
            }
            Sense::Title(i, _) => {
                let row = self.k.titles.get(usize::from(i))?;
                c.label = row.title.to_owned();
                c.row = Some(format!("titles.tsv:{}", row.line));
                c.score = 46 - if weak { 20 } else { 0 };
            }
            Sense::Entity(e) => self.entity_candidate(tokens, form, (e, namesakes), facts, memory, &mut c)?,
        }
        Some(c)
    }

    #[allow(clippy::too_many_arguments)]
    fn entity_candidate(
        &self,
        tokens: TokenSpan,
        form: &Form,
        (at, (people, bodies)): (u32, (usize, usize)),
        facts: &Facts,
        memory: &Memory,
        c: &mut Candidate,
    ) -> Option<()> {
        let entity = self.k.entities.get(at as usize)?;
        let codes: Vec<SmolStr> =
            facts.countries.iter().chain(&facts.bodies).filter_map(|a| a.country.clone()).collect();
        let titles: Vec<&str> =
            facts.titles.iter().filter_map(|&t| self.k.titles.get(usize::from(t))).map(|t| t.title).collect();
        let (spell, status) = best_spell(entity, self.date, &codes, &titles)?;
        let label = self.s.entity_label(tokens.end as usize - 1);
        let person = entity.kind == ActorKind::Person;
        let first_label = self.s.entity_label(tokens.start as usize);
        if label == first_label
            && matches!(label, "DATE" | "TIME" | "CARDINAL" | "ORDINAL" | "MONEY" | "PERCENT" | "QUANTITY")
        {
            return None;
        }
        c.label = entity.name.to_string();
        c.row = Some(format!("{}.tsv:{}", spell.row.0, spell.row.1));
        c.actor = Some(self.k.entity_actor(entity, spell, status, self.date));
        let seen = memory.entity(at).is_some();
        let named = codes
            .iter()
            .any(|code| entity.spells.iter().any(|s| s.code == *code || self.k.fold(&s.code) == *code));
        let titled = titles.iter().any(|t| entity.spells.iter().any(|s| names_office(&s.office, t)));
        c.score = match (person, form.weak) {
            (_, Weak::No) => 60,
            (true, Weak::Short) if people == 1 => 38,
            (true, Weak::Short) => 26,
            (true, _) => 2,
            (false, Weak::Definite) => 0,
            (false, _) if bodies == 1 && self.s.pos(tokens.end as usize - 1) == "PROPN" => 31,
            (false, _) => 25,
        };
        c.score += if seen { 35 } else { 0 };
        c.score += if named {
            18
        } else if codes.is_empty() {
            0
        } else if person {
            -25
        } else {
            -12
        };
        c.score += if titled {
            18
        } else if person && !titles.is_empty() {
            -4
        } else {
            0
        };
        c.score += match status {
            Status::Current => 6,
            Status::Undated => 0,
            Status::Past | Status::Future if person => -4,
            _ => -35,
        };
        c.score += if memory.has_code(&spell.code) { 8 } else { 0 };
        c.score += self.k.weight(&spell.code);
        // One name for a movement in arms and for the party it became: the period decides.
        let armed = spell.sectors.first().is_some_and(|s| matches!(s.as_str(), "REB" | "PRM" | "CRM"));
        c.score += match (entity.kind, armed && matches!(status, Status::Current | Status::Undated)) {
            (ActorKind::Party, _) => 3,
            (ActorKind::Group, true) => 5,
            _ => 0,
        };
        c.score += match (person, label) {
            (true, "PERSON") => 8,
            (true, "GPE" | "NORP" | "FAC" | "LOC") if form.weak != Weak::No => -14,
            (true, "ORG") if form.weak != Weak::No => -4,
            (false, "ORG" | "NORP") => 4,
            (false, "PERSON") => -6,
            _ => 0,
        };
        if person {
            c.score += 4 - office_rank(&spell.office);
        }
        Some(())
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
