//! Pronouns, short names and definite descriptions to the earlier mention that they take up.

use super::build::names_office;
use super::gender::of_pronoun;
use super::phrase::{Phrase, View};
use record::{Actor, ActorKind, SmolStr};
use tables::actors::genders::Gender;

/// How far back, in sentences, a pronoun looks.
const REACH: u32 = 4;

/// What an earlier mention can be taken up as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A person, named or by title.
    Person,
    /// A country or its government by metonym.
    Country,
    /// A body, group, party; a collective role in the singular ("the army").
    Body,
    /// Several people ("officials", "Russians").
    Crowd,
}

/// One mention as later words may take it up.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Index of the mention.
    pub mention: u32,
    /// Head token.
    pub head: usize,
    /// Sentence.
    pub sentence: u32,
    /// What it can be taken up as.
    pub class: Class,
    /// Subject of its clause.
    pub subject: bool,
    /// Modifier of another noun.
    pub nested: bool,
    /// Titles and role nouns used of it, lower case, singular.
    pub keys: Vec<SmolStr>,
    /// Offices that the tables know the person to hold, lower case.
    pub offices: Vec<String>,
    /// Last word of the name, lower case.
    pub surname: SmolStr,
    /// Which pronoun takes a person up, where the text tells.
    pub gender: Option<Gender>,
    /// Who.
    pub actors: Vec<Actor>,
}

impl Seen {
    /// True when the person is known to hold the office named by `title`, in lower case ("foreign secretary").
    fn holds(&self, title: &str) -> bool {
        let whole = |o: &str| o.starts_with(title) && !o[title.len()..].starts_with(char::is_alphabetic);
        // A secretary of state is a minister elsewhere, and in the tables.
        let minister = title.strip_suffix(" secretary").map(|field| format!("{field} minister"));
        let named = |o: &str| names_office(o, title) || minister.as_ref().is_some_and(|m| names_office(o, m));
        self.offices.iter().any(|o| if title.contains(' ') { named(o) } else { whole(o) })
    }
}

/// All mentions so far.
#[derive(Debug, Default)]
pub struct Trail {
    /// In text order.
    pub list: Vec<Seen>,
}

/// What a word takes up: actors and the mention that names them.
pub type Found = (Vec<Actor>, u32);

