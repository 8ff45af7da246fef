//! Years, decades and centuries: "2019", "'82", "AD 842", "the 1970s", "17th century", "1892–94".

use super::super::calendar::Cal;
use super::super::form::{Form, Match, Named};
use super::super::lex::{Kind, Lexemes};
use tables::dates::{Unit, What};

/// Words before a number that make it a year even when it is old or odd.
const BEFORE: &[&str] = &[
    "in",
    "since",
    "of",
    "by",
    "until",
    "till",
    "from",
    "to",
    "and",
    "before",
    "after",
    "during",
    "between",
    "circa",
    "ca",
    "c",
    "around",
    "about",
    "or",
    "through",
    "year",
    "ad",
    "built",
    "born",
    "died",
    "founded",
    "completed",
    "established",
    "late",
    "early",
    "mid",
];

fn fixed(i: usize, to: usize, cal: Cal, rule: &'static str) -> Option<Match> {
    Some(Match::new(i, to, Form::Fixed(cal), rule))
}

/// Four digits that can be a year, and the lexeme after them.
pub fn four_digits(lx: &Lexemes<'_>, i: usize) -> Option<(i16, usize)> {
    let l = lx.get(i).filter(|l| l.kind == Kind::Number && l.span.len() == 4)?;
    if !(1000..=2199).contains(&l.number) || bound_to_number(lx, i) {
        return None;
    }
    Some((i16::try_from(l.number).ok()?, i + 1))
}

/// True when the digits are part of a longer number, sum, code or percentage.
fn bound_to_number(lx: &Lexemes<'_>, i: usize) -> bool {
    let number = |k: usize| lx.get(k).is_some_and(|l| l.kind == Kind::Number);
    let left = i > 0
        && lx.glued(i)
        && (lx.one_of(i - 1, &["$", "£", "€", "¥", "#", "+", "@", "_", "="])
            || (lx.one_of(i - 1, &[".", ",", ":"]) && i > 1 && number(i - 2) && lx.glued(i - 1))
            || lx.before(i).is_some_and(|l| l.kind == Kind::Word && l.low != "ad"));
    let right = lx.glued(i + 1)
        && (lx.one_of(i + 1, &["%", "°", "_", "@"])
            || lx.get(i + 1).is_some_and(|l| l.kind == Kind::Word && l.low != "s")
            || (lx.one_of(i + 1, &[".", ",", ":"]) && number(i + 2) && lx.glued(i + 2)));
    left || right || lx.after_any(i, &["$", "£", "€", "no", "nos", "number", "route", "highway", "flight"])
}

/// A year followed by another year or by a two-digit end is no phone number; "555-1234" is.
fn phone(lx: &Lexemes<'_>, i: usize) -> bool {
    let short = |k: usize| lx.get(k).is_some_and(|l| l.kind == Kind::Number && l.span.len() == 3);
    i > 1 && lx.dash(i - 1) && short(i - 2)
}

/// Year, decade or century that starts at `i`.
pub fn year(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    decade(lx, i)
        .or_else(|| century(lx, i))
        .or_else(|| era(lx, i))
        .or_else(|| apostrophe(lx, i))
        .or_else(|| plain(lx, i))
}

fn plain(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    if lx.is(i, "fiscal") {
        let at = lx.skip(i + 1, "year");
        let (y, to) = four_digits(lx, at)?;
        return fixed(i, to, Cal::Year(y), "date/year");
    }
    if i > 0 && lx.is(i - 1, "year") && lx.get(i)?.kind == Kind::Number && lx.get(i)?.span.len() < 4 {
        let y = i16::try_from(lx.get(i)?.number).ok()?;
        return fixed(i, i + 1, Cal::Year(y), "date/year");
    }
    let (y, to) = four_digits(lx, i)?;
    let measure = lx.sense(to, |w| matches!(w, What::Measure).then_some(())).is_some() && !lx.dash(to);
    if measure || phone(lx, i) || lx.one_of(to, &["/", "°"]) {
        return None;
    }
    let known = if (1900..=2050).contains(&y) { true } else { framed(lx, i, to) };
    known.then(|| Match::new(i, to, Form::Fixed(Cal::Year(y)), "date/year"))
}

