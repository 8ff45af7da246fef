//! An event's word to the place and date of its clause, and to the statement that holds it.

use super::cast::Cast;
use super::draft::Draft;
use super::predicate::{Kind, Link, Predicates};
use crate::pattern::frame::Role;
use record::event::{Attached, EventDate};
use record::{Attachment, Attribution, DateMention, Plover, Statement, Syntax};

/// Finds place, date and speaker.
pub struct Setting<'a> {
    /// The parse.
    pub syntax: &'a Syntax<'a>,
    /// Who and what is where.
    pub cast: &'a Cast<'a>,
    /// The predicates.
    pub predicates: &'a Predicates,
    /// The page's statements.
    pub statements: &'a [Statement],
}

/// Prepositions of place.
const LOCATIVE: [&str; 12] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "on",
    "off",
    "throughout",
    "within",
    "over",
];

/// Precisions of places, finest first.
const FINENESS: [&str; 7] = ["site", "city", "near", "adm2", "adm1", "sea", "country"];

fn fineness(precision: &str) -> usize {
    FINENESS.iter().position(|&f| f == precision).unwrap_or(FINENESS.len())
}

impl Setting<'_> {
    /// The clause's own place; else that of the clause it serves as purpose or complement; else the place that is gone
    /// to, left or hit.
    pub fn place(&self, draft: &Draft) -> Option<Attached> {
        self.located(draft).or_else(|| self.goal(draft))
    }

    /// The place under a preposition of place.
    fn located(&self, draft: &Draft) -> Option<Attached> {
        let mentions = self.cast.mentions();
        let usable = |i: &usize| {
            let m = &mentions.places[*i];
            !m.metonym && m.place.is_some()
        };
        for (clause, how) in self.clauses(draft) {
            let here = |&i: &usize| {
                let tokens = mentions.places[i].tokens.range();
                self.root_of(tokens).is_some_and(|t| {
                    self.locative(t).is_some()
                        && self.clause_of(t, &clause) == Some(clause[0])
                        && !self.in_other_event(t, clause[0], draft)
                })
            };
            // "in North Korea's city of Wonsan": the finest place tells most; of equals the first.
            let found = (0..mentions.places.len()).filter(usable).filter(here).min_by_key(|&i| {
                let precision = mentions.places[i].place.as_ref().map_or("", |p| p.precision.as_str());
                fineness(precision)
            });
            if let Some(i) = found {
                return Some(Attached { mention: i as u32, how });
            }
        }
        None
    }

    /// "shelled Kharkiv", "visited Ankara", "troops to the Golan": the act takes place where its object lies. A whole
    /// country is the place of visits and of troops that come and go only.
    fn goal(&self, draft: &Draft) -> Option<Attached> {
        use Plover::*;
        let s = self.syntax;
        let visit = draft.modes.iter().any(|m| m == "visit");
        let travel = visit || matches!(draft.plover, Mobilize | Retreat);
        if !travel && !matches!(draft.plover, Assault | Coerce) {
            return None;
        }
        let mentions = self.cast.mentions();
        let bound = draft.hit.bound.iter().filter(|b| b.role != Role::Src).flat_map(|b| b.args.iter());
        let objects: Vec<usize> = bound.map(|a| a.token).chain(draft.object).collect();
        let inner = |t: &usize| {
            matches!(s.dep(*t), "compound" | "nmod" | "appos" | "poss" | "conj" | "pobj" | "prep")
        };
        let of_object = |t: usize| {
            let chain = std::iter::once(t).chain(s.ancestors(t));
            let mut below = true;
            chain
                .take(5)
                .take_while(|a| std::mem::replace(&mut below, inner(a)))
                .find(|a| objects.contains(a))
        };
        let found = (0..mentions.places.len()).filter_map(|i| {
            let m = &mentions.places[i];
            let precision = m.place.as_ref()?.precision.as_str();
            let t = self.root_of(m.tokens.range())?;
            let object = of_object(t)?;
            let fits = if precision == "country" { travel } else { !m.metonym || visit };
            let how = if object == t { Attachment::Direct } else { Attachment::Inside };
            fits.then_some((fineness(precision), Attached { mention: i as u32, how }))
        });
        found.min_by_key(|f| f.0).map(|f| f.1)
    }

    /// The clause's own date; else that of the clause it serves; else the day of publication.
    pub fn date(&self, draft: &Draft) -> Option<EventDate> {
        let mentions = self.cast.mentions();
        for (clause, how) in self.clauses(draft) {
            let here = |(i, d): (usize, &DateMention)| {
                let (start, end) = (d.start.clone()?, d.end.clone()?);
                let t = self.root_of(d.tokens.range())?;
                (matches!(d.kind.as_str(), "DATE" | "TIME" | "RANGE")
                    && self.clause_of(t, &clause) == Some(clause[0]))
                .then_some(EventDate { mention: Some(i as u32), start, end, how })
            };
            // "on March 3 for the 2016 summit": the day tells most; of equals the first.
            let found = mentions.dates.iter().enumerate().filter_map(here);
            let found = found.min_by_key(|d| (d.start != d.end, d.start.get(..7) != d.end.get(..7)));
            if found.is_some() {
                return found;
            }
        }
        let day = self.syntax.page.published_day()?.to_owned();
        Some(EventDate { mention: None, start: day.clone(), end: day, how: Attachment::Document })
    }

    /// A meeting is in a third place only when that is told and is nobody's own country.
    pub fn on_own_ground(&self, draft: Draft, place: Option<Attached>) -> Draft {
        if draft.cameo != "044" || draft.plover != Plover::Consult {
            return draft;
        }
        let mentions = &self.cast.mentions().places;
        let country = place.and_then(|p| mentions.get(p.mention as usize)?.place.as_ref()?.country.clone());
        let mut own = draft.sources.iter().chain(&draft.targets).filter_map(|p| p.actor.country.as_ref());
        let told = draft.hit.bound.iter().any(|b| b.role == Role::Obj);
        if country.as_ref().map_or(!told, |c| own.all(|o| o != c)) {
            return draft;
        }
        let modes = draft.modes.iter().filter(|m| *m != "third-party").cloned().collect();
        Draft { modes, cameo: "040".into(), ..draft }
    }

    /// True when the subject of predicate `v` is "I" or "we".
    pub fn is_first_person(&self, v: usize) -> bool {
        let subjects = self.predicates.at(v).map(|p| p.surface.as_slice()).unwrap_or_default();
        subjects.iter().any(|a| self.cast.speaker(a.token).is_some())
    }

    /// Clauses in which the setting is looked for, nearest first: each its verb with equivalent tokens.
    fn clauses(&self, draft: &Draft) -> Vec<(Vec<usize>, Attachment)> {
        let mut out: Vec<(Vec<usize>, Attachment)> = vec![(vec![draft.head], Attachment::Direct)];
        for t in [draft.level, draft.core] {
            if !out.iter().any(|(c, _)| c[0] == t) {
                out.push((vec![t], Attachment::Direct));
            }
        }
        let mut at = draft.level;
        for _ in 0..3 {
            let Some((up, link)) = self.predicates.at(at).and_then(|p| p.governor) else { break };
            let shares = match link {
                Link::Open
                | Link::Adverbial
                | Link::Conjunct
                | Link::Object
                | Link::Oblique
                | Link::Subject
                | Link::Gerund => true,
                Link::Clause | Link::Modifier => false,
            };
            if !shares {
                break;
            }
            out.push((vec![up], Attachment::Clause));
            at = up;
        }
        let s = self.syntax;
        for c in s.children_with(draft.head, &["conj"]) {
            if !s.children(c).any(|n| matches!(s.dep(n), "nsubj" | "nsubjpass")) {
                out.push((vec![c], Attachment::Conjunct));
            }
        }
        out
    }

    /// The token of a span whose head lies outside it.
    fn root_of(&self, tokens: std::ops::Range<usize>) -> Option<usize> {
        let s = self.syntax;
        tokens.clone().find(|&t| t < s.len() && (s.is_root(t) || !tokens.contains(&s.head(t))))
    }

    /// The verb, or event noun of `wanted`, under which `token` stands without another verb between.
    fn clause_of(&self, token: usize, wanted: &[usize]) -> Option<usize> {
        let s = self.syntax;
        s.ancestors(token).find(|&a| wanted.contains(&a) || matches!(s.pos(a), "VERB" | "AUX"))
    }

    /// "support for the war in Ukraine": the place is that of the other event whose noun holds it.
    fn in_other_event(&self, token: usize, clause: usize, draft: &Draft) -> bool {
        let own = [draft.head, draft.core, draft.level, draft.fact];
        let bound = |t: usize| draft.hit.bound.iter().any(|b| b.args.iter().any(|a| a.token == t));
        let word = |t: usize| own.contains(&t) || draft.hit.used.contains(&t) && !bound(t);
        let other = |a: usize| self.predicates.at(a).is_some_and(|p| p.kind == Kind::Noun) && !word(a);
        self.syntax.ancestors(token).take_while(|&a| a != clause).any(other)
            || is_word(draft.plover) && self.locative(token).is_some_and(|p| !self.is_said_there(p, clause))
    }

    /// Words are said in or at a place, which stands with their verb; what is near or off it is what they are about.
    fn is_said_there(&self, preposition: usize, verb: usize) -> bool {
        self.syntax.head(preposition) == verb
            && matches!(self.syntax.lower(preposition), "in" | "at" | "inside")
    }

    /// The preposition of place over `t` ("in Wonsan", "in the city of Wonsan").
    fn locative(&self, t: usize) -> Option<usize> {
        let s = self.syntax;
        let mut at = t;
        for _ in 0..4 {
            let up = s.head(at);
            match (s.dep(at), s.lower(up)) {
                ("pobj", "of") => at = s.head(up),
                ("pobj", word) => return LOCATIVE.contains(&word).then_some(up),
                ("appos" | "compound" | "conj" | "nmod" | "poss" | "npadvmod" | "prep", _) if up != at => {
                    at = up
                }
                _ => return None,
            }
        }
        None
    }

    /// The innermost statement around `head`, and its sources, innermost first.
    pub fn source(&self, head: usize) -> (Option<u32>, Vec<Attribution>) {
        let span = self.syntax.token(head).span;
        let holding = self.statements.iter().enumerate().filter(|(_, s)| s.content.covers(span));
        let Some((i, statement)) = holding.min_by_key(|(_, s)| s.content.len()) else {
            return (None, Vec::new());
        };
        let mut chain = Vec::new();
        if let Some(speaker) = &statement.speaker {
            chain.push(Attribution {
                span: Some(speaker.span),
                name: speaker.name.clone(),
                actor: speaker.actor.clone(),
                role: "speaker".into(),
                state_media: false,
            });
        }
        chain.extend(statement.chain.iter().cloned());
        (Some(i as u32), chain)
    }
}

/// Types that are done by words: what stands inside their arguments is not where they are said.
fn is_word(plover: Plover) -> bool {
    use Plover::*;
    matches!(plover, Accuse | Support | Request | Reject | Threaten | Agree | Concede)
}
