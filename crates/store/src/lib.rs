//! Coding to database to answers: merging, queries, exports.

pub mod merge;
