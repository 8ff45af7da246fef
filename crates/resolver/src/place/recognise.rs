//! Scored candidate spans to the toponyms of a page: the best set of spans that do not overlap.

use super::cues::Cues;
use super::linear::{Linear, Score};
use super::observe::Observer;
use super::spans::{Candidature, Gaz, PageView, candidatures};
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
    let mut scores: Vec<f32> = (0..all.len())
        .map(|i| {
            let mut score = Score::new(model);
            observer.observe(i, &mut score);
            score.sum
        })
        .collect();
    lift(syntax, cues, &all, &mut scores);
    best_set(&all, &scores)
}

/// How far below zero a doubtful span may score and still be lifted.
const DOUBT: f32 = -2.5;

/// Lifts doubtful names of known places over zero where the syntax speaks for them: joined by "and" to a place that is
/// sure, or the object of a verb that takes places ("entered Rafah").
fn lift(syntax: &Syntax<'_>, cues: &Cues, all: &[Candidature], scores: &mut [f32]) {
    let sure: Vec<TokenSpan> =
        all.iter().zip(scores.iter()).filter(|(_, s)| **s > 0.0).map(|(c, _)| c.tokens).collect();
    for (c, score) in all.iter().zip(scores.iter_mut()) {
        let known = c.gaz >= Gaz::Town || c.gaz == Gaz::Alternate;
        if *score > 0.0 || *score < DOUBT || !known || c.cover.is_some() {
            continue;
        }
        let head = c.tokens.end as usize - 1;
        let up = syntax.head(head);
        let joined = syntax.dep(head) == "conj" && sure.iter().any(|t| t.holds(up));
        let reached =
            matches!(syntax.dep(head), "dobj" | "nsubjpass") && cues.of(syntax.lemma(up)).is("reach");
        if syntax.pos(head) == "PROPN" && (joined || reached) {
            *score = 0.1;
        }
    }
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
