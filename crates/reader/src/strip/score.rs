//! Features of lines to a body score for each, and the stretch of lines that is the article.

use super::features::View;

/// Log odds that each line is body text.
pub(crate) fn body(views: &[View]) -> Vec<f32> {
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

/// True when nearly all of the text is running text: an article without a page around it.
pub(crate) fn is_article_only(views: &[View]) -> bool {
    let words =
        |f: &dyn Fn(&View) -> bool| views.iter().filter(|v| f(v)).map(|v| v.shape.words).sum::<usize>();
    let all = words(&|_| true);
    let prose = words(&|v| v.shape.is_prose());
    let top = views.iter().take_while(|v| !v.shape.is_prose());
    let framed = top.clone().count() > 4
        || top.clone().any(|v| v.shape.bullet || v.shape.file || v.shape.is_furniture());
    let furniture =
        views.iter().filter(|v| v.shape.is_furniture() || v.shape.bullet && v.shape.separator).count();
    !framed && all > 0 && prose * 100 >= all * 85 && furniture * 12 <= views.len().max(12)
}
