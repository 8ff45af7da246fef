//! Any text as a knowledge table, and any text as a frame of the lexicon's grammar: read or refused, never a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(rows) = demarche_tables::tsv::rows("x.tsv", text, &["a", "b", "c"]) {
        for row in rows {
            let _ = (row.cells::<3>(), row.list(1).count(), row.error("x").to_string());
        }
    }
    let _ = demarche_tables::actors::Day::parse(text);
});
