//! A pipeline folder, or the embedded one, to typed configuration, lookups and weights.

pub mod config;
pub mod files;
pub mod msgpack;
pub mod weights;
