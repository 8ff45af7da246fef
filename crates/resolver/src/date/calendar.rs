//! Turns calendar units into TIMEX3 values, first and last days, and neighbouring units.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use tables::dates::{Season, Unit};

/// One unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cal {
    /// One day.
    Day(Date),
    /// The weekend that starts on this Saturday.
    Weekend(Date),
    /// The ISO week that starts on this Monday.
    Week(Date),
    /// Year and month.
    Month(i16, i8),
    /// Year and quarter, 1 to 4.
    Quarter(i16, i8),
    /// Year and half, 1 or 2.
    Half(i16, i8),
    /// Season by the year in which it starts.
    Season(i16, Season),
    /// Year; 0 is 1 BC.
    Year(i16),
    /// Year divided by ten.
    Decade(i16),
    /// Year divided by a hundred.
    Century(i16),
}

/// First month of a season and its TIMEX3 code.
pub fn season_of(season: Season) -> (i8, &'static str) {
    match season {
        Season::Spring => (3, "SP"),
        Season::Summer => (6, "SU"),
        Season::Fall => (9, "FA"),
        Season::Winter => (12, "WI"),
    }
}

fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

fn months(year: i16, first: i8, count: i64) -> Option<(Date, Date)> {
    let start = Date::new(year, first, 1).ok()?;
    let end = start.checked_add(count.months()).ok()?.yesterday().ok()?;
    Some((start, end))
}

fn years(first: i16, count: i16) -> Option<(Date, Date)> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(count - 1)?, 12, 31).ok()?))
}

/// Year as TIMEX3 writes it.
pub fn year_text(year: i16) -> String {
    if year < 0 { format!("-{:04}", year.unsigned_abs()) } else { format!("{year:04}") }
}

