//! Tables of `speech/`: what words make of the events they govern, and which words report speech.

use crate::tsv::{Row, TableError, rows};
use hashbrown::HashMap;
use smol_str::SmolStr;

/// What a cue or a governor makes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Happened or goes on.
    Happened,
    /// Did not happen.
    Negated,
    /// May have happened.
    Possible,
    /// Announced, promised, intended.
    Planned,
    /// Conditional, demanded, warned of, a purpose.
    Hypothetical,
    /// Hedged by an unnamed source: "reportedly".
    Reported,
    /// Hedged with distance: "allegedly".
    Alleged,
}

impl Effect {
    fn read(row: &Row<'_>, at: usize) -> Result<Self, TableError> {
        Ok(match row.cell(at) {
            "happened" => Effect::Happened,
            "negated" => Effect::Negated,
            "possible" => Effect::Possible,
            "planned" => Effect::Planned,
            "hypothetical" => Effect::Hypothetical,
            "reported" => Effect::Reported,
            "alleged" => Effect::Alleged,
            other => return Err(row.error(format!("unknown effect {other:?}"))),
        })
    }
}

/// Word class of a governor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// Verb or auxiliary.
    Verb,
    /// Noun or name.
    Noun,
    /// Adjective, participle or adverb used as predicate.
    Adjective,
}

impl WordClass {
    fn read(row: &Row<'_>, at: usize) -> Result<Self, TableError> {
        match row.cell(at) {
            "verb" => Ok(WordClass::Verb),
            "noun" => Ok(WordClass::Noun),
            "adj" => Ok(WordClass::Adjective),
            other => Err(row.error(format!("unknown word class {other:?}"))),
        }
    }
}

/// One line of `speech/signatures.tsv`: what a governor entails for what it governs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Lemma of the governor.
    pub word: SmolStr,
    /// Its class.
    pub class: WordClass,
    /// A second word that must stand under it ("end *up*"), empty for none.
    pub particle: SmolStr,
    /// How the event hangs on it: `to`, `ing`, `that`, `wh`, `obj`, `subj`, `attr`, or a preposition.
    pub links: Vec<SmolStr>,
    /// Value of the event when the governor happened.
    pub positive: Effect,
    /// Value of the event when the governor did not happen.
    pub negative: Effect,
    /// Value when the governor happened and stands in the past: "were able to leave".
    pub past: Effect,
    /// Example with the event word between asterisks.
    pub example: SmolStr,
    /// `file:line`.
    pub place: SmolStr,
}

impl Signature {
    /// True when the event is taken for granted whatever becomes of the governor.
    pub fn is_factive(&self) -> bool {
        self.positive == Effect::Happened && self.negative == Effect::Happened
    }
}

/// `speech/signatures.tsv`.
#[derive(Debug, Clone, Default)]
pub struct Signatures {
    rows: Vec<Signature>,
    by_word: HashMap<(SmolStr, WordClass), Vec<u32>>,
}

impl Signatures {
    /// The embedded table.
    ///
    /// # Errors
    /// A line does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        let text = include_str!("../speech/signatures.tsv");
        let columns = ["word", "pos", "particle", "links", "positive", "negative", "past", "example"];
        let mut out = Signatures::default();
        for row in rows("speech/signatures.tsv", text, &columns)? {
            let signature = Signature {
                word: row.cell(0).into(),
                class: WordClass::read(&row, 1)?,
                particle: row.cell(2).into(),
                links: row.list(3).map(SmolStr::new).collect(),
                positive: Effect::read(&row, 4)?,
                negative: Effect::read(&row, 5)?,
                past: Effect::read(&row, if row.cell(6).is_empty() { 4 } else { 6 })?,
                example: row.cell(7).into(),
                place: row.place().into(),
            };
            let key = (signature.word.clone(), signature.class);
            out.by_word.entry(key).or_default().push(out.rows.len() as u32);
            out.rows.push(signature);
        }
        // Longest specification first: "go on to" before "go to".
        for list in out.by_word.values_mut() {
            list.sort_by_key(|&i| out.rows[i as usize].particle.is_empty());
        }
        Ok(out)
    }

    /// Rows of a governor, those with a particle first.
    pub fn of(&self, lemma: &str, class: WordClass) -> impl Iterator<Item = &Signature> {
        let list = self.by_word.get(&(SmolStr::new(lemma), class)).map_or(&[][..], Vec::as_slice);
        list.iter().map(|&i| &self.rows[i as usize])
    }

    /// All rows.
    pub fn rows(&self) -> &[Signature] {
        &self.rows
    }
}

