//! The second pass: exceptions that contain affixes are found again among the finished tokens.

use super::{Tokenizer, Tokens};
use crate::error::Error;
use crate::vocab::{Lexicon, Vocab};
use hashbrown::HashMap;

type FastMap<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// Token sequences (ids of their texts) that an exception is cut into without exceptions, by their first token.
#[derive(Default)]
pub struct Specials {
    by_first: FastMap<u64, Vec<Box<[u64]>>>,
}

impl Specials {
    /// Collects the exceptions that the affix rules would cut, or that hold a space.
    pub fn new(tokenizer: &Tokenizer) -> Result<Self, Error> {
        let vocab = Vocab::new(None)?;
        let mut by_first: FastMap<u64, Vec<Box<[u64]>>> = FastMap::default();
        for exception in tokenizer.exceptions.keys() {
            let mut infix = false;
            tokenizer.infix.each(exception, |_, _| infix = true);
            let affix = tokenizer.prefix.find(exception) > 0 || tokenizer.suffix.find(exception) > 0;
            if !(affix || infix || exception.contains(' ')) {
                continue;
            }
            let mut lexicon = Lexicon::default();
            let words = plain_words(tokenizer, &vocab, exception, &mut lexicon);
            if let [first, ..] = words[..] {
                by_first.entry(first).or_default().push(words.into());
            }
        }
        Ok(Specials { by_first })
    }

    /// Puts exceptions that were cut back together.
    pub fn apply(
        &self,
        tokenizer: &Tokenizer,
        vocab: &Vocab,
        text: &str,
        lexicon: &mut Lexicon,
        tokens: &mut Tokens,
    ) {
        let mut taken = self.matches(lexicon, tokens);
        if taken.is_empty() {
            return;
        }
        taken.sort_unstable();
        let old = std::mem::take(tokens);
        let mut at = 0;
        let copy = |range: std::ops::Range<usize>, tokens: &mut Tokens| {
            for i in range {
                tokens.push(old.start[i] as usize, old.word[i], old.space[i]);
            }
        };
        for (first, len) in taken {
            copy(at..first, tokens);
            at = first + len;
            let start = old.start[first] as usize;
            let end = old.start[at - 1] as usize + lexicon.word(old.word[at - 1]).text.len();
            let Some(pieces) = text.get(start..end).and_then(|t| tokenizer.exception(t)) else {
                copy(first..at, tokens);
                continue;
            };
            let mut place = start;
            for (i, piece) in pieces.iter().enumerate() {
                let id = lexicon.intern(vocab, &piece.text, piece.norm.as_ref());
                tokens.push(place, id, i + 1 == pieces.len() && old.space[at - 1]);
                place += piece.text.len();
            }
        }
        copy(at..old.len(), tokens);
    }

    /// Matches to replace, as (first token, length): longer before earlier; a match is dropped when its first or last
    /// token lies in any match looked at before, dropped ones included.
    fn matches(&self, lexicon: &Lexicon, tokens: &Tokens) -> Vec<(usize, usize)> {
        let orth = |i: usize| lexicon.word(tokens.word[i]).keys.orth;
        let mut all = Vec::new();
        for i in 0..tokens.len() {
            for sequence in self.by_first.get(&orth(i)).into_iter().flatten() {
                let fits = i + sequence.len() <= tokens.len()
                    && sequence.iter().enumerate().all(|(k, &id)| orth(i + k) == id);
                if fits {
                    all.push((i, sequence.len()));
                }
            }
        }
        if all.is_empty() {
            return all;
        }
        all.sort_unstable_by_key(|&(first, len)| (std::cmp::Reverse(len), first));
        all.dedup();
        let mut seen = vec![false; tokens.len()];
        all.retain(|&(first, len)| {
            let free = !seen[first] && !seen[first + len - 1];
            seen[first..first + len].fill(true);
            free
        });
        all
    }
}

/// Ids of the texts that the whole exception, spaces and all, is cut into without exceptions.
fn plain_words(tokenizer: &Tokenizer, vocab: &Vocab, exception: &str, lexicon: &mut Lexicon) -> Vec<u64> {
    let mut out = Vec::new();
    super::split(exception, |_, chunk, _| {
        let words = tokenizer.cut_plainly(vocab, chunk, lexicon);
        out.extend(words.into_iter().map(|w| lexicon.word(w).keys.orth));
    });
    out
}
