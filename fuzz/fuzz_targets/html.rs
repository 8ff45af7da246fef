//! Any bytes as an HTML page: no panic, and every span lies in its text.

#![no_main]

use demarche_reader::{Format, Hint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let hint = Hint { format: Some(Format::Html), fetched: Some("2025-07-12".to_owned()), ..Hint::default() };
    if let Ok(page) = demarche_reader::read(data, &hint) {
        demarche_fuzz::check_page(&page);
    }
});
