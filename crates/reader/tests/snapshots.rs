//! Whole pages of `corpus/` as the reader sees them: every block with its kind, every value with its method.
//!
//! `INSTA_UPDATE=always cargo test -p demarche-reader --test snapshots` writes them anew; review with `git diff`.

use demarche_reader::{Hint, read};
use record::{Found, Page};
use std::fmt::{Display, Write as _};
use std::path::Path;

#[test]
fn whole_pages() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/pages"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 14);
    for file in files {
        let page = read(&std::fs::read(&file).unwrap(), &Hint::default()).unwrap();
        insta::assert_snapshot!(file.file_name().unwrap().to_string_lossy().into_owned(), render(&page));
    }
}

fn render(page: &Page) -> String {
    let mut out = String::new();
    let meta = &page.meta;
    one(&mut out, "headline", &meta.headline);
    meta.authors.iter().for_each(|a| value(&mut out, "author", a));
    one(&mut out, "desk", &meta.desk);
    one(&mut out, "publisher", &meta.publisher);
    one(&mut out, "country", &meta.publisher_country);
    one(&mut out, "section", &meta.section);
    one(&mut out, "published", &meta.published);
    one(&mut out, "updated", &meta.updated);
    one(&mut out, "language", &meta.language);
    one(&mut out, "address", &meta.canonical_url);
    meta.images.iter().for_each(|i| value(&mut out, "image", i));
    meta.wires.iter().for_each(|w| value(&mut out, "wire", w));
    one(&mut out, "dateline", &meta.dateline);
    for note in &page.notes {
        let _ = writeln!(out, "note: {note}");
    }
    for block in &page.blocks {
        let kind = format!("{:?}", block.kind);
        let _ = writeln!(out, "{kind:<14}{}", block.span.of(&page.text));
    }
    out
}

fn one<T: Display>(out: &mut String, name: &str, found: &Option<Found<T>>) {
    if let Some(found) = found {
        value(out, name, found);
    }
}

fn value<T: Display>(out: &mut String, name: &str, found: &Found<T>) {
    let place = found.span.map_or(String::new(), |s| format!(" at {}..{}", s.start, s.end));
    let _ = writeln!(out, "{name}: {} [{}{place}]", found.value, found.how);
}
