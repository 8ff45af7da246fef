//! A user's tables to entities beside those of the embedded tables.

use super::build::names_office;
use super::index::{Case, Sense, Weak};
use super::knowledge::{Entity, Knowledge, Spell};
use super::words;
use crate::overlay::Overlay;
use hashbrown::HashMap;
use record::{ActorKind, SmolStr};
use std::borrow::Cow;
use tables::actors::{is_body, organisations, people};
use tables::tsv::TableError;

impl Knowledge {
    /// True for the code of a country of the table, or of a body.
    pub fn is_code(&self, code: &str) -> bool {
        is_body(code) || code == "KOS" || self.countries.iter().any(|c| c.iso3 == code)
    }

    /// True when the short names of a country's people are first words more often than last ones.
    pub fn family_first(&self, code: &str) -> bool {
        let of = |e: &&Entity| e.kind == ActorKind::Person && e.spells.iter().any(|s| s.code == code);
        let (mut first, mut last) = (0, 0);
        for name in self.entities.iter().filter(of).map(|e| e.name.as_ref()) {
            let Some((head, tail)) = name.split_once(' ') else { continue };
            let is_form = |word: &str| {
                self.index.exact(&words::of(word)).iter().any(|f| {
                    matches!(f.sense, Sense::Entity(e)
                        if self.entities.get(e as usize).is_some_and(|e| e.name == name))
                })
            };
            first += usize::from(is_form(head));
            last += usize::from(is_form(tail.rsplit(' ').next().unwrap_or(tail)));
        }
        first > last
    }

    /// Adds a user's tables. A spell of a person whom the embedded table has joins that person's; one of the same
    /// office that began in the same year takes the place of the embedded one.
    ///
    /// # Errors
    /// A table does not keep its form, or names a code that does not exist.
    pub fn add_overlay(&mut self, overlay: &Overlay) -> Result<(), TableError> {
        if !overlay.organisations.is_empty() {
            let rows = organisations::read("overlay/organisations.tsv", overlay.organisations)?;
            for row in &rows {
                self.check("organisations", row.line, row.code)?;
            }
            self.add_organisations(rows, "overlay/organisations");
        }
        if overlay.people.is_empty() {
            return Ok(());
        }
        let rows = people::read("overlay/people.tsv", overlay.people)?;
        let people = self.entities.iter().enumerate().filter(|(_, e)| e.kind == ActorKind::Person);
        let mut seen: HashMap<String, u32> =
            people.map(|(i, e)| (words::folded(&e.name), i as u32)).collect();
        for row in rows {
            self.check("people", row.line, row.code)?;
            let spell = Spell {
                code: row.code.into(),
                sectors: Some(SmolStr::new(row.sector)).filter(|s| !s.is_empty()).into_iter().collect(),
                from: row.from,
                to: row.to,
                office: Cow::Borrowed(row.office),
                row: ("overlay/people", row.line),
            };
            let at = match seen.get(&words::folded(row.person)) {
                Some(&at) => {
                    self.entities[at as usize].join(spell);
                    at
                }
                None => {
                    let at = self.entities.len() as u32;
                    let (name, kind) = (Cow::Borrowed(row.person), ActorKind::Person);
                    self.entities.push(Entity { name, kind, spells: vec![spell] });
                    seen.insert(words::folded(row.person), at);
                    at
                }
            };
            for form in std::iter::once(&row.person).chain(&row.variants) {
                let weak = if form.contains([' ', '-']) { Weak::No } else { Weak::Short };
                self.index.add(form, Sense::Entity(at), Case::Name, weak);
            }
        }
        Ok(())
    }

    fn check(&self, table: &str, line: u32, code: &str) -> Result<(), TableError> {
        if self.is_code(code) {
            return Ok(());
        }
        Err(TableError { message: format!("overlay/{table}.tsv:{line}: no country or body {code:?}") })
    }
}

impl Entity {
    /// Adds a spell, in the place of one of the same office that began in the same year.
    fn join(&mut self, spell: Spell) {
        let new = spell.office.to_lowercase();
        let same = |s: &&mut Spell| {
            s.code == spell.code
                && s.from.0 / 10_000 == spell.from.0 / 10_000
                && (names_office(&s.office, &new) || names_office(&new, &s.office.to_lowercase()))
        };
        match self.spells.iter_mut().find(same) {
            Some(old) => *old = spell,
            None => self.spells.push(spell),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::actor::ActorResolver;
    use crate::overlay::Overlay;

    const HEAD: &str = "person\tvariants\tcode\toffice\tsector\tfrom\tto\tnote\n";

    fn with(rows: &str) -> Result<ActorResolver, String> {
        let people: &'static str = Box::leak(format!("{HEAD}{rows}").into_boxed_str());
        ActorResolver::with(&Overlay { people, ..Overlay::default() }).map_err(|e| e.message)
    }

    fn code(resolver: &ActorResolver, name: &str, day: &str) -> String {
        resolver.find(name, Some(day))[0].actors[0].code()
    }

    #[test]
    fn new_people_and_new_spells_are_found() {
        let resolver = with(
            "Ada Zylberquist\tZylberquist\tFJI\tPrime Minister\tGOV\t2026-05-01\t\t\n\
             Sergei Lavrov\tLavrov\tRUS\tForeign Minister\tGOV\t2004-03-09\t2026-06-01\t\n",
        )
        .unwrap();
        assert_eq!(code(&resolver, "Ada Zylberquist", "2026-06-01"), "FJIGOV");
        assert_eq!(code(&resolver, "Sergei Lavrov", "2025-06-01"), "RUSGOV");
        assert_eq!(code(&resolver, "Sergei Lavrov", "2026-07-01"), "RUSELI");
    }

    #[test]
    fn faults_name_file_and_line() {
        let message = with("Ada Zylberquist\tA\tQQQ\tPrime Minister\tGOV\t\t\t\n").err().unwrap();
        assert!(message.starts_with("overlay/people.tsv:2: no country or body"), "{message}");
    }
}
