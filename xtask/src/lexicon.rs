//! `cargo xtask lexicon`: checks the lines of the event lexicon.

use coder::pattern::lexicon::{ClassNames, check};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use tables::patterns::{FILES, GRAMMAR, SHARED, classes, senses};

/// Runs `lexicon check`, `lexicon test` or `lexicon diff`.
pub fn run(args: &[String]) -> Result<(), String> {
    match args.first().map(String::as_str) {
        Some("check") => check_all(args.get(1).map(PathBuf::from).as_deref()),
        Some("test") => crate::lexicon_test::run(&args[1..]),
        Some("probe") => crate::lexicon_probe::run(&args[1..]),
        Some("diff") => crate::lexicon_diff::run(&args[1..]),
        _ => Err("usage: cargo xtask lexicon check [DIR] | test [--dir DIR] [--own] [--failures TYPE] | \
                  diff [DIR] [--base COMMIT|DIR] | probe FILE [DIR]"
            .to_owned()),
    }
}

/// Lists every bad line of the embedded lexicon, or of the tables of the same names in `dir`.
fn check_all(dir: Option<&Path>) -> Result<(), String> {
    let say = |e: tables::tsv::TableError| e.to_string();
    let shared = read(dir, SHARED)?.unwrap_or_else(|| SHARED.1.to_owned());
    let grammar = read(dir, GRAMMAR)?.unwrap_or_else(|| GRAMMAR.1.to_owned());
    let mut words = classes(SHARED.0, &shared).map_err(say)?;
    words.extend(classes(GRAMMAR.0, &grammar).map_err(say)?);
    let names = ClassNames::new(&words);
    let mut ids = HashSet::new();
    let (mut good, mut bad) = (0, 0);
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (file, text) in FILES {
        let text = match dir {
            Some(_) => read(dir, (file, text))?.unwrap_or_default(),
            None => text.to_owned(),
        };
        if text.is_empty() {
            continue;
        }
        for sense in senses(file, &text).map_err(say)? {
            let twice = !ids.insert(sense.id().to_owned());
            let result = check(&sense, &names)
                .and_then(|c| if twice { Err(format!("{}: id stands twice", c.place)) } else { Ok(c) });
            match result {
                Ok(_) => good += 1,
                Err(message) => {
                    bad += 1;
                    let kind = message.rsplit(": ").next().unwrap_or_default().to_owned();
                    *kinds.entry(kind).or_default() += 1;
                    println!("{message}");
                }
            }
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().filter(|(_, n)| *n > 1).collect();
    kinds.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    for (kind, n) in kinds {
        println!("{n:5} × {kind}");
    }
    println!("{good} senses keep the grammar, {bad} do not");
    if bad == 0 { Ok(()) } else { Err(format!("{bad} bad lexicon lines")) }
}

fn read(dir: Option<&Path>, (file, _): (&str, &str)) -> Result<Option<String>, String> {
    let Some(dir) = dir else { return Ok(None) };
    let path = dir.join(Path::new(file).file_name().unwrap_or_default());
    if !path.exists() {
        return Ok(None);
    }
    std::fs::read_to_string(&path).map(Some).map_err(|e| format!("{}: {e}", path.display()))
}
