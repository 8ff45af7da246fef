//! A database to the list of what does not hold in it.

use crate::error::Error;
use crate::store::Store;

/// What must hold, and a query that finds the rows where it does not.
const RULES: [(&str, &str); 12] = [
    (
        "an input is neither added, known nor rejected",
        "SELECT run || ': ' || source FROM outcome WHERE (result = 'rejected') <> (article IS NULL)",
    ),
    (
        "an article came with no run",
        "SELECT id FROM article WHERE n NOT IN (SELECT article FROM outcome WHERE article IS NOT NULL)",
    ),
    ("a settled article is in no story", "SELECT id FROM article WHERE settled = 1 AND story IS NULL"),
    (
        "a settled telling is in no event",
        "SELECT a.id || '.' || (t.ordinal + 1) FROM telling t JOIN article a ON a.n = t.article WHERE a.settled = 1 AND t.event IS NULL",
    ),
    (
        "a story has no article",
        "SELECT id FROM story WHERE n NOT IN (SELECT story FROM article WHERE story IS NOT NULL)",
    ),
    (
        "a story's count is not its number of articles",
        "SELECT s.id FROM story s WHERE s.articles <> (SELECT count(*) FROM article a WHERE a.story = s.n)",
    ),
    (
        "an event's count is not its number of articles",
        "SELECT e.id FROM event e WHERE e.articles <> (SELECT count(DISTINCT t.article) FROM telling t WHERE t.event = e.n)",
    ),
    (
        "an event belongs to another story than its telling",
        "SELECT e.id FROM event e JOIN telling t ON t.event = e.n JOIN article a ON a.n = t.article WHERE a.story <> e.story",
    ),
    (
        "counts are out of order",
        "SELECT id FROM event WHERE NOT (independent_low <= independent AND independent <= outlets AND outlets <= articles)",
    ),
    (
        "a sentence does not stand where its event says",
        "SELECT e.id FROM event e JOIN article a ON a.n = e.article WHERE substr(a.text, e.span_start + 1, e.span_end - e.span_start) <> e.text",
    ),
    (
        "what did not happen is counted",
        "SELECT id FROM event WHERE reality = 2 AND modality NOT IN ('asserted', 'historical')",
    ),
    (
        "an article is missing from the full-text index",
        "SELECT id FROM article WHERE n NOT IN (SELECT rowid FROM words)",
    ),
];

impl Store {
    /// Everything that does not hold, in words: damage of the file, broken references, counts that do not add up. Empty
    /// for a sound database. Articles that wait to be settled are no fault.
    ///
    /// # Errors
    /// The database cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        let mut out = Vec::new();
        let connection = &self.connection;
        let mut lines = |sql: &str, what: &str| -> Result<(), Error> {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let line = row.get::<_, rusqlite::types::Value>(0)?;
                let text = match line {
                    rusqlite::types::Value::Text(t) => t,
                    other => format!("{other:?}"),
                };
                if text != "ok" {
                    out.push(format!("{what}: {text}"));
                }
                if out.len() >= 100 {
                    out.push("and perhaps more".to_owned());
                    return Ok(());
                }
            }
            Ok(())
        };
        lines("PRAGMA integrity_check", "the file is damaged")?;
        lines("PRAGMA foreign_key_check", "a reference leads nowhere, from table")?;
        for (what, sql) in RULES {
            lines(sql, what)?;
        }
        Ok(out)
    }
}
