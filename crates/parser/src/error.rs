//! Why a model cannot be loaded.

use std::fmt;

/// What is wrong with a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A file cannot be read.
    Io,
    /// A file is not what its name says: cut off, not MessagePack or JSON, a field missing or of another type.
    Format,
    /// A well-formed pipeline that this runtime does not run: other components, another architecture.
    Unsupported,
    /// Arrays whose shapes do not fit each other.
    Shape,
}

/// A model that cannot be loaded.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into() }
    }

    pub(crate) fn format(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Format, message)
    }

    pub(crate) fn shape(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Shape, message)
    }

    pub(crate) fn unsupported(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Unsupported, message)
    }

    /// The same error with the file or part it arose in.
    pub(crate) fn within(self, place: &str) -> Self {
        Error { kind: self.kind, message: format!("{place}: {}", self.message) }
    }

    /// What is wrong, as a kind to branch on.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for Error {}
