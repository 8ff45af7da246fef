//! One walk over a page, left to right: every noun phrase that can act becomes a mention.

use super::index::{Sense, Weak};
use super::knowledge::Knowledge;
use super::memory::Memory;
use super::phrase::{Facts, Phrase, View};
use super::scan::{self, Hit, Hits};
use record::{Actor, ActorMention, Reason, Syntax, TokenSpan};
use tables::actors::Day;

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

struct Pass<'a> {
    view: &'a View<'a>,
    memory: Memory,
    out: Vec<ActorMention>,
    /// Tokens inside a name that ends later: no heads of their own.
    inside: Vec<bool>,
}

impl Pass<'_> {
    fn count_countries(&mut self, hits: &Hits) {
        for hit in &hits.list {
            let label = self.view.s.entity_label(hit.tokens.end as usize - 1);
            for form in &hit.forms {
                let (Sense::Country(i) | Sense::Demonym(i)) = form.sense else { continue };
                if form.weak == Weak::No && label != "PERSON" && label != "ORG" {
                    let code = self.view.k.countries.get(usize::from(i)).map_or("", |c| c.iso3);
                    self.memory.note_code(&self.view.k.fold(code));
                }
            }
        }
    }

    fn visit(&mut self, i: usize) {
        if self.inside.get(i).copied().unwrap_or(false) {
            return;
        }
        let s = self.view.s;
        let nominal = matches!(s.pos(i), "NOUN" | "PROPN")
            || (matches!(s.pos(i), "ADJ" | "X" | "NUM" | "VERB" | "INTJ") && self.view.hits.at(i).is_some());
        if !nominal {
            return;
        }
        let modifier = matches!(
            s.dep(i),
            "compound" | "amod" | "nmod" | "det" | "nummod" | "advmod" | "npadvmod" | "quantmod"
        );
        if modifier && s.head(i) > i {
            self.visit_modifier(i);
        } else {
            self.visit_head(i);
        }
    }

    /// A name before another noun: a mention of its own; roles before a noun that is no actor likewise.
    fn visit_modifier(&mut self, i: usize) {
        let Some(hit) = self.view.hits.at(i) else { return };
        let last = hit.tokens.end as usize - 1;
        if self.root(hit) != i {
            return;
        }
        let phrase = Phrase { head: i, span: hit.tokens, core: hit.tokens };
        let outer = self.view.phrase(self.view.s.head(i));
        if outer.core.covers(hit.tokens)
            && outer.core.len() > hit.tokens.len()
            && self.view.s.entity_label(last) == "PERSON"
        {
            return;
        }
        let Some(chosen) = self.view.choose(hit.tokens, &hit.forms, &Facts::default(), &self.memory) else {
            return;
        };
        let mut why = chosen.why;
        let actors = match chosen.actor {
            Some(actor) => vec![actor],
            None if self.acts(outer) => return,
            None => {
                let facts = self.view.facts(self.view.phrase(i), &mut |t| self.simple(t));
                let (actors, reason) = self.view.role_actors(phrase, chosen.sense, &facts, &self.memory);
                why = reason;
                actors
            }
        };
        self.push(phrase, actors, why, chosen.sense);
    }

    /// True when the phrase's head will be a mention itself.
    fn acts(&self, outer: Phrase) -> bool {
        matches!(self.view.s.entity_label(outer.head), "PERSON" | "ORG")
            || self.view.hits.at(outer.head).is_some_and(|h| {
                self.view.choose(h.tokens, &h.forms, &Facts::default(), &self.memory).is_some()
            })
    }

    fn root(&self, hit: &Hit) -> usize {
        let s = self.view.s;
        hit.tokens
            .range()
            .rev()
            .find(|&t| !hit.tokens.holds(s.head(t)) || s.is_root(t))
            .unwrap_or(hit.tokens.end as usize - 1)
    }

    /// The actor of a name taken alone.
    fn simple(&self, tokens: TokenSpan) -> Option<Actor> {
        let hit = self.view.hits.at(tokens.start as usize)?;
        self.view.choose(hit.tokens, &hit.forms, &Facts::default(), &self.memory)?.actor
    }

    fn visit_head(&mut self, i: usize) {
        let phrase = self.view.phrase(i);
        let mut facts = self.view.facts(phrase, &mut |t| self.simple(t));
        let hit = self.view.hits.at(i).filter(|h| phrase.core.covers(h.tokens));
        let wider = hit
            .is_some_and(|h| self.view.s.entity_label(i) == "PERSON" && h.tokens.len() < phrase.core.len());
        let chosen = hit.filter(|_| !wider).and_then(|h| {
            self.view.gather_after(phrase, &mut facts, &mut |t| self.simple(t));
            self.view.choose(h.tokens, &h.forms, &facts, &self.memory)
        });
        let (actors, why, sense) = match chosen {
            Some(c) => match c.actor {
                Some(actor) => (vec![actor], c.why, Some(c.sense)),
                None => {
                    let (actors, mut why) = self.view.role_actors(phrase, c.sense, &facts, &self.memory);
                    why.rejected = c.why.rejected;
                    (actors, why, Some(c.sense))
                }
            },
            None => {
                self.view.gather_after(phrase, &mut facts, &mut |t| self.simple(t));
                let inner = TokenSpan::new(phrase.core.start as usize, phrase.core.end as usize);
                if self.view.s.entity_label(i) == "ORG" {
                    self.view.gather(inner, &mut facts, &mut |t| self.simple(t));
                }
                let Some((actors, why)) = self.view.unknown(phrase, &facts) else { return };
                (actors, why, None)
            }
        };
        for t in phrase.core.range() {
            if let Some(slot) = self.inside.get_mut(t) {
                *slot = true;
            }
        }
        self.push(phrase, actors, why, sense.unwrap_or(Sense::Entity(u32::MAX)));
    }

    fn push(&mut self, phrase: Phrase, actors: Vec<Actor>, why: Reason, sense: Sense) {
        if let Sense::Entity(e) = sense
            && e != u32::MAX
        {
            self.memory.note_entity(e, self.out.len() as u32);
        }
        self.out.push(ActorMention {
            span: self.view.s.doc.bytes_of(phrase.span),
            tokens: phrase.span,
            head: phrase.head as u32,
            actors,
            why,
            antecedent: None,
            within: None,
            as_place: false,
        });
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
        let outer = out.iter().rposition(|o| o.tokens.covers(m.tokens) && o.head != m.head);
        m.within = outer.map(|o| o as u32);
        out.push(m);
    }
    out
}
