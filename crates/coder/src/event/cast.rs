//! Tokens to participants: which mention stands at a token, with conjuncts, quantity heads and what lies inside.

use super::predicate::has_to;
use crate::pattern::compile::Classes;
use hashbrown::HashSet;
use record::statement::Speaker;
use record::{
    Actor, ActorKind, ActorMention, Attachment, Mentions, Participant, SmolStr, Statement, StatementKind,
    Syntax,
};
use std::collections::BTreeSet;

/// The actors of a page, looked up by token.
pub struct Cast<'a> {
    pub(super) syntax: &'a Syntax<'a>,
    mentions: &'a Mentions,
    at: Vec<u32>,
    place: Vec<u32>,
    quantity: &'a HashSet<SmolStr>,
    proxies: &'a HashSet<SmolStr>,
    no_person: &'a HashSet<SmolStr>,
    pub(super) first_person: &'a HashSet<SmolStr>,
    made_in: &'a HashSet<SmolStr>,
    pub(super) crowds: &'a HashSet<SmolStr>,
    singling: &'a HashSet<SmolStr>,
    statements: &'a [Statement],
}

impl<'a> Cast<'a> {
    /// Indexes the mentions. Of the lists, `quantity-head` are heads that hand their meaning to their of-object, `proxy`
    /// nouns that act for their owner.
    /// The statements tell who "we" is.
    pub fn new(
        syntax: &'a Syntax<'a>,
        mentions: &'a Mentions,
        classes: &'a Classes,
        statements: &'a [Statement],
    ) -> Self {
        let quantity = classes.list("quantity-head");
        let proxies = classes.list("proxy");
        let no_person = classes.list("no-person");
        let first_person = classes.list("first-person");
        let made_in = classes.list("made-in");
        let crowds = classes.list("crowd-word");
        let singling = classes.list("singling-adverb");
        let mut at = vec![u32::MAX; syntax.len()];
        for (i, m) in mentions.actors.iter().enumerate() {
            if let Some(slot) = at.get_mut(m.head as usize).filter(|s| **s == u32::MAX) {
                *slot = i as u32;
            }
        }
        let mut place = vec![u32::MAX; syntax.len()];
        for (i, p) in mentions.places.iter().enumerate() {
            for t in p.tokens.range() {
                if let Some(slot) = place.get_mut(t) {
                    *slot = i as u32;
                }
            }
        }
        Cast {
            syntax,
            mentions,
            at,
            place,
            quantity,
            proxies,
            no_person,
            first_person,
            made_in,
            crowds,
            singling,
            statements,
        }
    }

