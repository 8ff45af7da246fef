//! A coded page to rows: article, words, keys, tellings, statements; and the manifest of the run that brought it.

use crate::day;
use crate::error::{Error, ErrorKind};
use crate::merge::cluster::Report;
use crate::merge::keys::Keys;
use crate::names;
use crate::pack::pack;
use crate::settle::{Merger, links};
use crate::store::Store;
use record::offset::CodePoints;
use record::{Actor, Failure, Record, Syntax};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// A run of `add` that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run(pub(crate) i64);

/// What became of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New,
    /// Its content was there already.
    Known,
}

/// One input of a run, to be kept in one transaction with others.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// A page with all its stages.
    Page(Box<Record>),
    /// A page whose content is in the database: its source and page id.
    Known(String, String),
    /// An input that could not be read.
    Rejected(Failure),
}

/// Counts of a run: `inputs = added + known + rejected`.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Manifest {
    /// Number of the run.
    pub run: i64,
    /// Program version.
    pub version: String,
    /// What was asked for.
    pub command: String,
    /// Begin, ISO.
    pub started: String,
    /// End, ISO; `None`: broken off or still running.
    pub finished: Option<String>,
    /// Inputs looked at.
    pub inputs: u64,
    /// Pages that were new.
    pub added: u64,
    /// Pages whose content was there already.
    pub known: u64,
    /// Inputs that could not be read.
    pub rejected: u64,
}

/// Id of a page: its own, or a hash of its text when it has none.
pub(crate) fn page_id(record: &Record) -> String {
    if !record.page.id.is_empty() {
        return record.page.id.to_string();
    }
    let digest = Sha256::digest(record.page.text.as_bytes());
    digest.iter().take(8).map(|b| format!("{b:02x}")).collect()
}

