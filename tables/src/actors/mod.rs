//! `tables/actors/*.tsv` to typed rows, one loader a table; dates of these tables to comparable days.

pub mod common_words;
pub mod countries;
pub mod descriptions;
pub mod genders;
pub mod groups;
pub mod markers;
pub mod metonyms;
pub mod organisations;
pub mod parties;
pub mod people;
pub mod peoples;
pub mod place_use;
pub mod relations;
pub mod roles;
pub mod titles;

/// Last day that the tables of offices, parties and groups describe. Source: their README section.
pub const AS_OF: &str = "2026-03-31";

/// True for codes that are no country's: bodies of states, other bodies, armed movements, companies of several states.
pub fn is_body(code: &str) -> bool {
    matches!(code, "UNO" | "EUR" | "IGO" | "NGO" | "IMG" | "ISM" | "MNC")
}

/// A day, month or year of a table as `yyyymmdd`; month and day are 0 where the table is silent. 0: no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub u32);

impl Day {
    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or nothing; what follows the day (a time) is left aside.
    ///
    /// # Errors
    /// Any other text.
    pub fn parse(text: &str) -> Result<Day, String> {
        if text.is_empty() {
            return Ok(Day(0));
        }
        let bad = || format!("{text:?} is no date");
        let mut parts = text.get(..10).unwrap_or(text).split('-');
        let mut next = |digits: usize, top: u32| -> Result<u32, String> {
            let Some(part) = parts.next() else { return Ok(0) };
            let number = part.parse().ok().filter(|&n| n > 0 && n <= top && part.len() == digits);
            number.ok_or_else(bad)
        };
        Ok(Day(next(4, 2999)? * 10_000 + next(2, 12)? * 100 + next(2, 31)?))
    }

    /// True when there is no date.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The last day that the date may mean: 2015 may last until the end of 2015.
    pub fn latest(self) -> u32 {
        let fuzzy = if self.0.is_multiple_of(10_000) {
            9_999
        } else if self.0.is_multiple_of(100) {
            99
        } else {
            0
        };
        self.0 + fuzzy
    }

    /// The day after, by the calendar; a vague date stays as it is.
    pub fn next(self) -> Day {
        let part = |by: u32, top: u32| i16::try_from(self.0 / by % top).unwrap_or(0);
        let (month, day) = (part(100, 100) as i8, part(1, 100) as i8);
        match jiff::civil::Date::new(part(10_000, 10_000), month, day).and_then(jiff::civil::Date::tomorrow) {
            Ok(d) => Day(u32::from(d.year().unsigned_abs()) * 10_000
                + u32::from(d.month().unsigned_abs()) * 100
                + u32::from(d.day().unsigned_abs())),
            Err(_) => self,
        }
    }

    /// True when `self` lies in `[from, to)`; a blank end is open, a vague end counts in full.
    pub fn within(self, from: Day, to: Day) -> bool {
        from <= self && (to.is_none() || self.0 < to.latest().max(to.0))
    }
}

fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split('|').map(str::trim).filter(|s| !s.is_empty()).collect()
}

/// `from/to,from/to` to pairs of days.
fn spells(cell: &str) -> Result<Vec<(Day, Day)>, String> {
    cell.split(',')
        .filter(|s| !s.is_empty())
        .map(|s| {
            let (from, to) = s.split_once('/').ok_or_else(|| format!("{s:?} is no spell"))?;
            Ok((Day::parse(from)?, Day::parse(to)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_calendar() {
        let next = |s| Day::parse(s).unwrap().next();
        let day = |s| Day::parse(s).unwrap();
        assert_eq!(next("2024-02-28"), day("2024-02-29"));
        assert_eq!(next("2023-02-28"), day("2023-03-01"));
        assert_eq!(next("2023-12-31"), day("2024-01-01"));
        assert_eq!(next("2023-05-09"), day("2023-05-10"));
        assert_eq!(next("2023-05"), day("2023-05"));
    }

    #[test]
    fn vague_ends_count_in_full() {
        let day = |s| Day::parse(s).unwrap();
        assert!(day("2015-06-01").within(day("2014"), day("2015")));
        assert!(!day("2016-01-01").within(day("2014"), day("2015")));
        assert!(!day("2015-06-01").within(day("2014"), day("2015-06-01")));
        assert!(day("2015-06-01").within(day(""), day("")));
        assert_eq!(day("2015-06-01T10:00"), day("2015-06-01"));
        assert!(Day::parse("2015-13").is_err() && Day::parse("May").is_err());
    }
}
