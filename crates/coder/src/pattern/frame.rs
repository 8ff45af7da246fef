//! The abstract syntax of frames: what one lexicon line asks of a predicate and its arguments.
//!
//! ```text
//! frame   = element* head element*
//! element = slot | term | prep object | "that" clause | "to" (ACT | term …) | "[" element+ "]"
//! object  = slot | term | ACT            what stands after a preposition
//! slot    = ("SRC" | "TGT" | "SRC+TGT" | "OBJ") [":" class ("|" class)*] ["'s" term]
//! term    = word | "(" words ("|" words)* ")"
//! clause  = [slot] (ACT | S | term …)
//! ```
//! `SRC` acts, `TGT` receives, `SRC+TGT` all take part alike, `OBJ` is any noun, `ACT` is any event complement (clause,
//! gerund or event noun), `S` any clause. `[…]` may be absent. Words are lemmas. The head is the term that holds the
//! line's lemma (`pos` verb or adj), or in lines of `pos` noun and phrase the first term after a leading plain slot, else
//! the term with the lemma; `*` before a term makes it the head whatever the rule says.

use smol_str::SmolStr;

/// One way to say a thing: lemmas in a row ("air strike"). Hyphens split words.
pub type Term = Vec<SmolStr>;

/// A frame, as parsed.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Elements before the head.
    pub before: Vec<Element>,
    /// What the head word may be.
    pub head: Vec<Term>,
    /// How the head is used.
    pub kind: HeadKind,
    /// Elements after the head.
    pub after: Vec<Element>,
    /// True when the frame says "be" before its head ("be received by SRC"): only a passive or an adjective fits.
    pub copular: bool,
}

/// Word class of the head of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeadKind {
    /// A verb: the first word of a term is the verb, the others are particles or fixed words after it.
    Verb,
    /// An event noun: the last word of a term is the noun, the others stand before it.
    Noun,
    /// An adjective or participle.
    Adjective,
}

/// A part of a frame beside its head.
#[derive(Debug, Clone, PartialEq)]
pub enum Element {
    /// A participant in subject, object or possessor position.
    Slot(Slot),
    /// Fixed words: object, attribute, adverb or particle after a verb; modifier before a noun.
    Words(Vec<Term>),
    /// A preposition with its object.
    Prep {
        /// Which prepositions, each of one or more words ("out of").
        preps: Vec<Term>,
        /// What they govern.
        object: Box<Element>,
    },
    /// Any event complement without a marker of its own.
    Act,
    /// A clause with "to" (infinitive).
    To(Vec<Element>),
    /// A clause with or without "that".
    That(Vec<Element>),
    /// Any clause.
    AnyClause,
    /// Elements that need not be there.
    Optional(Vec<Element>),
}

/// A participant.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Which.
    pub role: Role,
    /// Classes of `shared.tsv`; any one will do. Empty: anything.
    pub classes: Vec<SmolStr>,
    /// What the participant owns, when it stands before a noun ("TGT 's demand"). The noun fills the position.
    pub owns: Vec<Term>,
}

/// The part a participant plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The doer.
    Src,
    /// The recipient.
    Tgt,
    /// Doer and recipient alike.
    Both,
    /// Another thing.
    Obj,
}

impl Frame {
    /// All slots, outermost order of the frame.
    pub fn slots(&self) -> Vec<&Slot> {
        fn walk<'f>(list: &'f [Element], out: &mut Vec<&'f Slot>) {
            for e in list {
                match e {
                    Element::Slot(s) => out.push(s),
                    Element::Prep { object, .. } => walk(std::slice::from_ref(object), out),
                    Element::To(l) | Element::That(l) | Element::Optional(l) => walk(l, out),
                    Element::Words(_) | Element::Act | Element::AnyClause => {}
                }
            }
        }
        let mut out = Vec::new();
        walk(&self.before, &mut out);
        walk(&self.after, &mut out);
        out
    }

    /// True when a slot of that role occurs.
    pub fn has(&self, role: Role) -> bool {
        self.slots().iter().any(|s| s.role == role)
    }
}
