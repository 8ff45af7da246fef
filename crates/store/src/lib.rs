//! Coding to database to answers: merging, queries, exports.
//!
//! One SQLite file, one writer, many readers. [`Store::add`] keeps a coded page; [`Store::settle`] brings stories and
//! events of the world up to date; [`query`] answers questions, each with a plain struct.

mod add;
mod check;
pub mod compare;
pub mod day;
mod decide;
pub mod error;
pub mod export;
pub mod merge;
mod names;
mod pack;
pub mod query;
mod schema;
mod sets;
mod settle;
mod store;
pub mod table;

pub use add::{Added, Manifest, Outcome, Run};
pub use decide::{Decided, Decision};
pub use error::{Error, ErrorKind};
pub use names::{key as actor_key, party, place_key};
pub use settle::{EventJoin, Merger, Settled, independence};
pub use store::Store;
