//! Texts to their annotated tokens: the components in order, several texts in one matrix.

use crate::attribute_ruler::{Field, Settings, UNSET, View};
use crate::load::Components;
use crate::ner::{Found, Tokens as NerTokens};
use crate::tok2vec::{Batch, Buffers, EmbedCache};
use crate::tokenizer::{TokenCache, Tokens};
use crate::transition::SlotTable;
use crate::tree::Tree;
use crate::vocab::{Lexicon, WordId};
use hashbrown::HashMap;
use pulp::Arch;
use record::{ByteSpan, Token};
use smol_str::SmolStr;

/// Tokens that go through the networks together, as far as whole texts allow.
const BATCH: usize = 1024;
/// Word types that a worker remembers before it starts afresh.
const WORDS: usize = 30_000;

/// Caches and buffers of one worker.
pub struct Scratch {
    tokens: TokenCache,
    embeds: Vec<EmbedCache>,
    lemmas: HashMap<(WordId, u16, u16), SmolStr, foldhash::fast::FixedState>,
    buffers: Buffers,
    table: SlotTable,
    work: Vec<f32>,
}

impl Scratch {
    /// For a pipeline with this number of networks.
    pub fn new(networks: usize) -> Self {
        Scratch {
            tokens: TokenCache::default(),
            embeds: (0..networks).map(|_| EmbedCache::default()).collect(),
            lemmas: HashMap::default(),
            buffers: Buffers::default(),
            table: SlotTable::default(),
            work: Vec::new(),
        }
    }

    /// Forgets everything when the caches have grown large.
    fn trim(&mut self) {
        if self.tokens.lexicon.len() > WORDS || self.tokens.chunks() > 2 * WORDS {
            *self = Scratch::new(self.embeds.len());
        }
    }
}

/// One text's annotations. Spans count from its first byte.
pub struct Annotated {
    /// Tokens; heads count from the first.
    pub tokens: Vec<Token>,
    /// True for the first token of each sentence.
    pub starts: Vec<bool>,
    /// Entities in order.
    pub entities: Vec<Found>,
}

/// Vectors of a batch as its components want them.
#[derive(Default)]
struct Vectors {
    tags: Vec<u16>,
    parser: Vec<f32>,
    ner: Vec<f32>,
}

/// Annotates texts, each as if it were parsed alone.
pub fn annotate(parts: &Components, arch: Arch, texts: &[&str], scratch: &mut Scratch) -> Vec<Annotated> {
    scratch.trim();
    let mut out = Vec::with_capacity(texts.len());
    let mut waiting = Vec::new();
    let mut size = 0;
    for text in texts {
        let tokens = parts.tokenizer.tokenize(&parts.vocab, text, &mut scratch.tokens);
        size += tokens.len();
        waiting.push(tokens);
        if size >= BATCH {
            run(parts, arch, &waiting, scratch, &mut out);
            waiting.clear();
            size = 0;
        }
    }
    run(parts, arch, &waiting, scratch, &mut out);
    out
}

fn run(parts: &Components, arch: Arch, texts: &[Tokens], scratch: &mut Scratch, out: &mut Vec<Annotated>) {
    let mut batch = Batch::default();
    for tokens in texts {
        batch.tokens.extend(tokens.word.iter().copied().zip(tokens.space.iter().copied()));
        batch.lengths.push(tokens.len());
    }
    let vectors = vectors(parts, arch, &batch, scratch);
    let mut first = 0;
    for tokens in texts {
        let range = first..first + tokens.len();
        first = range.end;
        let lexicon = &scratch.tokens.lexicon;
        let spaces: Vec<bool> = tokens.word.iter().map(|&w| lexicon.word(w).is_space).collect();
        let inner = parts.parser.scorer.inner();
        let projected = &vectors.parser[range.start * inner..range.end * inner];
        let tree = parts.parser.parse(arch, projected, &spaces, &mut scratch.table);
        let entities = parts.ner.as_ref().map_or_else(Vec::new, |ner| {
            let inner = ner.scorer.inner();
            let projected = &vectors.ner[range.start * inner..range.end * inner];
            ner.find(arch, projected, NerTokens { spaces: &spaces, starts: &tree.starts }, &mut scratch.table)
        });
        let tags: Vec<SmolStr> = vectors.tags[range]
            .iter()
            .map(|&t| parts.tagger.labels.get(t as usize).cloned().unwrap_or_default())
            .collect();
        let settings = rules(parts, lexicon, tokens, &tags, &tree);
        let mut annotated =
            Annotated { tokens: Vec::with_capacity(tokens.len()), starts: Vec::new(), entities };
        for (i, (tag, settings)) in tags.into_iter().zip(settings).enumerate() {
            let known = Known { tokens, i, tag, tree: &tree, settings };
            annotated.tokens.push(token(parts, &scratch.tokens.lexicon, known, &mut scratch.lemmas));
        }
        annotated.starts = tree.starts;
        out.push(annotated);
    }
}

