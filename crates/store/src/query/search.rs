//! A few words to articles, actors and statements that hold them: what a search box asks.

use super::Party;
use super::filter::matching;
use crate::error::Error;
use crate::store::Store;
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// Everything that a few words find.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Found {
    /// Articles, best first.
    pub articles: Vec<Hit>,
    /// Actors by name or code, those with most events first.
    pub actors: Vec<(Party, u64)>,
    /// Statements that hold the words.
    pub quotes: Vec<Quote>,
}

/// One article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hit {
    /// Article id.
    pub article: String,
    /// Headline.
    pub title: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Publication, ISO.
    pub published: Option<String>,
    /// Words around the match, as pieces: every second one matched.
    pub snippet: Vec<String>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quote {
    /// Id within its article.
    pub id: String,
    /// The words.
    pub text: String,
    /// `direct`, `indirect`, `mixed`, `hedged`.
    pub kind: String,
    /// Cue lemma, empty when there is none.
    pub cue: String,
    /// Name of the speaker; empty: nobody named.
    pub speaker: String,
    /// Key of the speaker.
    pub actor: Option<String>,
    /// Who passes it on, joined by commas.
    pub via: String,
    /// Article id.
    pub article: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Publication, ISO.
    pub published: Option<String>,
    /// Where the words stand in the article's text, in code points.
    pub span: [u32; 2],
}

/// Columns of a [`Quote`] over `statement q JOIN article a` and `LEFT JOIN actor x`.
pub(crate) const QUOTE: &str = "SELECT q.id, q.text, q.kind, q.cue, q.name, x.key, q.via, a.id, a.outlet, a.published, \
    q.span_start, q.span_end FROM statement q JOIN article a ON a.n = q.article LEFT JOIN actor x ON x.n = q.speaker";

pub(crate) fn quote(r: &rusqlite::Row<'_>) -> rusqlite::Result<Quote> {
    Ok(Quote {
        id: r.get(0)?,
        text: r.get(1)?,
        kind: r.get(2)?,
        cue: r.get(3)?,
        speaker: r.get(4)?,
        actor: r.get(5)?,
        via: r.get(6)?,
        article: r.get(7)?,
        outlet: r.get(8)?,
        published: r.get(9)?,
        span: [r.get(10)?, r.get(11)?],
    })
}

/// Mark between the pieces of a snippet: a character that no page text keeps.
const MARK: char = '\u{1}';

/// Looks for words, at most `limit` of each kind.
///
/// # Errors
/// The database cannot be read.
pub fn search(store: &Store, words: &str, limit: usize) -> Result<Found, Error> {
    let query = matching(words);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut out = Found { actors: actors(store, words, limit)?, ..Found::default() };
    if query.is_empty() {
        return Ok(out);
    }
    let floor = floor(store, &query)?;
    let mut articles = store.connection.prepare_cached(
        "SELECT a.id, a.title, a.outlet, a.published, snippet(words, -1, char(1), char(1), '…', 24) \
         FROM words JOIN article a ON a.n = words.rowid WHERE words MATCH ?1 AND words.rowid IN (SELECT rowid FROM words \
         WHERE words MATCH ?1 AND rowid >= ?3 ORDER BY bm25(words, 4.0, 1.0), rowid LIMIT ?2) ORDER BY bm25(words, 4.0, 1.0), a.id",
    )?;
    let rows = articles.query_map(params![query, limit, floor], |r| {
        Ok(Hit {
            article: r.get(0)?,
            title: r.get(1)?,
            outlet: r.get(2)?,
            published: r.get(3)?,
            snippet: r.get::<_, String>(4)?.split(MARK).map(str::to_owned).collect(),
        })
    })?;
    out.articles = rows.collect::<Result<_, _>>()?;
    let plain = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let sql = format!(
        "{QUOTE} WHERE q.article IN (SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ?) AND q.text LIKE ? ESCAPE '\\' \
         ORDER BY a.day DESC, a.published DESC, q.n LIMIT ?"
    );
    let mut quotes = store.connection.prepare_cached(&sql)?;
    let rows = quotes.query_map(params![query, floor, format!("%{}%", plain.trim()), limit], quote)?;
    out.quotes = rows.collect::<Result<_, _>>()?;
    Ok(out)
}

/// Pages that are ranked. Of a word that more pages hold, those that came last are.
const RANKED: i64 = 3000;

/// The first of the newest [`RANKED`] pages that a query of the full-text index finds.
pub(crate) fn floor(store: &Store, query: &str) -> Result<i64, Error> {
    let sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?";
    let mut statement = store.connection.prepare_cached(sql)?;
    let found = statement.query_row(params![query, RANKED - 1], |r| r.get(0));
    Ok(rusqlite::OptionalExtension::optional(found)?.unwrap_or(i64::MIN))
}

fn actors(store: &Store, words: &str, limit: i64) -> Result<Vec<(Party, u64)>, Error> {
    if words.trim().is_empty() {
        return Ok(Vec::new());
    }
    let named = super::filter::actors(store, &[words.replace('/', " ")])?;
    let sql = format!(
        "SELECT a.key, a.name, a.code, a.country, a.kind, (SELECT count(*) FROM participant p WHERE p.actor = a.n) AS c \
         FROM actor a WHERE a.n IN ({}) ORDER BY c DESC, a.key LIMIT ?",
        named.numbers()
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let rows =
        statement.query_map([limit], |r| Ok((super::party(r, 0)?, r.get::<_, i64>(5)?.unsigned_abs())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
