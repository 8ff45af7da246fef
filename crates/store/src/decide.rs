//! What a reader decides about stories: two are one, or some reports of one are another. Kept beside what merging finds,
//! obeyed whenever stories are clustered anew, and taken back without a trace in the stories.

use crate::error::{Error, ErrorKind};
use crate::query;
use crate::settle::{self, Merger};
use crate::store::Store;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Decision {
    /// Its number, by which it is undone.
    pub n: i64,
    /// `merge`: all these reports are one story; `split`: those of the second side are another story than the first.
    pub kind: String,
    /// When, ISO.
    pub made: String,
    /// Why, in the reader's words; empty when none were given.
    pub note: String,
    /// When it was undone, ISO; `None`: it holds.
    pub undone: Option<String>,
    /// Article ids: of the two stories as they were, or of what stayed and what left.
    pub sides: [Vec<String>; 2],
}

/// A decision and the stories that its reports are in now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Decided {
    /// The decision.
    pub decision: Decision,
    /// Ids of the stories, the largest share of the reports first.
    pub stories: Vec<String>,
}

impl Store {
    /// Decides that stories `a` and `b` are one, whatever is merged later.
    ///
    /// # Errors
    /// There is no such story, they are one already, or would be too large to be settled together. Nothing was changed.
    pub fn merge_stories(
        &mut self,
        merger: &Merger,
        (a, b): (&str, &str),
        note: &str,
        now: &str,
    ) -> Result<Decided, Error> {
        self.decide(merger, |change| {
            let (a, b) = (members(change, a)?, members(change, b)?);
            if a == b {
                return Err(Error::new(ErrorKind::Missing, "these are one story already"));
            }
            let most = settle::MOST;
            if a.len() + b.len() > most {
                let message = format!("together they would have more than {most} reports");
                return Err(Error::new(ErrorKind::Missing, message));
            }
            insert(change, "merge", note, now, [&a, &b])
        })
    }

    /// Decides that some reports of a story are another one, whatever is merged later. Reports are article ids.
    ///
    /// # Errors
    /// There is no such story, a report is not in it, or none or all of its reports would leave. Nothing was changed.
    pub fn split_story(
        &mut self,
        merger: &Merger,
        story: &str,
        reports: &[String],
        note: &str,
        now: &str,
    ) -> Result<Decided, Error> {
        self.decide(merger, |change| {
            let all = members(change, story)?;
            let mut find = change.prepare_cached("SELECT n FROM article WHERE id = ?")?;
            let mut leave = BTreeSet::new();
            for id in reports {
                let n = find.query_row([id], |r| r.get::<_, i64>(0)).optional()?;
                let n = n.filter(|n| all.contains(n)).ok_or_else(|| {
                    Error::new(ErrorKind::Missing, format!("report {id:?} is not in story {story}"))
                })?;
                leave.insert(n);
            }
            let stay: BTreeSet<i64> = all.difference(&leave).copied().collect();
            if leave.is_empty() || stay.is_empty() {
                let message = "some reports must leave the story, and some must stay";
                return Err(Error::new(ErrorKind::Missing, message));
            }
            insert(change, "split", note, now, [&stay, &leave])
        })
    }

    /// Takes a decision back: its reports are clustered as if it had never been made.
    ///
    /// # Errors
    /// There is no decision of this number, or it was undone before. Nothing was changed.
    pub fn undo_decision(&mut self, merger: &Merger, n: i64, now: &str) -> Result<Decided, Error> {
        self.decide(merger, |change| {
            let sql = "UPDATE decision SET undone = ? WHERE n = ? AND undone IS NULL";
            if change.execute(sql, params![now, n])? == 0 {
                return Err(Error::new(ErrorKind::Missing, format!("no decision {n} holds")));
            }
            Ok(n)
        })
    }

