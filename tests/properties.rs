//! Random Unicode through all stages: every span lies in the text on character boundaries, and records survive JSON.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use demarche::pipeline::Demarche;
use demarche::reader::{self, Format, Hint};
use demarche::record::walk::Spans;
use demarche::record::{Line, Record};
use proptest::prelude::*;
use std::sync::LazyLock;

static STAGES: LazyLock<Demarche> = LazyLock::new(|| Demarche::embedded().expect("the stages load"));

/// News-like sentences with disturbances in between.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "\\PC{0,10}",
        3 => Just("Kenya's president met Ugandan ministers in Kampala on Friday. ".to_owned()),
        2 => Just("“We will not accept this,” the envoy told reporters, warning of sanctions. ".to_owned()),
        2 => Just("At least 12 protesters were killed in Dhaka on 3 May 2024, police said.\n\n".to_owned()),
        1 => Just("é😀e\u{301}\u{200d}🇳🇴\u{202e}\u{feff}\0 ".to_owned()),
        1 => Just("\r\n\u{2028}\u{85}\t“”‘’«»—…".to_owned()),
        1 => Just("By Ann Lee\n".to_owned()),
    ];
    proptest::collection::vec(piece, 0..16).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn spans_hold_through_all_stages(text in text(), furniture in any::<bool>()) {
        let hint = Hint { format: Some(Format::Text), ..Hint::default() };
        let Ok(page) = reader::read(text.as_bytes(), &hint) else { return Ok(()) };
        let reading = STAGES.code(page, furniture);
        let mut record = Record::new(reading.page);
        record.doc = Some(reading.doc);
        record.mentions = Some(reading.mentions);
        record.coding = Some(reading.coding);
        let whole = record.page.text.clone();
        record.each_span(&mut |s| {
            assert!(whole.get(s.start as usize..s.end as usize).is_some(), "{s:?} of {} bytes: {whole:?}", whole.len());
        });
        let json = serde_json::to_string(&Line::Record(Box::new(record.clone().to_json()))).unwrap();
        let back: Line = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(back.from_json(), Ok(Line::Record(Box::new(record))));
    }
}
