//! A head noun to its phrase: the span, the name inside it, and what the words around the name say of it.

use super::index::{Sense, Weak};
use super::knowledge::Knowledge;
use super::scan::Hits;
use record::{Actor, Syntax, TokenSpan};

/// Shared view of one page while it is resolved.
pub struct View<'a> {
    /// The tables.
    pub k: &'a Knowledge,
    /// The parse.
    pub s: &'a Syntax<'a>,
    /// Table forms found in it.
    pub hits: &'a Hits,
    /// Start of the noun phrase that ends at each token.
    pub left: &'a [u32],
    /// Publication day, when known.
    pub date: Option<tables::actors::Day>,
}

/// A noun phrase with its name.
#[derive(Debug, Clone, Copy)]
pub struct Phrase {
    /// Syntactic head.
    pub head: usize,
    /// Title, adjectives, possessor, name.
    pub span: TokenSpan,
    /// The name or noun itself.
    pub core: TokenSpan,
}

/// What the words around a name or role noun say.
#[derive(Debug, Default, Clone)]
pub struct Facts {
    /// Countries that the phrase names as its own, all of them when joined by "and".
    pub countries: Vec<Actor>,
    /// Bodies, groups or people that it belongs to.
    pub bodies: Vec<Actor>,
    /// Agent nouns before or beside the head, as rows of the role table.
    pub roles: Vec<u16>,
    /// Titles, as rows of the title table.
    pub titles: Vec<u16>,
    /// "former", "ex-", "ousted", "late".
    pub former: bool,
    /// "-elect", "designate": not in office yet.
    pub elect: bool,
    /// "shadow": the opposition's.
    pub shadow: bool,
    /// Words before the head that name an ethnic or religious group, as rows of the table of peoples.
    pub peoples: Vec<u16>,
}

/// Natural logarithm of 15,000 people: smaller towns count only in a country that the page names.
const TOWN: f32 = 9.6;

/// Natural logarithm of 150,000 people.
const CITY: f32 = 11.9;

impl<'a> View<'a> {
    /// The phrase of head `h`: the widest of table hit and named entity at the head is its core.
    pub fn phrase(&self, h: usize) -> Phrase {
        let mut core = TokenSpan::new(h, h + 1);
        if let Some(hit) = self.hits.at(h) {
            core = hit.tokens;
        }
        if let Some(e) = self.s.entity(h).and_then(|e| self.s.doc.entities.get(e))
            && matches!(e.label.as_str(), "PERSON" | "ORG" | "NORP" | "GPE" | "FAC")
            && (core.overlaps(e.tokens) && e.tokens.end as usize == h + 1 || e.tokens.covers(core))
        {
            core = self.trim(core.join(e.tokens), h);
        }
        let left = self.left.get(h).copied().unwrap_or(h as u32).min(core.start);
        // "Islamic State of Iraq and the Levant terrorists": a name that runs into the phrase belongs to it.
        let left = match self.hits.at(left as usize) {
            Some(hit)
                if hit.tokens.start < left
                    && hit.tokens.end <= core.start
                    && hit.forms.iter().any(|f| matches!(f.sense, Sense::Entity(_))) =>
            {
                hit.tokens.start
            }
            _ => left,
        };
        let span = TokenSpan::new(self.skip_marks(left as usize, core.start as usize), core.end as usize);
        Phrase { head: h, span, core }
    }

