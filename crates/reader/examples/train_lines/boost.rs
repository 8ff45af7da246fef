//! Rows of numbers with yes-or-no labels to a sum of small trees: gradient boosting on binned features.

/// How to grow.
#[derive(Debug, Clone, Copy)]
pub struct Growth {
    /// Trees.
    pub trees: usize,
    /// Questions from root to leaf.
    pub depth: usize,
    /// Share of each tree's answer that is kept.
    pub rate: f32,
    /// Least sum of second derivatives in a leaf.
    pub leaf: f32,
    /// Penalty on leaf values.
    pub ridge: f32,
    /// Share of features each tree may ask.
    pub features: f32,
    /// Share of rows each tree is grown on.
    pub rows: f32,
}

/// A node as the table holds it.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Feature asked; `None` for a leaf.
    pub feature: Option<usize>,
    /// Threshold or leaf value.
    pub value: f32,
    /// Child for values up to the threshold.
    pub left: usize,
    /// Child for greater values.
    pub right: usize,
}

/// A model: trees of nodes.
#[derive(Debug, Clone, Default)]
pub struct Model(pub Vec<Vec<Node>>);

impl Model {
    /// Log odds of a row.
    pub fn score(&self, row: &[f32]) -> f32 {
        self.0.iter().map(|t| walk(t, row)).sum()
    }
}

fn walk(tree: &[Node], row: &[f32]) -> f32 {
    let mut at = 0;
    while let Some(feature) = tree[at].feature {
        at = if row[feature] <= tree[at].value { tree[at].left } else { tree[at].right };
    }
    tree[at].value
}

const BINS: usize = 48;

/// Labelled rows with their features cut into bins.
struct Binned {
    bins: Vec<Vec<u8>>,
    cuts: Vec<Vec<f32>>,
}

fn bin(rows: &[&[f32]]) -> Binned {
    let width = rows.first().map_or(0, |r| r.len());
    let mut bins = Vec::new();
    let mut all_cuts = Vec::new();
    for f in 0..width {
        let mut values: Vec<f32> = rows.iter().map(|r| r[f]).collect();
        values.sort_unstable_by(f32::total_cmp);
        let mut cuts: Vec<f32> = Vec::new();
        for i in 1..BINS {
            let at = i * (values.len() - 1) / BINS;
            let (a, b) = (values[at], values[(at + 1).min(values.len() - 1)]);
            let cut = if a < b { (a + b) / 2.0 } else { a };
            if cuts.last().is_none_or(|l| cut > *l) && cut < values[values.len() - 1] {
                cuts.push(cut);
            }
        }
        values.dedup();
        if values.len() <= BINS {
            cuts = values.windows(2).map(|w| (w[0] + w[1]) / 2.0).collect();
        }
        bins.push(rows.iter().map(|r| cuts.partition_point(|c| *c < r[f]) as u8).collect());
        all_cuts.push(cuts);
    }
    Binned { bins, cuts: all_cuts }
}

/// Grows a model. `weights` say how much each row counts.
pub fn train(rows: &[&[f32]], labels: &[bool], weights: &[f32], growth: Growth, seed: u64) -> Model {
    let binned = bin(rows);
    let mut scores = vec![0.0f32; rows.len()];
    let mut state = seed | 1;
    let mut model = Model::default();
    for _ in 0..growth.trees {
        let (mut g, mut h) = (vec![0.0; rows.len()], vec![0.0; rows.len()]);
        for i in 0..rows.len() {
            let p = 1.0 / (1.0 + (-scores[i]).exp());
            g[i] = weights[i] * (p - f32::from(labels[i]));
            h[i] = weights[i] * (p * (1.0 - p)).max(1e-4);
        }
        let allowed: Vec<usize> =
            (0..binned.bins.len()).filter(|_| random(&mut state) < growth.features).collect();
        let mut grower =
            Grower { data: &binned, allowed: &allowed, g: &g, h: &h, growth: &growth, tree: Vec::new() };
        let seen = (0..rows.len() as u32).filter(|_| random(&mut state) < growth.rows).collect();
        grower.grow(seen, growth.depth);
        let tree = grower.tree;
        for (score, row) in scores.iter_mut().zip(rows) {
            *score += walk(&tree, row);
        }
        model.0.push(tree);
    }
    model
}

