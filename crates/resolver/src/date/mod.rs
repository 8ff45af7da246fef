//! When: date and time expressions to calendar values.
//!
//! Text is cut into lexemes ([`lex`]), the grammar ([`grammar`]) finds expressions, [`anchor`] ties them to the
//! publication date with the tense of their verb ([`tense`]) and the dates told before. Values follow TIMEX3
//! (ISO-TimeML 1.2.1).

mod anchor;
mod calendar;
mod form;
mod grammar;
mod lex;
mod tense;

use anchor::{Context, Value, remember};
use calendar::Cal;
use form::{Base, Form, Match, Named};
use jiff::civil::Date;
use lex::{Kind, Lexemes};
use record::{ByteSpan, DateMention, Reason, Syntax};
use tables::dates::Unit;
use tables::tsv::TableError;

/// Resolves date mentions.
pub struct DateResolver {
    tables: tables::dates::Dates,
}

impl DateResolver {
    /// Loads the embedded date tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(DateResolver { tables: tables::dates::Dates::embedded()? })
    }

    /// Finds and resolves all date mentions of a page against its publication date. Ranges ("from May 3 to 8") come
    /// as a mention of kind `RANGE` over both ends, followed by its two ends.
    pub fn resolve(&self, syntax: &Syntax<'_>) -> Vec<DateMention> {
        let lx = self.lexemes(syntax);
        let found = grammar::find(&lx);
        let mut context = context(syntax, &lx, &found);
        let mut out: Vec<DateMention> = Vec::with_capacity(found.len());
        for one in &found {
            let token =
                (one.from..one.to).filter_map(|i| lx.get(i)).map(|l| l.token).find(|t| *t < syntax.len());
            let tense = token.map_or(tense::Tense::None, |t| tense::tense(syntax, t));
            let value = context.value(one, tense);
            remember(&mut context, &value);
            out.push(mention(syntax, &lx, one, value));
        }
        ranges(syntax, &lx, &found, out)
    }

    fn lexemes<'t>(&'t self, syntax: &Syntax<'_>) -> Lexemes<'t> {
        let mut lx = Lexemes::new(&self.tables);
        let country = syntax.page.meta.publisher_country.as_ref().map(|c| c.value.as_str());
        lx.day_first = country.is_some_and(|c| !matches!(c, "USA" | "PHL" | "FSM" | "PLW" | "MHL"));
        let mut block: Option<(u32, ByteSpan)> = None;
        for sentence in &syntax.doc.sentences {
            match &mut block {
                Some((number, span)) if *number == sentence.block => *span = span.join(sentence.span),
                _ => {
                    if let Some((_, span)) = block {
                        lx.add(&syntax.page.text, span);
                    }
                    block = Some((sentence.block, sentence.span));
                }
            }
        }
        if let Some((_, span)) = block {
            lx.add(&syntax.page.text, span);
        }
        lx.tie(syntax);
        lx
    }
}

/// Publication day and the kind of text: a history told by years, a description, or news.
fn context(syntax: &Syntax<'_>, lx: &Lexemes<'_>, found: &[Match]) -> Context {
    let published = syntax.page.published_day().and_then(|d| d.parse::<Date>().ok());
    let fixed =
        || found.iter().filter_map(|m| if let Form::Fixed(cal) = &m.form { Some(*cal) } else { None });
    let explicit = fixed().count();
    let away = |cal: &Cal| published.zip(cal.year()).is_none_or(|(p, y)| (y - p.year()).abs() > 1);
    let far = fixed().filter(away).count();
    // A full date of the days around publication: the text reports, whatever else it tells.
    let fresh = published.is_some_and(|p| {
        fixed().any(|c| matches!(c, Cal::Day(d) if p.until(d).is_ok_and(|s| s.get_days().abs() <= 14)))
    });
    let deictic = found.iter().filter(|m| is_deictic(&m.form)).count();
    let weekdays = found.iter().filter(|m| matches!(m.form, Form::Named(Named::Weekday(_)))).count();
    let tag = |wanted: &[&str]| lx.all.iter().filter(|l| wanted.contains(&l.tag.as_str())).count();
    let (past, present) = (tag(&["VBD"]), tag(&["VBZ", "VBP", "MD"]));
    Context {
        published,
        narrative: !fresh && explicit >= 5 && far * 2 > explicit && (deictic + weekdays) * 8 <= explicit,
        descriptive: !fresh && deictic == 0 && present >= 20 && present > past + past / 2,
        told: None,
    }
}