    /// A title whose name follows without a comma, though the parser did not join them ("Foreign Minister Long met"):
    /// the phrase of both, the name as core.
    pub fn titled_phrase(&self, phrase: Phrase) -> Phrase {
        let next = phrase.core.end as usize;
        let title = self.hits.at(phrase.core.end as usize - 1).is_some_and(|h| {
            h.tokens.end == phrase.core.end
                && h.forms.iter().any(|f| matches!(f.sense, Sense::Title(_, false) | Sense::Role(_, false)))
        });
        let name = |i: usize| {
            i < self.s.len()
                && self.s.pos(i) == "PROPN"
                && self.s.text(i).chars().next().is_some_and(char::is_uppercase)
                && self.s.sentence(i) == self.s.sentence(phrase.head)
        };
        if !title || !name(next) || matches!(self.s.entity_label(next), "DATE" | "TIME" | "GPE") {
            return phrase;
        }
        let capital =
            self.s.text(phrase.core.end as usize - 1).chars().next().is_some_and(char::is_uppercase);
        let person = self.s.entity_label(next) == "PERSON"
            || self
                .hits
                .at(next)
                .is_some_and(|h| h.forms.iter().any(|f| matches!(f.sense, Sense::Entity(_))));
        let below = phrase.core.holds(self.s.head(next));
        if !person && !(capital && below) {
            return phrase;
        }
        let mut end = next + 1;
        if let Some(hit) = self.hits.at(next) {
            end = end.max(hit.tokens.end as usize);
        }
        if let Some(e) = self.s.entity(next).and_then(|e| self.s.doc.entities.get(e)) {
            end = end.max(e.tokens.end as usize);
        }
        let core = TokenSpan::new(next, end);
        Phrase { head: phrase.head, span: phrase.span.join(core), core }
    }

    /// A core without the determiner, titles and countries that the entity recogniser put into it.
    fn trim(&self, core: TokenSpan, h: usize) -> TokenSpan {
        let mut start = core.start as usize;
        let mut end = core.end as usize;
        while end > h + 1 && matches!(self.s.tag(end - 1), "POS" | "," | "''" | "\"") {
            end -= 1;
        }
        while start < h {
            if matches!(self.s.tag(start), "DT" | "PRP$" | "``" | "CD") || self.s.text(start) == "\"" {
                start += 1;
                continue;
            }
            let Some(hit) = self.hits.at(start) else { break };
            let outer = hit.forms.iter().any(|f| matches!(f.sense, Sense::Title(..)));
            let person = self.s.entity_label(h) == "PERSON";
            let role = hit.forms.iter().any(|f| matches!(f.sense, Sense::Role(..)));
            if hit.tokens.holds(h) || !(outer || person && role) {
                break;
            }
            start = hit.tokens.end as usize;
        }
        TokenSpan::new(start.min(h), end.max(h + 1))
    }

    fn skip_marks(&self, mut start: usize, end: usize) -> usize {
        while start < end
            && (self.s.pos(start) == "PUNCT"
                || matches!(self.s.dep(start), "cc" | "preconj" | "advmod" | "quantmod"))
        {
            start += 1;
        }
        start
    }

    /// True when the hit lends its country to the noun it stands before: not in "pro-X", "X-backed".
    pub fn lends(&self, tokens: TokenSpan) -> bool {
        let (start, end) = (tokens.start as usize, tokens.end as usize);
        let hyphen = |i: usize| i < self.s.len() && matches!(self.s.text(i), "-" | "–" | "‑");
        if start >= 2 && hyphen(start - 1) && self.k.marks(self.s.lower(start - 2), "beside") {
            return false;
        }
        if start >= 1
            && self.k.marks(self.s.lower(start - 1).trim_end_matches('-'), "beside")
            && start + 1 < end + 1
        {
            return false;
        }
        let after = if end + 1 < self.s.len() && hyphen(end) {
            self.s.lower(end + 1)
        } else {
            let last = self.s.lower(end.saturating_sub(1));
            match last.rsplit_once('-') {
                Some((name, rest)) if name.contains('.') => rest,
                _ => return true,
            }
        };
        if self.k.marks(after, "lends") {
            return true;
        }
        let joined = end + 1 < self.s.len() && hyphen(end) && self.hits.at(end + 1).is_some();
        joined || !(after.ends_with("ed") || after.ends_with("ing") || self.k.marks(after, "keeps"))
    }

    /// What the words before the core say.
    pub fn facts(
        &self,
        phrase: Phrase,
        memory: &super::memory::Memory,
        resolve: &mut dyn FnMut(TokenSpan) -> Option<Actor>,
    ) -> Facts {
        let mut facts = Facts::default();
        let before = TokenSpan::new(phrase.span.start as usize, phrase.core.start as usize);
        self.flags(before, phrase.core, &mut facts);
        self.gather(before, &mut facts, memory, resolve);
        facts
    }

