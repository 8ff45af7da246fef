//! The checks of CI in order, each a command that a person can run alone.

use crate::{generate, layers, size, third_party};
use std::process::Command;
use std::time::Instant;

/// A step: its name and what it runs.
type Step = (&'static str, fn() -> Result<(), String>);

/// Quick checks first, so that a mistake shows early.
const STEPS: &[Step] = &[
    ("fmt", || cargo(&["fmt", "--all", "--check"])),
    ("layers", layers::run),
    ("size", size::run),
    ("clippy", || cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])),
    ("clippy, bare", || {
        cargo(&["clippy", "-p", "demarche", "--no-default-features", "--all-targets", "--", "-D", "warnings"])
    }),
    ("doc", || {
        let mut command = command(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
        command.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links");
        run_command(&mut command)
    }),
    ("tests", || cargo(&["test", "--workspace"])),
    ("tests, bare", || cargo(&["test", "-p", "demarche", "--no-default-features"])),
    ("generate --check", || generate::run(true)),
    ("third-party --check", || third_party::run(true)),
];

/// Runs every step and stops at the first that fails.
pub fn run() -> Result<(), String> {
    let began = Instant::now();
    for (name, step) in STEPS {
        let at = Instant::now();
        eprintln!("ci: {name}");
        step().map_err(|e| format!("{name}: {e}"))?;
        eprintln!("ci: {name}: ok, {:.0} s", at.elapsed().as_secs_f64());
    }
    eprintln!("ci: all {} steps passed in {:.0} s", STEPS.len(), began.elapsed().as_secs_f64());
    Ok(())
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args);
    command
}

fn cargo(args: &[&str]) -> Result<(), String> {
    run_command(&mut command(args))
}

fn run_command(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|e| format!("cargo: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo ended with {status}")) }
}
