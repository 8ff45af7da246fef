//! What the dependency parser and the entity recogniser share: the action list of a `moves` file, and the scores of all
//! actions from the vectors of a few tokens.

use crate::error::Error;
use crate::linear::{Packed, fused, product};
use crate::model::msgpack::{need, parse, text, wrong};
use crate::model::weights::Network;
use pulp::{Arch, Simd, WithSimd};
use smol_str::SmolStr;

/// Tokens whose slot vectors are computed together.
const BLOCK: usize = 256;
/// Blocks kept. A step reads at most eight tokens, so the blocks of one step always fit.
const KEPT: usize = 16;

/// One action: its kind (the number in the `moves` file) and label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Kind.
    pub kind: u8,
    /// Label, `""` when the kind has none.
    pub label: SmolStr,
}

/// Reads a `moves` file: actions in the order of the score rows.
pub fn actions(bytes: &[u8]) -> Result<Vec<Action>, Error> {
    let value = parse(bytes)?;
    let json = text(need(&value, "moves")?).ok_or_else(|| wrong("moves", "text"))?;
    let moves: serde_json::Value =
        serde_json::from_str(json).map_err(|e| Error::format(format!("moves: {e}")))?;
    let bad = || Error::format("moves is not {kind: {label: frequency}}");
    let mut kinds = Vec::new();
    for (kind, labels) in moves.as_object().ok_or_else(bad)? {
        let kind: u8 = kind.parse().map_err(|_| bad())?;
        let mut rows = Vec::new();
        for (label, frequency) in labels.as_object().ok_or_else(bad)? {
            rows.push((frequency.as_i64().ok_or_else(bad)?, label.as_str()));
        }
        // Most frequent first; equals by label, last first.
        rows.sort_unstable_by(|a, b| b.cmp(a));
        kinds.push((kind, rows));
    }
    kinds.sort_by_key(|(kind, _)| *kind);
    let all = kinds
        .iter()
        .flat_map(|(kind, rows)| rows.iter().map(|(_, l)| Action { kind: *kind, label: (*l).into() }));
    Ok(all.collect())
}

/// Actions of one kind: consecutive score rows.
pub fn rows_of(actions: &[Action], kind: u8) -> std::ops::Range<usize> {
    let first = actions.iter().position(|a| a.kind == kind).unwrap_or(0);
    first..first + actions.iter().filter(|a| a.kind == kind).count()
}

/// The network: a projection, one linear map a slot, maxout, and a linear layer to the actions.
pub struct Scorer {
    projection: Packed,
    projection_bias: Vec<f32>,
    slots: usize,
    hidden: usize,
    pieces: usize,
    lower: Packed,
    lower_bias: Vec<f32>,
    absent: Vec<f32>,
    upper: Vec<f32>,
    upper_bias: Vec<f32>,
}

impl Scorer {
    /// Builds the network for token vectors of `width` and the given number of actions and slots.
    pub fn new(network: &Network<'_>, width: usize, actions: usize, slots: usize) -> Result<Self, Error> {
        let (_, lower) = network.referred("lower")?;
        let (upper_index, upper) = network.referred("upper")?;
        let w = lower.array("W", &[slots, 0, 0, 0])?;
        let [_, hidden, pieces, inner] = w.shape[..] else { return Err(Error::shape("lower layer")) };
        let projections: Vec<_> = network.indexed("linear").filter(|(i, _)| *i != upper_index).collect();
        let [(_, projection)] = projections[..] else {
            return Err(Error::format("not one projection layer"));
        };
        let p = projection.array("W", &[inner, width])?.data;
        let u = upper.array("W", &[actions, hidden])?.data;
        let (b, pad) = (
            lower.array("b", &[hidden, pieces])?.data,
            lower.array("pad", &[1, slots, hidden, pieces])?.data,
        );
        // Piece p of hidden unit h moves to column p * hidden + h.
        let size = hidden * pieces;
        let place = |c: usize| (c % hidden) * pieces + c / hidden;
        let w = w.data;
        let padded = actions.next_multiple_of(16);
        let mut upper_bias = upper.array("b", &[actions])?.data;
        upper_bias.resize(padded, 0.0);
        Ok(Scorer {
            projection: Packed::new(width, inner, |i, o| p[o * width + i]),
            projection_bias: projection.array("b", &[inner])?.data,
            slots,
            hidden,
            pieces,
            lower: Packed::new(inner, slots * size, |i, c| {
                w[((c / size) * size + place(c % size)) * inner + i]
            }),
            lower_bias: (0..size).map(|c| b[place(c)]).collect(),
            absent: (0..slots * size).map(|c| pad[(c / size) * size + place(c % size)]).collect(),
            upper: (0..hidden * padded)
                .map(|k| if k % padded < actions { u[k % padded * hidden + k / padded] } else { 0.0 })
                .collect(),
            upper_bias,
        })
    }

    /// Appends the projections of token vectors to `out`.
    pub fn project(&self, arch: Arch, rows: &[f32], work: &mut Vec<f32>, out: &mut Vec<f32>) {
        let width = self.projection.inputs();
        product(arch, rows, width, rows.len() / width, &self.projection, work);
        for row in work.chunks_exact(self.projection.width()) {
            out.extend(row.iter().zip(&self.projection_bias).map(|(x, b)| x + b));
        }
    }

    /// Floats of one token's projection.
    pub fn inner(&self) -> usize {
        self.lower.inputs()
    }
}

/// Scores of all actions, step by step, for one text.
pub struct Steps<'a> {
    arch: Arch,
    scorer: &'a Scorer,
    projected: &'a [f32],
    table: &'a mut SlotTable,
}

