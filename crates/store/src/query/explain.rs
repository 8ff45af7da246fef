//! An event of the world to the reports that tell it, and why their tellings are together while others are not.

use super::{Ev, events};
use crate::decide::Decision;
use crate::error::Error;
use crate::merge::events as merge;
use crate::settle::{EventJoin, read};
use crate::store::Store;
use record::JoinReason;
use serde::{Deserialize, Serialize};

/// One event with everything that speaks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explained {
    /// The event.
    pub ev: Ev,
    /// Its tellings in the order of publication.
    pub tellings: Vec<Telling>,
    /// Joins of its tellings, and the nearest tellings of the story that were kept apart.
    pub joins: Vec<EventJoin>,
    /// Events of the same type in the story that cannot be this one.
    pub apart: Vec<Apart>,
    /// Joins of the reports that tell it to one story, and the nearest reports that were kept out of it.
    pub reports: Vec<JoinReason>,
    /// What readers decided about the reports of its story, and holds.
    pub decisions: Vec<Decision>,
}

/// One report that tells of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// Article id and number of the event in it, as joins name it.
    pub name: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Publication, ISO.
    pub published: Option<String>,
    /// The sentence.
    pub text: String,
}

/// An event that contradicts another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// Its id.
    pub event: String,
    /// Its sentence.
    pub text: String,
    /// What cannot hold of both: `actors`, `days`, `places`, or that one is a condition or background.
    pub because: Vec<String>,
}

/// Events of a story that are compared with the one explained.
const COMPARED: usize = 20;

/// The event of an id, or all events of a story; ids that were merged away lead to their heirs. Empty: there is none.
///
/// # Errors
/// The database cannot be read or is damaged.
pub fn explain(store: &Store, id: &str) -> Result<Vec<Explained>, Error> {
    if let Some(ev) = events::event(store, id)? {
        return Ok(vec![one(store, ev)?]);
    }
    let Some(story) = super::story::story(store, id)? else { return Ok(Vec::new()) };
    story.events.into_iter().map(|ev| one(store, ev)).collect()
}

fn one(store: &Store, ev: Ev) -> Result<Explained, Error> {
    let mut statement = store.connection.prepare_cached(
        "SELECT a.id || '.' || (t.ordinal + 1), a.outlet, a.published, \
         CAST(substr(CAST(a.text AS BLOB), t.byte_start + 1, t.byte_end - t.byte_start) AS TEXT) \
         FROM event e JOIN telling t ON t.event = e.n JOIN article a ON a.n = t.article WHERE e.id = ? \
         ORDER BY a.published IS NULL, a.published, a.id, t.ordinal",
    )?;
    let rows = statement.query_map([&ev.id], |r| {
        Ok(Telling { name: r.get(0)?, outlet: r.get(1)?, published: r.get(2)?, text: r.get(3)? })
    })?;
    let tellings: Vec<Telling> = rows.collect::<Result<_, _>>()?;
    let why = events::why(store, &ev.story)?;
    let joins = why.into_iter().find(|w| w.event == ev.id).map(|w| w.joins).unwrap_or_default();
    let story = super::story::story(store, &ev.story)?;
    let (mut reports, decisions) = story.map(|s| (s.why, s.decisions)).unwrap_or_default();
    let told = |side: &[smol_str::SmolStr]| {
        side.iter().any(|id| tellings.iter().any(|t| t.name.rsplit_once('.').is_some_and(|n| n.0 == id)))
    };
    reports.retain(|j| told(&j.left) || told(&j.right));
    let apart = apart(store, &ev)?;
    Ok(Explained { ev, tellings, joins, apart, reports, decisions })
}

/// Events of the same story and type whose telling shown contradicts that of `ev`.
fn apart(store: &Store, ev: &Ev) -> Result<Vec<Apart>, Error> {
    let mut statement = store.connection.prepare_cached(&format!(
        "SELECT e.id, e.text, e.article, e.ordinal FROM event e JOIN event mine ON mine.story = e.story \
         WHERE mine.id = ?1 AND e.type = mine.type ORDER BY e.id = ?1 DESC, e.independent DESC, e.id LIMIT {COMPARED}"
    ))?;
    let rows = statement.query_map([&ev.id], |r| {
        Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?, r.get::<_, i64>(2)?, r.get::<_, u32>(3)?))
    })?;
    let mut all: Vec<(String, String, merge::Telling)> = Vec::new();
    for row in rows {
        let (id, text, article, ordinal) = row?;
        let article = read::article(&store.connection, article)?;
        let telling = article.tellings.into_iter().map(|t| t.telling).find(|t| t.ordinal == ordinal);
        all.extend(telling.map(|t| (id, text, t)));
    }
    let Some((mine, others)) = all.split_first().filter(|s| s.0.0 == ev.id) else { return Ok(Vec::new()) };
    let apart = others.iter().map(|(event, text, telling)| Apart {
        event: event.clone(),
        text: text.clone(),
        because: merge::contradictions(&mine.2, telling).into_iter().map(str::to_owned).collect(),
    });
    Ok(apart.filter(|a| !a.because.is_empty()).collect())
}
