//! The frame language: one lexicon line to a compiled frame, and matching it against a predicate.
