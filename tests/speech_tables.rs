//! The speech and magnitude tables test themselves: every example sentence is parsed and read as its row says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

use StatementKind::{Direct, Hedged, Indirect, Mixed};
use coder::event::magnitude::MagnitudeReader;
use coder::qualify::QualifierReader;
use coder::quote::StatementFinder;
use record::event::Status;
use record::{ByteSpan, Mentions, Page, StatementKind, Syntax, TokenSpan};
use std::sync::OnceLock;
use tables::reporting::{Frame, Reporting};
use tables::speech::{Cues, Effect, Signatures};

fn pipeline() -> &'static parser::Pipeline {
    static PIPELINE: OnceLock<parser::Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| parser::Pipeline::embedded().expect("the embedded model loads"))
}

fn status(effect: Effect) -> Status {
    match effect {
        Effect::Happened => Status::Happened,
        Effect::Negated => Status::Negated,
        Effect::Possible | Effect::Reported | Effect::Alleged => Status::Possible,
        Effect::Planned | Effect::Hypothetical => Status::Unrealised,
    }
}

/// Status of the word between asterisks.
fn read_marked(reader: &QualifierReader, example: &str) -> Status {
    let at = example.find('*').expect("a marked word");
    let page = Page::plain(&example.replace('*', ""), None);
    let doc = pipeline().parse_page(&page, false);
    let syntax = Syntax::new(&page, &doc);
    let token = doc.tokens_in(ByteSpan::new(at, at + 1)).start as usize;
    reader.read(&syntax, &[], token).status
}

