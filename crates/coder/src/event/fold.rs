//! The same event told more than once to one record: in one sentence, in headline and body, by a noun that points back.

use super::cast::countries;
use record::page::BlockKind;
use record::{
    ActorKind, Attachment, Event, Mentions, Modality, Participant, Plover, Reason, SmolStr, Syntax,
};
use std::collections::BTreeSet;

/// An event with what folding looks at beside it.
pub struct Told {
    /// The event.
    pub event: Event,
    /// Its head token.
    pub head: usize,
    /// Lemmas of the predicates that tell it.
    pub lemmas: Vec<SmolStr>,
    /// Head token of the event that it takes up, by a pointing noun.
    pub points: Option<usize>,
    /// True when it is only the purpose of another act ("arrived to meet X").
    pub purpose: bool,
}

/// Compares events of one page.
pub struct Folder<'a> {
    /// The parse.
    pub syntax: &'a Syntax<'a>,
    /// Who, where and when.
    pub mentions: &'a Mentions,
}

impl Folder<'_> {
    /// Folds what is told twice; events in text order.
    pub fn run(&self, told: Vec<Told>) -> Vec<Event> {
        let mut kept: Vec<Told> = Vec::new();
        for next in told {
            match kept.iter().position(|k| self.same(k, &next)) {
                Some(at) => {
                    let old = std::mem::replace(&mut kept[at], next);
                    let new = kept.remove(at);
                    let (mut stays, goes) =
                        if self.weight(&new) > self.weight(&old) { (new, old) } else { (old, new) };
                    stays.lemmas.extend(goes.lemmas);
                    join(&mut stays.event, goes.event);
                    kept.insert(at, stays);
                }
                None => kept.push(next),
            }
        }
        let mut events: Vec<Event> = kept.into_iter().map(|t| t.event).collect();
        events.sort_by_key(|e| (e.trigger.start, e.trigger.end));
        events
    }

    fn same(&self, a: &Told, b: &Told) -> bool {
        if a.event.plover != b.event.plover {
            return false;
        }
        if b.points == Some(a.head) {
            return true;
        }
        let (x, y) = (&a.event, &b.event);
        if !self.as_real(a, b) || self.apart(x, y) {
            return false;
        }
        let exact = sides(x) == sides(y);
        if x.sentence == y.sentence {
            let again = a.lemmas.iter().any(|l| b.lemmas.contains(l));
            // "attacked the camp, killing 150": whom the second is done to is a guess.
            let part = part_of(x, y) || (guessed(x) || guessed(y)) && sides(x).0 == sides(y).0;
            return (exact || self.linked(a, b) && part) && (again || !self.relative(a, b));
        }
        let headline = self.in_headline(x) != self.in_headline(y);
        if headline {
            return part_of(x, y);
        }
        let meeting = x.plover == Plover::Consult && is_visit(x) == is_visit(y);
        let again = a.lemmas.iter().any(|l| b.lemmas.contains(l));
        let full = !x.targets.is_empty() || !y.targets.is_empty();
        meeting && (exact || part_of(x, y)) || again && full && (exact || part_of(x, y))
    }

    /// Equally real, or one is the purpose that the other tells as done.
    fn as_real(&self, a: &Told, b: &Told) -> bool {
        let real = |m: Modality| matches!(m, Modality::Asserted | Modality::Reported);
        let (x, y) = (a.event.qualifier.modality, b.event.qualifier.modality);
        x == y || real(x) && real(y) || a.purpose && real(y) || b.purpose && real(x)
    }

    /// Told with different dates, different countries as places, or by different people.
    fn apart(&self, x: &Event, y: &Event) -> bool {
        let dates = match (&x.date, &y.date) {
            // A visit goes over days.
            (Some(a), Some(b)) if a.mention.is_some() && b.mention.is_some() && !is_visit(x) => {
                a.end < b.start || b.end < a.start
            }
            _ => false,
        };
        let country = |e: &Event| {
            e.place
                .and_then(|p| self.mentions.places.get(p.mention as usize)?.place.as_ref()?.country.clone())
        };
        let places = matches!((country(x), country(y)), (Some(a), Some(b)) if a != b);
        dates || places || other_people(x, y)
    }

    /// One trigger stands in the clause or phrase of the other.
    fn linked(&self, a: &Told, b: &Told) -> bool {
        self.syntax.is_under(a.head, b.head) || self.syntax.is_under(b.head, a.head)
    }

    /// A relative clause stands between the two: it tells a thing of its own.
    fn relative(&self, a: &Told, b: &Told) -> bool {
        let s = self.syntax;
        let between = |low: usize, high: usize| {
            s.is_under(low, high)
                && std::iter::once(low)
                    .chain(s.ancestors(low))
                    .take_while(|&t| t != high)
                    .any(|t| s.dep(t) == "relcl")
        };
        between(a.head, b.head) || between(b.head, a.head)
    }

    fn in_headline(&self, e: &Event) -> bool {
        let block = self.syntax.page.block_at(e.trigger.start as usize);
        block.is_some_and(|b| b.kind == BlockKind::Headline)
    }

    /// Which of two stays: told in the body, as done, with both sides, earlier.
    fn weight(&self, t: &Told) -> (bool, bool, bool, bool, bool) {
        let e = &t.event;
        let full = !e.targets.is_empty() || e.symmetric && e.sources.len() > 1;
        (!self.in_headline(e), !t.purpose, t.points.is_none(), !guessed(e), full)
    }
}