/// True when the words or signs around an old or far number show a year: "in 1602", "(1775", "Scotland, 1859."
fn framed(lx: &Lexemes<'_>, i: usize, to: usize) -> bool {
    let counted = lx.parse(to).0 == "NNS" && !lx.after_any(i, &["in", "since", "by", "until"]);
    let open = lx.after_any(i, &["(", ",", ";", ".", ":", "[", "—", "–"])
        || lx.before(i).is_none_or(|l| l.kind == Kind::Break);
    let close = lx.one_of(to, &[")", ",", ";", ".", ":", "]", "—", "–"])
        || lx.get(to).is_none_or(|l| l.kind == Kind::Break);
    let year = four_digits(lx, i).map_or(0, |y| y.0);
    let pair = |k: usize, other: usize| {
        lx.dash(k) && four_digits(lx, other).is_some_and(|(y, _)| (1..=150).contains(&(y - year).abs()))
    };
    let lone = lx.after_any(i, BEFORE) && !counted;
    let span = pair(to, to + 1) || (i > 1 && pair(i - 1, i - 2));
    let dash = i > 0 && lx.dash(i - 1) && !lx.glued(i) && lx.is(to, "(");
    lone || dash || (open && close) || (span && !lx.after_any(i, &["only"]))
}

/// "'82".
fn apostrophe(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let open = lx.one_of(i, &["'", "’", "‘"]) && !lx.glued(i);
    let l = lx.get(i + 1).filter(|l| open && l.glued && l.kind == Kind::Number && l.span.len() == 2)?;
    let n = i16::try_from(l.number).ok()?;
    let closed = lx.glued(i + 2) && !lx.one_of(i + 2, &[",", ".", ")", ";", ":", "-", "–"]);
    // "iLife '11": part of a name.
    let framed = lx.after_any(i, BEFORE)
        || lx.after_any(i, &["the", "summer", "winter", "spring", "fall", "autumn", "class"]);
    (!closed && framed).then(|| Match::new(i, i + 2, Form::Fixed(Cal::Year(two_digits(n))), "date/year"))
}

/// Two digits as a year: up to 39 in the 21st century.
pub fn two_digits(n: i16) -> i16 {
    if n < 40 { 2000 + n } else { 1900 + n }
}

/// "1970s", "70s", "'80s", "the nineties", "mid-1600s".
fn decade(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let open = usize::from(lx.one_of(i, &["'", "’", "‘"]) && lx.glued(i + 1));
    let at = i + open;
    let l = lx.get(at)?;
    if lx.after_any(i, &["his", "her", "their", "my", "your", "its"]) {
        return None;
    }
    if l.kind == Kind::Word {
        let tens = lx.sense(at, |w| if let What::Decade(n) = w { Some(*n) } else { None })?.0;
        let known = lx.after_any(i, &["the", "early", "late", "mid", "-", "and"]);
        return known.then(|| {
            Match::new(i, at + 1, Form::Fixed(Cal::Decade(190 + i16::from(tens / 10))), "date/decade")
        });
    }
    let quote = usize::from(lx.one_of(at + 1, &["'", "’"]) && lx.glued(at + 1));
    let s = at + 1 + quote;
    if l.kind != Kind::Number || !lx.is(s, "s") || !lx.glued(s) || l.number % 10 != 0 {
        return None;
    }
    let n = i16::try_from(l.number).ok()?;
    match l.span.len() {
        4 if n % 100 == 0 && (1000..2000).contains(&n) => {
            fixed(i, s + 1, Cal::Century(n / 100), "date/century")
        }
        4 if (1000..2200).contains(&n) => fixed(i, s + 1, Cal::Decade(n / 10), "date/decade"),
        2 if (20..100).contains(&n) && (open == 1 || two_digit_decade(lx, i, s + 1)) => {
            fixed(i, s + 1, Cal::Decade(190 + n / 10), "date/decade")
        }
        _ => None,
    }
}

