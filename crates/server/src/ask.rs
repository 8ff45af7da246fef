//! The query string of a request to a filter and options, with what was dropped.

use store::query::{Dropped, Filter, NAMES};

/// Longest value of a parameter, in bytes; longer ones are dropped.
const LONGEST: usize = 400;

/// A question as it was asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    /// Which events.
    pub filter: Filter,
    /// Parameters of the view that are no part of the filter.
    pub own: Vec<(String, String)>,
    /// What was not understood.
    pub dropped: Vec<Dropped>,
}

impl Ask {
    /// Reads a query string; `own` names the parameters of the view.
    pub fn read(query: &str, own: &[&str]) -> Ask {
        let pairs = pairs(query);
        let (filter, mut dropped) = Filter::read(
            pairs.iter().filter(|p| p.1.len() <= LONGEST).map(|(n, v)| (n.as_str(), v.as_str())),
        );
        let mut out = Ask { filter, ..Ask::default() };
        for (name, value) in pairs {
            let known = NAMES.contains(&name.as_str());
            let mine = own.contains(&name.as_str());
            if value.len() > LONGEST || !known && !mine {
                let why = if known || mine { "too long" } else { "no such parameter" };
                dropped.push(Dropped { name, value: value.chars().take(40).collect(), why: why.to_owned() });
            } else if mine {
                out.own.push((name, value));
            }
        }
        out.dropped = dropped;
        out
    }

    /// A parameter of the view.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.own.iter().find(|p| p.0 == name).map(|p| p.1.as_str()).filter(|v| !v.is_empty())
    }

    /// A parameter that is parsed; a bad one counts as absent and is named.
    pub fn parse<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        let text = self.get(name)?.to_owned();
        let value = text.parse().ok();
        if value.is_none() {
            self.dropped.push(Dropped {
                name: name.to_owned(),
                value: text,
                why: "not understood".to_owned(),
            });
        }
        value
    }
}

/// Names and values of a query string, percent-decoded. What is no UTF-8 becomes the replacement character.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    let split = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(name), decode(value))
    };
    query.split('&').filter(|p| !p.is_empty()).take(100).map(split).collect()
}

/// Percent-decoding as in forms: `+` is a blank.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let hex = |n: usize| bytes.get(n).and_then(|b| (*b as char).to_digit(16));
        match (b, hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (b'+', ..) => {
                out.push(b' ');
                at += 1;
            }
            _ => {
                out.push(b);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_strings_are_read_and_faults_named() {
        let ask =
            Ask::read("type=ACCUSE%2Cthreaten&q=two+words&sort=newest&from=yesterday&x=1&%zz=%", &["sort"]);
        assert_eq!(ask.filter.kind.len(), 2);
        assert_eq!(ask.filter.q.as_deref(), Some("two words"));
        assert_eq!(ask.get("sort"), Some("newest"));
        let names: Vec<&str> = ask.dropped.iter().map(|d| d.name.as_str()).collect();
        assert_eq!(names, ["from", "x", "%zz"]);
    }

    #[test]
    fn decoding_never_fails() {
        assert_eq!(decode("%C3%A9%FF%"), "é\u{fffd}%");
        assert_eq!(decode("%E2%82"), "\u{fffd}");
    }
}
