//! The frame language: one lexicon line to a compiled frame, and matching it against a predicate.

mod arguments;
pub mod compile;
pub mod frame;
pub mod lexicon;
pub mod matching;
pub mod parse;
mod token;
