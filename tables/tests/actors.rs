//! The actor tables keep their form: codes and sectors exist, dates are in order, keys are unique.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

use demarche_tables::actors::{self, Day};
use std::collections::HashSet;

const BODIES: [&str; 8] = ["UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC", "KOS"];
const SECTORS: [&str; 25] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL",
    "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
];

fn codes() -> HashSet<&'static str> {
    actors::countries::load().unwrap().iter().map(|c| c.iso3).chain(BODIES).collect()
}

fn sector(file: &str, line: u32, sector: &str) {
    assert!(sector.is_empty() || SECTORS.contains(&sector), "{file}:{line}: no sector {sector:?}");
}

fn ordered(file: &str, line: u32, from: Day, to: Day) {
    assert!(to.is_none() || from.0 <= to.latest(), "{file}:{line}: ends before it begins");
}

#[test]
fn codes_and_sectors_exist() {
    let codes = codes();
    for r in actors::metonyms::load().unwrap() {
        assert!(codes.contains(r.code), "metonyms.tsv:{}: no code {:?}", r.line, r.code);
        sector("metonyms.tsv", r.line, r.sector);
    }
    for r in actors::organisations::load().unwrap() {
        assert!(codes.contains(r.code), "organisations.tsv:{}: no code {:?}", r.line, r.code);
        sector("organisations.tsv", r.line, r.sector);
    }
    for r in actors::groups::load().unwrap() {
        assert!(codes.contains(r.code), "groups.tsv:{}: no code {:?}", r.line, r.code);
        sector("groups.tsv", r.line, r.sector);
        ordered("groups.tsv", r.line, r.valid_from, r.valid_to);
    }
    for r in actors::people::load().unwrap() {
        assert!(codes.contains(r.code), "people.tsv:{}: no code {:?}", r.line, r.code);
        sector("people.tsv", r.line, r.sector);
        ordered("people.tsv", r.line, r.from, r.to);
        assert!(
            !r.person.is_empty() && !r.variants.is_empty(),
            "people.tsv:{}: no name or no variant",
            r.line
        );
    }
    for r in actors::parties::load().unwrap() {
        assert!(codes.contains(r.code), "parties.tsv:{}: no code {:?}", r.line, r.code);
        sector("parties.tsv", r.line, r.sector);
    }
    for r in actors::peoples::load().unwrap() {
        assert!(r.iso3.iter().all(|c| codes.contains(c)), "peoples.tsv:{}: unknown country", r.line);
        sector("peoples.tsv", r.line, r.sector);
    }
    for r in actors::titles::load().unwrap() {
        assert!(r.code.is_empty() || codes.contains(r.code), "titles.tsv:{}: no code {:?}", r.line, r.code);
        sector("titles.tsv", r.line, r.sector);
        sector("titles.tsv", r.line, r.former);
    }
}

#[test]
fn keys_are_unique() {
    let mut roles = HashSet::new();
    for r in actors::roles::load().unwrap() {
        sector("roles.tsv", r.line, r.sector);
        assert!(roles.insert((r.singular, r.sector)), "roles.tsv:{}: twice", r.line);
    }
    let mut people = HashSet::new();
    for r in actors::people::load().unwrap() {
        assert!(people.insert((r.person, r.code, r.office, r.from)), "people.tsv:{}: twice", r.line);
    }
    let mut countries = HashSet::new();
    for r in actors::countries::load().unwrap() {
        assert!(countries.insert(r.iso3), "countries.tsv:{}: twice", r.line);
    }
    let words = actors::descriptions::load().unwrap();
    assert!(words.windows(2).all(|w| w[0].noun < w[1].noun), "descriptions.tsv is not sorted");
    let relations = actors::relations::load().unwrap();
    assert!(relations.windows(2).all(|w| w[0].word < w[1].word), "relations.tsv is not sorted");
    assert!(
        !actors::place_use::load().unwrap().is_empty() && !actors::common_words::load().unwrap().is_empty()
    );
}
