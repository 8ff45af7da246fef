//! `cargo xtask TASK`: the project's own tasks.

mod eval;
mod lexicon;
mod train;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let result = match args.first().map(String::as_str) {
        Some("eval") => eval::run(&args[1..]),
        Some("train-places") => train::run(&args[1..]),
        Some("lexicon") => lexicon::run(&args[1..]),
        _ => Err("usage: cargo xtask eval [TASK…] [--data DIR] [--predictions DIR] | lexicon check [DIR]"
            .to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