impl Cal {
    /// The unit of kind `unit` that holds `day`.
    pub fn around(unit: Unit, day: Date) -> Option<Cal> {
        let (y, m) = (day.year(), day.month());
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => Cal::Day(day),
            Unit::Weekend => Cal::Weekend(monday(day)?.checked_add(5.days()).ok()?),
            Unit::Week => Cal::Week(monday(day)?),
            Unit::Month => Cal::Month(y, m),
            Unit::Quarter => Cal::Quarter(y, (m + 2) / 3),
            Unit::Season => Cal::season_around(day),
            Unit::Year => Cal::Year(y),
            Unit::Decade => Cal::Decade(y.div_euclid(10)),
            Unit::Century | Unit::Millennium => Cal::Century(y.div_euclid(100)),
        })
    }

    fn season_around(day: Date) -> Cal {
        let y = day.year();
        match day.month() {
            1 | 2 => Cal::Season(y - 1, Season::Winter),
            3..=5 => Cal::Season(y, Season::Spring),
            6..=8 => Cal::Season(y, Season::Summer),
            9..=11 => Cal::Season(y, Season::Fall),
            _ => Cal::Season(y, Season::Winter),
        }
    }

    /// First and last day; `None` beyond the calendar of the crate (year 9999).
    pub fn days(self) -> Option<(Date, Date)> {
        match self {
            Cal::Day(d) => Some((d, d)),
            Cal::Weekend(d) => Some((d, d.tomorrow().ok()?)),
            Cal::Week(d) => Some((d, d.checked_add(6.days()).ok()?)),
            Cal::Month(y, m) => months(y, m, 1),
            Cal::Quarter(y, q) => months(y, q * 3 - 2, 3),
            Cal::Half(y, h) => months(y, h * 6 - 5, 6),
            Cal::Season(y, s) => months(y, season_of(s).0, 3),
            Cal::Year(y) => years(y, 1),
            Cal::Decade(d) => years(d.checked_mul(10)?, 10),
            Cal::Century(c) => years(c.checked_mul(100)?, 100),
        }
    }

    /// TIMEX3 value.
    pub fn value(self) -> String {
        match self {
            Cal::Day(d) => format!("{}-{:02}-{:02}", year_text(d.year()), d.month(), d.day()),
            Cal::Weekend(d) => format!("{}-WE", Cal::Week(monday(d).unwrap_or(d)).value()),
            Cal::Week(d) => {
                let iso = d.iso_week_date();
                format!("{}-W{:02}", year_text(iso.year()), iso.week())
            }
            Cal::Month(y, m) => format!("{}-{m:02}", year_text(y)),
            Cal::Quarter(y, q) => format!("{}-Q{q}", year_text(y)),
            Cal::Half(y, h) => format!("{}-H{h}", year_text(y)),
            Cal::Season(y, s) => format!("{}-{}", year_text(y), season_of(s).1),
            Cal::Year(y) => year_text(y),
            Cal::Decade(d) if d >= 0 => format!("{d:03}"),
            Cal::Decade(d) => format!("-{:03}", d.unsigned_abs()),
            Cal::Century(c) if c >= 0 => format!("{c:02}"),
            Cal::Century(c) => format!("-{:02}", c.unsigned_abs()),
        }
    }

    /// Name of the unit.
    pub fn precision(self) -> &'static str {
        match self {
            Cal::Day(_) => "day",
            Cal::Weekend(_) => "weekend",
            Cal::Week(_) => "week",
            Cal::Month(..) => "month",
            Cal::Quarter(..) => "quarter",
            Cal::Half(..) => "half-year",
            Cal::Season(..) => "season",
            Cal::Year(_) => "year",
            Cal::Decade(_) => "decade",
            Cal::Century(_) => "century",
        }
    }

    /// Year in which it starts.
    pub fn year(self) -> Option<i16> {
        self.days().map(|(d, _)| d.year())
    }

    /// The same kind of unit, `n` steps on.
    pub fn step(self, n: i32) -> Option<Cal> {
        let by = |y: i16, part: i8, per: i32| -> Option<(i16, i8)> {
            let at = i32::from(y).checked_mul(per)?.checked_add(i32::from(part) - 1)?.checked_add(n)?;
            Some((i16::try_from(at.div_euclid(per)).ok()?, i8::try_from(at.rem_euclid(per)).ok()? + 1))
        };
        let plain = |y: i16| i16::try_from(i32::from(y).checked_add(n)?).ok();
        Some(match self {
            Cal::Day(d) => Cal::Day(d.checked_add(days(n)).ok()?),
            Cal::Weekend(d) => Cal::Weekend(d.checked_add(days(n.checked_mul(7)?)).ok()?),
            Cal::Week(d) => Cal::Week(d.checked_add(days(n.checked_mul(7)?)).ok()?),
            Cal::Month(y, m) => by(y, m, 12).map(|(y, m)| Cal::Month(y, m))?,
            Cal::Quarter(y, q) => by(y, q, 4).map(|(y, q)| Cal::Quarter(y, q))?,
            Cal::Half(y, h) => by(y, h, 2).map(|(y, h)| Cal::Half(y, h))?,
            Cal::Season(y, s) => Cal::Season(plain(y)?, s),
            Cal::Year(y) => Cal::Year(plain(y)?),
            Cal::Decade(y) => Cal::Decade(plain(y)?),
            Cal::Century(y) => Cal::Century(plain(y)?),
        })
    }
}

fn days(n: i32) -> Span {
    Span::new().try_days(n).unwrap_or_default()
}

/// The calendar unit `n` units from `base`, as fine as the unit ("two years ago" is a year, "a week ago" a day).
pub fn offset(base: Cal, unit: Unit, n: i32) -> Option<Cal> {
    let day = base.days()?.0;
    match unit {
        Unit::Second | Unit::Minute => Some(Cal::Day(day)),
        Unit::Hour => Cal::Day(day).step(n / 24),
        Unit::Day | Unit::Night => Cal::Day(day).step(n),
        Unit::Week if n.abs() == 1 => Cal::Day(day).step(n * 7),
        Unit::Season => Cal::Year(day.year()).step(n),
        Unit::Decade => Cal::Year(day.year()).step(n.checked_mul(10)?),
        Unit::Century => Cal::Year(day.year()).step(n.checked_mul(100)?),
        Unit::Millennium => Cal::Year(day.year()).step(n.checked_mul(1000)?),
        Unit::Month if matches!(base, Cal::Year(_)) => Some(base),
        unit => Cal::around(unit, day)?.step(n),
    }
}

