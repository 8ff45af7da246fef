//! Events and actors that the words of a filter take, gathered once and asked for by every statement of a question.
//!
//! One page asks half a dozen statements about the same filter: a full-text search or a search through all names would be
//! done anew in each. Here its result is kept as numbers in a temporary table of the connection, until somebody writes.

use crate::error::Error;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::cell::RefCell;

/// Sets kept at a time, more than one question needs; the one that was asked for longest ago gives way.
const KEPT: usize = 16;

/// The sets of one connection.
#[derive(Default)]
pub(crate) struct Sets(RefCell<Kept>);

#[derive(Default)]
struct Kept {
    /// See [`Kept::refresh`].
    written: (i64, u64),
    /// Highest number of an event: about how many there are.
    events: u64,
    sets: Vec<Known>,
    clock: u64,
}

struct Known {
    question: String,
    size: u64,
    /// When it was gathered and last asked for, by the clock of [`Kept`].
    made: u64,
    asked: u64,
}

/// Numbers in a temporary table with the one column `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Set {
    slot: usize,
    made: u64,
    /// How many there are.
    pub size: u64,
    /// True when it holds a good part of all events: reading those in order is faster than looking each of these up.
    large: bool,
}

impl Set {
    /// Query for its numbers.
    pub fn numbers(self) -> String {
        format!("SELECT n FROM temp.set_{}", self.slot)
    }

    /// Its table.
    pub fn table(self) -> String {
        format!("temp.set_{}", self.slot)
    }

    /// Condition that `column`, a number of an event, is in it.
    pub fn holds(self, column: &str) -> String {
        // The plus keeps SQLite from going through the set and looking up the rest (https://sqlite.org/optoverview.html).
        format!("{}{column} IN ({})", if self.large { "+" } else { "" }, self.numbers())
    }
}

impl Sets {
    /// The numbers that `query` gives, none of them empty; gathered when they are not kept. Sets that the query reads are
    /// named in `from`: their tables may hold others next time.
    pub fn gather(
        &self,
        connection: &Connection,
        query: &str,
        values: &[Value],
        from: &[Set],
    ) -> Result<Set, Error> {
        let mut kept = self.0.borrow_mut();
        kept.refresh(connection)?;
        kept.clock += 1;
        let made: Vec<u64> = from.iter().map(|s| s.made).collect();
        let (clock, question) = (kept.clock, format!("{query} {values:?} {made:?}"));
        let slot = match kept.sets.iter().position(|s| s.question == question) {
            Some(slot) => slot,
            None => kept.fill(connection, query, values, question)?,
        };
        let events = kept.events;
        let known = &mut kept.sets[slot];
        known.asked = clock;
        Ok(Set { slot, made: known.made, size: known.size, large: known.size > events / 8 })
    }
}

impl Kept {
    /// Answers no more with what was gathered before another connection has written, or this one anything but sets. The
    /// tables stay until they give way: a question that began before the writing still reads them.
    fn refresh(&mut self, connection: &Connection) -> Result<(), Error> {
        let version = connection.prepare_cached("PRAGMA data_version")?.query_row([], |r| r.get(0))?;
        let written = (version, connection.total_changes());
        if self.written != written || self.clock == 0 {
            self.sets.iter_mut().for_each(|s| s.question.clear());
            self.written = written;
            let mut newest = connection.prepare_cached("SELECT coalesce(max(n), 0) FROM event")?;
            self.events = newest.query_row([], |r| r.get::<_, i64>(0))?.unsigned_abs();
        }
        Ok(())
    }

    /// Puts the answer of a query into a free table, or into the one whose set gives way.
    fn fill(
        &mut self,
        connection: &Connection,
        query: &str,
        values: &[Value],
        question: String,
    ) -> Result<usize, Error> {
        let slot = match self.sets.len() {
            n if n < KEPT => n,
            _ => (0..KEPT).min_by_key(|n| self.sets[*n].asked).unwrap_or(0),
        };
        if let Some(old) = self.sets.get_mut(slot) {
            old.question.clear();
        }
        // All at once: a new table makes SQLite prepare every statement again.
        if !connection.table_exists(Some("temp"), "set_0")? {
            let tables =
                (0..KEPT).map(|n| format!("CREATE TEMP TABLE set_{n} (n INTEGER PRIMARY KEY) STRICT;"));
            connection.execute_batch(&tables.collect::<String>())?;
        }
        let table = format!("temp.set_{slot}");
        connection.execute(&format!("DELETE FROM {table}"), [])?;
        let sql = format!("INSERT OR IGNORE INTO {table} {query}");
        let size = connection.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values))?;
        self.written.1 = connection.total_changes();
        let known = Known { question, size: size as u64, made: self.clock, asked: self.clock };
        match self.sets.get_mut(slot) {
            Some(old) => *old = known,
            None => self.sets.push(known),
        }
        Ok(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(connection: &Connection, set: Set) -> Vec<i64> {
        let mut statement = connection.prepare(&set.numbers()).unwrap();
        statement.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn sets_are_kept_until_somebody_writes() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE event (n INTEGER PRIMARY KEY)").unwrap();
        connection.execute_batch("INSERT INTO event VALUES (1), (2), (3)").unwrap();
        let sets = Sets::default();
        let above =
            |n: i64| sets.gather(&connection, "SELECT n FROM event WHERE n > ?", &[n.into()], &[]).unwrap();
        let two = above(1);
        assert_eq!((two.size, numbers(&connection, two)), (2, vec![2, 3]));
        let one = above(2);
        assert_eq!((one.slot, above(1).slot), (1, 0));
        connection.execute_batch("INSERT INTO event VALUES (9)").unwrap();
        assert_eq!(numbers(&connection, above(2)), [3, 9]);
        // A question that began before the writing keeps its sets.
        assert_eq!((numbers(&connection, two), numbers(&connection, one)), (vec![2, 3], vec![3]));
    }

    #[test]
    fn the_set_asked_for_longest_ago_gives_way() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE event (n INTEGER PRIMARY KEY)").unwrap();
        let sets = Sets::default();
        let single = |n: usize| sets.gather(&connection, "SELECT ?", &[(n as i64).into()], &[]).unwrap();
        let first = single(0);
        for n in 1..KEPT {
            single(n);
        }
        assert_eq!(single(0), first);
        let late = single(KEPT);
        assert_eq!((late.slot, numbers(&connection, late)), (1, vec![KEPT as i64]));
        assert_eq!(numbers(&connection, single(0)), [0]);
    }
}
