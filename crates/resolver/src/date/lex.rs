//! Cuts text into words, numbers and signs and looks each word up in the date tables.

use record::{ByteSpan, Syntax};
use smol_str::{SmolStr, StrExt};
use tables::dates::{Dates, Season, Sense, Unit, What};

/// What a lexeme is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// One other sign.
    Sign,
    /// End of a block: no expression goes across.
    Break,
}

/// One lexeme.
#[derive(Debug, Clone)]
pub struct Lexeme<'t> {
    /// Where it stands.
    pub span: ByteSpan,
    /// What it is made of.
    pub kind: Kind,
    /// True when nothing stands between it and the lexeme before.
    pub glued: bool,
    /// True when its first letter is a capital.
    pub capital: bool,
    /// Lower-cased text.
    pub low: SmolStr,
    /// Value of a number, `u32::MAX` when too big.
    pub number: u32,
    /// Index of its token in the parse, `usize::MAX` when none.
    pub token: usize,
    /// Fine tag of its token.
    pub tag: SmolStr,
    /// Entity label of its token.
    pub label: SmolStr,
    senses: &'t [Sense],
}

/// The lexemes of a text.
pub struct Lexemes<'t> {
    /// In text order; every block ends with a [`Kind::Break`].
    pub all: Vec<Lexeme<'t>>,
    /// The tables.
    pub tables: &'t Dates,
    /// True when figures put the day before the month (7/12 is 7 December).
    pub day_first: bool,
}

impl<'t> Lexemes<'t> {
    /// Nothing yet.
    pub fn new(tables: &'t Dates) -> Self {
        Lexemes { all: Vec::new(), tables, day_first: false }
    }

    /// Adds the lexemes of one block.
    pub fn add(&mut self, text: &str, block: ByteSpan) {
        let mut glued = false;
        let mut rest = block.of(text);
        let mut at = block.start as usize;
        while let Some(first) = rest.chars().next() {
            if first.is_whitespace() {
                glued = false;
                at += first.len_utf8();
                rest = rest.get(first.len_utf8()..).unwrap_or("");
                continue;
            }
            let (kind, len) = run(rest, first);
            let word = rest.get(..len).unwrap_or("");
            self.push(word, kind, at, glued);
            glued = true;
            at += len;
            rest = rest.get(len..).unwrap_or("");
        }
        self.push("", Kind::Break, at, false);
    }

    fn push(&mut self, word: &str, kind: Kind, at: usize, glued: bool) {
        let low = word.to_lowercase_smolstr();
        let senses = if kind == Kind::Word { self.tables.senses(&low) } else { &[] };
        let number = if kind == Kind::Number { word.parse().unwrap_or(u32::MAX) } else { 0 };
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let span = ByteSpan::new(at, at + word.len());
        self.all.push(Lexeme {
            span,
            kind,
            glued,
            capital,
            low,
            number,
            token: usize::MAX,
            tag: SmolStr::default(),
            label: SmolStr::default(),
            senses,
        });
    }

    /// Ties every lexeme to its token of the parse.
    pub fn tie(&mut self, syntax: &Syntax<'_>) {
        let tokens = &syntax.doc.tokens;
        let mut at = 0;
        for lexeme in &mut self.all {
            while tokens.get(at).is_some_and(|t| t.span.end <= lexeme.span.start) {
                at += 1;
            }
            if tokens.get(at).is_some_and(|t| t.span.overlaps(lexeme.span)) {
                lexeme.token = at;
                lexeme.tag = syntax.token(at).tag.clone();
                lexeme.label = syntax.entity_label(at).into();
            }
        }
    }

    /// Fine tag and entity label of lexeme `i`, empty when there is no parse.
    pub fn parse(&self, i: usize) -> (&str, &str) {
        self.all.get(i).map_or(("", ""), |l| (l.tag.as_str(), l.label.as_str()))
    }