    /// All decisions, oldest first, those that were undone among them.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        read(&self.connection, "SELECT n FROM decision ORDER BY n", params![])
    }

    /// Decisions that hold and name a report of this story, oldest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn decisions_on(&self, story: &str) -> Result<Vec<Decision>, Error> {
        let sql = "SELECT DISTINCT x.n FROM story s JOIN article a ON a.story = s.n JOIN decided d ON d.article = a.n \
                   JOIN decision x ON x.n = d.decision WHERE s.id = ? AND x.undone IS NULL ORDER BY x.n";
        read(&self.connection, sql, params![story])
    }

    /// Writes a decision and settles what it touches, in one transaction.
    fn decide(
        &mut self,
        merger: &Merger,
        write: impl FnOnce(&Transaction<'_>) -> Result<i64, Error>,
    ) -> Result<Decided, Error> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let n = write(&change)?;
        let sql =
            "UPDATE article SET settled = 0 WHERE n IN (SELECT article FROM decided WHERE decision = ?)";
        change.execute(sql, [n])?;
        settle::settle(&change, merger)?;
        let decision = read(&change, "SELECT ?", params![n])?.pop().unwrap_or_default();
        let mut statement = change.prepare(
            "SELECT s.id FROM decided d JOIN article a ON a.n = d.article JOIN story s ON s.n = a.story \
             WHERE d.decision = ? GROUP BY s.id ORDER BY count(*) DESC, s.id",
        )?;
        let stories = statement.query_map([n], |r| r.get(0))?.collect::<Result<_, _>>()?;
        drop(statement);
        change.commit()?;
        Ok(Decided { decision, stories })
    }
}

/// Articles of a story, by its id or one that leads to it.
fn members(connection: &Connection, story: &str) -> Result<BTreeSet<i64>, Error> {
    let mut find = connection
        .prepare_cached("SELECT a.n FROM story s JOIN article a ON a.story = s.n WHERE s.id = ?")?;
    let mut get = |id: &str| -> Result<BTreeSet<i64>, Error> {
        Ok(find.query_map([id], |r| r.get(0))?.collect::<Result<_, _>>()?)
    };
    let mut found = get(story)?;
    if let (true, Some(heir)) = (found.is_empty(), query::heir_of(connection, story)?) {
        found = get(&heir)?;
    }
    if found.is_empty() {
        return Err(Error::new(ErrorKind::Missing, format!("no story {story:?}")));
    }
    Ok(found)
}

fn insert(
    change: &Transaction<'_>,
    kind: &str,
    note: &str,
    now: &str,
    sides: [&BTreeSet<i64>; 2],
) -> Result<i64, Error> {
    let sql = "INSERT INTO decision (kind, made, note) VALUES (?, ?, ?)";
    change.execute(sql, params![kind, now, note.trim()])?;
    let n = change.last_insert_rowid();
    let sql = "INSERT INTO decided (decision, article, side) VALUES (?, ?, ?)";
    let mut member = change.prepare_cached(sql)?;
    for (side, articles) in sides.into_iter().enumerate() {
        for article in articles {
            member.execute(params![n, article, side as i64])?;
        }
    }
    Ok(n)
}

fn read(
    connection: &Connection,
    which: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<Decision>, Error> {
    let mut numbers = connection.prepare_cached(which)?;
    let numbers: Vec<i64> = numbers.query_map(values, |r| r.get(0))?.collect::<Result<_, _>>()?;
    let mut one = connection.prepare_cached("SELECT kind, made, note, undone FROM decision WHERE n = ?")?;
    let mut reports = connection.prepare_cached(
        "SELECT d.side, a.id FROM decided d JOIN article a ON a.n = d.article WHERE d.decision = ? \
         ORDER BY a.published IS NULL, a.published, a.id",
    )?;
    let mut out = Vec::new();
    for n in numbers {
        let mut decision = one.query_row([n], |r| {
            let (kind, made) = (r.get(0)?, r.get(1)?);
            Ok(Decision { n, kind, made, note: r.get(2)?, undone: r.get(3)?, ..Decision::default() })
        })?;
        for row in
            reports.query_map([n], |r| Ok((usize::from(r.get::<_, u8>(0)?), r.get::<_, String>(1)?)))?
        {
            let (side, id) = row?;
            if let Some(list) = decision.sides.get_mut(side) {
                list.push(id);
            }
        }
        out.push(decision);
    }
    Ok(out)
}
