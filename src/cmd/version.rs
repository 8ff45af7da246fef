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
        for (what, credit) in credits() {
            writeln!(out, "{what:<9} {credit}")?;
        }
    }
    out.flush()?;
    Ok(Tally::default())
}

/// What the program embeds, whose it is and under which licence. THIRD_PARTY.md says it at length.
fn credits() -> [(&'static str, &'static str); 3] {
    [
        ("model", "en_core_web_sm 3.8.0 by Explosion AI, MIT"),
        ("places", "GeoNames, https://www.geonames.org, CC BY 4.0"),
        ("tables", "written for demarche, Apache-2.0; see tables/README.md"),
    ]
}