fn random(state: &mut u64) -> f32 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 40) as f32 / (1u64 << 24) as f32
}

/// One tree while it grows.
struct Grower<'a> {
    data: &'a Binned,
    /// Features that may be asked.
    allowed: &'a [usize],
    /// First and second derivatives of the loss, a row each.
    g: &'a [f32],
    h: &'a [f32],
    growth: &'a Growth,
    tree: Vec<Node>,
}

/// Sums of both derivatives over the bins of a feature.
type Sums = [(f32, f32); BINS + 1];

impl Grower<'_> {
    /// Grows the tree on `rows`.
    fn grow(&mut self, rows: Vec<u32>, depth: usize) {
        let sums = self.sums(&rows);
        self.node(rows, sums, depth);
    }

    /// Adds the subtree for `rows`, whose sums are known. Returns where its root stands.
    fn node(&mut self, rows: Vec<u32>, sums: Vec<Sums>, depth: usize) -> usize {
        let all = sums.first().map_or((0.0, 0.0), total);
        let at = self.tree.len();
        let value = -self.growth.rate * all.0 / (all.1 + self.growth.ridge);
        self.tree.push(Node { feature: None, value, left: 0, right: 0 });
        if depth == 0 {
            return at;
        }
        let Some((feature, cut)) = self.best(&sums, all) else { return at };
        let (left, right): (Vec<u32>, Vec<u32>) =
            rows.into_iter().partition(|i| self.data.bins[feature][*i as usize] <= cut);
        // The sums of the larger part are those of the whole without the smaller.
        let small = self.sums(if left.len() < right.len() { &left } else { &right });
        let large = sums.iter().zip(&small).map(|(all, part)| less(all, part)).collect();
        let (a, b) = if left.len() < right.len() { (small, large) } else { (large, small) };
        let left = self.node(left, a, depth - 1);
        let right = self.node(right, b, depth - 1);
        let value = self.data.cuts[feature][cut as usize];
        self.tree[at] = Node { feature: Some(feature), value, left, right };
        at
    }

    /// The feature and bin that part a node best.
    fn best(&self, sums: &[Sums], all: (f32, f32)) -> Option<(usize, u8)> {
        let part = |g: f32, h: f32| g * g / (h + self.growth.ridge);
        let base = part(all.0, all.1);
        let mut found = None;
        let mut gain = 1e-3;
        for (&f, sums) in self.allowed.iter().zip(sums) {
            let (mut lg, mut lh) = (0.0, 0.0);
            for cut in 0..self.data.cuts[f].len() {
                lg += sums[cut].0;
                lh += sums[cut].1;
                let (rg, rh) = (all.0 - lg, all.1 - lh);
                if lh < self.growth.leaf || rh < self.growth.leaf {
                    continue;
                }
                let now = part(lg, lh) + part(rg, rh) - base;
                if now > gain {
                    gain = now;
                    found = Some((f, cut as u8));
                }
            }
        }
        found
    }

    /// The sums of every allowed feature over `rows`.
    fn sums(&self, rows: &[u32]) -> Vec<Sums> {
        let one = |f: &usize| {
            let bins = &self.data.bins[*f];
            let mut sums = [(0.0f32, 0.0f32); BINS + 1];
            for &i in rows {
                let slot = &mut sums[bins[i as usize] as usize];
                slot.0 += self.g[i as usize];
                slot.1 += self.h[i as usize];
            }
            sums
        };
        self.allowed.iter().map(one).collect()
    }
}

fn total(sums: &Sums) -> (f32, f32) {
    sums.iter().fold((0.0, 0.0), |(g, h), s| (g + s.0, h + s.1))
}

fn less(all: &Sums, part: &Sums) -> Sums {
    std::array::from_fn(|i| (all[i].0 - part[i].0, all[i].1 - part[i].1))
}
