//! `cargo xtask TASK`: the project's own tasks.

mod bench;
mod ci;
mod eval;
mod generate;
mod guard;
mod layers;
mod lexicon;
mod lexicon_diff;
mod lexicon_probe;
mod lexicon_tables;
mod lexicon_test;
mod metadata;
mod picture;
mod size;
mod tables;
mod third_party;
mod trace;
mod train;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask TASK

  ci                     everything that must hold: what CI runs
  eval [TASK…]           scores on the gold sets under ../shared/eval (--data DIR, --predictions DIR, --pin, --lower)
  bench NAME             speed figures; without NAME lists them; BENCHMARKS.md tells more
  generate [--check]     docs/cli.md, the manual page, the JSON Schema, from the program itself; rows in tables/README.md
  third-party [--check]  the table of crates in THIRD_PARTY.md
  lexicon check [DIR]    every line of the event lexicon: codes, frames, its own examples
  lexicon test           every sense on its own sentences (--own: that sense alone, --failures TYPE, --parses DIR,
                         --keep-parses DIR, --dir DIR: tables of that folder)
  lexicon diff [DIR]     what the tables of DIR (default tables/patterns) change over all dev gold against --base COMMIT|DIR
  lexicon probe FILE     lines TYPE, tab, sentence: which of them the tables do not code ([DIR] [--keep-parses DIR])
  trace TEXT             what the coder sees in a sentence
  train-places           the place models, from their training data
  train-stories          the story models, from gold stories (--data FILE, --write, --background)
  layers                 who depends on whom, against the table in ARCHITECTURE.md
  size                   files over 500 lines, functions over 60, more than 6 parameters";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let check = args.iter().any(|a| a == "--check");
    let result = match args.first().map(String::as_str) {
        Some("ci") => ci::run(),
        Some("bench") => bench::run(&args[1..]),
        Some("eval") => eval::run(&args[1..]),
        Some("trace") => trace::run(&args[1..]),
        Some("train-stories") => train::stories::run(&args[1..]),
        Some("train-places") => train::run(&args[1..]),
        Some("lexicon") => lexicon::run(&args[1..]),
        Some("generate") => generate::run(check),
        Some("third-party") => third_party::run(check),
        Some("layers") => layers::run(),
        Some("size") => size::run(),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
