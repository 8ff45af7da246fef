//! Event words of the reports of one story to chains: the same class of act in the same story is one event of the world.

use record::Syntax;
use smol_str::{SmolStr, StrExt, format_smolstr};
use tables::merge::Classes;
use tables::tsv::TableError;

/// A word that may name a happening, with the class that chains it inside a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicate {
    /// Its token.
    pub token: usize,
    /// Class: `die` from the table, a stem (`~arrest`), with what binds it (`~say|police`).
    pub class: SmolStr,
    /// Table row of the class, when the word is listed.
    pub row: Option<SmolStr>,
}

/// Assigns classes to event words.
#[derive(Debug, Clone, Default)]
pub struct Chains {
    classes: Classes,
}

impl Chains {
    /// Loads the embedded tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Chains, TableError> {
        Ok(Chains { classes: tables::merge::classes()? })
    }

    /// Every verb, and every noun or adjective that may name a happening, of one report.
    pub fn predicates(&self, syntax: &Syntax<'_>) -> Vec<Predicate> {
        (0..syntax.len()).filter(|&i| may_happen(syntax, i)).map(|i| self.predicate(syntax, i)).collect()
    }

    /// The class of one word.
    pub fn predicate(&self, syntax: &Syntax<'_>, i: usize) -> Predicate {
        let lemma = syntax.lemma(i).to_lowercase_smolstr();
        let (class, row) = match self.classes.class.get(lemma.as_str()) {
            Some((class, row)) => (class.as_str().into(), Some(row.as_str().into())),
            None => (format_smolstr!("~{}", stem(&lemma)), None),
        };
        let class = match self.classes.bound.get(lemma.as_str()).filter(|_| syntax.pos(i) == "VERB") {
            Some(true) => bind(syntax, i, &class, &["nsubj", "nsubjpass"]),
            Some(false) => bind(syntax, i, &class, &["dobj", "xcomp", "attr", "prep", "prt"]),
            None => class,
        };
        Predicate { token: i, class, row }
    }
}

/// A class told apart by the first of the children with one of the labels.
fn bind(syntax: &Syntax<'_>, i: usize, class: &str, labels: &[&str]) -> SmolStr {
    let word = syntax.children_with(i, labels).next().map(|c| syntax.lemma(c).to_lowercase_smolstr());
    format_smolstr!("{class}|{}", word.unwrap_or_default())
}

/// False for names of people and places, for pronouns, numbers and function words.
fn may_happen(syntax: &Syntax<'_>, i: usize) -> bool {
    match syntax.pos(i) {
        "VERB" | "NOUN" | "ADJ" => true,
        "PROPN" => !matches!(syntax.entity_label(i), "PERSON" | "GPE" | "LOC" | "NORP"),
        _ => false,
    }
}

/// Cuts endings that part a verb from its nouns ("explosion", "exploded"), so long as four letters stay.
pub fn stem(lemma: &str) -> &str {
    const ENDINGS: [&str; 24] = [
        "ation", "ition", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "er", "ors", "or", "ed",
        "es", "al", "ance", "ence", "ure", "sion", "th", "s", "e", "y", "t",
    ];
    ENDINGS
        .iter()
        .find_map(|end| lemma.strip_suffix(end).filter(|rest| rest.chars().count() >= 4))
        .unwrap_or(lemma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::{ByteSpan, Doc, Page, Sentence, Token, TokenSpan};

    fn doc(words: &[(&str, &str, &str, u32)]) -> (Page, Doc) {
        let text: Vec<&str> = words.iter().map(|w| w.0).collect();
        let page = Page::plain(&text.join(" "), None);
        let mut doc = Doc::default();
        let mut at = 0;
        for (word, pos, dep, head) in words {
            let span = ByteSpan::new(at, at + word.len());
            at += word.len() + 1;
            doc.tokens.push(Token {
                span,
                lemma: (*word).into(),
                pos: (*pos).into(),
                dep: (*dep).into(),
                head: *head,
                ..Token::default()
            });
        }
        let tokens = TokenSpan::new(0, words.len());
        doc.sentences.push(Sentence { tokens, span: ByteSpan::new(0, page.text.len()), block: 0 });
        (page, doc)
    }

    #[test]
    fn verb_and_noun_share_a_class() {
        let chains = Chains::embedded().unwrap();
        let (page, doc) = doc(&[
            ("tremor", "NOUN", "nsubj", 1),
            ("collapse", "VERB", "ROOT", 1),
            ("earthquake", "NOUN", "dobj", 1),
        ]);
        let found = chains.predicates(&Syntax::new(&page, &doc));
        assert_eq!(found[0].class, found[2].class);
        assert_ne!(found[0].class, found[1].class);
        assert!(found[0].row.as_deref().unwrap().starts_with("merge/classes.tsv:"));
        assert_eq!(stem("renovation"), stem("renovate").trim_end_matches("at"));
    }

    #[test]
    fn sayings_of_two_speakers_stay_two() {
        let chains = Chains::embedded().unwrap();
        let (page, doc) = doc(&[
            ("police", "NOUN", "nsubj", 1),
            ("say", "VERB", "ROOT", 1),
            ("mayor", "NOUN", "nsubj", 3),
            ("say", "VERB", "conj", 1),
        ]);
        let found = chains.predicates(&Syntax::new(&page, &doc));
        assert_ne!(found[1].class, found[3].class);
    }
}
