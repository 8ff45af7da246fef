//! `cargo xtask bench`: speed figures, each from the benchmark beside the code it times.

use std::process::Command;

const USAGE: &str = "usage: cargo xtask bench parser|stages [--texts FILE] [--runs N] [--pages]
       cargo xtask bench reader [--pages DIR] [--runs N]
       cargo xtask bench store [--articles N] [--a-day N] [--db FILE]";

/// Runs one benchmark; further arguments go to it.
pub fn run(args: &[String]) -> Result<(), String> {
    let (package, bench) = match args.first().map(String::as_str) {
        Some("parser") => ("demarche-parser", "speed"),
        Some("stages") => ("demarche", "stages"),
        Some("reader") => ("demarche-reader", "speed"),
        Some("store") => ("demarche-store", "store"),
        _ => return Err(USAGE.to_owned()),
    };
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .args(["bench", "--quiet", "--package", package, "--bench", bench, "--"])
        .args(&args[1..])
        .status()
        .map_err(|e| format!("cargo bench: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo bench: {status}")) }
}
