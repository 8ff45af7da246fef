//! A word with its coarse tag and features to its lemma, by suffix rules, exceptions and an index of known lemmas.

use crate::error::Error;
use crate::hash::string_id;
use crate::model::msgpack::{entries, items, need, number, parse, text, wrong};
use crate::unicode::is_alpha;
use crate::vocab::Word;
use hashbrown::{HashMap, HashSet};
use rmpv::ValueRef;
use smol_str::{SmolStr, StrExt};

type FastMap<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// Rules, exceptions and index of one part of speech.
#[derive(Default)]
struct Table {
    rules: Vec<(SmolStr, SmolStr)>,
    exceptions: FastMap<SmolStr, Vec<SmolStr>>,
    /// String ids of known lemmas.
    index: HashSet<u64, foldhash::fast::FixedState>,
}

/// The tables of all parts of speech, by the string id of the lower-case name.
pub struct Lemmatizer {
    tables: FastMap<u64, Table>,
    english: bool,
}

impl Lemmatizer {
    /// Reads a `lemmatizer/lookups/lookups.bin` file. `english` switches on the rules for base forms.
    pub fn new(bytes: &[u8], english: bool) -> Result<Self, Error> {
        let value = parse(bytes)?;
        let mut tables: FastMap<u64, Table> = FastMap::default();
        each(&value, "lemma_rules", |pos, rules| {
            for rule in items(rules).ok_or_else(|| wrong("lemma_rules", "a list"))? {
                let [old, new] = items(rule).unwrap_or_default() else {
                    return Err(wrong("lemma rule", "a pair"));
                };
                let pair = text(old).zip(text(new)).ok_or_else(|| wrong("lemma rule", "a pair of texts"))?;
                tables.entry(pos).or_default().rules.push((pair.0.into(), pair.1.into()));
            }
            Ok(())
        })?;
        each(&value, "lemma_exc", |pos, forms| {
            for (form, lemmas) in entries(forms).ok_or_else(|| wrong("lemma_exc", "a map"))? {
                let lemmas =
                    items(lemmas).and_then(|l| l.iter().map(|t| text(t).map(SmolStr::new)).collect());
                let (form, lemmas) =
                    text(form).zip(lemmas).ok_or_else(|| wrong("lemma_exc", "a map of lists"))?;
                tables.entry(pos).or_default().exceptions.insert(form.into(), lemmas);
            }
            Ok(())
        })?;
        each(&value, "lemma_index", |pos, lemmas| {
            let lemmas = items(lemmas).ok_or_else(|| wrong("lemma_index", "a list"))?;
            let index = &mut tables.entry(pos).or_default().index;
            index.reserve(lemmas.len());
            for lemma in lemmas {
                index.insert(string_id(text(lemma).ok_or_else(|| wrong("lemma_index", "a list of texts"))?));
            }
            Ok(())
        })?;
        Ok(Lemmatizer { tables, english })
    }

    /// The lemma of a word.
    pub fn lemma(&self, word: &Word, pos: &str, morph: &str) -> SmolStr {
        let pos = pos.to_lowercase_smolstr();
        let base = self.english && is_base_form(&pos, morph);
        if pos.is_empty() || pos == "space" || pos == "eol" || base {
            return word.lower.clone();
        }
        match self.tables.get(&string_id(&pos)) {
            Some(table) => table.lemma(word),
            None if pos == "propn" => word.text.clone(),
            None => word.lower.clone(),
        }
    }
}

impl Table {
    fn lemma(&self, word: &Word) -> SmolStr {
        let form = &word.lower;
        let (mut forms, mut unknown): (Vec<SmolStr>, Vec<SmolStr>) = (Vec::new(), Vec::new());
        for (old, new) in &self.rules {
            let Some(stem) = form.strip_suffix(old.as_str()) else { continue };
            let lemma = smol_str::format_smolstr!("{stem}{new}");
            if lemma.is_empty() {
                continue;
            }
            if self.index.contains(&string_id(&lemma)) {
                forms.insert(0, lemma);
            } else if !lemma.chars().all(is_alpha) {
                forms.push(lemma);
            } else {
                unknown.push(lemma);
            }
        }
        for lemma in self.exceptions.get(form).into_iter().flatten() {
            if !forms.contains(lemma) {
                forms.insert(0, lemma.clone());
            }
        }
        forms.into_iter().chain(unknown).next().unwrap_or_else(|| word.text.clone())
    }
}

/// English words that are their own lemma by their features (spaCy `lang/en/lemmatizer.py`).
fn is_base_form(pos: &str, morph: &str) -> bool {
    let is = |feature: &str| morph.split('|').any(|f| f == feature);
    (pos == "noun" && is("Number=Sing"))
        || (pos == "verb" && is("VerbForm=Fin") && is("Tense=Pres") && !morph.contains("Number="))
        || is("VerbForm=Inf")
        || is("Degree=Pos")
}

fn each(
    value: &ValueRef<'_>,
    table: &str,
    mut read: impl FnMut(u64, &ValueRef<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    for (pos, content) in entries(need(value, table)?).ok_or_else(|| wrong(table, "a map"))? {
        let pos = number(pos).ok_or_else(|| wrong(table, "a map by string id"))?;
        read(pos, content)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_forms() {
        assert!(is_base_form("noun", "Number=Sing"));
        assert!(!is_base_form("noun", "Number=Plur"));
        assert!(is_base_form("verb", "Tense=Pres|VerbForm=Fin"));
        assert!(!is_base_form("verb", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"));
        assert!(is_base_form("aux", "VerbForm=Inf"));
        assert!(is_base_form("adv", "Degree=Pos"));
    }
}
