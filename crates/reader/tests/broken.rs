//! Broken pages of our own and random text: never a panic, and every span lies in its text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use demarche_reader::{Effort, Format, Hint, Outcome, open, read};
use proptest::prelude::*;
use record::Page;
use record::walk::Spans;
use std::path::Path;

/// What must hold of every page.
fn check(page: &Page, name: &str) {
    let mut copy = page.clone();
    let text = page.text.as_str();
    copy.each_span(&mut |s| {
        let part = text.get(s.start as usize..s.end as usize);
        assert!(part.is_some(), "{name}: span {s:?} of {} bytes", text.len());
    });
    let mut at = 0;
    for block in &page.blocks {
        assert!(block.span.start >= at && block.span.end > block.span.start, "{name}: blocks at {at}");
        at = block.span.end;
    }
    let meta = &page.meta;
    for found in
        [&meta.headline, &meta.desk, &meta.section, &meta.dateline].into_iter().flatten().chain(&meta.authors)
    {
        if let Some(span) = found.span {
            let quoted = span.of(text);
            assert!(!quoted.trim().is_empty(), "{name}: {found:?} stands on white space");
        }
    }
}

#[test]
fn broken_pages_are_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/broken");
    let mut seen = 0;
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").flatten().map(|e| e.path()).collect();
    files.sort();
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let hint = Hint { source: name.clone(), ..Hint::default() };
        let bytes = std::fs::read(&path).expect("a file");
        let Ok(source) = open(bytes.as_slice(), &hint) else { continue };
        for piece in source.pieces() {
            if let Ok(Outcome::Page(page)) = piece.and_then(|p| p.read()) {
                check(&page, &name);
                seen += 1;
            }
        }
    }
    assert!(seen >= 25, "{seen} pages came out of the broken ones");
}

/// Text with what breaks careless code: characters of every width, line ends of all kinds, marks, pieces of markup.
/// Libraries that call themselves for every level would overflow the stack, which no one can catch.
#[test]
fn pages_nested_without_end_are_read() {
    for tag in ["div", "span", "b", "blockquote", "table", "ul", "p", "button"] {
        for effort in [Effort::Accurate, Effort::Fast] {
            let html =
                format!("<html><body>{}It is cold, and the wind blows.", format!("<{tag}>").repeat(50_000));
            let hint = Hint { format: Some(Format::Html), effort, ..Hint::default() };
            let page = read(html.as_bytes(), &hint);
            assert!(page.is_ok_and(|p| p.text.contains("It is cold")), "{tag}, {effort:?}");
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "\\PC{0,12}",
        2 => Just("The minister met envoys in Oslo on 3 May 2024. ".to_owned()),
        1 => Just("By Ann Lee\n".to_owned()),
        1 => Just("OSLO, May 3 (NTB) – ".to_owned()),
        1 => Just("\r\n\n\u{2028}\u{85}\t ".to_owned()),
        1 => Just("“é😀e\u{301}\u{200d}🇳🇴\u{202e}”\u{feff}\0".to_owned()),
        1 => Just("<p>".to_owned()),
        1 => Just("</div><h1>&amp;&#x1F600;&#0;".to_owned()),
        1 => Just("<title>Ünïcode “x”</title><meta charset=latin1>".to_owned()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn spans_hold_over_random_unicode(text in text(), as_html in any::<bool>()) {
        let format = Some(if as_html { Format::Html } else { Format::Text });
        if let Ok(page) = read(text.as_bytes(), &Hint { format, ..Hint::default() }) {
            check(&page, &text);
        }
    }

    #[test]
    fn spans_hold_over_random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(page) = read(&bytes, &Hint::default()) {
            check(&page, "bytes");
        }
    }

    #[test]
    fn spans_come_back_from_json(text in text()) {
        let page = Page::plain(&text, None);
        let line = record::Line::Record(Box::new(record::Record::new(page.clone()).to_json()));
        let json = serde_json::to_string(&line).unwrap();
        let back: record::Line = serde_json::from_str(&json).unwrap();
        let Ok(record::Line::Record(back)) = back.from_json() else { panic!("no record came back") };
        prop_assert_eq!(back.page, page);
    }
}

#[test]
fn pages_without_end_are_refused() {
    let pages = [
        (Format::Html, "<p>word one. </p>".repeat(120_000)),
        (Format::Html, format!("<p>{}</p>", "a b ".repeat(800_000))),
        (Format::Text, "word\n".repeat(120_000)),
    ];
    for (format, page) in pages {
        let hint = Hint { format: Some(format), ..Hint::default() };
        let error = read(page.as_bytes(), &hint).unwrap_err();
        assert_eq!(error.kind(), demarche_reader::ErrorKind::TooLarge, "{error}");
    }
}
