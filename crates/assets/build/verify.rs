//! Bytes to checked bytes: sha256 of wheels and of their members.

use crate::manifest::Package;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Fails when the sha256 of `bytes` is not `expected` (lower-case hex).
pub fn check_sha256(what: &str, bytes: &[u8], expected: &str) -> Result<(), String> {
    let found: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: sha256 is {found}, pinned is {expected}"))
}

/// The members that the manifest names, unzipped and checked, by name without the package's prefix.
pub fn members(package: &Package, wheel: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let say = |e: &dyn std::fmt::Display| format!("{}: {e}", package.file);
    let mut zip = zip::ZipArchive::new(Cursor::new(wheel)).map_err(|e| say(&e))?;
    let mut out = BTreeMap::new();
    for (name, sha256) in &package.members {
        let inner = format!("{}{name}", package.prefix);
        let mut file = zip.by_name(&inner).map_err(|e| {
            format!("{}: member {inner}: {e}. assets/assets.toml does not fit this package: correct its list of members", package.file)
        })?;
        let mut bytes = Vec::with_capacity(usize::try_from(file.size()).unwrap_or(0));
        file.read_to_end(&mut bytes).map_err(|e| say(&e))?;
        if !sha256.is_empty() {
            check_sha256(&inner, &bytes, sha256)?;
        }
        out.insert(name.clone(), bytes);
    }
    Ok(out)
}
