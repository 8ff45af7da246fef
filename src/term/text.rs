//! Text from pages to text that is safe on a terminal, and human forms of dates and numbers.

use std::borrow::Cow;

/// Page text without anything that could move the cursor, change colours or reorder the line: control characters,
/// escape sequences and direction overrides go, any white space becomes one plain space.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !is_unsafe(c) && (c == ' ' || !c.is_whitespace())) && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_unsafe(c) {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Control characters, and the characters of Unicode that embed, override or isolate a direction.
fn is_unsafe(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// `2025-07-12T16:14` as `Sat 12 Jul 2025, 16:14`; anything that is no day of the calendar as it stands.
pub fn date(iso: &str) -> String {
    let day = iso.get(..10).and_then(|d| d.parse::<jiff::civil::Date>().ok());
    let Some(day) = day else { return safe(iso).into_owned() };
    let time = iso.get(11..16).filter(|t| t.as_bytes().get(2) == Some(&b':'));
    let name = day.strftime("%a %-d %b %Y");
    match time {
        Some(time) => format!("{name}, {}{}", safe(time), zone(iso)),
        None => name.to_string(),
    }
}

/// The zone of an ISO time as a person writes it: ` UTC`, ` +06:00`, or nothing.
fn zone(iso: &str) -> String {
    let tail = iso.get(16..).unwrap_or("");
    if tail.ends_with('Z') || tail.ends_with("+00:00") {
        return " UTC".to_owned();
    }
    tail.rfind(['+', '-']).and_then(|at| tail.get(at..)).map_or(String::new(), |z| format!(" {}", safe(z)))
}

/// First and last day as one expression.
pub fn days(start: &str, end: &str) -> String {
    if start == end { date(start) } else { format!("{} – {}", date(start), date(end)) }
}

/// `1 event`, `2 events`.
pub fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// A signed number with a real minus sign and one decimal.
pub fn signed(n: f32) -> String {
    let sign = if n < 0.0 { "−" } else { "+" };
    format!("{sign}{:.1}", n.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unsafe_reaches_the_terminal() {
        assert_eq!(safe("a\u{1b}[2Jb\u{202e}c\r\n\td\u{9b}31m"), "a[2Jbc d31m");
        assert!(matches!(safe("ordinary “text” 🇧🇩"), Cow::Borrowed(_)));
    }

    #[test]
    fn dates_read_like_dates() {
        assert_eq!(date("2025-07-12"), "Sat 12 Jul 2025");
        assert_eq!(date("2025-07-12T16:14"), "Sat 12 Jul 2025, 16:14");
        assert_eq!(date("2025-07-12T16:14:05+06:00"), "Sat 12 Jul 2025, 16:14 +06:00");
        assert_eq!(date("2025-07-12T16:14:05Z"), "Sat 12 Jul 2025, 16:14 UTC");
        assert_eq!(date("2025-W28"), "2025-W28");
        assert_eq!(days("2025-07-01", "2025-07-02"), "Tue 1 Jul 2025 – Wed 2 Jul 2025");
        assert_eq!(signed(-4.4), "−4.4");
    }
}
