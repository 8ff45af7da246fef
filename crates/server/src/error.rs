//! What can go wrong, for callers and for clients.

use crate::answer;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::fmt;

/// Kind of an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The settings do not fit together.
    Config,
    /// The address cannot be used.
    Listen,
    /// The database cannot be read.
    Store,
    /// Nothing is there under this id or path.
    Missing,
    /// The request is not understood.
    Request,
    /// The request is not allowed.
    Forbidden,
    /// A pasted page cannot be read.
    Page,
}

/// Why something failed: kind, one line, and what helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    hint: String,
}

impl Error {
    /// An error of a kind.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), hint: String::new() }
    }

    /// The same with a line that says what helps.
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = hint.into();
        self
    }

    /// What sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Status of the answer.
    fn status(&self) -> StatusCode {
        match self.kind {
            ErrorKind::Missing => StatusCode::NOT_FOUND,
            ErrorKind::Request => StatusCode::BAD_REQUEST,
            ErrorKind::Forbidden => StatusCode::FORBIDDEN,
            ErrorKind::Page => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorKind::Config | ErrorKind::Listen | ErrorKind::Store => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for Error {}

impl From<store::Error> for Error {
    fn from(e: store::Error) -> Self {
        Error::new(ErrorKind::Store, format!("the database cannot be read: {e}"))
            .hint("Is another program writing to it? The request can be tried again.")
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let body = serde_json::json!({"error": {"message": self.message, "hint": self.hint}});
        answer::plain(self.status(), "application/json", body.to_string().into_bytes())
    }
}
