//! Two clusters of reports to numbers that say whether they are one story, and the cut of a tree by them.

use super::corpus::Corpus;
use super::keys::Kind;
use super::tree::{Node, Pairs, Tree};
use std::collections::BTreeMap;

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

/// A cluster with what its reports share.
#[derive(Debug, Clone, Default)]
pub struct Cluster {
    /// Reports in order.
    pub items: Vec<usize>,
    profiles: Vec<BTreeMap<u32, f32>>,
    tightness: f32,
}

impl Cluster {
    /// Profiles of `items`: share of the reports that hold each key.
    pub fn new(corpus: &Corpus, pairs: &Pairs, items: Vec<usize>) -> Cluster {
        let each = 1.0 / items.len().max(1) as f32;
        let profile = |kind: &Kind| {
            let mut out = BTreeMap::new();
            for report in items.iter().filter_map(|&i| corpus.reports.get(i)) {
                for entry in report.of(*kind) {
                    *out.entry(entry.0).or_insert(0.0) += each;
                }
            }
            out
        };
        let profiles = PROFILES.iter().map(profile).collect();
        let (mut sum, mut n) = (0.0, 0);
        for (k, &a) in items.iter().enumerate() {
            for &b in &items[k + 1..] {
                sum += pairs.get(a, b);
                n += 1;
            }
        }
        Cluster { profiles, tightness: if n > 0 { sum / n as f32 } else { 0.0 }, items }
    }
}

/// Compares two clusters. Symmetric in its arguments.
pub fn features(corpus: &Corpus, pairs: &Pairs, a: &Cluster, b: &Cluster) -> [f64; COUNT] {
    let (small, large) = if a.items.len() <= b.items.len() { (a, b) } else { (b, a) };
    let (mut sum, mut best) = (0.0f32, f32::MIN);
    for &i in &a.items {
        for &j in &b.items {
            let score = pairs.get(i, j);
            sum += score;
            best = best.max(score);
        }
    }
    let mean = sum / (a.items.len() * b.items.len()).max(1) as f32;
    let tighter = |c: &Cluster| if c.items.len() > 1 { f64::from(c.tightness - mean) } else { 0.0 };
    let mut out = [0.0; COUNT];
    out[0] = f64::from(mean);
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
    for (k, (x, y)) in a.profiles.iter().zip(&b.profiles).enumerate() {
        let [overlap, exclude, common] = profile(corpus, x, y);
        out[6 + 3 * k] = overlap;
        out[7 + 3 * k] = exclude;
        out[8 + 3 * k] = common;
    }
    out[21] = f64::from(u8::from(small.items.len() == 1));
    out
}

/// Overlap, two-sided exclusion and best common key of two profiles.
fn profile(corpus: &Corpus, a: &BTreeMap<u32, f32>, b: &BTreeMap<u32, f32>) -> [f64; 3] {
    let (mut least, mut most, mut common) = (0.0f32, 0.0f32, 0.0f32);
    let mut only = [0.0f32; 2];
    for (key, &x) in a {
        let (y, idf) = (b.get(key).copied().unwrap_or(0.0), corpus.idf(*key));
        least += idf * x.min(y);
        most += idf * x.max(y);
        common = common.max(idf * x.min(y));
        only[0] = only[0].max(idf * x * (1.0 - y).max(0.0));
    }
    for (key, &y) in b {
        let (x, idf) = (a.get(key).copied().unwrap_or(0.0), corpus.idf(*key));
        if x == 0.0 {
            most += idf * y;
        }
        only[1] = only[1].max(idf * y * (1.0 - x).max(0.0));
    }
    let overlap = if most > 0.0 { least / most } else { 0.0 };
    [f64::from(overlap), f64::from(only[0].min(only[1])), f64::from(common)]
}

/// Cuts the tree where the joins, taken together, are most likely right: a cluster stays whole when the log-likelihood
/// of all its joins beats that of the best way to part it. `judge` gives the log-odds of a join; clusters come in the
/// order of their first report.
pub fn cut(tree: &Tree, mut judge: impl FnMut(&[usize], &[usize], usize) -> f64) -> Vec<Vec<usize>> {
    let softplus = |x: f64| if x > 30.0 { x } else { x.exp().ln_1p() };
    // Log-likelihood of node `k` kept whole, and of its best cut; whether it is best kept whole.
    let mut whole = vec![0.0; tree.nodes.len()];
    let mut best = vec![0.0; tree.nodes.len()];
    let mut keep = vec![true; tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate() {
        let Node::Join { left, right, .. } = node else { continue };
        let score = judge(&tree.items(*left), &tree.items(*right), at);
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
