//! An empty or older database file to one with the tables of this version: numbered migrations, never edited.

use crate::error::{Error, ErrorKind};
use rusqlite::Connection;

/// Marks a file as ours (`PRAGMA application_id`): "dema" in ASCII.
const APPLICATION: i32 = 0x6465_6D61;

/// Steps in order; `PRAGMA user_version` counts those that have run.
const MIGRATIONS: [&str; 3] =
    [include_str!("0001_start.sql"), include_str!("0002_buckets.sql"), include_str!("0003_facts.sql")];

/// Version of the tables that this program writes.
pub const VERSION: i32 = MIGRATIONS.len() as i32;

fn pragma(connection: &Connection, name: &str) -> Result<i32, Error> {
    Ok(connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?)
}

/// Fails unless the file is ours and not newer than this program. An empty file is nobody's yet.
///
/// # Errors
/// The file belongs to another program or a newer version.
pub fn check(connection: &Connection) -> Result<(), Error> {
    let (id, version) = (pragma(connection, "application_id")?, pragma(connection, "user_version")?);
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    if id != APPLICATION && (tables > 0 || id != 0) {
        return Err(Error::new(ErrorKind::Foreign, "a database of another program"));
    }
    if version > VERSION {
        let message = format!("written with tables of version {version}, this program knows up to {VERSION}");
        return Err(Error::new(ErrorKind::Foreign, message));
    }
    Ok(())
}

/// Brings the tables to this version, each step in a transaction of its own.
///
/// # Errors
/// The file is not ours, or a step failed; the steps before it stay.
pub fn migrate(connection: &mut Connection) -> Result<(), Error> {
    check(connection)?;
    let done = usize::try_from(pragma(connection, "user_version")?).unwrap_or(0);
    for (step, sql) in MIGRATIONS.iter().enumerate().skip(done) {
        let change = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        if usize::try_from(pragma(&change, "user_version")?).unwrap_or(0) > step {
            continue;
        }
        change.execute_batch(sql)?;
        change.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}",
            step + 1
        ))?;
        change.commit()?;
    }
    Ok(())
}
