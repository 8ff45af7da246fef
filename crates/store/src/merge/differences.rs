//! Where the reports of one story contradict each other: numbers, places, who is blamed, what is denied.

use super::events::{Merged, Telling, agree, distance};
use record::{Difference, Modality, Side};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of the reports of a story.
pub struct Reports<'a> {
    /// Page id and publication, by number of the report.
    pub at: &'a [(SmolStr, String)],
    /// The report that stands for each: a copy speaks with the voice of its origin.
    pub origin: &'a [usize],
}

/// A value and the tellings that give it.
type Votes = BTreeMap<String, BTreeSet<usize>>;

/// Differences of one story, by event, then kind. Copies vote once, with the report they were taken from.
pub fn find(tellings: &[Telling], events: &[Merged], reports: &Reports<'_>) -> Vec<(usize, Difference)> {
    let mut out = Vec::new();
    for (n, event) in events.iter().enumerate() {
        let told: Vec<&Telling> = event.tellings.iter().filter_map(|&i| tellings.get(i)).collect();
        out.extend(counts(&told, reports).into_iter().map(|d| (n, d)));
        out.extend(places(&told, reports).map(|d| (n, d)));
        out.extend(denial(&told, reports).map(|d| (n, d)));
    }
    out.extend(blame(tellings, events, reports));
    out
}

/// Numbers of one kind and unit that cannot be the same.
fn counts(told: &[&Telling], reports: &Reports<'_>) -> Vec<Difference> {
    let mut kinds: BTreeMap<(SmolStr, SmolStr), Vec<(usize, &record::Magnitude)>> = BTreeMap::new();
    for t in told {
        for m in &t.magnitudes {
            kinds.entry((m.kind.clone(), m.unit.clone())).or_default().push((t.report, m));
        }
    }
    let mut out = Vec::new();
    for ((kind, unit), list) in kinds {
        let apart = list.iter().any(|x| list.iter().any(|y| x.0 != y.0 && !agree(x.1, y.1)));
        if !apart {
            continue;
        }
        let mut votes = Votes::new();
        for (report, m) in &list {
            votes.entry(number(m)).or_default().insert(*report);
        }
        let about =
            if unit.is_empty() || unit == "people" { kind.to_string() } else { format!("{kind}, {unit}") };
        out.extend(difference("count", &about, votes, reports));
    }
    out
}

/// A magnitude in words.
pub fn number(m: &record::Magnitude) -> String {
    match m.high {
        Some(high) if high == m.low => format!("{}", m.low),
        Some(high) => format!("{} to {high}", m.low),
        None => format!("at least {}", m.low),
    }
}

/// Exact places more than 30 km apart.
fn places(told: &[&Telling], reports: &Reports<'_>) -> Option<Difference> {
    let exact: Vec<(usize, &record::Place)> = told
        .iter()
        .filter_map(|t| t.place.as_ref().map(|p| (t.report, p)))
        .filter(|(_, p)| matches!(p.precision.as_str(), "city" | "site" | "adm2"))
        .collect();
    let apart = exact.iter().any(|x| exact.iter().any(|y| x.0 != y.0 && distance(x.1, y.1) > 30.0));
    let mut votes = Votes::new();
    for (report, place) in exact.iter().filter(|_| apart) {
        votes.entry(place.name.clone()).or_default().insert(*report);
    }
    difference("place", "where it happened", votes, reports)
}

/// Some say that it happened, some that it did not.
fn denial(told: &[&Telling], reports: &Reports<'_>) -> Option<Difference> {
    let mut votes = Votes::new();
    for t in told {
        let side = match t.modality {
            Modality::Negated => "did not happen",
            Modality::Asserted | Modality::Reported => "happened",
            _ => continue,
        };
        votes.entry(side.to_owned()).or_default().insert(t.report);
    }
    let about = told.first().map_or("", |t| t.plover.as_str());
    difference("denial", about, votes, reports)
}

