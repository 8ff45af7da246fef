//! `cargo xtask layers`: the dependencies between our crates, compared with what each may use.

use crate::metadata::Metadata;

/// Crate, and what it may use of this workspace. `*`: everything. The same table stands in ARCHITECTURE.md.
const MAY_USE: &[(&str, &[&str])] = &[
    ("demarche-record", &[]),
    ("demarche-fetch", &[]),
    ("demarche-tables", &[]),
    ("demarche-assets", &[]),
    ("demarche-parser", &["record", "assets"]),
    ("demarche-reader", &["record", "tables"]),
    ("demarche-coder", &["record", "tables"]),
    ("demarche-store", &["record", "tables"]),
    ("demarche-resolver", &["record", "tables", "assets"]),
    ("demarche-server", &["record", "store"]),
    ("demarche", &["*"]),
    ("xtask", &["*"]),
];

/// Fails when a crate uses one that it may not, or is missing from the table. Test-only dependencies are free, except
/// that stages never import each other outside tests.
pub fn run() -> Result<(), String> {
    let metadata = Metadata::load(false)?;
    let mut wrong = Vec::new();
    for package in metadata.members() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == package.name) else {
            wrong.push(format!("{} is not in the table of xtask/src/layers.rs", package.name));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|d| d.kind.as_deref() != Some("dev")) {
            let ours = metadata.members().any(|p| p.name == dependency.name);
            let short = dependency.name.strip_prefix("demarche-").unwrap_or(&dependency.name);
            if ours && !allowed.contains(&"*") && !allowed.contains(&short) {
                wrong.push(format!("{} uses {}, allowed are {allowed:?}", package.name, dependency.name));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}
