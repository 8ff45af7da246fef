//! A head noun to a decision: name, role with country, description of something earlier, or unknown name.

use super::build::names_office;
use super::coref::Class;
use super::index::{Form, Sense, Weak};
use super::pass::{Decision, Pass};
use super::phrase::{Facts, Phrase};
use super::scan::Hit;
use super::words;
use record::{Actor, ActorKind, Reason, SmolStr, TokenSpan};

/// True when one string becomes the other by one letter left out, added, changed or two neighbours swapped.
fn one_slip(a: &str, b: &str) -> bool {
    // A letter takes at most four bytes.
    if a.len().abs_diff(b.len()) > 4 {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (left, right) = (a.len() - start - end, b.len() - start - end);
    match (left, right) {
        (0, 1) | (1, 0) | (1, 1) => true,
        (2, 2) => a[start] == b[start + 1] && a[start + 1] == b[start],
        _ => false,
    }
}

impl Pass<'_> {
    /// Decides about the phrase whose head may be token `i`, and adds its mention.
    pub fn visit_head(&mut self, i: usize) {
        let mut phrase = self.view.phrase(i);
        if phrase.core.len() > 1 {
            phrase.head = self.root(phrase.core);
        }
        phrase = self.view.titled_phrase(phrase);
        let facts = self.facts(phrase);
        let Some(decision) = self.decide(phrase, facts) else { return };
        self.cover(phrase.core);
        self.push(phrase, decision);
    }

    fn decide(&self, phrase: Phrase, mut facts: Facts) -> Option<Decision> {
        let i = if phrase.core.holds(phrase.head) { phrase.head } else { phrase.core.end as usize - 1 };
        let label = self.view.s.entity_label(i);
        let hit = self.view.hits.at(i).filter(|h| phrase.core.covers(h.tokens));
        let wider = hit.is_some_and(|h| label == "PERSON" && h.tokens.len() < phrase.core.len());
        if let Some(known) = self.short_name(phrase) {
            return Some(known);
        }
        let full = hit.filter(|_| wider).and_then(|h| self.full_name(phrase, h));
        match full.as_ref().or(hit.filter(|_| !wider)) {
            Some(hit) => {
                let known = self.known(phrase, hit, &mut facts);
                if known.is_some() {
                    return known;
                }
            }
            None => self.view.gather_after(phrase, &mut facts, &self.memory, &mut |t| self.simple(t)),
        }
        if label != "PERSON"
            && let Some(sense) = self.role_of_word(i)
        {
            let inner = TokenSpan::new(phrase.core.start as usize, i);
            self.view.gather(inner, &mut facts, &self.memory, &mut |t| self.simple(t));
            return self.role(phrase, sense, facts);
        }
        if let Some(described) = self.described(phrase) {
            return Some(described);
        }
        if label == "ORG" {
            self.view.gather(phrase.core, &mut facts, &self.memory, &mut |t| self.simple(t));
        }
        if self.is_where(phrase, i, &facts) {
            return None;
        }
        self.place_head(phrase).or_else(|| self.named(phrase, &facts))
    }

    /// "Omar Guelleh", "Ahmed Abdallah Mohamed Sambi": a name that has all words of the table's one, or only words of
    /// it, and the family name. The hit as if the table had this form.
    fn full_name(&self, phrase: Phrase, hit: &Hit) -> Option<Hit> {
        let text = words::folded(self.view.s.tokens_text(phrase.core));
        let asked: Vec<&str> = text.split(' ').collect();
        let same = |f: &&Form| {
            let Sense::Entity(e) = f.sense else { return false };
            let entity = self.view.k.entities.get(e as usize);
            entity.filter(|e| e.kind == ActorKind::Person).is_some_and(|e| {
                let name = words::folded(&e.name);
                let mut known = name.split(' ');
                asked.iter().all(|w| name.split(' ').any(|k| k == *w)) || known.all(|k| asked.contains(&k))
            })
        };
        let forms: Vec<Form> = hit.forms.iter().filter(same).map(|f| f.in_full()).collect();
        (asked.len() > 1 && !forms.is_empty()).then_some(Hit { tokens: hit.tokens, forms })
    }

    /// A phrase whose head a table has.
    fn known(&self, phrase: Phrase, hit: &Hit, facts: &mut Facts) -> Option<Decision> {
        if hit.tokens.start > phrase.core.start {
            let inner = TokenSpan::new(phrase.core.start as usize, hit.tokens.start as usize);
            self.view.gather(inner, facts, &self.memory, &mut |t| self.simple(t));
        }
        let names = facts.clone();
        self.view.gather_after(phrase, facts, &self.memory, &mut |t| self.simple(t));
        let context = if names.countries.is_empty() && names.bodies.is_empty() { &*facts } else { &names };
        let chosen = self.view.choose(hit.tokens, &hit.forms, context, &self.memory)?;
        if self.is_part_of_name(phrase, hit, &names, &chosen.sense) {
            return None;
        }
        let Some(actor) = chosen.actor else {
            let mut decision = self.role(phrase, chosen.sense, facts.clone())?;
            decision.why.rejected = chosen.why.rejected;
            return Some(decision);
        };
        let actor = self.citizens(phrase, self.at_home(actor, &names, chosen.sense), chosen.sense);
        let actor = self.titled(actor, &names, chosen.sense);
        let antecedent = match chosen.sense {
            Sense::Entity(e) => self.memory.entity(e),
            _ => None,
        };
        let mut actors = vec![actor];
        actors.extend(self.paired(hit).filter(|_| matches!(chosen.sense, Sense::Country(_))));
        Some(Decision { actors, why: chosen.why, sense: Some(chosen.sense), antecedent })
    }

    /// "North and South Korea": the country of the first direction.
    fn paired(&self, hit: &Hit) -> Option<Actor> {
        let s = self.view.s;
        let start = hit.tokens.start as usize;
        let direction = |i: usize| matches!(s.lower(i), "north" | "south" | "east" | "west");
        if start < 2 || s.lower(start - 1) != "and" || !direction(start) || !direction(start - 2) {
            return None;
        }
        let rest = TokenSpan::new(start + 1, hit.tokens.end as usize);
        let name = format!("{} {}", s.text(start - 2), s.tokens_text(rest));
        let forms = self.view.k.index.exact(&words::of(&name));
        forms.iter().find_map(|f| match f.sense {
            Sense::Country(i) => self.view.k.country_actor(i),
            _ => None,
        })
    }

    /// "Europe Bridge", "Malian Arab Coalition": a known name of a body that only ends a longer name is another body,
    /// unless a title, a role or its own country stands before it.
    fn is_part_of_name(&self, phrase: Phrase, hit: &Hit, facts: &Facts, sense: &Sense) -> bool {
        let Sense::Entity(e) = *sense else { return false };
        let Some(entity) = self.view.k.entities.get(e as usize) else { return false };
        let before = TokenSpan::new(phrase.core.start as usize, hit.tokens.start as usize);
        if entity.kind == ActorKind::Person || before.is_empty() {
            return false;
        }
        let s = self.view.s;
        let body = |c: &str| matches!(c, "UNO" | "EUR" | "IGO" | "NGO");
        let of_states = entity.spells.iter().all(|s| body(&s.code));
        let own = |c: &SmolStr| entity.spells.iter().any(|s| s.code == *c || self.view.k.fold(&s.code) == *c);
        let other = facts.countries.iter().filter_map(|a| a.country.as_ref()).any(|c| !own(c));
        let known = |i: usize| self.view.hits.at(i).is_some();
        let unknown = hit.tokens.len() == 1 && before.range().any(|i| s.pos(i) == "PROPN" && !known(i));
        let region = hit.tokens.len() == 1 && s.entity_label(phrase.head) == "FAC";
        unknown || region || of_states && other
    }

    /// A bare unknown name after a preposition of place: "in Granville".
    fn is_where(&self, phrase: Phrase, i: usize, facts: &Facts) -> bool {
        let s = self.view.s;
        s.dep(i) == "pobj"
            && phrase.core.len() == 1
            && facts.titles.is_empty()
            && facts.roles.is_empty()
            && self.view.k.makes_place(s.lower(s.head(i)), "prep", false)
    }

    /// A person or body of no table; country from the phrase, what it stands beside, or the page.
    fn named(&self, phrase: Phrase, facts: &Facts) -> Option<Decision> {
        let (mut actors, mut why) = self.view.unknown(phrase, facts)?;
        let mut antecedent = None;
        if actors.iter().all(|a| a.country.is_none()) {
            if let Some(m) = self.beside(phrase) {
                antecedent = Some(m as u32);
                let other = self.out.get(m).and_then(|m| m.actors.first());
                for a in &mut actors {
                    a.country = other.and_then(|o| o.country.clone());
                    if a.sectors.is_empty() {
                        a.sectors = other.map(|o| o.sectors.clone()).unwrap_or_default();
                    }
                }
                why.rule = "actor/apposition".into();
            } else if !facts.titles.is_empty()
                && let Some((code, rule)) = self.context_code(phrase, &actors)
            {
                why.rule = rule.into();
                why.note = format!("the phrase names no country; {code} from the context");
                actors.iter_mut().for_each(|a| a.country = Some(code.clone()));
            }
        }
        Some(Decision { actors, why, sense: None, antecedent })
    }

    /// A family name alone that an earlier full name ends with.
    fn short_name(&self, phrase: Phrase) -> Option<Decision> {
        let s = self.view.s;
        let last = phrase.core.end as usize - 1;
        if phrase.core.len() != 1 || s.pos(last) != "PROPN" && s.entity_label(last) != "PERSON" {
            return None;
        }
        let seen = self.memory.trail.surname(s.lower(last))?;
        let first = seen.actors.first()?;
        if first.kind == ActorKind::Person || s.entity_label(last) == "GPE" {
            return None;
        }
        Some(Decision {
            actors: seen.actors.clone(),
            why: Reason::rule("actor/short-name"),
            sense: None,
            antecedent: Some(seen.mention),
        })
    }

    /// A person whom the text gives a title that the table does not: the text is right about the sector.
    fn titled(&self, mut actor: Actor, facts: &Facts, sense: Sense) -> Actor {
        if actor.kind != ActorKind::Person {
            return actor;
        }
        let title = facts.titles.iter().filter_map(|&t| self.view.k.titles.get(usize::from(t))).next();
        let Some(title) = title else {
            if facts.former {
                actor.sectors = vec!["ELI".into()];
                actor.office = None;
            }
            return actor;
        };
        if facts.former {
            actor.sectors = vec![if title.former.is_empty() { "ELI" } else { title.former }.into()];
            actor.office = None;
        } else if facts.shadow {
            actor.sectors = vec!["OPP".into()];
        } else if !title.sector.is_empty() && title.rank != "4" && !facts.elect {
            let held = match sense {
                Sense::Entity(e) => self.view.k.entities.get(e as usize),
                _ => None,
            };
            let known = held.is_some_and(|e| e.spells.iter().any(|s| names_office(&s.office, title.title)));
            let fits = known || actor.sectors.first().is_some_and(|s| s == title.sector);
            if !fits {
                actor.sectors = vec![title.sector.into()];
                actor.office.get_or_insert_with(|| title.title.to_owned());
            }
        }
        actor
    }

    fn role_of_word(&self, i: usize) -> Option<Sense> {
        if !matches!(self.view.s.pos(i), "NOUN" | "PROPN") {
            return None;
        }
        let words = words::of(self.view.s.text(i));
        let forms = self.view.k.index.exact(&words);
        forms.iter().find(|f| matches!(f.sense, Sense::Role(..)) && f.weak == Weak::No).map(|f| f.sense)
    }

    /// The mention that this phrase stands in apposition to.
    pub fn beside(&self, phrase: Phrase) -> Option<usize> {
        let s = self.view.s;
        if s.dep(phrase.head) != "appos" {
            return None;
        }
        let up = s.head(phrase.head);
        let at = self.out.iter().rposition(|m| m.head as usize == up)?;
        let state = |a: &Actor| matches!(a.kind, ActorKind::Country | ActorKind::Metonym);
        self.out.get(at).is_some_and(|m| !m.actors.iter().any(state)).then_some(at)
    }

    /// "Ecuadorean Indians", "Malaysian Chinese": a people at home in the country before it.
    fn at_home(&self, mut actor: Actor, facts: &Facts, sense: Sense) -> Actor {
        let home = facts.countries.first().and_then(|a| a.country.clone());
        if matches!(sense, Sense::Demonym(_)) && home.is_some() && home != actor.country {
            actor.country = home;
        }
        actor
    }

    /// "Palestinians", "the Turks": citizens, not the state.
    fn citizens(&self, phrase: Phrase, mut actor: Actor, sense: Sense) -> Actor {
        if matches!(sense, Sense::Demonym(_)) && matches!(self.view.s.tag(phrase.head), "NNPS" | "NNS") {
            actor.kind = ActorKind::People;
            actor.sectors = vec!["CVL".into()];
        }
        actor
    }

    /// A town, province or misspelt country that no table has.
    fn place_head(&self, phrase: Phrase) -> Option<Decision> {
        let i = phrase.head;
        let label = self.view.s.entity_label(i);
        if !matches!(label, "GPE" | "PERSON" | "ORG" | "") || self.view.s.pos(i) != "PROPN" {
            return None;
        }
        if let Some(at) = self.misspelt(phrase.core) {
            let actor = self.view.k.country_actor(at)?;
            let why = Reason::rule("actor/misspelt-country").with_row(format!("countries.tsv:{}", at + 2));
            return Some(Decision {
                actors: vec![actor],
                why,
                sense: Some(Sense::Country(at)),
                antecedent: None,
            });
        }
        // "Tigray was cut off", "Crimea voted": a division as subject, whatever the label.
        let subject = matches!(self.view.s.dep(i), "nsubj" | "nsubjpass") && phrase.span.len() == 1;
        if let Some(actor) = self.view.province(i, &self.memory).filter(|_| subject && label != "PERSON") {
            let why = Reason::rule("actor/town").with_note("a province or city, by the gazetteer");
            return Some(Decision { actors: vec![actor], why, sense: None, antecedent: None });
        }
        let actor = self.view.town(phrase.core, &self.memory)?;
        // A town taken for a person or body: only alone, and in a country that the page names.
        let named = actor
            .country
            .as_deref()
            .is_some_and(|c| self.memory.has_code(c) && !matches!(c, "USA" | "GBR" | "AUS" | "CAN"));
        if label.is_empty() || label != "GPE" && (phrase.span.len() > 1 || !named) {
            return None;
        }
        let why = Reason::rule("actor/town").with_note("a town or province, by the gazetteer");
        Some(Decision { actors: vec![actor], why, sense: None, antecedent: None })
    }

    /// The country whose name differs by one letter left out, added or swapped, for names of seven letters or more.
    fn misspelt(&self, core: TokenSpan) -> Option<u16> {
        let text = words::folded(self.view.s.tokens_text(core));
        if text.len() < 6 {
            return None;
        }
        let (country, _) = self.view.k.long_names.iter().find(|(_, name)| one_slip(name, &text))?;
        (!assets::gazetteer().has(&assets::fold(&text))).then_some(*country)
    }

    /// "the two countries", "both sides", "the country", "the group": what it takes up.
    pub fn described(&self, phrase: Phrase) -> Option<Decision> {
        let s = self.view.s;
        let row = self.view.k.descriptions.get(s.lower(phrase.head))?;
        let plural = s.lower(phrase.head) == row.plural && row.plural != row.noun;
        if !self.view.is_definite(phrase) || !self.bare(phrase) {
            return None;
        }
        let sentence = s.sentence(phrase.head)? as u32;
        let count = match self.view.count_of(phrase) {
            Some(n) => n,
            None if plural => return None,
            None => 1,
        };
        if row.stands_for == "neighbour" && count > 1 {
            return self.neighbours(sentence, count).map(|(actors, from)| {
                let why =
                    Reason::rule("actor/description").with_row(format!("descriptions.tsv:{}", row.line));
                Decision { actors, why, sense: None, antecedent: Some(from) }
            });
        }
        let class = match row.stands_for {
            "country" | "neighbour" => Some(Class::Country),
            "body" => Some(Class::Body),
            "person" => Some(Class::Person),
            _ => None,
        };
        if row.stands_for == "person" && count == 1 {
            return None;
        }
        if row.noun == "government" || row.noun == "capital" {
            return None;
        }
        // "the coalition": the last body whose name has the word.
        let namesake = if count == 1 && class == Some(Class::Body) {
            self.memory.trail.namesake(row.noun)
        } else {
            None
        };
        let found = match namesake {
            Some(seen) => (seen.actors.clone(), seen.mention),
            None => self.memory.trail.last_of(self.view, class, count, sentence)?,
        };
        let (mut actors, from) = found;
        if matches!(class, Some(Class::Country) | None) {
            actors = actors.into_iter().map(|a| self.state_of(a)).collect();
        }
        let row = format!("descriptions.tsv:{}", row.line);
        let why = Reason::rule("actor/description").with_row(row);
        Some(Decision { actors, why, sense: None, antecedent: Some(from) })
    }

    /// "both neighbours": the countries that the page speaks of most, without that of the sentence's subject.
    fn neighbours(&self, sentence: u32, count: usize) -> Option<(Vec<Actor>, u32)> {
        let tokens = self.view.s.doc.sentences.get(sentence as usize)?.tokens;
        let subject = self
            .out
            .iter()
            .find(|m| tokens.covers(m.tokens) && self.view.s.dep(m.head as usize) == "nsubj" && !m.as_place);
        let own = subject.and_then(|m| m.actors.first()).and_then(|a| a.country.clone());
        let others = self.memory.ranked().into_iter().filter(|c| Some(*c) != own.as_ref());
        let at = |code: &SmolStr| self.view.k.countries.iter().position(|c| c.iso3 == code.as_str());
        let states = others.filter_map(at).filter_map(|i| self.view.k.country_actor(i as u16));
        let actors: Vec<Actor> = states.take(count).collect();
        let named = |a: &Actor| actors.iter().any(|b| b.country == a.country);
        let from = self.out.iter().rposition(|m| m.actors.iter().all(named))?;
        (actors.len() == count).then_some((actors, from as u32))
    }

    /// True when only determiners, numbers and plain adjectives stand before the noun.
    fn bare(&self, phrase: Phrase) -> bool {
        (phrase.span.start as usize..phrase.head)
            .all(|i| matches!(self.view.s.pos(i), "DET" | "NUM" | "PRON"))
    }

    fn state_of(&self, actor: Actor) -> Actor {
        let at = self.view.k.countries.iter().position(|c| Some(c.iso3) == actor.country.as_deref());
        at.and_then(|i| self.view.k.country_actor(i as u16)).unwrap_or(actor)
    }
}
