//! Text to tokens, as spaCy's rule-based tokenizer cuts it.

mod charset;
mod pattern;
mod simple;
mod special;
mod url;

use crate::error::Error;
use crate::model::msgpack::{entries, get, items, number, parse, text, wrong};
use crate::unicode::is_space;
use crate::vocab::{Lexicon, Vocab, WordId};
use hashbrown::HashMap;
use pattern::{Affix, Infix, Url};
use smol_str::SmolStr;
use special::Specials;

type FastMap<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// spaCy's ids of the attributes ORTH and NORM, the keys of exception pieces.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// Longest chunk, in bytes, whose tokens are remembered.
const LONGEST_CACHED: usize = 64;

/// The rules of one language.
pub struct Tokenizer {
    exceptions: FastMap<Box<str>, Box<[Piece]>>,
    longest_exception: usize,
    prefix: Affix,
    suffix: Affix,
    infix: Infix,
    url: Url,
    specials: Specials,
}

/// One token of an exception.
pub(crate) struct Piece {
    text: Box<str>,
    norm: Option<SmolStr>,
}

/// The tokens of one text.
#[derive(Default)]
pub struct Tokens {
    /// First byte of each.
    pub start: Vec<u32>,
    /// Word type of each.
    pub word: Vec<WordId>,
    /// True when a plain space follows that is no token.
    pub space: Vec<bool>,
}

impl Tokens {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.word.len()
    }

    pub(crate) fn push(&mut self, start: usize, word: WordId, space: bool) {
        self.start.push(u32::try_from(start).unwrap_or(u32::MAX));
        self.word.push(word);
        self.space.push(space);
    }
}

/// Word types and the tokens of chunks met so far, of one worker.
#[derive(Default)]
pub struct TokenCache {
    /// Word types.
    pub lexicon: Lexicon,
    chunks: FastMap<Box<str>, (u32, u32)>,
    pieces: Vec<WordId>,
}

impl TokenCache {
    /// Number of chunks whose tokens are remembered.
    pub fn chunks(&self) -> usize {
        self.chunks.len()
    }
}

/// Where the tokens of a chunk go while it is cut.
struct Cut<'a> {
    vocab: &'a Vocab,
    lexicon: &'a mut Lexicon,
    out: &'a mut Vec<WordId>,
    exceptions: bool,
}

impl Cut<'_> {
    fn emit(&mut self, text: &str) {
        self.out.push(self.lexicon.intern(self.vocab, text, None));
    }
}

impl Tokenizer {
    /// Reads a `tokenizer` file.
    pub fn new(bytes: &[u8]) -> Result<Self, Error> {
        let value = parse(bytes)?;
        let pattern = |key: &str| get(&value, key).and_then(text).filter(|p| !p.is_empty());
        let mut exceptions: FastMap<Box<str>, Box<[Piece]>> = FastMap::default();
        let rules = get(&value, "exceptions").or_else(|| get(&value, "rules"));
        for (key, pieces) in rules.and_then(entries).unwrap_or_default() {
            let key = text(key).ok_or_else(|| wrong("exception", "text"))?;
            exceptions.insert(key.into(), pieces_of(key, pieces)?);
        }
        if get(&value, "token_match").is_some_and(|v| text(v).is_some()) {
            return Err(Error::unsupported("the tokenizer has a token_match pattern"));
        }
        let mut tokenizer = Tokenizer {
            longest_exception: exceptions.keys().map(|k| k.len()).max().unwrap_or(0),
            exceptions,
            prefix: Affix::prefix(pattern("prefix_search"))?,
            suffix: Affix::suffix(pattern("suffix_search"))?,
            infix: Infix::new(pattern("infix_finditer"))?,
            url: Url::new(pattern("url_match"))?,
            specials: Specials::default(),
        };
        tokenizer.specials = Specials::new(&tokenizer)?;
        Ok(tokenizer)
    }

    fn exception(&self, chunk: &str) -> Option<&[Piece]> {
        if chunk.len() > self.longest_exception {
            return None;
        }
        self.exceptions.get(chunk).map(|pieces| &**pieces)
    }

    /// Cuts a text. Byte offsets are relative to it.
    pub fn tokenize(&self, vocab: &Vocab, text: &str, cache: &mut TokenCache) -> Tokens {
        let mut tokens = Tokens::default();
        split(text, |start, chunk, space| {
            self.chunk(vocab, start, chunk, cache, &mut tokens);
            if let Some(last) = tokens.space.last_mut() {
                *last = space;
            }
        });
        self.specials.apply(self, vocab, text, &mut cache.lexicon, &mut tokens);
        tokens
    }

    fn chunk(&self, vocab: &Vocab, start: usize, chunk: &str, cache: &mut TokenCache, out: &mut Tokens) {
        let mut start = start;
        let TokenCache { lexicon, chunks, pieces } = cache;
        let mut push = |lexicon: &Lexicon, ids: &[WordId]| {
            for &id in ids {
                out.push(start, id, false);
                start += lexicon.word(id).text.len();
            }
        };
        if let Some(&(a, b)) = chunks.get(chunk) {
            return push(lexicon, &pieces[a as usize..b as usize]);
        }
        if chunk.len() > LONGEST_CACHED {
            let mut ids = Vec::new();
            self.cut(chunk, &mut Cut { vocab, lexicon, out: &mut ids, exceptions: true });
            return push(lexicon, &ids);
        }
        let from = pieces.len();
        self.cut(chunk, &mut Cut { vocab, lexicon, out: pieces, exceptions: true });
        chunks.insert(chunk.into(), (from as u32, pieces.len() as u32));
        push(lexicon, &pieces[from..]);
    }

