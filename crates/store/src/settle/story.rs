//! The articles of one cluster to a story: copies, counts, events of the world, differences, reasons.

use super::read::{Article, Told};
use crate::day;
use crate::merge::cluster::{Judgement, components};
use crate::merge::copies::{self, trace};
use crate::merge::differences::{self, Reports};
use crate::merge::events::{self, Merged, Telling, rank};
use record::{CopyEdge, Counts, Difference, JoinReason, Modality, Story};
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};

/// A story with its events.
pub struct Built {
    /// The story.
    pub story: Story,
    /// Title.
    pub title: String,
    /// First and last day of publication.
    pub days: Option<(i64, i64)>,
    /// Its events.
    pub events: Vec<BuiltEvent>,
}

/// One event of the world.
pub struct BuiltEvent {
    /// Id: founder's article and number.
    pub id: SmolStr,
    /// Tellings as (article, telling) in the order of the story.
    pub tellings: Vec<(usize, usize)>,
    /// The telling to show: (article, telling).
    pub best: (usize, usize),
    /// The most real modality told.
    pub modality: Modality,
    /// True when the telling that gives the modality has a day of its own.
    pub dated: bool,
    /// Days, from the telling shown or else the first dated one.
    pub days: Option<(i64, i64)>,
    /// Article and telling that give the place.
    pub place: Option<(usize, usize)>,
    /// Reports, outlets, independent.
    pub counts: Counts,
    /// Sizes of the groups that repeat one origin, largest first.
    pub groups: Vec<u32>,
    /// True when reports contradict each other about it.
    pub disputed: bool,
    /// First publication.
    pub seen: Option<String>,
    /// Joins made and refused.
    pub why: Vec<EventJoin>,
}

/// Why two tellings are one event, or are not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventJoin {
    /// Article and number of one telling.
    pub left: String,
    /// Article and number of the other.
    pub right: String,
    /// The other's sentence.
    pub text: String,
    /// Score; a join needs [`events::THRESHOLD`].
    pub score: f32,
    /// True when joined.
    pub joined: bool,
    /// What spoke for and against.
    pub parts: Vec<(String, f32)>,
}

/// Builds the story of `articles`, which are in the order of publication.
pub fn build(articles: &[Article]) -> Built {
    let texts: Vec<_> = articles.iter().map(|a| a.text.clone()).collect();
    let (copies, counts) = trace(&texts);
    let (tellings, from) = flatten(articles);
    let merged = events::merge(&tellings);
    let at: Vec<(SmolStr, String)> = texts.iter().map(|t| (t.id.clone(), t.published.clone())).collect();
    let origin = origins(&at, &copies);
    let source = sources(articles, &at, &copies);
    let found = differences::find(&tellings, &merged, &Reports { at: &at, origin: &origin });
    let disputed: BTreeSet<usize> = found.iter().filter(|d| d.1.state == "disputed").map(|d| d.0).collect();
    let events = merged
        .iter()
        .enumerate()
        .map(|(n, m)| event(articles, &tellings, &from, m, &source, disputed.contains(&n)))
        .collect();
    let first = articles.first();
    let days = || articles.iter().filter_map(|a| a.day);
    let days = days().min().zip(days().max());
    let key = first.map(|a| a.text.id.clone()).unwrap_or_default();
    let differences: Vec<Difference> = found.into_iter().map(|d| d.1).collect();
    Built {
        title: title(articles),
        days,
        events,
        story: Story {
            id: format_smolstr!("s{key}"),
            key,
            reports: at.into_iter().map(|a| a.0).collect(),
            days: days.map(|d| (day::iso(d.0), day::iso(d.1))),
            counts,
            copies,
            differences,
            why: Vec::new(),
        },
    }
}

/// Headline of the first report that is not a copy; all are in order, so the first.
fn title(articles: &[Article]) -> String {
    articles.first().map(|a| a.title.clone()).unwrap_or_default()
}

/// All tellings with (article, telling) of each.
fn flatten(articles: &[Article]) -> (Vec<Telling>, Vec<(usize, usize)>) {
    let (mut tellings, mut from) = (Vec::new(), Vec::new());
    for (report, article) in articles.iter().enumerate() {
        for (k, told) in article.tellings.iter().enumerate() {
            tellings.push(Telling { report, ..told.telling.clone() });
            from.push((report, k));
        }
    }
    (tellings, from)
}

/// For each report the first one of its group of copies.
fn origins(at: &[(SmolStr, String)], copies: &[CopyEdge]) -> Vec<usize> {
    let mut out: Vec<usize> = (0..at.len()).collect();
    for group in components(at.len(), tied(at, copies).into_iter()) {
        let first = group.first().copied().unwrap_or_default();
        group.into_iter().for_each(|i| out[i] = first);
    }
    out
}

/// For each report the first one of the same origin: of its group of copies, or of the group's agency or outlet.
fn sources(articles: &[Article], at: &[(SmolStr, String)], edges: &[CopyEdge]) -> Vec<usize> {
    let texts: Vec<&copies::Text> = articles.iter().map(|a| &a.text).collect();
    let names = copies::origins(&texts, tied(at, edges).into_iter());
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    names.iter().enumerate().map(|(i, name)| *first.entry(name).or_insert(i)).collect()
}

/// Pairs of reports that copies, credits and citations tie.
fn tied(at: &[(SmolStr, String)], edges: &[CopyEdge]) -> Vec<(usize, usize)> {
    let number: BTreeMap<&str, usize> = at.iter().enumerate().map(|(i, a)| (a.0.as_str(), i)).collect();
    edges
        .iter()
        .filter(|c| c.kind != "derived")
        .filter_map(|c| Some((*number.get(c.from.as_str())?, *number.get(c.to.as_str())?)))
        .collect()
}

