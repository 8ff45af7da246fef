//! Saved HTML pages to more training pages: flattened here, labelled by what the HTML reader calls body.

use demarche_reader::{Hint, read};
use record::BlockKind;

/// A flattened page and which byte ranges of it are body.
pub struct Silver {
    /// The text.
    pub text: String,
    /// Lines: start, end, body, caption.
    pub lines: Vec<(usize, usize, bool, bool)>,
}

/// Flattens a page in one of three styles: blank lines between blocks, list marks, or lines cut inside sentences.
pub fn flatten(bytes: &[u8], style: usize, seed: u64) -> Option<Silver> {
    let page = read(bytes, &Hint::default()).ok()?;
    let words: usize = page.body().map(|b| b.span.of(&page.text).split(' ').count()).sum();
    if words < 80 {
        return None;
    }
    let mut out = Silver { text: String::new(), lines: Vec::new() };
    let mut state = seed | 1;
    for block in &page.blocks {
        let text = block.span.of(&page.text);
        let (body, caption) = (block.kind.is_body(), block.kind == BlockKind::Caption);
        let list = matches!(
            block.kind,
            BlockKind::Navigation | BlockKind::ListItem | BlockKind::Related | BlockKind::Tags
        );
        let pieces = if style == 2 { cut(text, &mut state) } else { vec![text] };
        for piece in pieces {
            if style == 1 && list {
                out.text.push_str("  • ");
            }
            let start = out.text.len();
            out.text.push_str(piece);
            out.lines.push((start, out.text.len(), body, caption));
            out.text.push_str(if style == 0 { "\n\n" } else { "\n" });
        }
    }
    Some(out)
}

/// Cuts a paragraph where a link or a bold word may stand: around a few capitalised words.
fn cut<'a>(text: &'a str, state: &mut u64) -> Vec<&'a str> {
    let mut out = Vec::new();
    let mut from = 0;
    let words: Vec<usize> = text.match_indices(' ').map(|(i, _)| i).collect();
    for (n, &at) in words.iter().enumerate() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        let capital = text[at + 1..].starts_with(char::is_uppercase);
        if words.len() > 8 && n > 1 && *state % 100 < if capital { 12 } else { 2 } && at > from {
            out.push(text[from..at].trim());
            from = at + 1;
        }
    }
    out.push(text[from..].trim());
    out.retain(|p| !p.is_empty());
    out
}
