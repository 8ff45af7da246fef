//! Durations: "two weeks", "the next six months", "a four-week strike", "for years", "decades-long", and ages, which are none.

use super::super::form::{Amount, Form, Match};
use super::super::lex::{Kind, Lexemes};
use super::count::{amount, unit_after};
use tables::dates::{Unit, What};

/// True when a person's or thing's age starts at `i` ("89 years old", "a 22-year-old", "aged 96"): no time expression.
pub fn age(lx: &Lexemes<'_>, i: usize) -> bool {
    if lx.after_any(i, &["aged", "age"]) {
        return lx.get(i).is_some_and(|l| l.kind == Kind::Number)
            && super::year::four_digits(lx, i).is_none();
    }
    let Some((_, next)) = amount(lx, i) else { return false };
    let at = next + usize::from(lx.dash(next));
    if lx.unit(at).is_none() {
        return false;
    }
    let after = at + 1 + usize::from(lx.dash(at + 1));
    lx.one_of(after, &["old", "olds"]) || (lx.is(after, "of") && lx.is(after + 1, "age"))
}

/// A duration that starts at `i`.
pub fn length(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    if i > 0 && lx.dash(i - 1) && lx.glued(i) {
        return None;
    }
    if i > 1 && age(lx, i - 1) {
        return None;
    }
    let rules = [stretch, hyphened, counted, plural_alone, whole];
    rules.iter().filter_map(|rule| rule(lx, i)).reduce(super::longer)
}

fn side(lx: &Lexemes<'_>, i: usize) -> Option<i32> {
    lx.sense(i, |w| match w {
        What::Direction(n) => Some(i32::from(*n)),
        What::Recent => Some(-1),
        _ => None,
    })
    .map(|s| s.0)
}

/// "the next six months", "recent weeks", "the past decade", "the first two days", "these few days".
fn stretch(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let det = lx.one_of(i, &["the", "these", "those", "its", "his", "her", "their", "our"]);
    let at = i + usize::from(det);
    let side = side(lx, at)
        .or_else(|| lx.one_of(at, &["first", "final", "opening", "closing", "remaining"]).then_some(0));
    let at = at + usize::from(side.is_some());
    if !det && side.is_none() {
        return None;
    }
    let Some((count, next)) = amount(lx, at).filter(|_| !lx.one_of(at, &["a", "an"])) else {
        let (unit, factor, next) = unit_after(lx, at)?;
        let plural = lx.unit(next - 1)?.2;
        let one =
            det && side.is_some_and(|s| s != 0) && !matches!(unit, Unit::Day | Unit::Night | Unit::Weekend);
        let count = if plural && side.is_some() {
            Amount::Vague
        } else if one && !plural {
            Amount::Exact(f64::from(factor))
        } else {
            return None;
        };
        return Some(Match::new(i, next, Form::Length(count, unit, side.unwrap_or(0)), "date/stretch"));
    };
    let at = if side.is_some() { next } else { next + usize::from(self::side(lx, next).is_some()) };
    let (unit, factor, to) = unit_after(lx, at)?;
    Some(Match::new(i, to, Form::Length(times(count, factor), unit, side.unwrap_or(0)), "date/stretch"))
}

fn times(count: Amount, factor: u32) -> Amount {
    match count {
        Amount::Exact(n) => Amount::Exact(n * f64::from(factor)),
        Amount::Vague => Amount::Vague,
    }
}

/// "four-week", "21-year", "decades-long", "year-long", "a two-and-a-half-hour".
fn hyphened(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    if let Some((unit, factor, plural)) = lx.unit(i) {
        let long = lx.dash(i + 1) && lx.is(i + 2, "long");
        let count = if plural { Amount::Vague } else { Amount::Exact(f64::from(factor)) };
        return long.then(|| Match::new(i, i + 3, Form::Length(count, unit, 0), "date/hyphened"));
    }
    if lx.one_of(i, &["a", "an"]) {
        return None;
    }
    let (count, next) = amount(lx, i)?;
    let (unit, factor, _) = lx.unit(next + 1).filter(|_| lx.dash(next))?;
    let to = next + 2 + if lx.dash(next + 2) && lx.is(next + 3, "long") { 2 } else { 0 };
    Some(Match::new(i, to, Form::Length(times(count, factor), unit, 0), "date/hyphened"))
}

