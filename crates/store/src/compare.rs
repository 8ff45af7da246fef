//! Our events and those of a POLECAT file to what both have, what only one has, and where the pairs agree.
//!
//! Two events are one pair when type and countries of both sides fit and their days lie at most [`SLACK`] apart; pairs
//! are taken from the best downwards, each event once. It says how far two data sets agree, not who is right.

use crate::day;
use crate::error::{Error, ErrorKind};
use crate::export::Selection;
use crate::query::{Filter, Party, Reality};
use crate::store::Store;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Most days between the two events of a pair.
pub const SLACK: i64 = 1;

/// An event of either side, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Default)]
struct Item {
    id: String,
    day: i64,
    kind: String,
    mode: BTreeSet<String>,
    who: BTreeSet<String>,
    whom: BTreeSet<String>,
    place: Option<String>,
}

/// What the comparison found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// Our events that happened, on days that both sets cover.
    pub ours: usize,
    /// Their events on these days.
    pub theirs: usize,
    /// Rows of the file that could not be read: line number and why.
    pub unread: Vec<(usize, String)>,
    /// Pairs.
    pub both: usize,
    /// Pairs whose type is the same; the others agree in quad class only.
    pub same_type: usize,
    /// Pairs of which both give a mode, and those that share one.
    pub mode: (usize, usize),
    /// Pairs of which both give a country of the place, and those where it is the same.
    pub place: (usize, usize),
    /// Counts by type: ours, theirs, pairs.
    pub by_type: BTreeMap<String, [usize; 3]>,
    /// Their events without a pair, at most [`LISTED`].
    pub missed: Vec<Unpaired>,
    /// Our events without a pair, at most [`LISTED`].
    pub extra: Vec<Unpaired>,
}

/// An event without a pair.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unpaired {
    /// Its id.
    pub id: String,
    /// Its day, ISO.
    pub day: String,
    /// Type and countries: `RUS ASSAULT UKR`.
    pub what: String,
}

/// Events listed of each side.
pub const LISTED: usize = 50;

/// Compares what a filter takes with the text of a POLECAT file.
///
/// # Errors
/// The database cannot be read, or the file lacks a column that is needed.
pub fn polecat(store: &Store, filter: &Filter, text: &str) -> Result<Comparison, Error> {
    let mut out = Comparison::default();
    let (theirs, unread) = read(text)?;
    out.unread = unread;
    let mut ours = Vec::new();
    Selection::new(store, filter)?.events(|ev, _| {
        let day = ev.day.as_deref().and_then(day::number);
        if let (Some(day), Reality::Happened) = (day, ev.reality) {
            let states = |side: &[Party]| side.iter().filter_map(|p| p.country.clone()).collect();
            ours.push(Item {
                id: ev.id.clone(),
                day,
                kind: ev.kind.clone(),
                mode: ev.mode.split('+').filter(|m| !m.is_empty()).map(str::to_owned).collect(),
                who: states(&ev.who),
                whom: if ev.mutual && ev.whom.is_empty() { states(&ev.who) } else { states(&ev.whom) },
                place: ev.place.as_ref().and_then(|p| p.country.clone()),
            });
        }
        Ok(())
    })?;
    let span = |items: &[Item]| items.iter().map(|i| i.day).min().zip(items.iter().map(|i| i.day).max());
    let Some((a, b)) = span(&ours).zip(span(&theirs)) else { return Ok(out) };
    let both = |i: &Item| i.day >= a.0.max(b.0) - SLACK && i.day <= a.1.min(b.1) + SLACK;
    let ours: Vec<Item> = ours.into_iter().filter(both).collect();
    let theirs: Vec<Item> = theirs.into_iter().filter(both).collect();
    out.count(&ours, &theirs);
    Ok(out)
}

impl Comparison {
    fn count(&mut self, ours: &[Item], theirs: &[Item]) {
        (self.ours, self.theirs) = (ours.len(), theirs.len());
        for (side, list) in [ours, theirs].into_iter().enumerate() {
            for item in list {
                self.by_type.entry(item.kind.clone()).or_default()[side] += 1;
            }
        }
        let pairs = pair(ours, theirs);
        let mine: BTreeSet<usize> = pairs.iter().map(|p| p.0).collect();
        let other: BTreeSet<usize> = pairs.iter().map(|p| p.1).collect();
        self.both = pairs.len();
        for (a, b) in pairs {
            let (x, y) = (&ours[a], &theirs[b]);
            if x.kind == y.kind {
                self.same_type += 1;
                self.by_type.entry(x.kind.clone()).or_default()[2] += 1;
            }
            if !x.mode.is_empty() && !y.mode.is_empty() {
                self.mode.0 += 1;
                self.mode.1 += usize::from(!x.mode.is_disjoint(&y.mode));
            }
            if let (Some(p), Some(q)) = (&x.place, &y.place) {
                self.place.0 += 1;
                self.place.1 += usize::from(p == q);
            }
        }
        let rest = |list: &[Item], taken: &BTreeSet<usize>| {
            let free = list.iter().enumerate().filter(|(n, _)| !taken.contains(n));
            free.take(LISTED).map(|(_, i)| unpaired(i)).collect()
        };
        (self.extra, self.missed) = (rest(ours, &mine), rest(theirs, &other));
    }
}

fn unpaired(item: &Item) -> Unpaired {
    let side = |s: &BTreeSet<String>| s.iter().map(String::as_str).collect::<Vec<_>>().join("+");
    let what = format!("{} {} {}", side(&item.who), item.kind, side(&item.whom));
    Unpaired { id: item.id.clone(), day: day::iso(item.day), what: what.trim().to_owned() }
}

