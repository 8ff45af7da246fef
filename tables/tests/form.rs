//! Every table of actors, places and dates is sorted and holds no row twice; an error names file and line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

use std::path::Path;

/// Order of a table: the cells that make its key.
struct Order {
    file: &'static str,
    /// Columns, and whether their case counts.
    key: &'static [(usize, bool)],
}

const ANY: bool = false;
const EXACT: bool = true;
const TABLES: &[Order] = &[
    Order { file: "actors/common_words.tsv", key: &[(0, ANY)] },
    Order { file: "actors/countries.tsv", key: &[(0, EXACT)] },
    Order { file: "actors/descriptions.tsv", key: &[(0, EXACT)] },
    Order { file: "actors/genders.tsv", key: &[(1, EXACT), (0, EXACT)] },
    Order { file: "actors/groups.tsv", key: &[(0, ANY), (5, EXACT)] },
    Order { file: "actors/markers.tsv", key: &[(0, EXACT)] },
    Order { file: "actors/metonyms.tsv", key: &[(0, ANY), (0, EXACT), (1, EXACT), (4, EXACT)] },
    Order { file: "actors/organisations.tsv", key: &[(0, ANY), (2, EXACT)] },
    Order { file: "actors/parties.tsv", key: &[(2, EXACT), (0, ANY)] },
    Order { file: "actors/people.tsv", key: &[(2, EXACT), (3, ANY), (5, EXACT), (0, EXACT)] },
    Order { file: "actors/peoples.tsv", key: &[(0, ANY)] },
    Order { file: "actors/place_use.tsv", key: &[(0, EXACT), (1, EXACT)] },
    Order { file: "actors/relations.tsv", key: &[(0, EXACT)] },
    Order { file: "actors/roles.tsv", key: &[(0, EXACT), (2, EXACT)] },
    Order { file: "actors/titles.tsv", key: &[(0, EXACT)] },
    Order { file: "dates/deictic.tsv", key: &[(0, EXACT)] },
    Order { file: "dates/holidays.tsv", key: &[(0, EXACT)] },
    Order { file: "dates/measures.tsv", key: &[(0, EXACT)] },
    Order { file: "dates/modifiers.tsv", key: &[(0, EXACT)] },
    Order { file: "dates/names.tsv", key: &[(0, EXACT)] },
    Order { file: "dates/numbers.tsv", key: &[(0, EXACT)] },
    Order { file: "dates/sets.tsv", key: &[(0, EXACT)] },
    Order { file: "dates/units.tsv", key: &[(0, EXACT)] },
    Order { file: "places/aliases.tsv", key: &[(0, ANY), (0, EXACT), (1, EXACT)] },
    Order { file: "places/centres.tsv", key: &[(0, EXACT)] },
    Order { file: "places/cues.tsv", key: &[(0, EXACT)] },
    Order { file: "places/features.tsv", key: &[(0, ANY)] },
    Order { file: "places/outlets.tsv", key: &[(0, EXACT)] },
];

fn text(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// What is wrong with the order of a table's text, as `file:line: what`.
fn fault(order: &Order, text: &str) -> Option<String> {
    let key = |line: &str| -> Vec<String> {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |&(at, exact): &(usize, bool)| {
            let cell = cells.get(at).copied().unwrap_or("");
            if exact { cell.to_owned() } else { cell.to_lowercase() }
        };
        order.key.iter().map(cell).collect()
    };
    let lines: Vec<(usize, &str)> = text.lines().enumerate().skip(1).collect();
    lines.windows(2).find_map(|pair| {
        let [(_, first), (at, second)] = *pair else { return None };
        let (first, second) = (key(first), key(second));
        let what = match first.cmp(&second) {
            std::cmp::Ordering::Less => return None,
            std::cmp::Ordering::Equal => "the same row again",
            std::cmp::Ordering::Greater => "not in the order of its key",
        };
        Some(format!("{}:{}: {what}: {}", order.file, at + 1, second.join(" ")))
    })
}

#[test]
fn tables_are_sorted_and_hold_no_row_twice() {
    let faults: Vec<String> = TABLES.iter().filter_map(|t| fault(t, &text(t.file))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn faults_name_file_and_line() {
    let order = &TABLES[0];
    let twice = fault(order, "form\tkind\nAli\tx\nali\ty\n").unwrap();
    assert!(twice.starts_with("actors/common_words.tsv:3: the same row again"), "{twice}");
    assert!(fault(order, "form\nB\na\n").unwrap().contains("not in the order"));
}

#[test]
fn every_table_of_the_folders_is_checked() {
    for folder in ["actors", "dates", "places"] {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let name = format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy());
            let made = ["places/recogniser.tsv", "places/ranker.tsv"].contains(&name.as_str());
            let known = made || !name.ends_with(".tsv") || TABLES.iter().any(|t| t.file == name);
            assert!(known, "{name} has no order in this test");
        }
    }
}

#[test]
fn features_lie_in_known_countries_and_stand_once() {
    use demarche_tables::{actors::countries, places};
    let codes: Vec<&str> = countries::load().unwrap().iter().map(|c| c.iso3).collect();
    let rows = places::features().unwrap();
    for (i, row) in rows.iter().enumerate() {
        assert!(
            row.country.is_none_or(|c| codes.contains(&c)),
            "features.tsv:{}: no country {:?}",
            row.line,
            row.country
        );
        // "Litani" and "Litani River" beside each other are one river.
        let bare = |name: &str| name.to_lowercase().replace(&format!(" {}", row.kind), "");
        for other in &rows[i + 1..] {
            let near = (row.lat - other.lat).abs() < 0.5 && (row.lon - other.lon).abs() < 0.5;
            let same = row.kind == other.kind && bare(row.name) == bare(other.name);
            assert!(
                !(near && same),
                "features.tsv:{}: {} is in line {} already",
                other.line,
                other.name,
                row.line
            );
        }
    }
}
