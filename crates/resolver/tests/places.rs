//! The place stage on small hand-made parses: which place a name stands for, and that no text makes it stumble.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

use demarche_resolver::place::PlaceResolver;
use proptest::prelude::*;
use record::{ByteSpan, Doc, Entity, Found, Page, PlaceMention, Sentence, Syntax, Token, TokenSpan};
use std::sync::LazyLock;

static PLACES: LazyLock<PlaceResolver> = LazyLock::new(|| PlaceResolver::embedded().unwrap());

/// A flat parse: words and signs as tokens, a sentence a block, capitalised words as proper nouns.
fn flat(page: &Page) -> Doc {
    let mut doc = Doc::default();
    for (number, block) in page.blocks.iter().enumerate() {
        let first = doc.tokens.len();
        let text = block.span.of(&page.text);
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let word = |c: char| c.is_alphanumeric() || c == '.';
            let len = match c {
                c if c.is_whitespace() => 0,
                c if word(c) => text[at..].find(|c| !word(c)).unwrap_or(text.len() - at),
                c => c.len_utf8(),
            };
            if len > 0 {
                let start = block.span.start as usize + at;
                let proper = c.is_uppercase();
                doc.tokens.push(Token {
                    span: ByteSpan::new(start, start + len),
                    tag: if proper { "NNP" } else { "NN" }.into(),
                    pos: if proper { "PROPN" } else { "NOUN" }.into(),
                    head: doc.tokens.len() as u32,
                    dep: "ROOT".into(),
                    ..Token::default()
                });
            }
            at += len.max(if len == 0 { c.len_utf8() } else { 0 });
        }
        let tokens = TokenSpan::new(first, doc.tokens.len());
        if !tokens.is_empty() {
            doc.sentences.push(Sentence { tokens, span: block.span, block: number as u32 });
        }
    }
    doc
}

/// Resolves the names given, at their first places in the text.
fn resolved(text: &str, names: &[&str], outlet: Option<&str>) -> Vec<PlaceMention> {
    let mut page = Page::plain(text, None);
    page.meta.publisher = outlet.map(|o| Found::new(o.to_owned(), "given"));
    let doc = flat(&page);
    let syntax = Syntax::new(&page, &doc);
    let mut at = 0;
    let spans: Vec<ByteSpan> = names
        .iter()
        .map(|n| {
            let start = at + text[at..].find(n).unwrap();
            at = start + n.len();
            ByteSpan::new(start, start + n.len())
        })
        .collect();
    PLACES.resolve_spans(&syntax, &spans)
}

fn places(text: &str, names: &[&str]) -> Vec<(String, String, String)> {
    resolved(text, names, None).into_iter().map(summary).collect()
}

fn summary(m: PlaceMention) -> (String, String, String) {
    let p = m.place.unwrap_or_default();
    (p.name, p.adm1.unwrap_or_default(), p.country.unwrap_or_default().to_string())
}

fn is(found: &(String, String, String), name: &str, adm1: &str, country: &str) {
    assert_eq!((found.0.as_str(), found.1.as_str(), found.2.as_str()), (name, adm1, country));
}

#[test]
fn the_area_named_after_a_town_decides() {
    let found = places("A barn burned down in Paris, Texas, overnight.", &["Paris", "Texas"]);
    is(&found[0], "Paris", "Texas", "USA");
    is(&found[1], "Texas", "", "USA");
    let found =
        places("She moved from London, Ont., to Cambridge, Mass.", &["London", "Ont.", "Cambridge", "Mass."]);
    is(&found[0], "London", "Ontario", "CAN");
    is(&found[1], "Ontario", "", "CAN");
    is(&found[2], "Cambridge", "Massachusetts", "USA");
    is(&found[3], "Massachusetts", "", "USA");
}

#[test]
fn famous_places_win_without_context() {
    let found =
        places("Envoys flew to Paris after the talks in Cairo and Lima.", &["Paris", "Cairo", "Lima"]);
    assert_eq!(found.iter().map(|f| f.2.as_str()).collect::<Vec<_>>(), ["FRA", "EGY", "PER"]);
}