/// "two weeks", "an hour", "a few days", "two years and three months".
fn counted(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let mere = lx.one_of(i, &["a", "an"])
        && lx.one_of(i + 1, &["mere", "full", "whole", "solid", "further", "good", "record"])
        && lx.unit(i + 2).is_none();
    let (count, next) = amount(lx, if mere { i + 2 } else { i })?;
    let (unit, factor, to) = unit_after(lx, next)?;
    let (count, to) = match (count, super::count::half(lx, to)) {
        (Amount::Exact(n), Some(end)) => (Amount::Exact(n + 0.5), end),
        (count, _) => (count, to),
    };
    // The apostrophe of "five years' probation" belongs to the word.
    let to = to
        + usize::from(
            lx.one_of(to, &["'", "’"])
                && lx.glued(to)
                && !lx.glued(to + 1)
                && lx.get(to - 1)?.low.ends_with('s'),
        );
    let article = lx.one_of(i, &["a", "an"]);
    let single = count == Amount::Exact(1.0);
    if article && single && (rate(lx, i) || matches!(unit, Unit::Second | Unit::Quarter)) {
        return None;
    }
    let cardinal_noun = matches!(unit, Unit::Second) && !lx.unit(to - 1)?.2;
    let one_day = lx.is(i, "one") && matches!(unit, Unit::Day | Unit::Night | Unit::Second);
    if cardinal_noun || one_day || lx.glued(to) && lx.dash(to) {
        return None;
    }
    let joined = to + usize::from(lx.one_of(to, &["and", ","]));
    if let Some((more, end)) = amount(lx, joined).filter(|_| !matches!(count, Amount::Vague))
        && let Some((small, by, end)) = unit_after(lx, end).filter(|u| (u.0 as u8) < unit as u8)
    {
        let text = format!(
            "{}{}",
            iso(times(count, factor), unit),
            iso(times(more, by), small).trim_start_matches('P')
        );
        return Some(Match::new(i, end, Form::LongLength(text), "date/length"));
    }
    let mut out = Match::new(i, to, Form::Length(times(count, factor), unit, 0), "date/length");
    if let Some((kind, row)) =
        i.checked_sub(1).and_then(|k| lx.sense(k, |w| if let What::Approx(m) = w { Some(m) } else { None }))
    {
        out.modifier = Some(kind.clone());
        out.row = Some(row.to_owned());
    }
    Some(out)
}

/// "$5 a day", "three times a week": a rate, not a length.
fn rate(lx: &Lexemes<'_>, i: usize) -> bool {
    let Some(before) = lx.before(i) else { return false };
    before.kind == Kind::Number
        || lx.one_of(
            i - 1,
            &[
                "once", "twice", "thrice", "times", "million", "billion", "thousand", "hundred", "%",
                "percent",
            ],
        )
        || lx.sense(i - 1, |w| matches!(w, What::Measure).then_some(())).is_some()
}

/// TIMEX3 text of a count of units.
pub fn iso(count: Amount, unit: Unit) -> String {
    let (time, letter, by) = match unit {
        Unit::Second => ("T", "S", 1.0),
        Unit::Minute => ("T", "M", 1.0),
        Unit::Hour => ("T", "H", 1.0),
        Unit::Night => ("T", "NI", 1.0),
        Unit::Day => ("", "D", 1.0),
        Unit::Weekend => ("", "WE", 1.0),
        Unit::Week => ("", "W", 1.0),
        Unit::Month => ("", "M", 1.0),
        Unit::Quarter => ("", "Q", 1.0),
        Unit::Season | Unit::Year => ("", "Y", 1.0),
        Unit::Decade => ("", "Y", 10.0),
        Unit::Century => ("", "Y", 100.0),
        Unit::Millennium => ("", "Y", 1000.0),
    };
    match (count, unit) {
        (Amount::Vague, _) => format!("P{time}X{letter}"),
        (Amount::Exact(0.5), Unit::Hour) => "PT30M".to_owned(),
        (Amount::Exact(0.5), Unit::Year) => "P6M".to_owned(),
        (Amount::Exact(n), _) => format!("P{time}{}{letter}", n * by),
    }
}

/// "for years", "in minutes", "months before the vote".
fn plural_alone(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (unit, _, true) = lx.unit(i)? else { return None };
    let before = [
        "for", "in", "over", "within", "after", "during", "through", "just", "only", "took", "take", "takes",
        "spent", "spend", "until", "mere", "than",
    ];
    let framed =
        lx.after_any(i, &before) || lx.one_of(i + 1, &["before", "after", "ago", "later", "earlier"]);
    let night = matches!(unit, Unit::Night | Unit::Weekend | Unit::Season | Unit::Quarter);
    if !framed || night {
        return None;
    }
    if lx.is(i + 1, "ago") {
        return Some(Match::new(i, i + 2, Form::Reference("PAST_REF".into()), "date/ago"));
    }
    Some(Match::new(i, i + 1, Form::Length(Amount::Vague, unit, 0), "date/length"))
}

/// "all day", "the whole week", "the entire year".
fn whole(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let at = if lx.is(i, "all") { lx.skip(i + 1, "the") } else { lx.skip(i, "the") };
    let whole = lx.is(i, "all") || lx.one_of(at, &["whole", "entire", "full"]);
    let noun = at + usize::from(!lx.is(i, "all"));
    let (unit, factor, false) = lx.unit(noun).filter(|_| whole)? else { return None };
    let fits = matches!(
        unit,
        Unit::Day
            | Unit::Week
            | Unit::Month
            | Unit::Year
            | Unit::Night
            | Unit::Weekend
            | Unit::Decade
            | Unit::Century
    );
    fits.then(|| {
        Match::new(i, noun + 1, Form::Length(Amount::Exact(f64::from(factor)), unit, 0), "date/whole")
    })
}
