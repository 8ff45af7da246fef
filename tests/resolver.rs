//! Sentences to actors: pronouns, groups of countries, namesakes, people whom no table has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use record::{Actor, ActorKind, Page, Syntax};
use std::sync::OnceLock;

struct Stages {
    parser: parser::Pipeline,
    resolver: resolver::Resolver,
}

fn stages() -> &'static Stages {
    static STAGES: OnceLock<Stages> = OnceLock::new();
    STAGES.get_or_init(|| Stages {
        parser: parser::Pipeline::embedded().expect("the embedded model loads"),
        resolver: resolver::Resolver::embedded().expect("the tables load"),
    })
}

/// Actors of the last mention with exactly these words.
fn actors(text: &str, words: &str, day: &str) -> Vec<Actor> {
    let page = Page::plain(text, Some(day));
    let doc = stages().parser.parse_page(&page, false);
    let mentions = stages().resolver.resolve(&Syntax::new(&page, &doc));
    let found = mentions.actors.into_iter().rfind(|m| m.span.of(text) == words);
    found.map(|m| m.actors).unwrap_or_default()
}

fn codes(text: &str, words: &str, day: &str) -> Vec<String> {
    actors(text, words, day).iter().map(Actor::code).collect()
}

#[test]
fn he_and_she_take_up_people_of_their_gender() {
    let day = "2021-06-01";
    let text = "Angela Merkel met Joe Biden in Cornwall. Later she flew home.";
    assert_eq!(codes(text, "she", day), ["DEUGOV"]);
    let text = "Angela Merkel met Joe Biden in Cornwall. Later he flew home.";
    assert_eq!(codes(text, "he", day), ["USAGOV"]);
    let text =
        "The Ghanaian spokeswoman met the Russian spokesman in Accra. There she called the talks useful.";
    assert_eq!(codes(text, "she", day), ["GHAGOV"]);
}

#[test]
fn groups_of_countries_are_the_last_ones_named_together() {
    let day = "2023-07-12";
    let text = "The United States, South Korea and Japan began drills near the Korean Peninsula on Friday. \
                Top military officials from the three nations met in Seoul.";
    assert_eq!(codes(text, "the three nations", day), ["USA", "KOR", "JPN"]);
    assert_eq!(codes(text, "Top military officials", day), ["USAMIL", "KORMIL", "JPNMIL"]);
    let text = "Armenia and Azerbaijan traded fire on Monday. Russia urged both sides to stop.";
    assert_eq!(codes(text, "both sides", day), ["ARM", "AZE"]);
    let text = "Egypt warned Ethiopia over the dam. Ethiopia said Egypt had no cause to fear. Sudan's minister urged both \
                neighbours to return to the table.";
    let mut both = codes(text, "both neighbours", day);
    both.sort();
    assert_eq!(both, ["EGY", "ETH"]);
    let text = "Japan and Norway signed the accord. Then China accused Vietnam of fishing there. The two countries share \
                a long coast.";
    assert_eq!(codes(text, "The two countries", day), ["CHN", "VNM"]);
}

#[test]
fn a_stance_is_nobody() {
    let text = "Iran repeated its opposition to the deal, and the opposition in Tehran called for a vote.";
    assert_eq!(codes(text, "the opposition", "2022-03-01"), ["IRNOPP"]);
    assert!(codes(text, "its opposition", "2022-03-01").is_empty());
}

#[test]
fn namesakes_of_countries_go_with_the_places_of_the_page() {
    let text = "Georgia's governor signed the bill in Atlanta on Monday.";
    assert_eq!(codes(text, "Georgia", "2021-03-25"), ["USA"]);
    assert_eq!(codes(text, "Georgia's governor", "2021-03-25"), ["USAGOV"]);
    let text = "Georgia's president vetoed the bill in Tbilisi on Monday.";
    assert_eq!(codes(text, "Georgia", "2024-05-18"), ["GEO"]);
}

#[test]
fn unknown_people_and_bodies_stay_actors_of_their_own() {
    let text = "Peruvian foreign minister Marcel Tabori met Fijian officials in Suva.";
    let found = actors(text, "Peruvian foreign minister Marcel Tabori", "2024-05-18");
    assert_eq!((found[0].code().as_str(), found[0].kind), ("PERGOV", ActorKind::Unknown));
    assert_eq!(found[0].id, "person/marcel-tabori");
}

