//! Word types and what is known of each: norm, lower case, the keys of the embedding columns.

use crate::error::Error;
use crate::hash::string_id;
use crate::model::msgpack::{entries, need, number, parse, text, wrong};
use crate::unicode::{is_alpha, is_digit, is_space};
use hashbrown::{HashMap, HashTable};
use smol_str::SmolStr;
use std::hash::BuildHasher;

type FastMap<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// Norms by the exact text of a word, shared by all threads.
pub struct Vocab {
    norms: FastMap<u64, SmolStr>,
}

/// spaCy's table of norms that hold in every language, as `variants → norm` (spaCy `lang/norm_exceptions.py`).
const BASE_NORMS: &[(&[&str], &str)] = &[
    (&["'s", "'S", "’s", "’S"], "'s"),
    (&["’", "‘", "´", "`"], "'"),
    (&["”", "“", "''", "´´", "„", "»", "«", "‘‘", "’’", "``"], "\""),
    (&["？"], "?"),
    (&["！"], "!"),
    (&["，"], ","),
    (&["；"], ";"),
    (&["："], ":"),
    (&["。", "।"], "."),
    (&["…"], "..."),
    (&["—", "–", "--", "---", "——"], "-"),
    (&["€", "£", "¥", "฿", "US$", "C$", "A$", "₺", "₹", "৳", "₩", "Mex$", "₣", "E£"], "$"),
];

impl Vocab {
    /// Reads `vocab/lookups.bin`; without it only the base norms hold.
    pub fn new(lookups: Option<&[u8]>) -> Result<Self, Error> {
        let mut norms = FastMap::default();
        for (variants, norm) in BASE_NORMS {
            norms.extend(variants.iter().map(|v| (string_id(v), SmolStr::new_static(norm))));
        }
        if let Some(bytes) = lookups.filter(|b| !b.is_empty()) {
            let value = parse(bytes)?;
            if let Ok(table) = need(&value, "lexeme_norm") {
                for (key, norm) in entries(table).ok_or_else(|| wrong("lexeme_norm", "a map"))? {
                    let key = number(key).ok_or_else(|| wrong("key of lexeme_norm", "an id"))?;
                    norms
                        .insert(key, text(norm).ok_or_else(|| wrong("value of lexeme_norm", "text"))?.into());
                }
            }
        }
        Ok(Vocab { norms })
    }

    fn word(&self, text: &str, norm: Option<&SmolStr>) -> Word {
        let lower = SmolStr::from(text.to_lowercase());
        let orth = string_id(text);
        let given_norm = norm.is_some();
        let norm = norm.or_else(|| self.norms.get(&orth)).cloned().unwrap_or_else(|| lower.clone());
        let prefix = text.chars().next().map_or(0, char::len_utf8);
        let suffix = text.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
        let keys = Keys {
            norm: string_id(&norm),
            prefix: string_id(&text[..prefix]),
            suffix: string_id(&text[suffix..]),
            shape: string_id(&shape(text)),
            lower: string_id(&lower),
            orth,
        };
        let is_space = !text.is_empty() && text.chars().all(is_space);
        Word { text: text.into(), norm, lower, keys, is_space, given_norm }
    }
}

/// The form of a word: `X` for upper case, `x` for other letters, `d` for digits, other characters as they are;
/// runs are cut after four.
fn shape(text: &str) -> String {
    if text.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let (mut last, mut run) = ('\0', 0);
    for c in text.chars() {
        let mapped = match c {
            _ if is_alpha(c) => {
                if c.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            _ if is_digit(c) => 'd',
            _ => c,
        };
        run = if mapped == last { run + 1 } else { 0 };
        last = mapped;
        if run < 4 {
            out.push(mapped);
        }
    }
    out
}

/// Values of the embedding columns that depend on the word alone.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    /// NORM.
    pub norm: u64,
    /// PREFIX: the first character.
    pub prefix: u64,
    /// SUFFIX: the last three characters.
    pub suffix: u64,
    /// SHAPE.
    pub shape: u64,
    /// LOWER.
    pub lower: u64,
    /// ORTH: the text itself.
    pub orth: u64,
}

/// One word type: a text with a norm.
#[derive(Debug)]
pub struct Word {
    /// As written.
    pub text: SmolStr,
    /// Norm: of the tokenizer exception, the table, or the lower case.
    pub norm: SmolStr,
    /// Lower case.
    pub lower: SmolStr,
    /// Column values.
    pub keys: Keys,
    /// True when it is white space only.
    pub is_space: bool,
    given_norm: bool,
}

/// Index of a word in its [`Lexicon`].
pub type WordId = u32;

/// Word types met so far by one worker.
#[derive(Default)]
pub struct Lexicon {
    words: Vec<Word>,
    hashes: Vec<u64>,
    index: HashTable<WordId>,
    hasher: foldhash::fast::FixedState,
}

impl Lexicon {
    /// The word with this text and, for pieces of tokenizer exceptions, this norm.
    pub fn intern(&mut self, vocab: &Vocab, text: &str, norm: Option<&SmolStr>) -> WordId {
        let hash =
            self.hasher.hash_one(text) ^ norm.map_or(0, |n| self.hasher.hash_one(n.as_str()).rotate_left(17));
        let words = &self.words;
        let same = |&id: &WordId| {
            let (word, given) = (&words[id as usize], norm.is_some());
            word.text == text && word.given_norm == given && norm.is_none_or(|n| word.norm == *n)
        };
        if let Some(&id) = self.index.find(hash, same) {
            return id;
        }
        let id = self.words.len() as WordId;
        self.words.push(vocab.word(text, norm));
        self.hashes.push(hash);
        let hashes = &self.hashes;
        self.index.insert_unique(hash, id, |&id| hashes[id as usize]);
        id
    }

    /// The word with the id.
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id as usize]
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (text, expected) in [
            ("Russia", "Xxxxx"),
            ("U.S.", "X.X."),
            ("2025-07", "dddd-dd"),
            ("½a", "½x"),
            ("aaaaaaaB", "xxxxX"),
            ("ǅa", "xx"),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"é".repeat(100)), "LONG");
    }

    #[test]
    fn words_with_and_without_a_norm_of_their_own() {
        let vocab = Vocab::new(None).unwrap();
        let mut lexicon = Lexicon::default();
        let plain = lexicon.intern(&vocab, "n't", None);
        let given = lexicon.intern(&vocab, "n't", Some(&"not".into()));
        assert_ne!(plain, given);
        assert_eq!(lexicon.word(plain).norm, "n't");
        assert_eq!(lexicon.word(given).norm, "not");
        assert_eq!(lexicon.intern(&vocab, "n't", None), plain);
        assert_eq!(lexicon.word(lexicon.len() as u32 - 1).norm, "not");
        let dash = lexicon.intern(&vocab, "——", None);
        assert_eq!(lexicon.word(dash).norm, "-");
    }
}
