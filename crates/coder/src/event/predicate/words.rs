//! A token's form to the lemmas it may have.

use crate::pattern::compile::Classes;
use record::{SmolStr, Syntax};

/// The lemma of a noun in lower case; proper nouns in headlines keep their form.
pub(super) fn noun_lemma(s: &Syntax<'_>, t: usize) -> SmolStr {
    let lemma = s.lemma(t);
    if lemma.chars().all(char::is_lowercase) { lemma.into() } else { SmolStr::new(lemma.to_lowercase()) }
}

/// The lemma and, since lemmatisers guess, the other stems that a regular form allows.
pub(super) fn verb_lemmas(s: &Syntax<'_>, classes: &Classes, v: usize) -> Vec<SmolStr> {
    let lower = s.lower(v);
    let mut out = vec![SmolStr::new(s.lemma(v).to_lowercase())];
    out.extend(classes.irregular(lower).cloned());
    let mut add = |w: String| {
        if !out.iter().any(|l| *l == w) && w.len() > 1 {
            out.push(w.into());
        }
    };
    let stem = match s.tag(v) {
        "VBD" | "VBN" => lower.strip_suffix("ed"),
        "VBG" => lower.strip_suffix("ing"),
        _ => None,
    };
    if let Some(stem) = stem {
        add(stem.to_owned());
        add(format!("{stem}e"));
        let mut chars = stem.chars().rev();
        if let (Some(a), Some(b)) = (chars.next(), chars.next())
            && a == b
        {
            add(stem[..stem.len() - a.len_utf8()].to_owned());
        }
        if let Some(short) = stem.strip_suffix('i') {
            add(format!("{short}y"));
        }
    }
    out
}
