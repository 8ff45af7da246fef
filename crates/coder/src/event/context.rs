//! The words of an event's sentence, and of its paragraph, to PLOVER contexts.

use hashbrown::HashMap;
use record::{Event, SmolStr, Syntax};
use std::collections::BTreeSet;
use std::ops::Range;
use tables::contexts::Contexts;
use tables::ontology::Codes;

/// Attaches contexts.
pub struct ContextReader {
    contexts: Contexts,
}

/// Contexts that the words of some tokens tell: alone, and together with others.
#[derive(Default, Clone)]
struct Told {
    strong: BTreeSet<usize>,
    weak: HashMap<usize, BTreeSet<SmolStr>>,
}

impl ContextReader {
    /// Loads the embedded table.
    ///
    /// # Errors
    /// The table does not keep its form.
    pub fn embedded() -> Result<Self, tables::tsv::TableError> {
        Ok(ContextReader { contexts: Contexts::embedded()? })
    }

    /// Gives every event the contexts that its CAMEO code names, that a strong word of its sentence tells, or that two
    /// weak words of its sentence tell.
    pub fn attach(&self, syntax: &Syntax<'_>, codes: &Codes, events: &mut [Event]) {
        let mut seen: HashMap<u32, Told> = HashMap::new();
        for e in events {
            let told = seen.entry(e.sentence).or_insert_with(|| self.read(syntax, e.sentence as usize));
            let own = codes.cameo(&e.cameo).map(|c| c.context.as_str()).unwrap_or_default();
            let names = self.contexts.names();
            for (i, name) in names.iter().enumerate() {
                let pair = told.weak.get(&i).is_some_and(|w| w.len() > 1);
                if own.split('|').any(|c| c == name) || told.strong.contains(&i) || pair {
                    e.contexts.push(name.clone());
                }
            }
        }
    }

    fn read(&self, syntax: &Syntax<'_>, sentence: usize) -> Told {
        let mut told = Told::default();
        let phrases = phrases(syntax, sentence);
        let idle: Vec<(&Range<usize>, usize)> = phrases
            .iter()
            .flat_map(|(at, words)| self.contexts.idle_in(words).iter().map(move |&c| (at, c)))
            .collect();
        for (at, words) in &phrases {
            let counts = |context: usize| {
                !idle.iter().any(|(i, c)| *c == context && i.start <= at.start && at.end <= i.end)
            };
            self.add(words, counts, &mut told);
        }
        told
    }

    fn add(&self, phrase: &str, counts: impl Fn(usize) -> bool, told: &mut Told) {
        for word in self.contexts.of(phrase).iter().filter(|w| counts(w.context)) {
            if word.strong {
                told.strong.insert(word.context);
            } else {
                told.weak.entry(word.context).or_default().insert(phrase.into());
            }
        }
    }
}

/// Every run of up to three tokens of a sentence: as written, with the last word's lemma, and with the first word's.
fn phrases(syntax: &Syntax<'_>, sentence: usize) -> Vec<(Range<usize>, String)> {
    let mut out = Vec::new();
    let Some(sentence) = syntax.doc.sentences.get(sentence) else { return out };
    let tokens = sentence.tokens.range();
    for t in tokens.clone() {
        let lemma = |k: usize| syntax.lemma(k).to_lowercase();
        let (mut form, mut stems) = (String::new(), String::new());
        for k in t..tokens.end.min(t + 3) {
            if k > t {
                form.push(' ');
                stems.push(' ');
            }
            let last = form.clone() + &lemma(k);
            stems.push_str(&if k == t { lemma(k) } else { syntax.lower(k).to_owned() });
            form.push_str(syntax.lower(k));
            out.push((t..k + 1, form.clone()));
            if last != form {
                out.push((t..k + 1, last.clone()));
            }
            if stems != form && stems != last {
                out.push((t..k + 1, stems.clone()));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_strong_or_two_weak_words_tell_a_context() {
        let reader = ContextReader::embedded().unwrap();
        let mut told = Told::default();
        for word in ["earthquake", "hospital", "hospital"] {
            reader.add(word, |_| true, &mut told);
        }
        let index = |name: &str| reader.contexts.names().iter().position(|n| n == name).unwrap();
        assert!(told.strong.contains(&index("disasters")));
        assert_eq!(told.weak[&index("health")].len(), 1);
    }
}
