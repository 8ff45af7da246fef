//! The program as a person runs it: one file a subcommand, all through one driver.

mod actors;
mod batch;
mod driver;
mod explain;
mod fetch;
mod hostile;
mod paper;
mod quotes;
mod read;
mod stages;
