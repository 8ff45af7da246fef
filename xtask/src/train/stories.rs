//! `cargo xtask train-stories`: gold stories to the weights of `tables/merge/`: a pair model and a join model, judged on topics they did not see.
//!
//! `--data FILE` gold in the form of the merge evaluation, `--write` writes the tables; `--background` counts words anew. Figures printed are means over
//! three random assignments of topics to five folds; all reports are clustered at once.

use super::logistic::{Linear, Sample, fit};
use std::collections::{BTreeMap, BTreeSet};
use store::merge::compare;
use store::merge::join::{self, Cluster};
use store::merge::keys::Keys;
use store::merge::rarity::Rarity;
use store::merge::tree::{Node, Pairs, grow};
use store::merge::vectors::{Vectors, vectors};

/// What the shipped weights were made with. The shift was chosen among -0.3 to 1.2 by the cross-validated F1.
const SHIPPED: Options =
    Options { pair_penalty: 1e-3, join_penalty: 1e-3, across: 1.0, shift: 0.6, thinnings: 6 };

/// Runs the trainer.
pub fn run(args: &[String]) -> Result<(), String> {
    let mut gold = std::path::PathBuf::from("../shared/eval/merge/dev.jsonl");
    let mut write = false;
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--data" => gold = rest.next().ok_or("--data needs a value")?.into(),
            "--write" => write = true,
            "--background" => return super::background::write(),
            _ => return Err(format!("train-stories: unknown option {arg}")),
        }
    }
    let text = std::fs::read_to_string(&gold).map_err(|e| format!("{}: {e}", gold.display()))?;
    let records: Vec<serde_json::Value> = crate::eval::lines(&text).collect::<Result<_, _>>()?;
    let demarche = demarche::pipeline::Demarche::embedded().map_err(|e| e.to_string())?;
    let keys: Vec<Keys> = records
        .iter()
        .map(|r| {
            let (page, doc) = crate::eval::merge::parse(&demarche, r);
            Keys::read(&record::Syntax::new(&page, &doc))
        })
        .collect();
    let field =
        |name: &str| records.iter().map(|r| r[name].as_str().unwrap_or_default().to_owned()).collect();
    let rarity = Rarity::embedded().map_err(|e| e.to_string())?;
    let set = Set::new(&keys, field("topic"), field("story"), &rarity);
    for (name, [p, r, f, over]) in ["threshold", "join model"].iter().zip(set.validate(3, SHIPPED)) {
        println!("{name}: precision {p:.3} recall {r:.3} F1 {f:.3} overcount {over:.2}");
    }
    if write {
        let (pair, join) = set.train(SHIPPED);
        for (file, text) in ["pair.tsv", "join.tsv"].iter().zip(tables(&pair, &join)) {
            std::fs::write(format!("tables/merge/{file}"), text).map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}

/// Pair model.
pub type PairModel = Linear<{ compare::COUNT }>;
/// Join model.
pub type JoinModel = Linear<{ join::COUNT }>;

const FOLDS: usize = 5;
use store::merge::model::CAP;
/// Shares of the topics in the collections that the shipped weights are learned on.
const VIEWS: [f64; 7] = [1.0, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3];

/// Training set: reports with their gold topic and story.
pub struct Set {
    /// Vectors of the reports.
    pub reports: Vec<Vectors>,
    /// Topic of each report.
    pub topic: Vec<String>,
    /// Story of each report.
    pub story: Vec<String>,
}

/// What training can be told.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// L2 penalty of the pair model.
    pub pair_penalty: f64,
    /// L2 penalty of the join model.
    pub join_penalty: f64,
    /// Weight of pairs across topics, as a share of those within.
    pub across: f64,
    /// Added to the intercept of the join model: above 0 joins more. Chosen by cross-validation.
    pub shift: f64,
    /// Random thinnings of the training stories.
    pub thinnings: u64,
}

/// B-cubed precision, recall, F1 and predicted over gold clusters.
pub type Measure = [f64; 4];

/// Small reproducible random numbers (SplitMix64, Steele et al. 2014).
pub struct Random(pub u64);

impl Random {
    /// Next number in 0..1.
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

impl Set {
    /// Puts reports together.
    pub fn new(keys: &[Keys], topic: Vec<String>, story: Vec<String>, rarity: &Rarity) -> Set {
        Set { reports: vectors(keys, rarity), topic, story }
    }

    fn len(&self) -> usize {
        self.story.len()
    }

    fn features(&self) -> Vec<[f64; compare::COUNT]> {
        let n = self.len();
        let mut out = vec![[0.0; compare::COUNT]; n * n];
        for a in 0..n {
            for b in a + 1..n {
                let x = compare::features(&self.reports[a], &self.reports[b]);
                out[a * n + b] = x;
                out[b * n + a] = x;
            }
        }
        out
    }

