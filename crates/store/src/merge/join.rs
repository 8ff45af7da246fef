//! Two clusters of reports to numbers that say whether they are one story, and the cut of a tree by them.

use super::keys::Kind;
use super::tree::{Node, Pairs, Tree};
use super::vectors::Vectors;

/// Names of the join features; the rows of `tables/merge/join.tsv`.
pub const FEATURES: [&str; 22] = [
    "mean",
    "best",
    "small_size",
    "large_size",
    "tighter_small",
    "tighter_large",
    "words_overlap",
    "words_exclude",
    "words_common",
    "names_overlap",
    "names_exclude",
    "names_common",
    "persons_overlap",
    "persons_exclude",
    "persons_common",
    "places_overlap",
    "places_exclude",
    "places_common",
    "numbers_overlap",
    "numbers_exclude",
    "numbers_common",
    "single",
];

/// Number of join features.
pub const COUNT: usize = FEATURES.len();

const PROFILES: [Kind; 5] = [Kind::Words, Kind::Names, Kind::Persons, Kind::Places, Kind::Numbers];

/// A key with its rarity and the number of reports that hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Held {
    key: u64,
    idf: f32,
    reports: u32,
}

/// A cluster with what its reports share.
#[derive(Debug, Clone, Default)]
pub struct Cluster {
    /// Reports.
    pub items: Vec<usize>,
    /// Keys of each kind of [`PROFILES`], sorted.
    profiles: [Vec<Held>; PROFILES.len()],
    /// Sum of the pair scores inside.
    inside: f64,
}

impl Cluster {
    /// A cluster of one report.
    pub fn one(item: usize, report: &Vectors) -> Cluster {
        let held = |kind: &Kind| {
            report.of(*kind).iter().map(|e| Held { key: e.key, idf: e.idf, reports: 1 }).collect()
        };
        Cluster { items: vec![item], profiles: PROFILES.each_ref().map(held), inside: 0.0 }
    }

    /// Two clusters as one.
    pub fn join(pairs: &Pairs, a: &Cluster, b: &Cluster) -> Cluster {
        let inside = a.inside + b.inside + across(pairs, a, b).0;
        let items = a.items.iter().chain(&b.items).copied().collect();
        let mut profiles = <[Vec<Held>; PROFILES.len()]>::default();
        for (out, (x, y)) in profiles.iter_mut().zip(a.profiles.iter().zip(&b.profiles)) {
            out.reserve(x.len().max(y.len()));
            for (p, q) in both(x, y) {
                out.extend(p.or(q).map(|h| Held { reports: reports(p) + reports(q), ..h }));
            }
        }
        Cluster { items, profiles, inside }
    }

    /// A cluster of several reports.
    pub fn new(all: &[Vectors], pairs: &Pairs, items: &[usize]) -> Cluster {
        let mut parts: Vec<Cluster> =
            items.iter().filter_map(|&i| all.get(i).map(|r| Cluster::one(i, r))).collect();
        while parts.len() > 1 {
            parts = parts
                .chunks(2)
                .map(|p| if let [a, b] = p { Cluster::join(pairs, a, b) } else { p[0].clone() })
                .collect();
        }
        parts.pop().unwrap_or_default()
    }

    /// Mean score of the pairs inside.
    fn tightness(&self) -> f64 {
        let n = self.items.len();
        self.inside / ((n * n.saturating_sub(1) / 2).max(1) as f64)
    }
}

fn reports(held: Option<Held>) -> u32 {
    held.map_or(0, |h| h.reports)
}

/// All keys of two sorted profiles, with what either side holds of each.
fn both(a: &[Held], b: &[Held]) -> impl Iterator<Item = (Option<Held>, Option<Held>)> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        let (x, y) = (a.get(i).copied(), b.get(j).copied());
        let order = match (x, y) {
            (Some(x), Some(y)) => x.key.cmp(&y.key),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => return None,
        };
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
        Some((x.filter(|_| order.is_le()), y.filter(|_| order.is_ge())))
    })
}

