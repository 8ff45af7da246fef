//! Forms to values: ties what the grammar found to the publication date, the tense and the dates told before.

use super::calendar::{Cal, offset, weekday};
use super::form::{Amount, Base, Daytime, Form, Match, Named};
use super::grammar::{iso, recurring, tied};
use super::tense::Tense;
use jiff::civil::Date;
use tables::dates::Unit;

/// What the rest of the page says about time.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Publication day.
    pub published: Option<Date>,
    /// True when the text tells a history by years, not the news of the day.
    pub narrative: bool,
    /// True when the text describes what is always so (guide, encyclopedia).
    pub descriptive: bool,
    /// Last point told.
    pub told: Option<Cal>,
}

/// A value on the TIMEX3 scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// TIMEX3 type.
    pub kind: &'static str,
    /// TIMEX3 value.
    pub text: String,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// Unit.
    pub precision: &'static str,
    /// The calendar unit, when it can serve as the told date of what follows.
    pub cal: Option<Cal>,
    /// Which rule tied it.
    pub how: &'static str,
}

impl Value {
    fn cal(cal: Cal, how: &'static str) -> Value {
        Value {
            kind: "DATE",
            text: cal.value(),
            days: cal.days(),
            precision: cal.precision(),
            cal: Some(cal),
            how,
        }
    }

    fn loose(kind: &'static str, text: String, precision: &'static str, how: &'static str) -> Value {
        Value { kind, text, days: None, precision, cal: None, how }
    }
}

impl Context {
    /// Value of a match whose governing verb has `tense`.
    pub fn value(&self, found: &Match, tense: Tense) -> Value {
        self.form(&found.form, tense)
    }

    fn form(&self, form: &Form, tense: Tense) -> Value {
        match form {
            Form::Reference(text) => Value::loose("DATE", text.clone(), "vague", "reference"),
            Form::Repeated(text) => Value::loose("SET", text.clone(), "set", "set"),
            Form::Step(Unit::Day, 0, Base::Now)
                if self.narrative || (self.descriptive && tense == Tense::Present) =>
            {
                Value::loose("DATE", "PRESENT_REF".into(), "vague", "today, not of the news")
            }
            Form::LongLength(text) => Value::loose("DURATION", text.clone(), "duration", "length"),
            Form::Length(count, unit, side) => self.length(*count, *unit, *side),
            Form::At(day, time) => self.at(day.as_deref(), time, tense),
            Form::Offset(Amount::Vague, _, side, _) => {
                let text = if *side < 0 { "PAST_REF" } else { "FUTURE_REF" };
                Value::loose("DATE", text.into(), "vague", "offset")
            }
            other => match self.point(other, tense) {
                Some((cal, how)) => Value::cal(cal, how),
                None => Value::loose("DATE", open(other), "unknown", "no anchor"),
            },
        }
    }

    /// The day that relative expressions start from.
    fn base(&self, base: Base) -> Option<Cal> {
        let now = self.published.map(Cal::Day);
        match base {
            Base::Now => now,
            Base::Told => self.told.or(now),
        }
    }

    /// The day that a time without a day belongs to.
    fn day_of_text(&self) -> Option<Cal> {
        if self.descriptive {
            return None;
        }
        self.told.filter(|c| matches!(c, Cal::Day(_))).or(self.published.map(Cal::Day))
    }

    fn point(&self, form: &Form, tense: Tense) -> Option<(Cal, &'static str)> {
        Some(match form {
            Form::Fixed(cal) => (*cal, "explicit"),
            Form::Named(named) => return self.named(named, tense),
            Form::InYear(named, year) => (tied(named, self.point(year, tense)?.0.year()?)?, "in year"),
            // "over the weekend" in the past tense is one that has begun.
            Form::Step(Unit::Weekend, 0, Base::Now) if tense == Tense::Past => {
                let near = self.step(Unit::Weekend, 0, Base::Now)?;
                let ahead = near.days().map(|d| d.0) > self.published;
                (if ahead { near.step(-1)? } else { near }, "weekend by tense")
            }
            Form::Step(unit, n, base) => (self.step(*unit, *n, *base)?, "step"),
            Form::StepNamed(named, n, base) => (self.step_named(named, *n, *base, tense)?, "step"),
            Form::Offset(Amount::Exact(n), unit, side, base) => {
                let (unit, n) = whole(*unit, *n);
                (offset(self.base(*base)?, unit, side * n)?, "offset")
            }
            Form::Nth(n, unit, of) => (self.nth(*n, *unit, of, tense)?, "nth"),
            _ => return None,
        })
    }