/// Pairs of numbers, ours and theirs.
fn pair(ours: &[Item], theirs: &[Item]) -> Vec<(usize, usize)> {
    let mut by_day: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (n, item) in theirs.iter().enumerate() {
        by_day.entry(item.day).or_default().push(n);
    }
    let mut found = Vec::new();
    for (a, x) in ours.iter().enumerate() {
        for &b in by_day.range(x.day - SLACK..=x.day + SLACK).flat_map(|d| d.1) {
            if let Some(score) = fit(x, &theirs[b]) {
                found.push((score, a, b));
            }
        }
    }
    found.sort_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut mine, mut other, mut out) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, a, b) in found {
        if !mine.contains(&a) && !other.contains(&b) {
            mine.insert(a);
            other.insert(b);
            out.push((a, b));
        }
    }
    out
}

/// How well two events fit; `None` when they are no pair.
fn fit(a: &Item, b: &Item) -> Option<i64> {
    let side = |x: &BTreeSet<String>, y: &BTreeSet<String>| match (x.is_empty(), y.is_empty()) {
        (true, true) => Some(0),
        (true, false) | (false, true) => Some(-1),
        _ => (!x.is_disjoint(y)).then_some(2),
    };
    let actors = side(&a.who, &b.who)? + side(&a.whom, &b.whom)?;
    if actors < 2 {
        return None;
    }
    let kind = if a.kind == b.kind { 4 } else { 0 };
    let quad = |k: &str| k.parse::<record::Plover>().ok().map(record::Plover::quad);
    if kind == 0 && quad(&a.kind) != quad(&b.kind) {
        return None;
    }
    Some(actors + kind + i64::from(a.day == b.day) + i64::from(!a.mode.is_disjoint(&b.mode)))
}

/// Events of a POLECAT file by the names of its columns; rows that do not fit are named.
fn read(text: &str) -> Result<(Vec<Item>, Vec<(usize, String)>), Error> {
    let mut lines = text.lines().enumerate();
    let header: Vec<&str> =
        lines.next().map_or(Vec::new(), |l| l.1.trim_start_matches('\u{feff}').split('\t').collect());
    let column = |name: &str| {
        header.iter().position(|h| h.trim() == name).ok_or_else(|| {
            Error::new(ErrorKind::Missing, format!("no column {name:?}: is it a POLECAT file with a header?"))
        })
    };
    let (id, date, kind) = (column("Event ID")?, column("Event Date")?, column("Event Type")?);
    let (who, whom) = (column("Actor Country")?, column("Recipient Country")?);
    let (mode, country) = (column("Event Mode").ok(), column("Country").ok());
    let (mut out, mut unread) = (Vec::new(), Vec::new());
    for (n, line) in lines.filter(|l| !l.1.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let list = |at: usize| {
            cell(at)
                .split([';', '|'])
                .map(str::trim)
                .filter(|c| !c.is_empty() && *c != "None")
                .map(str::to_owned)
                .collect()
        };
        if cells.len() < header.len() {
            unread.push((n + 1, format!("{} cells, the header has {}", cells.len(), header.len())));
            continue;
        }
        let Some(day) = day::number(cell(date)) else {
            unread.push((n + 1, format!("no date {:?}", cell(date))));
            continue;
        };
        let place: BTreeSet<String> = country.map(list).unwrap_or_default();
        out.push(Item {
            id: cell(id).to_owned(),
            day,
            kind: cell(kind).to_uppercase(),
            mode: mode.map(list).unwrap_or_default(),
            who: list(who),
            whom: list(whom),
            place: place.into_iter().next(),
        });
    }
    Ok((out, unread))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tActor Country\tRecipient Country\tCountry\tExtra";

    fn rows(lines: &[&str]) -> Vec<Item> {
        read(&format!("{HEADER}\n{}\n", lines.join("\n"))).unwrap().0
    }

    #[test]
    fn pairs_are_found_by_type_sides_and_day() {
        let ours = rows(&[
            "a\t2024-01-02\tASSAULT\tbeat\tRUS\tUKR\tUKR\t",
            "b\t2024-01-02\tCONSULT\tvisit\tFRA\tDEU\tDEU\t",
        ]);
        let theirs = rows(&[
            "x\t2024-01-03\tASSAULT\tNone\tRUS; BLR\tUKR|POL\tUKR\t",
            "y\t2024-01-02\tCONSULT\tvisit\tDEU\tFRA\tDEU\t",
            "z\t2024-01-09\tCONSULT\tvisit\tFRA\tDEU\tDEU\t",
        ]);
        let mut found = Comparison::default();
        found.count(&ours, &theirs);
        assert_eq!((found.both, found.same_type, found.place), (1, 1, (1, 1)));
        assert_eq!(found.by_type["CONSULT"], [1, 2, 0]);
        assert_eq!((found.missed.len(), found.extra[0].what.as_str()), (2, "FRA CONSULT DEU"));
    }

    #[test]
    fn rows_that_do_not_fit_are_named() {
        let (items, unread) = read(&format!("{HEADER}\nbad row\nid\tno day\tX\t\t\t\t\t\n")).unwrap();
        assert!(items.is_empty());
        assert_eq!(unread.iter().map(|u| u.0).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(read("a\tb\n").unwrap_err().kind(), ErrorKind::Missing);
    }
}
