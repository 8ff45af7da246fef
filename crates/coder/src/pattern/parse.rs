//! Text of a frame to its syntax tree, strictly: every deviation is an error with its column and what was expected.

use super::frame::{Element, Frame, HeadKind, Role, Slot, Term};
use super::runs::{
    LIGHT, is_adverb, is_auxiliary, is_copula, is_of, is_preposition, is_that, is_to, join_runs,
    leading_verb, noun_subject,
};
use super::token::{Kind, Lexeme, lex};
use hashbrown::HashSet;
use smol_str::{SmolStr, ToSmolStr};
use std::fmt;

/// Why a frame was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameError {
    /// Column in the frame, in characters, 1 = first.
    pub column: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}
impl std::error::Error for FrameError {}

/// Words that govern an object when one follows.
pub const PREPOSITIONS: [&str; 49] = [
    "about",
    "across",
    "after",
    "against",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "between",
    "beyond",
    "by",
    "concerning",
    "despite",
    "down",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "past",
    "regarding",
    "round",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
    "amid",
    "along",
    "alongside",
];

/// Words of a frame that carry no meaning there and may be absent from the text.
const IGNORED: [&str; 9] = ["a", "an", "the", "its", "their", "his", "her", "own", "some"];

/// Modal verbs that a "that" clause of a frame may hold.
pub(super) const MODALS: [&str; 8] = ["should", "must", "may", "might", "can", "could", "will", "would"];

/// Parses the frame of a line whose lemma is `lemma` and part of speech `pos` (`verb`, `noun`, `adj`, `phrase`). `bodies`
/// are the nouns that may stand between a doer and its verb ("SRC troops march").
///
/// # Errors
/// The frame breaks the grammar or does not hold its lemma.
pub fn parse(frame: &str, lemma: &str, pos: &str, bodies: &HashSet<SmolStr>) -> Result<Frame, FrameError> {
    let lexemes = lex(frame)?;
    let items = Parser { lexemes: &lexemes, at: 0 }.items(None)?;
    assemble(items, lemma, pos, bodies)
}

/// An element before the head is known: words keep their column and mark.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Slot(Slot, usize),
    Words { terms: Vec<Term>, column: usize, marked: bool },
    Act(usize),
    Clause(usize),
    Optional(Vec<Item>, usize),
}

impl Item {
    fn column(&self) -> usize {
        match self {
            Item::Slot(_, c) | Item::Act(c) | Item::Clause(c) | Item::Optional(_, c) => *c,
            Item::Words { column, .. } => *column,
        }
    }
}

struct Parser<'l> {
    lexemes: &'l [Lexeme],
    at: usize,
}

