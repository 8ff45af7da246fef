//! What a page says of its publication time, in several places, to the time of first publication and of the last change.

use crate::html::scan::{HtmlLine, Marked, Scan};
use crate::meta::json_ld::JsonLd;
use crate::meta::published::{self, Latest, Moment, Order};
use crate::strip::knowledge::{fold, knowledge};
use record::{BlockKind, Found};
use tables::pages::{Field, FieldPlace, WordRole};

/// First publication and last change.
#[derive(Debug, Default)]
pub(crate) struct Times {
    /// First publication.
    pub published: Option<Found<String>>,
    /// Last change.
    pub updated: Option<Found<String>>,
}

/// Earliest year that a page on the web can be of.
const FIRST_YEAR: i16 = 1990;

/// What dates are read with.
pub(crate) struct Reading {
    /// Headline, as [`fold`] gives it; the date of an article stands near it.
    pub headline: String,
    /// Latest time a date may have.
    pub latest: Latest,
    /// Day or month first.
    pub order: Order,
}

impl Reading {
    fn moment(&self, text: &str) -> Option<Moment> {
        published::find(text, self.order).into_iter().find(|m| self.fits(m))
    }

    fn fits(&self, moment: &Moment) -> bool {
        moment.day.year() >= FIRST_YEAR && self.latest.allows(moment)
    }
}

/// Reads the places in order of trust.
pub(crate) fn read(scan: &Scan, ld: &JsonLd, url: Option<&str>, reading: &Reading) -> Times {
    let found = |text: &str, how: &str| reading.moment(text).map(|m| Found::new(m.iso(), how));
    let written = || {
        let mut lines = scan.lines.iter().filter(|l| {
            !l.hidden
                && l.line.text.len() < 100
                && l.kind != Some(BlockKind::Comment)
                && starts_publication(&l.line.text)
        });
        lines.find_map(|l| found(&l.line.text, "published-line"))
    };
    let meta = |field: Field| {
        knowledge().fields(FieldPlace::Meta, field).iter().find_map(|row| {
            let named = scan.metas.iter().filter(|(n, _)| n == row.name);
            named.into_iter().find_map(|(_, c)| found(c, &format!("meta:{}", row.name)))
        })
    };
    let by_url = url.and_then(|u| url_day(u, reading)).map(|m| Found::new(m.iso(), "url"));
    let published = ld
        .text("datePublished")
        .and_then(|t| found(&t, "json-ld"))
        .or_else(|| meta(Field::Published))
        .or_else(|| itemprop(scan, "datePublished", reading))
        .or_else(|| ld.text("dateCreated").and_then(|t| found(&t, "json-ld:dateCreated")))
        .or_else(|| by_url.clone())
        .or_else(written)
        .or_else(|| marked(scan, reading, false))
        .or_else(|| visible(scan, reading))
        .or_else(|| script(scan, reading))
        .or_else(|| meta(Field::MaybePublished));
    let updated = ld
        .text("dateModified")
        .and_then(|t| found(&t, "json-ld"))
        .or_else(|| meta(Field::Updated))
        .or_else(|| itemprop(scan, "dateModified", reading))
        .or_else(|| marked(scan, reading, true));
    let published = local(published, scan, reading);
    let mut times = Times { published: earlier(published, by_url), updated };
    if times.published.is_none() {
        times.published = times.updated.clone();
    }
    times
}

/// A time in UTC shortly after midnight is of the evening before where the page was made, when the page shows that day
/// or its scripts give that zone.
fn local(published: Option<Found<String>>, scan: &Scan, reading: &Reading) -> Option<Found<String>> {
    let found = published?;
    let Some(moment) =
        published::first(&found.value, reading.order).filter(|m| m.zone.as_deref() == Some("Z"))
    else {
        return Some(found);
    };
    let early = moment.time.is_some_and(|t| t.hour() < 12);
    let Some(eve) = moment.day.yesterday().ok().filter(|_| early) else { return Some(found) };
    let shown = |day: jiff::civil::Date| {
        let lines = scan
            .lines
            .iter()
            .filter(|l| !l.hidden && l.line.text.len() < 120 && l.kind != Some(BlockKind::Related));
        lines.filter_map(|l| reading.moment(&l.line.text)).find(|m| m.day == day)
    };
    if shown(moment.day).is_some() {
        return Some(found);
    }
    if let Some(line) = shown(eve) {
        return Some(Found::new(line.iso(), "visible-line"));
    }
    match zone_of_scripts(scan).and_then(|zone| moment.at(zone)) {
        Some(there) => Some(Found::new(there.iso(), &format!("{}, in the zone of the scripts", found.how))),
        None => Some(found),
    }
}

