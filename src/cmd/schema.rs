//! `demarche schema`: the types of the records to JSON Schema.

use crate::exit::{Stop, Tally};
use crate::term::Screen;
use std::io::Write;

/// Print the JSON Schema (draft 2020-12) of one line of output.
///
/// It holds for `read --json`, `read --page`, `parse`, `resolve` and `code`. Spans are counted in Unicode code points.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let mut schema = schemars::schema_for!(record::Line);
    schema.insert("title".to_owned(), "One line of demarche output".into());
    schema.insert("$id".to_owned(), format!("demarche/line/v{}", record::SCHEMA_VERSION).into());
    let text = serde_json::to_string_pretty(&schema).map_err(|e| Stop::Internal(e.to_string()))?;
    let mut out = screen.out();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(Tally::default())
}
