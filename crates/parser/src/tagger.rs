//! Token vectors to fine tags.

use crate::error::Error;
use crate::linear::{Packed, product};
use crate::model::weights::Network;
use pulp::Arch;
use smol_str::SmolStr;

/// One linear layer; the best class wins.
pub struct Tagger {
    weights: Packed,
    bias: Vec<f32>,
    /// Tags in output order.
    pub labels: Vec<SmolStr>,
}

impl Tagger {
    /// Builds the tagger from its `cfg` (JSON) and its network.
    pub fn new(cfg: &[u8], network: &Network<'_>, width: usize) -> Result<Self, Error> {
        let cfg: serde_json::Value =
            serde_json::from_slice(cfg).map_err(|e| Error::format(format!("cfg: {e}")))?;
        let labels = cfg["labels"].as_array().ok_or_else(|| Error::format("cfg has no list of labels"))?;
        let labels = labels.iter().map(|l| l.as_str().map(SmolStr::new)).collect::<Option<Vec<_>>>();
        let labels =
            labels.filter(|l| !l.is_empty()).ok_or_else(|| Error::format("cfg: labels are not texts"))?;
        let node = network.only("softmax")?;
        let w = node.array("W", &[labels.len(), width])?.data;
        let bias = node.array("b", &[labels.len()])?.data;
        Ok(Tagger { weights: Packed::new(width, labels.len(), |i, o| w[o * width + i]), bias, labels })
    }

    /// Appends the index of the best tag of each row.
    pub fn tag(&self, arch: Arch, rows: &[f32], scores: &mut Vec<f32>, out: &mut Vec<u16>) {
        let width = self.weights.inputs();
        product(arch, rows, width, rows.len() / width, &self.weights, scores);
        for row in scores.chunks_exact(self.weights.width()) {
            let (mut best, mut score) = (0, f32::NEG_INFINITY);
            for (i, (x, b)) in row.iter().zip(&self.bias).enumerate() {
                if x + b > score {
                    (best, score) = (i as u16, x + b);
                }
            }
            out.push(best);
        }
    }
}
