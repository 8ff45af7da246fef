//! Keys of reports to stories: candidates, pair scores, trees of the neighbourhoods, cuts, with the reason for each.

use super::compare;
use super::join::{self, Cluster};
use super::keys::{Keys, Kind};
use super::model::{CAP, Model};
use super::rarity::Rarity;
use super::tree::{Node, Pairs, grow};
use super::vectors::{Vectors, vectors};
use std::collections::{BTreeMap, HashMap, HashSet};

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
    let all = vectors(reports.iter().map(|r| &r.keys), rarity);
    let mut out = Stories::default();
    for items in neighbourhoods(reports, &all, model, bounds) {
        let part: Vec<&Report> = items.iter().filter_map(|&i| reports.get(i)).collect();
        let local: Vec<Vectors> = items.iter().filter_map(|&i| all.get(i).cloned()).collect();
        let found = one(&part, &local, model, rarity, bounds);
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
    let all = vectors(reports.iter().map(|r| &r.keys), rarity);
    one(reports, &all, model, rarity, bounds)
}

/// True when two days lie in one window; reports without a day are always compared.
fn close(a: Option<i64>, b: Option<i64>, bounds: Bounds) -> bool {
    a.zip(b).is_none_or(|(a, b)| (a - b).abs() <= bounds.window_days)
}

/// Groups of reports that scores above `loose` tie together, each in order.
fn neighbourhoods(reports: &[Report], all: &[Vectors], model: &Model, bounds: Bounds) -> Vec<Vec<usize>> {
    let day = |i: usize| reports.get(i).and_then(|r| r.day);
    let links: Vec<(usize, usize, f32)> = candidates(all, bounds)
        .into_iter()
        .filter(|&(a, b)| close(day(a), day(b), bounds))
        .map(|(a, b)| (a, b, model.pair(&compare::features(&all[a], &all[b]))))
        .collect();
    let mut loose = bounds.loose;
    loop {
        let groups = components(all.len(), links.iter().filter(|l| l.2 > loose).map(|l| (l.0, l.1)));
        if loose >= 5.0 || groups.iter().all(|g| g.len() <= bounds.neighbourhood) {
            return groups;
        }
        loose += 1.0;
    }
}

/// Pairs that share at least `shared_min` rare words.
fn candidates(all: &[Vectors], bounds: Bounds) -> Vec<(usize, usize)> {
    let words = || all.iter().map(|r| r.of(Kind::Words));
    let mut frequency: HashMap<u64, u32> = HashMap::new();
    words().flatten().for_each(|e| *frequency.entry(e.key).or_default() += 1);
    let rare = |key: &u64| frequency.get(key).is_some_and(|n| *n <= bounds.rare_cap);
    let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut out = Vec::new();
    for (b, report) in words().enumerate() {
        let mut met: BTreeMap<usize, u32> = BTreeMap::new();
        for entry in report.iter().filter(|e| rare(&e.key)) {
            let list = index.entry(entry.key).or_default();
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

/// Clusters `reports`, whose vectors are `all`, each against each.
fn one(reports: &[&Report], all: &[Vectors], model: &Model, rarity: &Rarity, bounds: Bounds) -> Stories {
    let mut pairs = Pairs::new(reports.len(), -CAP as f32);
    for (i, a) in reports.iter().enumerate() {
        for (j, b) in reports.iter().enumerate().skip(i + 1) {
            if close(a.day, b.day, bounds) {
                pairs.set(i, j, model.pair(&compare::features(&all[i], &all[j])));
            }
        }
    }
    let tree = grow(&pairs);
    let mut judged: Vec<Option<Judgement>> = vec![None; tree.nodes.len()];
    // Clusters of the nodes that were not joined into another yet.
    let mut open: Vec<Option<Cluster>> =
        all.iter().enumerate().map(|(i, r)| Some(Cluster::one(i, r))).collect();
    open.resize_with(tree.nodes.len(), || None);
    let clusters = join::cut(&tree, |left, right, at| {
        let (a, b) = (open[left].take().unwrap_or_default(), open[right].take().unwrap_or_default());
        let x = join::features(&pairs, &a, &b);
        let score = model.join(&x);
        let mut parts = model.join_parts(&x);
        parts.truncate(5);
        let closest = closest(&pairs, &a.items, &b.items);
        let keys = closest.map_or_else(Vec::new, |(i, j)| common(&reports[i].keys, &reports[j].keys, rarity));
        open[at] = Some(Cluster::join(&pairs, &a, &b));
        let (left, right) = (tree.items(left), tree.items(right));
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

/// The pair across two groups with the highest score.
fn closest(pairs: &Pairs, left: &[usize], right: &[usize]) -> Option<(usize, usize)> {
    let across = left.iter().flat_map(|&a| right.iter().map(move |&b| (a.min(b), a.max(b))));
    across.reduce(|x, y| {
        let (p, q) = (pairs.get(x.0, x.1), pairs.get(y.0, y.1));
        if q > p || q == p && y < x { y } else { x }
    })
}

/// The rarest words that two reports share.
fn common(a: &Keys, b: &Keys, rarity: &Rarity) -> Vec<String> {
    let theirs: HashSet<&str> = b.of(Kind::Words).map(|k| k.0.as_str()).collect();
    let shared = a.of(Kind::Words).map(|k| k.0.as_str()).filter(|w| theirs.contains(w));
    let mut keys: Vec<(f32, &str)> = shared.map(|w| (rarity.of(Kind::Words, w), w)).collect();
    keys.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    keys.into_iter().take(5).map(|k| k.1.to_owned()).collect()
}
