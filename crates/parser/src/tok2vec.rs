//! Tokens to vectors: hash embeddings, a mixing layer, and a stack of windowed maxout layers.

use crate::error::Error;
use crate::hash::embed_keys;
use crate::linear::{Packed, product};
use crate::model::config::Tok2VecConfig;
use crate::model::weights::Network;
use crate::vocab::{Keys, Lexicon, Word, WordId};
use pulp::{Arch, Simd, WithSimd};

/// Rows whose layers are computed together, so that memory does not grow with the text.
const CHUNK: usize = 512;
/// No row of the cache yet.
const NONE: u32 = u32::MAX;

/// What a column of the embedding is keyed by.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Attribute {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Lower,
    Orth,
    Spacy,
    IsSpace,
}

/// One hash-embedding table.
struct Table {
    attribute: Attribute,
    seed: u32,
    rows: u32,
    data: Vec<f32>,
}

/// A maxout layer followed by layer normalisation.
struct Maxout {
    weights: Packed,
    width: usize,
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// The whole network.
pub struct Tok2Vec {
    width: usize,
    tables: Vec<Table>,
    mix: Maxout,
    layers: Vec<Maxout>,
    by_space: bool,
}

/// Embedded and mixed vectors of the word types met so far, of one worker and one network.
#[derive(Default)]
pub struct EmbedCache {
    rows: Vec<[u32; 2]>,
    data: Vec<f32>,
}

/// Buffers that one worker uses again and again.
#[derive(Default)]
pub struct Buffers {
    input: Vec<f32>,
    sums: Vec<f32>,
    a: Vec<f32>,
    b: Vec<f32>,
}

/// Tokens of several texts that go through the network together.
#[derive(Default)]
pub struct Batch {
    /// Word types and space flags of all tokens.
    pub tokens: Vec<(WordId, bool)>,
    /// Number of tokens of each text.
    pub lengths: Vec<usize>,
}

impl Tok2Vec {
    /// Builds the network from the nodes of a model file.
    pub fn new(config: &Tok2VecConfig, network: &Network<'_>) -> Result<Self, Error> {
        let (width, pieces) = (config.width, config.pieces);
        if config.columns.is_empty() || config.columns.len() != config.rows.len() {
            return Err(Error::format("attrs and rows of the embedding differ in number"));
        }
        let embeds: Vec<_> = network.named("hashembed").collect();
        let maxouts: Vec<_> = network.named("maxout").collect();
        let norms: Vec<_> = network.named("layernorm").collect();
        if embeds.len() != config.columns.len()
            || maxouts.len() != config.depth + 1
            || norms.len() != maxouts.len()
        {
            return Err(Error::shape("the layers in the file are not those of the configuration"));
        }
        let mut tables = Vec::new();
        for ((node, column), &rows) in embeds.iter().zip(&config.columns).zip(&config.rows) {
            let data = node.array("E", &[rows, width])?.data;
            let seed =
                u32::try_from(node.attr("seed")?).map_err(|_| Error::format("seed of an embedding"))?;
            let rows = u32::try_from(rows).map_err(|_| Error::format("rows of an embedding"))?;
            tables.push(Table { attribute: attribute(column)?, seed, rows, data });
        }
        let mut layers = Vec::new();
        for (i, (maxout, norm)) in maxouts.iter().zip(&norms).enumerate() {
            let inputs = width * if i == 0 { tables.len() } else { 3 };
            let w = maxout.array("W", &[width, pieces, inputs])?.data;
            let b = maxout.array("b", &[width, pieces])?.data;
            // Piece p of output o moves to column p * width + o: the maximum runs over contiguous blocks.
            let weights = Packed::new(inputs, pieces * width, |i, c| {
                w[((c % width) * pieces + c / width) * inputs + i]
            });
            layers.push(Maxout {
                weights,
                width,
                bias: (0..pieces * width).map(|c| b[(c % width) * pieces + c / width]).collect(),
                gain: norm.array("G", &[width])?.data,
                shift: norm.array("b", &[width])?.data,
            });
        }
        let mix = layers.remove(0);
        let by_space = tables.iter().any(|t| t.attribute == Attribute::Spacy);
        Ok(Tok2Vec { width, tables, mix, layers, by_space })
    }

