//! Arguments to command, error kind to exit code and hint.

mod cmd;
mod engine;
mod exit;
mod input;
mod overlay;
mod term;
mod view;
mod work;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match cmd::Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => return exit::from_clap(&e),
    };
    let screen = term::Screen::new(cli.color);
    match cmd::run(&cli, &screen) {
        Ok(tally) => tally.code(),
        Err(stop) => exit::report(&stop, &screen),
    }
}
