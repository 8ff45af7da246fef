//! A search and what was delivered of it to the messages that are due.

use super::journal::{Journal, State};
use super::plan::Hook;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use store::export::{Selection, Telling};
use store::query::{self, Ev, events::Report};
use store::{Error, Store};

/// What happened to an event since the last message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The search did not know it.
    New,
    /// Its sources or facts are others.
    Updated,
    /// The search does not take it any more, or no page tells it any more.
    Withdrawn,
}

impl What {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            What::New => "new",
            What::Updated => "updated",
            What::Withdrawn => "withdrawn",
        }
    }
}

/// Parts of an event with a short hash of each: what is compared.
pub type Parts = BTreeMap<String, String>;

/// An event and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Event id.
    pub id: String,
    /// What it is made of.
    pub parts: Parts,
}

/// One message. docs/webhooks.md describes its JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Notice {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Name of the search.
    pub hook: String,
    /// What happened.
    pub what: What,
    /// Event id.
    pub id: String,
    /// Ids under which earlier messages spoke of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
    /// Number of the message about this event, from 1.
    pub revision: u32,
    /// Which parts changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// The event as `/api/v1/events/{id}` gives it: where a withdrawn one is now, nothing when no page tells it any more.
    pub event: Option<Ev>,
    /// Every report of it with its sentence.
    pub evidence: Vec<Report>,
    /// What it is made of.
    #[serde(skip)]
    pub parts: Parts,
}

/// Name and version of the form of a message.
pub const SCHEMA: &str = "demarche.notice/1";

/// What a look has found.
#[derive(Debug, Default)]
pub struct Found {
    /// Messages that are due, earliest publication first.
    pub notices: Vec<Notice>,
    /// Events that are known from now on without a message.
    pub known: Vec<Known>,
}

/// Compares a search with what was delivered of it; on the `first` look everything is taken as known.
///
/// # Errors
/// The database cannot be read.
pub fn look(store: &Store, hook: &Hook, journal: &Journal, first: bool) -> Result<Found, Error> {
    let look = Look { store, hook, key: hook.key(), journal };
    let mut out = Found::default();
    let mut due: Vec<(Ev, Parts)> = Vec::new();
    let mut seen = BTreeSet::new();
    Selection::new(store, &hook.filter)?.events(|ev, tellings| {
        let parts = parts(ev, tellings);
        if first {
            out.known.push(Known { id: ev.id.clone(), parts });
            return Ok(());
        }
        seen.insert(ev.id.clone());
        let state = journal.state(&look.key, &ev.id);
        if state.is_none_or(|s| s.parts.as_ref() != Some(&parts)) {
            due.push((ev.clone(), parts));
        }
        Ok(())
    })?;
    if first {
        return Ok(out);
    }
    let (mut heirs, gone) = look.missing(&seen)?;
    // Unchanged themselves, but another event was merged into them.
    let changed: BTreeSet<&String> = due.iter().map(|(ev, _)| &ev.id).collect();
    let quiet: Vec<String> = heirs.keys().filter(|heir| !changed.contains(heir)).cloned().collect();
    for heir in quiet {
        if let Some(ev) = query::events::event(store, &heir)? {
            let parts = journal.state(&look.key, &heir).and_then(|s| s.parts.clone()).unwrap_or_default();
            due.push((ev, parts));
        }
    }
    due.sort_by(|(a, _), (b, _)| (&a.seen, &a.id).cmp(&(&b.seen, &b.id)));
    for (ev, parts) in due {
        let formerly = heirs.remove(&ev.id).unwrap_or_default();
        out.notices.push(look.told(ev, parts, formerly)?);
    }
    for (id, state) in gone {
        out.notices.push(look.withdrawn(id, &state)?);
    }
    Ok(out)
}

/// One look at the database for one search.
struct Look<'a> {
    store: &'a Store,
    hook: &'a Hook,
    key: String,
    journal: &'a Journal,
}

type Missing = (BTreeMap<String, Vec<String>>, Vec<(String, State)>);

