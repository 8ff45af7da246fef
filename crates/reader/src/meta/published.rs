//! Dates and times as pages write them to ISO 8601, as precise as the page and no more.

use regex::Regex;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Bytes of the text that it was read from.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// The day.
    pub day: jiff::civil::Date,
    /// Hour and minute and second, when given.
    pub time: Option<jiff::civil::Time>,
    /// Offset from UTC as `+05:30`, or `Z`.
    pub zone: Option<String>,
    /// Day and month could be exchanged (`05/06/2020`).
    pub ambiguous: bool,
}

impl Moment {
    /// `2025-07-12`, `2025-07-12T16:14`, `2025-07-12T16:14:09+06:00`.
    pub fn iso(&self) -> String {
        let mut out = self.day.to_string();
        if let Some(t) = self.time {
            out.push_str(&format!("T{:02}:{:02}", t.hour(), t.minute()));
            if t.second() != 0 || self.zone.is_some() {
                out.push_str(&format!(":{:02}", t.second()));
            }
            out.push_str(self.zone.as_deref().unwrap_or_default());
        }
        out
    }
}

/// The latest time that a page can speak of as past: when it was fetched.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Latest {
    day: Option<jiff::civil::Date>,
    instant: Option<jiff::Timestamp>,
}

/// Clocks of servers run this much ahead.
const CLOCK_SLACK: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);
/// The day begins first at this offset from UTC.
const FIRST_DAY: jiff::SignedDuration = jiff::SignedDuration::from_hours(14);

impl Latest {
    /// The time of fetching, when the hint has one that can be read.
    pub fn of(hint: &crate::Hint) -> Latest {
        hint.fetched.as_deref().map(Latest::read).unwrap_or_default()
    }

    /// Reads ISO 8601: a day, or a time, in UTC when it has no zone.
    pub fn read(text: &str) -> Latest {
        let Some(moment) = first(text, Order::DayFirst) else { return Latest::default() };
        Latest { day: Some(moment.day), instant: moment.instant() }
    }

    /// The year of it.
    pub fn year(&self) -> Option<i16> {
        self.day.map(|d| d.year())
    }

    /// False when `moment` is later, wherever on earth it was written.
    pub fn allows(&self, moment: &Moment) -> bool {
        let Some(day) = self.day else { return true };
        let Some(instant) = self.instant else { return moment.day <= day };
        if let Some(other) = moment.instant().filter(|_| moment.zone.is_some()) {
            return instant.checked_add(CLOCK_SLACK).is_ok_and(|latest| other <= latest);
        }
        let civil = moment.day.to_datetime(moment.time.unwrap_or_default());
        let latest = jiff::tz::TimeZone::UTC.to_datetime(instant).checked_add(FIRST_DAY);
        latest.is_ok_and(|latest| civil <= latest)
    }
}

impl Moment {
    /// The same instant on the clocks at `offset` seconds from UTC.
    pub fn at(&self, offset: i32) -> Option<Moment> {
        let offset = jiff::tz::Offset::from_seconds(offset).ok()?;
        let there = offset.to_datetime(self.instant()?);
        let minutes = offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        let zone = format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
        Some(Moment { day: there.date(), time: Some(there.time()), zone: Some(zone), ..self.clone() })
    }

    /// The instant, in UTC when no zone is given; `None` without a time of day.
    fn instant(&self) -> Option<jiff::Timestamp> {
        let zone = self.zone.as_deref().unwrap_or("Z");
        format!("{}T{}{zone}", self.day, self.time?).parse().ok()
    }
}

struct Grammar {
    date: Regex,
    time: Regex,
    months: HashMap<&'static str, i8>,
    zones: HashMap<&'static str, &'static str>,
}

fn grammar() -> Option<&'static Grammar> {
    static ONE: OnceLock<Option<Grammar>> = OnceLock::new();
    ONE.get_or_init(build).as_ref()
}