fn error<T>(column: usize, message: impl Into<String>) -> Result<T, FrameError> {
    Err(FrameError { column, message: message.into() })
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.at)
    }

    /// Items up to the closing bracket of the optional part opened at `open`, or up to the end.
    fn items(&mut self, open: Option<usize>) -> Result<Vec<Item>, FrameError> {
        let mut out = Vec::new();
        loop {
            let Some(lexeme) = self.peek().cloned() else {
                return match open {
                    Some(column) => error(column, "this [ is never closed"),
                    None => Ok(out),
                };
            };
            self.at += 1;
            let column = lexeme.column;
            match lexeme.kind {
                Kind::Close if open.is_some() => return Ok(out),
                Kind::Close => return error(column, "] without ["),
                Kind::Open if open.is_some() => {
                    return error(column, "an optional part inside an optional part");
                }
                Kind::Open => {
                    let inner = self.optional(column)?;
                    // An article alone leaves nothing.
                    if !inner.is_empty() {
                        out.push(Item::Optional(inner, column));
                    }
                }
                Kind::Bar => return error(column, "alternatives need their own parentheses: (a|b)"),
                Kind::EndGroup => return error(column, ") without ("),
                Kind::Group => {
                    let terms = self.group(column)?;
                    push_words(&mut out, terms, column, false);
                }
                Kind::Mark => out.push(self.marked(column)?),
                Kind::Owner => return error(column, "'s must follow a slot"),
                Kind::Slot(role, classes) => out.push(self.slot(role, classes, column)?),
                Kind::Act => out.push(Item::Act(column)),
                Kind::Clause => out.push(Item::Clause(column)),
                Kind::Word(w) if IGNORED.contains(&w.as_str()) => {}
                Kind::Word(w) => push_words(&mut out, vec![split(&w)], column, false),
            }
        }
    }

    /// What stands between `[` and `]`: elements, or alternatives of words alone.
    fn optional(&mut self, column: usize) -> Result<Vec<Item>, FrameError> {
        let rest = &self.lexemes[self.at..];
        let inside = &rest[..rest.iter().position(|l| l.kind == Kind::Close).unwrap_or(rest.len())];
        let words_only = inside.iter().all(|l| matches!(l.kind, Kind::Word(_) | Kind::Bar));
        if !words_only || !inside.iter().any(|l| l.kind == Kind::Bar) {
            return self.items(Some(column));
        }
        let mut terms = vec![Term::new()];
        for lexeme in inside {
            match &lexeme.kind {
                Kind::Word(w) if !IGNORED.contains(&w.as_str()) => {
                    terms.last_mut().into_iter().for_each(|t| t.extend(split(w)))
                }
                Kind::Bar => terms.push(Term::new()),
                _ => {}
            }
        }
        self.at += inside.len() + 1;
        if terms.iter().any(Vec::is_empty) {
            return error(column, "empty alternative");
        }
        Ok(vec![Item::Words { terms, column, marked: false }])
    }

    fn marked(&mut self, column: usize) -> Result<Item, FrameError> {
        let Some(next) = self.peek().cloned() else { return error(column, "* without a term after it") };
        self.at += 1;
        let terms = match next.kind {
            Kind::Word(w) => vec![split(&w)],
            Kind::Group => self.group(next.column)?,
            _ => return error(next.column, "expected a word or ( after *"),
        };
        Ok(Item::Words { terms, column, marked: true })
    }

    /// Alternatives after "(" up to ")".
    fn group(&mut self, open: usize) -> Result<Vec<Term>, FrameError> {
        let mut terms: Vec<Term> = vec![Vec::new()];
        loop {
            let Some(lexeme) = self.peek().cloned() else { return error(open, "this ( is never closed") };
            self.at += 1;
            let last = terms.len() - 1;
            match lexeme.kind {
                Kind::Word(w) if IGNORED.contains(&w.as_str()) => {}
                Kind::Word(w) => terms[last].extend(split(&w)),
                Kind::Bar if terms[last].is_empty() => return error(lexeme.column, "empty alternative"),
                Kind::Bar => terms.push(Vec::new()),
                Kind::EndGroup if terms[last].is_empty() => return error(lexeme.column, "empty alternative"),
                Kind::EndGroup => return Ok(terms),
                _ => return error(lexeme.column, "alternatives hold words only; write a line for each slot"),
            }
        }
    }

    fn slot(&mut self, role: Role, classes: Vec<SmolStr>, column: usize) -> Result<Item, FrameError> {
        let mut owns = Vec::new();
        if self.peek().is_some_and(|l| l.kind == Kind::Owner) {
            let owner = self.lexemes[self.at].column;
            self.at += 1;
            match self.peek().map(|l| l.kind.clone()) {
                // The noun is taken later: it may be the head, or have optional modifiers before it.
                Some(Kind::Word(_) | Kind::Group | Kind::Mark | Kind::Open | Kind::Act) => {
                    owns.push(Vec::new())
                }
                _ => return error(owner, "expected a noun after 's"),
            }
        }
        if role == Role::Obj && !owns.is_empty() {
            return error(column, "OBJ cannot own a noun");
        }
        Ok(Item::Slot(Slot { role, classes, owns }, column))
    }
}

/// Hyphenated words to their parts.
fn split(word: &str) -> Term {
    word.split('-').filter(|p| !p.is_empty()).map(SmolStr::from).collect()
}

fn push_words(out: &mut Vec<Item>, terms: Vec<Term>, column: usize, marked: bool) {
    out.push(Item::Words { terms, column, marked });
}

pub(super) fn holds(terms: &[Term], lemma: &[SmolStr]) -> bool {
    terms.iter().any(|t| t.windows(lemma.len().max(1)).any(|w| w == lemma))
}

