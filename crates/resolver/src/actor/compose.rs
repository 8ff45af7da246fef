//! A role or title with the words around it to an actor: country and sectors put together.

use super::index::Sense;
use super::memory::Memory;
use super::phrase::{Facts, Phrase, View};
use record::{Actor, ActorKind, Reason, SmolStr, TokenSpan};

/// Prepositions whose object says where or to whom a role belongs; "to" never does ("ambassador to X").
const BELONGS: [&str; 10] = ["of", "in", "from", "for", "at", "within", "inside", "across", "under", "like"];

impl View<'_> {
    /// Adds what appositions and prepositional phrases at the head say, in that order.
    pub fn gather_after(
        &self,
        phrase: Phrase,
        facts: &mut Facts,
        memory: &Memory,
        resolve: &mut dyn FnMut(TokenSpan) -> Option<Actor>,
    ) {
        for child in self.s.children(phrase.head).filter(|&c| c >= phrase.core.end as usize) {
            if self.s.dep(child) == "appos" && (self.s.pos(child) != "PROPN" || self.is_office(child)) {
                let before = (facts.countries.len(), facts.bodies.len());
                self.gather(self.around(child), facts, memory, resolve);
                if before == (facts.countries.len(), facts.bodies.len()) {
                    self.gather_prepositions(child, facts, memory, resolve);
                }
                // "commander, Joint Task Force North": the body stands in apposition to the office.
                for body in self.s.children_with(child, &["appos"]).filter(|&b| self.s.pos(b) == "PROPN") {
                    if before == (facts.countries.len(), facts.bodies.len()) {
                        self.gather(self.around(body), facts, memory, resolve);
                    }
                }
            }
        }
        self.gather_prepositions(phrase.head, facts, memory, resolve);
    }

    /// A noun that is an office or a role ("the Spokesperson", not "a history major"), not the name of somebody.
    fn is_office(&self, noun: usize) -> bool {
        let any = self.s.children_with(noun, &["det"]).any(|c| matches!(self.s.lower(c), "a" | "an"));
        !any && self.hits.at(noun).is_some_and(|h| {
            h.forms.iter().any(|f| matches!(f.sense, Sense::Title(_, false) | Sense::Role(_, false)))
        })
    }

    fn gather_prepositions(
        &self,
        head: usize,
        facts: &mut Facts,
        memory: &Memory,
        resolve: &mut dyn FnMut(TokenSpan) -> Option<Actor>,
    ) {
        for prep in self.s.children(head).filter(|&c| c > head) {
            let word = self.s.lower(prep);
            let relation = self.k.relation(self.s.lemma(head));
            let belongs = match relation {
                "abroad" if matches!(word, "in" | "at" | "within" | "inside" | "across") => false,
                "serves" if word == "to" => true,
                "other" if word == "of" => false,
                _ => BELONGS.contains(&word),
            };
            if !matches!(self.s.dep(prep), "prep") || !belongs {
                continue;
            }
            for object in self.s.children_with(prep, &["pobj"]) {
                let mut inner = Facts::default();
                self.gather(self.around(object), &mut inner, memory, resolve);
                if inner.countries.is_empty() && inner.bodies.is_empty() {
                    self.gather_prepositions(object, &mut inner, memory, resolve);
                }
                let place = matches!(word, "in" | "at" | "from") && self.s.pos(object) == "PROPN";
                if place && inner.countries.is_empty() && inner.bodies.is_empty() {
                    let name = self.phrase(object).core;
                    inner.countries.extend(self.town(name, memory));
                }
                if self.s.lower(prep) == "of" || self.s.lower(prep) == "for" {
                    facts.roles.extend(inner.roles);
                    facts.titles.extend(inner.titles);
                }
                facts.bodies.extend(inner.bodies);
                if facts.countries.is_empty() {
                    facts.countries.extend(inner.countries);
                }
            }
        }
    }

    /// The phrase of a noun with the hit or conjuncts that follow its head.
    pub fn around(&self, head: usize) -> TokenSpan {
        let phrase = self.phrase(head);
        let mut end = phrase.span.end as usize;
        for conj in self.s.children_with(head, &["conj"]) {
            if conj - head < 5 && self.s.pos(conj) == "PROPN" {
                end = end.max(self.phrase(conj).span.end as usize);
            }
        }
        TokenSpan::new(phrase.span.start as usize, end)
    }

    /// Sector of a role by its own row, its modifiers and the body that it belongs to.
    fn sectors_of(&self, sense: Sense, facts: &Facts) -> Vec<SmolStr> {
        let (own, generic, rebel_head) = match sense {
            Sense::Role(r, _) => {
                let row = self.k.roles.get(usize::from(r));
                row.map_or(("", true, false), |r| (r.sector, r.generic, r.kind == "force"))
            }
            Sense::Title(t, _) => self.k.titles.get(usize::from(t)).map_or(("", true, false), |t| {
                (t.sector, t.branch == "deputy-agency-region" && t.title.len() < 9, false)
            }),
            _ => ("", true, false),
        };
        // "deputy chief": words of rank say nothing of the field.
        let modifier = facts
            .roles
            .iter()
            .filter_map(|&r| self.k.roles.get(usize::from(r)))
            .filter(|r| !r.generic && r.singular != "deputy")
            .map(|r| r.sector);
        let mut modifiers: Vec<&str> = modifier.filter(|s| !s.is_empty()).collect();
        if let Sense::Role(..) = sense {
            modifiers.extend(
                facts
                    .titles
                    .iter()
                    .filter_map(|&t| self.k.titles.get(usize::from(t)))
                    .map(|t| t.sector)
                    .filter(|s| !s.is_empty()),
            );
        }
        let body = facts.bodies.first().map(|a| a.sectors.clone()).filter(|s| !s.is_empty());
        // "Bosnian Serbs … their forces": a people lends its country, not its being civilians.
        let body = body.filter(|b| own.is_empty() || b.iter().any(|s| s != "CVL"));
        let armed = modifiers.iter().copied().find(|m| matches!(*m, "REB" | "PRM" | "CRM" | "OPP"));
        let mut out: Vec<SmolStr> = Vec::new();
        if generic {
            if let Some(body) = body {
                out.extend(body);
            } else if let Some(m) = modifiers.iter().rev().find(|m| **m != "GOV").or(modifiers.first()) {
                out.push((*m).into());
            } else if !own.is_empty() {
                out.push(own.into());
            }
        } else {
            if let Some(armed) = armed.filter(|_| rebel_head || own == "UAF") {
                out.push(armed.into());
            } else if own == "UAF"
                && let Some(body) = body
            {
                out.extend(body);
            }
            if out.is_empty() && !own.is_empty() {
                out.push(own.into());
            }
            if let Some(armed) = armed.filter(|a| !out.iter().any(|o| o == a)) {
                out.push(armed.into());
            }
        }
        out
    }

    /// Actors of a role or title: one for each country that the phrase names.
    pub fn role_actors(
        &self,
        phrase: Phrase,
        sense: Sense,
        facts: &Facts,
        memory: &Memory,
    ) -> (Vec<Actor>, Reason) {
        let title = if let Sense::Title(t, _) = sense { self.k.titles.get(usize::from(t)) } else { None };
        let role = if let Sense::Role(r, _) = sense { self.k.roles.get(usize::from(r)) } else { None };
        let row = title
            .map(|t| format!("titles.tsv:{}", t.line))
            .or_else(|| role.map(|r| format!("roles.tsv:{}", r.line)));
        let mut sectors = self.sectors_of(sense, facts);
        if facts.shadow {
            sectors = vec!["OPP".into()];
        } else if let Some(t) = title.filter(|_| facts.former) {
            sectors = vec![if t.former.is_empty() { "ELI" } else { t.former }.into()];
        } else if facts.former && sectors.first().is_some_and(|s| s == "GOV") {
            sectors = vec!["ELI".into()];
        }
        let own = title.map(|t| t.code).filter(|c| !c.is_empty());
        let default = |r: &tables::actors::roles::Role| memory.default_of(r.default_code);
        let modifiers = facts.roles.iter().filter_map(|&r| self.k.roles.get(usize::from(r)));
        let fixed = own.filter(|c| !c.is_empty()).or_else(|| {
            role.and_then(default).or_else(|| modifiers.rev().filter_map(default).find(|c| is_body(c)))
        });
        let (mut codes, rule) = self.role_codes(own, facts, memory);
        if codes.is_empty()
            && let Some(code) = fixed
        {
            codes.push(code.into());
        }
        if sectors.is_empty() && title.is_some() && codes.iter().any(|c| is_body(c)) {
            sectors.push("GOV".into());
        }
        codes.dedup();
        let name = self.s.tokens_text(phrase.span).to_owned();
        let actor = |country: Option<SmolStr>| Actor {
            name: name.clone(),
            country,
            sectors: sectors.clone(),
            kind: ActorKind::Role,
            office: title.map(|t| t.title.to_owned()),
            ..Actor::default()
        };
        let why = Reason { rule: rule.into(), row: row.map(SmolStr::from), ..Reason::default() };
        if codes.is_empty() {
            return (vec![actor(None)], why);
        }
        (codes.into_iter().map(|c| actor(Some(c))).collect(), why)
    }

    /// Countries of a role by what stands in its phrase, and the rule that gave them: the title's own code, else
    /// countries, else a body, else a people.
    fn role_codes(&self, own: Option<&str>, facts: &Facts, memory: &Memory) -> (Vec<SmolStr>, &'static str) {
        let mut rule = "actor/role";
        let mut codes: Vec<SmolStr> = own.map(SmolStr::new).into_iter().collect();
        if codes.is_empty() {
            codes.extend(facts.countries.iter().filter_map(|a| a.country.clone()));
            rule = if codes.is_empty() { rule } else { "actor/country+role" };
        }
        if (codes.is_empty() || facts.countries.is_empty())
            && let Some(code) = facts.bodies.iter().find_map(|a| a.country.clone())
        {
            return (vec![code], "actor/body+role");
        }
        if codes.is_empty()
            && let Some(&p) = facts.peoples.first()
        {
            let people = self.k.peoples.get(usize::from(p));
            let home = people.and_then(|p| p.iso3.iter().find(|c| memory.has_code(c)).or(p.iso3.first()));
            codes.extend(home.map(|c| self.k.fold(c)));
            rule = "actor/people+role";
        }
        (codes, rule)
    }

    /// A named person or body of no table: sector and country from the phrase.
    pub fn unknown(&self, phrase: Phrase, facts: &Facts) -> Option<(Vec<Actor>, Reason)> {
        let label = self.s.entity_label(phrase.head);
        let person = label == "PERSON";
        if !person && label != "ORG" && label != "NORP" {
            return None;
        }
        let title = facts.titles.iter().filter_map(|&t| self.k.titles.get(usize::from(t))).next();
        let mut sectors: Vec<SmolStr> = Vec::new();
        if let Some(t) = title {
            let sector = if facts.former {
                t.former
            } else if facts.shadow {
                "OPP"
            } else {
                t.sector
            };
            sectors.extend((!sector.is_empty()).then(|| sector.into()));
        } else if let Some(&r) = facts.roles.last() {
            sectors = self.sectors_of(
                Sense::Role(r, false),
                &Facts { roles: facts.roles[..facts.roles.len() - 1].to_vec(), ..facts.clone() },
            );
        } else if let Some(body) = facts.bodies.first() {
            sectors.clone_from(&body.sectors);
        }
        let country = title
            .map(|t| t.code)
            .filter(|c| !c.is_empty())
            .map(SmolStr::from)
            .or_else(|| facts.countries.first().and_then(|a| a.country.clone()))
            .or_else(|| facts.bodies.first().and_then(|a| a.country.clone()));
        if sectors.is_empty() && title.is_some() && country.as_deref().is_some_and(is_body) {
            sectors.push("GOV".into());
        }
        let actor = Actor {
            id: super::build::key(
                if person { ActorKind::Person } else { ActorKind::Organisation },
                self.s.tokens_text(phrase.core),
            ),
            name: self.s.tokens_text(phrase.core).to_owned(),
            country,
            sectors,
            kind: ActorKind::Unknown,
            office: title.map(|t| t.title.to_owned()),
            office_unverified: false,
        };
        Some((vec![actor], Reason::rule("actor/unknown-name")))
    }
}

/// Codes of bodies whose offices without a field count as government.
fn is_body(code: &str) -> bool {
    matches!(code, "UNO" | "EUR" | "IGO")
}
