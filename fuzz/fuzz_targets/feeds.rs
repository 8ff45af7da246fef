//! Any bytes as a feed: no panic, and every span lies in its text.

#![no_main]

use demarche_reader::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    demarche_fuzz::check_records(data, Format::Feed);
    let _ = demarche_reader::format::feed::items(data);
});
