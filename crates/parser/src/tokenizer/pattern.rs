//! The tokenizer file's patterns to matchers: hand-made ones that run in linear time for the forms that spaCy's patterns
//! have, a regular-expression engine with bounded effort for all others.

use super::simple::Simple;
use super::url::FastUrl;
use crate::error::Error;
use fancy_regex::{Regex, RegexBuilder};

/// Steps that the regular-expression engine may go back; a string that needs more counts as no match.
const BACKTRACK: usize = 100_000;
/// Longest string, in bytes, that is handed to the regular-expression engine.
const LONGEST: usize = 1000;

/// How one pattern is matched.
enum Matcher<T> {
    /// No pattern: no match.
    Nothing,
    /// The hand-made way.
    Fast(T),
    /// The regular-expression engine.
    Regex(Box<Regex>),
}

fn matcher<T>(pattern: Option<&str>, fast: impl Fn(&str) -> Option<T>) -> Result<Matcher<T>, Error> {
    let Some(pattern) = pattern else { return Ok(Matcher::Nothing) };
    if let Some(fast) = fast(pattern) {
        return Ok(Matcher::Fast(fast));
    }
    let regex = RegexBuilder::new(pattern).backtrack_limit(BACKTRACK).build();
    regex
        .map(|r| Matcher::Regex(Box::new(r)))
        .map_err(|e| Error::format(format!("pattern {pattern:.60}: {e}")))
}

/// First match of a regular expression, as bytes; none when the string is too long or too hard.
fn search(regex: &Regex, text: &str) -> Option<(usize, usize)> {
    let found = if text.len() <= LONGEST { regex.find(text).ok().flatten() } else { None };
    found.map(|m| (m.start(), m.end()))
}

/// Finds what stands at one end of a string.
pub struct Affix {
    matcher: Matcher<Simple>,
    prefix: bool,
}

impl Affix {
    /// Matcher of `prefix_search`.
    pub fn prefix(pattern: Option<&str>) -> Result<Self, Error> {
        Ok(Affix { matcher: matcher(pattern, Simple::prefixes)?, prefix: true })
    }

    /// Matcher of `suffix_search`.
    pub fn suffix(pattern: Option<&str>) -> Result<Self, Error> {
        Ok(Affix { matcher: matcher(pattern, Simple::suffixes)?, prefix: false })
    }

    /// Length in bytes of the affix, 0 when there is none.
    pub fn find(&self, text: &str) -> usize {
        match &self.matcher {
            Matcher::Nothing => 0,
            Matcher::Fast(simple) if self.prefix => simple.at_start(text),
            Matcher::Fast(simple) => simple.at_end(text),
            Matcher::Regex(regex) => {
                let fits = |&(a, b): &(usize, usize)| if self.prefix { a == 0 } else { b == text.len() };
                search(regex, text).filter(fits).map_or(0, |(a, b)| b - a)
            }
        }
    }
}

/// Finds the places inside a string where it is cut.
pub struct Infix {
    matcher: Matcher<Simple>,
}

impl Infix {
    /// Matcher of `infix_finditer`.
    pub fn new(pattern: Option<&str>) -> Result<Self, Error> {
        Ok(Infix { matcher: matcher(pattern, Simple::anywhere)? })
    }

    /// Calls `each` with the first byte and the byte after the last of every match, left to right.
    pub fn each(&self, text: &str, mut each: impl FnMut(usize, usize)) {
        match &self.matcher {
            Matcher::Nothing => {}
            Matcher::Fast(simple) => simple.each(text, each),
            Matcher::Regex(_) if text.len() > LONGEST => {}
            Matcher::Regex(regex) => {
                regex.find_iter(text).map_while(Result::ok).for_each(|m| each(m.start(), m.end()));
            }
        }
    }
}

/// Tells addresses, which stay whole.
pub struct Url {
    matcher: Matcher<FastUrl>,
}

impl Url {
    /// Matcher of `url_match`.
    pub fn new(pattern: Option<&str>) -> Result<Self, Error> {
        Ok(Url { matcher: matcher(pattern, FastUrl::new)? })
    }

    /// True when the whole text is an address.
    pub fn matches(&self, text: &str) -> bool {
        match &self.matcher {
            Matcher::Nothing => false,
            Matcher::Fast(fast) => fast.matches(text),
            Matcher::Regex(regex) => search(regex, text) == Some((0, text.len())),
        }
    }
}

#[cfg(test)]
#[path = "pattern_tests.rs"]
mod tests;
