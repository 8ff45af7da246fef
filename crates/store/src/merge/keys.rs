//! Page and parse to the keys by which reports are compared: words, names, places, numbers, predicates.

use record::{Syntax, Token};
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, StrExt, format_smolstr};
use std::collections::BTreeMap;

/// What a key is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Lemmas of content words, names included; parts of hyphenated words too.
    Words,
    /// Content words of the first sentence.
    First,
    /// Two content words in a row.
    Bigrams,
    /// Words of names that are no places.
    Names,
    /// Last words of names of people.
    Persons,
    /// Words of names of places.
    Places,
    /// Verbs.
    Verbs,
    /// Verbs and the nouns tied to them ("arrest>man").
    Arguments,
    /// A number and what it counts ("23 pirate").
    Numbers,
    /// Calendar years.
    Years,
    /// Days of a month ("march 13").
    Days,
    /// Weekdays.
    Weekdays,
    /// Ages of people.
    Ages,
}

/// Number of kinds.
pub const KINDS: usize = Kind::Ages as usize + 1;

/// Keys of one report with how often each occurs, by kind.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Keys {
    bags: Vec<BTreeMap<SmolStr, u32>>,
    /// Sentences that tell no news, in bytes of the text; none in rows of older versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub background: Vec<[u32; 2]>,
}

impl Keys {
    /// Keys of one kind in order.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = (&SmolStr, u32)> {
        self.bags.get(kind as usize).into_iter().flatten().map(|(k, n)| (k, *n))
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.of(Kind::Words).map(|(_, n)| n as usize).sum()
    }

    /// True when nothing can be compared.
    pub fn is_empty(&self) -> bool {
        self.bags.iter().all(BTreeMap::is_empty)
    }

    fn add(&mut self, kind: Kind, key: SmolStr) {
        self.bags.resize_with(KINDS, BTreeMap::new);
        if let Some(bag) = self.bags.get_mut(kind as usize) {
            *bag.entry(key).or_default() += 1;
        }
    }

    /// Reads the keys off a parse.
    pub fn read(syntax: &Syntax<'_>) -> Keys {
        let mut keys = Keys { background: super::background::sentences(syntax), ..Keys::default() };
        let mut last: Option<(usize, SmolStr)> = None;
        for i in 0..syntax.len() {
            let sentence = syntax.sentence(i).unwrap_or_default();
            if let Some(word) = content(syntax, i) {
                keys.add(Kind::Words, word.clone());
                if sentence == 0 {
                    keys.add(Kind::First, word.clone());
                }
                if let Some((_, before)) = last.take().filter(|l| l.0 == sentence) {
                    keys.add(Kind::Bigrams, format_smolstr!("{before} {word}"));
                }
                last = Some((sentence, word));
            }
            keys.named(syntax, i);
            keys.counted(syntax, i);
            keys.predicate(syntax, i);
            keys.dated(syntax, i);
        }
        keys
    }

    fn named(&mut self, syntax: &Syntax<'_>, i: usize) {
        let word = || syntax.lower(i).trim_end_matches(|c: char| !c.is_alphanumeric()).into();
        if !syntax.text(i).chars().any(char::is_alphanumeric)
            || matches!(syntax.pos(i), "DET" | "ADP" | "PART")
        {
            return;
        }
        match syntax.entity_label(i) {
            "GPE" | "LOC" => self.add(Kind::Places, word()),
            "PERSON" | "ORG" | "NORP" | "FAC" | "PRODUCT" | "EVENT" | "WORK_OF_ART" | "LAW" => {
                self.add(Kind::Names, word())
            }
            "" if syntax.pos(i) == "PROPN" => self.add(Kind::Names, word()),
            _ => {}
        }
        let ends = |e: usize| syntax.doc.entities.get(e).is_some_and(|e| e.tokens.end as usize == i + 1);
        if syntax.entity_label(i) == "PERSON" && syntax.entity(i).is_some_and(ends) {
            self.add(Kind::Persons, word());
        }
    }

    fn counted(&mut self, syntax: &Syntax<'_>, i: usize) {
        if syntax.pos(i) != "NUM" {
            return;
        }
        let Some(value) = number(syntax.lower(i)) else { return };
        let head = syntax.head(i);
        let noun = syntax.lemma(head).to_lowercase_smolstr();
        if syntax.dep(i) == "nummod" && syntax.pos(head) == "NOUN" {
            self.add(Kind::Numbers, format_smolstr!("{value} {noun}"));
        }
        let age = (noun == "old" || noun == "year") && around(syntax, i, 4, "old")
            || i > 0 && syntax.lower(i - 1) == "aged";
        let apposed = i > 0
            && syntax.text(i - 1) == ","
            && i + 1 < syntax.len()
            && syntax.text(i + 1) == ","
            && i > 1
            && syntax.pos(i - 2) == "PROPN";
        if age || apposed {
            self.add(Kind::Ages, value);
        }
    }

    fn predicate(&mut self, syntax: &Syntax<'_>, i: usize) {
        if syntax.pos(i) != "VERB" {
            return;
        }
        let verb = syntax.lemma(i).to_lowercase_smolstr();
        self.add(Kind::Verbs, verb.clone());
        for child in syntax.children(i) {
            let noun = match syntax.dep(child) {
                "nsubj" | "dobj" | "nsubjpass" | "attr" => Some(child),
                "prep" | "agent" => syntax.child(child, "pobj"),
                _ => None,
            };
            if let Some(noun) = noun.and_then(|n| content(syntax, n)) {
                self.add(Kind::Arguments, format_smolstr!("{verb}>{noun}"));
            }
        }
    }

    fn dated(&mut self, syntax: &Syntax<'_>, i: usize) {
        let word = syntax.lower(i);
        if let Ok(year) = word.parse::<u32>() {
            let before = i.checked_sub(1).map_or("", |b| syntax.lower(b));
            if word.len() == 4 && (1900..2100).contains(&year) {
                self.add(Kind::Years, word.into());
            } else if (1..=31).contains(&year) && is_month(before) {
                self.add(Kind::Days, format_smolstr!("{} {year}", before.get(..3).unwrap_or(before)));
            }
        }
        if matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
        {
            self.add(Kind::Weekdays, word.into());
        }
    }
}

