//! Labelled flattened pages to `tables/pages/line_model.tsv`, with figures from pages of sites not trained on.
//!
//! `cargo run --release -p demarche-reader --example train_lines -- DIR [--more DIR] [--repeat N] [--write [FILE]] [--show]`;
//! DIR holds `gold.json` and `txt/`: per page id the `lines`, each with `start`, `end` (code points), `label` (B body, N not,
//! M not used) and `kind`, and perhaps `style`. The site of a page is that of its `url`, else of the `url` that `../pages/gold.json`
//! gives; else each page is a site.
//!
//! `--more` names a folder of the same form with pages that only help to train: saved pages flattened as those of DIR were, in the
//! same three styles, each line labelled by the words that it shares with the article as people wrote it down or, without one, as
//! the HTML reader finds it (`flatten.py` beside this file makes it). The pages of the table in use are named in `tables/pages/README.md`. Without `--more` the pages of
//! `../pages` and `../pages_meta` are flattened by rule, which tells less.
//!
//! `--repeat` deals the sites into folds that many times, each time another way: figures of one deal move by a point or two.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::expect_used)]

mod boost;
mod count;
mod pages;
mod silver;

use boost::{Growth, Model};
use count::Count;
use demarche_reader::lines::Lines;
use pages::Page;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;

/// What a page labelled by the HTML reader counts beside one labelled by people.
const SILVER: f32 = 0.4;
/// What a caption counts beside another line: they are few, and read like text.
const CAPTION: f32 = 4.5;
const FIRST: Growth =
    Growth { trees: 150, depth: 4, rate: 0.1, leaf: 15.0, ridge: 8.0, features: 0.3, rows: 0.5 };
const SECOND: Growth =
    Growth { trees: 150, depth: 3, rate: 0.1, leaf: 15.0, ridge: 8.0, features: 0.3, rows: 0.5 };

/// What the command line asks for.
struct Options(Vec<String>);

impl Options {
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|a| a == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        let at = self.0.iter().position(|a| a == name)?;
        self.0.get(at + 1).map(String::as_str)
    }

    fn number<T: std::str::FromStr>(&self, name: &str, usual: T) -> T {
        self.value(name).and_then(|v| v.parse().ok()).unwrap_or(usual)
    }
}

/// How to train.
#[derive(Clone, Copy)]
struct Plan {
    folds: usize,
    silver: f32,
    caption: f32,
    first: Growth,
    second: Growth,
}

impl Plan {
    fn of(options: &Options) -> Plan {
        let grow = |name: &str, usual: Growth| Growth {
            trees: options.number(&format!("--{name}-trees"), usual.trees),
            depth: options.number(&format!("--{name}-depth"), usual.depth),
            rate: options.number(&format!("--{name}-rate"), usual.rate),
            leaf: options.number(&format!("--{name}-leaf"), usual.leaf),
            features: options.number(&format!("--{name}-features"), usual.features),
            rows: options.number(&format!("--{name}-rows"), usual.rows),
            ..usual
        };
        Plan {
            folds: options.number("--folds", 4),
            silver: options.number("--silver", SILVER),
            caption: options.number("--caption", CAPTION),
            first: grow("first", FIRST),
            second: grow("second", SECOND),
        }
    }
}

fn main() {
    let options = Options(std::env::args().skip(1).collect());
    let plan = Plan::of(&options);
    let mut pages = pages::load(Path::new(options.0.first().expect("folder")), &options);
    let mut total = Counts::default();
    let from: usize = options.number("--from", 0);
    for deal in from..from + options.number("--repeat", 1) {
        pages::deal(&mut pages, deal as u64, plan.folds);
        let own = cross_validate(&pages, &plan, &options);
        println!("deal {deal}: {}", own["all"]);
        for (style, count) in own {
            total.entry(style).or_default().join(&count);
        }
    }
    println!("each page scored by a model that has not seen its site:");
    for (style, count) in &total {
        println!("  {style}: {count}");
    }
    if options.has("--write") {
        let (first, second) = fit(&pages, None, &plan, &mut Firsts::default());
        let mut out = String::from("model\ttree\tfeature\tleft\tright\tvalue\n");
        write(&mut out, "first", &first, &Lines::first_names());
        write(&mut out, "second", &second, &Lines::second_names());
        let path = options.value("--write").filter(|p| !p.starts_with("--"));
        std::fs::write(path.unwrap_or("tables/pages/line_model.tsv"), out).expect("written");
    }
}

