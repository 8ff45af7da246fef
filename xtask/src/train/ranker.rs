//! Conditional logit over the candidates of each name: which place is meant.

use super::data::{GoldToponym, Item};
use record::{ByteSpan, Place, Syntax};
use resolver::place::{PlaceResolver, RankStudy};
use std::fmt::Write;

const STEPS: usize = 350;
const PENALTY: f32 = 0.3;

/// One mention: its candidates' features, and how right each candidate is.
struct Choice {
    rows: Vec<Vec<f32>>,
    right: Vec<f32>,
    weight: f32,
}

/// Weights of both passes from the documents `of`, sorted by name.
pub fn train(_plain: &PlaceResolver, items: &[Item], of: &[usize]) -> Result<Vec<(String, f32)>, String> {
    let mut table: Vec<(String, f32)> = Vec::new();
    for (together, rounds) in [(false, 0), (true, 0), (true, 1)] {
        let mut text = "feature\tweight\n".to_owned();
        table.iter().for_each(|(n, w)| _ = writeln!(text, "{n}\t{w}"));
        let model = PlaceResolver::with_weights("feature\tweight\n", &text).map_err(|e| e.to_string())?;
        let choices: Vec<Choice> =
            of.iter().flat_map(|&i| choices(&model, &items[i], together, rounds)).collect();
        let names = PlaceResolver::rank_features(together);
        let weights = fit(&choices, names.len());
        table.retain(|(n, _)| !names.contains(n));
        table.extend(names.into_iter().zip(weights));
    }
    table.retain(|(_, w)| w.abs() >= 0.001);
    table.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(table)
}

fn choices(model: &PlaceResolver, item: &Item, together: bool, rounds: usize) -> Vec<Choice> {
    let syntax = Syntax::new(&item.page, &item.doc);
    let spans: Vec<ByteSpan> = item.required.iter().map(|g| g.span).collect();
    let studies = model.study_ranks(&syntax, &spans, together, rounds);
    let count = |group: usize| studies.iter().filter(|s| s.group == group).count();
    let one = |(gold, study): (&GoldToponym, &RankStudy)| {
        let right: Vec<f32> = study.candidates.iter().map(|(p, _)| rightness(gold, p)).collect();
        let known = right.iter().any(|r| *r > 0.0) && study.candidates.len() > 1;
        let rows = study.candidates.iter().map(|(_, f)| f.clone()).collect();
        let weight = 1.0 / (count(study.group) as f32).sqrt();
        known.then_some(Choice { rows, right, weight })
    };
    item.required.iter().zip(&studies).filter_map(one).collect()
}

/// 1 for the same GeoNames id, a part of it for a place within 161 km.
fn rightness(gold: &GoldToponym, place: &Place) -> f32 {
    if gold.id.is_some() && gold.id == place.geonames_id {
        return 1.0;
    }
    let Some((lat, lon)) = gold.point else { return 0.0 };
    if kilometres(lat, lon, place.lat, place.lon) > 161.0 {
        return 0.0;
    }
    if gold.id.is_some() { 0.3 } else { 1.0 }
}

/// Great-circle distance on a sphere of radius 6371 km.
fn kilometres(lat1: f64, lon1: f64, lat2: f64, lon2: f64) -> f64 {
    let (a, b, c, d) = (lat1.to_radians(), lon1.to_radians(), lat2.to_radians(), lon2.to_radians());
    let h = ((c - a) / 2.0).sin().powi(2) + a.cos() * c.cos() * ((d - b) / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// Adam on the penalised log-likelihood of the right candidates.
fn fit(choices: &[Choice], size: usize) -> Vec<f32> {
    let mut w = vec![0.0f32; size];
    let (mut m, mut v) = (vec![0.0f32; size], vec![0.0f32; size]);
    for step in 1..=STEPS {
        let mut gradient: Vec<f32> = w.iter().map(|w| -PENALTY * w).collect();
        choices.iter().for_each(|c| add_gradient(c, &w, &mut gradient));
        let rate = 0.15 * (1.0 - step as f32 / (STEPS as f32 + 20.0));
        for i in 0..size {
            m[i] = 0.9 * m[i] + 0.1 * gradient[i];
            v[i] = 0.99 * v[i] + 0.01 * gradient[i] * gradient[i];
            let (a, b) = (m[i] / (1.0 - 0.9f32.powi(step as i32)), v[i] / (1.0 - 0.99f32.powi(step as i32)));
            w[i] += rate * a / (b.sqrt() + 1e-6);
        }
    }
    w
}

fn add_gradient(c: &Choice, w: &[f32], gradient: &mut [f32]) {
    let scores: Vec<f32> = c.rows.iter().map(|r| r.iter().zip(w).map(|(x, w)| x * w).sum()).collect();
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let odds: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let total: f32 = odds.iter().sum();
    let good: f32 = odds.iter().zip(&c.right).map(|(o, r)| o * r).sum::<f32>().max(1e-20);
    for ((row, o), r) in c.rows.iter().zip(&odds).zip(&c.right) {
        let pull = c.weight * (o * r / good - o / total);
        if pull.abs() > 1e-7 {
            row.iter().zip(gradient.iter_mut()).for_each(|(x, g)| *g += pull * x);
        }
    }
}
