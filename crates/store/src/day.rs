//! ISO days to numbers that can be compared and counted with, and back.

use jiff::civil::Date;
use std::collections::HashMap;

/// Days from 1970-01-01 to the day that begins `iso`; `None` unless it begins with a whole day.
pub fn number(iso: &str) -> Option<i64> {
    let day: Date = iso.get(..10)?.parse().ok()?;
    Some(i64::from(day.since(epoch()).ok()?.get_days()))
}

/// The day that lies `days` after 1970-01-01.
pub fn iso(days: i64) -> String {
    let span = jiff::Span::new().try_days(days);
    span.and_then(|s| epoch().checked_add(s)).map_or_else(|_| String::new(), |d| d.to_string())
}

/// This moment to the second, ISO, in universal time.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

/// Day, Monday of the week, first of the month, or first of the year, as a label and its first day.
pub fn period(day: i64, by: Period) -> i64 {
    let first = |f: fn(Date) -> Date| {
        let date: Option<Date> = iso(day).parse().ok();
        date.map(f).and_then(|d| number(&d.to_string())).unwrap_or(day)
    };
    match by {
        Period::Day => day,
        // 1970-01-01 was a Thursday.
        Period::Week => day - (day + 3).rem_euclid(7),
        Period::Month => first(|d| d.first_of_month()),
        Period::Year => first(|d| d.first_of_year()),
    }
}

/// Periods of days, each day looked up once.
pub(crate) struct Periods {
    by: Period,
    known: HashMap<i64, i64>,
}

impl Periods {
    pub fn new(by: Period) -> Periods {
        Periods { by, known: HashMap::new() }
    }

    /// First day of the period of `day`.
    pub fn of(&mut self, day: i64) -> i64 {
        *self.known.entry(day).or_insert_with(|| period(day, self.by))
    }
}

/// How long the steps of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Days.
    #[default]
    Day,
    /// Weeks from Monday.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

impl Period {
    /// The word used in options and links.
    pub fn as_str(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Year => "year",
        }
    }
}

impl std::str::FromStr for Period {
    type Err = String;
    fn from_str(s: &str) -> Result<Period, String> {
        match s {
            "day" => Ok(Period::Day),
            "week" => Ok(Period::Week),
            "month" => Ok(Period::Month),
            "year" => Ok(Period::Year),
            other => Err(format!("{other:?} is none of day, week, month, year")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_days_both_ways() {
        for day in ["1969-12-31", "1970-01-01", "2024-02-29", "2025-07-12"] {
            assert_eq!(iso(number(day).unwrap()), day);
        }
        assert_eq!(number("2025-07-12T16:14"), number("2025-07-12"));
        assert_eq!((number("2025-07"), number("2025-13-01"), number("é")), (None, None, None));
        let saturday = number("2025-07-12").unwrap();
        assert_eq!(iso(period(saturday, Period::Week)), "2025-07-07");
        assert_eq!(iso(period(saturday, Period::Month)), "2025-07-01");
        assert_eq!(iso(period(-4, Period::Week)), "1969-12-22");
    }
}