    /// The page's mentions.
    pub fn mentions(&self) -> &'a Mentions {
        self.mentions
    }

    /// The outermost mention whose head is `token`, places included.
    pub fn mention(&self, token: usize) -> Option<(usize, &'a ActorMention)> {
        let i = *self.at.get(token)? as usize;
        self.mentions.actors.get(i).map(|m| (i, m))
    }

    /// The place mention that covers `token`.
    pub fn place(&self, token: usize) -> Option<usize> {
        self.place.get(token).map(|&i| i as usize).filter(|&i| i < self.mentions.places.len())
    }

    /// True when `token` heads a mention that acts.
    pub fn is_actor(&self, token: usize) -> bool {
        self.mention(token).is_some_and(|(_, m)| !m.as_place && !m.actors.is_empty())
            || self.mention(token).is_none()
                && (!self.owners_of_proxy(token).is_empty() || self.speaker(token).is_some())
    }

    /// Who says "I" or "we" at `token`: the speaker of the innermost statement around it that is quoted.
    pub fn speaker(&self, token: usize) -> Option<Participant> {
        if !self.first_person.contains(self.syntax.lower(token)) {
            return None;
        }
        self.speaker_around(token)
    }

    /// The speaker of the innermost statement around `token`, quoted or not.
    pub fn teller_around(&self, token: usize) -> Option<Participant> {
        let span = self.syntax.token(token).span;
        let told =
            self.statements.iter().filter(|s| s.kind != StatementKind::Hedged && s.content.covers(span));
        let innermost = told.filter(|s| s.speaker.is_some()).min_by_key(|s| s.content.len());
        self.speaker_around(token).or_else(|| {
            let speaker = innermost?.speaker.as_ref()?;
            let actor = self.speaking(speaker);
            let span = Some(speaker.span);
            actor.country.is_some().then_some(Participant {
                mention: speaker.mention,
                span,
                actor,
                how: Attachment::Clause,
            })
        })
    }

    fn speaking(&self, speaker: &Speaker) -> Actor {
        let at = speaker.mention.map(|i| i as usize);
        let told = at
            .and_then(|i| self.mentions.actors.get(i).map(|m| (i, m)))
            .and_then(|(i, m)| self.told_by_apposition(i, named(i, m).collect()).into_iter().next());
        told.filter(|p| p.actor.country.is_some()).map_or(speaker.actor.clone(), |p| p.actor)
    }

    /// The speaker of the innermost quoted statement around `token`.
    pub fn speaker_around(&self, token: usize) -> Option<Participant> {
        let span = self.syntax.token(token).span;
        let quoted = |s: &&Statement| {
            s.content.covers(span)
                && (s.kind == StatementKind::Direct || s.quoted.iter().any(|q| q.covers(span)))
        };
        let mut around: Vec<&Statement> = self.statements.iter().filter(quoted).collect();
        around.sort_by_key(|s| s.content.len());
        let speakers: Vec<(&Speaker, Actor)> =
            around.iter().filter_map(|s| s.speaker.as_ref()).map(|s| (s, self.speaking(s))).collect();
        let known = speakers.iter().find(|(_, a)| a.country.is_some());
        let (speaker, actor) = known.or(speakers.first()).cloned()?;
        Some(Participant {
            mention: speaker.mention,
            span: Some(speaker.span),
            actor,
            how: Attachment::Clause,
        })
    }

    /// `token`, or the head of its of-object when it is a quantity ("thousands of farmers").
    pub fn content(&self, token: usize) -> usize {
        let s = self.syntax;
        let mut at = token;
        for _ in 0..3 {
            if self.at.get(at).is_some_and(|&i| i != u32::MAX)
                || !self.quantity.contains(s.lower(at)) && !self.quantity.contains(s.lemma(at))
            {
                return at;
            }
            let of = s.children(at).filter(|&c| s.lower(c) == "of").find_map(|c| s.child(c, "pobj"));
            match of {
                Some(next) => at = next,
                None => return at,
            }
        }
        at
    }

    /// `token` and the nouns coordinated with it.
    pub fn conjuncts(&self, token: usize) -> Vec<usize> {
        let s = self.syntax;
        let mut out = vec![token];
        let mut i = 0;
        while i < out.len() && out.len() < 40 {
            out.extend(s.children(out[i]).filter(|&c| {
                s.dep(c) == "conj" && matches!(s.pos(c), "NOUN" | "PROPN" | "PRON" | "ADJ" | "NUM")
            }));
            i += 1;
        }
        let last = out.iter().copied().max().unwrap_or(token);
        out.extend(self.stray_conjunct(last));
        out
    }

    /// "by the U.S., South Korea, and Japan": the last name of a list of actors that the parser hung on the verb above.
    fn stray_conjunct(&self, last: usize) -> Option<usize> {
        let s = self.syntax;
        self.mention(last)?;
        let mut at = last + 1;
        while at < s.len() && (s.text(at) == "," || matches!(s.lower(at), "and" | "or" | "the")) {
            at += 1;
        }
        let joined = (last + 1..at.min(s.len())).any(|t| matches!(s.lower(t), "and" | "or"));
        let end = (at..s.len().min(at + 6))
            .find(|&t| s.dep(t) == "conj" && s.head(t) < last && matches!(s.pos(t), "PROPN" | "NOUN"))?;
        let between = (at..end).all(|t| matches!(s.dep(t), "compound" | "amod" | "det") && s.head(t) == end);
        let verb = s.pos(s.head(end)) == "VERB" && s.is_under(last, s.head(end));
        (joined && between && verb && self.mention(end).is_some()).then_some(end)
    }

    /// Participants that the phrase of `token` names: its mention and those coordinated with it. `places` lets words
    /// used as places count (recipients), too.
    pub fn participants(&self, token: usize, how: Attachment, places: bool) -> Vec<Participant> {
        let mut out: Vec<Participant> = Vec::new();
        // "scores of Malian and Guinean refugees": what is coordinated below a quantity.
        let counted = |t: usize| Some(self.content(t)).filter(|&c| c != t).map(|c| self.conjuncts(c));
        let all = self.conjuncts(token).into_iter().flat_map(|t| counted(t).unwrap_or(vec![t]));
        for (n, t) in all.enumerate() {
            let how = if n > 0 && how == Attachment::Direct { Attachment::Conjunct } else { how };
            for p in self.own(self.content(t), how, places) {
                if !out.iter().any(|o| same(&o.actor, &p.actor)) {
                    out.push(p);
                }
            }
        }
        out
    }

    fn own(&self, t: usize, how: Attachment, places: bool) -> Vec<Participant> {
        if let Some((i, m)) = self.mention(t).filter(|(_, m)| places || !m.as_place) {
            let named: Vec<Participant> = m
                .actors
                .iter()
                .map(|a| Participant { mention: Some(i as u32), span: Some(m.span), actor: a.clone(), how })
                .collect();
            let named = self.of_speaker(t, named);
            let named = self.from_countries(t, self.told_by_apposition(i, named));
            return self.with_examples(t, self.with_adjectives(t, named));
        }
        if let Some(speaker) = self.speaker(t) {
            return vec![speaker];
        }
        let owners = self.owners_of_proxy(t);
        if !owners.is_empty() {
            return owners;
        }
        if let Some(crowd) = self.nameless_crowd(t).filter(|_| !places) {
            return vec![Participant { how, ..crowd }];
        }
        if places
            && let Some(p) = self.place(t).map(|i| &self.mentions.places[i])
            && let Some(place) = p.place.as_ref().filter(|p| p.country.is_some())
        {
            let actor = Actor {
                name: place.name.clone(),
                country: place.country.clone(),
                kind: ActorKind::Country,
                ..Actor::default()
            };
            return vec![Participant { mention: None, span: Some(p.span), actor, how }];
        }
        Vec::new()
    }

    /// "Jeff Rathke, the State Department spokesman": a name without a country takes that of its apposition, or of the
    /// earlier mention it takes up.
    fn told_by_apposition(&self, at: usize, mut named: Vec<Participant>) -> Vec<Participant> {
        let s = self.syntax;
        if named.iter().any(|p| p.actor.country.is_some()) {
            return named;
        }
        let mut next = Some(at);
        for _ in 0..4 {
            let Some(m) = next.and_then(|i| self.mentions.actors.get(i)) else { break };
            let head = m.head as usize;
            let beside =
                s.children_with(head, &["appos"]).chain((s.dep(head) == "appos").then(|| s.head(head)));
            let told = beside
                .filter_map(|t| self.mention(t))
                .filter_map(|(_, m)| m.actors.first())
                .find(|a| a.country.is_some());
            if let (Some(told), Some(p)) = (told, named.first_mut()) {
                p.actor.country = told.country.clone();
                if p.actor.sectors.is_empty() {
                    p.actor.sectors = told.sectors.clone();
                }
                break;
            }
            next = m.antecedent.map(|i| i as usize);
        }
        named
    }

    /// "officials from the three nations": one participant for each country that a role comes from.
    fn from_countries(&self, t: usize, named: Vec<Participant>) -> Vec<Participant> {
        let s = self.syntax;
        let [only] = &named[..] else { return named };
        if only.actor.kind != ActorKind::Role {
            return named;
        }
        let from = s
            .children_with(t, &["prep"])
            .filter(|&c| matches!(s.lower(c), "from" | "of"))
            .flat_map(|c| s.children_with(c, &["pobj"]))
            .flat_map(|o| self.conjuncts(o))
            .filter_map(|o| self.mention(o));
        let mut countries: Vec<SmolStr> = Vec::new();
        for (_, m) in from {
            let states =
                m.actors.iter().filter(|a| matches!(a.kind, ActorKind::Country | ActorKind::Metonym));
            for c in states.filter_map(|a| a.country.clone()) {
                if !countries.contains(&c) {
                    countries.push(c);
                }
            }
        }
        if countries.len() < 2 {
            return named;
        }
        let each = |c: SmolStr| {
            let mut p = only.clone();
            p.actor.country = Some(c);
            p
        };
        countries.into_iter().map(each).collect()
    }

    /// "Liberian and Guinean refugees": a participant for every country among coordinated adjectives.
    fn with_adjectives(&self, t: usize, mut named: Vec<Participant>) -> Vec<Participant> {
        let s = self.syntax;
        let Some(first) = named.first().cloned() else { return named };
        for adjective in s.children_with(t, &["amod", "compound", "nmod"]) {
            for other in s.children_with(adjective, &["conj"]) {
                for country in self
                    .mention(other)
                    .into_iter()
                    .flat_map(|(_, m)| m.actors.iter().filter_map(|a| a.country.clone()))
                {
                    if !named.iter().any(|p| p.actor.country.as_ref() == Some(&country)) {
                        let mut p = first.clone();
                        p.actor.country = Some(country);
                        p.how = Attachment::Conjunct;
                        named.push(p);
                    }
                }
            }
        }
        named
    }

    /// "our partners, especially the Danes": those named out of the group take part, too.
    fn with_examples(&self, t: usize, mut named: Vec<Participant>) -> Vec<Participant> {
        let s = self.syntax;
        let singled = |c: &usize| {
            let word = |i: usize| self.singling.contains(s.lower(i));
            s.children(*c).any(|i| i < *c && word(i)) || *c > 0 && word(c - 1) || *c > 1 && word(c - 2)
        };
        for c in s.children_with(t, &["appos", "npadvmod"]).filter(|&c| c > t).filter(singled) {
            for other in self.conjuncts(c) {
                let more = self.mention(other).into_iter().flat_map(|(i, m)| self::named(i, m));
                let more: Vec<Participant> = more
                    .filter(|p| p.actor.country.is_some() && !named.iter().any(|q| same(&q.actor, &p.actor)))
                    .collect();
                named.extend(more);
            }
        }
        named
    }

    /// Owners of a noun that acts for them ("US planes", "a UN report", "Greek squatters"): the country before it.
    fn owners_of_proxy(&self, t: usize) -> Vec<Participant> {
        let s = self.syntax;
        let nominal = matches!(s.pos(t), "NOUN" | "PROPN") || matches!(s.dep(t), "pobj" | "dobj");
        if !nominal || !self.proxies.contains(s.lemma(t)) && !self.is_person_noun(s.lemma(t)) {
            return Vec::new();
        }
        let private = !self.proxies.contains(s.lemma(t));
        let mut out = Vec::new();
        for c in s.children_with(t, &["poss", "compound", "amod", "nmod"]) {
            if let Some((i, m)) = self.mention(c).filter(|(_, m)| !m.as_place) {
                out.extend(named(i, m).map(|mut p| {
                    // "a Bolivian runner" is a person of the country, not the country.
                    if private && p.actor.kind == ActorKind::Country {
                        p.actor.kind = ActorKind::People;
                        p.actor.sectors = vec!["CVL".into()];
                    }
                    p
                }));
            }
        }
        if out.is_empty() {
            // "a missile fired by the Houthis", "a report by UN investigators".
            let fired = s.children_with(t, &["acl"]).flat_map(|v| s.children_with(v, &["agent"]));
            let own = s.children_with(t, &["prep"]).filter(|&c| s.lower(c) == "by");
            let by = fired.chain(own).flat_map(|by| s.children_with(by, &["pobj"]));
            out = by.filter_map(|o| self.mention(o)).flat_map(|(i, m)| named(i, m)).collect();
        }
        out
    }

    /// True for nouns that end like names of people ("launderer").
    pub fn is_person_noun(&self, lemma: &str) -> bool {
        lemma.len() > 5
            && PERSON_ENDINGS.iter().any(|e| lemma.ends_with(e))
            && !self.no_person.contains(lemma)
    }

    /// Participants named inside the phrase of `token` though its head is none: possessor, country adjective, of-object.
    pub fn inside(&self, token: usize) -> Vec<Participant> {
        let s = self.syntax;
        let mut out = Vec::new();
        let mut queue = vec![self.content(token)];
        // Clauses are looked into when no noun names anybody.
        let mut clauses = Vec::new();
        let mut steps = 0;
        while let Some(t) = queue.pop().or_else(|| clauses.pop().filter(|_| out.is_empty())) {
            steps += 1;
            if steps > 60 {
                break;
            }
            let owned = out.len();
            for c in s.children(t) {
                match s.dep(c) {
                    // "Russia's war in Ukraine": the owner is named, the place is no second one.
                    "prep" if out.len() > owned && matches!(s.lower(c), "in" | "at" | "near" | "on") => {}
                    "poss" | "compound" | "amod" | "nmod" | "appos" | "npadvmod" | "conj" => {
                        let found = self.own(c, Attachment::Inside, true);
                        if found.is_empty() {
                            queue.push(c);
                        }
                        out.extend(found);
                    }
                    // "cars built in China": where a thing comes from.
                    "acl" if self.made_in.contains(s.lemma(c)) => {
                        let places =
                            s.children_with(c, &["prep"]).flat_map(|p| s.children_with(p, &["pobj"]));
                        out.extend(places.flat_map(|o| self.own(o, Attachment::Inside, true)));
                    }
                    // "hackers capable of striking Chile": what they can or shall do, and to whom.
                    "pcomp" | "acl" if s.pos(c) == "VERB" && (s.dep(c) == "pcomp" || has_to(s, c)) => {
                        clauses.push(c)
                    }
                    "dobj" if s.pos(t) == "VERB" => queue.push(c),
                    "prep" if !matches!(s.lower(c), "without" | "despite" | "except" | "including") => {
                        clauses.extend(s.children_with(c, &["pcomp"]));
                        for o in s.children_with(c, &["pobj"]).flat_map(|o| self.conjuncts(o)) {
                            let found = self.own(self.content(o), Attachment::Inside, true);
                            if found.is_empty() {
                                queue.push(o);
                            }
                            out.extend(found);
                        }
                    }
                    _ => {}
                }
            }
        }
        out
    }
}

/// Nouns for people by their ending; what else ends so is rarely owned by a country and doing something.
const PERSON_ENDINGS: [&str; 7] = ["er", "or", "ist", "ian", "man", "woman", "ee"];

/// The actors of a mention that lies inside another phrase.
fn named(i: usize, m: &ActorMention) -> impl Iterator<Item = Participant> + '_ {
    m.actors.iter().map(move |a| Participant {
        mention: Some(i as u32),
        span: Some(m.span),
        actor: a.clone(),
        how: Attachment::Inside,
    })
}

/// Countries that take part.
pub fn countries<'p>(list: impl IntoIterator<Item = &'p Participant>) -> BTreeSet<SmolStr> {
    list.into_iter().filter_map(|p| p.actor.country.clone()).collect()
}

/// True when two actors are the same one: by id, or by codes when nameless.
pub fn same(a: &Actor, b: &Actor) -> bool {
    if !a.id.is_empty() && a.id == b.id {
        return true;
    }
    a.country == b.country && a.sectors == b.sectors && a.name == b.name
}
