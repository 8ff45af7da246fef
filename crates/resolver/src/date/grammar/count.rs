//! Numbers in figures and words: "10,000", "two and a half", "a couple of", "several".

use super::super::form::Amount;
use super::super::lex::{Kind, Lexemes};
use tables::dates::{Unit, What};

/// A count that starts at `i`, and the lexeme after it.
pub fn amount(lx: &Lexemes<'_>, i: usize) -> Option<(Amount, usize)> {
    if super::year::four_digits(lx, i).is_some_and(|(y, _)| (1800..=2100).contains(&y))
        && !lx.one_of(i + 1, &["years", "days", "hours"])
    {
        return None;
    }
    if let Some((n, next)) = figures(lx, i) {
        let (n, next) = multiplied(lx, n, next);
        let (n, next) = half(lx, next).map_or((n, next), |end| (n + 0.5, end));
        return Some((Amount::Exact(n), next));
    }
    if lx.is(i, "half") {
        let next = i + 1 + usize::from(lx.one_of(i + 1, &["a", "an"]));
        return (next > i + 1 || lx.dash(i + 1))
            .then_some((Amount::Exact(0.5), next + usize::from(lx.dash(next))));
    }
    if lx.one_of(i, &["a", "an"]) {
        if lx.is(i + 1, "half") {
            return Some((Amount::Exact(0.5), lx.skip(i + 2, "a")));
        }
        return match amount(lx, i + 1).filter(|_| !lx.one_of(i + 1, &["a", "an", "one", "half"])) {
            Some(inner) if word_count(lx, i + 1) => Some(inner),
            _ => Some((Amount::Exact(1.0), i + 1)),
        };
    }
    if lx.sense(i, |w| matches!(w, What::Vague).then_some(())).is_some() {
        let next = lx.skip(i + 1, "of");
        let more = lx.sense(next, |w| matches!(w, What::Vague | What::Multiplier(_)).then_some(())).is_some();
        return Some((Amount::Vague, lx.skip(next + usize::from(more), "of")));
    }
    words(lx, i)
}

/// True for the words that follow "a": "a few", "a couple", "a dozen", "a hundred".
fn word_count(lx: &Lexemes<'_>, i: usize) -> bool {
    lx.one_of(
        i,
        &["few", "couple", "pair", "dozen", "score", "hundred", "thousand", "million", "good", "many"],
    )
}

fn figures(lx: &Lexemes<'_>, i: usize) -> Option<(f64, usize)> {
    let first = lx.get(i).filter(|l| l.kind == Kind::Number && l.number < u32::MAX)?;
    let mut n = f64::from(first.number);
    let mut at = i + 1;
    let digits = |k: usize| lx.get(k).filter(|l| l.kind == Kind::Number && l.glued && l.number < u32::MAX);
    while lx.is(at, ",") && lx.glued(at) && digits(at + 1).is_some_and(|l| l.span.len() == 3) && n < 1e12 {
        n = n * 1000.0 + f64::from(digits(at + 1)?.number);
        at += 2;
    }
    if lx.is(at, ".") && lx.glued(at) && digits(at + 1).is_some_and(|l| l.span.len() <= 3) {
        let part = digits(at + 1)?;
        n += f64::from(part.number) / 10f64.powi(i32::try_from(part.span.len()).ok()?);
        at += 2;
    }
    Some((n, at))
}

/// Words: "twenty-one", "two hundred", "a hundred and fifty", "two and a half".
fn words(lx: &Lexemes<'_>, i: usize) -> Option<(Amount, usize)> {
    let cardinal =
        |k: usize| lx.sense(k, |w| if let What::Cardinal(n) = w { Some(*n) } else { None }).map(|s| s.0);
    let mut at = i;
    let mut n = match cardinal(at) {
        Some(n) => {
            at += 1;
            f64::from(n)
        }
        None if lx.one_of(at, &["dozen", "hundred", "thousand", "million"]) => 1.0,
        None => return None,
    };
    if n >= 20.0 && n % 10.0 == 0.0 {
        let next = at + usize::from(lx.dash(at));
        if let Some(ones) = cardinal(next).filter(|m| (1..10).contains(m)) {
            n += f64::from(ones);
            at = next + 1;
        }
    }
    (n, at) = multiplied(lx, n, at);
    if let Some(end) = half(lx, at) {
        (n, at) = (n + 0.5, end);
    }
    Some((Amount::Exact(n), lx.skip(at, "of")))
}

fn multiplied(lx: &Lexemes<'_>, mut n: f64, mut at: usize) -> (f64, usize) {
    while let Some((by, _)) = lx.sense(at, |w| if let What::Multiplier(n) = w { Some(*n) } else { None }) {
        n *= f64::from(by);
        at += 1;
    }
    (n, at)
}

/// End of "and a half" or "1/2" at `i`.
pub fn half(lx: &Lexemes<'_>, i: usize) -> Option<usize> {
    let i = i + usize::from(lx.dash(i));
    if lx.is(i, "½") {
        return Some(i + 1);
    }
    let mut at = i;
    for word in ["and", "a", "half"] {
        if !lx.is(at, word) {
            return None;
        }
        at += 1;
        at += usize::from(word != "half" && lx.dash(at));
    }
    Some(at)
}

/// Unit after a count, adjectives between skipped: "five trading days", "six straight days".
pub fn unit_after(lx: &Lexemes<'_>, i: usize) -> Option<(Unit, u32, usize)> {
    let mut at = i;
    let between = [
        "straight",
        "consecutive",
        "successive",
        "full",
        "whole",
        "entire",
        "trading",
        "working",
        "business",
        "calendar",
        "fiscal",
        "more",
        "additional",
        "further",
        "other",
        "solid",
        "long",
        "short",
        "mere",
        "extra",
        "complete",
        "odd",
        "academic",
        "school",
        "model",
        "recent",
        "previous",
        "past",
        "or",
        "so",
        "good",
    ];
    while at < i + 2 && lx.one_of(at, &between) {
        at += 1;
    }
    let (unit, factor, _) = lx.unit(at)?;
    Some((unit, factor, at + 1))
}
