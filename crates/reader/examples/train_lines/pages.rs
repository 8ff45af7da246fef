//! Folders of labelled pages to lines with labels, each in a fold of its site.

use crate::{Options, silver};
use demarche_reader::lines::Lines;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// One page: its lines, and a label for each (`None`: not used).
pub struct Page {
    /// The text as lines.
    pub lines: Lines,
    /// Body or not.
    pub labels: Vec<Option<bool>>,
    /// Captions.
    pub captions: Vec<bool>,
    /// How often each line counts.
    pub shares: Vec<f32>,
    /// The fold of its site.
    pub fold: usize,
    /// Labelled by people; the others only help to train.
    pub gold: bool,
    /// Its name in the folder.
    pub id: String,
    /// How it was flattened.
    pub style: String,
    site: String,
    text: String,
}

impl Page {
    /// Prints the lines that are called wrongly.
    pub fn show(&self, body: &[bool], scores: &[f32]) {
        for (i, (a, b)) in self.lines.ranges().into_iter().enumerate() {
            let wrong = self.labels[i].is_some_and(|l| l != body[i]);
            if wrong {
                let what = if body[i] { "FALSE" } else { "MISSED" };
                let caption = if self.captions[i] { " caption" } else { "" };
                println!("    {} {i} {what}{caption} {:+.1} {:?}", self.id, scores[i], &self.text[a..b]);
            }
        }
    }
}

/// Reads the pages of `dir` and those that only help to train.
pub fn load(dir: &Path, options: &Options) -> Vec<Page> {
    let mut out = folder(dir, true);
    match options.value("--more") {
        Some(more) => out.extend(folder(Path::new(more), false)),
        None => {
            for folder in ["pages", "pages_meta"] {
                saved(&dir.join("..").join(folder), &mut out);
            }
        }
    }
    println!("{} pages, {} of them labelled by people", out.len(), out.iter().filter(|p| p.gold).count());
    out
}

/// Deals the sites into folds, those of pages labelled by people evenly.
pub fn deal(pages: &mut [Page], deal: u64, folds: usize) {
    let sites: BTreeSet<(bool, String)> = pages.iter().map(|p| (!p.gold, p.site.clone())).collect();
    let mut sites: Vec<(bool, u64, String)> =
        sites.into_iter().map(|(more, s)| (more, hash(&s, deal), s)).collect();
    sites.sort();
    for page in pages {
        let at = sites.iter().position(|s| s.2 == page.site).unwrap_or(0);
        page.fold = at % folds;
    }
}

/// FNV-1a.
fn hash(text: &str, seed: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    text.bytes()
        .chain(*b"site")
        .fold(start, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
        .rotate_left(29)
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

/// The labelled pages of a folder.
fn folder(dir: &Path, gold: bool) -> Vec<Page> {
    let labels = json(&dir.join("gold.json")).expect("gold.json");
    let urls = json(&dir.join("../pages/gold.json")).unwrap_or_default();
    let mut out = Vec::new();
    for (id, page) in labels.as_object().expect("an object") {
        let text = std::fs::read_to_string(dir.join("txt").join(format!("{id}.txt"))).expect("text");
        let url = page["url"].as_str().or_else(|| urls[id]["url"].as_str()).unwrap_or(id);
        let lines = Lines::of(&text);
        let found = labels_of(&lines, &text, &page["lines"]);
        let labels: Vec<Option<bool>> = found.iter().map(|f| f.0).collect();
        let shares = if gold { vec![1.0; labels.len()] } else { shares(&labels) };
        out.push(Page {
            captions: found.iter().map(|f| f.1).collect(),
            labels,
            shares,
            lines,
            fold: 0,
            gold,
            id: id.clone(),
            style: page["style"].as_str().unwrap_or("any").to_owned(),
            site: site_of(url),
            text,
        });
    }
    out
}

/// For each line whether it is body, and whether it is a caption.
fn labels_of(lines: &Lines, text: &str, labelled: &Value) -> Vec<(Option<bool>, bool)> {
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let at = |l: &Value, name: &str| bytes[l[name].as_u64().expect("an offset") as usize];
    let labelled = labelled.as_array().expect("lines");
    let spans: Vec<(usize, usize)> = labelled.iter().map(|l| (at(l, "start"), at(l, "end"))).collect();
    let one = |range: (usize, usize)| {
        let next = spans.partition_point(|s| s.0 <= range.0);
        let Some(found) = next.checked_sub(1).filter(|i| range.1 <= spans[*i].1) else {
            return (None, false);
        };
        let label = match labelled[found]["label"].as_str() {
            Some("B") => Some(true),
            Some("N") => Some(false),
            _ => None,
        };
        (label, labelled[found]["kind"] == "caption")
    };
    lines.ranges().into_iter().map(one).collect()
}

/// Lines this near to body all count.
const NEAR: usize = 12;
/// Of the others each so manieth counts, as many times.
const THIN: usize = 4;

/// How often each line counts: far from the body there is much of the same.
fn shares(labels: &[Option<bool>]) -> Vec<f32> {
    let near = |i: usize| {
        let around = i.saturating_sub(NEAR)..(i + NEAR + 1).min(labels.len());
        labels[around].contains(&Some(true))
    };
    (0..labels.len())
        .map(|i| {
            if near(i) {
                1.0
            } else if i % THIN == 0 {
                THIN as f32
            } else {
                0.0
            }
        })
        .collect()
}

/// Adds the saved pages of `dir`, labelled by the HTML reader.
fn saved(dir: &Path, out: &mut Vec<Page>) {
    let Some(gold) = json(&dir.join("gold.json")) else { return };
    for (n, (id, page)) in gold.as_object().expect("an object").iter().enumerate() {
        let Ok(bytes) = std::fs::read(dir.join("html").join(format!("{id}.html.gz"))) else { continue };
        let Some(silver) = silver::flatten(&bytes, n % 3, n as u64 + 77) else { continue };
        let lines = Lines::of(&silver.text);
        let find = |r: (usize, usize)| silver.lines.iter().find(|l| l.0 <= r.0 && r.1 <= l.1);
        let found: Vec<_> = lines.ranges().into_iter().map(find).collect();
        out.push(Page {
            labels: found.iter().map(|l| l.map(|l| l.2)).collect(),
            captions: found.iter().map(|l| l.is_some_and(|l| l.3)).collect(),
            shares: vec![1.0; found.len()],
            lines,
            fold: 0,
            gold: false,
            id: id.clone(),
            style: String::new(),
            site: site_of(page["url"].as_str().unwrap_or(id)),
            text: String::new(),
        });
    }
}

/// Endings under which names are given out stand one level deeper (`co.uk`).
const SHORT: usize = 3;

/// The site of an address, without the names before the one that was given out: all its pages stand in one fold.
fn site_of(url: &str) -> String {
    let host = url.split("//").last().unwrap_or(url).split('/').next().unwrap_or(url);
    let parts: Vec<&str> = host.split('.').collect();
    let deep = parts.len() > 2 && parts[parts.len() - 2].len() <= SHORT;
    parts[parts.len().saturating_sub(if deep { 3 } else { 2 })..].join(".")
}
