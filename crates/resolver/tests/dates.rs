//! Date expressions family by family, on sentences parsed by hand: every word hangs on the verb.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

use demarche_resolver::date::DateResolver;
use proptest::prelude::*;
use record::{ByteSpan, DateMention, Doc, Page, Sentence, Syntax, Token, TokenSpan};

/// Tags enough of the tests' own verbs to give their tense.
fn tag(word: &str) -> (&'static str, &'static str, &'static str) {
    match word {
        "met" | "fell" | "closed" | "spoke" | "left" => ("VBD", "VERB", "ROOT"),
        "meet" | "open" => ("VB", "VERB", "ROOT"),
        "meets" | "rains" => ("VBZ", "VERB", "ROOT"),
        "will" => ("MD", "AUX", "aux"),
        "may" => ("MD", "AUX", "aux"),
        w if w.chars().next().is_some_and(char::is_uppercase) => ("NNP", "PROPN", "dep"),
        w if w.chars().all(|c| c.is_ascii_digit()) => ("CD", "NUM", "dep"),
        "people" | "soldiers" | "levels" => ("NNS", "NOUN", "dep"),
        "summer" | "winter" | "fall" | "wheat" => ("NN", "NOUN", "dep"),
        "the" => ("DT", "DET", "det"),
        "in" | "on" | "since" | "from" | "by" => ("IN", "ADP", "prep"),
        _ => ("XX", "X", "dep"),
    }
}

fn parse(page: &Page) -> Doc {
    let mut doc = Doc::default();
    for (number, block) in page.blocks.iter().enumerate() {
        let first = doc.tokens.len();
        let mut at = block.span.start as usize;
        for word in
            block.span.of(&page.text).split_inclusive(|c: char| c.is_whitespace() || ",.()".contains(c))
        {
            let bare = word.trim_end_matches(|c: char| c.is_whitespace() || ",.()".contains(c));
            if !bare.is_empty() {
                let (tag, pos, dep) = tag(bare);
                doc.tokens.push(Token {
                    span: ByteSpan::new(at, at + bare.len()),
                    lemma: bare.into(),
                    tag: tag.into(),
                    pos: pos.into(),
                    dep: dep.into(),
                    ..Token::default()
                });
            }
            at += word.len();
        }
        let root = (first..doc.tokens.len()).find(|&i| doc.tokens[i].dep == "ROOT").unwrap_or(first);
        for token in &mut doc.tokens[first..] {
            token.head = u32::try_from(root).unwrap();
        }
        let tokens = TokenSpan::new(first, doc.tokens.len());
        doc.sentences.push(Sentence { tokens, span: block.span, block: u32::try_from(number).unwrap() });
    }
    doc
}

fn dates(text: &str, published: Option<&str>) -> Vec<DateMention> {
    let page = Page::plain(text, published);
    let doc = parse(&page);
    DateResolver::embedded().unwrap().resolve(&Syntax::new(&page, &doc))
}

/// `span=value` of every mention, published on Saturday 12 July 2025.
fn read(text: &str) -> Vec<String> {
    let found = dates(text, Some("2025-07-12"));
    found.iter().map(|d| format!("{}={}", d.span.of(text), d.value)).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, want) in cases {
        assert_eq!(&read(text), want, "{text}");
    }
}

#[test]
fn explicit_dates() {
    check(&[
        ("They met on July 5.", &["July 5=2025-07-05"]),
        ("They met on 5 July 1987.", &["5 July 1987=1987-07-05"]),
        ("They met on the 4th of March, 2003.", &["the 4th of March, 2003=2003-03-04"]),
        ("They met on Friday, Oct. 9, 2009 in Oslo.", &["Friday, Oct. 9, 2009=2009-10-09"]),
        ("It closed on 2024-02-29 there.", &["2024-02-29=2024-02-29"]),
        ("It closed on 7/12/2025 there.", &["7/12/2025=2025-07-12"]),
        ("It closed on 30/12/2024 there.", &["30/12/2024=2024-12-30"]),
        ("They met in November of 1906.", &["November of 1906=1906-11"]),
        ("They met on 31 June.", &["June=2025-06"]),
        ("They may meet soon.", &["soon=FUTURE_REF"]),
    ]);
}

