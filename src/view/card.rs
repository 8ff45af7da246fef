//! Page and metadata to the card at the top.

use super::Reading;
use crate::term::Screen;
use crate::term::style::{DIM, HINT, PLAIN, TITLE};
use crate::term::text::{count, date, safe};
use crate::term::wrap::Rich;
use record::page::Meta;

/// Headline, who and when, how much text, what the reader wants known.
pub fn card(reading: Reading<'_>, screen: &Screen) -> String {
    let Reading { page, doc, .. } = reading;
    let width = screen.measure();
    let mut out = Rich::new().add(TITLE, &headline(&page.meta, &page.source)).set(width, "", "");
    let who = who_and_when(&page.meta);
    if !who.is_empty() {
        let mut rich = Rich::new();
        for (n, (text, how)) in who.iter().enumerate() {
            rich.add(DIM, if n > 0 { " · " } else { "" }).add(PLAIN, text);
            if !how.is_empty() {
                rich.add(DIM, &format!(" ({how})"));
            }
        }
        out.push_str(&rich.set(width, "", "  "));
    }
    let words = doc.tokens.iter().filter(|t| t.pos != "PUNCT" && t.pos != "SPACE").count();
    let size = [
        safe(&page.source).into_owned(),
        count(page.body().count(), "paragraph"),
        count(doc.sentences.len(), "sentence"),
        count(words, "word"),
    ];
    out.push_str(&Rich::new().add(DIM, &size.join(" · ")).set(width, "", "  "));
    for note in &page.notes {
        out.push_str(&Rich::new().add(HINT, "note: ").add(PLAIN, &safe(note)).set(width, "", "  "));
    }
    out
}

fn headline(meta: &Meta, source: &str) -> String {
    let text = meta.headline.as_ref().map(|h| safe(&h.value).into_owned()).filter(|h| !h.is_empty());
    text.unwrap_or_else(|| format!("{} (no headline found)", safe(source)))
}

/// Parts of the second line, each with the way it was found.
fn who_and_when(meta: &Meta) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let authors: Vec<_> = meta.authors.iter().map(|a| safe(&a.value).into_owned()).collect();
    if !authors.is_empty() {
        out.push((authors.join(", "), String::new()));
    }
    for found in [&meta.desk, &meta.publisher, &meta.section].into_iter().flatten() {
        if !out.iter().any(|(t, _)| *t == found.value) {
            out.push((safe(&found.value).into_owned(), String::new()));
        }
    }
    match &meta.published {
        Some(found) => out.push((date(&found.value), found.how.to_string())),
        None => {
            out.push(("no publication date found".to_owned(), "weekdays stay open: give --date".to_owned()))
        }
    }
    if let Some(updated) =
        meta.updated.as_ref().filter(|u| Some(&u.value) != meta.published.as_ref().map(|p| &p.value))
    {
        out.push((format!("updated {}", date(&updated.value)), String::new()));
    }
    if !meta.wires.is_empty() {
        let wires: Vec<_> = meta.wires.iter().map(|w| safe(&w.value).into_owned()).collect();
        out.push((format!("credits {}", wires.join(", ")), String::new()));
    }
    if let Some(line) = &meta.dateline {
        out.push((format!("dateline {}", safe(&line.value)), String::new()));
    }
    let language = meta.language.as_ref().map(|l| l.value.to_string());
    if let Some(language) = language.filter(|l| !l.starts_with("en")) {
        out.push((format!("language {language}"), String::new()));
    }
    out
}
