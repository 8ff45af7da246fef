//! A path to an open database: one writer, many readers.

use crate::error::{Error, ErrorKind};
use crate::schema;
use crate::sets::Sets;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long to wait for a writer that is in the middle of a transaction.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open database file. Readers see the state of the last committed transaction (SQLite WAL).
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) sets: Sets,
}

impl Store {
    /// Opens a database to write, makes it when it is not there, and brings its tables to this version.
    ///
    /// # Errors
    /// The file cannot be opened or written, is not ours, or is newer than this program.
    pub fn open(path: &Path) -> Result<Store, Error> {
        let mut connection = Connection::open(path).map_err(|e| at(path, e.into()))?;
        connection.busy_timeout(PATIENCE)?;
        schema::check(&connection).map_err(|e| at(path, e))?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(|e| at(path, e.into()))?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // Pages of 16 MB of log go over to the database at a time: most were changed more than once by then.
        connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
        Store::tune(&connection)?;
        schema::migrate(&mut connection).map_err(|e| at(path, e))?;
        Ok(Store { connection, sets: Sets::default() })
    }

    /// Opens a database to read only. One that lies where nothing may be written (a mounted archive, somebody else's
    /// folder) is read as it is, since SQLite cannot put its files beside it; then nobody must write to it meanwhile.
    ///
    /// # Errors
    /// The file is not there, is not ours, or has tables of another version.
    pub fn read(path: &Path) -> Result<Store, Error> {
        if !path.is_file() {
            return Err(at(path, Error::new(ErrorKind::Open, "no such database")));
        }
        let connection = match Store::reader(path, OpenFlags::empty()) {
            Err(e) if e.kind() == ErrorKind::ReadOnly && !has_log(path) => {
                Store::reader(&unchanging(path), OpenFlags::SQLITE_OPEN_URI)
            }
            opened => opened,
        }
        .map_err(|e| at(path, e))?;
        let version: i32 = connection.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        if version != schema::VERSION {
            let message = format!(
                "has tables of version {version}; open it once to write to bring it to {}",
                schema::VERSION
            );
            return Err(at(path, Error::new(ErrorKind::Foreign, message)));
        }
        Store::tune(&connection)?;
        Ok(Store { connection, sets: Sets::default() })
    }

    fn reader(path: &Path, more: OpenFlags) -> Result<Connection, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        schema::check(&connection)?;
        Ok(connection)
    }

    /// A database in memory, for tests and for pages that are not kept.
    ///
    /// # Errors
    /// SQLite has no memory.
    pub fn memory() -> Result<Store, Error> {
        let mut connection = Connection::open_in_memory()?;
        Store::tune(&connection)?;
        schema::migrate(&mut connection)?;
        Ok(Store { connection, sets: Sets::default() })
    }

    fn tune(connection: &Connection) -> Result<(), Error> {
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -64_000)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(())
    }

    /// Holds what the database says now until this connection is closed, whatever others write meanwhile.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn hold(&self) -> Result<(), Error> {
        self.connection.execute_batch("BEGIN")?;
        // A snapshot begins with the first question.
        self.connection.query_row("SELECT count(*) FROM run WHERE n = 0", [], |_| Ok(()))?;
        Ok(())
    }

    /// A number that changes when another connection has written: what readers cache may be kept while it stays.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn state(&self) -> Result<i64, Error> {
        Ok(self.connection.query_row("PRAGMA data_version", [], |r| r.get(0))?)
    }
}

/// True when changes wait beside the file that are not in it yet.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|m| m.len() > 0)
}

/// The file as a URI that tells SQLite that nobody changes it. Source: <https://www.sqlite.org/uri.html>.
fn unchanging(path: &Path) -> PathBuf {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    PathBuf::from(format!("file:{path}?immutable=1"))
}

fn at(path: &Path, e: Error) -> Error {
    Error::new(e.kind(), format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_its_own_files_only() {
        let folder = std::env::temp_dir().join(format!("demarche-open-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let ours = folder.join("ours.db");
        drop(Store::open(&ours).unwrap());
        drop(Store::open(&ours).unwrap());
        drop(Store::read(&ours).unwrap());
        let none = folder.join("none.db");
        assert_eq!(Store::read(&none).err().unwrap().kind(), ErrorKind::Open);
        let text = folder.join("text.db");
        std::fs::write(&text, "no database, but long enough to have a header ".repeat(9)).unwrap();
        assert_eq!(Store::open(&text).err().unwrap().kind(), ErrorKind::Foreign);
        let other = folder.join("other.db");
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
        assert_eq!(Store::open(&other).err().unwrap().kind(), ErrorKind::Foreign);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