fn vectors(parts: &Components, arch: Arch, batch: &Batch, scratch: &mut Scratch) -> Vectors {
    let mut out = Vectors::default();
    let Scratch { tokens, embeds, buffers, work, .. } = scratch;
    for (reading, cache) in parts.networks.iter().zip(embeds) {
        let mut sink = |rows: &[f32]| {
            if reading.tagger {
                parts.tagger.tag(arch, rows, work, &mut out.tags);
            }
            if reading.parser {
                parts.parser.scorer.project(arch, rows, work, &mut out.parser);
            }
            if let Some(ner) = parts.ner.as_ref().filter(|_| reading.ner) {
                ner.scorer.project(arch, rows, work, &mut out.ner);
            }
        };
        reading.network.run(arch, (&tokens.lexicon, batch), cache, buffers, &mut sink);
    }
    out
}

fn rules(
    parts: &Components,
    lexicon: &Lexicon,
    tokens: &Tokens,
    tags: &[SmolStr],
    tree: &Tree,
) -> Vec<Settings> {
    let Some(ruler) = &parts.ruler else { return vec![[UNSET; 5]; tokens.len()] };
    let words = tokens.word.iter().map(|&w| lexicon.word(w));
    let views: Vec<View<'_>> =
        words.zip(tags).zip(&tree.label).map(|((word, tag), dep)| View { word, tag, dep }).collect();
    ruler.apply(&views)
}

/// What is known of one token before its lemma.
struct Known<'a> {
    tokens: &'a Tokens,
    i: usize,
    tag: SmolStr,
    tree: &'a Tree,
    settings: Settings,
}

type Lemmas = HashMap<(WordId, u16, u16), SmolStr, foldhash::fast::FixedState>;

fn token(parts: &Components, lexicon: &Lexicon, known: Known<'_>, lemmas: &mut Lemmas) -> Token {
    let Known { tokens, i, tag, tree, settings } = known;
    let word = lexicon.word(tokens.word[i]);
    let set = |field: Field| parts.ruler.as_ref().and_then(|r| r.value(settings[field as usize])).cloned();
    let (pos, morph) = (set(Field::Pos).unwrap_or_default(), set(Field::Morph).unwrap_or_default());
    let lemma = set(Field::Lemma).or_else(|| {
        let lemmatizer = parts.lemmatizer.as_ref()?;
        let key = (tokens.word[i], settings[Field::Pos as usize], settings[Field::Morph as usize]);
        Some(lemmas.entry(key).or_insert_with(|| lemmatizer.lemma(word, &pos, &morph)).clone())
    });
    let start = tokens.start[i] as usize;
    Token {
        span: ByteSpan::new(start, start + word.text.len()),
        space_after: tokens.space[i],
        norm: word.norm.clone(),
        lemma: lemma.unwrap_or_default(),
        tag: set(Field::Tag).unwrap_or(tag),
        pos,
        morph,
        head: u32::try_from(tree.head[i]).unwrap_or(u32::MAX),
        dep: set(Field::Dep).unwrap_or_else(|| tree.label[i].clone()),
    }
}
