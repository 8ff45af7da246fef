//! Any bytes as JSON Lines, of others and of our own: no panic, and every span lies in its text.

#![no_main]

use demarche_reader::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    demarche_fuzz::check_records(data, Format::Jsonl);
    if let Ok(line) = serde_json::from_slice::<demarche_record::Line>(data)
        && let Ok(demarche_record::Line::Record(record)) = line.from_json()
    {
        let _ = serde_json::to_string(&record.to_json());
    }
});
