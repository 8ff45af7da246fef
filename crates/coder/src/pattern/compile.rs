//! Checked senses and word classes to the lexicon that the matcher searches: indexed by head word.

use super::frame::HeadKind;
use super::lexicon::{Checked, ClassNames, check};
use hashbrown::{HashMap, HashSet};
use record::{Actor, ActorKind, SmolStr};
use tables::patterns::{Class, ClassKind, Sense};
use tables::tsv::TableError;

/// The compiled lexicon.
pub struct Lexicon {
    senses: Vec<Checked>,
    index: HashMap<SmolStr, Vec<u32>>,
    nouns: HashSet<SmolStr>,
    classes: Classes,
}

impl Lexicon {
    /// Checks and indexes `senses`.
    ///
    /// # Errors
    /// The first line that breaks the grammar.
    pub fn compile(senses: &[Sense<'_>], classes: &[Class<'_>]) -> Result<Self, TableError> {
        let names = ClassNames::new(classes);
        let mut out = Lexicon {
            senses: Vec::with_capacity(senses.len()),
            index: HashMap::new(),
            nouns: HashSet::new(),
            classes: Classes::new(classes),
        };
        for sense in senses {
            let checked = check(sense, &names).map_err(|message| TableError { message })?;
            out.add(checked);
        }
        Ok(out)
    }

    fn add(&mut self, sense: Checked) {
        let id = self.senses.len() as u32;
        for term in &sense.frame.head {
            let key = match sense.frame.kind {
                HeadKind::Noun => term.last(),
                HeadKind::Verb | HeadKind::Adjective => term.first(),
            };
            let Some(key) = key else { continue };
            if sense.frame.kind == HeadKind::Noun {
                self.nouns.insert(key.clone());
            }
            // "carpet-bomb" is found under the word that bears the inflection, too.
            let tail = term.last().filter(|t| *t != key && sense.frame.kind == HeadKind::Verb);
            for key in [Some(key), tail].into_iter().flatten() {
                let list = self.index.entry(key.clone()).or_default();
                if list.last() != Some(&id) {
                    list.push(id);
                }
            }
        }
        self.senses.push(sense);
    }

    /// A sense by number.
    pub fn sense(&self, id: u32) -> Option<&Checked> {
        self.senses.get(id as usize)
    }

    /// Number of senses.
    pub fn len(&self) -> usize {
        self.senses.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.senses.is_empty()
    }

    /// Numbers of the senses whose head word is `word`.
    pub fn candidates(&self, word: &str) -> &[u32] {
        self.index.get(word).map_or(&[], Vec::as_slice)
    }

    /// True when `lemma` heads a noun frame, or takes an act as its complement ("readiness to help").
    pub fn is_noun(&self, lemma: &str) -> bool {
        self.nouns.contains(lemma) || self.classes.list("complement-noun").contains(lemma)
    }

    /// The word classes.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }
}

/// What an actor class asks of an actor: any of these.
#[derive(Debug, Clone, PartialEq)]
enum Test {
    Any,
    None,
    Sector(SmolStr),
    Kind(ActorKind),
    Code(SmolStr),
}

/// The word classes of `shared.tsv`.
#[derive(Debug, Default)]
pub struct Classes {
    nouns: HashMap<SmolStr, HashSet<SmolStr>>,
    actors: HashMap<SmolStr, Vec<Test>>,
    lists: HashMap<SmolStr, HashSet<SmolStr>>,
    irregular: HashMap<SmolStr, SmolStr>,
    empty: HashSet<SmolStr>,
}

impl Classes {
    fn new(classes: &[Class<'_>]) -> Self {
        let mut out = Classes::default();
        for class in classes {
            let name = SmolStr::from(class.name);
            match class.kind {
                ClassKind::Noun => {
                    out.nouns.entry(name).or_default().extend(class.words().map(SmolStr::from))
                }
                ClassKind::List if class.name == "irregular-form" => {
                    let pairs = class.words().filter_map(|w| w.split_once('='));
                    out.irregular.extend(pairs.map(|(form, lemma)| (form.into(), lemma.into())));
                }
                ClassKind::List => {
                    out.lists.entry(name).or_default().extend(class.words().map(SmolStr::from))
                }
                ClassKind::Actor => out.actors.entry(name).or_default().extend(class.words().map(test)),
            }
        }
        out
    }

    /// The lemma of an irregular form that lemmatisers leave as it is.
    pub fn irregular(&self, form: &str) -> Option<&SmolStr> {
        self.irregular.get(form)
    }

    /// A closed list, empty when the table lacks it.
    pub fn list(&self, name: &str) -> &HashSet<SmolStr> {
        self.lists.get(name).unwrap_or(&self.empty)
    }

    /// True when the noun `word` (or `words` with what stands before it) belongs to noun class `class`.
    pub fn noun_in(&self, class: &str, words: &[&str]) -> bool {
        self.nouns.get(class).is_some_and(|set| words.iter().any(|w| set.contains(*w)))
    }

    /// True when `class` tests actors and one of `actors` passes; an empty list passes `none` tests only.
    pub fn actor_in(&self, class: &str, actors: &[&Actor]) -> bool {
        self.actors.get(class).is_some_and(|tests| {
            tests.iter().any(|t| match t {
                Test::None => actors.is_empty(),
                _ => actors.iter().any(|a| passes(t, a)),
            })
        })
    }

    /// True when the class is satisfied by things that are no actors.
    pub fn takes_things(&self, class: &str) -> bool {
        self.actors.get(class).is_some_and(|tests| tests.contains(&Test::None))
    }
}

fn test(word: &str) -> Test {
    match word.split_once(':') {
        Some(("kind", kind)) => match kind {
            "country" => Test::Kind(ActorKind::Country),
            "metonym" => Test::Kind(ActorKind::Metonym),
            "person" => Test::Kind(ActorKind::Person),
            "organisation" => Test::Kind(ActorKind::Organisation),
            "group" => Test::Kind(ActorKind::Group),
            "party" => Test::Kind(ActorKind::Party),
            "people" => Test::Kind(ActorKind::People),
            "role" => Test::Kind(ActorKind::Role),
            "pronoun" => Test::Kind(ActorKind::Pronoun),
            _ => Test::Kind(ActorKind::Unknown),
        },
        Some((_, code)) => Test::Code(code.into()),
        None => match word {
            "any" => Test::Any,
            "none" => Test::None,
            sector => Test::Sector(sector.into()),
        },
    }
}

fn passes(test: &Test, actor: &Actor) -> bool {
    match test {
        Test::Any => true,
        Test::None => false,
        Test::Sector(s) => actor.sectors.contains(s),
        // A country with a sector is a part of it: the sector decides.
        Test::Kind(ActorKind::Country) => actor.kind == ActorKind::Country && actor.sectors.is_empty(),
        Test::Kind(k) => actor.kind == *k,
        Test::Code(c) => actor.country.as_ref() == Some(c),
    }
}
