//! Lexicon tables as text, from the program, a folder or a commit, to senses and word classes.

use std::path::Path;
use std::process::Command;
use tables::patterns::{Class, FILES, GRAMMAR, SHARED, Sense, classes, senses};
use tables::tsv::TableError;

/// Text of all tables, in the order of `FILES`, and of the two tables of word classes.
pub struct Tables {
    files: Vec<(&'static str, String)>,
    shared: String,
    grammar: String,
}

fn base(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

impl Tables {
    /// What was compiled into this program.
    pub fn embedded() -> Self {
        let files = FILES.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        Tables { files, shared: SHARED.1.to_owned(), grammar: GRAMMAR.1.to_owned() }
    }

    /// The tables that stand in `dir` now.
    pub fn folder(dir: &Path) -> Result<Self, String> {
        Self::read(|file| {
            let path = dir.join(base(file));
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
        })
    }

    /// The tables of a commit.
    pub fn commit(name: &str) -> Result<Self, String> {
        Self::read(|file| {
            let at = format!("{name}:tables/{file}");
            let out = Command::new("git").args(["show", &at]).output().map_err(|e| format!("git: {e}"))?;
            match out.status.success() {
                true => String::from_utf8(out.stdout).map_err(|e| format!("{at}: {e}")),
                false => Err(format!("{at}: {}", String::from_utf8_lossy(&out.stderr).trim())),
            }
        })
    }

    fn read(text_of: impl Fn(&str) -> Result<String, String>) -> Result<Self, String> {
        let files =
            FILES.iter().map(|(name, _)| Ok((*name, text_of(name)?))).collect::<Result<_, String>>()?;
        Ok(Tables { files, shared: text_of(SHARED.0)?, grammar: text_of(GRAMMAR.0)? })
    }

    /// All senses, in file order.
    pub fn senses(&self) -> Result<Vec<Sense<'_>>, TableError> {
        let mut out = Vec::new();
        for (name, text) in &self.files {
            out.extend(senses(name, text)?);
        }
        Ok(out)
    }

    /// The word classes, as [`tables::patterns::shared`] has them.
    pub fn classes(&self) -> Result<Vec<Class<'_>>, TableError> {
        let mut out = classes(SHARED.0, &self.shared)?;
        out.extend(classes(GRAMMAR.0, &self.grammar)?);
        Ok(out)
    }
}
