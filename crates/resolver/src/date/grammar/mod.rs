//! Lexemes to date expressions: at every lexeme each family of rules is tried and the longest match wins.

mod clock;
mod count;
mod explicit;
mod length;
mod period;
mod relative;
mod set;
mod year;

use super::form::{Base, Form, Match, Named};
use super::lex::{Kind, Lexemes};
pub use length::iso;
pub use period::tied;
pub use set::recurring;
use tables::dates::{Phrase, Unit, What};

/// All expressions of a text, left to right, not overlapping.
pub fn find(lx: &Lexemes<'_>) -> Vec<Match> {
    let mut out: Vec<Match> = Vec::new();
    let mut i = 0;
    while i < lx.all.len() {
        if lx.get(i).is_some_and(|l| l.kind == Kind::Break) {
            i += 1;
            continue;
        }
        let found = year::short_end(lx, i, out.last()).or_else(|| at(lx, i));
        match found.filter(|m| m.to > i) {
            Some(found) => {
                i = found.to;
                out.push(found);
            }
            None => i += 1,
        }
    }
    out
}

/// The longest expression that starts at `i`.
fn at(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    if length::age(lx, i) {
        return None;
    }
    let families = [
        clock::dated,
        edged,
        point,
        set::set,
        length::length,
        deictic,
        clock::part_alone,
        in_the_day,
        weekend,
    ];
    families.iter().filter_map(|rule| rule(lx, i)).reduce(longer)
}

/// "ended the day", "for the day", "later in the day".
fn in_the_day(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let framed = lx.after_any(
        i,
        &[
            "for", "in", "end", "ended", "ending", "ends", "finished", "finish", "closed", "close",
            "closing", "began", "start", "started",
        ],
    );
    let found = relative::bare(lx, i).filter(|_| framed && lx.is(i + 1, "day"))?;
    let complement = lx.one_of(i + 2, &["of", "when", "that", "after", "before", "or"])
        || lx.parse(i + 2).0.starts_with("NN");
    (!complement).then_some(found)
}

/// "over the weekend", "at the weekend": the nearest one on the side of the tense.
fn weekend(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let framed = lx.after_any(i, &["at", "over", "on", "during", "through", "throughout"]);
    let plain = lx.is(i, "the") && lx.is(i + 1, "weekend") && !lx.one_of(i + 2, &["of", "before", "after"]);
    (framed && plain).then(|| Match::new(i, i + 2, Form::Step(Unit::Weekend, 0, Base::Now), "date/weekend"))
}

/// A point on the calendar: explicit, relative, period or holiday, with a part of the day when one follows.
fn point(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let rules = [explicit::explicit, relative::relative, period::period, year::year, holiday, deictic_day];
    let found = rules.iter().filter_map(|rule| rule(lx, i)).reduce(longer)?;
    Some(clock::with_part(lx, found))
}

/// The longer of two matches, the first one when equal.
fn longer(a: Match, b: Match) -> Match {
    if b.to > a.to { b } else { a }
}

/// "early", "late", "mid-", "the beginning of", "earlier" before a point.
fn edged(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let start = lx.skip(i, "the");
    let (edge, row) = lx.sense(start, |w| match w {
        What::Edge(edge) => Some(edge.clone()),
        What::Compare(n) => Some(if *n < 0 { "START" } else { "END" }.to_owned()),
        _ => None,
    })?;
    let compare = lx.one_of(start, &["earlier", "later"]);
    let noun = lx.is(start + 1, "of");
    // "end-June": the dash stands for "of".
    let dashed = lx.is(start, "end") && lx.dash(start + 1) && lx.glued(start + 1);
    if !dashed
        && noun
            != lx.one_of(
                start,
                &[
                    "beginning",
                    "start",
                    "end",
                    "middle",
                    "close",
                    "onset",
                    "outset",
                    "dawn",
                    "turn",
                    "midpoint",
                    "latter",
                ],
            )
    {
        return None;
    }
    let at = start + 1 + usize::from(noun || lx.dash(start + 1));
    let at = if lx.one_of(start, &["early", "late"]) { lx.skip(at, "on") } else { at };
    let inner = point(lx, at).or_else(|| noun.then(|| relative::bare(lx, at)).flatten())?;
    if compare && !relative::is_deictic(&inner.form) {
        return None;
    }
    // "the early 1980s": the article belongs to the noun, as before a plain "1980s".
    let keep_the = noun || !matches!(inner.form, Form::Fixed(_));
    let from = if keep_the && start > i { i } else { start };
    if start > i && !keep_the {
        return None;
    }
    let out = Match { from, modifier: Some(edge), row: Some(row.to_owned()), rule: "date/edge", ..inner };
    Some(out)
}

/// Words of a fixed phrase at `i`.
fn phrase<'t>(
    lx: &Lexemes<'t>,
    i: usize,
    list: &'t hashbrown::HashMap<String, Vec<Phrase>>,
) -> Option<&'t Phrase> {
    let first = lx.get(i).filter(|l| l.kind == Kind::Word)?;
    let fits = |p: &&Phrase| {
        p.words.iter().enumerate().all(|(k, w)| lx.is(i + k, w) || (w == "'" && lx.is(i + k, "’")))
    };
    list.get(first.low.as_str())?.iter().find(fits)
}

/// "today", "now", "recently".
fn deictic(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let phrase = phrase(lx, i, &lx.tables.deictic)?;
    let to = i + phrase.words.len();
    // "the past decade", "the present rules", "now-cancelled": not the phrase alone.
    let open = phrase.words.last().is_some_and(|w| matches!(w.as_str(), "past" | "present" | "future"));
    let tag = lx.parse(to).0;
    if open && (tag.starts_with("NN") || tag.starts_with("JJ") || tag == "CD" || lx.unit(to).is_some())
        || lx.dash(to) && lx.glued(to)
    {
        return None;
    }
    let mut out = match deictic_day(lx, i) {
        Some(found) => found,
        None => Match::new(i, to, Form::Reference(phrase.value.clone()), "date/reference"),
    };
    out.row = Some(phrase.row.clone());
    Some(out)
}

/// "today", "yesterday", "tonight": a day counted from the publication date.
fn deictic_day(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    use super::form::{Base, Daytime};
    use tables::dates::Unit;
    let phrase = phrase(lx, i, &lx.tables.deictic)?;
    let rest = phrase.value.strip_prefix('D')?;
    let (shift, part) = rest.split_once('T').unwrap_or((rest, ""));
    let day = Form::Step(Unit::Day, shift.parse().ok()?, Base::Now);
    let form =
        if part.is_empty() { day } else { Form::At(Some(Box::new(day)), Daytime::Part(part.to_owned())) };
    let mut out = Match::new(i, i + phrase.words.len(), form, "date/deictic");
    out.row = Some(phrase.row.clone());
    Some(out)
}

/// "Christmas", "Labor Day 2010".
fn holiday(lx: &Lexemes<'_>, i: usize) -> Option<Match> {
    let phrase = phrase(lx, i, &lx.tables.holidays)?;
    if !lx.get(i)?.capital {
        return None;
    }
    let to = i + phrase.words.len();
    let named = Named::Holiday(phrase.value.clone());
    let mut out = period::with_year(lx, i, to, named, "date/holiday");
    out.row = Some(phrase.row.clone());
    Some(out)
}
