//! Features of lines to a body score for each, and the stretch of lines that is the article.

use super::features::{self, View};
use super::model;
use super::shape::Shape;
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

/// Log odds that a line which words itself like a caption must pass to be body all the same.
const CAPTION_MARGIN: f32 = 2.5;
/// Log odds that running text right after body text must pass.
const ADJACENT: f32 = -1.5;
/// Lines that may stand between two numbers of a list.
const LIST_GAP: usize = 2;

/// Lines called body: those of the best run whose score says so, and the rest of lists that begin there.
pub(crate) fn decide(views: &[View], scores: &[f32]) -> Vec<bool> {
    let run = best_run(scores, views);
    let mut body: Vec<bool> = scores
        .iter()
        .zip(views)
        .enumerate()
        .map(|(i, (s, v))| {
            let least = if is_worded_as_caption(&v.shape) { CAPTION_MARGIN } else { 0.0 };
            run.contains(&i) && *s > least && !v.shape.file
        })
        .collect();
    reach_out(views, scores, &mut body);
    finish_lists(views, &mut body);
    body
}

/// Running text right after body text is body when its score is not far from saying so: the last paragraph of an article
/// is often short and names what nobody has named yet.
fn reach_out(views: &[View], scores: &[f32], body: &mut [bool]) {
    let mut before = false;
    for ((view, score), body) in views.iter().zip(scores).zip(body) {
        let shape = &view.shape;
        let text = shape.is_prose() && shape.ends && !shape.bullet && shape.kind().is_none();
        *body |= before && text && !is_worded_as_caption(shape) && *score > ADJACENT;
        before = *body && shape.is_prose();
    }
}

/// A credit at the end without a full stop, or an opening that only captions have.
fn is_worded_as_caption(shape: &Shape) -> bool {
    let caption = Some(BlockKind::Caption);
    shape.words < 70 && (shape.hits.end == caption && !shape.ends || shape.hits.start == caption)
}

/// A numbered list that begins in the body goes on in it, with what stands between the numbers.
fn finish_lists(views: &[View], body: &mut [bool]) {
    let mut last: Option<(usize, u32)> = None;
    for (i, view) in views.iter().enumerate() {
        let Some(number) = view.shape.number else { continue };
        match last {
            Some((at, n)) if number == n + 1 && i - at <= LIST_GAP + 1 && body.get(at) == Some(&true) => {
                body.iter_mut().take(i + 1).skip(at).for_each(|b| *b = true);
            }
            _ => {}
        }
        last = Some((i, number));
    }
}

/// True when nearly all of the text is running text: an article without a page around it.
pub(crate) fn is_article_only(views: &[View]) -> bool {
    let top = views.iter().take_while(|v| !v.shape.is_prose()).count();
    let (top, text) = views.split_at(top);
    let framed =
        top.len() > 4 || top.iter().any(|v| v.shape.bullet || v.shape.file || v.shape.is_furniture());
    // Credits and names of pictures belong to articles.
    let own = |v: &&View| !v.shape.file && v.shape.hits.start != Some(BlockKind::Byline);
    let all: usize = text.iter().filter(own).map(|v| v.shape.words).sum();
    let prose: usize = text.iter().filter(own).filter(|v| v.shape.is_prose()).map(|v| v.shape.words).sum();
    let furniture =
        views.iter().filter(|v| v.shape.is_furniture() || v.shape.bullet && v.shape.separator).count();
    !framed && all > 0 && prose * 100 >= all * 85 && furniture * 12 <= views.len().max(12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn views(lines: &[&str]) -> Vec<View> {
        lines.iter().map(|l| View { shape: Shape::of(l, false), ..View::default() }).collect()
    }

    #[test]
    fn a_list_that_begins_in_the_body_stays_in_it() {
        let views = views(&["1) Dam", "2) Lock", "x.example", "3) Weir", "Home", "2) Other"]);
        let mut body = [false, true, false, false, false, false];
        finish_lists(&views, &mut body);
        assert_eq!(body, [false, true, true, true, false, false]);
    }

    #[test]
    fn a_paragraph_after_the_body_needs_less() {
        let text = "In the north the dam was shut and nobody was hurt on Monday.";
        let views = views(&[text, text, "Most read", text]);
        assert_eq!(decide(&views, &[1.0, -1.0, -1.0, -1.0]), [true, true, false, false]);
        assert_eq!(decide(&views, &[1.0, -2.0, -1.0, -1.0]), [true, false, false, false]);
    }

    #[test]
    fn captions_need_more() {
        let views = views(&[
            "The dam was opened on Monday by the two ministers of the river states.",
            "The ministers open the dam on Monday. Getty Images",
        ]);
        assert_eq!(decide(&views, &[1.0, 1.0]), [true, false]);
    }
}
