//! `assets/assets.toml` as typed values.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The whole file.
#[derive(Deserialize)]
pub struct Manifest {
    package: Vec<Package>,
}

/// One pinned registry package.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Name in the code.
    pub id: String,
    /// Name at the registry.
    pub name: String,
    /// Exact version.
    pub version: String,
    /// File name of its wheel.
    pub file: String,
    /// sha256 of the wheel, lower-case hex.
    pub sha256: String,
    /// Licence of the data and of the package around it.
    pub licence: String,
    /// Folder inside the wheel that member names are relative to.
    #[serde(default)]
    pub prefix: String,
    /// Members used, each with its sha256, or `""` when only the wheel's own is known.
    pub members: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads and checks the file.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
    }

    /// The `credits` module of the crate as Rust: every package with name, version and licence.
    pub fn credits(&self) -> String {
        let rows = self.package.iter().map(|p| {
            format!(
                "    Credit {{ id: {:?}, package: {:?}, version: {:?}, licence: {:?} }},\n",
                p.id, p.name, p.version, p.licence
            )
        });
        format!("&[\n{}]\n", rows.collect::<String>())
    }

    /// The package with the id.
    pub fn package(&self, id: &str) -> Result<&Package, String> {
        self.package
            .iter()
            .find(|p| p.id == id)
            .ok_or_else(|| format!("assets/assets.toml names no package with id {id:?}"))
    }
}