fn is_visit(e: &Event) -> bool {
    e.modes.iter().any(|m| m == "visit")
}

/// Countries of doers and of recipients; of mutual acts all together.
fn sides(e: &Event) -> (BTreeSet<SmolStr>, BTreeSet<SmolStr>) {
    let (mut s, mut t) = (countries(&e.sources), countries(&e.targets));
    if e.symmetric {
        s.append(&mut t);
    }
    (s, t)
}

/// The recipients are taken from around, no words name them.
fn guessed(e: &Event) -> bool {
    let rules =
        ["coder/target-domestic", "coder/target-home", "coder/target-place", "coder/target-of-document"];
    e.why.iter().any(|r| rules.contains(&r.rule.as_str()))
}

/// The doers are the same and one tells the recipients that the other leaves out.
fn part_of(x: &Event, y: &Event) -> bool {
    let ((a, b), (c, d)) = (sides(x), sides(y));
    if x.symmetric && y.symmetric {
        return !a.is_empty() && !c.is_empty() && (a.is_subset(&c) || c.is_subset(&a));
    }
    !a.is_empty() && a == c && (b.is_subset(&d) || d.is_subset(&b))
}

/// Both name people of one country, and not the same ones.
fn other_people(x: &Event, y: &Event) -> bool {
    let people = |e: &Event| -> Vec<(Option<SmolStr>, SmolStr)> {
        e.sources
            .iter()
            .chain(&e.targets)
            .filter(|p| p.actor.kind == ActorKind::Person && !p.actor.name.is_empty())
            .map(|p| (p.actor.country.clone(), SmolStr::new(&p.actor.name)))
            .collect()
    };
    let (a, b) = (people(x), people(y));
    a.iter().any(|(country, name)| {
        let others: Vec<&SmolStr> = b.iter().filter(|(c, _)| c == country).map(|(_, n)| n).collect();
        !others.is_empty() && !others.contains(&name)
    })
}

/// Adds to `stays` what `goes` tells more.
fn join(stays: &mut Event, goes: Event) {
    let elsewhere = |list: Vec<Participant>| -> Vec<Participant> {
        list.into_iter().map(|p| Participant { how: Attachment::Document, ..p }).collect()
    };
    let open = stays.targets.is_empty() || guessed(stays) && !guessed(&goes);
    if open && !stays.symmetric && !goes.targets.is_empty() {
        stays.targets = elsewhere(goes.targets);
    } else if stays.symmetric && countries(&goes.sources).len() > countries(&stays.sources).len() {
        stays.sources = elsewhere(goes.sources);
    }
    if stays.place.is_none() {
        stays.place = goes.place;
    }
    let told = |d: &record::event::EventDate| d.mention.is_some();
    if !stays.date.as_ref().is_some_and(told) && goes.date.as_ref().is_some_and(told) {
        stays.date = goes.date;
    }
    stays.also.push(goes.trigger);
    stays.also.extend(goes.also);
    stays.also.sort_by_key(|s| (s.start, s.end));
    stays.magnitudes.extend(goes.magnitudes);
    stays.why.push(Reason::rule("coder/told-twice").with_note(format!("{} in all", stays.also.len() + 1)));
}