/// True for forms that only the publication date can tie ("yesterday", "last week", "two days ago").
fn is_deictic(form: &Form) -> bool {
    match form {
        Form::Step(Unit::Day, 0, Base::Now) => false,
        Form::Step(_, _, Base::Now) | Form::StepNamed(_, _, Base::Now) => true,
        Form::Offset(_, unit, _, Base::Now) => {
            !matches!(unit, Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium)
        }
        Form::At(Some(day), _) => is_deictic(day),
        _ => false,
    }
}

fn span_of(lx: &Lexemes<'_>, from: usize, to: usize) -> ByteSpan {
    match (lx.get(from), to.checked_sub(1).and_then(|last| lx.get(last))) {
        (Some(first), Some(last)) => first.span.join(last.span),
        _ => ByteSpan::default(),
    }
}

fn mention(syntax: &Syntax<'_>, lx: &Lexemes<'_>, one: &Match, value: Value) -> DateMention {
    let span = span_of(lx, one.from, one.to);
    let mut why = Reason::rule(one.rule).with_note(value.how);
    if let Some(row) = &one.row {
        why = why.with_row(row.as_str());
    }
    DateMention {
        span,
        tokens: syntax.doc.tokens_in(span),
        kind: value.kind.into(),
        value: value.text,
        modifier: one.modifier.as_deref().map(Into::into),
        start: value.days.map(|d| d.0.to_string()),
        end: value.days.map(|d| d.1.to_string()),
        precision: value.precision.into(),
        why,
    }
}

/// Puts a `RANGE` before every two mentions that are the ends of one ("from X to Y", "between X and Y", "X–Y").
fn ranges(
    syntax: &Syntax<'_>,
    lx: &Lexemes<'_>,
    found: &[Match],
    points: Vec<DateMention>,
) -> Vec<DateMention> {
    let mut out: Vec<DateMention> = Vec::with_capacity(points.len());
    for (k, point) in points.iter().enumerate() {
        if let (Some(next), Some((a, b))) = (points.get(k + 1), found.get(k).zip(found.get(k + 1)))
            && point.kind == "DATE"
            && next.kind == "DATE"
            && joined(lx, a, b)
        {
            out.extend(range(syntax, point, next));
        }
        out.push(point.clone());
    }
    out
}

fn joined(lx: &Lexemes<'_>, a: &Match, b: &Match) -> bool {
    let before = |words: &[&str]| lx.after_any(a.from, words);
    let dash = lx.dash(a.to) && b.from == a.to + 1;
    let to = lx.one_of(a.to, &["to", "until", "till", "through"]) && b.from <= a.to + 2;
    let and = lx.is(a.to, "and") && b.from == a.to + 1 && before(&["between"]);
    let broken = (a.to..b.from).any(|i| lx.get(i).is_none_or(|l| l.kind == Kind::Break));
    !broken
        && (dash
            || and
            || (to
                && (before(&["from"])
                    || !lx.is(a.to, "to")
                    || b.rule == "date/range-end"
                    || a.rule == "date/range-start")))
}

fn range(syntax: &Syntax<'_>, a: &DateMention, b: &DateMention) -> Option<DateMention> {
    let (start, end) = (a.start.clone()?, b.end.clone()?);
    let span = a.span.join(b.span);
    (start <= end).then(|| DateMention {
        span,
        tokens: syntax.doc.tokens_in(span),
        kind: "RANGE".into(),
        value: format!("{}/{}", a.value, b.value),
        modifier: None,
        start: Some(start),
        end: Some(end),
        precision: a.precision.clone(),
        why: Reason::rule("date/range"),
    })
}
