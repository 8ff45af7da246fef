//! Text of a frame to lexemes with their columns.

use super::frame::Role;
use super::parse::FrameError;
use smol_str::SmolStr;

/// One lexeme of a frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Lexeme {
    /// What it is.
    pub kind: Kind,
    /// Column in characters, 1 = first.
    pub column: usize,
}

/// Kinds of lexemes.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `[`
    Open,
    /// `]`
    Close,
    /// `(`
    Group,
    /// `)`
    EndGroup,
    /// `|`
    Bar,
    /// `*`, before the head.
    Mark,
    /// `'s`
    Owner,
    /// `SRC`, `TGT`, `OBJ`, `SRC+TGT`, with classes.
    Slot(Role, Vec<SmolStr>),
    /// `ACT`
    Act,
    /// `S`
    Clause,
    /// A lemma.
    Word(SmolStr),
}

/// Splits a frame.
///
/// # Errors
/// A word in capitals that is no slot, or a slot with an empty class.
pub fn lex(frame: &str) -> Result<Vec<Lexeme>, FrameError> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut start = 1;
    let mut depth = 0usize;
    for (i, c) in frame.chars().enumerate() {
        let column = i + 1;
        // A bar right after a class name goes on with the classes: `SRC:state|military`.
        let in_class = c == '|' && depth == 0 && word.contains(':');
        let single = match c {
            '[' => Some(Kind::Open),
            ']' => Some(Kind::Close),
            '(' => Some(Kind::Group),
            ')' => Some(Kind::EndGroup),
            '|' if !in_class => Some(Kind::Bar),
            '*' => Some(Kind::Mark),
            _ => None,
        };
        if single.is_some() || c.is_whitespace() {
            flush(&mut word, start, &mut out)?;
            match single {
                Some(Kind::Group) => depth += 1,
                Some(Kind::EndGroup) => depth = depth.saturating_sub(1),
                _ => {}
            }
            out.extend(single.map(|kind| Lexeme { kind, column }));
        } else {
            if word.is_empty() {
                start = column;
            }
            word.push(c);
        }
    }
    flush(&mut word, start, &mut out)?;
    Ok(out)
}

fn flush(word: &mut String, column: usize, out: &mut Vec<Lexeme>) -> Result<(), FrameError> {
    if word.is_empty() {
        return Ok(());
    }
    let text = std::mem::take(word);
    out.push(Lexeme { kind: classify(&text, column)?, column });
    Ok(())
}

fn classify(text: &str, column: usize) -> Result<Kind, FrameError> {
    let fail = |message: String| Err(FrameError { column, message });
    match text {
        "'s" | "’s" => return Ok(Kind::Owner),
        "ACT" => return Ok(Kind::Act),
        "S" => return Ok(Kind::Clause),
        _ => {}
    }
    let (name, classes) = text.split_once(':').map_or((text, None), |(n, c)| (n, Some(c)));
    let role = match name {
        "SRC" => Role::Src,
        "TGT" => Role::Tgt,
        "SRC+TGT" => Role::Both,
        "OBJ" => Role::Obj,
        _ if classes.is_some() => {
            return fail(format!("{name:?} takes no class; slots are SRC, TGT, SRC+TGT, OBJ"));
        }
        _ if ["SRC", "TGT", "OBJ", "ACT"].iter().any(|s| text.contains(s)) => {
            return fail(format!("{text:?} is no slot; slots are SRC, TGT, SRC+TGT, OBJ, ACT, S"));
        }
        _ if text.chars().any(|c| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '.' | '%' | '’'))) => {
            return fail(format!("{text:?} holds a sign that no word has"));
        }
        _ => return Ok(Kind::Word(SmolStr::new(text.to_lowercase()))),
    };
    let classes: Vec<SmolStr> =
        classes.map(|c| c.split('|').map(SmolStr::from).collect()).unwrap_or_default();
    if classes.iter().any(|c| c.is_empty()) {
        return fail("empty class".to_owned());
    }
    Ok(Kind::Slot(role, classes))
}
