//! `cargo metadata` to the few fields that the checks need.

use serde::Deserialize;
use std::process::Command;

/// What `cargo metadata` prints.
#[derive(Debug, Deserialize)]
pub struct Metadata {
    /// Every package of the lock file that is in use.
    pub packages: Vec<Package>,
    /// Ids of the packages of this workspace.
    pub workspace_members: Vec<String>,
}

/// One package.
#[derive(Debug, Deserialize)]
pub struct Package {
    /// Unique id.
    pub id: String,
    /// Name in the registry.
    pub name: String,
    /// Version.
    pub version: String,
    /// SPDX expression.
    pub license: Option<String>,
    /// Where the source lives.
    pub repository: Option<String>,
    /// Direct dependencies.
    pub dependencies: Vec<Dependency>,
}

/// One direct dependency.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    /// Name in the registry.
    pub name: String,
    /// `None`: normal; `dev`, `build`.
    pub kind: Option<String>,
}

impl Metadata {
    /// Asks cargo. With `all`, packages from outside the workspace are listed too.
    pub fn load(all: bool) -> Result<Self, String> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(["metadata", "--format-version", "1", "--quiet", "--all-features"]);
        if !all {
            command.arg("--no-deps");
        }
        let output = command.output().map_err(|e| format!("cargo metadata: {e}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata: {e}"))
    }

    /// Packages of this workspace.
    pub fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|p| self.workspace_members.contains(&p.id))
    }
}
