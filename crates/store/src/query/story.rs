//! One story to what a page about it shows: its events, what is disputed, who copied whom, how it grew.

use super::search::{QUOTE, Quote, quote};
use super::{Clause, Ev, Totals, heir, read_events};
use crate::decide::Decision;
use crate::error::Error;
use crate::store::Store;
use record::{Difference, JoinReason};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One story.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StoryPage {
    /// Story id now; differs from the one asked for when that was merged away.
    pub id: String,
    /// True when the id asked for was merged away.
    pub moved: bool,
    /// Title: the headline of the first report.
    pub title: String,
    /// First and last day of publication, ISO.
    pub days: Option<(String, String)>,
    /// Reports, outlets, independent reports, speakers.
    pub counts: record::Counts,
    /// The event to show: most independent reports, then most real.
    pub ev: Option<Ev>,
    /// All its events, in order of their days.
    pub events: Vec<Ev>,
    /// Where its reports contradict each other.
    pub points: Vec<Difference>,
    /// Reports that took nothing from others, each with those that took from it.
    pub origins: Vec<Origin>,
    /// Publications in order.
    pub growth: Vec<Growth>,
    /// Statements with named speakers, one a speaker.
    pub best: Vec<Quote>,
    /// Why its reports are together, and why the nearest others are not.
    pub why: Vec<JoinReason>,
    /// What readers decided about its reports, and holds.
    pub decisions: Vec<Decision>,
}

/// One independent report with its copies.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Origin {
    /// Article id.
    pub article: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub title: String,
    /// Publication, ISO.
    pub at: Option<String>,
    /// Agency it credits.
    pub basis: Option<String>,
    /// Reports that repeat it, directly or through others.
    pub copies: Vec<Copy>,
}

/// A report that repeats another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Copy {
    /// Article id.
    pub article: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Publication, ISO.
    pub at: Option<String>,
    /// Share of its text that the other has.
    pub share: f64,
    /// `words` (copy), `rewrite` (derived), `credit` (agency), `owner`, `cites`.
    pub how: String,
    /// The report it was taken from.
    pub of: String,
}

/// One publication.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Growth {
    /// When, ISO.
    pub at: String,
    /// Headline and outlet.
    pub text: String,
    /// Article id.
    pub article: String,
}

/// One story by its id; a merged-away id finds its heir.
///
/// # Errors
/// The database cannot be read or is damaged.
pub fn story(store: &Store, id: &str) -> Result<Option<StoryPage>, Error> {
    let mut find = store.connection.prepare_cached("SELECT n, title, data FROM story WHERE id = ?")?;
    let mut get = |id: &str| {
        find.query_row([id], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?)))
            .optional()
    };
    let (row, moved) = match get(id)? {
        Some(row) => (Some(row), false),
        None => match heir(store, id)? {
            Some(heir) => (get(&heir)?, true),
            None => (None, false),
        },
    };
    let Some((n, title, data)) = row else { return Ok(None) };
    let data: record::Story = serde_json::from_str(&data)?;
    let mut clause = Clause::default();
    clause.and("e.story = ?", [n.into()]);
    let events = read_events(store, &clause, "ORDER BY e.day, e.id")?;
    let ev = events
        .iter()
        .max_by(|a, b| {
            (a.independent, a.reality).cmp(&(b.independent, b.reality)).then_with(|| b.id.cmp(&a.id))
        })
        .cloned();
    let reports = reports(store, n)?;
    let growth = reports
        .values()
        .map(|r| Growth {
            at: r.at.clone().unwrap_or_default(),
            text: [Some(r.title.clone()), r.outlet.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" — "),
            article: r.article.clone(),
        })
        .collect::<Vec<_>>();
    Ok(Some(StoryPage {
        id: data.id.to_string(),
        moved,
        title,
        days: data.days.clone(),
        counts: data.counts,
        ev,
        events,
        origins: origins(&data, reports),
        points: data.differences,
        growth: sorted(growth),
        best: best(store, n)?,
        why: data.why,
        decisions: store.decisions_on(&data.id)?,
    }))
}

fn sorted(mut growth: Vec<Growth>) -> Vec<Growth> {
    growth.sort_by(|a, b| (&a.at, &a.article).cmp(&(&b.at, &b.article)));
    growth
}

fn reports(store: &Store, story: i64) -> Result<BTreeMap<String, Origin>, Error> {
    let mut statement = store.connection.prepare_cached(
        "SELECT id, outlet, title, published, agency FROM article WHERE story = ? ORDER BY published, id",
    )?;
    let rows = statement.query_map([story], |r| {
        Ok(Origin {
            article: r.get(0)?,
            outlet: r.get(1)?,
            title: r.get(2)?,
            at: r.get(3)?,
            basis: r.get(4)?,
            copies: Vec::new(),
        })
    })?;
    rows.map(|r| r.map(|o| (o.article.clone(), o)).map_err(Error::from)).collect()
}

