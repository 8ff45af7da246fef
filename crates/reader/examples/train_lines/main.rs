//! Labelled flattened pages to `tables/pages/line_model.tsv`, with figures from pages of sites not trained on.
//!
//! `cargo run --release -p demarche-reader --example train_lines -- DIR [--write FILE] [--show]`; DIR holds `gold.json` and `txt/`:
//! per page id the `lines`, each with `start`, `end` (code points), `label` (B body, N not, M not used) and `kind`.
//! The site of a page is taken from `../pages/gold.json` (`url`) when that lies beside DIR, else each page is a site.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::expect_used)]

mod boost;
mod silver;

use boost::{Growth, Model};
use demarche_reader::lines::Lines;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

/// Features left out, by the beginning of their names: `--without chunk_,file_near`.
static WITHOUT: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();

/// Rows with the features that are left out at 0.
fn without(mut rows: Vec<Vec<f32>>, names: &[String]) -> Vec<Vec<f32>> {
    let out = WITHOUT.get().map_or(&[][..], Vec::as_slice);
    for (at, name) in names.iter().enumerate() {
        if out.iter().any(|o| name.starts_with(o.as_str())) {
            rows.iter_mut().for_each(|r| r[at] = 0.0);
        }
    }
    rows
}

impl Page {
    fn first(&self) -> Vec<Vec<f32>> {
        without(self.lines.first(), &Lines::first_names())
    }

    fn second(&self, scores: &[f32]) -> Vec<Vec<f32>> {
        without(self.lines.second(scores), &Lines::second_names())
    }
}

/// One page: its lines, and a label for each (`None`: not used).
struct Page {
    lines: Lines,
    labels: Vec<Option<bool>>,
    captions: Vec<bool>,
    fold: usize,
    /// Labelled by people; the others only help to train.
    gold: bool,
    id: String,
    text: String,
}

impl Page {
    /// Prints the lines that are called wrongly.
    fn show(&self, body: &[bool], scores: &[f32]) {
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

const FOLDS: usize = 6;
/// What a page labelled by the HTML reader counts beside one labelled by people.
const SILVER: f32 = 0.4;
const FIRST: Growth =
    Growth { trees: 100, depth: 4, rate: 0.1, leaf: 15.0, ridge: 8.0, features: 0.3, rows: 1.0 };
const SECOND: Growth =
    Growth { trees: 100, depth: 3, rate: 0.1, leaf: 15.0, ridge: 8.0, features: 0.3, rows: 1.0 };

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let dir = Path::new(args.first().expect("folder"));
    if let Some(names) = args.iter().position(|a| a == "--without").and_then(|i| args.get(i + 1)) {
        WITHOUT.set(names.split(',').map(str::to_owned).collect()).expect("set once");
    }
    let pages = load(dir);
    let mut firsts = Firsts::default();
    let mut total = Count::default();
    for fold in 0..FOLDS {
        let (first, second) = fit(&pages, Some(fold), &mut firsts);
        let mut own = Count::default();
        for page in pages.iter().filter(|p| p.fold == fold && p.gold) {
            let scores: Vec<f32> = page.first().iter().map(|r| first.score(r)).collect();
            let scores: Vec<f32> = page.second(&scores).iter().map(|r| second.score(r)).collect();
            let mut one = Count::default();
            one.add(page, &page.lines.body(&scores));
            if one.fp + one.missed > 150 {
                println!("  {}: {one}", page.id);
            }
            if args.iter().any(|a| a == "--show") {
                page.show(&page.lines.body(&scores), &scores);
            }
            own.join(&one);
        }
        println!("fold {fold}: {own}");
        total.join(&own);
    }
    println!("all, each page scored by a model that has not seen its site: {total}");
    if let Some(at) = args.iter().position(|a| a == "--write") {
        let (first, second) = fit(&pages, None, &mut firsts);
        let mut out = String::from("model\ttree\tfeature\tleft\tright\tvalue\n");
        write(&mut out, "first", &first, &Lines::first_names());
        write(&mut out, "second", &second, &Lines::second_names());
        std::fs::write(args.get(at + 1).map_or("tables/pages/line_model.tsv", |s| s), out).expect("written");
    }
}

fn write(out: &mut String, name: &str, model: &Model, names: &[String]) {
    for (i, tree) in model.0.iter().enumerate() {
        for node in tree {
            match node.feature {
                Some(f) => {
                    writeln!(out, "{name}\t{i}\t{}\t{}\t{}\t{}", names[f], node.left, node.right, node.value)
                }
                None => writeln!(out, "{name}\t{i}\t\t\t\t{:.5}", node.value),
            }
            .expect("a string takes all");
        }
    }
}

/// First looks by the folds that they have not seen; two folds make the same model in either order.
type Firsts = HashMap<(usize, usize), Model>;

/// The first look that has not seen the folds `a` and `b`.
fn first<'a>(pages: &[Page], a: usize, b: usize, firsts: &'a mut Firsts) -> &'a Model {
    firsts.entry((a.min(b), a.max(b))).or_insert_with(|| {
        let rest: Vec<&Page> = pages.iter().filter(|p| p.fold != a && p.fold != b).collect();
        let rows: Vec<_> = rest.iter().map(|p| p.first()).collect();
        fit_on(&rest, &rows, FIRST)
    })
}

