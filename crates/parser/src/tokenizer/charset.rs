//! A regular expression's character class to a set with quick look-up.

use std::iter::Peekable;
use std::str::Chars;

/// A set of characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CharSet {
    /// Those below 128, one bit each.
    ascii: u128,
    /// All others: first and last of each range, sorted, apart.
    ranges: Vec<(u32, u32)>,
}

impl CharSet {
    /// One character.
    pub fn single(c: char) -> Self {
        Self::of(vec![(c as u32, c as u32)])
    }

    fn of(mut ranges: Vec<(u32, u32)>) -> Self {
        let mut out = CharSet::default();
        ranges.sort_unstable();
        for (first, last) in ranges {
            for c in first..=last.min(127) {
                out.ascii |= 1 << c;
            }
            let first = first.max(128);
            match out.ranges.last_mut() {
                _ if first > last => {}
                Some((_, end)) if first <= *end + 1 => *end = (*end).max(last),
                _ => out.ranges.push((first, last)),
            }
        }
        out
    }

    /// All characters of some sets.
    pub fn union<'a>(sets: impl Iterator<Item = &'a CharSet>) -> Self {
        let mut ascii = 0;
        let mut ranges = Vec::new();
        for set in sets {
            ascii |= set.ascii;
            ranges.extend_from_slice(&set.ranges);
        }
        CharSet { ascii, ..Self::of(ranges) }
    }

    /// True when the character is in the set.
    pub fn has(&self, c: char) -> bool {
        let c = c as u32;
        if c < 128 {
            return self.ascii >> c & 1 == 1;
        }
        let at = self.ranges.partition_point(|&(_, last)| last < c);
        self.ranges.get(at).is_some_and(|&(first, _)| first <= c)
    }
}

/// The rest of a class after its `[`. None for what is not read here: negation, `\d` and the like, set operations.
pub fn class(source: &mut Peekable<Chars<'_>>) -> Option<CharSet> {
    if source.peek() == Some(&'^') {
        return None;
    }
    let mut ranges = Vec::new();
    loop {
        let first = match source.next()? {
            ']' => break,
            '\\' => escape(source)?,
            '[' => return None,
            c => c,
        };
        let mut ahead = source.clone();
        if ahead.next() == Some('-') && ahead.peek().is_some_and(|c| *c != ']') {
            source.next();
            let last = match source.next()? {
                '\\' => escape(source)?,
                c => c,
            };
            if last < first {
                return None;
            }
            ranges.push((first as u32, last as u32));
        } else {
            ranges.push((first as u32, first as u32));
        }
    }
    (!ranges.is_empty()).then(|| CharSet::of(ranges))
}

/// The character after a backslash: `\uXXXX`, `\UXXXXXXXX`, or punctuation that stands for itself.
pub fn escape(source: &mut Peekable<Chars<'_>>) -> Option<char> {
    let digits = match source.next()? {
        'u' => 4,
        'U' => 8,
        c if c.is_ascii_punctuation() => return Some(c),
        _ => return None,
    };
    let mut code = 0u32;
    for _ in 0..digits {
        code = code.checked_mul(16)?.checked_add(source.next()?.to_digit(16)?)?;
    }
    char::from_u32(code)
}
