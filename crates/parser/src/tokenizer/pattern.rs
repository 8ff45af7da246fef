//! The tokenizer file's patterns to matchers.

use crate::error::Error;
use fancy_regex::Regex;

fn compile(pattern: Option<&str>) -> Result<Option<Regex>, Error> {
    let Some(pattern) = pattern else { return Ok(None) };
    let built = fancy_regex::RegexBuilder::new(pattern).backtrack_limit(1_000_000).build();
    built.map(Some).map_err(|e| Error::format(format!("pattern {:.60}: {e}", pattern)))
}

/// Finds what stands at one end of a string.
pub struct Affix {
    regex: Option<Regex>,
    prefix: bool,
}

impl Affix {
    /// Matcher of `prefix_search`.
    pub fn prefix(pattern: Option<&str>) -> Result<Self, Error> {
        Ok(Affix { regex: compile(pattern)?, prefix: true })
    }

    /// Matcher of `suffix_search`.
    pub fn suffix(pattern: Option<&str>) -> Result<Self, Error> {
        Ok(Affix { regex: compile(pattern)?, prefix: false })
    }

    /// Length in bytes of the affix, 0 when there is none.
    pub fn find(&self, text: &str) -> usize {
        let found = self.regex.as_ref().and_then(|r| r.find(text).ok().flatten());
        found
            .filter(|m| if self.prefix { m.start() == 0 } else { m.end() == text.len() })
            .map_or(0, |m| m.end() - m.start())
    }
}

/// Finds the places inside a string where it is cut.
pub struct Infix {
    regex: Option<Regex>,
}

impl Infix {
    /// Matcher of `infix_finditer`.
    pub fn new(pattern: Option<&str>) -> Result<Self, Error> {
        Ok(Infix { regex: compile(pattern)? })
    }

    /// Calls `each` with the first byte and the byte after the last of every match, left to right.
    pub fn each(&self, text: &str, mut each: impl FnMut(usize, usize)) {
        for found in self.regex.iter().flat_map(|r| r.find_iter(text)).map_while(Result::ok) {
            each(found.start(), found.end());
        }
    }
}

/// Tells addresses, which stay whole.
pub struct Url {
    regex: Option<Regex>,
}

impl Url {
    /// Matcher of `url_match`.
    pub fn new(pattern: Option<&str>) -> Result<Self, Error> {
        Ok(Url { regex: compile(pattern)? })
    }

    /// True when the whole text is an address.
    pub fn matches(&self, text: &str) -> bool {
        self.regex
            .as_ref()
            .is_some_and(|r| matches!(r.find(text), Ok(Some(m)) if m.start() == 0 && m.end() == text.len()))
    }
}