    fn step(&self, unit: Unit, n: i32, base: Base) -> Option<Cal> {
        let from = self.base(if n == 0 && base == Base::Now { Base::Now } else { base })?;
        // "that year" after "July 2010" is the year around it; "the same day" needs a day.
        let day = from.days()?.0;
        let fine = !matches!(unit, Unit::Day) || matches!(from, Cal::Day(_));
        if !fine && n == 0 {
            return self.published.filter(|_| !self.narrative).map(Cal::Day);
        }
        Cal::around(unit, day)?.step(n)
    }

    /// "last June", "next Monday", "this summer".
    fn step_named(&self, named: &Named, n: i32, base: Base, tense: Tense) -> Option<Cal> {
        let from = self.base(base)?.days()?.0;
        if let Named::Weekday(number) = named {
            let near = match n {
                0 if tense == Tense::Past => weekday(from, *number, true)?,
                0 => weekday(from, *number, false)?,
                n => weekday(from.checked_add(jiff::Span::new().days(n.signum())).ok()?, *number, n < 0)?,
            };
            return Some(Cal::Day(near));
        }
        let this = tied(named, from.year())?;
        let (first, last) = this.days()?;
        let year = match n {
            0 => from.year(),
            n if n < 0 && last < from => from.year(),
            n if n > 0 && first > from => from.year(),
            n => from.year() + i16::try_from(n.signum()).ok()?,
        };
        // "this winter" in January began the year before.
        let year =
            if n == 0 && matches!(named, Named::Season(tables::dates::Season::Winter)) && from.month() <= 2 {
                year - 1
            } else {
                year
            };
        tied(named, year)
    }

    /// A name without a year: nearest on the side that the tense points to.
    fn named(&self, named: &Named, tense: Tense) -> Option<(Cal, &'static str)> {
        let yearly = !matches!(named, Named::Weekday(_));
        if self.descriptive && matches!(tense, Tense::Present | Tense::None) {
            return None;
        }
        if yearly
            && self.narrative
            && let Some(year) = self.told.and_then(Cal::year)
        {
            return Some((tied(named, year)?, "told year"));
        }
        let now = self.published?;
        if let Named::Weekday(number) = named {
            let back = matches!(tense, Tense::Past | Tense::None);
            let near = if tense == Tense::Present {
                nearest(weekday(now, *number, true)?, weekday(now, *number, false)?, now)
            } else {
                weekday(now, *number, back)?
            };
            return Some((Cal::Day(near), "weekday by tense"));
        }
        let mut best: Option<Cal> = None;
        for shift in [-1, 0, 1] {
            let Some(cal) = tied(named, now.year() + shift) else { continue };
            let (first, last) = cal.days()?;
            let fits = match tense {
                Tense::Past => first <= now,
                Tense::Future => last >= now,
                _ => true,
            };
            if fits
                && best
                    .and_then(|b| distance(b, now))
                    .is_none_or(|b| distance(cal, now).is_some_and(|d| d < b))
            {
                best = Some(cal);
            }
        }
        Some((best?, "year by tense"))
    }

    fn nth(&self, n: i32, unit: Unit, of: &Form, tense: Tense) -> Option<Cal> {
        let outer = self.point(of, tense)?.0;
        let (first, last) = outer.days()?;
        match n {
            // "the same period last year": the told unit, years back.
            0 if unit == Unit::Year => {
                let told = self.told.or(self.published.map(Cal::Day))?;
                let shift = i32::from(outer.year()?) - i32::from(told.year()?);
                years_on(told, shift)
            }
            0 => Cal::around(unit, first),
            // The last week of a month is the last one with most of its days inside.
            n if n < 0 => {
                let week = Cal::around(unit, last)?;
                let cut =
                    unit == Unit::Week && week.days()?.0.checked_add(jiff::Span::new().days(3)).ok()? > last;
                week.step(n + 1 - i32::from(cut))
            }
            n => Cal::around(unit, first)?.step(n - 1),
        }
    }

    fn length(&self, count: Amount, unit: Unit, side: i32) -> Value {
        let mut out = Value::loose("DURATION", iso(count, unit), "duration", "length");
        if let (Amount::Exact(n), Some(now), true) = (count, self.published, side != 0) {
            let (unit, n) = whole(unit, n);
            if let Some((far, _)) = offset(Cal::Day(now), unit, side * n).and_then(|c| match unit {
                Unit::Day | Unit::Week | Unit::Hour | Unit::Night => c.days(),
                _ => years_or_months(now, unit, side * n).map(|d| (d, d)),
            }) {
                out.days = Some(if side < 0 { (far, now) } else { (now, far) });
            }
        }
        out
    }

