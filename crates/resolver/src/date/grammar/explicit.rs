//! Dates told by month, day or weekday: "Saturday, October 9, 2010", "3 April", "7/12/2025", "2025-07-12".

use super::super::calendar::Cal;
use super::super::form::{Form, Match, Named};
use super::super::lex::{Kind, Lexemes};
use super::period::with_year;
use super::year::{four_digits, two_digits};
use jiff::civil::Date;

/// A date that starts at `i`.
pub fn explicit(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    numeric(lx, i)
        .or_else(|| with_weekday(lx, i))
        .or_else(|| month_first(lx, i))
        .or_else(|| dashed(lx, i))
        .or_else(|| day_first(lx, i))
        .or_else(|| range_start(lx, i))
}

/// "Saturday, October 9, 2010", "Monday the 3rd of May", "Monday".
fn with_weekday(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (number, next, plural) = lx.weekday(i)?;
    // "Edmonton Sun, August 16": part of a name.
    let name = !lx.get(i)?.low.ends_with("day") && lx.before(i).is_some_and(|l| l.capital) && !lx.glued(i);
    if plural || name {
        return None;
    }
    let at = lx.skip(next, ",");
    let at = lx.skip(at, "the");
    let inner = numeric(lx, at).or_else(|| month_first(lx, at)).or_else(|| day_first(lx, at));
    if let Some(inner) = inner.filter(|m| has_day(&m.form)) {
        return Some(Match { from: i, ..inner });
    }
    // "Sat" and "Sun" are weekdays only beside a date, a part of the day or with their full stop.
    let full = lx.get(i)?.low.ends_with("day");
    if !full && next == i + 1 && lx.part(next).is_none() {
        return None;
    }
    Some(Match::new(i, next, Form::Named(Named::Weekday(number)), "date/weekday"))
}

fn has_day(form: &Form) -> bool {
    matches!(
        form,
        Form::Fixed(Cal::Day(_)) | Form::Named(Named::MonthDay(..)) | Form::InYear(Named::MonthDay(..), _)
    )
}

/// False for names of people and for words that are no noun here ("May", "march").
pub fn standing(lx: &Lexemes<'_>, i: usize) -> bool {
    let (tag, label) = lx.parse(i);
    !tag.starts_with("MD") && !tag.starts_with("VB") && label != "PERSON"
}

/// Day of the month in figures or words, and the lexeme after it.
fn day(lx: &Lexemes<'_>, i: usize) -> Option<(i8, usize)> {
    if let Some((n, next)) = lx.ordinal(i) {
        return i8::try_from(n).ok().filter(|n| (1..=31).contains(n)).map(|n| (n, next));
    }
    let l =
        lx.get(i).filter(|l| l.kind == Kind::Number && l.span.len() <= 2 && (1..=31).contains(&l.number))?;
    let number_goes_on = lx.glued(i + 1)
        && (lx.one_of(i + 1, &[":", "%"])
            || (lx.one_of(i + 1, &[".", ","])
                && lx.glued(i + 2)
                && lx.get(i + 2).is_some_and(|l| l.kind == Kind::Number)));
    (!number_goes_on).then_some((i8::try_from(l.number).ok()?, i + 1))
}

/// "July 5", "July 5, 2012", "July 2012", "July of next year", "July".
fn month_first(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (month, next) = lx.month(i)?;
    let at = lx.skip(next, "the");
    let spelt = lx.get(at).is_some_and(|l| l.kind == Kind::Word);
    let day = day(lx, at).filter(|_| at == next || spelt || lx.ordinal(at).is_some()).filter(|&(_, to)| {
        let unit_follows = lx.unit(to).is_some() && !spelt;
        let clock = lx.one_of(to, &["am", "pm"]) || (lx.one_of(to, &["a", "p"]) && lx.is(to + 1, "."));
        !(unit_follows || clock || spelt && at == next)
    });
    if let Some((day, to)) = day {
        Date::new(2000, month, day).ok()?;
        return Some(with_year(lx, i, to, Named::MonthDay(month, day), "date/month-day"));
    }
    let out = with_year(lx, i, next, Named::Month(month), "date/month");
    if out.to == next && !standing(lx, i) {
        return None;
    }
    // Alone, a full stop after "Jan." stays outside.
    Some(out)
}

