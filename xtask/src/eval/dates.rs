//! Task `dates`: texts with TIMEX gold in two schemes, TimeML and that of the GUM corpus.

use super::{Gold, lines};
use demarche::pipeline::Demarche;
use record::{DateMention, Page, Syntax};
use serde_json::{Value, json};

/// One line a document: `{id, timexes: [{start, end, type, value}]}`.
pub fn predict(demarche: &Demarche, gold: &Gold<'_>) -> Result<String, String> {
    let mut out = String::new();
    for record in lines(gold.text) {
        let record = record?;
        let text = record["text"].as_str().unwrap_or_default();
        let page = Page::plain(text, record["dct"].as_str());
        let doc = demarche.parser.parse_page(&page, false);
        let syntax = Syntax::new(&page, &doc);
        let dates = demarche.resolver.dates().resolve(&syntax);
        out.push_str(&line(&record, text, &dates).to_string());
        out.push('\n');
    }
    Ok(out)
}

/// One prediction line. Both schemes annotate the two ends of a range, not the range.
pub fn line(record: &Value, text: &str, dates: &[DateMention]) -> Value {
    let gum = record["scheme"] == "gum";
    let published = record["dct"].as_str().unwrap_or_default();
    let chars = |byte: u32| text.get(..byte as usize).map_or(0, |t| t.chars().count());
    let mut timexes = Vec::new();
    for date in dates.iter().filter(|d| d.kind != "RANGE") {
        let Some((kind, value)) = (if gum { as_gum(date, published) } else { Some(as_timex(date)) }) else {
            continue;
        };
        timexes.push(json!({"start": chars(date.span.start), "end": chars(date.span.end), "type": kind, "value": value}));
    }
    json!({"id": record["id"], "timexes": timexes})
}

fn as_timex(date: &DateMention) -> (String, String) {
    (date.kind.to_string(), date.value.clone())
}

/// GUM keeps only what lies on a calendar: ISO dates, `first/last` for longer or vaguer stretches, `--MM` for a month
/// of no given year, plain `HH:MM:SS` for times.
fn as_gum(date: &DateMention, published: &str) -> Option<(String, String)> {
    let plain = |value: String| Some(("DATE".to_owned(), value));
    let range = |value: String| Some(("RANGE".to_owned(), value));
    let value = date.value.as_str();
    if date.kind == "TIME" {
        return match value.split_once('T') {
            Some((_, clock)) if clock.starts_with(|c: char| c.is_ascii_digit()) => {
                let clock = clock.trim_end_matches('Z');
                let missing = &":00:00"[(clock.len() - 2).min(6)..];
                Some(("TIME".to_owned(), format!("{clock}{missing}")))
            }
            Some((day, _)) if day.starts_with(|c: char| c.is_ascii_digit()) => plain(day.to_owned()),
            _ => None,
        };
    }
    if date.kind == "DURATION" || date.kind == "SET" {
        let ends = date.start.as_deref().zip(date.end.as_deref());
        return Some((
            date.kind.to_string(),
            ends.map_or(value.to_owned(), |(a, b)| format!("{}/{}", &a[..a.len().min(4)], b)),
        ));
    }
    if let Some(open) = value.strip_prefix("XXXX-") {
        return match open {
            "SP" => range("--03/--06".into()),
            "SU" => range("--06/--09".into()),
            "FA" => range("--09/--12".into()),
            "WI" => range("--12/--03".into()),
            _ if open.starts_with(|c: char| c.is_ascii_digit()) => half_month(date, open),
            _ => None,
        };
    }
    if value == "PAST_REF" && (date.why.rule == "date/offset" || date.why.rule == "date/ago") {
        return range(format!("/{published}"));
    }
    let (start, end) = (date.start.clone()?, date.end.clone()?);
    match (date.precision.as_str(), date.modifier.as_deref()) {
        ("year", Some("END")) if date.why.rule == "date/edge" => plain(end),
        ("decade", Some("START")) => range(format!("{start}/{}5-12-31", &start[..3])),
        ("decade", Some("END")) => range(format!("{}5-01-01/{end}", &start[..3])),
        ("month", Some("START")) => range(format!("{start}/{}-15", &start[..7])),
        ("month", Some("END")) => range(format!("{}-15/{end}", &start[..7])),
        ("month", Some("MID")) => range(format!("{0}-14/{0}-15", &start[..7])),
        ("season", _) => season(&start).map_or(plain(value.to_owned()), range),
        ("decade" | "century" | "week" | "weekend" | "quarter" | "half-year", _) => {
            range(format!("{start}/{end}"))
        }
        _ => plain(value.to_owned()),
    }
}

/// "early October" of no given year.
fn half_month(date: &DateMention, month: &str) -> Option<(String, String)> {
    let last = match month {
        "02" => "28",
        "04" | "06" | "09" | "11" => "30",
        _ => "31",
    };
    let range = |a: &str, b: &str| Some(("RANGE".to_owned(), format!("--{month}-{a}/--{month}-{b}")));
    match date.modifier.as_deref() {
        Some("START") => range("01", "15"),
        Some("MID") => range("14", "15"),
        Some("END") => range("15", last),
        _ => Some(("DATE".to_owned(), format!("--{month}"))),
    }
}

/// GUM ends a season with the month after it: summer 2010 is `2010-06/2010-09`.
fn season(start: &str) -> Option<String> {
    let year: i32 = start.get(..4)?.parse().ok()?;
    let month: i32 = start.get(5..7)?.parse().ok()?;
    let (end_year, end) = if month == 12 { (year + 1, 3) } else { (year, month + 3) };
    Some(format!("{year:04}-{month:02}/{end_year:04}-{end:02}"))
}