impl Trail {
    /// What `he`, `it`, `they` at token `at` takes up; never `other`, who does in its clause.
    pub fn pronoun(&self, view: &View<'_>, at: usize, other: &[Actor]) -> Option<Found> {
        let sentence = view.s.sentence(at)? as u32;
        let word = view.s.lower(at);
        let wanted = of_pronoun(word);
        let fits: fn(&Seen) -> bool = match word {
            _ if wanted.is_some() => |m| m.class == Class::Person && m.actors.len() == 1,
            "it" | "its" | "itself" => |m| matches!(m.class, Class::Country | Class::Body),
            "they" | "them" | "their" | "theirs" | "themselves" => |_| true,
            _ => return None,
        };
        let plural = word.starts_with("the");
        let mut best: Option<(i32, &Seen)> = None;
        for m in self.list.iter().rev().take_while(|m| sentence.saturating_sub(m.sentence) <= REACH) {
            let Some(score) = fits(m).then(|| fit(view, m, at, plural)).flatten() else { continue };
            if !other.is_empty() && m.actors.iter().all(|a| other.iter().any(|b| same(a, b))) {
                continue;
            }
            let score = score + agreement(wanted, m.gender);
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, m));
            }
        }
        let found = best?.1;
        if plural && joined(view, found.head) {
            return Some((self.coordination(view, found), found.mention));
        }
        Some((found.actors.clone(), found.mention))
    }

    /// All actors joined with a mention by "and".
    fn coordination(&self, view: &View<'_>, m: &Seen) -> Vec<Actor> {
        let mut top = m.head;
        while view.s.dep(top) == "conj" && !view.s.is_root(top) {
            top = view.s.head(top);
        }
        let mut actors: Vec<Actor> = Vec::new();
        for other in self.list.iter().filter(|o| o.sentence == m.sentence) {
            let mut at = other.head;
            while view.s.dep(at) == "conj" && !view.s.is_root(at) {
                at = view.s.head(at);
            }
            if at == top {
                add_new(&mut actors, &other.actors);
            }
        }
        actors
    }

    /// The earlier mention of a person by the last word of the name.
    pub fn surname(&self, word: &str) -> Option<&Seen> {
        let person =
            |m: &Seen| m.class == Class::Person || m.actors.iter().all(|a| a.kind == ActorKind::Unknown);
        self.list.iter().find(|m| person(m) && !word.is_empty() && m.surname == word)
    }

    /// The last earlier mention for which one of the keys was used, and which has a country.
    pub fn keyed(&self, keys: &[SmolStr]) -> Option<&Seen> {
        let state = |m: &&Seen| m.actors.iter().any(|a| a.country.is_some());
        let mut latest = self.list.iter().rev().filter(state);
        let by_word = latest.clone().find(|m| m.keys.iter().any(|k| keys.contains(k)));
        by_word.or_else(|| latest.find(|m| keys.first().is_some_and(|k| m.holds(k))))
    }

    /// The last earlier body whose name ends with `noun`.
    pub fn namesake(&self, noun: &str) -> Option<&Seen> {
        let body = |m: &&Seen| m.class == Class::Body && m.surname == noun;
        self.list.iter().rev().find(|m| body(m) && m.actors.iter().any(|a| a.country.is_some()))
    }

    /// What "the country", "both sides", "the three nations" in a sentence take up: so many actors of a class named
    /// together, else the last so many different ones, in text order.
    pub fn last_of(
        &self,
        view: &View<'_>,
        class: Option<Class>,
        count: usize,
        sentence: u32,
    ) -> Option<Found> {
        if count == 1 && class == Some(Class::Country) {
            return self.last_country(sentence);
        }
        if count > 1
            && let Some(found) = self.last_together(view, class, count, sentence)
        {
            return Some(found);
        }
        let mut actors: Vec<Actor> = Vec::new();
        let mut mention = None;
        for m in self.list.iter().rev() {
            if sentence.saturating_sub(m.sentence) > REACH {
                break;
            }
            if !fits(m, class) {
                continue;
            }
            for a in m.actors.iter().rev() {
                if actors.len() < count && !holds(&actors, a, class) {
                    actors.push(a.clone());
                    mention.get_or_insert(m.mention);
                }
            }
            if actors.len() == count {
                break;
            }
        }
        actors.reverse();
        (actors.len() == count).then_some((actors, mention?))
    }

    /// The last coordination of exactly `count` actors of a class. One that lies behind a sentence which names enough
    /// others no longer counts.
    fn last_together(
        &self,
        view: &View<'_>,
        class: Option<Class>,
        count: usize,
        sentence: u32,
    ) -> Option<Found> {
        let mut nearer: Vec<Actor> = Vec::new();
        let mut line = sentence;
        for m in self.list.iter().rev().take_while(|m| sentence.saturating_sub(m.sentence) <= REACH) {
            if m.sentence != line && nearer.len() >= count {
                return None;
            }
            line = m.sentence;
            if !fits(m, class) {
                continue;
            }
            let mut group: Vec<Actor> = Vec::new();
            for a in self.coordination(view, m) {
                if !holds(&group, &a, class) {
                    group.push(a);
                }
            }
            if group.len() == count {
                return Some((group, m.mention));
            }
            for a in &m.actors {
                if !holds(&nearer, a, class) {
                    nearer.push(a.clone());
                }
            }
        }
        None
    }

    /// The country that "the country" takes up: a country by name before one that a role implies, in the subject
    /// before elsewhere, the nearest sentence first.
    fn last_country(&self, sentence: u32) -> Option<Found> {
        let reach = self.list.iter().filter(|m| sentence.saturating_sub(m.sentence) <= REACH);
        let best =
            reach.filter(|m| m.actors.len() == 1 && m.actors.iter().all(is_state)).max_by_key(|m| {
                let named = matches!(m.actors[0].kind, ActorKind::Country | ActorKind::Metonym);
                let subject = m.subject || m.nested;
                i64::from(named) * 3 + i64::from(named && subject) * 2
                    - 4 * i64::from(sentence.saturating_sub(m.sentence))
            })?;
        Some((best.actors.clone(), best.mention))
    }
}

/// True when a mention can be one of "the two Xs", X of a class.
fn fits(m: &Seen, class: Option<Class>) -> bool {
    match class {
        Some(Class::Country) | None => m.actors.iter().all(is_state),
        Some(Class::Body) => m.class == Class::Body && m.actors.iter().all(|a| a.kind != ActorKind::Role),
        Some(c) => m.class == c,
    }
}