impl Look<'_> {
    /// Known events that the search did not give: those that go on in another event of it, by that one's id, and those
    /// that were told of and are gone.
    fn missing(&self, seen: &BTreeSet<String>) -> Result<Missing, Error> {
        let mut heirs: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut gone = Vec::new();
        let known = self.journal.events(&self.key);
        for (id, state) in known.filter(|(id, s)| s.parts.is_some() && !seen.contains(*id)) {
            match query::heir(self.store, id)?.filter(|heir| heir != id && seen.contains(heir)) {
                Some(heir) => heirs.entry(heir).or_default().push(id.clone()),
                None if state.revision > 0 => gone.push((id.clone(), state.clone())),
                None => {}
            }
        }
        Ok((heirs, gone))
    }

    /// The message about an event that is new or changed.
    fn told(&self, ev: Ev, parts: Parts, formerly: Vec<String>) -> Result<Notice, Error> {
        let ids = formerly.iter().chain([&ev.id]);
        let states: Vec<&State> = ids.filter_map(|id| self.journal.state(&self.key, id)).collect();
        let known = states.last().and_then(|s| s.parts.as_ref());
        let mut changed = known.map_or_else(Vec::new, |old| changed(old, &parts));
        if !formerly.is_empty() {
            changed.insert(0, "id".to_owned());
        }
        Ok(Notice {
            schema: SCHEMA,
            hook: self.hook.name.clone(),
            what: if states.is_empty() { What::New } else { What::Updated },
            id: ev.id.clone(),
            formerly,
            revision: states.iter().map(|s| s.revision).max().unwrap_or(0) + 1,
            changed,
            evidence: query::events::reports(self.store, &ev.id)?,
            event: Some(ev),
            parts,
        })
    }

    /// The message about an event that is gone from the search.
    fn withdrawn(&self, id: String, state: &State) -> Result<Notice, Error> {
        let event = query::events::event(self.store, &id)?;
        let evidence = event.as_ref().map(|ev| query::events::reports(self.store, &ev.id)).transpose()?;
        Ok(Notice {
            schema: SCHEMA,
            hook: self.hook.name.clone(),
            what: What::Withdrawn,
            id,
            formerly: Vec::new(),
            revision: state.revision + 1,
            changed: Vec::new(),
            event,
            evidence: evidence.unwrap_or_default(),
            parts: Parts::new(),
        })
    }
}

/// What is compared: facts one by one, and all reports with the way they repeat each other.
fn parts(ev: &Ev, tellings: &[Telling]) -> Parts {
    let ids = |side: &[query::Party]| side.iter().map(|p| p.id.clone()).collect::<Vec<_>>();
    let mut reports: Vec<String> = tellings.iter().map(|t| format!("{}.{}", t.article, t.number)).collect();
    reports.sort_unstable();
    [
        ("type", short(&(&ev.kind, &ev.mode, &ev.cameo))),
        ("who", short(&ids(&ev.who))),
        ("whom", short(&ids(&ev.whom))),
        ("day", short(&(&ev.day, &ev.day_end, ev.day_exact))),
        ("place", short(&ev.place.as_ref().map(|p| &p.id))),
        ("modality", short(&ev.modality)),
        ("disputed", short(&ev.disputed)),
        ("sources", short(&(&reports, &ev.groups))),
    ]
    .map(|(name, hash)| (name.to_owned(), hash))
    .into()
}

/// Names of the parts that differ.
fn changed(old: &Parts, new: &Parts) -> Vec<String> {
    new.iter().filter(|(name, hash)| old.get(*name) != Some(hash)).map(|(name, _)| name.clone()).collect()
}

/// Eight hexadecimal digits of the SHA-256 of a value's JSON: enough to see that one value became another.
fn short(value: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    Sha256::digest(&bytes).iter().take(4).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parts_that_differ_are_named() {
        let old: Parts = [("day", "1"), ("who", "2")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        let new: Parts = [("day", "1"), ("who", "3")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        assert_eq!(changed(&old, &new), ["who"]);
        assert_eq!((short(&"a").len(), short(&"a") == short(&"b")), (8, false));
    }
}
