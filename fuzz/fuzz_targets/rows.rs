//! Any bytes as a table, comma- or tab-separated, or as whatever they look like, packed or not: no panic, and every span lies in its text.

#![no_main]

use demarche_reader::{Format, Hint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    demarche_fuzz::check_records(data, Format::Csv);
    demarche_fuzz::check_records(data, Format::Tsv);
    let hint = Hint::default();
    for page in demarche_reader::records(data, &hint).flatten() {
        demarche_fuzz::check_page(&page);
    }
});
