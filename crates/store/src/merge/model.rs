//! The learned weights of `tables/merge` as a pair model and a join model.

use super::{compare, join};
use tables::merge::Weights;
use tables::tsv::TableError;

/// Linear scores in log-odds: 0 is the even chance that two reports, or two clusters, tell of one happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pair: [f64; compare::COUNT],
    pair_bias: f64,
    join: [f64; join::COUNT],
    join_bias: f64,
}

/// Pair scores are cut to ±this, so that no single pair decides a mean.
pub const CAP: f64 = 6.0;

impl Model {
    /// The embedded weights.
    ///
    /// # Errors
    /// A table lacks a feature or has one that the code does not know.
    pub fn embedded() -> Result<Model, TableError> {
        Model::new(&tables::merge::pair()?, &tables::merge::join()?)
    }

    /// A model from weights by name.
    ///
    /// # Errors
    /// A feature is missing or unknown.
    pub fn new(pair: &Weights, join: &Weights) -> Result<Model, TableError> {
        let (pair_bias, pair) = ordered(pair, &compare::FEATURES)?;
        let (join_bias, join) = ordered(join, &join::FEATURES)?;
        Ok(Model { pair, pair_bias, join, join_bias })
    }

    /// Log-odds of a pair, cut to ±[`CAP`].
    pub fn pair(&self, x: &[f64; compare::COUNT]) -> f32 {
        (self.pair_bias + dot(&self.pair, x)).clamp(-CAP, CAP) as f32
    }

    /// Log-odds of a join.
    pub fn join(&self, x: &[f64; join::COUNT]) -> f64 {
        self.join_bias + dot(&self.join, x)
    }

    /// What the features of a pair add to its score, strongest first: name and contribution.
    pub fn pair_parts(&self, x: &[f64; compare::COUNT]) -> Vec<(&'static str, f64)> {
        parts(&compare::FEATURES, &self.pair, x)
    }

    /// What the features of a join add to its score, strongest first.
    pub fn join_parts(&self, x: &[f64; join::COUNT]) -> Vec<(&'static str, f64)> {
        parts(&join::FEATURES, &self.join, x)
    }
}

fn dot(weights: &[f64], x: &[f64]) -> f64 {
    weights.iter().zip(x).map(|(w, x)| w * x).sum()
}

fn parts(names: &[&'static str], weights: &[f64], x: &[f64]) -> Vec<(&'static str, f64)> {
    let mut out: Vec<_> =
        names.iter().zip(weights).zip(x).map(|((n, w), x)| (*n, w * x)).filter(|p| p.1 != 0.0).collect();
    out.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
    out
}

fn ordered<const N: usize>(table: &Weights, names: &[&str; N]) -> Result<(f64, [f64; N]), TableError> {
    let wrong = |what: String| TableError { message: format!("tables/merge: {what}") };
    let find = |name: &str| {
        table.iter().find(|w| w.0 == name).map(|w| w.1).ok_or_else(|| wrong(format!("no row {name:?}")))
    };
    if let Some(odd) = table.iter().find(|w| w.0 != "bias" && !names.contains(&w.0.as_str())) {
        return Err(wrong(format!("unknown feature {:?}", odd.0)));
    }
    let mut out = [0.0; N];
    for (slot, name) in out.iter_mut().zip(names) {
        *slot = find(name)?;
    }
    Ok((find("bias")?, out))
}
