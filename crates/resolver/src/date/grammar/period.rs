//! Quarters, halves, seasons and numbered weeks, with the year that follows them.

use super::super::calendar::Cal;
use super::super::form::{Form, Match, Named};
use super::super::lex::{Kind, Lexemes};
use super::explicit::{standing, year_after};
use super::{relative, year};
use jiff::civil::Date;
use tables::dates::{Season, Unit};

/// A period that starts at `i`.
pub fn period(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    part_of_year(lx, i).or_else(|| season(lx, i)).or_else(|| nth(lx, i))
}

/// `named` told at `i..to`, with its year when one follows ("2012", "of next year", "this year").
pub fn with_year(lx: &Lexemes<'_>, i: usize, to: usize, named: Named, rule: &'static str) -> Match {
    if let Some((y, end)) = year_after(lx, to, matches!(named, Named::MonthDay(..))) {
        let form = match tied(&named, y) {
            Some(cal) => Form::Fixed(cal),
            None => Form::InYear(named.clone(), Box::new(Form::Fixed(Cal::Year(y)))),
        };
        let end = if matches!(named, Named::Season(Season::Winter)) { winter_end(lx, end) } else { end };
        return Match::new(i, end, form, rule);
    }
    let at = lx.skip(to, "of");
    if let Some(inner) = relative::relative(lx, at).filter(|m| is_year(&m.form)) {
        return Match::new(i, inner.to, Form::InYear(named, Box::new(inner.form)), rule);
    }
    if at > to && lx.one_of(at, &["the", "that"]) && lx.is(at + 1, "year") {
        let told = Form::Step(Unit::Year, 0, super::super::form::Base::Told);
        return Match::new(i, at + 2, Form::InYear(named, Box::new(told)), rule);
    }
    if lx.one_of(to, &["last", "next"])
        && !matches!(named, Named::Quarter(_) | Named::Half(_))
        && lx.unit(to + 1).is_none()
    {
        let n = if lx.is(to, "last") { -1 } else { 1 };
        if lx.get(to + 1).is_none_or(|l| l.kind != Kind::Word) {
            return Match::new(i, to + 1, Form::StepNamed(named, n, super::super::form::Base::Now), rule);
        }
    }
    Match::new(i, to, Form::Named(named), rule)
}

/// "winter of 1776-77".
fn winter_end(lx: &Lexemes<'_>, end: usize) -> usize {
    let short = lx.get(end + 1).is_some_and(|l| l.kind == Kind::Number && matches!(l.span.len(), 2 | 4));
    if (lx.dash(end) || lx.is(end, "/")) && lx.glued(end) && lx.glued(end + 1) && short {
        end + 2
    } else {
        end
    }
}

fn is_year(form: &Form) -> bool {
    matches!(form, Form::Step(Unit::Year, ..) | Form::Offset(_, Unit::Year, ..))
}

/// A name in a known year.
pub fn tied(named: &Named, year: i16) -> Option<Cal> {
    Some(match named {
        Named::Month(m) => Cal::Month(year, *m),
        Named::MonthDay(m, d) => Cal::Day(Date::new(year, *m, *d).ok()?),
        Named::Season(s) => Cal::Season(year, *s),
        Named::Quarter(q) => Cal::Quarter(year, *q),
        Named::Half(h) => Cal::Half(year, *h),
        Named::Holiday(rule) => Cal::Day(super::super::calendar::holiday(rule, year)?),
        Named::Weekday(_) => return None,
    })
}

