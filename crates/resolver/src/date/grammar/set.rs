//! Repeated times: "every Monday", "each year", "annually", "twice a week", "on Sundays".

use super::super::form::{Amount, Form, Match, Named};
use super::super::lex::Lexemes;
use super::count::amount;
use super::length::iso;
use tables::dates::{Unit, What};

/// A set that starts at `i`.
pub fn set(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    every(lx, i).or_else(|| times(lx, i)).or_else(|| adverb(lx, i)).or_else(|| plural_name(lx, i))
}

fn repeated(i: usize, to: usize, value: String, rule: &'static str) -> Match {
    Match::new(i, to, Form::Repeated(value), rule)
}

/// Value of a name that repeats.
pub fn recurring(named: &Named) -> Option<String> {
    Some(match named {
        Named::Month(m) => format!("XXXX-{m:02}"),
        Named::MonthDay(m, d) => format!("XXXX-{m:02}-{d:02}"),
        Named::Weekday(d) => format!("XXXX-WXX-{d}"),
        Named::Season(s) => format!("XXXX-{}", super::super::calendar::season_of(*s).1),
        Named::Quarter(q) => format!("XXXX-Q{q}"),
        Named::Half(h) => format!("XXXX-H{h}"),
        Named::Holiday(rule) => match rule.split_once('-') {
            Some((m, d)) if m.len() == 2 && d.parse::<u8>().is_ok() => format!("XXXX-{m}-{d}"),
            _ => "XXXX-XX-XX".to_owned(),
        },
    })
}

/// "every Monday", "each year", "every two weeks", "every other day", "every morning".
fn every(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    if !lx.one_of(i, &["every", "each"]) {
        return None;
    }
    let other = lx.one_of(i + 1, &["other", "second"]);
    let at = i + 1 + usize::from(other);
    if let Some((number, to, _)) = lx.weekday(at) {
        let day = repeated(i, to, format!("XXXX-WXX-{number}"), "date/every");
        return Some(match lx.part(to) {
            Some((code, false, _)) => repeated(i, to + 1, format!("XXXX-WXX-{number}T{code}"), "date/every"),
            _ => day,
        });
    }
    if let Some((month, to)) = lx.month(at) {
        return Some(repeated(i, to, format!("XXXX-{month:02}"), "date/every"));
    }
    if let Some((season, _)) = lx.season(at) {
        return Some(repeated(i, at + 1, recurring(&Named::Season(season))?, "date/every"));
    }
    if let Some((code, _, _)) = lx.part(at) {
        return Some(repeated(i, at + 1, format!("XXXX-XX-XXT{code}"), "date/every"));
    }
    let (count, next) = amount(lx, at).unwrap_or((Amount::Exact(if other { 2.0 } else { 1.0 }), at));
    let (unit, factor, _) = lx.unit(next)?;
    let count = match count {
        Amount::Exact(n) => Amount::Exact(n * f64::from(factor)),
        Amount::Vague => Amount::Vague,
    };
    Some(repeated(i, next + 1, iso(count, unit), "date/every"))
}

/// "twice a week", "three times a year", "once every five years".
fn times(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let at = if lx.one_of(i, &["once", "twice", "thrice"]) {
        i + 1
    } else {
        let (_, next) = amount(lx, i)?;
        if !lx.is(next, "times") {
            return None;
        }
        next + 1
    };
    if lx.is(at, "every") {
        return every(lx, at).map(|m| Match { from: i, ..m });
    }
    if !lx.one_of(at, &["a", "per", "each", "an"]) {
        return None;
    }
    let (unit, factor, false) = lx.unit(at + 1)? else { return None };
    Some(repeated(i, at + 2, iso(Amount::Exact(f64::from(factor)), unit), "date/times"))
}

/// "annual", "daily".
fn adverb(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (value, row) = lx.sense(i, |w| if let What::Set(v) = w { Some(v.clone()) } else { None })?;
    // "Daily Mail", "Weekly Standard": part of a name.
    let name = lx.get(i)?.capital
        && (lx.get(i + 1).is_some_and(|l| l.capital) || i > 0 && lx.before(i).is_some_and(|l| l.capital));
    let mut out = repeated(i, i + 1, value, "date/adverb");
    out.row = Some(row.to_owned());
    (!name).then_some(out)
}

/// "Mondays", "on weekends", "mornings".
fn plural_name(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    if let Some((number, to, true)) = lx.weekday(i) {
        return Some(repeated(i, to, format!("XXXX-WXX-{number}"), "date/plural"));
    }
    if let Some((code, _, true)) = lx.part(i) {
        return Some(repeated(i, i + 1, format!("XXXX-XX-XXT{code}"), "date/plural"));
    }
    let placed = lx.after_any(i, &["on", "at", "during"]);
    match lx.unit(i) {
        Some((Unit::Weekend, _, true)) => Some(repeated(i, i + 1, "XXXX-WXX-WE".into(), "date/plural")),
        Some((Unit::Day, _, true)) if placed && lx.one_of(i, &["weekdays", "workdays"]) => {
            Some(repeated(i, i + 1, "P1D".into(), "date/plural"))
        }
        _ => None,
    }
}