/// True when the list has the actor already; of countries, one of the same code.
fn holds(list: &[Actor], a: &Actor, class: Option<Class>) -> bool {
    let as_country = matches!(class, Some(Class::Country) | None);
    list.iter().any(|b| if as_country { b.country == a.country } else { same(a, b) })
}

/// How well a mention fits the pronoun at `at` by place and grammar; `None`: not at all.
fn fit(view: &View<'_>, m: &Seen, at: usize, plural: bool) -> Option<i32> {
    let gap = (view.s.sentence(at)? as u32).saturating_sub(m.sentence);
    let own = view.s.dep(at) == "poss";
    if m.head >= at || (m.nested && !own && gap > 0) {
        return None;
    }
    let joined = joined(view, m.head) || m.actors.len() > 1;
    if plural && !joined && matches!(m.class, Class::Person | Class::Country) {
        return None;
    }
    let same_clause =
        !own && gap == 0 && clause_of(view, m.head) == clause_of(view, at) && view.s.dep(at) != "nsubj";
    if same_clause || governs(view, m.head, at) {
        return None;
    }
    let mut score = -4 * gap as i32;
    score += if m.subject { 4 } else { 0 };
    score -= if m.nested { 3 } else { 0 };
    score += if plural && (joined && gap < 2 || m.class == Class::Crowd) { 3 } else { 0 };
    Some(score - ((at - m.head) / 12).min(4) as i32)
}

/// "she" takes up a woman: names of the other gender hardly ever, others less than those known to agree.
fn agreement(wanted: Option<Gender>, gender: Option<Gender>) -> i32 {
    match (wanted, gender) {
        (Some(w), Some(g)) if w == g => 2,
        (Some(_), Some(_)) => -14,
        _ => 0,
    }
}

fn is_state(a: &Actor) -> bool {
    a.country.as_deref().is_some_and(|c| !tables::actors::is_body(c))
        && matches!(a.kind, ActorKind::Country | ActorKind::Metonym | ActorKind::Person | ActorKind::Role)
}

fn same(a: &Actor, b: &Actor) -> bool {
    if a.id.is_empty() || b.id.is_empty() { a.name == b.name && a.country == b.country } else { a.id == b.id }
}

/// Adds actors that are not yet in the list.
pub fn add_new(list: &mut Vec<Actor>, more: &[Actor]) {
    for a in more {
        if !list.iter().any(|b| same(a, b)) {
            list.push(a.clone());
        }
    }
}

/// True when the noun is coordinated with another.
fn joined(view: &View<'_>, head: usize) -> bool {
    view.s.dep(head) == "conj" && !matches!(view.s.pos(view.s.head(head)), "VERB" | "AUX")
        || view.s.children(head).any(|c| view.s.dep(c) == "conj")
}

/// The verb over a token.
fn clause_of(view: &View<'_>, at: usize) -> Option<usize> {
    view.s.ancestors(at).find(|&a| matches!(view.s.pos(a), "VERB" | "AUX"))
}

/// True when the pronoun stands inside the phrase of the noun before it.
fn governs(view: &View<'_>, noun: usize, pronoun: usize) -> bool {
    view.s.head(pronoun) == noun || view.s.is_under(pronoun, noun) && view.s.dep(pronoun) != "nsubj"
}

impl View<'_> {
    /// True when the phrase points back: "the", "this", "both", "these", a number after "the".
    pub fn is_definite(&self, phrase: Phrase) -> bool {
        let before = phrase.span.start.saturating_sub(1) as usize..phrase.core.start as usize;
        before.into_iter().any(|i| {
            self.s.head(i) == phrase.head
                && matches!(self.s.lower(i), "the" | "this" | "that" | "both" | "these" | "those" | "two")
        })
    }

    /// The number that the phrase counts ("two", "both", "three"), if it is small.
    pub fn count_of(&self, phrase: Phrase) -> Option<usize> {
        let before = phrase.span.start as usize..phrase.core.start as usize;
        before.into_iter().find_map(|i| match self.s.lower(i) {
            "two" | "both" | "2" => Some(2),
            "three" | "3" => Some(3),
            "four" | "4" => Some(4),
            "five" | "5" => Some(5),
            _ => None,
        })
    }
}
