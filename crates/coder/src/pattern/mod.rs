//! The frame language: one lexicon line to a compiled frame, and matching it against a predicate.

mod arguments;
mod clauses;
pub mod compile;
mod fill;
pub mod frame;
pub mod lexicon;
pub mod matching;
pub mod parse;
mod runs;
mod terms;
mod token;