/// Finds the head among the items and builds the elements around it.
fn assemble(
    items: Vec<Item>,
    lemma: &str,
    pos: &str,
    bodies: &HashSet<SmolStr>,
) -> Result<Frame, FrameError> {
    let lemma: Term = lemma.split([' ', '-']).filter(|p| !p.is_empty()).map(|p| p.to_smolstr()).collect();
    let items = join_runs(items, (pos == "verb").then_some(lemma.as_slice()));
    let with_lemma =
        items.iter().position(|i| matches!(i, Item::Words { terms, .. } if holds(terms, &lemma)));
    let (at, kind) = head_of(&items, with_lemma, &lemma, pos, bodies)?;
    let Some(at) = at else {
        return error(
            1,
            format!("the lemma {:?} does not stand in the frame; mark the head with *", lemma.join(" ")),
        );
    };
    if kind == HeadKind::Verb && with_lemma.is_none() && !deep_holds(&items, &lemma) {
        return error(1, format!("the lemma {:?} does not stand in the frame", lemma.join(" ")));
    }
    let mut items = items;
    let after = items.split_off(at + 1);
    let Some(Item::Words { terms: mut head, .. }) = items.pop() else { return error(1, "no head") };
    if kind == HeadKind::Verb {
        for term in &mut head {
            // "(forcibly recruit)": the verb leads its term.
            let adverbs = term.iter().take_while(|w| is_adverb(&[vec![(*w).clone()]])).count();
            if adverbs < term.len() {
                term.rotate_left(adverbs);
            }
        }
    }
    let copular = items.iter().any(|i| matches!(i, Item::Words { terms, .. } if is_copula(terms)));
    let frame = Frame { before: before(items, kind)?, head, kind, after: sequence(after)?, copular };
    check(&frame)?;
    Ok(frame)
}

/// Which item is the head, and as what word class.
fn head_of(
    items: &[Item],
    with_lemma: Option<usize>,
    lemma: &[SmolStr],
    pos: &str,
    bodies: &HashSet<SmolStr>,
) -> Result<(Option<usize>, HeadKind), FrameError> {
    let marked = items.iter().position(|i| matches!(i, Item::Words { marked: true, .. }));
    let leading = leading_verb(items, with_lemma, bodies);
    let light = leading.is_some_and(|l| matches!(&items[l], Item::Words { terms, .. } if terms.iter().any(|t| LIGHT.contains(&t[0].as_str()))));
    let between = |at: usize| {
        leading.is_some_and(|l| l < at && items[l..at].iter().any(|i| matches!(i, Item::Slot(..))))
    };
    let infinitive =
        |at: usize| items[..at].iter().any(|i| matches!(i, Item::Words { terms, .. } if is_to(terms)));
    Ok(match (pos, marked) {
        ("verb", Some(m)) => (Some(m), HeadKind::Verb),
        // "SRC seek to isolate TGT" is told by seek, whatever the line's lemma.
        ("verb", None)
            if leading.is_some()
                && with_lemma
                    .is_none_or(|w| Some(w) != leading && (infinitive(w) || light || between(w))) =>
        {
            (leading, HeadKind::Verb)
        }
        ("verb", None) => (with_lemma, HeadKind::Verb),
        ("adj", m) => (m.or(with_lemma), HeadKind::Adjective),
        ("noun" | "phrase", Some(m)) => {
            (Some(m), if with_lemma == Some(m) && pos == "noun" { HeadKind::Noun } else { HeadKind::Verb })
        }
        ("noun", None) if leading.is_some() && leading == with_lemma => noun_subject(items, leading, lemma),
        ("noun" | "phrase", None) if leading.is_some() => (leading, HeadKind::Verb),
        ("noun", None) => (with_lemma, HeadKind::Noun),
        ("phrase", None) => (with_lemma, HeadKind::Verb),
        _ => return error(1, format!("part of speech is {pos:?}, expected verb, noun, adj or phrase")),
    })
}

fn deep_holds(items: &[Item], lemma: &[SmolStr]) -> bool {
    items.iter().any(|i| match i {
        Item::Words { terms, .. } => holds(terms, lemma),
        Item::Optional(inner, _) => deep_holds(inner, lemma),
        _ => false,
    })
}

/// Elements before the head: a subject and words, or the modifiers of a noun.
fn before(items: Vec<Item>, kind: HeadKind) -> Result<Vec<Element>, FrameError> {
    let items: Vec<Item> = items
        .into_iter()
        .filter(|i| match i {
            Item::Words { terms, .. } => !is_copula(terms),
            Item::Optional(inner, _) => {
                !inner.iter().all(|i| matches!(i, Item::Words { terms, .. } if is_copula(terms)))
            }
            _ => true,
        })
        .collect();
    let mut list = sequence(items)?;
    // "SRC envoy meet TGT": the noun of the subject phrase belongs to the slot.
    if kind == HeadKind::Verb && list.len() >= 2 {
        let of_slot = |object: &Element| match object {
            Element::Slot(slot) => Some(slot.clone()),
            _ => None,
        };
        let slot = match (&list[0], &list[1]) {
            (Element::Slot(slot), Element::Words(words)) if !is_adverb(words) && !is_auxiliary(words) => {
                Some(Slot { owns: words.clone(), ..slot.clone() })
            }
            // "troops of SRC march"
            (Element::Words(words), Element::Prep { preps, object }) if is_of(preps) => {
                of_slot(object).map(|slot| Slot { owns: words.clone(), ..slot })
            }
            (Element::Slot(first), Element::Prep { preps, object }) if is_of(preps) => {
                of_slot(object).map(|slot| Slot { classes: first.classes.clone(), ..slot })
            }
            _ => None,
        };
        if let Some(slot) = slot {
            list.splice(0..2, [Element::Slot(slot)]);
        }
    }
    Ok(list)
}

