//! A pipeline with one file replaced by any bytes: loads or is refused, never panics; what loads parses.
//!
//! The first byte chooses the file. A second mode keeps the file and overwrites a stretch of it, so that bytes deep inside
//! well-formed MessagePack change.

#![no_main]

use demarche_parser::Pipeline;
use libfuzzer_sys::fuzz_target;

const FILES: &[&str] = &[
    "config.cfg",
    "tokenizer",
    "vocab/lookups.bin",
    "tagger/model",
    "tagger/cfg",
    "parser/model",
    "parser/moves",
    "attribute_ruler/patterns",
    "ner/moves",
];

fuzz_target!(|data: &[u8]| {
    let [choice, mode, a, b, rest @ ..] = data else { return };
    let model = demarche_assets::model();
    let name = FILES[*choice as usize % FILES.len()];
    let bytes = if mode % 2 == 0 {
        rest.to_vec()
    } else {
        let mut bytes = model.get(name).unwrap_or_default().to_vec();
        let at = usize::from(u16::from_le_bytes([*a, *b])) * bytes.len() / 65_536;
        for (old, new) in bytes[at..].iter_mut().zip(rest) {
            *old = *new;
        }
        bytes
    };
    let get = |wanted: &str| if wanted == name { Some(bytes.clone()) } else { model.get(wanted).map(<[u8]>::to_vec) };
    if let Ok(pipeline) = Pipeline::from_files(&get) {
        pipeline.parse_text("The two ministers can't have met in Oslo on 3 May.");
    }
});