/// One line of `speech/modals.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modal {
    /// Value of the verb under the modal, then negated, then before "have" + participle, then that negated.
    pub values: [Effect; 4],
    /// Example with the event word between asterisks.
    pub example: SmolStr,
    /// `file:line`.
    pub place: SmolStr,
}

/// One line of `speech/cues.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HedgeCue {
    /// The word or words in lower case.
    pub cue: SmolStr,
    /// What it does to the event.
    pub effect: Effect,
    /// Example with the event word between asterisks.
    pub example: SmolStr,
    /// `file:line`.
    pub place: SmolStr,
}

/// Where a cue of `speech/cues.tsv` stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Adverb of the verb.
    Adverb,
    /// Adjective on an event noun.
    Modifier,
    /// Determiner of the event noun, its subject or object.
    Determiner,
    /// Pronoun as subject or object.
    Pronoun,
    /// Subordinating conjunction.
    Mark,
    /// Auxiliary before the subject in place of "if".
    Inversion,
    /// Preposition before the event.
    Preposition,
}

/// `speech/modals.tsv` and `speech/cues.tsv`.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    modals: HashMap<SmolStr, Modal>,
    cues: HashMap<(SmolStr, Scope), HedgeCue>,
}

impl Cues {
    /// The embedded tables.
    ///
    /// # Errors
    /// A line does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        let mut out = Cues::default();
        let text = include_str!("../speech/modals.tsv");
        let columns = ["modal", "positive", "negative", "perfect", "perfect_negative", "example"];
        for row in rows("speech/modals.tsv", text, &columns)? {
            let mut values = [Effect::Happened; 4];
            for (i, value) in values.iter_mut().enumerate() {
                *value = Effect::read(&row, i + 1)?;
            }
            let modal = Modal { values, example: row.cell(5).into(), place: row.place().into() };
            out.modals.insert(row.cell(0).into(), modal);
        }
        let text = include_str!("../speech/cues.tsv");
        for row in rows("speech/cues.tsv", text, &["cue", "scope", "effect", "example"])? {
            let scope = match row.cell(1) {
                "adverb" => Scope::Adverb,
                "modifier" => Scope::Modifier,
                "determiner" => Scope::Determiner,
                "pronoun" => Scope::Pronoun,
                "mark" => Scope::Mark,
                "inversion" => Scope::Inversion,
                "preposition" => Scope::Preposition,
                other => return Err(row.error(format!("unknown scope {other:?}"))),
            };
            let cue = HedgeCue {
                cue: row.cell(0).into(),
                effect: Effect::read(&row, 2)?,
                example: row.cell(3).into(),
                place: row.place().into(),
            };
            out.cues.insert((cue.cue.clone(), scope), cue);
        }
        Ok(out)
    }

    /// The modal verb written `word` (lower case, "wo" for "won't").
    pub fn modal(&self, word: &str) -> Option<&Modal> {
        self.modals.get(word)
    }

    /// The cue `word` in a position.
    pub fn cue(&self, word: &str, scope: Scope) -> Option<&HedgeCue> {
        self.cues.get(&(SmolStr::new(word), scope))
    }

    /// All cues with their scope, in no order.
    pub fn cues(&self) -> impl Iterator<Item = (Scope, &HedgeCue)> {
        self.cues.iter().map(|((_, s), c)| (*s, c))
    }

    /// All modals, in no order.
    pub fn modals(&self) -> impl Iterator<Item = (&SmolStr, &Modal)> {
        self.modals.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_marks_its_event() {
        let signatures = Signatures::embedded().unwrap();
        for s in signatures.rows() {
            assert_eq!(s.example.matches('*').count(), 2, "{}: {}", s.place, s.example);
        }
        let cues = Cues::embedded().unwrap();
        for (_, c) in cues.cues() {
            assert_eq!(c.example.matches('*').count(), 2, "{}: {}", c.place, c.example);
        }
    }

    #[test]
    fn particles_come_first() {
        let signatures = Signatures::embedded().unwrap();
        let first = signatures.of("rule", WordClass::Verb).next().unwrap();
        assert_eq!(first.particle, "out");
        assert!(signatures.of("regret", WordClass::Verb).all(Signature::is_factive));
    }
}
