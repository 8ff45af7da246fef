//! Tells addresses as spaCy's `url_match` pattern does, in linear time.

use super::charset::{CharSet, class};
use crate::unicode::{is_alpha, is_decimal, is_digit};

/// The pattern up to the class of the last label, and after it. Any other pattern is left to the regular expressions.
const HEAD: &str = concat!(
    r"(?u)^(?:(?:[\w\+\-\.]{2,})://)?(?:\S+(?::\S*)?@)?(?:(?!(?:10|127)(?:\.\d{1,3}){3})",
    r"(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})",
    r"(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}",
    r"(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))|",
    r"(?:(?:[A-Za-z0-9\u00a1-\uffff][A-Za-z0-9\u00a1-\uffff_-]{0,62})?[A-Za-z0-9\u00a1-\uffff]\.)+(?:["
);
const TAIL: &str = r"{2,63}))(?::\d{2,5})?(?:[/?#]\S*)?$";

/// The matcher.
pub struct FastUrl {
    /// Characters of the last label.
    last: CharSet,
}

impl FastUrl {
    /// For spaCy's pattern; `None` for another.
    pub fn new(pattern: &str) -> Option<Self> {
        let mut source = pattern.strip_prefix(HEAD)?.chars().peekable();
        let last = class(&mut source)?;
        // A matcher that stops a label at these characters needs them outside the class.
        let sane = !"./?#:@".chars().any(|c| last.has(c));
        (source.collect::<String>() == TAIL && sane).then_some(FastUrl { last })
    }

    /// True when the whole text is an address. `text` holds no white space.
    pub fn matches(&self, text: &str) -> bool {
        if !text.contains('.') {
            return false;
        }
        // The host may start at the beginning, after a scheme, or after any @ that has something before it.
        let scheme = text.trim_start_matches(|c: char| matches!(c, '+' | '-' | '.' | '_') || is_word(c));
        let long = text[..text.len() - scheme.len()].chars().nth(1).is_some();
        let after_scheme = scheme.strip_prefix("://").filter(|_| long);
        let after_at = text.match_indices('@').filter(|(at, _)| *at > 0).map(|(at, _)| &text[at + 1..]);
        std::iter::once(text).chain(after_scheme).chain(after_at).any(|host| self.host(host))
    }

    fn host(&self, text: &str) -> bool {
        address(text).is_some_and(is_end) || self.name(text).is_some_and(is_end)
    }

    /// What follows dotted labels with a last one of 2 to 63 letters.
    fn name<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut rest = text;
        let mut labels = 0;
        loop {
            let after = rest.trim_start_matches(|c| self.last.has(c));
            let size = rest[..rest.len() - after.len()].chars().count();
            if labels > 0 && (2..=63).contains(&size) && is_end(after) {
                return Some(after);
            }
            let after = rest.trim_start_matches(|c| c == '_' || c == '-' || is_label(c));
            let label = &rest[..rest.len() - after.len()];
            let ends = label.chars().next().zip(label.chars().next_back());
            if !ends.is_some_and(|(a, b)| is_label(a) && is_label(b)) || label.chars().nth(64).is_some() {
                return None;
            }
            rest = after.strip_prefix('.')?;
            labels += 1;
        }
    }
}

/// `[A-Za-z0-9]` and all from U+00A1 to U+FFFF.
fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

/// `\w` but for the underscore.
fn is_word(c: char) -> bool {
    is_alpha(c) || is_digit(c) || c.is_numeric()
}

/// An optional port and an optional path, query or fragment up to the end.
fn is_end(text: &str) -> bool {
    if text.is_empty() || text.starts_with(['/', '?', '#']) {
        return true;
    }
    let Some(port) = text.strip_prefix(':') else { return false };
    let rest = port.trim_start_matches(is_decimal);
    let digits = port[..port.len() - rest.len()].chars().count();
    (2..=5).contains(&digits) && (rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// What follows a public IPv4 address.
fn address(text: &str) -> Option<&str> {
    let mut rest = text;
    let mut parts = [""; 4];
    for (i, part) in parts.iter_mut().enumerate() {
        if i > 0 {
            rest = rest.strip_prefix('.')?;
        }
        let after = rest.trim_start_matches(is_decimal);
        *part = &rest[..rest.len() - after.len()];
        rest = after;
    }
    let [a, b, c, d] = parts;
    let private = matches!(a, "10" | "127")
        || matches!((a, b), ("169", "254") | ("192", "168"))
        || (a == "172"
            && (matches!(b, "16" | "17" | "18" | "19" | "30" | "31")
                || (b.starts_with('2') && b.chars().count() == 2)));
    let valid = number(a, 1, 223) && number(b, 0, 255) && number(c, 0, 255) && number(d, 1, 254);
    (valid && !private).then_some(rest)
}

/// One to three digits whose value lies within the bounds; no leading zero unless `low` is 0, and then not before three digits.
fn number(part: &str, low: u32, high: u32) -> bool {
    let digits: Option<Vec<u32>> = part.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    let value = digits.iter().fold(0, |n, d| n * 10 + d);
    let zero = digits.first() == Some(&0);
    (1..=3).contains(&digits.len())
        && (low..=high).contains(&value)
        && !(zero && (low > 0 || digits.len() == 3))
}
