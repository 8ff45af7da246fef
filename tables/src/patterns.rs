//! `tables/patterns/*.tsv` to lexicon lines and word classes: the event lexicon as its authors write it.

use crate::tsv::{Row, TableError, rows};

/// Columns of the lexicon tables.
pub const COLUMNS: [&str; 11] =
    ["id", "lemma", "pos", "frame", "plover", "mode", "cameo", "constraint", "yes", "yes_code", "no"];

/// Columns of `shared.tsv`.
pub const SHARED_COLUMNS: [&str; 4] = ["class", "kind", "words", "note"];

/// The lexicon tables, one a PLOVER type, and `block.tsv` with the blocking senses: file name and text.
pub const FILES: [(&str, &str); 17] = [
    ("patterns/ACCUSE.tsv", include_str!("../patterns/ACCUSE.tsv")),
    ("patterns/AGREE.tsv", include_str!("../patterns/AGREE.tsv")),
    ("patterns/AID.tsv", include_str!("../patterns/AID.tsv")),
    ("patterns/ASSAULT.tsv", include_str!("../patterns/ASSAULT.tsv")),
    ("patterns/COERCE.tsv", include_str!("../patterns/COERCE.tsv")),
    ("patterns/CONCEDE.tsv", include_str!("../patterns/CONCEDE.tsv")),
    ("patterns/CONSULT.tsv", include_str!("../patterns/CONSULT.tsv")),
    ("patterns/COOPERATE.tsv", include_str!("../patterns/COOPERATE.tsv")),
    ("patterns/MOBILIZE.tsv", include_str!("../patterns/MOBILIZE.tsv")),
    ("patterns/PROTEST.tsv", include_str!("../patterns/PROTEST.tsv")),
    ("patterns/REJECT.tsv", include_str!("../patterns/REJECT.tsv")),
    ("patterns/REQUEST.tsv", include_str!("../patterns/REQUEST.tsv")),
    ("patterns/RETREAT.tsv", include_str!("../patterns/RETREAT.tsv")),
    ("patterns/SANCTION.tsv", include_str!("../patterns/SANCTION.tsv")),
    ("patterns/SUPPORT.tsv", include_str!("../patterns/SUPPORT.tsv")),
    ("patterns/THREATEN.tsv", include_str!("../patterns/THREATEN.tsv")),
    ("patterns/block.tsv", include_str!("../patterns/block.tsv")),
];

/// `shared.tsv`: word classes.
pub const SHARED: (&str, &str) = ("patterns/shared.tsv", include_str!("../patterns/shared.tsv"));
/// Words that behave in their own way in a sentence, in the form of the shared classes.
pub const GRAMMAR: (&str, &str) = ("patterns/grammar.tsv", include_str!("../patterns/grammar.tsv"));

/// One sense of the lexicon, not yet compiled.
#[derive(Debug, Clone, Copy)]
pub struct Sense<'a> {
    row: Row<'a>,
}

impl<'a> Sense<'a> {
    /// `TYPE/lemma.number`, unique over all tables.
    pub fn id(&self) -> &'a str {
        self.row.cell(0)
    }
    /// The word by which people look the sense up; it stands in the frame.
    pub fn lemma(&self) -> &'a str {
        self.row.cell(1)
    }
    /// `verb`, `noun`, `adj` or `phrase`.
    pub fn pos(&self) -> &'a str {
        self.row.cell(2)
    }
    /// The frame in the frame language.
    pub fn frame(&self) -> &'a str {
        self.row.cell(3)
    }
    /// PLOVER type, or `NONE` for a blocking sense.
    pub fn plover(&self) -> &'a str {
        self.row.cell(4)
    }
    /// PLOVER modes.
    pub fn modes(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.row.list(5)
    }
    /// CAMEO code.
    pub fn cameo(&self) -> &'a str {
        self.row.cell(6)
    }
    /// Constraints: `src=class|class`, `tgt=…`, `obj=…` and flags, split by `;`.
    pub fn constraints(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.row.cell(7).split(';').map(str::trim).filter(|c| !c.is_empty())
    }
    /// A sentence that the sense codes.
    pub fn yes(&self) -> &'a str {
        self.row.cell(8)
    }
    /// What the yes sentence is coded as: `SRC TYPE TGT`, countries joined by `+`, `-` for none.
    pub fn yes_code(&self) -> &'a str {
        self.row.cell(9)
    }
    /// A sentence that the sense must not code.
    pub fn no(&self) -> &'a str {
        self.row.cell(10)
    }
    /// The table row.
    pub fn row(&self) -> Row<'a> {
        self.row
    }
}