/// Items to elements: prepositions take the object that follows, "to" and "that" open a clause.
fn sequence(items: Vec<Item>) -> Result<Vec<Element>, FrameError> {
    let mut out = Vec::new();
    let mut rest = std::collections::VecDeque::from(items);
    while let Some(item) = rest.pop_front() {
        let column = item.column();
        match item {
            Item::Optional(inner, _) => out.push(Element::Optional(sequence(inner)?)),
            Item::Act(_) => out.push(Element::Act),
            Item::Clause(_) => out.push(Element::AnyClause),
            Item::Slot(slot, _) => out.push(owned(slot, &mut rest, column)?),
            Item::Words { terms, .. } => out.push(words(terms, &mut rest, column)?),
        }
    }
    Ok(out)
}

fn words(
    terms: Vec<Term>,
    rest: &mut std::collections::VecDeque<Item>,
    column: usize,
) -> Result<Element, FrameError> {
    let single = terms.first().and_then(|t| (terms.len() == 1 && t.len() == 1).then(|| t[0].clone()));
    match single.as_deref() {
        Some("that") => {
            let inner = sequence(std::mem::take(rest).into())?;
            return match inner.is_empty() {
                true => error(column, "expected ACT, S or a clause after that"),
                false => Ok(Element::That(inner)),
            };
        }
        Some("to") if matches!(rest.front(), Some(Item::Act(_) | Item::Words { .. })) => {
            // Infinitive or preposition: the matcher tries both.
            return Ok(Element::To(sequence(std::mem::take(rest).into())?));
        }
        Some(m) if MODALS.contains(&m) => return Ok(Element::Words(terms)),
        _ => {}
    }
    // "(that|of) ACT": any complement, with or without the preposition.
    let prep = is_preposition(&terms) || is_that(&terms) && matches!(rest.front(), Some(Item::Act(_)));
    if !prep {
        return Ok(Element::Words(terms));
    }
    let object = match rest.pop_front() {
        Some(Item::Slot(slot, c)) => owned(slot, rest, c)?,
        Some(Item::Act(_)) => Element::Act,
        Some(Item::Words { terms: object, column: c, marked }) => {
            let is_prep = object.iter().all(|t| t.len() == 1 && PREPOSITIONS.contains(&t[0].as_str()));
            if is_prep {
                rest.push_front(Item::Words { terms: object, column: c, marked });
                return Ok(Element::Words(terms));
            }
            Element::Words(object)
        }
        Some(other) => {
            rest.push_front(other);
            return Ok(Element::Words(terms));
        }
        None => return Ok(Element::Words(terms)),
    };
    Ok(Element::Prep { preps: terms, object: Box::new(object) })
}

/// A slot with the noun it owns, taken from what follows.
fn owned(
    mut slot: Slot,
    rest: &mut std::collections::VecDeque<Item>,
    column: usize,
) -> Result<Element, FrameError> {
    if slot.owns.is_empty() {
        return Ok(Element::Slot(slot));
    }
    slot.owns.clear();
    // Modifiers before the noun are not asked for.
    while matches!(rest.front(), Some(Item::Optional(..))) {
        rest.pop_front();
    }
    match rest.pop_front() {
        Some(Item::Words { terms, .. }) => slot.owns = terms,
        Some(Item::Act(_)) => return Ok(Element::That(vec![Element::Slot(slot), Element::Act])),
        // The noun is the head itself.
        None => {}
        Some(other) => {
            return error(other.column(), format!("expected a noun for the owner at column {column}"));
        }
    }
    Ok(Element::Slot(slot))
}

/// What no frame may do.
fn check(frame: &Frame) -> Result<(), FrameError> {
    for role in [Role::Src, Role::Tgt, Role::Both] {
        if frame.slots().iter().filter(|s| s.role == role).count() > 1 {
            return error(1, format!("{role:?} stands twice"));
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