    /// Pair model from the reports that `keep` takes.
    fn pair_model(
        &self,
        all: &[[f64; compare::COUNT]],
        keep: &dyn Fn(usize) -> bool,
        o: Options,
    ) -> PairModel {
        fit(&self.pair_samples(all, keep, o), o.pair_penalty)
    }

    /// Pairs with weights: every topic weighs the same, pairs across topics together `across` of those within.
    fn pair_samples(
        &self,
        all: &[[f64; compare::COUNT]],
        keep: &dyn Fn(usize) -> bool,
        o: Options,
    ) -> Vec<Sample<{ compare::COUNT }>> {
        let n = self.len();
        let kept: Vec<usize> = (0..n).filter(|&i| keep(i)).collect();
        let mut within: BTreeMap<&str, f64> = BTreeMap::new();
        let mut across = 0.0;
        let mut random = Random(7);
        let mut chosen = Vec::new();
        for (k, &a) in kept.iter().enumerate() {
            for &b in &kept[k + 1..] {
                if self.topic[a] == self.topic[b] {
                    *within.entry(&self.topic[a]).or_default() += 1.0;
                    chosen.push((a, b));
                } else if random.next() < 0.1 {
                    across += 1.0;
                    chosen.push((a, b));
                }
            }
        }
        let topics = within.len() as f64;
        chosen
            .into_iter()
            .map(|(a, b)| {
                let same = self.topic[a] == self.topic[b];
                let w = if same { 1.0 / within[self.topic[a].as_str()] } else { o.across * topics / across };
                let y = f64::from(u8::from(self.story[a] == self.story[b]));
                Sample { x: all[a * n + b], y, w }
            })
            .collect()
    }

    /// Pair scores where no report is scored by a model that saw its topic, unless both fold models did.
    fn held_out(&self, all: &[[f64; compare::COUNT]], fold: &[usize], models: &[PairModel]) -> Pairs {
        let n = self.len();
        let mut pairs = Pairs::new(n, 0.0);
        for a in 0..n {
            for b in a + 1..n {
                let x = &all[a * n + b];
                let score = (models[fold[a]].score(x) + models[fold[b]].score(x)) / 2.0;
                pairs.set(a, b, score.clamp(-CAP, CAP) as f32);
            }
        }
        pairs
    }

    /// Joins of trees over random thinnings of the stories that `keep` takes.
    fn join_samples(
        &self,
        pairs: &Pairs,
        keep: &dyn Fn(usize) -> bool,
        o: Options,
    ) -> Vec<Sample<{ join::COUNT }>> {
        let mut out = Vec::new();
        let stories: BTreeSet<&str> =
            (0..self.len()).filter(|&i| keep(i)).map(|i| self.story[i].as_str()).collect();
        for round in 0..o.thinnings {
            let mut random = Random(round + 1);
            let rate: BTreeMap<&str, f64> = stories
                .iter()
                .map(|s| (*s, if round == 0 { 1.0 } else { 0.15 + 0.85 * random.next() }))
                .collect();
            let items: Vec<usize> = (0..self.len())
                .filter(|&i| keep(i) && random.next() < rate[self.story[i].as_str()])
                .collect();
            let part = pairs.part(&items);
            let tree = grow(&part);
            for (at, node) in tree.nodes.iter().enumerate() {
                let Node::Join { left, right, score } = node else { continue };
                if *score < -5.0 {
                    continue;
                }
                let _ = at;
                let side = |at: usize| tree.items(at).into_iter().map(|k| items[k]).collect::<Vec<_>>();
                let (a, b) = (side(*left), side(*right));
                let (sa, pa) = self.majority(&a);
                let (sb, pb) = self.majority(&b);
                // A join of mixed clusters teaches little.
                let w = (pa * pb) * (a.len().min(b.len()) as f64).sqrt();
                let cluster = |items: &[usize]| Cluster::new(&self.reports, pairs, items);
                let x = join::features(pairs, &cluster(&a), &cluster(&b));
                out.push(Sample { x, y: f64::from(u8::from(sa == sb)), w });
            }
        }
        out
    }

    /// Most frequent story and its share.
    fn majority(&self, items: &[usize]) -> (&str, f64) {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for &i in items {
            *count.entry(&self.story[i]).or_default() += 1;
        }
        let best = count.into_iter().max_by_key(|c| c.1).unwrap_or(("", 0));
        (best.0, best.1 as f64 / items.len().max(1) as f64)
    }

    /// Random folds by topic.
    fn folds(&self, seed: u64) -> Vec<usize> {
        let mut topics: Vec<&str> =
            self.topic.iter().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect();
        let mut random = Random(seed);
        for i in (1..topics.len()).rev() {
            topics.swap(i, (random.next() * (i + 1) as f64) as usize);
        }
        let of: BTreeMap<&str, usize> = topics.iter().enumerate().map(|(i, t)| (*t, i % FOLDS)).collect();
        self.topic.iter().map(|t| of[t.as_str()]).collect()
    }

