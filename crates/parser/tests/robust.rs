//! Any text, any page: spans fit, trees hold together, time stays bounded; blocks are parsed as if alone.

#![allow(clippy::unwrap_used)] // a test that fails may panic

use demarche_parser::Pipeline;
use proptest::prelude::*;
use record::{Block, BlockKind, ByteSpan, Doc, Page};
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::embedded().unwrap());

/// What holds of every parse of `text`.
fn check(text: &str, doc: &Doc) {
    let mut at = 0;
    for token in &doc.tokens {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        assert!(text.get(start..end).is_some_and(|t| !t.is_empty()), "{:?} in {text:?}", token.span);
        assert_eq!(at, start, "tokens and their spaces leave nothing out of {text:?}");
        at = end;
        if token.space_after {
            assert_eq!(&text[end..=end], " ");
            at += 1;
        }
        assert!((token.head as usize) < doc.tokens.len());
    }
    assert_eq!(at, text.len());
    let mut next = 0;
    for sentence in &doc.sentences {
        assert_eq!(sentence.tokens.start, next);
        assert!(!sentence.tokens.is_empty());
        next = sentence.tokens.end;
        for token in &doc.tokens[sentence.tokens.range()] {
            assert!(sentence.tokens.holds(token.head as usize), "a head outside its sentence in {text:?}");
        }
        assert!(doc.bytes_of(sentence.tokens).covers(sentence.span));
    }
    assert_eq!(next as usize, doc.tokens.len());
    for pair in doc.entities.windows(2) {
        assert!(pair[0].tokens.end <= pair[1].tokens.start);
    }
    for entity in &doc.entities {
        assert!(!entity.tokens.is_empty() && !entity.label.is_empty());
        let sentence = doc.sentence_of(entity.tokens.start as usize).map(|s| doc.sentences[s].tokens);
        assert!(sentence.is_some_and(|s| s.covers(entity.tokens)), "an entity crosses sentences in {text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_text(text in r"\PC{0,60}") {
        check(&text, &PIPELINE.parse_text(&text));
    }

    #[test]
    fn any_characters_at_all(text in proptest::collection::vec(any::<char>(), 0..60)) {
        let text: String = text.into_iter().collect();
        check(&text, &PIPELINE.parse_text(&text));
    }

    #[test]
    fn words_spaces_and_marks(text in r#"([A-Z]?[a-z]{1,7}|[0-9]{1,4}|[ \t\n]{1,3}|[.,;:!?"'()$%-]|don't|:-\)|10a\.m\.| )( ?)"#) {
        check(&text, &PIPELINE.parse_text(&text));
    }

    #[test]
    fn blocks_are_parsed_as_if_alone(texts in proptest::collection::vec("[A-Z][a-z]{1,8}( [a-z]{1,8}){0,9}[.!?]", 1..6)) {
        let page = Page::plain(&texts.join("\n"), None);
        let doc = PIPELINE.parse_page(&page, false);
        let mut first = 0;
        for (index, block) in page.blocks.iter().enumerate() {
            let alone = PIPELINE.parse_text(block.span.of(&page.text));
            for (ours, theirs) in doc.tokens[first..].iter().zip(&alone.tokens) {
                prop_assert_eq!(ours.span.start, theirs.span.start + block.span.start);
                prop_assert_eq!(ours.head as usize, theirs.head as usize + first);
                prop_assert_eq!((&ours.tag, &ours.dep, &ours.lemma), (&theirs.tag, &theirs.dep, &theirs.lemma));
            }
            first += alone.tokens.len();
            let sentences = doc.sentences.iter().filter(|s| s.block as usize == index).count();
            prop_assert_eq!(sentences, alone.sentences.len());
        }
        prop_assert_eq!(first, doc.tokens.len());
    }
}

#[test]
fn texts_that_hurt() {
    let long = 1 << 20;
    for text in [
        String::new(),
        " ".to_owned(),
        "\0\0 a\0b \u{1c}\u{feff}\u{202e}".to_owned(),
        "a".repeat(long),
        "é".repeat(long / 2),
        "a@".repeat(long / 2),
        format!("{}.com/{}", "a".repeat(60), "b".repeat(long)),
        "a.".repeat(long / 20),
        "(".repeat(3000),
        ")".repeat(3000),
        ".".repeat(long),
        "👨‍👩‍👧".repeat(500),
        "\n".repeat(long),
        " a".repeat(3000),
        "שלום עולם, ".repeat(300),
    ] {
        check(&text, &PIPELINE.parse_text(&text));
    }
}

#[test]
fn a_long_text_is_parsed_in_pieces_without_seams() {
    // The same paragraph many times: far from the ends every copy must come out alike, whatever piece it falls into.
    let paragraph = "The two sides met in Geneva on Monday. They agreed to free the prisoners whom the rebels had taken. ";
    let text = paragraph.repeat(120);
    let doc = PIPELINE.parse_text(&text);
    check(&text, &doc);
    let each = PIPELINE.parse_text(&paragraph.repeat(3)).tokens.len() / 3;
    let copy = |i: usize| &doc.tokens[i * each..(i + 1) * each];
    for i in 2..118 {
        for (a, b) in copy(1).iter().zip(copy(i)) {
            assert_eq!((&a.tag, &a.dep), (&b.tag, &b.dep), "copy {i}");
            assert_eq!(a.head as usize + (i - 1) * each, b.head as usize, "copy {i}");
        }
    }
}

#[test]
fn furniture_is_parsed_on_request() {
    let text = "Ministers meet in Oslo\nThey signed nothing.\nMore news";
    let block = |kind: BlockKind, a: usize, b: usize| Block { kind, span: ByteSpan::new(a, b) };
    let blocks = vec![
        block(BlockKind::Headline, 0, 22),
        block(BlockKind::Paragraph, 23, 43),
        block(BlockKind::Navigation, 44, 53),
        block(BlockKind::Paragraph, 50, 9999),
    ];
    let page = Page { text: text.to_owned(), blocks, ..Page::default() };
    let body = PIPELINE.parse_page(&page, false);
    assert_eq!(body.sentences.len(), 1);
    assert_eq!(body.sentences[0].span.of(text), "They signed nothing.");
    assert_eq!(body.sentences[0].block, 1);
    let all = PIPELINE.parse_page(&page, true);
    assert_eq!(all.sentences.iter().map(|s| s.block).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(all.sentences[0].span.of(text), "Ministers meet in Oslo");
}

#[test]
fn one_pipeline_serves_many_threads() {
    let text = "Police freed 12 hostages in Lagos on Friday, the army said.";
    let alone = PIPELINE.parse_text(text);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..20).for_each(|_| assert_eq!(PIPELINE.parse_text(text), alone)));
        }
    });
}
