//! Kept pages to stories and events of the world: what changed is found, clustered anew and written, all or nothing.
//!
//! The result is a function of the set of articles and of the links between them, not of the order in which they came;
//! links depend on the order only where a report has more candidates than [`links::CANDIDATES`] in its window, or a key
//! more holders than [`links::HOLDERS`].

mod decided;
pub mod links;
mod pieces;
pub(crate) mod read;
mod story;
mod write;

use crate::add::{outlet, page_id};
use crate::error::Error;
use crate::merge::chains::Chains;
use crate::merge::cluster::{Bounds, Report, neighbourhood};
use crate::merge::compare;
use crate::merge::copies;
use crate::merge::keys::Keys;
use crate::merge::model::Model;
use crate::merge::rarity::Rarity;
use crate::merge::vectors::Vectors;
use crate::pack::unpack;
use crate::store::Store;
use links::Recent;
use record::{CopyEdge, Counts, Record, Syntax};
use rusqlite::{Connection, Transaction};

pub(crate) use pieces::MOST;
pub use story::EventJoin;

/// Everything that merging needs beside the database: weights, tables and the keys of recent reports.
pub struct Merger {
    pub(crate) chains: Chains,
    pub(crate) model: Model,
    pub(crate) rarity: Rarity,
    pub(crate) bounds: Bounds,
    pub(crate) recent: Recent,
}

impl Merger {
    /// With the embedded tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Merger, Error> {
        Ok(Merger {
            chains: Chains::embedded()?,
            model: Model::embedded()?,
            rarity: Rarity::embedded()?,
            bounds: Bounds { neighbourhood: pieces::MOST, ..Bounds::default() },
            recent: Recent::default(),
        })
    }
}

/// What a settlement did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// Articles that were clustered anew.
    pub articles: usize,
    /// Stories written.
    pub stories: usize,
    /// Events of the world written.
    pub events: usize,
}

impl Store {
    /// Brings stories and events up to date with the articles added since, in one transaction.
    ///
    /// # Errors
    /// The database cannot be written or is damaged. Nothing was changed; what waited still waits.
    pub fn settle(&mut self, merger: &Merger) -> Result<Settled, Error> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let done = settle(&change, merger)?;
        change.commit()?;
        Ok(done)
    }

    /// Finds all links anew, in the order of publication, and settles everything: the reference that does not depend on
    /// the order in which articles came.
    ///
    /// # Errors
    /// The database cannot be written or is damaged.
    pub fn settle_all(&mut self, merger: &mut Merger) -> Result<Settled, Error> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        change.execute_batch("DELETE FROM link; DELETE FROM key; UPDATE article SET settled = 0")?;
        merger.recent = Recent::default();
        let all: Vec<i64> = {
            let mut statement = change.prepare("SELECT n FROM article ORDER BY published, id")?;
            statement.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?
        };
        for n in all {
            let report = report(&change, n)?;
            links::link(&change, merger, n, &report)?;
        }
        change.commit()?;
        self.settle(merger)
    }
}

/// Settles within a transaction.
pub(crate) fn settle(change: &Transaction<'_>, merger: &Merger) -> Result<Settled, Error> {
    // References are whole at the end of the transaction; see `write::clear`.
    change.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let mut done = Settled::default();
    for piece in pieces::changed(change, merger.bounds.loose)? {
        settle_piece(change, merger, &piece, &mut done)?;
    }
    Ok(done)
}

/// How many reports of one story have a source of their own, and which was taken from which; nothing is stored.
pub fn independence(reports: &[Record]) -> (Vec<CopyEdge>, Counts) {
    let text = |record: &Record| {
        let published = record.page.meta.published.as_ref().map(|p| p.value.clone()).unwrap_or_default();
        let syntax = record.doc.as_ref().map(|doc| Syntax::new(&record.page, doc));
        let keys = syntax.map_or_else(Keys::default, |s| Keys::read(&s));
        read::source_text(record, &keys, page_id(record), outlet(&record.page), published)
    };
    copies::trace(&reports.iter().map(text).collect::<Vec<_>>())
}

/// Day and keys of one article.
pub(crate) fn report(connection: &Connection, n: i64) -> Result<Report, Error> {
    let mut statement =
        connection.prepare_cached("SELECT day, keys FROM article JOIN stages ON article = n WHERE n = ?")?;
    let (day, keys) = statement.query_row([n], |r| Ok((r.get(0)?, r.get::<_, Vec<u8>>(1)?)))?;
    Ok(Report { day, keys: unpack(&keys)? })
}

/// Clusters the articles of one piece and writes their stories.
fn settle_piece(
    change: &Transaction<'_>,
    merger: &Merger,
    piece: &pieces::Piece,
    done: &mut Settled,
) -> Result<(), Error> {
    let reports: Vec<Report> = piece.articles.iter().map(|n| report(change, *n)).collect::<Result<_, _>>()?;
    let borrowed: Vec<&Report> = reports.iter().collect();
    let found = neighbourhood(&borrowed, &merger.model, &merger.rarity, merger.bounds);
    let vectors = |at: usize| Vectors::new(&reports[at].keys, &merger.rarity);
    let score = |a: usize, b: usize| merger.model.pair(&compare::features(&vectors(a), &vectors(b)));
    let clusters = decided::apply(change, &piece.articles, found.clusters, score)?;
    write::clear(change, &piece.articles)?;
    for cluster in &clusters {
        let members: Vec<i64> = cluster.iter().filter_map(|&i| piece.articles.get(i).copied()).collect();
        let articles = members.iter().map(|n| read::article(change, *n)).collect::<Result<Vec<_>, _>>()?;
        let mut story = story::build(&articles);
        story.story.why = story::reasons(&found.judgements, cluster, &piece.ids);
        done.events += story.events.len();
        done.stories += 1;
        write::story(change, &story, &articles, piece.hash)?;
    }
    done.articles += piece.articles.len();
    Ok(())
}
