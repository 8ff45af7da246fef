//! What a date expression says before it is tied to a calendar: the output of the grammar.

use super::calendar::Cal;
use tables::dates::{Season, Unit};

/// Where a relative expression starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The publication date.
    Now,
    /// The last date told in the text, else the publication date.
    Told,
}

/// A recurring name on the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// Month 1 to 12.
    Month(i8),
    /// Month and day.
    MonthDay(i8, i8),
    /// Monday = 1.
    Weekday(i8),
    /// Season.
    Season(Season),
    /// Quarter 1 to 4.
    Quarter(i8),
    /// Half 1 or 2.
    Half(i8),
    /// Rule of a holiday.
    Holiday(String),
}

/// A count of units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// Known; halves are allowed.
    Exact(f64),
    /// "several", "for years".
    Vague,
}

/// Part of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Daytime {
    /// `MO`, `AF`, `EV`, `NI`, `MI`, `DT`.
    Part(String),
    /// Hour, minute and second, UTC when told so.
    Clock {
        /// `HH`, `HH:MM` or `HH:MM:SS`.
        text: String,
        /// True for "UTC", "GMT".
        utc: bool,
    },
}

/// An expression not yet tied to the publication date.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Complete in itself.
    Fixed(Cal),
    /// A name without a year.
    Named(Named),
    /// A name with the year told by another expression ("October of next year").
    InYear(Named, Box<Form>),
    /// "last week", "next month", "this year", "the following day".
    Step(Unit, i32, Base),
    /// "last June", "next Monday", "this summer".
    StepNamed(Named, i32, Base),
    /// "two weeks ago", "three years later".
    Offset(Amount, Unit, i32, Base),
    /// The n-th unit of a longer one, -1 = last ("the first week of March").
    Nth(i32, Unit, Box<Form>),
    /// A length, with the side of the publication date on which it lies: -1 past, +1 future, 0 unknown.
    Length(Amount, Unit, i32),
    /// A length told in two units ("two years and a month").
    LongLength(String),
    /// `P1D` or `XXXX-WXX-1`, repeated.
    Repeated(String),
    /// `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
    Reference(String),
    /// A time of day, of a day told or not.
    At(Option<Box<Form>>, Daytime),
}

/// A match of the grammar.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// First lexeme.
    pub from: usize,
    /// First lexeme after it.
    pub to: usize,
    /// What it says.
    pub form: Form,
    /// TIMEX3 mod.
    pub modifier: Option<String>,
    /// Name of the rule.
    pub rule: &'static str,
    /// Table row of the word that decided, if one did.
    pub row: Option<String>,
}

impl Match {
    /// A match without modifier and row.
    pub fn new(from: usize, to: usize, form: Form, rule: &'static str) -> Self {
        Match { from, to, form, modifier: None, rule, row: None }
    }

    /// The same with a TIMEX3 mod.
    pub fn modified(mut self, modifier: &str) -> Self {
        self.modifier = Some(modifier.to_owned());
        self
    }
}