#[test]
fn open_offices_are_unverified_after_the_day_of_the_tables() {
    let text = "Sergei Lavrov flew to Minsk on Monday.";
    assert!(!actors(text, "Sergei Lavrov", "2025-01-01")[0].office_unverified);
    assert!(actors(text, "Sergei Lavrov", "2031-01-01")[0].office_unverified);
}

/// Rows of a table of `tests/data/blind`: the text, the span of the words in brackets, the other cells.
fn blind(table: &str) -> impl Iterator<Item = (String, record::ByteSpan, Vec<&str>)> {
    table.lines().skip(1).map(|line| {
        let mut cells = line.split('\t');
        let marked = cells.next().expect("a sentence");
        let start = marked.find('[').expect("an opening bracket");
        let end = marked.find(']').expect("a closing bracket") - 1;
        (marked.replace(['[', ']'], ""), record::ByteSpan::new(start, end), cells.collect())
    })
}

/// Fails when fewer than `least` of the rows are right; names the wrong ones.
fn at_least(least: f64, rows: usize, wrong: &[String]) {
    let share = 1.0 - wrong.len() as f64 / rows as f64;
    assert!(share >= least, "{share:.3} of {rows} are right, {least} were:\n{}", wrong.join("\n"));
}

fn mentions(text: &str, day: Option<&str>) -> record::Mentions {
    let page = Page::plain(text, day);
    let doc = stages().parser.parse_page(&page, false);
    stages().resolver.resolve(&Syntax::new(&page, &doc))
}

#[test]
fn actors_of_blind_sentences_stay_right() {
    let table = include_str!("data/blind/actors.tsv");
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for (text, span, cells) in blind(table) {
        rows += 1;
        let found = mentions(&text, Some(cells[0])).actors;
        let shared =
            |m: &record::ActorMention| m.span.end.min(span.end).saturating_sub(m.span.start.max(span.start));
        let best = found.iter().filter(|m| shared(m) > 0).max_by_key(|m| (shared(m), m.head));
        let actor = best.and_then(|m| m.actors.first());
        let country = actor.and_then(|a| a.country.as_deref()).unwrap_or("").replace("KOS", "XKX");
        let sector = actor.and_then(|a| a.sectors.first()).map_or("", |s| s.as_str());
        if !cells[1].split('|').any(|c| c == country) || !cells[2].split('|').any(|s| s == sector) {
            wrong.push(format!("{} {} is {country}/{sector}, not {}/{}", text, cells[0], cells[1], cells[2]));
        }
    }
    at_least(0.93, rows, &wrong);
}

#[test]
fn places_of_blind_sentences_stay_right() {
    let table = include_str!("data/blind/places.tsv");
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for (text, span, cells) in blind(table) {
        rows += 1;
        let (lat, lon): (f64, f64) = (cells[0].parse().expect("degrees"), cells[1].parse().expect("degrees"));
        let found = mentions(&text, Some("2024-06-01")).places;
        let place = found.iter().find(|m| m.span.start < span.end && m.span.end > span.start);
        // One degree and a half of latitude is 161 km.
        let near = place.and_then(|m| m.place.as_ref()).is_some_and(|p| {
            let east = (p.lon - lon) * lat.to_radians().cos();
            (p.lat - lat).hypot(east) <= 1.45
        });
        if !near {
            wrong.push(format!("{text} {lat} {lon}"));
        }
    }
    at_least(0.80, rows, &wrong);
}

#[test]
fn dates_of_blind_sentences_stay_right() {
    let table = include_str!("data/blind/dates.tsv");
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for (text, span, cells) in blind(table) {
        rows += 1;
        let found = mentions(&text, Some(cells[0])).dates;
        let mut near = found.iter().filter(|m| m.span.start < span.end && m.span.end > span.start);
        let right = |m: &record::DateMention| cells[1].split('|').any(|v| v == m.value);
        if !near.any(right) {
            wrong.push(format!("{text} {}", cells[1]));
        }
    }
    at_least(0.88, rows, &wrong);
}