#[test]
fn the_other_names_decide_between_a_country_and_a_state() {
    let found =
        places("Georgia shut the pass; in Tbilisi and Batumi crowds met.", &["Georgia", "Tbilisi", "Batumi"]);
    is(&found[0], "Georgia", "", "GEO");
    let found = places(
        "Georgia shut schools from Atlanta to Savannah, as Alabama did.",
        &["Georgia", "Atlanta", "Savannah", "Alabama"],
    );
    is(&found[0], "Georgia", "", "USA");
}

#[test]
fn a_local_paper_means_its_own_town() {
    let text = "The fair returns to Athens on Sunday.";
    let at_home = resolved(text, &["Athens"], Some("onlineathens.com"));
    assert_eq!(at_home[0].place.as_ref().unwrap().country.as_deref(), Some("USA"));
    let abroad = resolved(text, &["Athens"], None);
    assert_eq!(abroad[0].place.as_ref().unwrap().country.as_deref(), Some("GRC"));
}

#[test]
fn our_own_features_have_coordinates_and_rows() {
    let found = resolved(
        "Tankers left the Strait of Hormuz for the Red Sea.",
        &["Strait of Hormuz", "Red Sea"],
        None,
    );
    let strait = found[0].place.as_ref().unwrap();
    assert!((strait.lat - 26.6).abs() < 1.0 && (strait.lon - 56.3).abs() < 1.0);
    assert_eq!(strait.precision, "sea");
    assert!(found[0].why.row.as_ref().unwrap().starts_with("places/features.tsv:"));
}

#[test]
fn a_name_in_no_table_is_put_where_it_is_told() {
    let found = resolved(
        "Police in Topeka, Kansas, closed Qwzzlebrook Pond.",
        &["Topeka", "Kansas", "Qwzzlebrook Pond"],
        None,
    );
    let pond = found[2].place.as_ref().unwrap();
    assert_eq!(
        (pond.precision.as_str(), pond.geonames_id, pond.country.as_deref()),
        ("near", None, Some("USA"))
    );
    assert_eq!(found[2].why.rule, "place/near");
}

#[test]
fn losers_are_kept_with_their_odds() {
    let found = resolved("A train left Springfield.", &["Springfield"], None);
    assert!(!found[0].why.rejected.is_empty());
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Paris".to_owned()),
        Just("St. ".to_owned()),
        Just(", Texas".to_owned()),
        Just("New York".to_owned()),
        Just(" County".to_owned()),
        Just("al-".to_owned()),
        Just("’s ".to_owned()),
        Just("(".to_owned()),
        Just("\n".to_owned()),
        Just(" in ".to_owned()),
        Just("İ🇧🇩ﷺe\u{301}".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn spans_lie_in_the_text(text in text(), label in "GPE|PERSON|ORG", cut in 0usize..9) {
        let page = Page::plain(&text, None);
        let mut doc = flat(&page);
        let n = doc.tokens.len();
        if n > 0 {
            doc.entities.push(Entity { tokens: TokenSpan::new(cut % n, (cut % n + 3).min(n)), label: label.as_str().into() });
        }
        let syntax = Syntax::new(&page, &doc);
        let mut last = 0;
        for m in PLACES.resolve(&syntax, &[]) {
            prop_assert!(text.get(m.span.range()).is_some_and(|s| !s.is_empty()));
            prop_assert!(m.span.start >= last);
            last = m.span.end;
            if let Some(p) = m.place {
                prop_assert!(p.lat.abs() <= 90.0 && p.lon.abs() <= 180.0);
            }
        }
        let odd = [ByteSpan::new(0, text.len()), ByteSpan::new(text.len() + 7, text.len() + 9)];
        prop_assert_eq!(PLACES.resolve_spans(&syntax, &odd).len(), 2);
    }
}