/// The `number`-th (1 = Monday) weekday nearest to `from`: on or before it (`back`) or on or after it.
pub fn weekday(from: Date, number: i8, back: bool) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(number).ok()?;
    if from.weekday() == wanted {
        return Some(from);
    }
    from.nth_weekday(if back { -1 } else { 1 }, wanted).ok()
}

/// Day of a holiday rule of `tables/dates/holidays.tsv` in `year`.
pub fn holiday(rule: &str, year: i16) -> Option<Date> {
    if let Some(shift) = rule.strip_prefix("easter") {
        return easter(year)?.checked_add(days(shift.parse().ok()?)).ok();
    }
    // Feasts of the moon: a day of each year, as they were kept.
    if rule.contains('|') {
        return rule.split('|').filter_map(|day| day.parse::<Date>().ok()).find(|d| d.year() == year);
    }
    let (month, rest) = rule.split_once('-')?;
    let month: i8 = month.parse().ok()?;
    if let Ok(day) = rest.parse::<i8>() {
        return Date::new(year, month, day).ok();
    }
    let (nth, shift) = rest.split_once('+').unwrap_or((rest, "0"));
    let wanted = match nth.get(1..)? {
        "Mon" => Weekday::Monday,
        "Tue" => Weekday::Tuesday,
        "Thu" => Weekday::Thursday,
        "Sun" => Weekday::Sunday,
        _ => return None,
    };
    let first = Date::new(year, month, 1).ok()?;
    // US Election Day is the Tuesday after the first Monday.
    if rule == "11-1Tue+1" {
        return first.nth_weekday_of_month(1, Weekday::Monday).ok()?.tomorrow().ok();
    }
    let n: i8 = if nth.starts_with('L') { -1 } else { nth.get(..1)?.parse().ok()? };
    first.nth_weekday_of_month(n, wanted).ok()?.checked_add(days(shift.parse().ok()?)).ok()
}

/// Western Easter Sunday (anonymous Gregorian computus, Nature 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn units_have_values_and_days() {
        let day = date(2025, 7, 12);
        assert_eq!(Cal::around(Unit::Week, day).unwrap().value(), "2025-W28");
        assert_eq!(Cal::around(Unit::Weekend, day).unwrap().value(), "2025-W28-WE");
        assert_eq!(Cal::Season(2024, Season::Winter).days().unwrap().1, date(2025, 2, 28));
        assert_eq!(Cal::Month(2025, 1).step(-1), Some(Cal::Month(2024, 12)));
        assert_eq!(Cal::Quarter(2025, 4).step(1), Some(Cal::Quarter(2026, 1)));
        assert_eq!(Cal::Year(-43).value(), "-0043");
        assert_eq!(Cal::Decade(197).days().unwrap(), (date(1970, 1, 1), date(1979, 12, 31)));
        assert_eq!(Cal::Year(9999).step(i32::MAX), None);
    }

    #[test]
    fn holidays_fall_on_their_days() {
        assert_eq!(holiday("easter+0", 2025), Some(date(2025, 4, 20)));
        assert_eq!(holiday("easter-2", 2024), Some(date(2024, 3, 29)));
        assert_eq!(holiday("2023-04-21|2024-04-10", 2024), Some(date(2024, 4, 10)));
        assert_eq!(holiday("2023-04-21|2024-04-10", 2025), None);
        assert_eq!(holiday("11-4Thu+1", 2024), Some(date(2024, 11, 29)));
        assert_eq!(holiday("05-LMon", 2025), Some(date(2025, 5, 26)));
        assert_eq!(holiday("11-1Tue+1", 2022), Some(date(2022, 11, 8)));
        assert_eq!(holiday("11-9Xyz", 2022), None);
    }
}
