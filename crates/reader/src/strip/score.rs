//! Features of lines to a body score for each, and the stretch of lines that is the article.

use super::features::{self, View};
use super::model;
use record::BlockKind;

/// Log odds that each line is body text.
pub(crate) fn body(views: &[View]) -> Vec<f32> {
    if model::second().is_empty() {
        return plain(views);
    }
    let rows = features::rows(views);
    let scores: Vec<f32> = rows.iter().map(|r| model::first().score(r)).collect();
    let rows = features::second_rows(views, rows, &scores);
    rows.iter().map(|r| model::second().score(r)).collect()
}

/// Scores by the line's own look alone, for when there is no model.
fn plain(views: &[View]) -> Vec<f32> {
    views
        .iter()
        .map(|v| {
            let s = &v.shape;
            let prose = if s.is_prose() { 2.5 } else { -1.5 };
            prose
                - if s.is_furniture() { 3.0 } else { 0.0 }
                - if s.bullet { 0.7 } else { 0.0 }
                - if s.file { 5.0 } else { 0.0 }
        })
        .collect()
}

/// The run of lines with the largest sum of score times root of length: where the article stands.
pub(crate) fn best_run(scores: &[f32], views: &[View]) -> std::ops::Range<usize> {
    let (mut best, mut sum, mut start, mut run) = (0.0f32, 0.0f32, 0, 0..0);
    for (i, (score, view)) in scores.iter().zip(views).enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, i);
        }
        sum += score.clamp(-4.0, 4.0) * (1.0 + view.shape.words as f32).sqrt();
        if sum > best {
            best = sum;
            run = start..i + 1;
        }
    }
    run
}

/// Lines called body: those of the best run whose score says so.
pub(crate) fn decide(views: &[View], scores: &[f32]) -> Vec<bool> {
    let run = best_run(scores, views);
    scores.iter().enumerate().map(|(i, s)| run.contains(&i) && *s > 0.0).collect()
}

/// True when nearly all of the text is running text: an article without a page around it.
pub(crate) fn is_article_only(views: &[View]) -> bool {
    let words =
        |f: &dyn Fn(&View) -> bool| views.iter().filter(|v| f(v)).map(|v| v.shape.words).sum::<usize>();
    let all = words(&|v| !v.shape.file && v.shape.hits.start != Some(BlockKind::Byline));
    let prose = words(&|v| v.shape.is_prose());
    let top = views.iter().take_while(|v| !v.shape.is_prose());
    let framed = top.clone().count() > 4
        || top.clone().any(|v| v.shape.bullet || v.shape.file || v.shape.is_furniture());
    let furniture =
        views.iter().filter(|v| v.shape.is_furniture() || v.shape.bullet && v.shape.separator).count();
    !framed && all > 0 && prose * 100 >= all * 85 && furniture * 12 <= views.len().max(12)
}
