//! A free string ("Russian Foreign Minister", "Tokyo") to mentions, without a parser: words get the shape of a noun
//! phrase, prepositions open a new one.

use super::ActorResolver;
use record::{ActorMention, ByteSpan, Doc, Page, Sentence, SmolStr, Syntax, Token, TokenSpan};

/// Words that open a prepositional phrase inside a name.
const PREPOSITIONS: [&str; 8] = ["of", "in", "from", "for", "at", "to", "on", "and"];

impl ActorResolver {
    /// What a name or noun phrase stands for on a day (`YYYY-MM-DD`; `None`: undated), the whole phrase first, then
    /// the names inside it. Empty when no table knows a word of it.
    ///
    /// ```
    /// let resolver = demarche_resolver::actor::ActorResolver::embedded().unwrap();
    /// let found = resolver.find("the French foreign minister", None);
    /// assert_eq!(found[0].actors[0].code(), "FRAGOV");
    /// ```
    pub fn find(&self, name: &str, on: Option<&str>) -> Vec<ActorMention> {
        let page = Page::plain(name, on);
        let doc = phrase_doc(name);
        let mut found = self.resolve(&Syntax::new(&page, &doc));
        found.iter_mut().for_each(|m| m.as_place = false);
        found.sort_by_key(|m| (m.within.is_some(), std::cmp::Reverse(m.tokens.len())));
        found
    }
}

/// A parse of `text` as one noun phrase: each word modifies the last before the next preposition.
fn phrase_doc(text: &str) -> Doc {
    let pieces = pieces(text);
    let mut heads = vec![0usize; pieces.len()];
    let mut deps = vec!["compound"; pieces.len()];
    let mut start = 0;
    let mut outer: Option<usize> = None;
    while start < pieces.len() {
        let stop = (start..pieces.len()).find(|&i| is_preposition(text, &pieces, i)).unwrap_or(pieces.len());
        let head = stop.saturating_sub(1).max(start);
        for i in start..head.min(stop) {
            heads[i] = head;
            deps[i] = match pieces[i].of(text) {
                "the" | "The" | "a" | "an" => "det",
                "'s" | "’s" | "'" | "’" => "case",
                _ => "compound",
            };
        }
        if let Some(up) = outer {
            heads[head] = up;
            deps[head] = "pobj";
        } else {
            heads[head] = head;
            deps[head] = "ROOT";
        }
        if let Some(slot) = heads.get_mut(stop) {
            *slot = head;
            deps[stop] = "prep";
        }
        outer = Some(stop);
        start = stop + 1;
    }
    let tokens = pieces.iter().enumerate().map(|(i, span)| token(text, *span, heads[i], deps[i])).collect();
    let all = TokenSpan::new(0, pieces.len());
    let sentence = Sentence { tokens: all, span: ByteSpan::new(0, text.len()), block: 0 };
    Doc { tokens, sentences: vec![sentence], entities: Vec::new() }
}

fn is_preposition(text: &str, pieces: &[ByteSpan], i: usize) -> bool {
    i > 0 && i + 1 < pieces.len() && PREPOSITIONS.contains(&pieces[i].of(text))
}

/// Words, with the possessive ending and hyphens as pieces of their own.
fn pieces(text: &str) -> Vec<ByteSpan> {
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let mark = matches!(c, '-' | '–' | '"' | '(' | ')' | ',');
        if c.is_whitespace() || mark {
            if let Some(from) = start.take() {
                push_word(text, from, at, &mut out);
            }
            if mark {
                out.push(ByteSpan::new(at, at + c.len_utf8()));
            }
        } else {
            start.get_or_insert(at);
        }
    }
    out
}

fn push_word(text: &str, from: usize, to: usize, out: &mut Vec<ByteSpan>) {
    let word = ByteSpan::new(from, to).of(text);
    let ending = ["'s", "’s"].iter().find(|e| word.ends_with(*e) && word.len() > e.len());
    match ending {
        Some(e) => {
            out.push(ByteSpan::new(from, to - e.len()));
            out.push(ByteSpan::new(to - e.len(), to));
        }
        None => out.push(ByteSpan::new(from, to)),
    }
}

fn token(text: &str, span: ByteSpan, head: usize, dep: &str) -> Token {
    let word = span.of(text);
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let (pos, tag) = match (dep, capital) {
        ("det", _) => ("DET", "DT"),
        ("case", _) => ("PART", "POS"),
        ("prep", _) => ("ADP", "IN"),
        _ if !word.chars().any(char::is_alphanumeric) => ("PUNCT", "HYPH"),
        (_, true) => ("PROPN", if word.ends_with('s') { "NNPS" } else { "NNP" }),
        _ => ("NOUN", if word.ends_with('s') { "NNS" } else { "NN" }),
    };
    let lower = SmolStr::from(word.to_lowercase());
    Token {
        span,
        space_after: true,
        norm: lower.clone(),
        lemma: lower,
        tag: tag.into(),
        pos: pos.into(),
        morph: SmolStr::default(),
        head: head as u32,
        dep: dep.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_phrases() {
        let text = "the U.N.'s envoy for Yemen";
        let doc = phrase_doc(text);
        let shape: Vec<(&str, &str, u32)> =
            doc.tokens.iter().map(|t| (t.span.of(text), t.dep.as_str(), t.head)).collect();
        assert_eq!(shape[1], ("U.N.", "compound", 3));
        assert_eq!(shape[3], ("envoy", "ROOT", 3));
        assert_eq!(shape[4], ("for", "prep", 3));
        assert_eq!(shape[5], ("Yemen", "pobj", 4));
        assert!(phrase_doc("").tokens.is_empty());
    }
}