    /// Floats of one vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Computes the vectors of a batch and hands them to `sink` in order, some rows at a time.
    pub fn run(
        &self,
        arch: Arch,
        (lexicon, batch): (&Lexicon, &Batch),
        cache: &mut EmbedCache,
        work: &mut Buffers,
        sink: &mut dyn FnMut(&[f32]),
    ) {
        self.embed(arch, lexicon, batch, cache, work);
        // Rows of the padded batch: `pad` zero rows before, between and after the texts. `None` is a zero row.
        let pad = self.layers.len();
        let mut rows: Vec<Option<(WordId, bool)>> = vec![None; pad];
        let mut tokens = batch.tokens.iter().copied();
        for &length in &batch.lengths {
            rows.extend(tokens.by_ref().take(length).map(Some));
            rows.extend(std::iter::repeat_n(None, pad));
        }
        let mut start = 0;
        while start < rows.len() {
            let end = (start + CHUNK).min(rows.len());
            let (low, high) = (start.saturating_sub(pad), (end + pad).min(rows.len()));
            self.chunk(arch, &rows[low..high], cache, work);
            // Hand over runs of real rows.
            let mut at = start;
            while at < end {
                let real = rows[at..end].iter().take_while(|r| r.is_some()).count();
                let first = (at - low + 1) * self.width;
                if real > 0 {
                    sink(&work.a[first..first + real * self.width]);
                }
                at += real.max(1);
            }
            start = end;
        }
    }

    /// Leaves the last layer's rows in `work.a`, from row 1 on; row 0 and the last are zero.
    fn chunk(&self, arch: Arch, rows: &[Option<(WordId, bool)>], cache: &EmbedCache, work: &mut Buffers) {
        let width = self.width;
        let size = (rows.len() + 2) * width;
        for buffer in [&mut work.a, &mut work.b] {
            buffer.clear();
            buffer.resize(size, 0.0);
        }
        for (row, out) in rows.iter().zip(work.a[width..].chunks_exact_mut(width)) {
            if let Some((word, space)) = *row {
                out.copy_from_slice(cache.row(word, space && self.by_space, width));
            }
        }
        for layer in &self.layers {
            product(arch, &work.a, width, rows.len(), &layer.weights, &mut work.sums);
            let old = Some(&work.a[width..size - width]);
            let out = &mut work.b[width..size - width];
            arch.dispatch(Normalise { layer, sums: &work.sums, old, out });
            std::mem::swap(&mut work.a, &mut work.b);
        }
    }

