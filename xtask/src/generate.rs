//! `cargo xtask generate`: whatever can be made from the program itself, written or compared.

use crate::picture;
use std::path::Path;
use std::process::Command;

/// File, and the arguments of the program that prints it.
const MADE: &[(&str, &[&str])] = &[
    ("docs/cli.md", &["man", "--markdown"]),
    ("docs/man/demarche.1", &["man"]),
    ("docs/schema/line.json", &["schema"]),
];

/// Writes every generated file, or with `check` fails when one differs from what would be written.
pub fn run(check: bool) -> Result<(), String> {
    for (file, args) in MADE {
        let path = Path::new(file);
        put(path, &program(args)?, check)?;
    }
    crate::tables::run(check)?;
    picture::run(check)
}

/// Writes `text` to `path`, or with `check` compares.
pub fn put(path: &Path, text: &str, check: bool) -> Result<(), String> {
    let say = |e: std::io::Error| format!("{}: {e}", path.display());
    if check {
        let there = std::fs::read_to_string(path).map_err(say)?;
        if there != text {
            let at = there.lines().zip(text.lines()).position(|(a, b)| a != b).map_or(0, |n| n + 1);
            return Err(format!(
                "{}:{at}: out of date: run `cargo xtask generate` and `cargo xtask third-party`",
                path.display()
            ));
        }
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(say)?;
    }
    std::fs::write(path, text).map_err(say)
}

fn program(args: &[&str]) -> Result<String, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "-p", "demarche", "--"])
        .args(args)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .output()
        .map_err(|e| format!("cargo run: {e}"))?;
    if !output.status.success() {
        return Err(format!("demarche {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("demarche {}: {e}", args.join(" ")))
}
