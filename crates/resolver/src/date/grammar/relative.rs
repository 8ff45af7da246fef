//! Dates told from another date: "last week", "this June", "two days ago", "the year before", "that same year".

use super::super::form::{Base, Daytime, Form, Match, Named};
use super::super::lex::{Kind, Lexemes};
use super::count::{amount, unit_after};
use super::{period, phrase};
use tables::dates::{Unit, What};

/// A relative date that starts at `i`.
pub fn relative(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let rules = [ago, same_before, directed, same, before];
    rules.iter().filter_map(|rule| rule(lx, i)).reduce(super::longer)
}

/// True for forms counted from the publication date ("earlier this week").
pub fn is_deictic(form: &Form) -> bool {
    matches!(form, Form::Step(_, _, Base::Now) | Form::StepNamed(_, _, Base::Now) | Form::At(Some(_), _))
}

fn direction(lx: &Lexemes<'_>, i: usize) -> Option<i32> {
    lx.sense(i, |w| if let What::Direction(n) = w { Some(i32::from(*n)) } else { None }).map(|s| s.0)
}

/// Skips "fiscal", "school" and the like before a unit.
fn skip_kind(lx: &Lexemes<'_>, i: usize) -> usize {
    let kinds =
        ["fiscal", "calendar", "academic", "financial", "school", "model", "trading", "business", "working"];
    i + usize::from(lx.one_of(i, &kinds) && lx.unit(i + 1).is_some())
}

/// "last week", "this past Monday", "the next day", "next summer", "last night", "this Christmas".
fn directed(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let the = lx.one_of(i, &["the", "this"]) && direction(lx, i + 1).is_some();
    let at = i + usize::from(the);
    let n = direction(lx, at)?;
    let word = lx.get(at)?.low.as_str();
    let told = (the && lx.is(i, "the"))
        || matches!(word, "following" | "previous" | "preceding" | "prior" | "subsequent" | "ensuing");
    let base = if told && n != 0 { Base::Told } else { Base::Now };
    let noun = skip_kind(lx, at + 1);
    if let Some((unit, 1, false)) = lx.unit(noun) {
        if unit == Unit::Night {
            return night(lx, i, noun, n, base);
        }
        let stretch = told
            && matches!(word, "past" | "last" | "next" | "coming")
            && !matches!(unit, Unit::Day | Unit::Weekend);
        let framed = lx.after_any(i, &["in", "over", "during", "for", "within", "of", "throughout"]);
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) || (stretch && (framed || n < 0)) {
            return None;
        }
        let form =
            if unit == Unit::Season { Form::Step(Unit::Year, n, base) } else { Form::Step(unit, n, base) };
        return Some(Match::new(i, noun + 1, form, "date/step"));
    }
    if let Some((code, _, false)) = lx.part(noun).filter(|p| p.0.len() == 2) {
        let day = Form::Step(Unit::Day, n, base);
        return Some(Match::new(
            i,
            noun + 1,
            Form::At(Some(Box::new(day)), Daytime::Part(code.to_owned())),
            "date/step-part",
        ));
    }
    let (named, to) = name(lx, noun)?;
    Some(Match::new(i, to, Form::StepNamed(named, n, base), "date/step-name"))
}

fn night(lx: &Lexemes<'_>, i: usize, noun: usize, n: i32, base: Base) -> Option<Match> {
    let day = Form::Step(Unit::Day, n, base);
    let _ = lx.get(noun)?;
    Some(Match::new(
        i,
        noun + 1,
        Form::At(Some(Box::new(day)), Daytime::Part("NI".to_owned())),
        "date/step-part",
    ))
}

/// A month (with day), weekday, season or holiday.
fn name(lx: &Lexemes<'_>, i: usize) -> Option<(Named, usize)> {
    if let Some((month, next)) = lx.month(i) {
        let day = lx
            .get(next)
            .filter(|l| l.kind == Kind::Number && (1..=31).contains(&l.number) && l.span.len() <= 2);
        return match day.and_then(|l| i8::try_from(l.number).ok()) {
            Some(day) => Some((Named::MonthDay(month, day), next + 1)),
            None => Some((Named::Month(month), next)),
        };
    }
    if let Some((number, next, false)) = lx.weekday(i) {
        return Some((Named::Weekday(number), next));
    }
    if let Some((season, _)) = lx.season(i) {
        return Some((Named::Season(season), i + 1));
    }
    let holiday = phrase(lx, i, &lx.tables.holidays).filter(|_| lx.get(i).is_some_and(|l| l.capital))?;
    Some((Named::Holiday(holiday.value.clone()), i + holiday.words.len()))
}

/// "that year", "the same day", "that same evening".
fn same(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let that = lx.is(i, "that");
    let mut at = i + usize::from(that || (lx.is(i, "the") && lx.is(i + 1, "same")));
    if at == i || lx.after_any(i, &["so", "all"]) {
        return None;
    }
    at = lx.skip(at, "same");
    let told = Base::Told;
    if let Some((code, _, false)) = lx.part(at).filter(|p| p.0.len() == 2) {
        let day = Form::Step(Unit::Day, 0, told);
        return Some(Match::new(
            i,
            at + 1,
            Form::At(Some(Box::new(day)), Daytime::Part(code.to_owned())),
            "date/same",
        ));
    }
    if let Some((unit, 1, false)) = lx.unit(at) {
        let unit = if unit == Unit::Season { Unit::Year } else { unit };
        let day = !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
        return day.then(|| Match::new(i, at + 1, Form::Step(unit, 0, told), "date/same"));
    }
    let (named, to) = name(lx, at)?;
    Some(Match::new(i, to, Form::StepNamed(named, 0, told), "date/same"))
}

