//! What can go wrong with a database, in one opaque error with a kind.

use std::fmt;

/// Why a database could not be opened, read or written.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// What sort of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The file is not there or must not be read.
    Open,
    /// The file is no database of demarche, or was written by a newer version.
    Foreign,
    /// Another program writes to it and did not finish in time.
    Busy,
    /// The disk is full or fails.
    Disk,
    /// The file, or the folder that SQLite writes beside it in, must not be written.
    ReadOnly,
    /// What is stored does not keep its form.
    Damaged,
    /// Asked for something that is not there.
    Missing,
    /// A query or a table of this program is at fault.
    Internal,
}

impl Error {
    /// An error with a message for people.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into() }
    }

    /// What sort of trouble it is.
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

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::*;
        let kind = match e.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => ErrorKind::Busy,
            Some(ReadOnly | PermissionDenied) => ErrorKind::ReadOnly,
            Some(DiskFull | SystemIoFailure) => ErrorKind::Disk,
            Some(CannotOpen) => ErrorKind::Open,
            Some(NotADatabase) => ErrorKind::Foreign,
            Some(DatabaseCorrupt) => ErrorKind::Damaged,
            _ => ErrorKind::Internal,
        };
        Error { kind, message: e.to_string() }
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Error {
        Error { kind: ErrorKind::Damaged, message: format!("stored JSON: {e}") }
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Error {
        Error { kind: ErrorKind::Damaged, message: format!("stored data: {e}") }
    }
}

impl From<tables::tsv::TableError> for Error {
    fn from(e: tables::tsv::TableError) -> Error {
        Error { kind: ErrorKind::Internal, message: e.to_string() }
    }
}

impl From<rusqlite::types::FromSqlError> for Error {
    fn from(e: rusqlite::types::FromSqlError) -> Error {
        Error { kind: ErrorKind::Damaged, message: format!("stored value: {e}") }
    }
}
