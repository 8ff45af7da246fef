//! Scored candidate spans to the toponyms of a page: the best set of spans that do not overlap.

use super::cues::Cues;
use super::linear::{Linear, Score};
use super::observe::Observer;
use super::spans::{Candidature, PageView, candidatures};
use super::world::World;
use record::{ByteSpan, Syntax, TokenSpan};

/// A span taken for a toponym.
#[derive(Debug, Clone)]
pub(crate) struct Toponym {
    pub tokens: TokenSpan,
    pub span: ByteSpan,
}

/// What the recogniser sees of one candidate span, for training.
#[derive(Debug, Clone)]
pub struct SpanStudy {
    /// Where it stands.
    pub span: ByteSpan,
    /// Names of the features that hold.
    pub features: Vec<String>,
}

/// Toponyms of a page in text order.
pub(crate) fn recognise(syntax: &Syntax<'_>, world: &World, cues: &Cues, model: &Linear) -> Vec<Toponym> {
    let view = PageView::new(syntax);
    let all = candidatures(&view, world);
    let observer = Observer { view: &view, cues, all: &all };
    let scores: Vec<f32> = (0..all.len())
        .map(|i| {
            let mut score = Score::new(model);
            observer.observe(i, &mut score);
            score.sum
        })
        .collect();
    best_set(&all, &scores)
}

/// Features of all candidate spans of a page.
pub(crate) fn study(syntax: &Syntax<'_>, world: &World, cues: &Cues) -> Vec<SpanStudy> {
    let view = PageView::new(syntax);
    let all = candidatures(&view, world);
    let observer = Observer { view: &view, cues, all: &all };
    let study = |(i, c): (usize, &Candidature)| {
        let mut features = Vec::new();
        observer.observe(i, &mut features);
        SpanStudy { span: c.span, features }
    };
    all.iter().enumerate().map(study).collect()
}

/// Non-overlapping spans with the greatest sum of scores; only spans that score above zero.
fn best_set(all: &[Candidature], scores: &[f32]) -> Vec<Toponym> {
    let mut order: Vec<usize> = (0..all.len()).filter(|&i| scores[i] > 0.0).collect();
    order.sort_by_key(|&i| (all[i].tokens.end, all[i].tokens.start));
    let mut best = vec![(0.0f32, false, 0usize); order.len() + 1];
    for (k, &i) in order.iter().enumerate() {
        let before = order[..k].partition_point(|&o| all[o].tokens.end <= all[i].tokens.start);
        let with = best[before].0 + scores[i];
        best[k + 1] = if with > best[k].0 { (with, true, before) } else { (best[k].0, false, k) };
    }
    let mut out = Vec::new();
    let mut at = order.len();
    while at > 0 {
        let (_, taken, before) = best[at];
        if taken {
            let i = order[at - 1];
            out.push(Toponym { tokens: all[i].tokens, span: all[i].span });
        }
        at = before;
    }
    out.reverse();
    out
}