/// "the third quarter of 2009", "fourth-quarter", "Q3 2009", "second half".
fn part_of_year(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    if lx.one_of(i, &["q", "h"]) && lx.get(i)?.capital && lx.glued(i + 1) {
        let n = i8::try_from(lx.get(i + 1)?.number).ok()?;
        let named = match (lx.is(i, "q"), n) {
            (true, 1..=4) => Named::Quarter(n),
            (false, 1..=2) => Named::Half(n),
            _ => return None,
        };
        return Some(with_year(lx, i, i + 2, named, "date/quarter"));
    }
    let start = lx.skip(i, "the");
    let (n, next) = lx.ordinal(start)?;
    let mut at = next + usize::from(lx.dash(next));
    while lx.one_of(at, &["fiscal", "calendar", "financial"]) {
        at += 1;
    }
    let n = i8::try_from(n).ok()?;
    let named = match lx.unit(at) {
        Some((Unit::Quarter, 1, false)) if (1..=4).contains(&n) => Named::Quarter(n),
        _ if lx.is(at, "half") && (1..=2).contains(&n) => Named::Half(n),
        _ => return None,
    };
    let out = with_year(lx, i, at + 1, named, "date/quarter");
    // "the second half" alone is as often one of a match or a hall.
    let told = !matches!(out.form, Form::Named(Named::Half(_)));
    told.then_some(out).filter(|_| start == i || !lx.dash(next))
}

/// "the summer of 2010", "summer 2012", "in the winter", "summers".
fn season(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let start = lx.skip(i, "the");
    let (season, weak) = lx.season(start)?;
    let to = start + 1 + usize::from(lx.one_of(start + 1, &["months", "season"]));
    let out = with_year(lx, i, to, Named::Season(season), "date/season");
    let dated = !matches!(out.form, Form::Named(_));
    let noun = lx.parse(start).0.starts_with("NN") && standing(lx, start);
    let placed = lx.after_any(
        i,
        &[
            "in",
            "during",
            "until",
            "till",
            "by",
            "since",
            "from",
            "through",
            "between",
            "throughout",
            "of",
            "and",
            "or",
            "each",
            "all",
        ],
    );
    let ok = if weak {
        dated || (noun && placed && (start > i || lx.after_any(i, &["in", "by", "until", "from"])))
    } else {
        noun || dated
    };
    let compound = lx.one_of(to, &["olympics", "olympic", "games", "olympiad"]);
    // "winter wheat", "the Summer Institute": the season only names a kind.
    let kind = !dated && to == start + 1 && lx.parse(to).0.starts_with("NN");
    (ok && !kind && !(weak && lx.is(to, "of") && !dated) && !compound).then_some(out)
}

/// "the first week of March", "the last day of 2010", "the 99th day", "the weekend of May 5".
fn nth(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let start = lx.skip(i, "the");
    if let Some((_, next)) = lx.ordinal(start) {
        let run = lx.one_of(next, &["straight", "consecutive", "successive"]);
        let unit = next + usize::from(run);
        if let Some((kind, 1, false)) =
            lx.unit(unit).filter(|u| !matches!(u.0, Unit::Second | Unit::Minute | Unit::Hour))
            && (run || (lx.is(unit + 1, "in") && lx.is(unit + 2, "a") && lx.is(unit + 3, "row")))
        {
            let from = i - usize::from(i > 0 && lx.after_any(i, &["a"]) && start == i);
            return Some(Match::new(
                from,
                unit + 1,
                Form::Step(kind, 0, super::super::form::Base::Now),
                "date/run",
            ));
        }
    }
    let (n, next) = match lx.ordinal(start) {
        Some((n, next)) => (i32::try_from(n).ok()?, next),
        None if lx.one_of(start, &["last", "final"]) => (-1, start + 1),
        None if start > i => (0, start),
        None => return None,
    };
    let (unit, _, plural) = lx.unit(next)?;
    if plural
        || !lx.is(next + 1, "of")
        || !matches!(unit, Unit::Day | Unit::Week | Unit::Weekend | Unit::Month)
    {
        return None;
    }
    let inner = super::explicit::explicit(lx, next + 2)
        .or_else(|| year::year(lx, next + 2))
        .or_else(|| relative::relative(lx, next + 2))?;
    let wide = matches!(
        inner.form,
        Form::Fixed(_)
            | Form::Named(Named::Month(_) | Named::MonthDay(..))
            | Form::Step(..)
            | Form::InYear(..)
    );
    wide.then(|| Match::new(i, inner.to, Form::Nth(n, unit, Box::new(inner.form)), "date/nth"))
}
