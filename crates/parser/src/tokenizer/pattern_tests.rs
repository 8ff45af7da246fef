//! The hand-made matchers against a regular-expression engine on the patterns of the embedded model.

#![allow(clippy::unwrap_used)] // a test that fails may panic

use super::{Affix, Infix, Matcher, Url};
use crate::model::msgpack::{get, parse, text};
use fancy_regex::Regex;
use proptest::prelude::*;
use std::sync::LazyLock;

struct Both {
    prefix: (Affix, Regex),
    suffix: (Affix, Regex),
    infix: (Infix, Regex),
    url: (Url, Regex),
}

static BOTH: LazyLock<Both> = LazyLock::new(|| {
    let value = parse(assets::model().get("tokenizer").unwrap()).unwrap();
    let pattern = |key: &str| get(&value, key).and_then(text).unwrap();
    let regex = |key: &str| Regex::new(pattern(key)).unwrap();
    Both {
        prefix: (Affix::prefix(Some(pattern("prefix_search"))).unwrap(), regex("prefix_search")),
        suffix: (Affix::suffix(Some(pattern("suffix_search"))).unwrap(), regex("suffix_search")),
        infix: (Infix::new(Some(pattern("infix_finditer"))).unwrap(), regex("infix_finditer")),
        url: (Url::new(Some(pattern("url_match"))).unwrap(), regex("url_match")),
    }
});

fn compare(text: &str) {
    let find = |regex: &Regex| regex.find(text).unwrap().map_or(0, |m| m.end() - m.start());
    assert_eq!(BOTH.prefix.0.find(text), find(&BOTH.prefix.1), "prefix of {text:?}");
    assert_eq!(BOTH.suffix.0.find(text), find(&BOTH.suffix.1), "suffix of {text:?}");
    let mut found = Vec::new();
    BOTH.infix.0.each(text, |a, b| found.push((a, b)));
    let expected: Vec<_> =
        BOTH.infix.1.find_iter(text).map(|m| m.unwrap()).map(|m| (m.start(), m.end())).collect();
    assert_eq!(found, expected, "infixes of {text:?}");
    assert_eq!(BOTH.url.0.matches(text), find(&BOTH.url.1) > 0, "address {text:?}");
}

#[test]
fn the_hand_made_matchers_are_in_use() {
    assert!(matches!(BOTH.prefix.0.matcher, Matcher::Fast(_)));
    assert!(matches!(BOTH.suffix.0.matcher, Matcher::Fast(_)));
    assert!(matches!(BOTH.infix.0.matcher, Matcher::Fast(_)));
    assert!(matches!(BOTH.url.0.matcher, Matcher::Fast(_)));
}

/// Words that stand at the edges of the patterns.
const WORDS: &[&str] = &[
    "word",
    "word.",
    "U.S.",
    "(a)",
    "\"Yes,\"",
    "……x",
    "...",
    "..",
    "a..",
    "US$5",
    "5US$",
    "+5",
    "+x",
    "x+",
    "5+",
    "10km",
    "10km²",
    "5m/s.",
    "37°C.",
    "Ab.",
    "AB.",
    "ab.",
    "9.",
    "%.",
    ").",
    "'.",
    "it's",
    "it’S",
    "a--b",
    "a---b",
    "a——b",
    "2-3",
    "F-16",
    "x=y",
    "x:y",
    "3*4",
    "end.The",
    "end.the",
    "a,b",
    "1,2",
    "🙂🙂",
    "a🙂b",
    "example.com",
    "http://example.com/a?b",
    "https://user:pw@host.example.org:8080/x",
    "a@b.co",
    "@b.co",
    "10.0.0.1",
    "8.8.8.8",
    "8.8.8.8:53",
    "8.8.8.8:5",
    "172.16.1.1",
    "172.32.1.1",
    "192.168.0.1",
    "169.254.1.1",
    "223.1.1.254",
    "224.1.1.1",
    "1.1.1.0",
    "1.001.1.1",
    "1.01.1.1",
    "256.1.1.1",
    "ftp://a.b",
    "a://b.cd",
    "ab://c.de",
    "x.museum/",
    "-a.com",
    "a-.com",
    "a_b.com",
    "é.fr",
    "中.中国",
    "a.b.c.de#f",
    "a.de:123456",
    "a.de:12",
    "a..de",
    ".de",
    "a.d",
    "тбكم",
    "5تب",
    "5كم",
];

#[test]
fn equal_on_typical_and_awkward_words() {
    for word in WORDS {
        compare(word);
    }
    compare(&format!("{}.com", "a".repeat(64)));
    compare(&format!("{}.com", "a".repeat(65)));
    compare(&format!("a.{}", "b".repeat(63)));
    compare(&format!("a.{}", "b".repeat(64)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn equal_on_words_of_telling_characters(word in r#"[a-cA-C0-3.,:;/@#?+*^~=<>%$€£°CFkm²½…–—'’"“()\-_|éß中ա🙂]{1,10}"#) {
        compare(&word);
    }

    #[test]
    fn equal_on_addresses(word in r"(https?://)?([a-c:.-]{0,3}@)?([0-2]{1,3}\.){0,4}([a-c0_-]{1,3}\.){0,2}[a-d0-2]{1,4}(:[0-9]{1,6})?([/?#][a@./]{0,3})?") {
        compare(&word);
    }

    #[test]
    fn equal_on_any_word(word in r"\S{1,6}") {
        compare(&word);
    }
}
