//! Tables of `speech/` about saying: reporting words with kind and stance, and nouns that speak without being people.

use crate::tsv::{Row, TableError, rows};
use hashbrown::HashMap;
use smol_str::SmolStr;

/// How the content hangs on a reporting word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frame {
    /// A clause, with or without "that".
    That,
    /// A clause before it: "…, he said".
    Trail,
    /// Quotation marks.
    Quote,
    /// "how", "why", "whether".
    Wh,
    /// An infinitive: "urged them to leave".
    To,
    /// A gerund: "denied selling arms".
    Ing,
    /// "is said to": the subject is talked of.
    PassiveTo,
    /// "call the raid a crime".
    Label,
    /// "describe the raid as a crime".
    As,
    /// An object after this preposition: "warned *of* floods".
    Of,
    /// "warned *against* leaving".
    Against,
    /// "apologised *for* leaving", "called *for* calm".
    For,
    /// A noun phrase: "reiterated *its support for the deal*".
    Phrase,
    /// The object is who hears it, no content: "told *reporters* that".
    Hearer,
    /// Other prepositions, which give no content of their own.
    Other,
}

impl Frame {
    fn read(word: &str, row: &Row<'_>) -> Result<Self, TableError> {
        Ok(match word {
            "that" => Frame::That,
            "trail" => Frame::Trail,
            "quote" => Frame::Quote,
            "wh" => Frame::Wh,
            "to" => Frame::To,
            "ing" => Frame::Ing,
            "passive-to" => Frame::PassiveTo,
            "label" => Frame::Label,
            "as" => Frame::As,
            "of" => Frame::Of,
            "against" => Frame::Against,
            "for" => Frame::For,
            "phrase" => Frame::Phrase,
            "hearer" => Frame::Hearer,
            "on" | "about" | "over" | "at" | "with" => Frame::Other,
            other => return Err(row.error(format!("unknown frame {other:?}"))),
        })
    }
}

/// One line of `speech/reporting.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportingWord {
    /// Lemma, with its particle after a space.
    pub lemma: SmolStr,
    /// `say`, `claim`, `warn`, `deny`, `promise`, `ask`, `praise`, `condemn`, `report`, `admit`, `announce`, `believe`.
    pub kind: SmolStr,
    /// `neutral`, `distancing`, `factive`.
    pub stance: SmolStr,
    /// Constructions that give content.
    pub frames: Vec<Frame>,
    /// Example sentence.
    pub example: SmolStr,
    /// `file:line`.
    pub place: SmolStr,
}

impl ReportingWord {
    /// True when the word takes its content this way.
    pub fn takes(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

/// Sort of a noun that speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A report, letter, court paper.
    Document,
    /// A person without a name: "a source".
    Anonymous,
    /// A medium: "state television".
    Media,
    /// A measure that something follows, no source: "according to the schedule".
    Standard,
}

/// `speech/reporting.tsv` and `speech/sources.tsv`.
#[derive(Debug, Clone, Default)]
pub struct Reporting {
    verbs: HashMap<SmolStr, Vec<ReportingWord>>,
    nouns: HashMap<SmolStr, ReportingWord>,
    sources: HashMap<SmolStr, SourceKind>,
    frame: HashMap<&'static str, &'static str>,
}

impl Reporting {
    /// The embedded tables.
    ///
    /// # Errors
    /// A line does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        let mut out = Reporting::default();
        let text = include_str!("../speech/reporting.tsv");
        for row in
            rows("speech/reporting.tsv", text, &["lemma", "pos", "kind", "stance", "frames", "example"])?
        {
            let word = ReportingWord {
                lemma: row.cell(0).into(),
                kind: row.cell(2).into(),
                stance: row.cell(3).into(),
                frames: row.list(4).map(|f| Frame::read(f, &row)).collect::<Result<_, _>>()?,
                example: row.cell(5).into(),
                place: row.place().into(),
            };
            let first = SmolStr::new(word.lemma.split(' ').next().unwrap_or_default());
            match row.cell(1) {
                "verb" => out.verbs.entry(first).or_default().push(word),
                "noun" => drop(out.nouns.insert(word.lemma.clone(), word)),
                other => return Err(row.error(format!("unknown part of speech {other:?}"))),
            }
        }
        // "call for" is tried before "call".
        for list in out.verbs.values_mut() {
            list.sort_by_key(|w| !w.lemma.contains(' '));
        }
        let text = include_str!("../speech/sources.tsv");
        for row in rows("speech/sources.tsv", text, &["noun", "kind", "example"])? {
            let kind = match row.cell(1) {
                "document" => SourceKind::Document,
                "anonymous" => SourceKind::Anonymous,
                "media" => SourceKind::Media,
                "standard" => SourceKind::Standard,
                other => return Err(row.error(format!("unknown kind {other:?}"))),
            };
            out.sources.insert(row.cell(0).into(), kind);
        }
        let text = include_str!("../speech/frame_words.tsv");
        for row in rows("speech/frame_words.tsv", text, &["word", "class"])? {
            let class = row.cell(1);
            if !matches!(class, "gives" | "hedge" | "link" | "notice" | "state") {
                return Err(row.error(format!("unknown class {class:?}")));
            }
            out.frame.insert(row.cell(0), class);
        }
        Ok(out)
    }

    /// True when the word is of a class: `gives` (verbs that give a statement: "issued a warning"), `hedge`
    /// ("reportedly"), `link` (opens a sentence and is no part of what was said), `notice` (a page's frame: "contact").
    pub fn is(&self, word: &str, class: &str) -> bool {
        self.frame.get(word).is_some_and(|c| *c == class)
    }

    /// True when a phrase in lower case says of a medium that it is a state's.
    pub fn says_state(&self, text: &str) -> bool {
        self.frame.iter().any(|(phrase, class)| *class == "state" && text.contains(phrase))
    }

    /// Rows whose first word is the verb `lemma`; those of several words come first.
    pub fn verbs(&self, lemma: &str) -> &[ReportingWord] {
        self.verbs.get(lemma).map_or(&[][..], Vec::as_slice)
    }

    /// Row of a noun of saying ("claim", "warning").
    pub fn noun(&self, lemma: &str) -> Option<&ReportingWord> {
        self.nouns.get(lemma)
    }

    /// What sort of speaker the noun `lemma` is, when it is no person.
    pub fn source(&self, lemma: &str) -> Option<SourceKind> {
        self.sources.get(lemma).copied()
    }

    /// All rows of reporting words, in no order.
    pub fn words(&self) -> impl Iterator<Item = &ReportingWord> {
        self.verbs.values().flatten().chain(self.nouns.values())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_rows_come_first() {
        let table = Reporting::embedded().unwrap();
        assert_eq!(table.verbs("call")[0].lemma.split(' ').count(), 2);
        assert!(table.verbs("say").iter().any(|w| w.takes(Frame::Quote)));
        assert_eq!(table.source("letter"), Some(SourceKind::Document));
        assert_eq!(table.noun("claim").unwrap().stance, "distancing");
    }
}
