//! Keys of reports to stories: candidates, pair scores, trees of the neighbourhoods, cuts, with the reason for each.

use super::compare;
use super::corpus::{Corpus, shared};
use super::join::{self, Cluster};
use super::keys::{Keys, Kind};
use super::model::{CAP, Model};
use super::rarity::Rarity;
use super::tree::{Node, Pairs, grow};
use std::collections::BTreeMap;

/// Bounds of the search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// A key in more reports than this finds no candidates.
    pub rare_cap: u32,
    /// Rare keys that two reports must share to be compared.
    pub shared_min: u32,
    /// Mean score that ties two reports into one neighbourhood.
    pub loose: f32,
    /// Reports whose days differ by more are never compared; reports without a day always are.
    pub window_days: i64,
    /// Neighbourhoods larger than this are cut at rising scores first.
    pub neighbourhood: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { rare_cap: 200, shared_min: 2, loose: -1.5, window_days: 4, neighbourhood: 2000 }
    }
}

/// A report to be clustered.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Day of publication, counted from any fixed day.
    pub day: Option<i64>,
    /// Its keys.
    pub keys: Keys,
}

/// Why two groups of reports are one story or two.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Reports of the first group.
    pub left: Vec<usize>,
    /// Reports of the second group.
    pub right: Vec<usize>,
    /// Log-odds that they tell of one happening.
    pub score: f64,
    /// True when they were joined.
    pub joined: bool,
    /// Strongest contributions to the score, at most five.
    pub parts: Vec<(&'static str, f64)>,
    /// The rarest keys that both groups' closest reports share.
    pub keys: Vec<String>,
}

/// Stories, as lists of report numbers, and what was judged on the way.
#[derive(Debug, Clone, Default)]
pub struct Stories {
    /// Each report is in exactly one; in the order of their first report.
    pub clusters: Vec<Vec<usize>>,
    /// Every join of the trees that was looked at.
    pub judgements: Vec<Judgement>,
}

/// Clusters reports. The result depends on the set of reports, not on their order, as long as ties in the scores are
/// none (equal texts are ties, but join first anyway).
pub fn settle(reports: &[Report], model: &Model, rarity: &Rarity, bounds: Bounds) -> Stories {
    let corpus = Corpus::new(reports.iter().map(|r| &r.keys), rarity);
    let mut out = Stories::default();
    for items in neighbourhoods(reports, &corpus, model, bounds) {
        let part: Vec<&Report> = items.iter().filter_map(|&i| reports.get(i)).collect();
        let local = corpus.part(&items);
        let found = one(&part, &local, model, bounds);
        let global =
            |side: Vec<usize>| side.into_iter().filter_map(|k| items.get(k).copied()).collect::<Vec<_>>();
        out.clusters.extend(found.clusters.into_iter().map(global));
        let judgements = found.judgements.into_iter();
        out.judgements.extend(judgements.map(|j| Judgement {
            left: global(j.left),
            right: global(j.right),
            ..j
        }));
    }
    out.clusters.sort();
    out
}

/// Clusters the reports of one neighbourhood: a pure function of the reports in this order.
pub fn neighbourhood(reports: &[&Report], model: &Model, rarity: &Rarity, bounds: Bounds) -> Stories {
    let corpus = Corpus::new(reports.iter().map(|r| &r.keys), rarity);
    one(reports, &corpus, model, bounds)
}

fn near(reports: &[Report], a: usize, b: usize, bounds: Bounds) -> bool {
    close(reports.get(a).and_then(|r| r.day), reports.get(b).and_then(|r| r.day), bounds)
}

/// True when two days lie in one window; reports without a day are always compared.
fn close(a: Option<i64>, b: Option<i64>, bounds: Bounds) -> bool {
    a.zip(b).is_none_or(|(a, b)| (a - b).abs() <= bounds.window_days)
}

fn score(corpus: &Corpus, model: &Model, a: usize, b: usize) -> f32 {
    match (corpus.reports.get(a), corpus.reports.get(b)) {
        (Some(x), Some(y)) => model.pair(&compare::features(corpus, x, y)),
        _ => -CAP as f32,
    }
}