impl Store {
    /// Begins a run. `now`: ISO time; `command`: what was asked for, for the manifest.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn begin(&mut self, version: &str, command: &str, now: &str) -> Result<Run, Error> {
        self.connection.execute(
            "INSERT INTO run (version, command, started) VALUES (?, ?, ?)",
            params![version, command, now],
        )?;
        Ok(Run(self.connection.last_insert_rowid()))
    }

    /// Ends a run.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn finish(&mut self, run: Run, now: &str) -> Result<(), Error> {
        self.connection.execute("UPDATE run SET finished = ? WHERE n = ?", params![now, run.0])?;
        Ok(())
    }

    /// Ids of all pages that are in the database.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn ids(&self) -> Result<HashSet<String>, Error> {
        let mut statement = self.connection.prepare("SELECT id FROM article")?;
        let rows = statement.query_map([], |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps inputs, all in one transaction: either all are in the file or none is.
    ///
    /// # Errors
    /// The database cannot be written, or a page has not seen all stages. Nothing was kept.
    pub fn add(&mut self, run: Run, batch: &[Outcome], merger: &mut Merger) -> Result<Vec<Added>, Error> {
        let change = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let mut out = Vec::with_capacity(batch.len());
        for outcome in batch {
            let mut add = Add { connection: &change, run, merger };
            out.push(add.outcome(outcome)?);
        }
        change.commit()?;
        Ok(out)
    }

    /// Number of articles that are kept but not yet in a story: [`Store::settle`] was not run since, or was broken off.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn unsettled(&self) -> Result<u64, Error> {
        let n: i64 =
            self.connection.query_row("SELECT count(*) FROM article WHERE settled = 0", [], |r| r.get(0))?;
        Ok(n.unsigned_abs())
    }

    /// The runs so far, oldest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn runs(&self) -> Result<Vec<Manifest>, Error> {
        let mut statement = self.connection.prepare(
            "SELECT r.n, r.version, r.command, r.started, r.finished, count(o.n), total(o.result = 'added'), \
             total(o.result = 'known'), total(o.result = 'rejected') \
             FROM run r LEFT JOIN outcome o ON o.run = r.n GROUP BY r.n ORDER BY r.n",
        )?;
        let rows = statement.query_map([], |r| {
            let whole = |i| r.get::<_, f64>(i).map(|n| n as u64);
            Ok(Manifest {
                run: r.get(0)?,
                version: r.get(1)?,
                command: r.get(2)?,
                started: r.get(3)?,
                finished: r.get(4)?,
                inputs: r.get::<_, i64>(5)?.unsigned_abs(),
                added: whole(6)?,
                known: whole(7)?,
                rejected: whole(8)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// One page on its way into the tables.
struct Add<'a> {
    connection: &'a Connection,
    run: Run,
    merger: &'a mut Merger,
}

impl Add<'_> {
    fn outcome(&mut self, outcome: &Outcome) -> Result<Added, Error> {
        match outcome {
            Outcome::Page(record) => {
                let id = page_id(record);
                if let Some(n) = self.find(&id)? {
                    self.note(&record.page.source, "known", Some(n), None)?;
                    return Ok(Added::Known);
                }
                let n = self.page(record, &id)?;
                self.note(&record.page.source, "added", Some(n), None)?;
                Ok(Added::New)
            }
            Outcome::Known(source, id) => {
                let n = self.find(id)?;
                let n = n.ok_or_else(|| Error::new(ErrorKind::Missing, format!("no page {id}")))?;
                self.note(source, "known", Some(n), None)?;
                Ok(Added::Known)
            }
            Outcome::Rejected(failure) => {
                self.note(&failure.source, "rejected", None, Some(failure))?;
                Ok(Added::Known)
            }
        }
    }

    fn find(&self, id: &str) -> Result<Option<i64>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT n FROM article WHERE id = ?")?;
        Ok(statement.query_row([id], |r| r.get(0)).optional()?)
    }

    fn note(
        &self,
        source: &str,
        result: &str,
        n: Option<i64>,
        failure: Option<&Failure>,
    ) -> Result<(), Error> {
        let fault = failure.map(|f| &f.error);
        self.connection
            .prepare_cached(
                "INSERT INTO outcome (run, source, result, article, kind, message, hint) VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                self.run.0,
                source,
                result,
                n,
                fault.map(|f| &f.kind),
                fault.map(|f| &f.message),
                fault.and_then(|f| f.hint.as_ref())
            ])?;
        Ok(())
    }

    fn page(&mut self, record: &Record, id: &str) -> Result<i64, Error> {
        let (Some(doc), Some(_), Some(coding)) = (&record.doc, &record.mentions, &record.coding) else {
            return Err(Error::new(ErrorKind::Missing, format!("{}: not coded yet", record.page.source)));
        };
        let syntax = Syntax::new(&record.page, doc);
        let keys = Keys::read(&syntax);
        let n = self.article(record, id, &keys)?;
        let chars = CodePoints::new(&record.page.text);
        let outlet = outlet(&record.page).map(|name| self.outlet(&name)).transpose()?;
        let mut telling = self.connection.prepare_cached(
            "INSERT INTO telling (article, ordinal, id, class, byte_start, byte_end, outlet, act_start, act_end) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (ordinal, event) in coding.events.iter().enumerate() {
            let class = doc.tokens_in(event.trigger).range().next().filter(|t| *t < syntax.len());
            let class = class.map(|t| self.merger.chains.predicate(&syntax, t).class).unwrap_or_default();
            let sentence = doc.sentences.get(event.sentence as usize).map_or(event.trigger, |s| s.span);
            let first = chars.of_byte(sentence.start as usize);
            let act = |byte: u32| chars.of_byte(byte as usize).checked_sub(first).map(|at| at as i64);
            telling.execute(params![
                n,
                ordinal as i64,
                event.id.as_str(),
                class.as_str(),
                sentence.start,
                sentence.end,
                outlet,
                act(event.trigger.start),
                act(event.trigger.end)
            ])?;
        }
        drop(telling);
        let day = record.page.published_day().and_then(day::number);
        links::link(self.connection, self.merger, n, &Report { day, keys })?;
        self.statements(n, record, &chars)?;
        Ok(n)
    }

    fn article(&self, record: &Record, id: &str, keys: &Keys) -> Result<i64, Error> {
        let page = &record.page;
        let mut bare = record.clone();
        bare.page.text = String::new();
        let doc = bare.doc.take();
        let value = |f: &Option<record::page::Found<String>>| f.as_ref().map(|f| f.value.clone());
        let agencies: Vec<&str> = page.meta.wires.iter().map(|w| w.value.as_str()).collect();
        let title = value(&page.meta.headline).unwrap_or_default();
        let published = value(&page.meta.published);
        let outlet = outlet(page);
        self.connection
            .prepare_cached(
                "INSERT INTO article (id, source, url, title, text, outlet, country, agency, published, published_how, \
                 day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                id,
                page.source,
                value(&page.meta.canonical_url),
                title,
                page.text,
                outlet,
                page.meta.publisher_country.as_ref().map(|c| c.value.as_str()),
                (!agencies.is_empty()).then(|| agencies.join(", ")),
                published,
                page.meta.published.as_ref().map(|p| p.how.as_str()),
                published.as_deref().and_then(day::number)
            ])?;
        let n = self.connection.last_insert_rowid();
        self.connection
            .prepare_cached("INSERT INTO stages (article, record, doc, keys) VALUES (?, ?, ?, ?)")?
            .execute(params![n, pack(&bare)?, doc.map(|d| pack(&d)).transpose()?, pack(keys)?])?;
        self.connection
            .prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)")?
            .execute(params![n, title, page.text])?;
        Ok(n)
    }

    /// Number of an outlet, which gets a row when it has none.
    fn outlet(&self, name: &str) -> Result<i64, Error> {
        let mut find = self.connection.prepare_cached("SELECT n FROM outlet WHERE name = ?")?;
        if let Some(n) = find.query_row([name], |r| r.get(0)).optional()? {
            return Ok(n);
        }
        self.connection.prepare_cached("INSERT INTO outlet (name) VALUES (?)")?.execute([name])?;
        Ok(self.connection.last_insert_rowid())
    }

    fn statements(&self, n: i64, record: &Record, chars: &CodePoints<'_>) -> Result<(), Error> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO statement (article, ordinal, id, kind, cue, speaker, name, via, text, span_start, span_end) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (ordinal, s) in record.coding.iter().flat_map(|c| &c.statements).enumerate() {
            let speaker = s.speaker.as_ref().map(|p| actor(self.connection, &p.actor)).transpose()?;
            let via: Vec<&str> = s.chain.iter().map(|c| c.name.as_str()).collect();
            insert.execute(params![
                n,
                ordinal as i64,
                s.id.as_str(),
                names::word(&s.kind),
                s.cue.as_ref().map_or("", |c| c.lemma.as_str()),
                speaker,
                s.speaker.as_ref().map_or("", |p| p.name.as_str()),
                via.join(", "),
                s.content.of(&record.page.text),
                chars.of_byte(s.content.start as usize) as i64,
                chars.of_byte(s.content.end as usize) as i64
            ])?;
        }
        Ok(())
    }
}

/// The outlet that a page names, else its host.
pub(crate) fn outlet(page: &record::Page) -> Option<String> {
    page.meta.publisher.as_ref().map(|p| p.value.clone()).or_else(|| host(page))
}

/// Host of the page's address, for pages that name no outlet.
fn host(page: &record::Page) -> Option<String> {
    let url = page.meta.canonical_url.as_ref().map_or(page.source.as_str(), |u| u.value.as_str());
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// Number of an actor, which gets a row when it has none.
pub(crate) fn actor(connection: &Connection, actor: &Actor) -> Result<i64, Error> {
    let key = names::key(actor);
    let mut find = connection.prepare_cached("SELECT n FROM actor WHERE key = ?")?;
    if let Some(n) = find.query_row([&key], |r| r.get(0)).optional()? {
        return Ok(n);
    }
    let sectors: Vec<&str> = actor.sectors.iter().map(|s| s.as_str()).collect();
    connection
        .prepare_cached(
            "INSERT INTO actor (key, name, code, country, sectors, kind) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            key,
            names::usual(actor),
            actor.code(),
            actor.country.as_deref(),
            sectors.join(","),
            names::kind(actor)
        ])?;
    Ok(connection.last_insert_rowid())
}