/// "the same period last year", "the same month a year earlier".
fn same_before(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let at = lx.skip(i, "the");
    let period =
        lx.one_of(at + 1, &["period", "time", "point", "stage"]) || lx.unit(at + 1).is_some_and(|u| !u.2);
    if !lx.one_of(at, &["same", "corresponding", "comparable", "equivalent"]) || !period {
        return None;
    }
    let next = at + 2 + usize::from(lx.one_of(at + 2, &["of", "in"]));
    let inner = ago(lx, next).or_else(|| directed(lx, next)).or_else(|| before(lx, next))?;
    let years = match inner.form {
        Form::Offset(super::super::form::Amount::Exact(n), Unit::Year, side, _) if n < 1000.0 => {
            side * n as i32
        }
        Form::Step(Unit::Year, n, _) => n,
        _ => return None,
    };
    let told = Form::Step(Unit::Year, years, Base::Told);
    Some(Match::new(i, inner.to, Form::Nth(0, Unit::Year, Box::new(told)), "date/same-before"))
}

/// "the year before", "the day after", "the week earlier".
fn before(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    if !lx.one_of(i, &["the"]) {
        return None;
    }
    let (unit, 1, false) = lx.unit(i + 1)? else { return None };
    let n = if lx.one_of(i + 2, &["before", "earlier", "previously"]) {
        -1
    } else {
        i32::from(lx.one_of(i + 2, &["after", "later", "afterwards"]))
    };
    if n == 0 {
        return None;
    }
    // "the day before the vote": a day known only from the vote.
    if !ends_here(lx, i + 3) {
        return (unit == Unit::Day)
            .then(|| Match::new(i, i + 2, Form::Reference("XXXX-XX-XX".into()), "date/before"));
    }
    Some(Match::new(i, i + 3, Form::Step(unit, n, Base::Told), "date/before"))
}

/// True when no complement follows: "the day before." but not "the day before the vote".
pub fn ends_here(lx: &Lexemes<'_>, i: usize) -> bool {
    let tag = lx.parse(i).0;
    lx.get(i).is_none_or(|l| l.kind != Kind::Word)
        || matches!(tag, "CC" | "MD" | "VBD" | "VBZ" | "VBP" | "IN" | "TO" | "RB")
        || lx.one_of(
            i,
            &["and", "but", "when", "in", "at", "by", "on", "to", "with", "for", "as", "who", "which"],
        )
}

/// End of "three weeks' time", "a month's time" behind the unit.
fn times_end(lx: &Lexemes<'_>, next: usize) -> Option<usize> {
    let mark = lx.one_of(next, &["'", "’", "'s", "’s"]);
    let at = next + usize::from(mark);
    let at = at + usize::from(mark && lx.is(at, "s") && lx.glued(at));
    (mark && lx.is(at, "time")).then_some(at + 1)
}

/// "two weeks ago", "a year earlier", "three days later", "a month from now", "years ago".
fn ago(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (amount, next) = amount(lx, i)?;
    let (unit, factor, next) = unit_after(lx, next)?;
    let (side, base, to) = if lx.is(next, "ago") {
        (-1, Base::Now, next + 1)
    } else if lx.one_of(next, &["earlier", "previously", "beforehand", "before"])
        && (!lx.is(next, "before") || ends_here(lx, next + 1))
    {
        (-1, Base::Told, next + 1)
    } else if lx.one_of(next, &["later", "afterwards", "afterward", "after"])
        && (lx.one_of(next, &["later", "afterwards"]) || ends_here(lx, next + 1))
    {
        (1, Base::Told, next + 1)
    } else if lx.is(next, "from") && lx.one_of(next + 1, &["now", "today"]) {
        (1, Base::Now, next + 2)
    } else if lx.is(next, "hence") {
        (1, Base::Now, next + 1)
    } else if let Some(to) = times_end(lx, next).filter(|_| lx.after_any(i, &["in"])) {
        (1, Base::Now, to)
    } else {
        return None;
    };
    let amount = match amount {
        super::super::form::Amount::Exact(n) => super::super::form::Amount::Exact(n * f64::from(factor)),
        vague => vague,
    };
    Some(Match::new(i, to, Form::Offset(amount, unit, side, base), "date/offset"))
}

/// "the day", "the year": only where the sentence points to a time ("at the end of the year").
pub fn bare(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (unit, 1, false) = lx.unit(i + 1).filter(|_| lx.is(i, "the"))? else { return None };
    if !matches!(
        unit,
        Unit::Day
            | Unit::Week
            | Unit::Month
            | Unit::Quarter
            | Unit::Year
            | Unit::Decade
            | Unit::Century
            | Unit::Weekend
    ) {
        return None;
    }
    let _ = period::period;
    Some(Match::new(i, i + 2, Form::Step(unit, 0, Base::Told), "date/bare"))
}