    /// Texts of a chunk's tokens with all exceptions switched off.
    pub(crate) fn cut_plainly(&self, vocab: &Vocab, chunk: &str, lexicon: &mut Lexicon) -> Vec<WordId> {
        let mut out = Vec::new();
        self.cut(chunk, &mut Cut { vocab, lexicon, out: &mut out, exceptions: false });
        out
    }

    fn emit_exception(&self, chunk: &str, cut: &mut Cut<'_>) -> bool {
        let found = if cut.exceptions { self.exception(chunk) } else { None };
        let Some(pieces) = found else { return false };
        for piece in pieces {
            let id = cut.lexicon.intern(cut.vocab, &piece.text, piece.norm.as_ref());
            cut.out.push(id);
        }
        true
    }

    fn cut(&self, chunk: &str, cut: &mut Cut<'_>) {
        if self.emit_exception(chunk, cut) {
            return;
        }
        let mut suffixes = Vec::new();
        let middle = self.strip(chunk, cut, &mut suffixes);
        if !middle.is_empty() && !self.emit_exception(middle, cut) {
            if self.url.matches(middle) {
                cut.emit(middle);
            } else {
                self.cut_infixes(middle, cut);
            }
        }
        for suffix in suffixes.into_iter().rev() {
            cut.emit(suffix);
        }
    }

    /// Takes prefixes (emitted at once) and suffixes off until nothing changes or an exception remains.
    fn strip<'t>(&self, mut rest: &'t str, cut: &mut Cut<'_>, suffixes: &mut Vec<&'t str>) -> &'t str {
        let known = |s: &str| cut.exceptions && !s.is_empty() && self.exception(s).is_some();
        let mut prefixes = Vec::new();
        let mut last = usize::MAX;
        while !rest.is_empty() && rest.len() != last && !known(rest) {
            last = rest.len();
            let p = self.prefix.find(rest);
            if p > 0 && known(&rest[p..]) {
                prefixes.push(&rest[..p]);
                rest = &rest[p..];
                break;
            }
            let s = self.suffix.find(&rest[p..]);
            let before = rest.len() - s;
            if s > 0 && known(&rest[..before]) {
                suffixes.push(&rest[before..]);
                rest = &rest[..before];
                break;
            }
            if p > 0 && s > 0 && p + s <= rest.len() {
                prefixes.push(&rest[..p]);
                suffixes.push(&rest[before..]);
                rest = &rest[p..before];
            } else if p > 0 {
                prefixes.push(&rest[..p]);
                rest = &rest[p..];
            } else if s > 0 {
                suffixes.push(&rest[before..]);
                rest = &rest[..before];
            }
        }
        for prefix in prefixes {
            cut.emit(prefix);
        }
        rest
    }

    fn cut_infixes(&self, text: &str, cut: &mut Cut<'_>) {
        let mut start = 0;
        self.infix.each(text, |a, b| {
            if a == 0 || a < start {
                return;
            }
            if a > start {
                cut.emit(&text[start..a]);
            }
            if b > a {
                cut.emit(&text[a..b]);
            }
            start = b;
        });
        if start < text.len() {
            cut.emit(&text[start..]);
        }
    }
}

/// Cuts a text at white space: calls `each` with a chunk's first byte, the chunk, and whether a plain space that is no
/// token of its own follows it. Further white space makes chunks too.
fn split<'t>(text: &'t str, mut each: impl FnMut(usize, &'t str, bool)) {
    let Some(first) = text.chars().next() else { return };
    let mut in_space = is_space(first);
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if is_space(c) == in_space {
            continue;
        }
        let space = c == ' ';
        if at > start {
            each(start, &text[start..at], space);
        }
        start = at + usize::from(space);
        in_space = !in_space;
    }
    if start < text.len() {
        each(start, &text[start..], text.ends_with(' ') && !in_space);
    }
}

fn pieces_of(key: &str, value: &rmpv::ValueRef<'_>) -> Result<Box<[Piece]>, Error> {
    let bad = || Error::format(format!("exception {key:?}: not a list of pieces that make up the text"));
    let mut out = Vec::new();
    for piece in items(value).ok_or_else(bad)? {
        let field =
            |id: u64| entries(piece)?.iter().find(|(k, _)| number(k) == Some(id)).and_then(|(_, v)| text(v));
        out.push(Piece { text: field(ORTH).ok_or_else(bad)?.into(), norm: field(NORM).map(SmolStr::new) });
    }
    let whole: String = out.iter().map(|p| &*p.text).collect();
    if whole == key && out.iter().all(|p| !p.text.is_empty()) { Ok(out.into()) } else { Err(bad()) }
}