    /// Marks of time and status before the core.
    fn flags(&self, before: TokenSpan, core: TokenSpan, facts: &mut Facts) {
        for i in before.range().chain(core.range()) {
            let word = self.s.lower(i);
            let bare = word.strip_prefix("ex-").map_or(word, |_| "ex");
            if before.holds(i) && self.k.marks(bare, "former") && !(bare == "late" && self.s.pos(i) == "ADV")
            {
                facts.former = true;
            }
            facts.shadow |= self.k.marks(word, "shadow");
            facts.elect |= self.k.marks(word, "elect");
        }
        let end = core.end as usize;
        if end + 1 < self.s.len() && self.s.text(end) == "-" {
            facts.elect |= self.k.marks(self.s.lower(end + 1), "elect");
        }
    }

    /// Adds what the hits inside `tokens` say.
    pub fn gather(
        &self,
        tokens: TokenSpan,
        facts: &mut Facts,
        memory: &super::memory::Memory,
        resolve: &mut dyn FnMut(TokenSpan) -> Option<Actor>,
    ) {
        if tokens.is_empty() {
            return;
        }
        let mut last_country: Option<usize> = None;
        let hits: Vec<_> = self.hits.inside(tokens).collect();
        for hit in hits {
            if let Some(form) = hit.forms.iter().find(|f| matches!(f.sense, Sense::Title(..))) {
                if let Sense::Title(t, _) = form.sense {
                    facts.titles.push(t);
                }
                continue;
            }
            let role = hit
                .forms
                .iter()
                .find_map(|f| if let Sense::Role(r, _) = f.sense { Some((r, f.weak)) } else { None });
            if !self.lends(hit.tokens) || self.is_others(hit.tokens) {
                continue;
            }
            if let Some((r, Weak::No)) = role
                && !self.is_name(hit.tokens)
            {
                facts.roles.push(r);
                continue;
            }
            if let Some(p) =
                hit.forms.iter().find_map(|f| if let Sense::People(p) = f.sense { Some(p) } else { None })
            {
                facts.peoples.push(p);
            }
            if self.is_tail_of_name(hit) {
                continue;
            }
            let Some(actor) = resolve(hit.tokens) else { continue };
            use record::ActorKind::{Country, Metonym};
            let by_name = matches!(actor.kind, Country | Metonym) && actor.country.is_some();
            if by_name {
                let start = hit.tokens.start as usize;
                let follows = last_country.is_some_and(|end| self.coordinated(end, start));
                if facts.countries.is_empty() || follows {
                    last_country = Some(hit.tokens.end as usize);
                    facts.countries.push(actor);
                }
            } else {
                facts.bodies.push(actor);
            }
        }
        if facts.countries.is_empty() && facts.bodies.is_empty() {
            self.gather_towns(tokens, facts, memory);
        }
    }

    /// "Combined Joint Forces Command": words that are a body's name elsewhere, after an unknown capital in a longer one.
    fn is_tail_of_name(&self, hit: &super::scan::Hit) -> bool {
        let Some(before) = (hit.tokens.start as usize).checked_sub(1) else { return false };
        let entity = self.s.entity(before);
        let body = |f: &super::index::Form| match f.sense {
            Sense::Entity(e) => {
                self.k.entities.get(e as usize).is_some_and(|e| e.kind != record::ActorKind::Person)
            }
            _ => false,
        };
        hit.forms.iter().all(body)
            && (entity.is_none() || entity == self.s.entity(hit.tokens.start as usize))
            && self.s.entity_label(hit.tokens.start as usize) == "ORG"
            && self.s.pos(before) == "PROPN"
            && self.hits.at(before).is_none()
    }

    /// True for the possessor of a relational noun ("Russia's ally") and for "ethnic Albanian": not its country.
    fn is_others(&self, tokens: TokenSpan) -> bool {
        let last = tokens.end as usize - 1;
        let start = tokens.start as usize;
        let owner = tokens.range().find(|&i| self.s.dep(i) == "poss");
        owner.is_some_and(|i| self.k.relation(self.s.lemma(self.s.head(i))) == "other")
            || start > 0 && self.s.lower(start - 1) == "ethnic" && self.s.pos(last) == "ADJ"
    }

