//! The folder of a user's own tables to the texts that the resolver reads beside its own.

use resolver::overlay::Overlay;
use std::path::{Path, PathBuf};

/// The folder: as asked for, else below the user's data folder by the XDG rules. `None` when there is no home.
pub fn folder(asked: Option<&Path>) -> Option<PathBuf> {
    if let Some(asked) = asked {
        return Some(asked.to_owned());
    }
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let data = absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|h| h.join(".local/share")))?;
    Some(data.join("demarche").join("tables"))
}

/// A folder named on the command line.
///
/// # Errors
/// There is no such folder.
pub fn existing(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_dir() { Ok(path) } else { Err("no such folder".to_owned()) }
}

/// Reads the tables of the folder. A folder or table that is not there is empty.
///
/// # Errors
/// A table could not be read: what and why.
pub fn load(asked: Option<&Path>) -> Result<Overlay, String> {
    let Some(folder) = folder(asked) else { return Ok(Overlay::default()) };
    Ok(Overlay {
        people: text(&folder.join(Overlay::PEOPLE))?,
        organisations: text(&folder.join(Overlay::ORGANISATIONS))?,
    })
}

/// A table's text for the rest of the run; nothing when there is no such file.
///
/// # Errors
/// It is there and could not be read.
pub fn text(file: &Path) -> Result<&'static str, String> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Box::leak(text.into_boxed_str())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(""),
        Err(e) => Err(format!("{}: {e}", file.display())),
    }
}
