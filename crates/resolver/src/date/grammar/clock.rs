//! Times of day: "4:14pm", "16:08 UTC", "8 p.m. Friday", "noon", "Monday morning".

use super::super::form::{Daytime, Form, Match, Named};
use super::super::lex::{Kind, Lexemes};
use super::{longer, point};

/// A clock time, with the date that follows it when one does.
pub fn dated(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (time, to) = clock(lx, i)?;
    let at = lx.skip(to, ",");
    let at = lx.skip(at, "on");
    let alone = Match::new(i, to, Form::At(None, time.clone()), "date/clock");
    if let Some(day) = point(lx, at).filter(|m| is_day(&m.form)) {
        let form = Form::At(Some(Box::new(day.form)), time);
        return Some(longer(alone, Match::new(i, day.to, form, "date/clock")));
    }
    Some(alone)
}

fn is_day(form: &Form) -> bool {
    use super::super::calendar::Cal;
    use tables::dates::Unit;
    matches!(
        form,
        Form::Fixed(Cal::Day(_))
            | Form::Named(Named::MonthDay(..) | Named::Weekday(_) | Named::Holiday(_))
            | Form::Step(Unit::Day, ..)
            | Form::StepNamed(Named::Weekday(_), ..)
            | Form::InYear(Named::MonthDay(..), _)
    )
}

/// Adds the part of the day that follows a day: "Monday morning", "yesterday afternoon", "July 5 at noon" stays apart.
pub fn with_part(lx: &Lexemes<'_>, day: Match) -> Match {
    if !is_day(&day.form) {
        return day;
    }
    let early = usize::from(lx.one_of(day.to, &["early", "late"]) && lx.part(day.to + 1).is_some());
    match lx.part(day.to + early) {
        Some((code, _, false)) => {
            let form = Form::At(Some(Box::new(day.form)), part(code));
            Match { to: day.to + early + 1, form, rule: "date/day-part", ..day }
        }
        _ => day,
    }
}

fn part(code: &str) -> Daytime {
    if code.contains(':') {
        Daytime::Clock { text: code.to_owned(), utc: false }
    } else {
        Daytime::Part(code.to_owned())
    }
}

/// "noon", "at dawn", "in the morning", "early evening".
pub fn part_alone(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let start = lx.skip(i, "the");
    let at = start + usize::from(lx.one_of(start, &["early", "late", "mid"]));
    let at = at + usize::from(at > start && lx.dash(at));
    let (code, point, plural) = lx.part(at)?;
    let framed =
        start > i && lx.after_any(i, &["in", "during", "of", "by", "through", "throughout", "until", "into"]);
    let edge = at > start;
    let stands = if point {
        lx.after_any(
            i,
            &[
                "at", "by", "until", "before", "after", "around", "about", "from", "till", "since",
                "shortly", "past", "just", "to",
            ],
        )
    } else {
        framed || edge
    };
    let night = lx.is(i, "night") && lx.after_any(i, &["at"]);
    (!plural && (stands || night)).then(|| {
        let out = Match::new(i, at + 1, Form::At(None, part(code)), "date/part");
        if edge { out.modified(if lx.is(start, "late") { "END" } else { "START" }) } else { out }
    })
}

/// A clock time that starts at `i`, and the lexeme after it with zone.
fn clock(lx: &Lexemes<'_>, i: usize) -> Option<(Daytime, usize)> {
    if let Some(named) = named_hour(lx, i) {
        return Some(named);
    }
    let face = face(lx, i)?;
    let (mut hour, mut to) = (face.hour, face.to);
    if let Some((shift, end)) = half_day(lx, to) {
        to = end;
        hour = hour % 12 + shift;
    } else if oclock(lx, to) {
        to += 3;
    } else {
        let zone = zone(lx, to).is_some();
        let framed = lx.after_any(i, &BEFORE_FIGURES);
        if !(face.colon && (zone || framed)) || lx.glued(to) && lx.one_of(to, &[":", "-"]) {
            return None;
        }
    }
    if hour > 24 || face.minute.is_some_and(|m| m > 59) || face.second.is_some_and(|s| s > 60) {
        return None;
    }
    let mut text = format!("{hour:02}");
    for part in [face.minute, face.second].into_iter().flatten() {
        text.push_str(&format!(":{part:02}"));
    }
    let (utc, to) = zone(lx, to).unwrap_or((false, to));
    Some((Daytime::Clock { text, utc }, to))
}

/// Words before bare figures that make them a time of day.
const BEFORE_FIGURES: [&str; 17] = [
    "at",
    "by",
    "around",
    "until",
    "till",
    "from",
    "to",
    "since",
    "before",
    "after",
    "about",
    "approximately",
    "between",
    "and",
    "-",
    "–",
    "of",
];