#[test]
fn weekdays_and_months_follow_the_tense() {
    check(&[
        ("They met on Friday.", &["Friday=2025-07-11"]),
        ("They will meet on Friday.", &["Friday=2025-07-18"]),
        ("They met on Saturday.", &["Saturday=2025-07-12"]),
        ("They met in September.", &["September=2024-09"]),
        ("They will meet in September.", &["September=2025-09"]),
        ("They will meet on June 3.", &["June 3=2026-06-03"]),
        ("They met last Tuesday.", &["last Tuesday=2025-07-08"]),
        ("They will meet next Tuesday.", &["next Tuesday=2025-07-15"]),
    ]);
}

#[test]
fn relative_dates() {
    check(&[
        ("They met two days ago.", &["two days ago=2025-07-10"]),
        ("They met three years ago.", &["three years ago=2022"]),
        ("They met last week.", &["last week=2025-W27"]),
        ("They will meet next month.", &["next month=2025-08"]),
        ("They met yesterday, and will meet tomorrow.", &["yesterday=2025-07-11", "tomorrow=2025-07-13"]),
        ("They met last summer.", &["last summer=2024-SU"]),
        ("They met last night.", &["last night=2025-07-11TNI"]),
        (
            "They met on May 3 2001. A week earlier it fell.",
            &["May 3 2001=2001-05-03", "A week earlier=2001-04-26"],
        ),
        ("They met in 1990 and left the following year.", &["1990=1990", "the following year=1991"]),
        ("It will open in March of next year.", &["March of next year=2026-03"]),
        ("They met earlier this week.", &["earlier this week=2025-W28"]),
        ("It fell over the past decade.", &["the past decade=P10Y"]),
    ]);
}

#[test]
fn periods() {
    check(&[
        ("It fell in the fourth quarter of 2008.", &["the fourth quarter of 2008=2008-Q4"]),
        ("It fell in Q3 2010.", &["Q3 2010=2010-Q3"]),
        ("It fell in the second half of 2011.", &["the second half of 2011=2011-H2"]),
        ("They met in the 1990s.", &["1990s=199"]),
        ("They met in the late 80s.", &["late 80s=198"]),
        ("A 17th-century map fell.", &["17th-century=16"]),
        ("They met in the summer of 2010.", &["the summer of 2010=2010-SU"]),
        ("They left in the winter of 1776-77.", &["the winter of 1776-77=1776-WI"]),
        ("They met in the last week of March.", &["the last week of March=2025-W13"]),
        ("They met in early June.", &["early June=2025-06"]),
        ("They met in mid-2019.", &["mid-2019=2019"]),
        ("It fell by the end of 2012.", &["the end of 2012=2012"]),
        ("The winter wheat fell.", &[]),
        ("They left in 300 BC.", &["300 BC=-0300"]),
    ]);
}

#[test]
fn ranges_cover_both_ends() {
    check(&[
        (
            "They met from May 3 to 8.",
            &["May 3 to 8=2025-05-03/2025-05-08", "May 3=2025-05-03", "8=2025-05-08"],
        ),
        ("They met between 2010 and 2012.", &["2010 and 2012=2010/2012", "2010=2010", "2012=2012"]),
        ("The poet (1892–94) left.", &["1892–94=1892/1894", "1892=1892", "94=1894"]),
    ]);
    let found = dates("They met from May 3 to 8.", Some("2025-07-12"));
    assert_eq!((found[0].kind.as_str(), found[0].end.as_deref()), ("RANGE", Some("2025-05-08")));
}

#[test]
fn durations_and_sets() {
    check(&[
        ("They met for two weeks.", &["two weeks=P2W"]),
        ("They met for years.", &["years=PXY"]),
        ("They met for an hour and a half.", &["an hour and a half=PT1.5H"]),
        ("They met for two years and three months.", &["two years and three months=P2Y3M"]),
        ("A four-week strike closed it.", &["four-week=P4W"]),
        ("A decades-long war closed.", &["decades-long=PXY"]),
        ("It will open in the next six months.", &["the next six months=P6M"]),
        ("They met every Monday.", &["every Monday=XXXX-WXX-1"]),
        ("They met twice a week.", &["twice a week=P1W"]),
        ("It meets annually.", &["annually=P1Y"]),
        ("The man, 89 years old, left.", &[]),
        ("The 22-year-old left.", &[]),
    ]);
}

