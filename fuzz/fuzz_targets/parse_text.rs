//! Any text to a parse: no panic, and tokens with their spaces make up the text.

#![no_main]

use demarche_parser::Pipeline;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::embedded().expect("the embedded model loads"));

fuzz_target!(|text: &str| {
    let doc = PIPELINE.parse_text(text);
    let mut rebuilt = String::with_capacity(text.len());
    for token in &doc.tokens {
        assert!((token.head as usize) < doc.tokens.len());
        rebuilt.push_str(token.span.of(text));
        if token.space_after {
            rebuilt.push(' ');
        }
    }
    assert_eq!(rebuilt, text);
});
