//! A place that holds a pipeline's files: the embedded package or a folder on disk.

use crate::error::{Error, ErrorKind};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Largest file that is read: the biggest weights of a CNN pipeline are far smaller, a mistaken path may not be.
const LARGEST: u64 = 2 << 30;

/// The files of one pipeline.
pub enum Files<'a> {
    /// Built into the binary.
    Embedded(&'static assets::Model),
    /// A folder with `config.cfg` and one folder a component.
    Folder(PathBuf),
    /// Whatever the caller keeps them in.
    Given(&'a dyn Fn(&str) -> Option<Vec<u8>>),
}

impl Files<'_> {
    /// The pipeline at `path`: the folder itself, or the one inside the folder of an unpacked package.
    pub fn at(path: &Path) -> Result<Self, Error> {
        if !path.is_dir() {
            return Err(Error::new(ErrorKind::Io, format!("{}: not a folder", path.display())));
        }
        let mut level = vec![path.to_owned()];
        for _ in 0..3 {
            if let Some(found) = level.iter().find(|p| p.join("config.cfg").is_file()) {
                return Ok(Files::Folder(found.clone()));
            }
            level = level
                .iter()
                .flat_map(|p| std::fs::read_dir(p).into_iter().flatten())
                .flatten()
                .map(|e| e.path())
                .collect();
            level.retain(|p| p.is_dir());
            level.sort();
        }
        Err(Error::new(
            ErrorKind::Io,
            format!("{}: no spaCy v3 pipeline (no config.cfg here or in its folders)", path.display()),
        ))
    }

    /// One file's bytes.
    pub fn get(&self, name: &str) -> Result<Cow<'static, [u8]>, Error> {
        let missing = |e: &dyn std::fmt::Display| Error::new(ErrorKind::Io, format!("{name}: {e}"));
        match self {
            Files::Embedded(model) => {
                model.get(name).map(Cow::Borrowed).ok_or_else(|| missing(&"not in the embedded model"))
            }
            Files::Given(get) => get(name).map(Cow::Owned).ok_or_else(|| missing(&"not given")),
            Files::Folder(folder) => {
                let path = folder.join(name);
                let size = std::fs::metadata(&path).map_err(|e| missing(&e))?.len();
                if size > LARGEST {
                    return Err(missing(&format!("{size} bytes are more than a CNN pipeline's files have")));
                }
                std::fs::read(&path).map(Cow::Owned).map_err(|e| missing(&e))
            }
        }
    }

    /// One file's bytes, `None` when there is no such file.
    pub fn find(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, Error> {
        match self {
            Files::Embedded(model) => Ok(model.get(name).map(Cow::Borrowed)),
            Files::Given(get) => Ok(get(name).map(Cow::Owned)),
            Files::Folder(folder) if !folder.join(name).exists() => Ok(None),
            Files::Folder(_) => self.get(name).map(Some),
        }
    }
}
