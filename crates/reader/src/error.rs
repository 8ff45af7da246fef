//! What can go wrong while bytes become a page, as one opaque error with a kind.

use std::fmt;

/// Class of a reading failure; the root maps it to an exit code and a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Nothing readable in the input.
    Empty,
    /// The input is a container of many records; use [`crate::records()`].
    Container,
    /// The format is known but the input does not keep it.
    Malformed,
    /// The container is broken here; what it held from here to the next record is lost and cannot be counted.
    Damaged,
    /// A picture, a PDF, an archive: not a page.
    Unsupported,
    /// A size or decompression limit was passed.
    TooLarge,
    /// The bytes could not be read at all.
    Io,
    /// A library underneath failed on this input.
    Internal,
}

/// Why an input gave no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into() }
    }

    /// The class of the failure.
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
