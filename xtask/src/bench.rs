//! `cargo xtask bench`: speed figures, each from the benchmark beside the code it times.

use crate::guard;
use std::process::Command;

/// Name on the command line, package, bench target, what it prints.
const BENCHES: &[(&str, &str, &str, &str)] = &[
    ("parser", "demarche-parser", "speed", "words per second (--texts FILE, --runs N, --pages)"),
    ("reader", "demarche-reader", "speed", "pages per second, accurate and fast (--pages DIR, --runs N)"),
    (
        "store",
        "demarche-store",
        "store",
        "articles added, questions answered (--articles N, --a-day N, --db FILE)",
    ),
    (
        "stages",
        "demarche",
        "stages",
        "share of each stage, and of each part of the resolver (--texts FILE, --runs N)",
    ),
    ("path", "demarche", "path", "pages through all stages, time of each (FOLDER, --rounds N)"),
];

/// Runs one benchmark; further arguments go to it.
pub fn run(args: &[String]) -> Result<(), String> {
    let name = args.first().map_or("", String::as_str);
    if name == "guard" {
        return guard::run(args.iter().any(|a| a == "--pin"));
    }
    let Some((_, package, bench, _)) = BENCHES.iter().find(|b| b.0 == name) else {
        let mut usage = "usage: cargo xtask bench NAME [OPTIONS]\n".to_owned();
        for (name, _, _, what) in BENCHES {
            usage.push_str(&format!("\n  {name:<8} {what}"));
        }
        usage.push_str("\n  guard    instructions of each stage against bench/instructions.toml (--pin)");
        return Err(usage);
    };
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .args(["bench", "--quiet", "--package", package, "--bench", bench, "--"])
        .args(&args[1..])
        .status()
        .map_err(|e| format!("cargo bench: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo bench: {status}")) }
}