/// Words right and wrong by style.
type Counts = BTreeMap<String, Count>;

fn cross_validate(pages: &[Page], plan: &Plan, options: &Options) -> Counts {
    let mut firsts = Firsts::default();
    let mut total = Counts::default();
    for fold in 0..plan.folds {
        let (first, second) = fit(pages, Some(fold), plan, &mut firsts);
        for page in pages.iter().filter(|p| p.fold == fold && p.gold) {
            let scores: Vec<f32> = page.lines.first().iter().map(|r| first.score(r)).collect();
            let scores: Vec<f32> = page.lines.second(&scores).iter().map(|r| second.score(r)).collect();
            let body = page.lines.body(&scores);
            let one = Count::of(page, &body);
            if one.wrong() > 150 && options.has("--pages") {
                println!("  {}: {one}", page.id);
            }
            if options.has("--show") {
                page.show(&body, &scores);
            }
            for name in ["all", &page.style] {
                total.entry(name.to_owned()).or_default().join(&one);
            }
        }
    }
    total
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
fn first<'a>(pages: &[Page], a: usize, b: usize, plan: &Plan, firsts: &'a mut Firsts) -> &'a Model {
    firsts.entry((a.min(b), a.max(b))).or_insert_with(|| {
        let rest: Vec<&Page> = pages.iter().filter(|p| p.fold != a && p.fold != b).collect();
        let rows: Vec<&[Vec<f32>]> = rest.iter().map(|p| p.lines.first()).collect();
        fit_on(&rest, &rows, plan, plan.first)
    })
}

/// Fits both looks without the fold `out`; the second sees first scores from models that did not see the page's site.
fn fit(pages: &[Page], out: Option<usize>, plan: &Plan, firsts: &mut Firsts) -> (Model, Model) {
    let seen: Vec<&Page> = pages.iter().filter(|p| Some(p.fold) != out).collect();
    let mut rows: Vec<Vec<Vec<f32>>> = Vec::new();
    for page in &seen {
        let model = first(pages, page.fold, out.unwrap_or(page.fold), plan, firsts);
        let scores: Vec<f32> = page.lines.first().iter().map(|r| model.score(r)).collect();
        rows.push(page.lines.second(&scores));
    }
    let rows: Vec<&[Vec<f32>]> = rows.iter().map(Vec::as_slice).collect();
    let second = fit_on(&seen, &rows, plan, plan.second);
    let whole = match out {
        Some(out) => first(pages, out, out, plan, firsts).clone(),
        None => {
            let rows: Vec<&[Vec<f32>]> = seen.iter().map(|p| p.lines.first()).collect();
            fit_on(&seen, &rows, plan, plan.first)
        }
    };
    (whole, second)
}

fn fit_on(pages: &[&Page], rows: &[&[Vec<f32>]], plan: &Plan, growth: Growth) -> Model {
    let (mut x, mut y, mut w) = (Vec::new(), Vec::new(), Vec::new());
    for (page, rows) in pages.iter().zip(rows) {
        let words = page.lines.words();
        for (i, row) in rows.iter().enumerate() {
            let Some(label) = page.labels[i].filter(|_| page.shares[i] > 0.0) else { continue };
            x.push(row.as_slice());
            y.push(label);
            let caption = if page.captions[i] { plan.caption } else { 1.0 };
            let trust = if page.gold { 1.0 } else { plan.silver };
            w.push((1.0 + words[i] as f32).sqrt() * caption * trust * page.shares[i]);
        }
    }
    boost::train(&x, &y, &w, growth, 7)
}
