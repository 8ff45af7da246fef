//! Logistic regression over candidate spans: which are toponyms.

use super::data::Item;
use record::{ByteSpan, Syntax};
use resolver::place::PlaceResolver;
use std::collections::{HashMap, HashSet};

/// A feature is kept when it holds in at least this many documents.
const DOCUMENTS: usize = 4;
const ROUNDS: usize = 14;
const RATE: f32 = 0.12;
const DECAY: f32 = 2.0e-5;
/// Added to every score: below 0 is fewer, surer toponyms.
const SHIFT: f32 = 0.35;

/// Candidate spans of one document with their labels.
pub struct Study {
    rows: Vec<Row>,
}

struct Row {
    features: Vec<String>,
    positive: bool,
    weight: f32,
}

/// Candidate spans of a document: positive where they fit a gold toponym best.
pub fn study(resolver: &PlaceResolver, item: &Item) -> Study {
    let syntax = Syntax::new(&item.page, &item.doc);
    let spans = resolver.study_spans(&syntax);
    let fits = |s: ByteSpan| item.required.iter().any(|g| g.span == s);
    let mut best: HashSet<ByteSpan> = HashSet::new();
    for gold in item.required.iter().filter(|g| !spans.iter().any(|s| s.span == g.span)) {
        let shared = |s: ByteSpan| s.end.min(gold.span.end) as i64 - s.start.max(gold.span.start) as i64;
        let close = spans.iter().filter(|s| shared(s.span) > 0 && !fits(s.span));
        best.extend(close.max_by_key(|s| 2 * shared(s.span) - s.span.len() as i64).map(|s| s.span));
    }
    let row = |s: resolver::place::SpanStudy| {
        let positive = fits(s.span) || best.contains(&s.span);
        let touches = item.required.iter().any(|g| g.span.overlaps(s.span));
        let adjective = item.adjectives.iter().any(|a| a.overlaps(s.span));
        let ignored = item.ignored.iter().any(|a| a.overlaps(s.span));
        let weight = match (positive, touches) {
            (true, _) => 1.0,
            (false, true) => 0.8,
            _ if adjective => 0.3,
            _ if ignored => 0.0,
            _ => 1.0,
        };
        Row { features: s.features, positive, weight }
    };
    Study { rows: spans.into_iter().map(row).filter(|r| r.weight > 0.0).collect() }
}

/// Weights from the documents `of`, sorted by name.
pub fn train(studies: &[Study], of: &[usize]) -> Vec<(String, f32)> {
    let names = frequent(studies, of);
    let number: HashMap<&str, u32> = names.iter().enumerate().map(|(i, n)| (*n, i as u32)).collect();
    let mut rows: Vec<(Vec<u32>, f32, f32)> = Vec::new();
    for row in of.iter().flat_map(|&i| &studies[i].rows) {
        let features = row.features.iter().filter_map(|f| number.get(f.as_str()).copied()).collect();
        rows.push((features, if row.positive { 1.0 } else { 0.0 }, row.weight));
    }
    let mut weights = vec![0.0f32; names.len()];
    let mut sum = vec![0.0f32; names.len()];
    let mut squares = vec![1e-6f32; names.len()];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut seed = 20_260_101u64;
    for round in 0..ROUNDS {
        for i in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (seed >> 33) as usize % (i + 1));
        }
        for &r in &order {
            let (features, y, weight) = &rows[r];
            let score: f32 = features.iter().map(|&f| weights[f as usize]).sum();
            let error = (1.0 / (1.0 + (-score).exp()) - y) * weight;
            for &f in features {
                let w = &mut weights[f as usize];
                let gradient = error + DECAY * 50.0 * *w;
                squares[f as usize] += gradient * gradient;
                *w -= RATE * gradient / squares[f as usize].sqrt();
            }
        }
        if round >= ROUNDS / 2 {
            sum.iter_mut().zip(&weights).for_each(|(s, w)| *s += w);
        }
    }
    let rounds = (ROUNDS - ROUNDS / 2) as f32;
    let mut out: Vec<(String, f32)> =
        names.iter().zip(sum).map(|(n, s)| ((*n).to_owned(), s / rounds)).collect();
    out.iter_mut().filter(|(n, _)| n == "bias").for_each(|(_, w)| *w += SHIFT);
    out.retain(|(_, w)| w.abs() >= 0.02);
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

fn frequent<'a>(studies: &'a [Study], of: &[usize]) -> Vec<&'a str> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for &i in of {
        let here: HashSet<&str> =
            studies[i].rows.iter().flat_map(|r| r.features.iter().map(String::as_str)).collect();
        here.into_iter().for_each(|f| *count.entry(f).or_default() += 1);
    }
    let mut names: Vec<&str> = count.into_iter().filter(|(_, n)| *n >= DOCUMENTS).map(|(f, _)| f).collect();
    names.sort_unstable();
    names
}
