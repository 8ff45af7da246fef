//! Page to Doc: a runtime for spaCy v3 pipelines.

use record::{Doc, Page};
use std::fmt;

/// A model that cannot be loaded.
#[derive(Debug)]
pub struct Error {
    message: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for Error {}

/// A loaded pipeline: tokenizer, tok2vec, tagger, parser, attribute ruler, lemmatizer, entity recogniser.
pub struct Pipeline {}

impl Pipeline {
    /// Loads the embedded model.
    ///
    /// # Errors
    /// The embedded weights are damaged.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Pipeline {})
    }

    /// Parses one text as spaCy would: `nlp(text)`. Sentences carry block 0.
    pub fn parse_text(&self, _text: &str) -> Doc {
        Doc::default()
    }

    /// Parses the body blocks of a page, each as a text of its own, so that no sentence crosses a block. With
    /// `furniture`, headlines, standfirsts and ticker lines are parsed too.
    pub fn parse_page(&self, _page: &Page, _furniture: bool) -> Doc {
        Doc::default()
    }
}
