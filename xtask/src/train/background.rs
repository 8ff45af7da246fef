//! The project's own sentences to `tables/merge/background.tsv`: how many of them hold each word.

use record::{Page, Syntax};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::merge::keys::{Keys, Kind};

/// Words in fewer sentences are left out: they are as rare as words that are in none.
const LEAST: u32 = 3;

/// Counts lemmas, and words of names, in the example sentences of the event lexicon.
pub fn write() -> Result<(), String> {
    let demarche = demarche::pipeline::Demarche::embedded().map_err(|e| e.to_string())?;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let texts = sentences()?;
    for text in &texts {
        let page = Page::plain(text, None);
        let doc = demarche.parser.parse_page(&page, false);
        let keys = Keys::read(&Syntax::new(&page, &doc));
        let words: BTreeSet<&str> = [Kind::Words, Kind::Names, Kind::Places]
            .into_iter()
            .flat_map(|kind| keys.of(kind).map(|(word, _)| word.as_str()))
            .collect();
        words.into_iter().for_each(|w| *counts.entry(w.to_owned()).or_default() += 1);
    }
    let mut out = format!("word\tsentences\n*\t{}\n", texts.len());
    for (word, n) in counts.iter().filter(|(w, n)| **n >= LEAST && !w.contains(['\t', '#', '\n'])) {
        out.push_str(&format!("{word}\t{n}\n"));
    }
    let path = Path::new("tables/merge/background.tsv");
    std::fs::write(path, out).map_err(|e| format!("{}: {e}", path.display()))
}

fn sentences() -> Result<Vec<String>, String> {
    let senses = tables::patterns::embedded().map_err(|e| e.to_string())?;
    let mut out: BTreeSet<String> = BTreeSet::new();
    for sense in &senses {
        out.extend([sense.yes(), sense.no()].into_iter().filter(|s| !s.is_empty()).map(str::to_owned));
    }
    Ok(out.into_iter().collect())
}