/// Deeds of one type on one target and day that are laid on different actors.
fn blame(tellings: &[Telling], events: &[Merged], reports: &Reports<'_>) -> Vec<(usize, Difference)> {
    type Deed = (record::Plover, SmolStr, Option<(i64, i64)>, String);
    let mut deeds: BTreeMap<Deed, (usize, Votes)> = BTreeMap::new();
    for (n, event) in events.iter().enumerate() {
        for t in event.tellings.iter().filter_map(|&i| tellings.get(i)) {
            let real = matches!(t.modality, Modality::Asserted | Modality::Reported);
            if !real || !t.dated || t.plover.quad().number() != 4 || t.who.is_empty() || t.whom.is_empty() {
                continue;
            }
            let whom = t
                .whom
                .iter()
                .map(|a| a.code())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
                .join("+");
            let who = t
                .who
                .iter()
                .map(|a| a.country.as_deref().unwrap_or(&a.name).to_owned())
                .collect::<BTreeSet<_>>();
            let key = (t.plover, t.class.clone(), t.days, whom);
            let (_, votes) = deeds.entry(key).or_insert_with(|| (n, Votes::new()));
            votes.entry(who.into_iter().collect::<Vec<_>>().join("+")).or_default().insert(t.report);
        }
    }
    deeds
        .into_iter()
        .filter_map(|((plover, _, _, whom), (n, votes))| {
            difference("blame", &format!("{plover} of {whom}"), votes, reports).map(|d| (n, d))
        })
        .collect()
}

/// A difference, when at least two values have an origin of their own; `updated` when the last value comes only from
/// reports after all of the others, on a later day.
fn difference(kind: &str, about: &str, votes: Votes, reports: &Reports<'_>) -> Option<Difference> {
    let origin = |r: &usize| reports.origin.get(*r).copied().unwrap_or(*r);
    let mut sides: Vec<(String, BTreeSet<usize>)> =
        votes.into_iter().map(|(value, from)| (value, from.iter().map(origin).collect())).collect();
    // One text that gives two values contradicts nobody.
    let all: BTreeSet<usize> = sides.iter().flat_map(|s| s.1.iter().copied()).collect();
    if sides.len() < 2 || all.len() < 2 {
        return None;
    }
    let day = |r: &usize| reports.at.get(*r).and_then(|a| a.1.get(..10)).unwrap_or_default().to_owned();
    let first = |s: &(String, BTreeSet<usize>)| s.1.iter().map(day).filter(|d| !d.is_empty()).min();
    let last = |s: &(String, BTreeSet<usize>)| s.1.iter().map(day).max();
    sides.sort_by(|a, b| first(a).cmp(&first(b)).then_with(|| a.0.cmp(&b.0)));
    let newest = sides.last().and_then(first);
    let before = sides.iter().rev().skip(1).filter_map(last).max();
    let updated = newest.is_some() && before.is_some() && newest > before;
    let sides = sides
        .iter()
        .map(|s| Side {
            value: s.0.clone(),
            reports: s.1.iter().filter_map(|r| reports.at.get(*r).map(|a| a.0.clone())).collect(),
            since: first(s),
        })
        .collect();
    let state = if updated { "updated" } else { "disputed" };
    Some(Difference { kind: kind.into(), about: about.to_owned(), state: state.into(), sides })
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::{ByteSpan, Magnitude};

    fn reports(days: &[&str]) -> Vec<(SmolStr, String)> {
        days.iter().enumerate().map(|(n, d)| (format!("r{n}").into(), (*d).to_owned())).collect()
    }

    fn toll(n: f64) -> Votes {
        let m = Magnitude {
            kind: "killed".into(),
            low: n,
            high: Some(n),
            unit: "people".into(),
            span: ByteSpan::new(0, 0),
        };
        [(number(&m), BTreeSet::new())].into()
    }

    #[test]
    fn later_values_replace_and_same_day_values_dispute() {
        let at = reports(&["2025-07-01", "2025-07-01", "2025-07-03"]);
        let votes = |a: &[usize], b: &[usize]| -> Votes {
            let mut out = toll(3.0);
            out.values_mut().for_each(|v| v.extend(a));
            let mut more = toll(5.0);
            more.values_mut().for_each(|v| v.extend(b));
            out.extend(more);
            out
        };
        let own = Reports { at: &at, origin: &[0, 1, 2] };
        assert_eq!(difference("count", "killed", votes(&[0, 1], &[2]), &own).unwrap().state, "updated");
        assert_eq!(difference("count", "killed", votes(&[0], &[1]), &own).unwrap().state, "disputed");
        let copied = Reports { at: &at, origin: &[0, 0, 2] };
        assert!(difference("count", "killed", votes(&[0], &[1]), &copied).is_none());
    }
}