/// Groups of reports that scores above `loose` tie together, each in order.
fn neighbourhoods(reports: &[Report], corpus: &Corpus, model: &Model, bounds: Bounds) -> Vec<Vec<usize>> {
    let links: Vec<(usize, usize, f32)> = candidates(corpus, bounds)
        .into_iter()
        .filter(|&(a, b)| near(reports, a, b, bounds))
        .map(|(a, b)| (a, b, score(corpus, model, a, b)))
        .collect();
    let mut loose = bounds.loose;
    loop {
        let groups =
            components(corpus.reports.len(), links.iter().filter(|l| l.2 > loose).map(|l| (l.0, l.1)));
        if loose >= 5.0 || groups.iter().all(|g| g.len() <= bounds.neighbourhood) {
            return groups;
        }
        loose += 1.0;
    }
}

/// Pairs that share at least `shared_min` rare words.
fn candidates(corpus: &Corpus, bounds: Bounds) -> Vec<(usize, usize)> {
    let mut index: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut out = Vec::new();
    for (b, report) in corpus.reports.iter().enumerate() {
        let mut met: BTreeMap<usize, u32> = BTreeMap::new();
        for (key, _) in report.of(Kind::Words).iter().filter(|e| corpus.frequency(e.0) <= bounds.rare_cap) {
            let list = index.entry(*key).or_default();
            for a in list.iter() {
                *met.entry(*a).or_default() += 1;
            }
            list.push(b);
        }
        out.extend(met.into_iter().filter(|m| m.1 >= bounds.shared_min).map(|m| (m.0, b)));
    }
    out
}

/// Connected components of a graph over `n` items.
pub fn components(n: usize, links: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..n).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for (a, b) in links {
        let (x, y) = (root(&mut parent, a), root(&mut parent, b));
        parent[x.max(y)] = x.min(y);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..n {
        groups.entry(root(&mut parent, at)).or_default().push(at);
    }
    groups.into_values().collect()
}

/// Clusters `reports`, which are those of `local`, all against all.
fn one(reports: &[&Report], local: &Corpus, model: &Model, bounds: Bounds) -> Stories {
    let mut pairs = Pairs::new(reports.len(), -CAP as f32);
    for (i, a) in reports.iter().enumerate() {
        for (j, b) in reports.iter().enumerate().skip(i + 1) {
            if close(a.day, b.day, bounds) {
                pairs.set(i, j, score(local, model, i, j));
            }
        }
    }
    let tree = grow(&pairs);
    let mut judged: Vec<Option<Judgement>> = vec![None; tree.nodes.len()];
    let clusters = join::cut(&tree, |left, right, at| {
        let (a, b) =
            (Cluster::new(local, &pairs, left.to_vec()), Cluster::new(local, &pairs, right.to_vec()));
        let x = join::features(local, &pairs, &a, &b);
        let score = model.join(&x);
        let mut parts = model.join_parts(&x);
        parts.truncate(5);
        let keys = common(local, &pairs, left, right);
        let (left, right) = (left.to_vec(), right.to_vec());
        judged[at] = Some(Judgement { left, right, score, joined: false, parts, keys });
        score
    });
    let home: BTreeMap<usize, usize> =
        clusters.iter().enumerate().flat_map(|(k, c)| c.iter().map(move |&i| (i, k))).collect();
    let mut out = Stories { clusters, judgements: Vec::new() };
    for (at, judgement) in judged.into_iter().enumerate() {
        let (Some(mut judgement), Some(Node::Join { left, right, .. })) = (judgement, tree.nodes.get(at))
        else {
            continue;
        };
        let of = |node: usize| tree.items(node).first().and_then(|i| home.get(i)).copied();
        judgement.joined = of(*left) == of(*right);
        out.judgements.push(judgement);
    }
    out
}

/// The rarest keys that the closest pair across two groups shares.
fn common(corpus: &Corpus, pairs: &Pairs, left: &[usize], right: &[usize]) -> Vec<String> {
    let across = left.iter().flat_map(|&a| right.iter().map(move |&b| (a, b)));
    let Some((a, b)) = across.reduce(|x, y| if pairs.get(y.0, y.1) > pairs.get(x.0, x.1) { y } else { x })
    else {
        return Vec::new();
    };
    let (Some(x), Some(y)) = (corpus.reports.get(a), corpus.reports.get(b)) else { return Vec::new() };
    let mut keys: Vec<(f32, &str)> =
        shared(x.of(Kind::Words), y.of(Kind::Words)).map(|s| (corpus.idf(s.0), corpus.name(s.0))).collect();
    keys.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    keys.into_iter().take(5).map(|k| k.1.to_owned()).collect()
}