    /// Adds the country of a town or province named in `tokens` that no table has.
    fn gather_towns(&self, tokens: TokenSpan, facts: &mut Facts, memory: &super::memory::Memory) {
        let mut i = tokens.start as usize;
        while i < tokens.end as usize {
            let entity = self.s.entity(i).and_then(|e| self.s.doc.entities.get(e));
            let name = entity.filter(|e| tokens.covers(e.tokens) && e.label == "GPE").map(|e| e.tokens);
            let found = match name {
                Some(name) => self.town(name, memory),
                None if matches!(self.s.entity_label(i), "" | "ORG" | "LOC") => self.province(i, memory),
                None => None,
            };
            if let Some(actor) = found {
                facts.countries.push(actor);
                return;
            }
            i = name.map_or(i + 1, |n| n.end as usize);
        }
    }

    /// One word that is a first-level division or city of 150,000 people, however the entity recogniser labels it:
    /// "Karnataka's chief minister", "the Texas National Guard".
    pub fn province(&self, i: usize, memory: &super::memory::Memory) -> Option<Actor> {
        let capital = self.s.text(i).chars().next().is_some_and(char::is_uppercase);
        if self.s.pos(i) != "PROPN" || !capital || self.hits.at(i).is_some() {
            return None;
        }
        self.settled(TokenSpan::new(i, i + 1), memory, CITY)
    }

    /// A town or province as an actor of its country, by the gazetteer: one in a country that the page names, else
    /// the largest.
    pub fn town(&self, tokens: TokenSpan, memory: &super::memory::Memory) -> Option<Actor> {
        let start = (tokens.start as usize..tokens.end as usize).find(|&i| self.s.tag(i) != "DT")?;
        let tokens = TokenSpan::new(start, tokens.end as usize);
        if self
            .hits
            .inside(tokens)
            .next()
            .is_some_and(|h| h.tokens.start == tokens.start && h.tokens.end == tokens.end)
        {
            return None;
        }
        self.settled(tokens, memory, TOWN)
    }

    /// The place of that name in a country that the page names, else a division or the largest town above `least`.
    fn settled(&self, tokens: TokenSpan, memory: &super::memory::Memory, least: f32) -> Option<Actor> {
        let name = self.s.tokens_text(tokens);
        let world = assets::gazetteer();
        let code =
            |p: &assets::GazPlace| p.country.and_then(|c| world.country(c)).map(|c| self.k.fold(c.alpha3));
        let division = |p: &assets::GazPlace| matches!(p.kind, assets::PlaceKind::Adm1);
        let wary = least > TOWN;
        let hits = world.find(&assets::fold(name));
        let places: Vec<assets::GazPlace> = hits
            .iter()
            .filter(|h| !wary || !h.alternate)
            .filter_map(|h| world.place(h.place))
            .take(40)
            .collect();
        let near = places.iter().find(|p| {
            code(p).is_some_and(|c| memory.has_code(&c)) && (!wary || division(p) || p.log_population > least)
        });
        // "Eastern Command": a name that divisions of several countries bear tells none.
        let mut bearers: Vec<_> = places.iter().filter(|p| division(p)).map(|p| p.country).collect();
        bearers.dedup();
        if wary && near.is_none() && bearers.len() > 1 {
            return None;
        }
        let large = |p: &&assets::GazPlace| p.log_population > least || wary && division(p);
        let place = near.or_else(|| {
            places.iter().filter(large).max_by(|a, b| a.log_population.total_cmp(&b.log_population))
        })?;
        code(place)?;
        Some(Actor { name: name.to_owned(), country: code(place), ..Actor::default() })
    }

    /// True when the words look like a name: all have capitals and are tagged as names.
    pub fn is_name(&self, tokens: TokenSpan) -> bool {
        tokens.range().all(|i| {
            self.s.pos(i) == "PROPN" && self.s.text(i).chars().next().is_some_and(char::is_uppercase)
        }) && !self.s.entity_label(tokens.start as usize).is_empty()
    }

    fn coordinated(&self, from: usize, to: usize) -> bool {
        to >= from
            && to - from <= 4
            && (from..to).any(|i| matches!(self.s.lower(i), "and" | "or" | "," | "-" | "–" | "&" | "/"))
            && (from..to).all(|i| !matches!(self.s.pos(i), "NOUN" | "PROPN" | "VERB" | "ADP"))
    }
}
