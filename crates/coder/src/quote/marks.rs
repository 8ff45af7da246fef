//! Quotation marks of a page to quoted stretches, each within one block.

use record::{Block, ByteSpan, Syntax, TokenSpan};
use std::ops::Range;

/// One quoted stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    /// The words inside the marks, without white space at the ends.
    pub(super) inner: ByteSpan,
    /// The same with the marks.
    pub(super) outer: ByteSpan,
    /// Tokens of the inside.
    pub(super) tokens: TokenSpan,
    /// Index of the block.
    pub(super) block: usize,
    /// False when the block ends before the mark is closed: the quotation goes on in the next paragraph.
    pub(super) closed: bool,
}

/// Finds the quoted stretches of all blocks that the parse covers.
pub(super) fn find(syntax: &Syntax<'_>) -> Vec<Quoted> {
    let mut out = Vec::new();
    let mut last = usize::MAX;
    for sentence in &syntax.doc.sentences {
        let at = sentence.block as usize;
        if at == last {
            continue;
        }
        last = at;
        if let Some(block) = syntax.page.blocks.get(at) {
            in_block(syntax, block, at, &mut out);
        }
    }
    out
}

fn in_block(syntax: &Syntax<'_>, block: &Block, index: usize, out: &mut Vec<Quoted>) {
    let text = syntax.slice(block.span);
    if !text.contains(['"', '“', '”', '„', '«', '»', '‘', '`', '\'']) {
        return;
    }
    let mut open: Option<(usize, usize)> = None;
    let single = uses_single_marks(text);
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        let mut width = c.len_utf8();
        if c == '`' && after == '`' || c == '\'' && after == '\'' {
            chars.next();
            width = 2;
        } else if !is_mark(c, before, after, single) {
            before = c;
            continue;
        }
        match open {
            Some((start, inside)) if !(c == '“' && before.is_whitespace()) => {
                out.extend(stretch(syntax, block, index, start..at + width, inside..at));
                open = None;
            }
            _ => open = Some((at, at + width)),
        }
        before = c;
    }
    if let Some((start, inside)) = open {
        let rest = stretch(syntax, block, index, start..text.len(), inside..text.len());
        out.extend(rest.map(|q| Quoted { closed: false, ..q }));
    }
}

/// True for blocks that quote in single marks: a single mark after a space and none of the double ones.
fn uses_single_marks(text: &str) -> bool {
    !text.contains(['"', '“', '”'])
        && (text.starts_with(['‘', '\'']) || text.contains(" ‘") || text.contains(" '"))
}

fn is_mark(c: char, before: char, after: char, single: bool) -> bool {
    match c {
        '"' => !before.is_ascii_digit() || after.is_whitespace() || after.is_ascii_punctuation(),
        '“' | '”' | '„' | '«' | '»' => true,
        '‘' | '’' | '\'' if single => {
            let opens = !before.is_alphanumeric() && after.is_alphanumeric();
            let closes = (before.is_ascii_punctuation() || before.is_alphanumeric())
                && !after.is_alphanumeric()
                && before != 's';
            opens || closes
        }
        _ => false,
    }
}

/// The stretch between two places of a block's text, marks at its ends.
fn stretch(
    syntax: &Syntax<'_>,
    block: &Block,
    index: usize,
    outer: Range<usize>,
    inner: Range<usize>,
) -> Option<Quoted> {
    let base = block.span.start as usize;
    let inner = trim(syntax, ByteSpan::new(base + inner.start, base + inner.end));
    let tokens = syntax.doc.tokens_in(inner);
    if inner.is_empty() || tokens.is_empty() {
        return None;
    }
    let outer = ByteSpan::new(base + outer.start, base + outer.end);
    Some(Quoted { inner, outer, tokens, block: index, closed: true })
}

/// `span` without white space at its ends.
pub(super) fn trim(syntax: &Syntax<'_>, span: ByteSpan) -> ByteSpan {
    let text = syntax.slice(span);
    let start = span.start as usize + (text.len() - text.trim_start().len());
    ByteSpan::new(start, start + text.trim().len())
}
