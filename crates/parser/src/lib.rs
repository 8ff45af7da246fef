//! Page to Doc: a runtime for spaCy v3 pipelines.
//!
//! It loads the files of a trained spaCy pipeline (tokenizer, tok2vec, tagger, dependency parser, attribute ruler, rule
//! lemmatizer, entity recogniser) and gives the same annotations as spaCy, token for token, without Python.

mod annotate;
mod arc_eager;
mod attribute_ruler;
mod error;
mod hash;
mod lemmatizer;
mod linear;
mod load;
mod model;
mod ner;
mod tagger;
mod tok2vec;
mod tokenizer;
mod transition;
mod tree;
mod unicode;
mod vocab;

pub use error::{Error, ErrorKind};

use annotate::{Annotated, Scratch, annotate};
use load::Components;
use model::files::Files;
use pulp::Arch;
use record::{ByteSpan, Doc, Entity, Page, Sentence, TokenSpan};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A loaded pipeline: tokenizer, tok2vec, tagger, parser, attribute ruler, lemmatizer, entity recogniser.
///
/// It is shared between threads by reference; each call takes caches of its own from a pool.
///
/// ```
/// let pipeline = demarche_parser::Pipeline::embedded()?;
/// let doc = pipeline.parse_text("The minister met rebel leaders in Geneva.");
/// let met = &doc.tokens[2];
/// assert_eq!((met.lemma.as_str(), met.pos.as_str(), met.dep.as_str()), ("meet", "VERB", "ROOT"));
/// assert_eq!(doc.tokens[1].head, 2);
/// assert_eq!(doc.entities[0].label, "GPE");
/// # Ok::<(), demarche_parser::Error>(())
/// ```
pub struct Pipeline {
    parts: Components,
    arch: Arch,
    pool: Mutex<Vec<Scratch>>,
}

impl Pipeline {
    /// Loads the embedded model.
    ///
    /// # Errors
    /// The embedded weights are damaged.
    pub fn embedded() -> Result<Self, Error> {
        Self::load(&Files::Embedded(assets::model())).map_err(|e| e.within("embedded model"))
    }

    /// Loads another spaCy v3 CNN pipeline from its folder, or from the folder of the package that holds it.
    ///
    /// # Errors
    /// The folder is no pipeline, a file is missing, cut off or inconsistent, or the pipeline has components or
    /// architectures that this runtime does not know. The message names the file.
    pub fn from_dir(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        Files::at(path)
            .and_then(|files| Self::load(&files))
            .map_err(|e| e.within(&path.display().to_string()))
    }

    /// Loads a pipeline whose files the caller hands out by their path inside its folder (`tok2vec/model`).
    ///
    /// # Errors
    /// As [`Pipeline::from_dir`].
    ///
    /// ```
    /// let model = assets::model();
    /// let pipeline = demarche_parser::Pipeline::from_files(&|name| model.get(name).map(<[u8]>::to_vec))?;
    /// assert_eq!(pipeline.parse_text("Talks failed.").tokens.len(), 3);
    /// assert!(demarche_parser::Pipeline::from_files(&|_| None).is_err());
    /// # Ok::<(), demarche_parser::Error>(())
    /// ```
    pub fn from_files(get: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Error> {
        Self::load(&Files::Given(get))
    }

    fn load(files: &Files<'_>) -> Result<Self, Error> {
        Ok(Pipeline { parts: load::load(files)?, arch: Arch::new(), pool: Mutex::new(Vec::new()) })
    }

    fn annotate(&self, texts: &[&str]) -> Vec<Annotated> {
        let taken = self.pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut scratch = taken.unwrap_or_else(|| Scratch::new(self.parts.networks.len()));
        let out = annotate(&self.parts, self.arch, texts, &mut scratch);
        self.pool.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        out
    }

    /// Parses one text as spaCy would: `nlp(text)`. Sentences carry block 0.
    pub fn parse_text(&self, text: &str) -> Doc {
        let mut doc = Doc::default();
        for annotated in self.annotate(&[text]) {
            append(&mut doc, annotated, text, 0, 0);
        }
        doc
    }

    /// Parses the body blocks of a page, each as a text of its own, so that no sentence crosses a block. With
    /// `furniture`, headlines, standfirsts and ticker lines are parsed too. A page in another language than English gives
    /// an empty document.
    pub fn parse_page(&self, page: &Page, furniture: bool) -> Doc {
        if !page.is_english() {
            return Doc::default();
        }
        let wanted = |b: &record::Block| if furniture { b.kind.is_codable() } else { b.kind.is_body() };
        let blocks: Vec<_> = page.blocks.iter().enumerate().filter(|(_, b)| wanted(b)).collect();
        let mut doc = Doc::default();
        let mut rest = blocks.as_slice();
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |(_, b): &&(usize, &record::Block)| {
                bytes += b.span.len();
                bytes <= AT_ONCE
            };
            let (now, later) = rest.split_at(rest.iter().take_while(fits).count().max(1));
            let texts: Vec<&str> = now.iter().map(|(_, b)| b.span.of(&page.text)).collect();
            for (annotated, (index, block)) in self.annotate(&texts).into_iter().zip(now) {
                append(&mut doc, annotated, block.span.of(&page.text), block.span.start, *index);
            }
            rest = later;
        }
        doc
    }
}

/// Bytes of text that are annotated at once: several articles' worth. More would only make the matrices of long pages
/// larger, not faster.
const AT_ONCE: usize = 64 << 10;

/// Adds one text's annotations to a document; the text starts at byte `base`.
fn append(doc: &mut Doc, annotated: Annotated, text: &str, base: u32, block: usize) {
    let first = doc.tokens.len();
    let starts = &annotated.starts;
    let mut from = 0;
    for to in 1..=starts.len() {
        if to == starts.len() || starts[to] {
            let words =
                annotated.tokens[from..to].iter().filter(|t| !t.span.of(text).chars().all(unicode::is_space));
            let mut spans = words.map(|t| t.span);
            let start = spans.next().unwrap_or(annotated.tokens[from].span);
            let span = start.join(spans.next_back().unwrap_or(start));
            let tokens = TokenSpan::new(first + from, first + to);
            doc.sentences.push(Sentence { tokens, span: moved(span, base), block: block as u32 });
            from = to;
        }
    }
    for (tokens, label) in annotated.entities {
        doc.entities.push(Entity { tokens: TokenSpan::new(first + tokens.start, first + tokens.end), label });
    }
    doc.tokens.extend(annotated.tokens.into_iter().map(|mut token| {
        token.span = moved(token.span, base);
        token.head += first as u32;
        token
    }));
}

fn moved(span: ByteSpan, base: u32) -> ByteSpan {
    ByteSpan::from([span.start + base, span.end + base])
}
