//! Patterns that are alternatives of short character sequences, with one-character conditions before and after, matched
//! in linear time. spaCy builds its prefix, suffix and infix patterns in this form.

use super::charset::{CharSet, class, escape};
use std::iter::Peekable;
use std::str::Chars;

/// A pattern: alternatives in order.
pub struct Simple {
    alternatives: Vec<Alternative>,
    /// Characters that a match can start with (for suffixes: end with).
    edge: CharSet,
}

#[derive(Default)]
struct Alternative {
    from_start: bool,
    to_end: bool,
    /// Characters that must stand before the match, in text order.
    behind: Vec<CharSet>,
    /// The match itself: any of these sequences, the first that fits.
    bodies: Vec<Vec<Item>>,
    /// Whether the next character must, or must not, be of the set.
    ahead: Option<(bool, CharSet)>,
}

struct Item {
    set: CharSet,
    /// One or more, as many as there are; only as the last item, with no conditions around it.
    many: bool,
}

type Source<'a> = Peekable<Chars<'a>>;

impl Simple {
    /// A pattern whose alternatives all start with `^`.
    pub fn prefixes(pattern: &str) -> Option<Self> {
        let simple = Self::parse(pattern)?;
        simple.alternatives.iter().all(|a| a.from_start && !a.to_end && a.behind.is_empty()).then_some(simple)
    }

    /// A pattern whose alternatives all end with `$`.
    pub fn suffixes(pattern: &str) -> Option<Self> {
        let mut simple = Self::parse(pattern)?;
        let fits = simple.alternatives.iter().all(|a| a.to_end && !a.from_start && a.ahead.is_none());
        let bodies = || simple.alternatives.iter().flat_map(|a| &a.bodies);
        simple.edge = CharSet::union(bodies().filter_map(|b| b.last()).map(|i| &i.set));
        fits.then_some(simple)
    }

    /// A pattern without `^` and `$`.
    pub fn anywhere(pattern: &str) -> Option<Self> {
        let simple = Self::parse(pattern)?;
        simple.alternatives.iter().all(|a| !a.from_start && !a.to_end).then_some(simple)
    }

    fn parse(pattern: &str) -> Option<Self> {
        let mut source = pattern.chars().peekable();
        let mut alternatives = vec![alternative(&mut source)?];
        while source.next_if_eq(&'|').is_some() {
            alternatives.push(alternative(&mut source)?);
        }
        if source.next().is_some() {
            return None;
        }
        let firsts = alternatives.iter().flat_map(|a| &a.bodies).filter_map(|b| b.first());
        let edge = CharSet::union(firsts.map(|i| &i.set));
        Some(Simple { alternatives, edge })
    }

    /// Length in bytes of the match at the start, 0 when there is none.
    pub fn at_start(&self, text: &str) -> usize {
        if !text.chars().next().is_some_and(|c| self.edge.has(c)) {
            return 0;
        }
        self.alternatives.iter().find_map(|a| a.length_at(text, 0)).unwrap_or(0)
    }

    /// Length in bytes of the longest match that ends with the text, 0 when there is none.
    pub fn at_end(&self, text: &str) -> usize {
        if !text.chars().next_back().is_some_and(|c| self.edge.has(c)) {
            return 0;
        }
        self.alternatives.iter().filter_map(|a| a.length_before_end(text)).max().unwrap_or(0)
    }

    /// Calls `each` with the bounds of every match, left to right, not overlapping.
    pub fn each(&self, text: &str, mut each: impl FnMut(usize, usize)) {
        let mut from = 0;
        for (at, c) in text.char_indices() {
            if at < from || !self.edge.has(c) {
                continue;
            }
            if let Some(length) = self.alternatives.iter().find_map(|a| a.length_at(text, at)) {
                each(at, at + length);
                from = at + length;
            }
        }
    }
}