    /// Lexeme `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<&Lexeme<'t>> {
        self.all.get(i)
    }

    /// Lexeme before `i`.
    pub fn before(&self, i: usize) -> Option<&Lexeme<'t>> {
        self.all.get(i.checked_sub(1)?)
    }

    /// True when lexeme `i` is the word or sign `low`.
    pub fn is(&self, i: usize, low: &str) -> bool {
        self.get(i).is_some_and(|l| l.low == low)
    }

    /// True when lexeme `i` is one of the words.
    pub fn one_of(&self, i: usize, words: &[&str]) -> bool {
        self.get(i).is_some_and(|l| words.contains(&l.low.as_str()))
    }

    /// True when lexeme `i` follows the one before without a gap.
    pub fn glued(&self, i: usize) -> bool {
        self.get(i).is_some_and(|l| l.glued && l.kind != Kind::Break)
    }

    /// True for a dash or hyphen.
    pub fn dash(&self, i: usize) -> bool {
        self.one_of(i, &["-", "–", "—", "‑", "‐"])
    }

    /// `i + 1` when lexeme `i` is `low`, else `i`.
    pub fn skip(&self, i: usize, low: &str) -> usize {
        i + usize::from(self.is(i, low))
    }

    /// First meaning of lexeme `i` that `pick` takes, with its row.
    pub fn sense<T>(&self, i: usize, pick: impl Fn(&'t What) -> Option<T>) -> Option<(T, &'t str)> {
        self.get(i)?.senses.iter().find_map(|s| Some((pick(&s.what)?, s.row.as_str())))
    }

    /// Unit with factor and whether the word is plural.
    pub fn unit(&self, i: usize) -> Option<(Unit, u32, bool)> {
        self.sense(i, |w| match w {
            What::Unit { unit, factor, plural } => Some((*unit, *factor, *plural)),
            _ => None,
        })
        .map(|s| s.0)
    }

    /// Month by its capitalised name, and the lexeme after it (the full stop of an abbreviation included).
    pub fn month(&self, i: usize) -> Option<(i8, usize)> {
        let ((number, short), _) = self.sense(i, |w| match w {
            What::Month { number, abbreviation } => Some((*number, *abbreviation)),
            _ => None,
        })?;
        if !self.get(i)?.capital {
            return None;
        }
        Some((i8::try_from(number).ok()?, self.stop(i, short)))
    }

    /// Weekday by its capitalised name, the lexeme after it, and whether it is plural.
    pub fn weekday(&self, i: usize) -> Option<(i8, usize, bool)> {
        let ((number, short, plural), _) = self.sense(i, |w| match w {
            What::Weekday { number, abbreviation, plural } => Some((*number, *abbreviation, *plural)),
            _ => None,
        })?;
        if !self.get(i)?.capital {
            return None;
        }
        Some((i8::try_from(number).ok()?, self.stop(i, short), plural))
    }

    /// After an abbreviation: skips its full stop when the sentence plainly goes on.
    fn stop(&self, i: usize, short: bool) -> usize {
        let goes_on =
            |l: &Lexeme<'_>| l.kind == Kind::Number || (l.kind == Kind::Word && !l.capital) || l.low == ",";
        let dot = short && self.is(i + 1, ".") && self.glued(i + 1);
        i + 1 + usize::from(dot && self.get(i + 2).is_some_and(goes_on))
    }

    /// Season, whether the word is a weak sign of one.
    pub fn season(&self, i: usize) -> Option<(Season, bool)> {
        self.sense(i, |w| match w {
            What::Season { season, weak } => Some((*season, *weak)),
            _ => None,
        })
        .map(|s| s.0)
    }

    /// Part of the day: code, whether it stands alone, whether plural.
    pub fn part(&self, i: usize) -> Option<(&'t str, bool, bool)> {
        self.sense(i, |w| match w {
            What::Part { code, point, plural } => Some((code.as_str(), *point, *plural)),
            _ => None,
        })
        .map(|s| s.0)
    }

    /// Ordinal number in words or figures ("3rd"), and the lexeme after it.
    pub fn ordinal(&self, i: usize) -> Option<(u32, usize)> {
        let l = self.get(i)?;
        if l.kind == Kind::Number && self.glued(i + 1) && self.one_of(i + 1, &["st", "nd", "rd", "th"]) {
            return Some((l.number, i + 2));
        }
        let word = |i| self.sense(i, |w| if let What::Ordinal(n) = w { Some(*n) } else { None }).map(|s| s.0);
        if let Some(n) = word(i) {
            return Some((n, i + 1));
        }
        let tens = self.sense(i, |w| if let What::Cardinal(n) = w { Some(*n) } else { None })?.0;
        let next = i + 1 + usize::from(self.dash(i + 1));
        (tens >= 20 && tens % 10 == 0).then(|| word(next)).flatten().map(|n| (tens + n, next + 1))
    }

    /// True when the word before `i` is a preposition, article or similar that lets a unit or season stand.
    pub fn after_any(&self, i: usize, words: &[&str]) -> bool {
        i > 0 && self.one_of(i - 1, words)
    }
}

fn run(rest: &str, first: char) -> (Kind, usize) {
    let len = |take: fn(char) -> bool| rest.find(|c| !take(c)).unwrap_or(rest.len());
    if first.is_ascii_digit() {
        (Kind::Number, len(|c| c.is_ascii_digit()))
    } else if first.is_alphabetic() {
        (Kind::Word, len(char::is_alphabetic))
    } else {
        (Kind::Sign, first.len_utf8())
    }
}