/// Fits both looks without the fold `out`; the second sees first scores from models that did not see the page's site.
fn fit(pages: &[Page], out: Option<usize>, firsts: &mut Firsts) -> (Model, Model) {
    let seen: Vec<&Page> = pages.iter().filter(|p| Some(p.fold) != out).collect();
    let mut rows: Vec<Vec<Vec<f32>>> = Vec::new();
    for page in &seen {
        let model = first(pages, page.fold, out.unwrap_or(page.fold), firsts);
        let scores: Vec<f32> = page.first().iter().map(|r| model.score(r)).collect();
        rows.push(page.second(&scores));
    }
    let second = fit_on(&seen, &rows, SECOND);
    let whole = match out {
        Some(out) => first(pages, out, out, firsts).clone(),
        None => {
            let rows: Vec<_> = seen.iter().map(|p| p.first()).collect();
            fit_on(&seen, &rows, FIRST)
        }
    };
    (whole, second)
}

fn fit_on(pages: &[&Page], rows: &[Vec<Vec<f32>>], growth: Growth) -> Model {
    let (mut x, mut y, mut w) = (Vec::new(), Vec::new(), Vec::new());
    for (page, rows) in pages.iter().zip(rows) {
        let words = page.lines.words();
        for (i, row) in rows.iter().enumerate() {
            if let Some(label) = page.labels[i] {
                x.push(row.as_slice());
                y.push(label);
                let caption = if page.captions[i] { 3.0 } else { 1.0 };
                let trust = if page.gold { 1.0 } else { SILVER };
                w.push((1.0 + words[i] as f32).sqrt() * caption * trust);
            }
        }
    }
    boost::train(&x, &y, &w, growth, 7)
}