impl Alternative {
    fn length_at(&self, text: &str, at: usize) -> Option<usize> {
        let (before, rest) = text.split_at_checked(at)?;
        if !ends_with(before, &self.behind) {
            return None;
        }
        self.bodies.iter().find_map(|body| {
            let length = length_of(body, rest)?;
            let next = rest[length..].chars().next();
            let fits = |(must, set): &(bool, CharSet)| next.is_some_and(|c| set.has(c)) == *must;
            self.ahead.as_ref().is_none_or(fits).then_some(length)
        })
    }

    fn length_before_end(&self, text: &str) -> Option<usize> {
        let length = |body: &Vec<Item>| {
            let mut rest = text;
            for item in body.iter().rev() {
                let shorter = rest.char_indices().next_back().filter(|(_, c)| item.set.has(*c));
                rest = &rest[..shorter?.0];
                if item.many {
                    // The items before are single characters of the same set (checked when parsed): all may go.
                    rest = rest.trim_end_matches(|c| item.set.has(c));
                    let taken = text[rest.len()..].chars().count();
                    return (taken >= body.len()).then_some(text.len() - rest.len());
                }
            }
            ends_with(rest, &self.behind).then_some(text.len() - rest.len())
        };
        self.bodies.iter().filter_map(length).max()
    }
}

/// Length in bytes of a sequence at the start of `text`.
fn length_of(body: &[Item], text: &str) -> Option<usize> {
    let mut rest = text;
    for item in body {
        let mut chars = rest.chars();
        chars.next().filter(|c| item.set.has(*c))?;
        rest = chars.as_str();
        if item.many {
            rest = rest.trim_start_matches(|c| item.set.has(c));
        }
    }
    Some(text.len() - rest.len())
}

fn ends_with(text: &str, sets: &[CharSet]) -> bool {
    let mut chars = text.chars().rev();
    sets.iter().rev().all(|set| chars.next().is_some_and(|c| set.has(c)))
}

fn eat(source: &mut Source<'_>, wanted: &str) -> bool {
    let mut ahead = source.clone();
    let found = wanted.chars().all(|w| ahead.next() == Some(w));
    if found {
        *source = ahead;
    }
    found
}

fn alternative(source: &mut Source<'_>) -> Option<Alternative> {
    let mut out = Alternative { from_start: eat(source, "^"), ..Alternative::default() };
    if eat(source, "(?<=") {
        while source.peek() != Some(&')') {
            out.behind.push(one(source)?);
        }
        source.next();
    }
    if eat(source, "(?:") {
        out.bodies.push(sequence(source)?);
        while eat(source, "|") {
            out.bodies.push(sequence(source)?);
        }
        source.next_if_eq(&')')?;
    } else {
        out.bodies.push(sequence(source)?);
    }
    for (mark, must) in [("(?=", true), ("(?!", false)] {
        if eat(source, mark) {
            out.ahead = Some((must, one(source)?));
            source.next_if_eq(&')')?;
        }
    }
    out.to_end = eat(source, "$");
    let many = out.bodies.iter().flatten().any(|i| i.many);
    let sane =
        !out.bodies.iter().any(Vec::is_empty) && !(many && (!out.behind.is_empty() || out.ahead.is_some()));
    sane.then_some(out)
}

/// Characters up to the end of the alternative, group, condition or pattern.
fn sequence(source: &mut Source<'_>) -> Option<Vec<Item>> {
    let mut out: Vec<Item> = Vec::new();
    while source.peek().is_some_and(|c| !matches!(c, '|' | ')' | '(' | '$')) {
        if out.last().is_some_and(|i| i.many) {
            return None;
        }
        let set = one(source)?;
        let many = eat(source, "+");
        if many && out.iter().any(|i| i.set != set) {
            return None;
        }
        out.push(Item { set, many });
    }
    Some(out)
}

/// One character, escape or class.
fn one(source: &mut Source<'_>) -> Option<CharSet> {
    match source.next()? {
        '[' => class(source),
        '\\' => Some(CharSet::single(escape(source)?)),
        '^' | '.' | '*' | '+' | '?' | '{' | '(' | ')' | '|' | '$' => None,
        c => Some(CharSet::single(c)),
    }
}
