//! Reports to stories and events of different reports to events of the world. Pure: no SQL, no clock, no I/O.

pub mod background;
pub mod chains;
pub mod cluster;
pub mod compare;
pub mod copies;
pub mod differences;
pub mod events;
pub mod join;
pub mod keys;
pub mod model;
pub mod rarity;
pub mod tree;
pub mod vectors;
