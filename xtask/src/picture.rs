//! The README's picture: what the program really prints in colour, drawn as SVG.

use std::path::Path;
use std::process::Command;

/// Where the picture lies.
pub const FILE: &str = "docs/first-light.svg";
/// Lines shown: one screen.
const LINES: usize = 38;

/// Runs the program on the sample page and draws the first screen.
pub fn draw() -> Result<String, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["read", "--color", "always", "corpus/pages/first-light.txt"];
    let output = Command::new(cargo)
        .args(["run", "--quiet", "-p", "demarche", "--"])
        .args(args)
        .env("COLUMNS", "96")
        .output()
        .map_err(|e| format!("cargo run: {e}"))?;
    if !output.status.success() {
        return Err(format!("demarche {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr)));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let shown: Vec<&str> = text.lines().take(LINES).collect();
    let command = "\u{1b}[2m$\u{1b}[0m demarche read corpus/pages/first-light.txt";
    let svg = anstyle_svg::Term::new()
        .fg_color(anstyle::RgbColor(0xdd, 0xdd, 0xdd).into())
        .bg_color(anstyle::RgbColor(0x16, 0x18, 0x1d).into())
        .render_svg(&format!("{command}\n{}\n", shown.join("\n")));
    Ok(svg.trim_end().to_owned() + "\n")
}

/// Draws the picture, or with `check` compares.
pub fn run(check: bool) -> Result<(), String> {
    crate::generate::put(Path::new(FILE), &draw()?, check)
}
