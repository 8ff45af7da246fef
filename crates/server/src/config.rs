//! What a server is started with.

use record::Record;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// A page that somebody pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paste {
    /// Its bytes, text or HTML.
    pub body: Vec<u8>,
    /// Day of publication, ISO, when the reader knows better than the page.
    pub date: Option<String>,
    /// Whether it shall be kept in the database.
    pub keep: bool,
}

/// What came of a pasted page.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The page with everything that was found.
    pub record: Record,
    /// True when it is in the database now.
    pub kept: bool,
}

/// Reads a pasted page. The error is one line for a person.
pub type ReadFn = Arc<dyn Fn(Paste) -> Result<Read, String> + Send + Sync>;

/// Settings of a server.
#[derive(Clone)]
pub struct Config {
    /// The database.
    pub db: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Further names under which browsers reach the server.
    pub hosts: Vec<String>,
    /// Secret that every request must bring; needed when `listen` is not loopback.
    pub token: Option<String>,
    /// Whether pasted pages may be kept.
    pub allow_add: bool,
    /// Reads pasted pages; without it they are refused.
    pub read: Option<ReadFn>,
    /// Version to show.
    pub version: String,
}