fn is_month(word: &str) -> bool {
    let short = word.trim_end_matches('.').get(..3).unwrap_or("");
    matches!(
        short,
        "jan" | "feb" | "mar" | "apr" | "may" | "jun" | "jul" | "aug" | "sep" | "oct" | "nov" | "dec"
    ) && word.len() <= 9
}

fn around(syntax: &Syntax<'_>, i: usize, reach: usize, word: &str) -> bool {
    (i + 1..(i + 1 + reach).min(syntax.len())).any(|k| syntax.lower(k) == word)
}

/// Lemma of a content word in lower case.
fn content(syntax: &Syntax<'_>, i: usize) -> Option<SmolStr> {
    let token: &Token = syntax.token(i);
    if !matches!(token.pos.as_str(), "NOUN" | "PROPN" | "VERB" | "ADJ" | "NUM" | "ADV") {
        return None;
    }
    let word = if token.pos == "NUM" { number(syntax.lower(i))? } else { token.lemma.to_lowercase_smolstr() };
    (word.len() > 1 && word.chars().any(char::is_alphanumeric)).then_some(word)
}

/// A number in figures or words as plain digits.
pub fn number(word: &str) -> Option<SmolStr> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(n) = WORDS.iter().position(|w| *w == word) {
        return Some(format_smolstr!("{n}"));
    }
    let digits: String = word.chars().filter(|c| *c != ',').collect();
    let fits = digits.starts_with(|c: char| c.is_ascii_digit());
    (fits || matches!(word, "hundred" | "thousand" | "million" | "billion" | "dozen")).then(|| digits.into())
}