/// "the 80s" but not "the 80s Fahrenheit".
fn two_digit_decade(lx: &Lexemes<'_>, i: usize, after: usize) -> bool {
    lx.after_any(i, &["the", "early", "late", "-", "and", "mid", "or"])
        && !lx.one_of(after, &["f", "fahrenheit", "degrees", "(", "°"])
}

/// "17th century", "nineteenth-century", "5th century BC".
fn century(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let (n, next) = lx.ordinal(i)?;
    let at = next + usize::from(lx.dash(next));
    if !matches!(lx.unit(at), Some((Unit::Century, 1, _))) || n == 0 || n > 30 {
        return None;
    }
    let n = i16::try_from(n).ok()?;
    match era_after(lx, at + 1) {
        Some((-1, to)) => fixed(i, to, Cal::Century(-n), "date/century"),
        Some((_, to)) => fixed(i, to, Cal::Century(n - 1), "date/century"),
        None => fixed(i, at + 1, Cal::Century(n - 1), "date/century"),
    }
}

/// Era word at `i` ("BC", "B.C.", "AD") as -1 or +1, and the lexeme after it.
fn era_after(lx: &Lexemes<'_>, i: usize) -> Option<(i8, usize)> {
    let capital = lx.get(i)?.capital;
    if let Some((sign, _)) = lx.sense(i, |w| if let What::Era(n) = w { Some(*n) } else { None }) {
        return capital.then_some((sign, i + 1));
    }
    let dotted = lx.is(i + 1, ".") && lx.is(i + 3, ".") && lx.glued(i + 2);
    match (capital && dotted, lx.get(i)?.low.as_str(), lx.get(i + 2)?.low.as_str()) {
        (true, "b", "c") => Some((-1, i + 4)),
        (true, "a", "d") | (true, "c", "e") => Some((1, i + 4)),
        _ => None,
    }
}

/// "AD 842", "300 BC".
fn era(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    if let Some((1, at)) = era_after(lx, i) {
        let l = lx.get(at).filter(|l| l.kind == Kind::Number && l.number < 2200)?;
        return fixed(i, at + 1, Cal::Year(i16::try_from(l.number).ok()?), "date/era");
    }
    let l = lx.get(i).filter(|l| l.kind == Kind::Number && l.number < 10_000)?;
    let (sign, to) = era_after(lx, i + 1)?;
    let n = i16::try_from(l.number).ok()?;
    fixed(i, to, Cal::Year(if sign < 0 { -n } else { n }), "date/era")
}

/// The second end of "1892–94", "May 3–8", "from May 3 to 8".
pub fn short_end(lx: &Lexemes<'_>, i: usize, last: Option<&Match>) -> Option<Match> {
    let last = last.filter(|m| m.to + 1 == i)?;
    let l = lx.get(i).filter(|l| l.kind == Kind::Number && l.span.len() <= 2 && l.number > 0)?;
    let dash = lx.dash(i - 1);
    if !dash && !lx.one_of(i - 1, &["to", "and", "through", "until", "/"]) {
        return None;
    }
    if lx.glued(i + 1) && !lx.one_of(i + 1, &[",", ".", ")", ";"])
        || lx.unit(i + 1).is_some()
        || lx.month(i + 1).is_some()
    {
        return None;
    }
    let n = i16::try_from(l.number).ok()?;
    let day = i8::try_from(n).ok().filter(|n| *n <= 31);
    let form = match &last.form {
        Form::Fixed(Cal::Year(y)) if dash && l.span.len() == 2 && n > y % 100 => {
            Form::Fixed(Cal::Year(y - y % 100 + n))
        }
        Form::Fixed(Cal::Day(d)) if day.is_some_and(|n| n > d.day()) && (dash || lx.is(i - 1, "to")) => {
            Form::Fixed(Cal::Day(d.with().day(day?).build().ok()?))
        }
        Form::Named(Named::MonthDay(m, d)) if day.is_some_and(|n| n > *d) => {
            Form::Named(Named::MonthDay(*m, day?))
        }
        _ => return None,
    };
    Some(Match::new(i, i + 1, form, "date/range-end"))
}
