//! The actor tables to entities with spells, and the index of all their forms.

use super::gender::Genders;
use super::index::{Case, Index, Sense, Weak};
use super::words;
use hashbrown::HashMap;
use record::{ActorKind, SmolStr};
use std::borrow::Cow;
use tables::actors::{self, Day};
use tables::tsv::TableError;

/// A person, organisation, group or party.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Usual English name.
    pub name: Cow<'static, str>,
    /// What it is.
    pub kind: ActorKind,
    /// What it was, by period; never empty.
    pub spells: Vec<Spell>,
}

/// What an entity was in one period.
#[derive(Debug, Clone)]
pub struct Spell {
    /// Country or body code.
    pub code: SmolStr,
    /// Sectors, primary first.
    pub sectors: Vec<SmolStr>,
    /// First day.
    pub from: Day,
    /// Day after the last.
    pub to: Day,
    /// Office of a person.
    pub office: Cow<'static, str>,
    /// Table under `tables/actors/` and line in it.
    pub row: (&'static str, u32),
}

/// A metonym with all that it may stand for.
#[derive(Debug, Clone)]
pub struct Place {
    /// Words of the text.
    pub alias: &'static str,
    /// Rows of the table.
    pub readings: Vec<actors::metonyms::Metonym>,
}

/// All that the actor resolver knows.
#[derive(Debug)]
pub struct Knowledge {
    /// Countries.
    pub countries: Vec<actors::countries::Country>,
    /// Folded country names of seven letters or more, which are known with one letter wrong.
    pub long_names: Vec<(u16, String)>,
    /// Capitals, palaces, streets.
    pub metonyms: Vec<Place>,
    /// People, organisations, groups, parties.
    pub entities: Vec<Entity>,
    /// Ethnic and religious groups.
    pub peoples: Vec<actors::peoples::People>,
    /// Agent nouns.
    pub roles: Vec<actors::roles::Role>,
    /// Titles of office.
    pub titles: Vec<actors::titles::Title>,
    /// Nouns that take up something named before, by singular and plural.
    pub descriptions: HashMap<&'static str, actors::descriptions::Description>,
    /// Words that make a name beside them a place, by word and part.
    place_use: HashMap<(&'static str, &'static str), bool>,
    /// Words of status and of hyphens, with their mark.
    markers: HashMap<&'static str, &'static str>,
    /// Role nouns whose country is not the one beside them.
    relations: HashMap<&'static str, &'static str>,
    /// Words that tell "he" from "she".
    pub genders: Genders,
    /// Forms of all of them.
    pub index: Index,
    /// Codes folded into the state that controls them.
    folded: HashMap<&'static str, &'static str>,
    weights: HashMap<&'static str, i32>,
}

fn short(is: bool) -> Weak {
    if is { Weak::Short } else { Weak::No }
}

fn sectors(cells: &[&str]) -> Vec<SmolStr> {
    cells.iter().filter(|s| !s.is_empty()).map(SmolStr::new).collect()
}

impl Knowledge {
    /// Loads the embedded tables and builds the index.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        let mut k = Knowledge {
            countries: actors::countries::load()?,
            long_names: Vec::new(),
            metonyms: Vec::new(),
            entities: Vec::new(),
            peoples: actors::peoples::load()?,
            roles: actors::roles::load()?,
            titles: actors::titles::load()?,
            descriptions: HashMap::new(),
            place_use: HashMap::new(),
            markers: actors::markers::load()?.iter().map(|m| (m.word, m.mark)).collect(),
            relations: HashMap::new(),
            genders: Genders::embedded()?,
            index: Index::with_room(50_000),
            folded: HashMap::new(),
            weights: HashMap::new(),
        };
        for c in &k.countries {
            let to = if c.plover_code.is_empty() { c.iso3 } else { c.plover_code };
            k.folded.insert(c.iso3, to);
            k.weights.insert(c.iso3, c.news_weight.parse().unwrap_or(0));
        }
        for d in actors::descriptions::load()? {
            k.descriptions.insert(d.plural, d.clone());
            k.descriptions.insert(d.noun, d);
        }
        for r in actors::relations::load()? {
            k.relations.insert(r.word, r.relation);
        }
        for p in actors::place_use::load()? {
            k.place_use.insert((p.word, p.part), p.applies_to == "any");
        }
        k.add_countries();
        k.add_metonyms(actors::metonyms::load()?);
        k.add_peoples();
        k.add_roles();
        k.add_titles();
        k.add_organisations(actors::organisations::load()?, "organisations");
        k.add_groups(actors::groups::load()?);
        k.add_parties(actors::parties::load()?);
        let common = actors::common_words::load()?;
        k.add_people(actors::people::load()?, &common);
        Ok(k)
    }

    /// The code under which PLOVER counts a territory (GRL → DNK); other codes as they are.
    pub fn fold(&self, code: &str) -> SmolStr {
        SmolStr::new(self.folded.get(code).copied().unwrap_or(code))
    }

    /// How often a country is in the world's news, 0 to 3: decides between namesakes when nothing else does.
    pub fn weight(&self, code: &str) -> i32 {
        self.weights.get(code).copied().unwrap_or(0)
    }

    /// How the role noun (a lemma) stands to the country beside it: `other`, `abroad`, `serves`, or nothing special.
    pub fn relation(&self, noun: &str) -> &'static str {
        self.relations.get(noun).copied().unwrap_or("")
    }

    /// True when a word has the mark: `former`, `elect`, `shadow`, `beside`, `lends`, `keeps`.
    pub fn marks(&self, word: &str, mark: &str) -> bool {
        self.markers.get(word) == Some(&mark)
    }

    /// True when `word` (a lemma), as `part`, makes a capital (or, if not `city`, any country) a place.
    pub fn makes_place(&self, word: &str, part: &str, city: bool) -> bool {
        self.place_use.get(&(word, part)).is_some_and(|&any| any || city)
    }

    fn add_countries(&mut self) {
        for (i, c) in self.countries.iter().enumerate() {
            let i = i as u16;
            let weak = |form: &str| short(c.ambiguous.contains(&form));
            self.index.add(c.name, Sense::Country(i), Case::Name, weak(c.name));
            let folded = words::folded(c.name);
            if folded.len() >= 7 {
                self.long_names.push((i, folded));
            }
            for form in &c.short_forms {
                self.index.add(form, Sense::Country(i), Case::Name, weak(form));
            }
            for form in c.adjectives.iter().chain(&c.demonyms_singular).chain(&c.demonyms_plural) {
                self.index.add(form, Sense::Demonym(i), Case::Name, weak(form));
            }
        }
    }

    fn add_metonyms(&mut self, rows: Vec<actors::metonyms::Metonym>) {
        for row in rows {
            match self.metonyms.last_mut() {
                Some(last) if last.alias == row.alias => last.readings.push(row),
                _ => self.metonyms.push(Place { alias: row.alias, readings: vec![row] }),
            }
        }
        for (i, m) in self.metonyms.iter().enumerate() {
            self.index.add(m.alias, Sense::Metonym(i as u16), Case::Name, Weak::No);
        }
    }

    fn add_peoples(&mut self) {
        for (i, p) in self.peoples.iter().enumerate() {
            for form in std::iter::once(&p.name).chain(&p.forms) {
                self.index.add(form, Sense::People(i as u16), Case::Name, Weak::No);
            }
        }
    }

    fn add_roles(&mut self) {
        for (i, r) in self.roles.iter().enumerate() {
            let i = i as u16;
            let weak = short(r.note == "ambiguous");
            if r.plural != r.singular {
                self.index.add(r.plural, Sense::Role(i, true), Case::Any, weak);
            }
            self.index.add(r.singular, Sense::Role(i, false), Case::Any, weak);
        }
    }

    fn add_titles(&mut self) {
        for (i, t) in self.titles.iter().enumerate() {
            let i = i as u16;
            for form in std::iter::once(&t.title).chain(&t.aliases) {
                self.index.add(form, Sense::Title(i, false), Case::Any, short(form.len() < 3));
            }
            for form in std::iter::once(&t.plural).chain(&t.aliases_plural) {
                self.index.add(form, Sense::Title(i, true), Case::Any, short(form.len() < 3));
            }
        }
    }

    fn push(&mut self, entity: Entity) -> Sense {
        self.entities.push(entity);
        Sense::Entity(self.entities.len() as u32 - 1)
    }

    /// Adds named bodies from the table `file`.
    pub fn add_organisations(&mut self, rows: Vec<actors::organisations::Organisation>, file: &'static str) {
        const DATED: [&str; 8] =
            ["un", "igo", "eu", "court", "parliament", "government", "peacekeeping", "armed-forces"];
        for row in rows {
            let dated = DATED.contains(&row.kind);
            // PLOVER counts a company under the state of its head office.
            let company = row.code == "MNC" && !row.home_iso3.is_empty();
            let sector = match (row.sector, row.code) {
                ("", "MNC") => "BUS",
                ("", "NGO") => "SOC",
                (sector, _) => sector,
            };
            let spell = Spell {
                code: if company { row.home_iso3 } else { row.code }.into(),
                sectors: sectors(&[sector]),
                from: if dated { row.founded } else { Day(0) },
                to: if dated { row.ended } else { Day(0) },
                office: Cow::Borrowed(""),
                row: (file, row.line),
            };
            let entity =
                Entity { name: Cow::Borrowed(row.name), kind: ActorKind::Organisation, spells: vec![spell] };
            let sense = self.push(entity);
            for form in std::iter::once(&row.name).chain(&row.aliases) {
                let weak = short(row.ambiguous.contains(form) || form.contains('('));
                self.index.add(form, sense, Case::Name, weak);
            }
        }
    }

    fn add_groups(&mut self, rows: Vec<actors::groups::Group>) {
        let mut seen: HashMap<&'static str, Sense> = HashMap::new();
        for row in rows {
            let spell = Spell {
                code: row.code.into(),
                sectors: sectors(&[row.sector, row.sector2]),
                from: row.valid_from,
                to: row.valid_to,
                office: Cow::Borrowed(""),
                row: ("groups", row.line),
            };
            let sense = match seen.get(row.name) {
                Some(&Sense::Entity(at)) => {
                    self.entities[at as usize].spells.push(spell);
                    Sense::Entity(at)
                }
                _ => self.push(Entity {
                    name: Cow::Borrowed(row.name),
                    kind: ActorKind::Group,
                    spells: vec![spell],
                }),
            };
            seen.insert(row.name, sense);
            for form in std::iter::once(&row.name).chain(&row.aliases) {
                let weak = short(row.ambiguous.contains(form) || form.contains('('));
                self.index.add(form, sense, Case::Name, weak);
            }
        }
    }

    fn add_parties(&mut self, rows: Vec<actors::parties::Party>) {
        for row in rows {
            let spell = |second: &str, from, to| Spell {
                code: row.code.into(),
                sectors: sectors(&[row.sector, second]),
                from,
                to,
                office: Cow::Borrowed(""),
                row: ("parties", row.line),
            };
            let mut spells = Vec::new();
            let governs = row.government_lead.iter().chain(&row.government_junior);
            for &(from, to) in governs.filter(|_| row.sector == "PTY") {
                spells.push(spell("GOV", from, to));
            }
            spells.push(spell(if row.sector == "PTY" { "OPP" } else { "" }, Day(0), Day(0)));
            let kind = if row.sector == "REB" { ActorKind::Group } else { ActorKind::Party };
            let sense = self.push(Entity { name: Cow::Borrowed(row.party), kind, spells });
            for form in std::iter::once(&row.party).chain(&row.variants) {
                let weak = short(!form.contains(' ') && form.len() < 5);
                self.index.add(form, sense, Case::Name, weak);
            }
        }
    }

    fn add_people(&mut self, rows: Vec<actors::people::Spell>, common: &[actors::common_words::CommonWord]) {
        let common: hashbrown::HashSet<String> = common.iter().map(|c| words::folded(c.form)).collect();
        let mut seen: HashMap<&'static str, u32> = HashMap::new();
        for row in rows {
            let spell = Spell {
                code: row.code.into(),
                sectors: sectors(&[row.sector]),
                from: row.from,
                to: row.to,
                office: Cow::Borrowed(row.office),
                row: ("people", row.line),
            };
            let at = match seen.get(row.person) {
                Some(&at) => {
                    self.entities[at as usize].spells.push(spell);
                    at
                }
                None => {
                    let name = Cow::Borrowed(row.person);
                    self.entities.push(Entity { name, kind: ActorKind::Person, spells: vec![spell] });
                    self.entities.len() as u32 - 1
                }
            };
            seen.insert(row.person, at);
            for form in std::iter::once(&row.person).chain(&row.variants) {
                let weak = match common.contains(&words::folded(form)) {
                    true => Weak::Common,
                    false => short(!form.contains([' ', '-'])),
                };
                self.index.add(form, Sense::Entity(at), Case::Name, weak);
            }
        }
    }
}