/// "5 July 2012", "the 4th of July", "the 1st day of February".
fn day_first(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let start = lx.skip(i, "the");
    let (day, next) = day(lx, start)?;
    let at = if lx.is(next, "day") && lx.is(next + 1, "of") { next + 2 } else { lx.skip(next, "of") };
    let (month, to) = lx.month(at)?;
    Date::new(2000, month, day).ok()?;
    Some(with_year(lx, i, to, Named::MonthDay(month, day), "date/day-month"))
}

/// "2025-07-12", "7/12/2025", "12.07.2025", "7/12".
fn numeric(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let number =
        |k: usize| lx.get(k).filter(|l| l.kind == Kind::Number && l.span.len() <= 4).map(|l| l.number);
    let (a, b, c) = (number(i)?, number(i + 2)?, number(i + 4)?);
    let sign = lx.get(i + 1).filter(|l| matches!(l.low.as_str(), "-" | "/" | "."))?;
    let tight = (i + 1..=i + 4).all(|k| lx.glued(k)) && lx.is(i + 3, &sign.low);
    if !tight || (lx.glued(i) && !lx.before(i).is_some_and(|l| matches!(l.low.as_str(), "(" | "[" | "\""))) {
        return None;
    }
    let long = |k: usize| lx.get(k).is_some_and(|l| l.span.len() == 4);
    let small = |n: u32| i8::try_from(n).ok();
    let full = |n: u32, long: bool| i16::try_from(n).ok().map(|n| if long { n } else { two_digits(n) });
    let day_first = sign.low == "." || lx.day_first;
    if sign.low == "." && !long(i + 4) {
        return None;
    }
    let date = if long(i) {
        Date::new(full(a, true)?, small(b)?, small(c)?).ok()?
    } else if sign.low != "-" || long(i + 4) {
        let year = full(c, long(i + 4))?;
        let (month, day) = if (day_first && b <= 12) || a > 12 { (b, a) } else { (a, b) };
        Date::new(year, small(month)?, small(day)?).ok()?
    } else {
        return None;
    };
    Some(Match::new(i, i + 5, Form::Fixed(Cal::Day(date)), "date/numeric"))
}

/// Year told after a name: "2012", ", 2012", "of 2012".
pub fn year_after(lx: &Lexemes<'_>, i: usize, day: bool) -> Option<(i16, usize)> {
    let comma = lx.is(i, ",");
    let at = if comma || lx.one_of(i, &["of", "in"]) { i + 1 } else { i };
    if let Some((y, to)) = four_digits(lx, at) {
        let count = lx.sense(to, |w| matches!(w, tables::dates::What::Measure).then_some(())).is_some();
        return (!count && (!lx.is(i, "in") || !day)).then_some((y, to));
    }
    let quoted = lx.one_of(at, &["'", "’"]) && lx.glued(at + 1);
    let l = lx.get(at + 1).filter(|l| quoted && l.kind == Kind::Number && l.span.len() == 2)?;
    Some((two_digits(i16::try_from(l.number).ok()?), at + 2))
}

/// "5-Jul-2024", "12-May-25".
fn dashed(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (day, next) = day(lx, i)?;
    let tight = |k: usize| lx.dash(k) && lx.glued(k) && lx.glued(k + 1);
    if !tight(next) {
        return None;
    }
    let (month, to) = lx.month(next + 1)?;
    let year = lx.get(to + 1).filter(|l| tight(to) && l.kind == Kind::Number)?;
    let year = match (year.span.len(), i16::try_from(year.number).ok()?) {
        (4, year) => year,
        (2, short) => two_digits(short),
        _ => return None,
    };
    let date = Date::new(year, month, day).ok()?;
    Some(Match::new(i, to + 2, Form::Fixed(Cal::Day(date)), "date/day-month"))
}

/// The first end of "3 to 5 May", "11–13 July 2025": month and year stand behind the second.
fn range_start(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (first, next) = day(lx, i)?;
    if !(lx.dash(next) || lx.one_of(next, &["to", "and", "until", "through"]))
        || lx.before(i).is_some_and(|_| lx.glued(i))
    {
        return None;
    }
    let end = day_first(lx, next + 1).filter(|m| m.from == next + 1)?;
    let form = match end.form {
        Form::Named(Named::MonthDay(month, last)) if first < last => {
            Form::Named(Named::MonthDay(month, first))
        }
        Form::InYear(Named::MonthDay(month, last), year) if first < last => {
            Form::InYear(Named::MonthDay(month, first), year)
        }
        Form::Fixed(Cal::Day(last)) if first < last.day() => {
            Form::Fixed(Cal::Day(last.with().day(first).build().ok()?))
        }
        _ => return None,
    };
    Some(Match::new(i, next, form, "date/range-start"))
}
