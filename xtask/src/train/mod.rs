//! `cargo xtask train-places`: toponym gold to the weight tables of the place stage, with cross-validation by document.
//!
//! `--data FILE` gold in the form of the places evaluation, `--parses FILE` (optional) parses made before, `--cv DIR`
//! writes the predictions of every document by weights that were trained without its fold.

mod background;
pub mod data;
mod logistic;
mod ranker;
mod recogniser;
pub mod stories;

use data::Item;
use record::offset::CodePoints;
use record::{ByteSpan, PlaceMention, Syntax};
use resolver::place::PlaceResolver;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Number of folds.
const FOLDS: u64 = 5;

/// Runs the trainer.
pub fn run(args: &[String]) -> Result<(), String> {
    let mut gold = PathBuf::from("../shared/eval/places/toponyms.jsonl");
    let mut parses = None;
    let mut cv = None;
    let mut write = false;
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let mut value = || rest.next().map(PathBuf::from).ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--data" => gold = value()?,
            "--parses" => parses = Some(value()?),
            "--cv" => cv = Some(value()?),
            "--write" => write = true,
            _ => return Err(format!("train-places: unknown option {arg}")),
        }
    }
    let items = data::load(&gold, parses.as_deref())?;
    println!("{} documents", items.len());
    let plain =
        PlaceResolver::with_weights("feature\tweight\n", "feature\tweight\n").map_err(|e| e.to_string())?;
    let spans: Vec<_> = items.iter().map(|i| recogniser::study(&plain, i)).collect();
    if let Some(dir) = cv {
        cross_validate(&plain, &items, &spans, &dir)?;
    }
    if write {
        let all: Vec<usize> = (0..items.len()).collect();
        let weights = recogniser::train(&spans, &all);
        let ranker = ranker::train(&plain, &items, &all)?;
        let table = |rows: &[(String, f32)]| {
            let mut out = "feature\tweight\n".to_owned();
            rows.iter().for_each(|(n, w)| _ = writeln!(out, "{n}\t{w:.3}"));
            out
        };
        std::fs::write("tables/places/recogniser.tsv", table(&weights)).map_err(|e| e.to_string())?;
        std::fs::write("tables/places/ranker.tsv", table(&ranker)).map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn cross_validate(
    plain: &PlaceResolver,
    items: &[Item],
    spans: &[recogniser::Study],
    dir: &Path,
) -> Result<(), String> {
    std::fs::create_dir_all(dir).map_err(|e| e.to_string())?;
    let (mut joint, mut given) = (String::new(), String::new());
    for fold in 0..FOLDS {
        let (test, train): (Vec<usize>, Vec<usize>) = (0..items.len()).partition(|&i| items[i].fold == fold);
        let weights = recogniser::train(spans, &train);
        let ranker = ranker::train(plain, items, &train)?;
        let model =
            PlaceResolver::with_weights(&text(&weights), &text(&ranker)).map_err(|e| e.to_string())?;
        for i in test {
            let item = &items[i];
            let syntax = Syntax::new(&item.page, &item.doc);
            let _ = writeln!(joint, "{}", line(item, &model.resolve(&syntax, &[])));
            let gold: Vec<ByteSpan> = item.required.iter().map(|g| g.span).collect();
            let _ = writeln!(given, "{}", line(item, &model.resolve_spans(&syntax, &gold)));
        }
        println!("fold {fold}: {} recogniser weights", weights.len());
    }
    std::fs::write(dir.join("joint.jsonl"), joint).map_err(|e| e.to_string())?;
    std::fs::write(dir.join("given.jsonl"), given).map_err(|e| e.to_string())
}

fn text(rows: &[(String, f32)]) -> String {
    let mut out = "feature\tweight\n".to_owned();
    rows.iter().for_each(|(n, w)| _ = writeln!(out, "{n}\t{w}"));
    out
}

/// One line of predictions.
pub fn line(item: &Item, mentions: &[PlaceMention]) -> Value {
    let points = CodePoints::new(&item.page.text);
    let toponyms: Vec<Value> = mentions.iter().map(|m| toponym(&points, m)).collect();
    json!({"id": item.id, "toponyms": toponyms})
}

/// A mention in the scorer's form.
pub fn toponym(points: &CodePoints<'_>, m: &PlaceMention) -> Value {
    let mut out =
        json!({"start": points.of_byte(m.span.start as usize), "end": points.of_byte(m.span.end as usize)});
    if let Some(p) = &m.place {
        out["lat"] = p.lat.into();
        out["lon"] = p.lon.into();
        if let Some(id) = p.geonames_id {
            out["geonameid"] = id.into();
        }
        if let Some(code) = p.country.as_deref().and_then(alpha2) {
            out["country"] = code.into();
        }
        out["why"] = format!("{} {} {:?}", m.why.rule, p.name, m.why.rejected).into();
    }
    out
}

/// ISO 3166 alpha-2 of an alpha-3.
fn alpha2(alpha3: &str) -> Option<&'static str> {
    assets::gazetteer().countries().find(|c| c.alpha3 == alpha3).map(|c| c.alpha2)
}
