//! Any bytes as a web archive: no panic, and every span lies in its text.

#![no_main]

use demarche_reader::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| demarche_fuzz::check_records(data, Format::Warc));
