//! The stages in order, and nothing else.

use record::{Coding, Doc, Mentions, Page, Syntax};
use std::fmt;

/// All stages, loaded once and shared between threads.
pub struct Demarche {
    /// Page to Doc.
    pub parser: parser::Pipeline,
    /// Doc to Mentions.
    pub resolver: resolver::Resolver,
    /// Doc and Mentions to Coding.
    pub coder: coder::Coder,
}

/// Why the stages could not be loaded.
#[derive(Debug)]
pub enum Error {
    /// The model.
    Model(parser::Error),
    /// A table.
    Table(tables::tsv::TableError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Model(e) => write!(f, "model: {e}"),
            Error::Table(e) => write!(f, "table: {e}"),
        }
    }
}
impl std::error::Error for Error {}

/// Everything known of one page after the last stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The page.
    pub page: Page,
    /// Its parse.
    pub doc: Doc,
    /// Its actors, places and dates.
    pub mentions: Mentions,
    /// Its events and statements.
    pub coding: Coding,
}

impl Demarche {
    /// Loads the embedded model and tables.
    ///
    /// # Errors
    /// The embedded data are damaged.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Demarche {
            parser: parser::Pipeline::embedded().map_err(Error::Model)?,
            resolver: resolver::Resolver::embedded().map_err(Error::Table)?,
            coder: coder::Coder::embedded().map_err(Error::Table)?,
        })
    }

    /// Runs parser, resolver and coder over a page. With `furniture`, headlines and tickers are coded too.
    pub fn code(&self, page: Page, furniture: bool) -> Reading {
        let doc = self.parser.parse_page(&page, furniture);
        let syntax = Syntax::new(&page, &doc);
        let mentions = self.resolver.resolve(&syntax);
        let coding = self.coder.code(&syntax, &mentions);
        Reading { page, doc, mentions, coding }
    }
}