/// Reports without a parent, each with everything that hangs below it.
fn origins(data: &record::Story, mut reports: BTreeMap<String, Origin>) -> Vec<Origin> {
    // Of several edges from one report the strongest words win, then credits.
    let mut parent: BTreeMap<&str, &record::CopyEdge> = BTreeMap::new();
    let rank = |kind: &str| {
        ["copy", "agency", "owner", "cites", "retold", "derived"].iter().position(|k| *k == kind)
    };
    for edge in data.copies.iter().filter(|e| e.kind != "derived") {
        let slot = parent.entry(&edge.from).or_insert(edge);
        if (rank(&edge.kind), -edge.value) < (rank(&slot.kind), -slot.value) {
            *slot = edge;
        }
    }
    let root = |id: &str| {
        let mut at = id.to_owned();
        for _ in 0..parent.len() + 1 {
            match parent.get(at.as_str()) {
                Some(edge) => at = edge.to.to_string(),
                None => break,
            }
        }
        at
    };
    let mut copies: BTreeMap<String, Vec<Copy>> = BTreeMap::new();
    for (id, edge) in &parent {
        let Some(report) = reports.remove(*id) else { continue };
        let how = match edge.kind.as_str() {
            "copy" => "words",
            "agency" => "credit",
            "retold" => "rewrite",
            other => other,
        };
        copies.entry(root(id)).or_default().push(Copy {
            article: report.article,
            outlet: report.outlet,
            at: report.at,
            share: f64::from(edge.value),
            how: how.to_owned(),
            of: edge.to.to_string(),
        });
    }
    let mut out: Vec<Origin> = reports.into_values().collect();
    for origin in &mut out {
        origin.copies = copies.remove(&origin.article).unwrap_or_default();
        origin.copies.sort_by(|a, b| (&a.at, &a.article).cmp(&(&b.at, &b.article)));
    }
    out.sort_by(|a, b| (&a.at, &a.article).cmp(&(&b.at, &b.article)));
    out
}

/// Quotations shown with a story.
const QUOTES: usize = 12;

fn best(store: &Store, story: i64) -> Result<Vec<Quote>, Error> {
    let sql = format!(
        "{QUOTE} WHERE a.story = ? AND q.name <> '' AND q.kind IN ('direct', 'mixed') ORDER BY a.published, q.n LIMIT 200"
    );
    let mut statement = store.connection.prepare_cached(&sql)?;
    let mut out: Vec<Quote> = Vec::new();
    for row in statement.query_map([story], quote)? {
        let next = row?;
        match out.iter_mut().find(|q| q.speaker == next.speaker) {
            Some(known) if known.text.len() < next.text.len() && next.text.len() < 400 => *known = next,
            Some(_) => {}
            None => out.push(next),
        }
    }
    out.truncate(QUOTES);
    Ok(out)
}

/// One line of a list of stories.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StoryLine {
    /// Story id.
    pub id: String,
    /// Title.
    pub title: String,
    /// First and last day of publication, ISO.
    pub days: Option<(String, String)>,
    /// Reports.
    pub articles: u32,
    /// Outlets.
    pub outlets: u32,
    /// Independent reports.
    pub independent: u32,
    /// Points in dispute.
    pub disputes: u32,
}

/// Stories by independent reports, then the latest.
///
/// # Errors
/// The database cannot be read.
pub fn stories(store: &Store, limit: u64) -> Result<Vec<StoryLine>, Error> {
    let mut statement = store.connection.prepare_cached(
        "SELECT id, title, first_day, last_day, articles, outlets, independent, disputes FROM story \
         ORDER BY independent DESC, last_day DESC, id LIMIT ?",
    )?;
    let rows = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |r| {
        let days = (r.get::<_, Option<i64>>(2)?, r.get::<_, Option<i64>>(3)?);
        Ok(StoryLine {
            id: r.get(0)?,
            title: r.get(1)?,
            days: days.0.zip(days.1).map(|(a, b)| (crate::day::iso(a), crate::day::iso(b))),
            articles: r.get(4)?,
            outlets: r.get(5)?,
            independent: r.get(6)?,
            disputes: r.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sizes of the whole database.
///
/// # Errors
/// The database cannot be read.
pub fn sizes(store: &Store) -> Result<(u64, u64, Totals), Error> {
    let count = |table: &str| -> Result<u64, Error> {
        let n: i64 =
            store.connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0))?;
        Ok(n.unsigned_abs())
    };
    Ok((count("article")?, count("story")?, super::totals(store, &super::Filter::default())?))
}
