//! `cargo xtask third-party`: the crates that end up in the program, with licence and home, as a table in THIRD_PARTY.md.

use crate::generate::put;
use crate::metadata::Metadata;
use std::collections::BTreeSet;
use std::path::Path;

const FILE: &str = "THIRD_PARTY.md";
const START: &str = "<!-- crates: written by `cargo xtask third-party` -->";
const END: &str = "<!-- end of crates -->";

/// Words of licence expressions that may stand in the table; anything else fails.
const KNOWN: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "CC0-1.0",
    "BSL-1.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "MPL-2.0",
    "LLVM-exception",
    "CDLA-Permissive-2.0",
    "LGPL-2.1-or-later",
    "OpenSSL",
    "MIT-0",
];

/// Rewrites the table, or with `check` fails when it differs.
pub fn run(check: bool) -> Result<(), String> {
    let text = std::fs::read_to_string(FILE).map_err(|e| format!("{FILE}: {e}"))?;
    let (before, rest) = text.split_once(START).ok_or(format!("{FILE}: no line {START}"))?;
    let (_, after) = rest.split_once(END).ok_or(format!("{FILE}: no line {END}"))?;
    let new = format!("{before}{START}\n{}{END}{after}", table()?);
    put(Path::new(FILE), &new, check)
}

fn table() -> Result<String, String> {
    let metadata = Metadata::load(true)?;
    let mut rows = BTreeSet::new();
    let mut unknown = Vec::new();
    for package in &metadata.packages {
        if metadata.workspace_members.contains(&package.id) {
            continue;
        }
        let licence =
            package.license.clone().unwrap_or_else(|| "see its files".to_owned()).replace('/', " OR ");
        let words = licence.split([' ', '(', ')']).filter(|w| !matches!(*w, "" | "OR" | "AND" | "WITH"));
        if words.clone().any(|w| !KNOWN.contains(&w)) {
            unknown.push(format!("{} {}: {licence}", package.name, package.version));
        }
        let name = match &package.repository {
            Some(home) => format!("[{}]({home})", package.name),
            None => package.name.clone(),
        };
        rows.insert(format!("| {name} | {} | {licence} |\n", package.version));
    }
    if !unknown.is_empty() {
        return Err(format!("licences that nobody has looked at yet:\n{}", unknown.join("\n")));
    }
    Ok(format!(
        "\n| crate | version | licence |\n| --- | --- | --- |\n{}\n",
        rows.into_iter().collect::<String>()
    ))
}