/// Sum and maximum of the scores across two clusters.
fn across(pairs: &Pairs, a: &Cluster, b: &Cluster) -> (f64, f32) {
    let (mut sum, mut best) = (0.0, f32::MIN);
    for &i in &a.items {
        for &j in &b.items {
            let score = pairs.get(i, j);
            sum += f64::from(score);
            best = best.max(score);
        }
    }
    (sum, best)
}

/// Compares two clusters. Symmetric in its arguments.
pub fn features(pairs: &Pairs, a: &Cluster, b: &Cluster) -> [f64; COUNT] {
    let (small, large) = if a.items.len() <= b.items.len() { (a, b) } else { (b, a) };
    let (sum, best) = across(pairs, a, b);
    let mean = sum / (a.items.len() * b.items.len()).max(1) as f64;
    let tighter = |c: &Cluster| if c.items.len() > 1 { c.tightness() - mean } else { 0.0 };
    let mut out = [0.0; COUNT];
    out[0] = mean;
    out[1] = f64::from(best);
    out[2] = (small.items.len() as f64).ln();
    out[3] = (large.items.len() as f64).ln();
    // Equal sizes: the order of the sides must not matter.
    if small.items.len() == large.items.len() {
        out[4] = (tighter(small) + tighter(large)) / 2.0;
        out[5] = out[4];
    } else {
        (out[4], out[5]) = (tighter(small), tighter(large));
    }
    let each = [a, b].map(|c| 1.0 / c.items.len().max(1) as f32);
    for (k, (x, y)) in a.profiles.iter().zip(&b.profiles).enumerate() {
        let [overlap, exclude, common] = profile(x, y, each);
        out[6 + 3 * k] = overlap;
        out[7 + 3 * k] = exclude;
        out[8 + 3 * k] = common;
    }
    out[21] = f64::from(u8::from(small.items.len() == 1));
    out
}

/// Overlap, two-sided exclusion and best common key of two profiles; `each`: the share that one report is of its side.
fn profile(a: &[Held], b: &[Held], each: [f32; 2]) -> [f64; 3] {
    let (mut least, mut most, mut common) = (0.0f32, 0.0f32, 0.0f32);
    let mut only = [0.0f32; 2];
    for (p, q) in both(a, b) {
        let idf = p.or(q).map_or(0.0, |h| h.idf);
        let (x, y) = (reports(p) as f32 * each[0], reports(q) as f32 * each[1]);
        least += idf * x.min(y);
        most += idf * x.max(y);
        common = common.max(idf * x.min(y));
        only[0] = only[0].max(idf * x * (1.0 - y).max(0.0));
        only[1] = only[1].max(idf * y * (1.0 - x).max(0.0));
    }
    let overlap = if most > 0.0 { least / most } else { 0.0 };
    [f64::from(overlap), f64::from(only[0].min(only[1])), f64::from(common)]
}

/// Cuts the tree where the joins, taken together, are most likely right: a cluster stays whole when the log-likelihood
/// of all its joins beats that of the best way to part it. `judge` gives the log-odds of the join of two nodes to a
/// third, children before parents; clusters come in the order of their first report.
pub fn cut(tree: &Tree, mut judge: impl FnMut(usize, usize, usize) -> f64) -> Vec<Vec<usize>> {
    let softplus = |x: f64| if x > 30.0 { x } else { x.exp().ln_1p() };
    // Log-likelihood of node `k` kept whole, and of its best cut; whether it is best kept whole.
    let mut whole = vec![0.0; tree.nodes.len()];
    let mut best = vec![0.0; tree.nodes.len()];
    let mut keep = vec![true; tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate() {
        let Node::Join { left, right, .. } = node else { continue };
        let score = judge(*left, *right, at);
        whole[at] = whole[*left] + whole[*right] - softplus(-score);
        let parted = best[*left] + best[*right] - softplus(score);
        keep[at] = whole[at] >= parted;
        best[at] = if keep[at] { whole[at] } else { parted };
    }
    let mut out = Vec::new();
    let mut todo: Vec<usize> = tree.nodes.len().checked_sub(1).into_iter().collect();
    while let Some(at) = todo.pop() {
        match tree.nodes.get(at) {
            Some(Node::Join { left, right, .. }) if !keep[at] => todo.extend([*left, *right]),
            _ => out.push(tree.items(at)),
        }
    }
    out.sort();
    out
}
