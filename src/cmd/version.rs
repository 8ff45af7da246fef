//! `demarche --version`: the version, and with `--verbose` where model and tables come from.

use crate::exit::{Stop, Tally};
use crate::term::Screen;
use std::io::Write;

/// Prints the version.
pub fn run(verbose: bool, screen: &Screen) -> Result<Tally, Stop> {
    let mut out = screen.out();
    writeln!(out, "demarche {}", env!("CARGO_PKG_VERSION"))?;
    if verbose {
        writeln!(out, "records   schema {}", record::SCHEMA_VERSION)?;
        for c in assets::CREDITS {
            writeln!(out, "{:<9} {} {}, {}", what(c.id), c.package, c.version, c.licence)?;
        }
        writeln!(out, "places    contain data of GeoNames, https://www.geonames.org, CC BY 4.0")?;
        writeln!(
            out,
            "tables    written for demarche, Apache-2.0, actors as of {}; see tables/README.md",
            tables::actors::AS_OF
        )?;
    }
    out.flush()?;
    Ok(Tally::default())
}

/// What a package is for, in a word.
fn what(id: &str) -> &'static str {
    if id == "model" { "model" } else { "places" }
}
