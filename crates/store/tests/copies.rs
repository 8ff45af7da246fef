//! Copies and what only looks like them, generated from the project's own sentences: how many are told apart.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)] // the figures are the output

#[path = "made/random.rs"]
mod random;

use demarche_store::merge::copies::{Text, trace};
use random::Random;

/// News-like texts of fourteen sentences each, in paragraphs of two, every sentence in one text only.
fn texts() -> Vec<Vec<String>> {
    let senses = tables::patterns::embedded().unwrap();
    let mut all: Vec<String> = Vec::new();
    for sense in &senses {
        all.extend([sense.yes(), sense.no()].iter().filter(|s| s.len() > 60).map(|s| (*s).to_owned()));
    }
    all.sort();
    all.dedup();
    let mut random = Random(1);
    for i in (1..all.len()).rev() {
        all.swap(i, random.below(i + 1));
    }
    all.chunks_exact(14).take(150).map(<[String]>::to_vec).collect()
}

fn text(id: &str, at: &str, body: &str) -> Text {
    Text {
        id: id.into(),
        published: at.to_owned(),
        outlet: Some(id.to_owned()),
        body: body.to_owned(),
        ..Text::default()
    }
}

/// True when `b` is taken for a copy of `a`.
fn copied(a: &str, b: &str) -> bool {
    let (edges, _) = trace(&[text("a", "2025-07-01", a), text("b", "2025-07-02", b)]);
    edges.iter().any(|e| e.kind == "copy")
}

/// Changes about `percent` of the words: another word, a swap with the next, a word left out, a word put in.
fn reword(sentences: &[String], percent: usize, random: &mut Random, vocabulary: &[&str]) -> Vec<String> {
    let other = |random: &mut Random| vocabulary[random.below(vocabulary.len())].to_owned();
    sentences
        .iter()
        .map(|s| {
            let mut words: Vec<String> = s.split(' ').map(str::to_owned).collect();
            let mut i = 0;
            while i < words.len() {
                if random.below(100) < percent {
                    match random.below(4) {
                        0 if i + 1 < words.len() => words.swap(i, i + 1),
                        1 => drop(words.remove(i)),
                        2 => words.insert(i, other(random)),
                        _ => words[i] = other(random),
                    }
                }
                i += 1;
            }
            words.join(" ")
        })
        .collect()
}

const EDITS: [(&str, bool); 12] = [
    ("first 70 %", true),
    ("first 20 %", true),
    ("paragraphs reordered", true),
    ("new headline and lead", true),
    ("rewrite 10 %", true),
    ("rewrite 20 %", true),
    ("rewrite 30 %", true),
    ("60 % copied, 40 % own", true),
    ("cut, reordered, new lead, 5 %", true),
    ("another text", false),
    ("another text with two shared sentences", false),
    ("another text with four shared quotations", false),
];

fn edit(name: &str, from: &[String], other: &[String], random: &mut Random, words: &[&str]) -> Vec<String> {
    let n = from.len();
    let quote = |s: &String| format!("“{s}”, the spokesman said.");
    match name {
        "first 70 %" => from[..n * 7 / 10].to_vec(),
        "first 20 %" => from[..n.div_ceil(5)].to_vec(),
        "paragraphs reordered" => {
            let mut parts: Vec<&[String]> = from.chunks(2).collect();
            parts.reverse();
            parts.concat()
        }
        "new headline and lead" => [&other[..2], &from[1..]].concat(),
        "60 % copied, 40 % own" => [&from[..n * 6 / 10], &other[..n * 4 / 10]].concat(),
        "cut, reordered, new lead, 5 %" => {
            let cut = reword(&from[2..7], 5, random, words);
            [other[..1].to_vec(), cut.into_iter().rev().collect()].concat()
        }
        "another text" => other.to_vec(),
        "another text with two shared sentences" => [other, &from[5..7]].concat(),
        "another text with four shared quotations" => {
            [other.to_vec(), from[3..7].iter().map(quote).collect()].concat()
        }
        rewrite => {
            let percent = rewrite.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
            reword(from, percent, random, words)
        }
    }
}

fn body(sentences: &[String]) -> String {
    sentences.chunks(2).map(|p| p.join(" ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn copies_are_told_from_what_looks_like_them() {
    let texts = texts();
    assert!(texts.len() >= 100, "{}", texts.len());
    let all = texts.concat().join(" ");
    let words: Vec<&str> = all.split(' ').collect();
    let mut random = Random(7);
    let (mut right, mut called, mut real) = (0, 0, 0);
    for (name, is_copy) in EDITS {
        let mut found = 0;
        for (i, from) in texts.iter().enumerate() {
            let other = &texts[(i + 1) % texts.len()];
            let mut source = from.clone();
            if name.contains("quotations") {
                source[3..7].iter_mut().for_each(|s| *s = format!("“{s}”, the spokesman said."));
            }
            let edited = edit(name, from, other, &mut random, &words);
            found += usize::from(copied(&body(&source), &body(&edited)));
        }
        println!("{name:<42} {:>5.3} of {} called a copy", found as f64 / texts.len() as f64, texts.len());
        called += found;
        if is_copy {
            right += found;
            real += texts.len();
        }
    }
    let (precision, recall) = (right as f64 / called as f64, right as f64 / real as f64);
    println!("precision {precision:.3} recall {recall:.3}");
    assert!(precision >= 0.98 && recall >= 0.75, "precision {precision:.3}, recall {recall:.3}");
}
