//! The program as a person runs it: one file a subcommand, all through one driver.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

mod actors;
mod batch;
mod database;
mod driver;
mod explain;
mod fetch;
mod filter;
mod hostile;
mod independence;
mod notify;
mod paper;
mod quotes;
mod read;
mod soak;
mod sources;
mod stages;
mod store;
mod watch;
