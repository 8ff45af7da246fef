//! Named sparse features to a score: a linear model whose weights are a table.

use hashbrown::HashMap;
use tables::tsv::TableError;

/// Takes the features of one thing, each in parts that are joined by `|`.
pub(crate) trait Sink {
    /// One feature that holds.
    fn add(&mut self, parts: &[&str]);
}

/// A linear model over named features.
#[derive(Debug, Default)]
pub(crate) struct Linear {
    weights: HashMap<u64, f32>,
}

impl Linear {
    /// Reads a weight table.
    pub fn read(file: &'static str, text: &str) -> Result<Linear, TableError> {
        let rows = tables::places::weights(file, text)?;
        Ok(Linear { weights: rows.into_iter().map(|(name, w)| (hash(&[name]), w)).collect() })
    }

    /// Weight of one feature, 0 when it has none.
    pub fn weight(&self, name: &str) -> f32 {
        self.weights.get(&hash(&[name])).copied().unwrap_or(0.0)
    }
}

/// Sums the weights of the features it is given.
pub(crate) struct Score<'a> {
    model: &'a Linear,
    /// The sum so far.
    pub sum: f32,
}

impl<'a> Score<'a> {
    pub fn new(model: &'a Linear) -> Self {
        Score { model, sum: 0.0 }
    }
}

impl Sink for Score<'_> {
    fn add(&mut self, parts: &[&str]) {
        self.sum += self.model.weights.get(&hash(parts)).copied().unwrap_or(0.0);
    }
}

impl Sink for Vec<String> {
    fn add(&mut self, parts: &[&str]) {
        self.push(parts.join("|"));
    }
}

/// FNV-1a over the parts with `|` between them.
fn hash(parts: &[&str]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    let mut eat = |b: u8| h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            eat(b'|');
        }
        part.bytes().for_each(&mut eat);
    }
    h
}