    fn at(&self, day: Option<&Form>, time: &Daytime, tense: Tense) -> Value {
        let point = match day {
            Some(form) => self.point(form, tense),
            None => None,
        };
        let date = match (&point, day) {
            (Some((cal, _)), _) => cal.value(),
            (None, Some(form)) => open(form),
            (None, None) => self.day_of_text().map_or("XXXX-XX-XX".into(), Cal::value),
        };
        let text = match time {
            Daytime::Part(code) => format!("{date}T{code}"),
            Daytime::Clock { text, utc } => format!("{date}T{text}{}", if *utc { "Z" } else { "" }),
        };
        let how = if day.is_some() { "time of a day" } else { "time of the publication day" };
        let days = point
            .and_then(|p| p.0.days())
            .or(self.day_of_text().filter(|_| day.is_none()).and_then(Cal::days));
        Value { kind: "TIME", text, days, precision: "time", cal: point.map(|p| p.0), how }
    }
}

fn distance(cal: Cal, now: Date) -> Option<i32> {
    let (first, last) = cal.days()?;
    let days = |a: Date, b: Date| a.until(b).map(|s| s.get_days()).unwrap_or(i32::MAX);
    Some(if now < first { days(now, first) } else { days(last, now).max(0) })
}

fn nearest(back: Date, ahead: Date, now: Date) -> Date {
    let days = |a: Date, b: Date| a.until(b).map(|s| s.get_days()).unwrap_or(i32::MAX);
    if days(now, ahead) < days(back, now) { ahead } else { back }
}

/// Unit and whole number of a count with halves ("a year and a half" = 18 months).
fn whole(unit: Unit, n: f64) -> (Unit, i32) {
    if n.fract() == 0.0 {
        return (unit, n.clamp(-1e6, 1e6) as i32);
    }
    let (unit, by) = match unit {
        Unit::Year => (Unit::Month, 12.0),
        Unit::Decade => (Unit::Year, 10.0),
        Unit::Century => (Unit::Year, 100.0),
        Unit::Month => (Unit::Week, 4.0),
        Unit::Week => (Unit::Day, 7.0),
        Unit::Day => (Unit::Hour, 24.0),
        other => (other, 1.0),
    };
    (unit, (n * by).round().clamp(-1e6, 1e6) as i32)
}

fn years_or_months(now: Date, unit: Unit, n: i32) -> Option<Date> {
    let span = match unit {
        Unit::Month => jiff::Span::new().try_months(n),
        Unit::Quarter => jiff::Span::new().try_months(n.checked_mul(3)?),
        Unit::Decade => jiff::Span::new().try_years(n.checked_mul(10)?),
        Unit::Century => jiff::Span::new().try_years(n.checked_mul(100)?),
        Unit::Millennium => jiff::Span::new().try_years(n.checked_mul(1000)?),
        Unit::Weekend => jiff::Span::new().try_weeks(n),
        _ => jiff::Span::new().try_years(n),
    };
    now.checked_add(span.ok()?).ok()
}

fn years_on(cal: Cal, n: i32) -> Option<Cal> {
    let shift = i16::try_from(n).ok()?;
    Some(match cal {
        Cal::Day(d) => Cal::Day(d.checked_add(jiff::Span::new().try_years(n).ok()?).ok()?),
        Cal::Month(y, m) => Cal::Month(y.checked_add(shift)?, m),
        Cal::Quarter(y, q) => Cal::Quarter(y.checked_add(shift)?, q),
        Cal::Half(y, h) => Cal::Half(y.checked_add(shift)?, h),
        Cal::Season(y, s) => Cal::Season(y.checked_add(shift)?, s),
        other => Cal::Year(other.year()?.checked_add(shift)?),
    })
}

/// Value of a form that nothing ties to the calendar.
fn open(form: &Form) -> String {
    match form {
        Form::Named(named) | Form::StepNamed(named, ..) | Form::InYear(named, _) => {
            recurring(named).unwrap_or_else(|| "XXXX-XX-XX".into())
        }
        Form::Step(unit, ..) | Form::Offset(_, unit, ..) | Form::Nth(_, unit, _) => match unit {
            Unit::Year | Unit::Season => "XXXX",
            Unit::Decade => "XXX",
            Unit::Century | Unit::Millennium => "XX",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            Unit::Week => "XXXX-WXX",
            Unit::Weekend => "XXXX-WXX-WE",
            _ => "XXXX-XX-XX",
        }
        .to_owned(),
        _ => "XXXX-XX-XX".to_owned(),
    }
}

/// Keeps the told point of `value` for what follows.
pub fn remember(context: &mut Context, value: &Value) {
    if value.cal.is_some() {
        context.told = value.cal;
    }
}