#[test]
fn times() {
    check(&[
        ("They met at 4:14pm.", &["4:14pm=2025-07-12T16:14"]),
        ("They met at 16:08 UTC.", &["16:08 UTC=2025-07-12T16:08Z"]),
        ("They met on Monday morning.", &["Monday morning=2025-07-07TMO"]),
        ("They met at 8 p.m. Friday.", &["8 p.m. Friday=2025-07-11T20"]),
        ("They met at noon.", &["noon=2025-07-12T12:00"]),
        ("It fell 3:1 there.", &[]),
    ]);
}

#[test]
fn holidays_and_references() {
    check(&[
        ("They met on Christmas Eve.", &["Christmas Eve=2024-12-24"]),
        ("They met on Good Friday 2024.", &["Good Friday 2024=2024-03-29"]),
        ("It fell recently.", &["recently=PAST_REF"]),
        ("The now-closed court fell.", &[]),
    ]);
}

#[test]
fn counts_and_names_are_no_years() {
    check(&[
        ("Some 2000 people left.", &[]),
        ("It fell by $1999 there.", &[]),
        ("They met in 2000.", &["2000=2000"]),
        ("The Sun fell.", &[]),
    ]);
}

#[test]
fn without_a_publication_date_values_stay_open() {
    let value = |text: &str| dates(text, None)[0].value.clone();
    assert_eq!(value("They met on July 4."), "XXXX-07-04");
    assert_eq!(value("They met on Wednesday."), "XXXX-WXX-3");
    assert_eq!(value("They met yesterday."), "XXXX-XX-XX");
    assert_eq!(value("They met in 1999."), "1999");
}

#[test]
fn the_year_told_before_rules_in_a_history() {
    let text = "They met in 1901. It fell in 1905. They left in 1911. It closed in 1912. They met in 1913. They left on May 2.";
    assert_eq!(read(text).last().unwrap(), "May 2=1913-05-02");
}

#[test]
fn publishers_outside_america_put_the_day_first() {
    let mut page = Page::plain("It closed on 7/12/2025 there.", Some("2025-12-30"));
    page.meta.publisher_country = Some(record::Found::new("GBR".into(), "test"));
    let doc = parse(&page);
    let found = DateResolver::embedded().unwrap().resolve(&Syntax::new(&page, &doc));
    assert_eq!(found[0].value, "2025-12-07");
}

proptest! {
    #[test]
    fn any_text_is_safe(text in "\\PC{0,200}", day in "[0-9]{4}-[0-9]{2}-[0-9]{2}") {
        for mention in dates(&text, Some(&day)) {
            prop_assert!(!mention.span.of(&text).is_empty());
        }
    }

    #[test]
    fn time_words_in_any_order_are_safe(words in prop::collection::vec(prop::sample::select(vec![
        "the", "last", "two", "and", "a", "half", "years", "ago", "May", "3", "31", "9999", "0", "of", "next", "year",
        "Monday", "morning", "4:99", "-", "to", "quarter", "first", "week", "summer", "century", "BC", "every", "99999999999", "early", ".", ",", "'", "s",
    ]), 0..30)) {
        let text = words.join(" ");
        for mention in dates(&text, Some("2025-07-12")) {
            if let (Some(start), Some(end)) = (&mention.start, &mention.end) {
                prop_assert!(start.starts_with('-') || end.starts_with('-') || start <= end, "{mention:?}");
            }
        }
    }

    #[test]
    fn every_day_of_the_calendar_is_read_back(y in 1900i16..2100, m in 1i8..=12, d in 1i8..=28) {
        let names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let want = format!("{y:04}-{m:02}-{d:02}");
        let name = names[usize::try_from(m).unwrap() - 1];
        for text in [format!("They met on {name} {d}, {y}."), format!("They met on {d} {name} {y}."), format!("They met on {want} there.")] {
            prop_assert_eq!(&dates(&text, Some("2025-07-12"))[0].value, &want);
        }
    }
}