fn load(dir: &Path) -> Vec<Page> {
    let json = |p: &Path| -> Option<Value> { serde_json::from_str(&std::fs::read_to_string(p).ok()?).ok() };
    let gold = json(&dir.join("gold.json")).expect("gold.json");
    let urls = json(&dir.join("../pages/gold.json")).unwrap_or_default();
    let mut sites: HashMap<String, usize> = HashMap::new();
    let mut out = Vec::new();
    for (id, page) in gold.as_object().expect("an object") {
        let text = std::fs::read_to_string(dir.join("txt").join(format!("{id}.txt"))).expect("text");
        let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let lines = Lines::of(&text);
        let gold: Vec<(usize, usize, &Value)> = page["lines"]
            .as_array()
            .expect("lines")
            .iter()
            .map(|l| {
                (bytes[l["start"].as_u64().unwrap() as usize], bytes[l["end"].as_u64().unwrap() as usize], l)
            })
            .collect();
        let find =
            |range: (usize, usize)| gold.iter().find(|(a, b, _)| *a <= range.0 && range.1 <= *b).map(|g| g.2);
        let found: Vec<Option<&Value>> = lines.ranges().into_iter().map(find).collect();
        let labels = found.iter().map(|l| match l.map(|l| l["label"].as_str().unwrap_or("M")) {
            Some("B") => Some(true),
            Some("N") => Some(false),
            _ => None,
        });
        let url = urls[id]["url"].as_str().unwrap_or(id);
        let fold = fold_of(url, &mut sites);
        let captions = found.iter().map(|l| l.is_some_and(|l| l["kind"] == "caption")).collect();
        out.push(Page { labels: labels.collect(), captions, lines, fold, gold: true, id: id.clone(), text });
    }
    for folder in ["pages", "pages_meta"] {
        more(&dir.join("..").join(folder), &mut sites, &mut out);
    }
    println!("{} pages, {} of them labelled by people", out.len(), out.iter().filter(|p| p.gold).count());
    out
}

/// Adds the saved pages of `dir`, labelled by the HTML reader.
fn more(dir: &Path, sites: &mut HashMap<String, usize>, out: &mut Vec<Page>) {
    let Ok(text) = std::fs::read_to_string(dir.join("gold.json")) else { return };
    let gold: Value = serde_json::from_str(&text).expect("gold.json");
    for (n, (id, page)) in gold.as_object().expect("an object").iter().enumerate() {
        let Ok(bytes) = std::fs::read(dir.join("html").join(format!("{id}.html.gz"))) else { continue };
        let fold = fold_of(page["url"].as_str().unwrap_or(id), sites);
        for style in [n % 3] {
            let Some(silver) = silver::flatten(&bytes, style, n as u64 + 77) else { continue };
            let lines = Lines::of(&silver.text);
            let find = |r: (usize, usize)| silver.lines.iter().find(|l| l.0 <= r.0 && r.1 <= l.1);
            let found: Vec<_> = lines.ranges().into_iter().map(find).collect();
            out.push(Page {
                labels: found.iter().map(|l| l.map(|l| l.2)).collect(),
                captions: found.iter().map(|l| l.is_some_and(|l| l.3)).collect(),
                lines,
                fold,
                gold: false,
                id: id.clone(),
                text: String::new(),
            });
        }
    }
}

/// The fold of a site, all its pages together.
fn fold_of(url: &str, sites: &mut HashMap<String, usize>) -> usize {
    let site = url.split("//").last().unwrap_or(url).split('/').next().unwrap_or(url).to_owned();
    let next = sites.len();
    *sites.entry(site).or_insert(next) % FOLDS
}

/// Words right and wrong.
#[derive(Default)]
struct Count {
    tp: usize,
    fp: usize,
    missed: usize,
    captions: usize,
    captions_out: usize,
}

impl Count {
    fn add(&mut self, page: &Page, body: &[bool]) {
        for (i, words) in page.lines.words().into_iter().enumerate() {
            match (page.labels[i], body[i]) {
                (Some(true), true) => self.tp += words,
                (Some(false), true) => self.fp += words,
                (Some(true), false) => self.missed += words,
                _ => {}
            }
            if page.captions[i] {
                self.captions += 1;
                self.captions_out += usize::from(!body[i]);
            }
        }
    }

    fn join(&mut self, other: &Count) {
        self.tp += other.tp;
        self.fp += other.fp;
        self.missed += other.missed;
        self.captions += other.captions;
        self.captions_out += other.captions_out;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let per = |a: usize, b: usize| a as f64 / (a + b).max(1) as f64;
        let (p, r) = (per(self.tp, self.fp), per(self.tp, self.missed));
        let f1 = 2.0 * p * r / (p + r);
        let out = self.captions_out as f64 / self.captions.max(1) as f64;
        write!(f, "words precision {p:.3} recall {r:.3} F1 {f1:.3}; captions kept out {out:.3}")
    }
}