/// Figures of a clock time and the lexeme after them.
struct Face {
    hour: u32,
    minute: Option<u32>,
    second: Option<u32>,
    /// Minutes after a colon, not a full stop.
    colon: bool,
    to: usize,
}

/// "at noon", "until midnight".
fn named_hour(lx: &Lexemes<'_>, i: usize) -> Option<(Daytime, usize)> {
    let framed = lx.one_of(i, &["noon", "midnight"])
        && lx.after_any(
            i,
            &["at", "by", "until", "before", "after", "from", "around", "since", "about", "till"],
        );
    let text = if lx.is(i, "noon") { "12:00" } else { "24:00" };
    framed.then(|| (Daytime::Clock { text: text.into(), utc: false }, i + 1))
}

/// "4", "4:14", "16.08", "4:14:30", "four" before "o'clock".
fn face(lx: &Lexemes<'_>, i: usize) -> Option<Face> {
    let number =
        |k: usize| lx.get(k).filter(|l| l.kind == Kind::Number && l.span.len() <= 2).map(|l| l.number);
    let in_words = || {
        let word = lx.sense(i, |w| if let tables::dates::What::Cardinal(n) = w { Some(*n) } else { None })?.0;
        (oclock(lx, i + 1) || half_day(lx, i + 1).is_some()).then_some(word)
    };
    if let Some(four) = four_figures(lx, i) {
        return Some(four);
    }
    let hour = number(i).or_else(in_words)?;
    let parted = lx.one_of(i + 1, &[":", "."])
        && lx.glued(i + 1)
        && lx.glued(i + 2)
        && lx.get(i + 2).is_some_and(|l| l.span.len() == 2);
    let minute = if parted { number(i + 2) } else { None };
    let to = if minute.is_some() { i + 3 } else { i + 1 };
    let second = minute.and_then(|_| if lx.is(to, ":") && lx.glued(to) { number(to + 1) } else { None });
    let colon = minute.is_some() && lx.is(i + 1, ":");
    Some(Face { hour, minute, second, colon, to: to + if second.is_some() { 2 } else { 0 } })
}

/// "0630 GMT", "at 1815 local time".
fn four_figures(lx: &Lexemes<'_>, i: usize) -> Option<Face> {
    let n = lx.get(i).filter(|l| l.kind == Kind::Number && l.span.len() == 4)?.number;
    let (utc, _) = zone(lx, i + 1)?;
    let framed = utc || lx.after_any(i, &["at", "by", "around", "about", "from", "until"]);
    let valid = n / 100 <= 24 && n % 100 < 60;
    (framed && valid).then_some(Face {
        hour: n / 100,
        minute: Some(n % 100),
        second: None,
        colon: true,
        to: i + 1,
    })
}

fn oclock(lx: &Lexemes<'_>, i: usize) -> bool {
    lx.is(i, "o") && lx.one_of(i + 1, &["'", "’"]) && lx.is(i + 2, "clock")
}

/// "am", "p.m.": hours to add, and the lexeme after it.
fn half_day(lx: &Lexemes<'_>, i: usize) -> Option<(u32, usize)> {
    match lx.get(i)?.low.as_str() {
        "am" => Some((0, i + 1)),
        "pm" => Some((12, i + 1)),
        low @ ("a" | "p") if lx.is(i + 1, ".") && lx.is(i + 2, "m") && lx.glued(i + 1) => {
            Some((if low == "p" { 12 } else { 0 }, lx.skip(i + 3, ".")))
        }
        _ => None,
    }
}

/// Time zone at `i`: true for UTC, and the lexeme after it.
fn zone(lx: &Lexemes<'_>, i: usize) -> Option<(bool, usize)> {
    let open = lx.skip(i, "(");
    let short = lx.one_of(
        open,
        &[
            "utc", "gmt", "est", "edt", "et", "cst", "cdt", "mst", "mdt", "pst", "pdt", "pt", "bst", "cet",
            "cest", "ist", "jst", "kst", "aest", "aedt", "msk", "eet", "hkt", "wib",
        ],
    );
    if short {
        let utc = lx.one_of(open, &["utc", "gmt"]);
        let mut to = open + 1;
        let sign = lx.one_of(to, &["+", "-", "−"]) && lx.get(to + 1).is_some_and(|l| l.kind == Kind::Number);
        to += if sign { 2 } else { 0 };
        if open > i {
            return lx.is(to, ")").then_some((utc, to + 1));
        }
        return Some((utc, to));
    }
    let long = lx.one_of(
        i,
        &["eastern", "central", "pacific", "mountain", "local", "moscow", "greenwich", "universal"],
    );
    (long && lx.is(i + 1, "time")).then_some((false, i + 2))
}