fn build() -> Option<Grammar> {
    let months: HashMap<_, _> = tables::pages::months().ok()?.into_iter().collect();
    let zones: HashMap<_, _> = tables::pages::zones().ok()?.into_iter().collect();
    let mut names: Vec<&str> = months.keys().copied().collect();
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    let name = names.join("|");
    let mut abbreviations: Vec<&str> = zones.keys().copied().collect();
    abbreviations.sort_by_key(|n| std::cmp::Reverse(n.len()));
    let zone = abbreviations.join("|");
    // The last form: elements that stand apart on the screen touch in the text, as in `Research7 April 2020`.
    let date = format!(
        r"(?xi)
        (?: (?:^|[^\w.,/-]|\b[a-z]+[:,.(-]) (?: on\s+)?
        (?: (?P<y1>(?:19|20)\d\d) (?P<s1>[-/.]) (?P<m1>\d{{1,2}}) [-/.] (?P<d1>\d{{1,2}})
          | (?P<y2>(?:19|20)\d\d)年\s?(?P<m2>\d{{1,2}})月\s?(?P<d2>\d{{1,2}})日
          | (?P<y7>(?:19|20)\d\d)년\s?(?P<m7>\d{{1,2}})월\s?(?P<d7>\d{{1,2}})일
          | (?P<d3>\d{{1,2}}) (?:st|nd|rd|th|º|er|\.)? [\s/-]* (?:of\s+|de\s+)? (?P<m3>{name}) \.? [\s,/-]* (?:de\s+|of\s+)? (?P<y3>(?:19|20)\d\d | ['’]\d\d)
          | (?P<m4>{name}) \.? [\s-]* (?P<d4>\d{{1,2}}) (?:st|nd|rd|th)? [\s,.-]+ (?:at\s+)? (?P<y4>(?:19|20)\d\d)
          | (?P<a5>\d{{1,2}}) (?P<s5>[/.-]) (?P<b5>\d{{1,2}}) [/.-] (?P<y5>(?:19|20)\d\d)
          | (?P<a6>\d{{1,2}}) / (?P<b6>\d{{1,2}}) / (?P<y6>\d\d)
          | (?P<y8>20[0-4]\d)(?P<m8>0[1-9]|1[0-2])(?P<d8>[0-2]\d|3[01])
        )
        | (?-i:\p{{Ll}}) (?P<d9>\d{{1,2}}) \s (?P<m9>{name}) ,? \s (?P<y9>(?:19|20)\d\d)
        ) (?P<stop>$|[^\d/.]|[/.]\D|[/.]$)"
    );
    let time = format!(
        r"(?xi)
        ^[\s,|T/•·@(–—-]* (?:at\s+|um\s+|à\s+|\|\s*|time:?\s*)?
        (?: (?P<h1>\d{{1,2}}) [:.h] (?P<m1>\d\d) (?: : (?P<s1>\d\d) (?:[.,]\d+)? )? \s* (?P<p1>[ap]\.?\s?m\b\.?)?
          | (?P<h2>\d{{1,2}}) \s* (?P<p2>[ap]\.?\s?m\b\.?)
          | (?P<h3>[01]\d|2[0-3]) (?P<m3>[0-5]\d) (?: (?P<s3>[0-5]\d) )? \s? (?P<x3>hrs|hours|h\b|GMT|UTC|Z\b) )
        (?: \s* \(? (?: (?P<zone>(?-i:{zone}))\b | (?P<sign>[+\x{{2212}}-]) (?P<zh>\d\d) :? (?P<zm>\d\d) ) )? "
    );
    Some(Grammar { date: Regex::new(&date).ok()?, time: Regex::new(&time).ok()?, months, zones })
}

/// What to take first when both readings of `05/06/2020` are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Order {
    /// Day, month: most of the world.
    #[default]
    DayFirst,
    /// Month, day: the United States.
    MonthFirst,
}

/// Every date in `text`, in order. Times right after (or right before) a date belong to it.
pub(crate) fn find(text: &str, order: Order) -> Vec<Moment> {
    let Some(grammar) = grammar() else { return Vec::new() };
    let mut out: Vec<Moment> = Vec::new();
    let mut from = 0;
    while let Some(found) = grammar.date.captures_at(text, from) {
        let stop = found.name("stop").map_or(text.len(), |m| m.start());
        from = stop.max(from + 1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let Some((day, ambiguous, start)) = day_of(&found, order, grammar) else { continue };
        let mut moment = Moment { start, end: stop, day, time: None, zone: None, ambiguous };
        add_time(&mut moment, text, grammar);
        from = from.max(moment.end);
        out.push(moment);
        if from >= text.len() {
            break;
        }
    }
    out
}

/// The first date in `text`.
pub(crate) fn first(text: &str, order: Order) -> Option<Moment> {
    find(text, order).into_iter().next()
}

fn day_of(
    found: &regex::Captures<'_>,
    order: Order,
    grammar: &Grammar,
) -> Option<(jiff::civil::Date, bool, usize)> {
    let number =
        |n: &str| found.name(n).and_then(|m| m.as_str().trim_start_matches(['\'', '’']).parse::<i16>().ok());
    let start = ["y1", "y2", "y7", "d3", "m4", "a5", "a6", "y8", "d9"]
        .iter()
        .find_map(|n| found.name(n))
        .map(|m| m.start())?;
    let full = |y: i16| if y < 100 { 2000 + y } else { y };
    let date = |y: i16, m: i16, d: i16| {
        jiff::civil::Date::new(full(y), i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
    };
    for n in ["1", "2", "7", "8"] {
        if let (Some(y), Some(m), Some(d)) =
            (number(&format!("y{n}")), number(&format!("m{n}")), number(&format!("d{n}")))
        {
            return Some((date(y, m, d)?, false, start));
        }
    }
    for n in ["3", "4", "9"] {
        let month =
            found.name(&format!("m{n}")).and_then(|m| grammar.months.get(m.as_str().to_lowercase().as_str()));
        if let (Some(y), Some(m), Some(d)) = (number(&format!("y{n}")), month, number(&format!("d{n}"))) {
            return Some((date(y, i16::from(*m), d)?, false, start));
        }
    }
    for n in ["5", "6"] {
        if let (Some(y), Some(a), Some(b)) =
            (number(&format!("y{n}")), number(&format!("a{n}")), number(&format!("b{n}")))
        {
            let dotted = found.name("s5").is_some_and(|s| s.as_str() == ".");
            let (d, m) = if order == Order::DayFirst || dotted { (a, b) } else { (b, a) };
            let day = date(y, m, d).or_else(|| date(y, d, m))?;
            return Some((day, a <= 12 && b <= 12 && a != b && !dotted, start));
        }
    }
    None
}

fn add_time(moment: &mut Moment, text: &str, grammar: &Grammar) {
    if let Some((time, zone, length)) = text.get(moment.end..).and_then(|rest| time_of(rest, grammar)) {
        moment.time = Some(time);
        moment.zone = zone;
        moment.end += length;
        return;
    }
    // "4:14 pm, 12 July 2025", "10:30 GMT on 3 May 2020"
    let before = text.get(..moment.start).unwrap_or_default();
    let mut cut = before.len().saturating_sub(24);
    while !before.is_char_boundary(cut) {
        cut += 1;
    }
    let tail = before.get(cut..).unwrap_or_default();
    for (i, _) in tail.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let fresh = i == 0
            || tail
                .get(..i)
                .is_some_and(|t| !t.ends_with(|c: char| c.is_alphanumeric() || ":./-".contains(c)));
        let Some((time, zone, length)) = tail.get(i..).filter(|_| fresh).and_then(|t| time_of(t, grammar))
        else {
            continue;
        };
        let gap = tail.get(i + length..).unwrap_or_default();
        let weekday = gap.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || ",.|-–".contains(c));
        if gap.len() <= 16 && weekday {
            moment.time = Some(time);
            moment.zone = zone;
            moment.start = cut + i;
            return;
        }
    }
}

/// The time that `text` begins with, its zone, and the bytes read.
fn time_of(text: &str, grammar: &Grammar) -> Option<(jiff::civil::Time, Option<String>, usize)> {
    let found = grammar.time.captures(text)?;
    let number = |n: &str| found.name(n).and_then(|m| m.as_str().parse::<i8>().ok());
    let hour = number("h1").or(number("h2")).or(number("h3"))?;
    let minute = number("m1").or(number("m3")).unwrap_or(0);
    let second = number("s1").or(number("s3")).unwrap_or(0);
    let half = found.name("p1").or(found.name("p2")).map(|m| m.as_str().to_lowercase().starts_with('p'));
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    let mut zone = found.name("zone").and_then(|z| grammar.zones.get(z.as_str())).map(|z| (*z).to_owned());
    if let (Some(sign), Some(h), Some(m)) = (found.name("sign"), found.name("zh"), found.name("zm")) {
        let sign = if sign.as_str() == "+" { '+' } else { '-' };
        zone = Some(format!("{sign}{}:{}", h.as_str(), m.as_str()));
    }
    if found.name("x3").is_some_and(|x| matches!(x.as_str(), "GMT" | "UTC" | "Z")) {
        zone = Some("+00:00".to_owned());
    }
    let zone = zone.map(|z| if z == "+00:00" { "Z".to_owned() } else { z });
    Some((time, zone, found.get(0)?.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, iso: &str) {
        assert_eq!(first(text, Order::DayFirst).map(|m| m.iso()).as_deref(), Some(iso), "{text}");
    }

    #[test]
    fn reads_the_forms_pages_use() {
        reads("Gulf Desk World News 2024-03-09, 4:14pm", "2024-03-09T16:14");
        reads("2024-03-09T08:05:00+06:00", "2024-03-09T08:05:00+06:00");
        reads("2019-11-14T10:28:03Z", "2019-11-14T10:28:03Z");
        reads("Posted on March 9th, 2024", "2024-03-09");
        reads("Saturday, 9 March 2024 at 11:05 GMT", "2024-03-09T11:05:00Z");
        reads("Mar. 9, 2024 12:30 a.m. EST", "2024-03-09T00:30:00-05:00");
        reads("Published: 09/03/2024 18:20", "2024-03-09T18:20");
        reads("25/12/2023", "2023-12-25");
        reads("12/25/2023", "2023-12-25");
        reads("11:40 PM, 9 March 2024", "2024-03-09T23:40");
        reads("09 Mar 2024 | 01:12 PM IST", "2024-03-09T13:12:00+05:30");
        reads("9-Mar-2024", "2024-03-09");
        reads("20240309", "2024-03-09");
        reads("9. März 2024", "2024-03-09");
        reads("2024年3月9日", "2024-03-09");
        reads("Original Research9 March 2024", "2024-03-09");
    }

    #[test]
    fn nothing_is_later_than_the_fetch() {
        let allows =
            |fetched: &str, text: &str| Latest::read(fetched).allows(&first(text, Order::DayFirst).unwrap());
        assert!(allows("2024-03-09T20:00:00Z", "2024-03-10T01:00:00+09:00"));
        assert!(!allows("2024-03-09T20:00:00Z", "2024-03-10T07:00:00+09:00"));
        assert!(allows("2024-03-09T20:00:00Z", "10 March 2024"));
        assert!(!allows("2024-03-09T09:00:00Z", "10 March 2024"));
        assert!(!allows("2024-03-09", "10 March 2024"));
        assert!(allows("no time", "10 March 2034"));
    }

    #[test]
    fn numbers_are_not_dates() {
        for text in [
            "The score was 2019-20",
            "call 01-2020-3000-11",
            "30 February 2020",
            "version 1.2.2020.4",
            "no date",
        ] {
            assert_eq!(first(text, Order::DayFirst), None, "{text}");
        }
    }
}