/// Times in scripts that must agree on an offset before it is taken for that of the page.
const LEAST_ZONED: usize = 2;

/// The offset from UTC, in seconds, that the times in the scripts of a page have, when they have one and the same.
fn zone_of_scripts(scan: &Scan) -> Option<i32> {
    let mut found: Option<i32> = None;
    let mut count = 0;
    for script in scan.scripts.iter().chain(&scan.json_ld) {
        for (at, _) in script.match_indices([':']) {
            // Hours and minutes before the seconds: `10:00-11:30` is a span of time.
            let clock = script.as_bytes().get(at.saturating_sub(5)..at);
            let full = clock.is_some_and(|c| {
                c.get(2) == Some(&b':') && c.iter().filter(|b| b.is_ascii_digit()).count() == 4
            });
            let offset = script.get(at + 1..).filter(|_| full).and_then(offset_after_seconds);
            let Some(offset) = offset else { continue };
            if offset != 0 && found.is_none_or(|f| f == offset) {
                found = Some(offset);
                count += 1;
            } else if offset != 0 {
                return None;
            }
        }
    }
    found.filter(|_| count >= LEAST_ZONED)
}

/// The offset in `05-04:00`, `05 -0400`, `05.000+05:30`: seconds of a time, then its zone.
fn offset_after_seconds(text: &str) -> Option<i32> {
    let rest = text.get(2..).filter(|_| text.as_bytes().iter().take(2).all(u8::is_ascii_digit))?;
    let rest = rest.strip_prefix('.').map_or(rest, |r| r.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = rest.trim_start_matches(' ');
    let sign = match rest.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = rest.get(1..)?.chars().filter(|c| *c != ':').take(4).collect();
    let (hours, minutes) = (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..4)?.parse::<i32>().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Hour of UTC at which the day has begun all over the Americas.
const LAST_MIDNIGHT: i8 = 8;

/// The day in the address is when the page was made: it beats a later "published" that is a republication. The day
/// before is no republication but a draft of the evening, unless the later time is in UTC and still of that evening
/// somewhere.
fn earlier(published: Option<Found<String>>, by_url: Option<Found<String>>) -> Option<Found<String>> {
    let (published, by_url) = match (published, by_url) {
        (Some(p), Some(u)) => (p, u),
        (p, u) => return p.or(u),
    };
    let read = |f: &Found<String>| published::first(&f.value, Order::DayFirst);
    let (Some(p), Some(u)) = (read(&published), read(&by_url)) else { return Some(published) };
    let days = u.day.until(p.day).map_or(0, |s| s.get_days());
    let evening = p.zone.as_deref() == Some("Z") && p.time.is_some_and(|t| t.hour() < LAST_MIDNIGHT);
    let exact = p.time.is_some() && p.zone.is_some();
    let later = days > 1 || days == 1 && (evening || !exact);
    Some(if later { by_url } else { published })
}

fn itemprop(scan: &Scan, name: &str, reading: &Reading) -> Option<Found<String>> {
    let marks = scan
        .marked
        .iter()
        .filter(|m| m.itemprop.as_deref().is_some_and(|p| p.split(' ').any(|p| p == name)) && is_own(m));
    let value =
        |m: &Marked| m.machine.as_deref().and_then(|t| reading.moment(t)).or_else(|| reading.moment(&m.text));
    marks.filter_map(value).next().map(|m| Found::new(m.iso(), &format!("microdata:{name}")))
}

fn is_own(mark: &Marked) -> bool {
    !matches!(mark.kind, Some(BlockKind::Comment | BlockKind::Related | BlockKind::Advertisement))
}

/// A line that says of itself that it is the time of publication.
fn starts_publication(text: &str) -> bool {
    let lower = text.to_lowercase();
    knowledge().starts(WordRole::PublicationStart, &lower)
}

/// `time` elements and elements whose class speaks of a date.
fn marked(scan: &Scan, reading: &Reading, update: bool) -> Option<Found<String>> {
    let mut best: Option<(i32, usize, Moment)> = None;
    for mark in scan.marked.iter().filter(|m| is_own(m)) {
        let text = mark.text.to_lowercase();
        let change = text.contains("updated")
            || text.contains("modified")
            || mark.names.contains(" updated ") && !mark.names.contains(" published ");
        let time = mark.tag == "time"
            || mark.tag == "abbr" && mark.machine.is_some()
            || mark.tag == "a" && mark.machine.is_some() && mark.text.len() < 40;
        if change != update
            || !time && !knowledge().class_gives(Field::Published, &mark.names)
            || mark.text.len() > 200
        {
            continue;
        }
        let moment =
            mark.machine.as_deref().and_then(|t| reading.moment(t)).or_else(|| reading.moment(&mark.text));
        let Some(moment) = moment else { continue };
        let rank = i32::from(
            mark.names.contains(" published ") || text.contains("publish") || text.contains("posted"),
        ) * 2
            + i32::from(mark.article) * 2
            + i32::from(time)
            + i32::from(mark.kind != Some(BlockKind::Navigation));
        if best.as_ref().is_none_or(|(r, s, _)| rank > *r || rank == *r && mark.start < *s) {
            best = Some((rank, mark.start, moment));
        }
    }
    best.map(|(_, _, m)| Found::new(m.iso(), if update { "class:updated" } else { "class:date" }))
}

/// A short visible line with a date, near the headline.
fn visible(scan: &Scan, reading: &Reading) -> Option<Found<String>> {
    let title = |l: &HtmlLine| l.place.heading > 0 && fold(&l.line.text) == reading.headline;
    let head = scan
        .lines
        .iter()
        .position(|l| !reading.headline.is_empty() && title(l))
        .or_else(|| scan.lines.iter().position(|l| l.place.heading == 1))
        .or_else(|| scan.lines.iter().position(|l| l.place.heading == 2))
        .unwrap_or(0);
    let mut best: Option<(i32, Moment)> = None;
    for (i, line) in scan.lines.iter().enumerate() {
        let text = line.line.text.as_str();
        let away =
            matches!(line.kind, Some(BlockKind::Comment | BlockKind::Related | BlockKind::Advertisement));
        if text.len() > 160 || away || line.hidden || !text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        let Some(moment) = reading.moment(text) else { continue };
        let lower = text.to_lowercase();
        let near = (i as i32 - head as i32).abs();
        let labelled = knowledge().has(WordRole::PublicationLabel, &lower);
        let copyright = knowledge().has(WordRole::CopyrightLabel, &lower);
        let spare = text.len() as i32 - (moment.end - moment.start) as i32;
        let score = i32::from(labelled) * 25 - near.min(60) - spare / 4 - i32::from(copyright) * 30
            + i32::from(i >= head) * 10;
        if best.as_ref().is_none_or(|(s, _)| score > *s) {
            best = Some((score, moment));
        }
    }
    best.filter(|(s, _)| *s > -45).map(|(_, m)| Found::new(m.iso(), "visible-line"))
}

/// Dates in inline scripts, under the names that content systems use.
fn script(scan: &Scan, reading: &Reading) -> Option<Found<String>> {
    for script in scan.scripts.iter().chain(&scan.json_ld) {
        for row in knowledge().fields(FieldPlace::Script, Field::Published) {
            let name = row.name;
            let Some(at) = script.find(name) else { continue };
            let rest = script.get(at + name.len()..).unwrap_or_default();
            let mut end = rest.len().min(60);
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
            if let Some(m) = rest.get(..end).and_then(|t| reading.moment(t)) {
                return Some(Found::new(m.iso(), "script"));
            }
        }
    }
    None
}

/// The day that an address holds, `/2019/11/14/` or `20191114` or `2019-11-14`.
fn url_day(url: &str, reading: &Reading) -> Option<Moment> {
    let path = url.split_once("://").map_or(url, |(_, r)| r);
    let path = path.split_once('/').map(|(_, p)| p)?;
    let parts: Vec<&str> = path.split(['/', '?', '&', '=', '.']).collect();
    for i in 0..parts.len() {
        let three = parts.get(i..i + 3).map(|p| p.join("-"));
        let year = parts.get(i).is_some_and(|p| p.len() == 4 && p.starts_with(['1', '2']));
        let month_name = three.as_deref().map(|t| t.replace('-', " ")).filter(|_| year);
        if let Some(moment) = three.as_deref().filter(|_| year).and_then(|t| reading.moment(t)) {
            return Some(moment);
        }
        if let Some([y, m, d]) = month_name
            .as_deref()
            .map(|t| t.split(' ').collect::<Vec<_>>())
            .as_deref()
            .and_then(|v| <[&str; 3]>::try_from(v).ok())
            && let Some(moment) = reading.moment(&format!("{d} {m} {y}"))
        {
            return Some(moment);
        }
    }
    parts.iter().find_map(|p| {
        let bytes: Vec<char> = p.chars().collect();
        let run: Vec<String> =
            bytes.split(|c| !c.is_ascii_digit() && *c != '-').map(|r| r.iter().collect::<String>()).collect();
        run.iter()
            .map(|r| r.trim_matches('-'))
            .filter(|r| r.len() == 8 || r.len() == 10)
            .find_map(|r| reading.moment(r))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str, url: &str) -> (Option<String>, Option<String>) {
        let scan = crate::html::scan::scan(html, knowledge());
        let ld = JsonLd::read(&scan.json_ld);
        let times = read(
            &scan,
            &ld,
            Some(url),
            &Reading { latest: Latest::read("2024-06-01"), order: Order::DayFirst, headline: String::new() },
        );
        (times.published.map(|p| p.value), times.updated.map(|p| p.value))
    }

    #[test]
    fn a_time_of_the_night_in_utc_is_of_the_day_before_where_the_scripts_say_so() {
        let page = |scripts: &str| {
            format!(
                "<meta property='article:published_time' content='2024-05-02T02:54:29.000Z'>{scripts}<p>x</p>"
            )
        };
        let here = "<script>{'a': 'Wed, 01 May 2024 23:00:00 -0400', 'b': '2024-05-01T06:00:00-04:00', 'c': '10:00-11:30'}</script>";
        assert_eq!(of(&page(here), "https://x.example/").0.as_deref(), Some("2024-05-01T22:54:29-04:00"));
        assert_eq!(of(&page(""), "https://x.example/").0.as_deref(), Some("2024-05-02T02:54:29Z"));
    }

    #[test]
    fn the_address_beats_a_later_day_but_not_the_next_morning() {
        let page = |time: &str| format!("<meta property='article:published_time' content='{time}'><p>x</p>");
        let url = "https://x.example/2024/05/01/dam";
        assert_eq!(of(&page("2024-05-02T10:04:04Z"), url).0.as_deref(), Some("2024-05-02T10:04:04Z"));
        assert_eq!(of(&page("2024-05-02T03:04:04Z"), url).0.as_deref(), Some("2024-05-01"));
        assert_eq!(of(&page("2024-05-20T10:04:04Z"), url).0.as_deref(), Some("2024-05-01"));
    }

    #[test]
    fn first_publication_wins_and_the_future_is_refused() {
        let page =
            "<meta property='article:modified_time' content='2024-03-11'><p>Posted on 9 March 2024</p>";
        assert_eq!(of(page, "https://x.example/a"), (Some("2024-03-09".into()), Some("2024-03-11".into())));
        assert_eq!(of("<p>x</p>", "https://x.example/2024/03/09/dam").0.as_deref(), Some("2024-03-09"));
        assert_eq!(of("<p>x</p>", "https://x.example/2024/mar/09/dam").0.as_deref(), Some("2024-03-09"));
        assert_eq!(
            of(
                "<meta name='pubdate' content='2030-01-01'><time datetime='2024-05-02'>2 May</time>",
                "https://x.example/"
            )
            .0
            .as_deref(),
            Some("2024-05-02")
        );
    }
}