    fn cross_validate_with(&self, all: &[[f64; compare::COUNT]], seed: u64, o: Options) -> [Measure; 2] {
        let fold = self.folds(seed);
        let models: Vec<_> = (0..FOLDS).map(|f| self.pair_model(all, &|i| fold[i] != f, o)).collect();
        let pairs = self.held_out(all, &fold, &models);
        let joins: Vec<JoinModel> = (0..FOLDS)
            .map(|f| fit(&self.join_samples(&pairs, &|i| fold[i] != f, o), o.join_penalty))
            .collect();
        let tree = grow(&pairs);
        let flat = join::cut(&tree, |_, _, at| match &tree.nodes[at] {
            Node::Join { score, .. } => f64::from(*score),
            Node::Leaf(_) => 0.0,
        });
        let cut = join::cut(&tree, |a, b, _| {
            let (a, b) = (tree.items(a), tree.items(b));
            let cluster = |items: &[usize]| Cluster::new(&self.reports, &pairs, items);
            let x = join::features(&pairs, &cluster(&a), &cluster(&b));
            let folds: BTreeSet<usize> = a.iter().chain(&b).map(|&i| fold[i]).collect();
            folds.iter().map(|&f| joins[f].score(&x)).sum::<f64>() / folds.len() as f64 + o.shift
        });
        [self.measure(&flat), self.measure(&cut)]
    }

    /// Means over seeds.
    pub fn validate(&self, seeds: u64, o: Options) -> [Measure; 2] {
        let all = self.features();
        let mut out = [[0.0; 4]; 2];
        for seed in 1..=seeds {
            for (sum, one) in out.iter_mut().zip(self.cross_validate_with(&all, seed, o)) {
                for (s, v) in sum.iter_mut().zip(one) {
                    *s += v / seeds as f64;
                }
            }
        }
        out
    }

    /// The reports of a random share of the topics.
    fn view(&self, seed: u64, share: f64) -> Set {
        let topics: BTreeSet<&str> = self.topic.iter().map(String::as_str).collect();
        let mut random = Random(seed);
        let kept: BTreeSet<&str> = topics.into_iter().filter(|_| random.next() < share).collect();
        let items: Vec<usize> = (0..self.len()).filter(|&i| kept.contains(self.topic[i].as_str())).collect();
        let pick = |of: &[String]| items.iter().map(|&i| of[i].clone()).collect();
        let reports = items.iter().map(|&i| self.reports[i].clone()).collect();
        Set { reports, topic: pick(&self.topic), story: pick(&self.story) }
    }

    /// Weights from all topics, learned on collections of several sizes. The
    /// join model learns on held-out pair scores.
    pub fn train(&self, o: Options) -> (PairModel, JoinModel) {
        let (mut pairs, mut joins) = (Vec::new(), Vec::new());
        for (seed, share) in VIEWS.iter().enumerate() {
            let view = self.view(seed as u64 + 11, *share);
            let all = view.features();
            for seed in 1..=2 {
                let fold = view.folds(seed);
                let models: Vec<_> =
                    (0..FOLDS).map(|f| view.pair_model(&all, &|i| fold[i] != f, o)).collect();
                let scores = view.held_out(&all, &fold, &models);
                joins.extend(view.join_samples(&scores, &|_| true, o));
            }
            pairs.extend(view.pair_samples(&all, &|_| true, o));
        }
        let mut join = fit(&joins, o.join_penalty);
        join.bias += o.shift;
        (fit(&pairs, o.pair_penalty), join)
    }

    /// B-cubed over reports (Bagga and Baldwin 1998).
    pub fn measure(&self, clusters: &[Vec<usize>]) -> Measure {
        let mut gold: BTreeMap<&str, f64> = BTreeMap::new();
        for s in &self.story {
            *gold.entry(s).or_default() += 1.0;
        }
        let (mut p, mut r) = (0.0, 0.0);
        for cluster in clusters {
            let mut count: BTreeMap<&str, f64> = BTreeMap::new();
            for &i in cluster {
                *count.entry(&self.story[i]).or_default() += 1.0;
            }
            for (s, n) in count {
                p += n * n / cluster.len() as f64;
                r += n * n / gold[s];
            }
        }
        let n = self.len() as f64;
        let (p, r) = (p / n, r / n);
        [p, r, 2.0 * p * r / (p + r), clusters.len() as f64 / gold.len() as f64]
    }
}

/// The trained models as the text of the two tables, `pair.tsv` and `join.tsv`.
pub fn tables(pair: &PairModel, join: &JoinModel) -> [String; 2] {
    fn table(bias: f64, weights: &[f64], names: &[&str]) -> String {
        let mut out = format!("feature\tweight\nbias\t{bias:.4}\n");
        for (name, weight) in names.iter().zip(weights) {
            out.push_str(&format!("{name}\t{weight:.4}\n"));
        }
        out
    }
    [table(pair.bias, &pair.weights, &compare::FEATURES), table(join.bias, &join.weights, &join::FEATURES)]
}