    /// Makes sure that all word types of the batch have their embedded and mixed vector in the cache.
    fn embed(
        &self,
        arch: Arch,
        lexicon: &Lexicon,
        batch: &Batch,
        cache: &mut EmbedCache,
        work: &mut Buffers,
    ) {
        cache.rows.resize(lexicon.len().max(cache.rows.len()), [NONE; 2]);
        let inputs = self.mix.weights.inputs();
        work.input.clear();
        let mut missing = 0;
        let done = cache.data.len() / self.width;
        for &(word, space) in &batch.tokens {
            let space = space && self.by_space;
            let slot = &mut cache.rows[word as usize][usize::from(space)];
            if *slot != NONE {
                continue;
            }
            *slot = (done + missing) as u32;
            missing += 1;
            let from = work.input.len();
            work.input.resize(from + inputs, 0.0);
            let out = &mut work.input[from..];
            for (table, out) in self.tables.iter().zip(out.chunks_exact_mut(self.width)) {
                table.add(lexicon.word(word), space, out);
            }
        }
        if missing == 0 {
            return;
        }
        product(arch, &work.input, inputs, missing, &self.mix.weights, &mut work.sums);
        let from = cache.data.len();
        cache.data.resize(from + missing * self.width, 0.0);
        let out = &mut cache.data[from..];
        arch.dispatch(Normalise { layer: &self.mix, sums: &work.sums, old: None, out });
    }
}

impl EmbedCache {
    fn row(&self, word: WordId, space: bool, width: usize) -> &[f32] {
        let at = self.rows[word as usize][usize::from(space)] as usize * width;
        &self.data[at..at + width]
    }
}

impl Table {
    fn add(&self, word: &Word, space: bool, out: &mut [f32]) {
        let Keys { norm, prefix, suffix, shape, lower, orth } = word.keys;
        let key = match self.attribute {
            Attribute::Norm => norm,
            Attribute::Prefix => prefix,
            Attribute::Suffix => suffix,
            Attribute::Shape => shape,
            Attribute::Lower => lower,
            Attribute::Orth => orth,
            Attribute::Spacy => u64::from(space),
            Attribute::IsSpace => u64::from(word.is_space),
        };
        for hash in embed_keys(key, self.seed) {
            let at = (hash % self.rows) as usize * out.len();
            for (sum, x) in out.iter_mut().zip(&self.data[at..]) {
                *sum += x;
            }
        }
    }
}

fn attribute(name: &str) -> Result<Attribute, Error> {
    Ok(match name {
        "NORM" => Attribute::Norm,
        "PREFIX" => Attribute::Prefix,
        "SUFFIX" => Attribute::Suffix,
        "SHAPE" => Attribute::Shape,
        "LOWER" => Attribute::Lower,
        "ORTH" => Attribute::Orth,
        "SPACY" => Attribute::Spacy,
        "IS_SPACE" => Attribute::IsSpace,
        _ => return Err(Error::unsupported(format!("embedding column {name}"))),
    })
}

/// `out` = `old` + layer normalisation of the maxout over `sums` + bias, row by row.
struct Normalise<'a> {
    layer: &'a Maxout,
    sums: &'a [f32],
    old: Option<&'a [f32]>,
    out: &'a mut [f32],
}

impl WithSimd for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let width = self.layer.width;
        let sums = self.sums.chunks_exact(self.layer.weights.width());
        for (i, (sums, out)) in sums.zip(self.out.chunks_exact_mut(width)).enumerate() {
            let old = self.old.map(|o| &o[i * width..(i + 1) * width]);
            normalise(self.layer, sums, old, out);
        }
    }
}

#[inline(always)]
fn normalise(layer: &Maxout, sums: &[f32], old: Option<&[f32]>, out: &mut [f32]) {
    let width = out.len();
    let mut pieces = sums.chunks_exact(width).zip(layer.bias.chunks_exact(width));
    if let Some((sum, bias)) = pieces.next() {
        for ((o, s), b) in out.iter_mut().zip(sum).zip(bias) {
            *o = s + b;
        }
    }
    for (sum, bias) in pieces {
        for ((o, s), b) in out.iter_mut().zip(sum).zip(bias) {
            *o = o.max(s + b);
        }
    }
    let mean = lanes(out, |x| x) / width as f32;
    let variance = lanes(out, |x| (x - mean) * (x - mean)) / width as f32;
    let scale = 1.0 / (variance + 1e-8).sqrt();
    for ((o, g), b) in out.iter_mut().zip(&layer.gain).zip(&layer.shift) {
        *o = (*o - mean) * scale * g + b;
    }
    if let Some(old) = old {
        for (o, x) in out.iter_mut().zip(old) {
            *o += x;
        }
    }
}

/// Sum of `f` over the values, in sixteen lanes so that it can run in parallel.
#[inline(always)]
fn lanes(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let (blocks, rest) = values.as_chunks::<16>();
    let mut sums = [0f32; 16];
    for block in blocks {
        for (sum, x) in sums.iter_mut().zip(block) {
            *sum += f(*x);
        }
    }
    sums.iter().sum::<f32>() + rest.iter().map(|x| f(*x)).sum::<f32>()
}