#[test]
fn signatures_hold_in_their_examples() {
    let reader = QualifierReader::embedded().unwrap();
    let mut wrong = Vec::new();
    for row in Signatures::embedded().unwrap().rows() {
        let got = read_marked(&reader, &row.example);
        if got != status(row.positive) && got != status(row.past) {
            wrong.push(format!("{} {}: {got:?}", row.place, row.example));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn cues_and_modals_hold_in_their_examples() {
    let reader = QualifierReader::embedded().unwrap();
    let cues = Cues::embedded().unwrap();
    let mut wrong = Vec::new();
    for (_, row) in cues.cues() {
        let got = read_marked(&reader, &row.example);
        if got != status(row.effect) {
            wrong.push(format!("{} {}: {got:?}", row.place, row.example));
        }
    }
    for (_, row) in cues.modals() {
        let negated = row.example.contains("n't") || row.example.contains(" not ");
        let got = read_marked(&reader, &row.example);
        if got != status(row.values[usize::from(negated)]) {
            wrong.push(format!("{} {}: {got:?}", row.place, row.example));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reporting_words_report_in_their_examples() {
    let finder = StatementFinder::embedded().unwrap();
    let mut wrong = Vec::new();
    for row in Reporting::embedded().unwrap().words() {
        if ![Frame::That, Frame::Quote, Frame::Trail].iter().any(|&f| row.takes(f)) {
            continue;
        }
        let page = Page::plain(&row.example, None);
        let doc = pipeline().parse_page(&page, false);
        let found = finder.find(&Syntax::new(&page, &doc), &Mentions::default());
        if !found.iter().any(|s| s.cue.as_ref().is_some_and(|c| c.lemma == row.lemma)) {
            wrong.push(format!("{} {}", row.place, row.example));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Kind, speaker and content of every statement of a text.
fn statements(text: &str) -> Vec<(StatementKind, String, String)> {
    let finder = StatementFinder::embedded().unwrap();
    let page = Page::plain(text, None);
    let doc = pipeline().parse_page(&page, false);
    let syntax = Syntax::new(&page, &doc);
    let found = finder.find(&syntax, &Mentions::default());
    let speaker = |s: &record::Statement| s.speaker.as_ref().map_or("", |x| syntax.slice(x.span)).to_owned();
    found.iter().map(|s| (s.kind, speaker(s), syntax.slice(s.content).to_owned())).collect()
}

/// Kind, speaker and words of the statements that a text holds.
type Case<'a> = (&'a str, &'a [(StatementKind, &'a str, &'a str)]);

fn check(cases: &[Case<'_>]) {
    for (text, want) in cases {
        let want: Vec<_> = want.iter().map(|(k, s, c)| (*k, (*s).to_owned(), (*c).to_owned())).collect();
        assert_eq!(statements(text), want, "{text}");
    }
}

#[test]
fn quotations_in_every_layout() {
    check(&[
        (
            "“We left at dawn,” said Ana Ruiz, the mayor. “Nobody helped us.”",
            &[
                (Direct, "Ana Ruiz, the mayor", "We left at dawn"),
                (Direct, "Ana Ruiz, the mayor", "Nobody helped us"),
            ],
        ),
        (
            "\"We built a school.\n\n\"We built a road.\n\n\"Now they want it,\" said Joseph Okello.",
            &[
                (Direct, "Joseph Okello", "We built a school"),
                (Direct, "Joseph Okello", "We built a road"),
                (Direct, "Joseph Okello", "Now they want it"),
            ],
        ),
        (
            "The foreign minister said:\n\nThe raid is a crime. We will answer it.\n\nThis must end now.",
            &[
                (Direct, "The foreign minister", "The raid is a crime. We will answer it"),
                (Direct, "The foreign minister", "This must end now"),
            ],
        ),
        (
            "\"This is the moment for courage.\" – Angela Brandt",
            &[(Direct, "Angela Brandt", "This is the moment for courage")],
        ),
        (
            "Luis Ortega: We should have acted earlier.",
            &[(Direct, "Luis Ortega", "We should have acted earlier")],
        ),
        (
            "From Luis Ortega: We should have acted earlier.",
            &[(Direct, "Luis Ortega", "We should have acted earlier")],
        ),
        (
            "Q: Did the army leave the town?\n\nA: Not before the end of the month.",
            &[(Direct, "", "Did the army leave the town"), (Direct, "", "Not before the end of the month")],
        ),
        (
            "“We left,” said Ana Ruiz. She waited. “Then they came back and burned the school.”",
            &[
                (Direct, "Ana Ruiz", "We left"),
                (Direct, "Ana Ruiz", "Then they came back and burned the school"),
            ],
        ),
    ]);
}

#[test]
fn clauses_and_noun_phrases() {
    check(&[
        (
            "The convoy, the army said, was attacked near the border.",
            &[(Indirect, "the army", "The convoy, the army said, was attacked near the border")],
        ),
        (
            "The premier said that the talks had failed and that the envoy had left.",
            &[(Indirect, "The premier", "the talks had failed and that the envoy had left")],
        ),
        (
            "The premier said the law was \"a clear step back\".",
            &[(Mixed, "The premier", "the law was \"a clear step back")],
        ),
        (
            "According to two officials, the missiles were moved.",
            &[(Indirect, "two officials", "the missiles were moved")],
        ),
        (
            "She rejected his claim that the army had fired first.",
            &[(Indirect, "his", "the army had fired first")],
        ),
        (
            "The admiral issued a warning that ships would be stopped.",
            &[(Indirect, "The admiral", "ships would be stopped")],
        ),
    ]);
}

#[test]
fn sources_and_hedges() {
    check(&[
        (
            "The bishop condemned what he called a massacre of farmers by soldiers.",
            &[(Indirect, "he", "a massacre of farmers by soldiers")],
        ),
        ("The envoy thanked Kenya for what he described as steady help.", &[(Indirect, "he", "steady help")]),
        (
            "Choe reiterated the army's support for the war.",
            &[(Indirect, "Choe", "the army's support for the war")],
        ),
        (
            "The rebels have reportedly sold the copper to Chinese traders.",
            &[(Hedged, "", "The rebels have reportedly sold the copper to Chinese traders")],
        ),
        (
            "The report says that the bridge was mined and that nobody was warned.",
            &[(Indirect, "The report", "the bridge was mined and that nobody was warned")],
        ),
        (
            "Two sources say the general has left the capital.",
            &[(Indirect, "Two sources", "the general has left the capital")],
        ),
        (
            "The captain is believed to have fled to Syria.",
            &[(Hedged, "", "The captain is believed to have fled to Syria")],
        ),
    ]);
}

#[test]
fn numbers_become_intervals() {
    let reader = MagnitudeReader::embedded().unwrap();
    let cases: &[(&str, &[(&str, f64, Option<f64>, &str)])] = &[
        (
            "At least 12 people were killed and 30 wounded in the blast.",
            &[("killed", 12.0, None, "people"), ("injured", 30.0, Some(30.0), "people")],
        ),
        ("Dozens of protesters were arrested in Minsk.", &[("arrested", 24.0, Some(99.0), "people")]),
        ("Up to 2,000 troops will be deployed along the border.", &[("troops", 0.0, Some(2000.0), "people")]),
        ("Between 20 and 30 soldiers died in the ambush.", &[("killed", 20.0, Some(30.0), "people")]),
        ("The United States pledged $20 million in aid to Kenya.", &[("money", 2e7, Some(2e7), "USD")]),
        ("The death toll rose to 107 on Friday.", &[("killed", 107.0, Some(107.0), "people")]),
        ("Prices rose 12 percent in 2019.", &[]),
    ];
    for (text, want) in cases {
        let page = Page::plain(text, None);
        let doc = pipeline().parse_page(&page, false);
        let syntax = Syntax::new(&page, &doc);
        let found = reader.read(&syntax, TokenSpan::new(0, doc.tokens.len()));
        let got: Vec<_> = found.iter().map(|m| (m.kind.as_str(), m.low, m.high, m.unit.as_str())).collect();
        assert_eq!(got, *want, "{text}");
    }
}
