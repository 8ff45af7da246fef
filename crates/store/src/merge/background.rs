//! Sentences that tell no news: how things stand, and what had happened before.
//!
//! Two papers that share them have looked up the same past; it does not follow that one wrote off the other.

use record::Syntax;

/// Byte ranges of such sentences, in order. The first sentence of a text is never one.
pub fn sentences(syntax: &Syntax<'_>) -> Vec<[u32; 2]> {
    let all = syntax.doc.sentences.iter().skip(1);
    all.filter(|s| {
        let root = s.tokens.range().find(|&i| i < syntax.len() && syntax.is_root(i));
        root.is_some_and(|root| is_background(syntax, root))
    })
    .map(|s| [s.span.start, s.span.end])
    .collect()
}

/// A main verb in the present tense or in the past perfect with nobody's words under it.
fn is_background(syntax: &Syntax<'_>, root: usize) -> bool {
    if syntax.child(root, "ccomp").is_some() {
        return false;
    }
    match syntax.tag(root) {
        "VBZ" | "VBP" => true,
        "VBN" => {
            let mut helpers = syntax.children_with(root, &["aux", "auxpass"]);
            helpers.any(|a| matches!(syntax.lower(a), "had" | "'d" | "’d"))
        }
        _ => false,
    }
}