/// Reads one lexicon table.
///
/// # Errors
/// The header differs or a row has too many cells.
pub fn senses<'a>(file: &'a str, text: &'a str) -> Result<Vec<Sense<'a>>, TableError> {
    Ok(rows(file, text, &COLUMNS)?.into_iter().map(|row| Sense { row }).collect())
}

/// All senses of the embedded lexicon, in file order.
///
/// # Errors
/// A table does not keep its form.
pub fn embedded() -> Result<Vec<Sense<'static>>, TableError> {
    let mut out = Vec::new();
    for (file, text) in FILES {
        out.extend(senses(file, text)?);
    }
    Ok(out)
}

/// What a class of `shared.tsv` is a class of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassKind {
    /// Lemmas of nouns: a slot of the class is bound by such a noun (or its compound).
    Noun,
    /// PLOVER sectors and actor kinds: a slot of the class is bound by such an actor.
    Actor,
    /// A closed list that a rule of the coder uses (light verbs, quantity heads).
    List,
}

/// One class of words.
#[derive(Debug, Clone, Copy)]
pub struct Class<'a> {
    /// Its name, as slots use it.
    pub name: &'a str,
    /// What its words are.
    pub kind: ClassKind,
    /// The table row; its list of words is cell 2.
    pub row: Row<'a>,
}

impl<'a> Class<'a> {
    /// Lemmas (several words: compound and head), or sectors and kinds.
    pub fn words(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.row.list(2)
    }
}

/// Reads a table of word classes. A class may go over several rows.
///
/// # Errors
/// The header differs, or a kind is none of `noun`, `actor`, `list`.
pub fn classes<'a>(file: &'a str, text: &'a str) -> Result<Vec<Class<'a>>, TableError> {
    let mut seen = hashbrown::HashSet::new();
    rows(file, text, &SHARED_COLUMNS)?
        .into_iter()
        .map(|row| {
            // A second row of a class and kind is a row that overwrote another.
            if !seen.insert((row.cell(0), row.cell(1))) {
                return Err(row.error(format!("a second row of {} {}", row.cell(0), row.cell(1))));
            }
            let kind = match row.cell(1) {
                "noun" => ClassKind::Noun,
                "actor" => ClassKind::Actor,
                "list" => ClassKind::List,
                other => return Err(row.error(format!("kind is {other:?}, expected noun, actor or list"))),
            };
            Ok(Class { name: row.cell(0), kind, row })
        })
        .collect()
}

/// The embedded classes.
///
/// # Errors
/// The table does not keep its form.
pub fn shared() -> Result<Vec<Class<'static>>, TableError> {
    let mut out = classes(SHARED.0, SHARED.1)?;
    out.extend(classes(GRAMMAR.0, GRAMMAR.1)?);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_tables_keep_their_form() {
        embedded().unwrap();
        assert!(shared().unwrap().iter().any(|c| c.name == "state" && c.kind == ClassKind::Actor));
    }

    #[test]
    fn refuses_a_second_row_of_a_class_and_kind() {
        let text = "class\tkind\twords\tnote\naid\tnoun\tfood\t\naid\tlist\tgive\t\naid\tnoun\thelp\t\n";
        let e = classes("s.tsv", text).unwrap_err();
        assert!(e.message.starts_with("s.tsv:4"), "{e}");
    }

    #[test]
    fn refuses_unknown_kinds() {
        let e = classes("s.tsv", "class\tkind\twords\tnote\naid\tthing\tfood\t\n").unwrap_err();
        assert!(e.message.starts_with("s.tsv:2"), "{e}");
    }
}