fn event(
    articles: &[Article],
    tellings: &[Telling],
    from: &[(usize, usize)],
    merged: &Merged,
    source: &[usize],
    disputed: bool,
) -> BuiltEvent {
    let all: Vec<&Telling> = merged.tellings.iter().filter_map(|&i| tellings.get(i)).collect();
    let fullness = |i: usize| {
        let t = &tellings[i];
        let coded = t.who.iter().chain(&t.whom).filter(|a| a.country.is_some()).count();
        let sides = usize::from(!t.who.is_empty()) + usize::from(!t.whom.is_empty());
        (rank(t.modality), sides, coded, t.place.is_some(), t.dated, (t.confidence * 1000.0) as i64)
    };
    let first = merged.tellings.first().copied().unwrap_or_default();
    // The first of the fullest, so that a later copy does not take over.
    let best = merged
        .tellings
        .iter()
        .copied()
        .fold(first, |best, i| if fullness(i) > fullness(best) { i } else { best });
    let shown = &tellings[best];
    let day = if shown.dated { Some(shown) } else { all.iter().copied().find(|t| t.dated).or(Some(shown)) };
    let place = if shown.place.is_some() {
        Some(best)
    } else {
        merged.tellings.iter().copied().find(|&i| tellings[i].place.is_some())
    };
    let reports: BTreeSet<usize> = all.iter().map(|t| t.report).collect();
    let (counts, groups) = count(articles, &reports, source);
    let seen = reports
        .iter()
        .filter_map(|r| articles.get(*r))
        .map(|a| a.text.published.clone())
        .filter(|p| !p.is_empty())
        .min();
    BuiltEvent {
        id: name(articles, from[first]),
        tellings: merged.tellings.iter().map(|&i| from[i]).collect(),
        best: from[best],
        modality: shown.modality,
        dated: day.is_some_and(|t| t.dated),
        days: day.and_then(|t| t.days),
        place: place.map(|i| from[i]),
        counts,
        groups,
        disputed,
        seen,
        why: joins(articles, from, merged),
    }
}

/// Article and number of a telling.
fn name(articles: &[Article], (report, k): (usize, usize)) -> SmolStr {
    let article = &articles[report];
    format_smolstr!("{}.{}", article.text.id, article.tellings[k].telling.ordinal + 1)
}

fn joins(articles: &[Article], from: &[(usize, usize)], merged: &Merged) -> Vec<EventJoin> {
    let join = |w: &events::Join| EventJoin {
        left: name(articles, from[w.left]).to_string(),
        right: name(articles, from[w.right]).to_string(),
        text: told(articles, from, w.right).sentence.clone(),
        score: w.score,
        joined: w.joined,
        parts: w.parts.iter().map(|p| (p.0.to_owned(), p.1)).collect(),
    };
    merged.why.iter().map(join).collect()
}

fn told<'a>(articles: &'a [Article], from: &[(usize, usize)], i: usize) -> &'a Told {
    let (report, k) = from[i];
    &articles[report].tellings[k]
}

/// Counts of the reports that tell of one event.
fn count(articles: &[Article], reports: &BTreeSet<usize>, source: &[usize]) -> (Counts, Vec<u32>) {
    let mut groups: BTreeMap<usize, u32> = BTreeMap::new();
    let mut outlets: BTreeSet<&str> = BTreeSet::new();
    let mut speakers: BTreeSet<&str> = BTreeSet::new();
    for &report in reports {
        *groups.entry(source[report]).or_default() += 1;
        let text = &articles[report].text;
        outlets.insert(text.outlet.as_deref().unwrap_or(&text.id));
        speakers.extend(text.speakers.iter().map(String::as_str));
    }
    let whole = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let independent = whole(groups.len()).min(whole(outlets.len()));
    let mut sizes: Vec<u32> = groups.into_values().collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let counts = Counts {
        articles: whole(reports.len()),
        outlets: whole(outlets.len()),
        independent,
        independent_low: independent,
        sources: whole(speakers.len()),
    };
    (counts, sizes)
}

/// Reasons of joins inside one cluster, and the best refused one at its border.
pub fn reasons(judged: &[Judgement], cluster: &[usize], ids: &[String]) -> Vec<JoinReason> {
    let inside: BTreeSet<usize> = cluster.iter().copied().collect();
    let name = |side: &[usize]| side.iter().filter_map(|&i| ids.get(i)).map(|s| s.as_str().into()).collect();
    let reason = |j: &Judgement| JoinReason {
        left: name(&j.left),
        right: name(&j.right),
        score: j.score as f32,
        joined: j.joined,
        parts: j.parts.iter().map(|p| (p.0.into(), p.1 as f32)).collect(),
        keys: j.keys.clone(),
    };
    let touches = |j: &&Judgement| j.left.iter().chain(&j.right).any(|i| inside.contains(i));
    // What a reader decided otherwise is explained by the decision.
    let whole = |j: &&Judgement| j.left.iter().chain(&j.right).all(|i| inside.contains(i));
    let made = judged.iter().filter(|j| j.joined).filter(whole);
    let mut out: Vec<JoinReason> = made.take(KEPT).map(reason).collect();
    let refused = judged.iter().filter(|j| !j.joined).filter(touches).filter(|j| !whole(j));
    if let Some(best) = refused.max_by(|a, b| a.score.total_cmp(&b.score)) {
        out.push(reason(best));
    }
    out
}

/// Joins kept with a story; larger stories say the rest by their size.
const KEPT: usize = 40;
