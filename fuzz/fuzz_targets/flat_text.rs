//! Any bytes as flattened text, with and without a format given: no panic, and every span lies in its text.

#![no_main]

use demarche_reader::{Format, Hint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for format in [Some(Format::Text), None] {
        if let Ok(page) = demarche_reader::read(data, &Hint { format, ..Hint::default() }) {
            demarche_fuzz::check_page(&page);
        }
    }
});
