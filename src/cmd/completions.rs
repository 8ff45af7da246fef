//! `demarche completions`: the command line to a completion script.

use crate::exit::{Stop, Tally};
use crate::term::Screen;
use std::io::Write;

/// Print a completion script.
///
/// For bash: `demarche completions bash > ~/.local/share/bash-completion/completions/demarche`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "demarche", &mut script);
    let mut out = screen.out();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Tally::default())
}