/// Slot vectors of the tokens near the current state, computed block by block when first asked for.
#[derive(Default)]
pub struct SlotTable {
    data: Vec<Vec<f32>>,
    /// For each kept block: its number and when it was last read.
    kept: Vec<(usize, u64)>,
    place: Vec<Option<u32>>,
    clock: u64,
    hidden: Vec<f32>,
    sums: Vec<f32>,
    /// Scores of the last step; rows past the number of actions are zero.
    pub scores: Vec<f32>,
}

impl SlotTable {
    fn reset(&mut self, tokens: usize) {
        self.kept.clear();
        self.place.clear();
        self.place.resize(tokens.div_ceil(BLOCK), None);
        self.clock = 0;
    }
}

impl<'a> Steps<'a> {
    /// Starts on a text whose tokens' projections are given.
    pub fn new(arch: Arch, scorer: &'a Scorer, projected: &'a [f32], table: &'a mut SlotTable) -> Self {
        table.reset(projected.len() / scorer.inner());
        table.sums.resize(scorer.hidden * scorer.pieces, 0.0);
        table.hidden.resize(scorer.hidden, 0.0);
        table.scores.resize(scorer.upper_bias.len(), 0.0);
        Steps { arch, scorer, projected, table }
    }

    /// Scores of all actions for the tokens in the slots; `None` is an absent token.
    pub fn scores(&mut self, tokens: &[Option<usize>]) -> &[f32] {
        for token in tokens.iter().flatten() {
            self.load(token / BLOCK);
        }
        let SlotTable { data, place, hidden, sums, scores, .. } = &mut *self.table;
        self.arch.dispatch(Step { scorer: self.scorer, tokens, data, place, hidden, sums, scores });
        scores
    }

    fn load(&mut self, block: usize) {
        let table = &mut *self.table;
        table.clock += 1;
        if let Some(slot) = table.place[block] {
            table.kept[slot as usize].1 = table.clock;
            return;
        }
        let slot = if table.kept.len() < KEPT {
            table.kept.push((block, table.clock));
            table.kept.len() - 1
        } else {
            let oldest = (0..KEPT).min_by_key(|&s| table.kept[s].1).unwrap_or(0);
            table.place[table.kept[oldest].0] = None;
            table.kept[oldest] = (block, table.clock);
            oldest
        };
        table.place[block] = Some(slot as u32);
        if table.data.len() <= slot {
            table.data.push(Vec::new());
        }
        let inner = self.scorer.inner();
        let rows = &self.projected[block * BLOCK * inner..];
        let count = (rows.len() / inner).min(BLOCK);
        product(self.arch, rows, inner, count, &self.scorer.lower, &mut table.data[slot]);
    }
}

struct Step<'a> {
    scorer: &'a Scorer,
    tokens: &'a [Option<usize>],
    data: &'a [Vec<f32>],
    place: &'a [Option<u32>],
    hidden: &'a mut [f32],
    sums: &'a mut [f32],
    scores: &'a mut [f32],
}

impl WithSimd for Step<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Scorer {
            hidden,
            pieces,
            ref lower,
            ref lower_bias,
            ref absent,
            ref upper,
            ref upper_bias,
            slots,
            ..
        } = *self.scorer;
        let size = hidden * pieces;
        self.sums.copy_from_slice(lower_bias);
        for (slot, token) in self.tokens.iter().enumerate().take(slots) {
            let vector = match *token {
                None => &absent[slot * size..(slot + 1) * size],
                Some(t) => {
                    let place = self.place[t / BLOCK].unwrap_or(0) as usize;
                    let from = t % BLOCK * lower.width() + slot * size;
                    &self.data[place][from..from + size]
                }
            };
            for (sum, x) in self.sums.iter_mut().zip(vector) {
                *sum += x;
            }
        }
        self.hidden.copy_from_slice(&self.sums[..hidden]);
        for piece in self.sums.chunks_exact(hidden).skip(1) {
            for (h, x) in self.hidden.iter_mut().zip(piece) {
                *h = h.max(*x);
            }
        }
        self.scores.copy_from_slice(upper_bias);
        for (h, row) in self.hidden.iter().zip(upper.chunks_exact(self.scores.len())) {
            for (score, w) in self.scores.iter_mut().zip(row) {
                *score = fused::<S>(*h, *w, *score);
            }
        }
    }
}

/// The best of some score rows: lowest row on ties.
pub fn best(scores: &[f32], allowed: impl IntoIterator<Item = std::ops::Range<usize>>) -> Option<usize> {
    let mut best = None;
    let mut top = f32::NEG_INFINITY;
    for range in allowed {
        for row in range {
            if scores[row] > top {
                (best, top) = (Some(row), scores[row]);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_actions_by_kind_frequency_and_label() {
        let json = r#"{"1":{"a":2,"b":2,"c":9},"0":{"":0}}"#;
        let mut bytes = vec![0x81, 0xa5];
        bytes.extend(b"moves");
        bytes.extend([0xd9, json.len() as u8]);
        bytes.extend(json.bytes());
        let actions = actions(&bytes).unwrap();
        let labels: Vec<&str> = actions.iter().map(|a| a.label.as_str()).collect();
        assert_eq!(labels, ["", "c", "b", "a"]);
        assert_eq!(rows_of(&actions, 1), 1..4);
        assert_eq!(rows_of(&actions, 7), 0..0);
    }

    #[test]
    fn takes_the_first_of_equals() {
        assert_eq!(best(&[1.0, 5.0, 5.0], [0..1, 1..3]), Some(1));
        assert_eq!(best(&[1.0], std::iter::empty()), None);
    }
}
