//! Features of lines to a body score for each, and the stretch of lines that is the article.

use super::features::{self, View};
use super::model;
use super::shape::Shape;
use record::BlockKind;
use std::ops::Range;

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

/// The run of lines where the article stands: the largest sum of score times root of length, weighed by what articles
/// have about them.
pub(crate) fn best_run(scores: &[f32], views: &[View]) -> Range<usize> {
    let mut best = (0.0, 0..0);
    for (sum, run) in runs(scores, views) {
        let sum = sum * evidence(views, &run);
        if sum > best.0 {
            best = (sum, run);
        }
    }
    best.1
}

/// Runs whose sum of score times root of length stays above zero, each up to its largest sum.
fn runs(scores: &[f32], views: &[View]) -> Vec<(f32, Range<usize>)> {
    let mut out: Vec<(f32, Range<usize>)> = Vec::new();
    let (mut sum, mut open) = (0.0f32, false);
    for (i, (score, view)) in scores.iter().zip(views).enumerate() {
        sum += score.clamp(-4.0, 4.0) * (1.0 + view.shape.words as f32).sqrt();
        if sum <= 0.0 {
            (sum, open) = (0.0, false);
        } else if let (Some(last), true) = (out.last_mut(), open) {
            if sum > last.0 {
                *last = (sum, last.1.start..i + 1);
            }
        } else {
            out.push((sum, i..i + 1));
            open = true;
        }
    }
    out
}

/// Lines above an article in which its date and byline stand.
const HEAD: usize = 10;
/// Factors on the sum of a run: dated or signed above; opened by a dateline; made of comments; made of titles with a
/// teaser each.
const DATED: f32 = 1.25;
const DATELINED: f32 = 1.3;
const COMMENTS: f32 = 0.4;
const TEASERS: f32 = 0.35;

/// How much more or less likely the run is an article than its words alone say.
fn evidence(views: &[View], run: &Range<usize>) -> f32 {
    let part = views.get(run.clone()).unwrap_or_default();
    let head = views.get(run.start.saturating_sub(HEAD)..(run.start + 2).min(run.end)).unwrap_or_default();
    let framed = |v: &View| {
        v.shape.words <= 16
            && (v.shape.date || v.shape.hits.start == Some(BlockKind::Byline) && v.shape.words > 1)
    };
    let mut factor = 1.0;
    if head.iter().any(framed) {
        factor *= DATED;
    }
    if part.iter().take(3).any(|v| v.shape.dateline) {
        factor *= DATELINED;
    }
    let comment = |v: &&View| v.shape.hits.mask & (1 << BlockKind::Comment as u32) != 0;
    let comments = part.iter().filter(comment).count();
    if comments >= 2 && comments * 10 >= part.len() {
        factor *= COMMENTS;
    }
    let title = |v: &View| {
        let s = &v.shape;
        (3..=16).contains(&s.words) && !s.ends && !s.colon && !s.lower_start && !s.dangling
    };
    let pairs = part.iter().zip(part.iter().skip(1)).filter(|(_, b)| b.shape.is_prose());
    let (all, teasers) =
        pairs.fold((0, 0), |(n, t), (a, b)| (n + 1, t + usize::from(title(a) && !b.shape.lower_start)));
    if teasers >= 3 && teasers * 10 >= all * 6 {
        factor *= TEASERS;
    }
    factor
}

/// Log odds that a line which words itself like a caption must pass to be body all the same.
const CAPTION_MARGIN: f32 = 2.5;
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
    finish_lists(views, &mut body);
    body
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
    fn an_article_is_told_from_a_list_of_teasers() {
        let page = views(&[
            "Dam talks resume",
            "9 March 2024",
            "The ministers met in the capital on Monday and agreed on a plan for the dam.",
            "They will meet again in May, when the rains are over and the lake is full.",
            "Home",
            "News",
            "Mail",
            "Shop",
            "Deals of the day for every kitchen",
            "There is a new way to boil an egg, and it costs less than you would think.",
            "Three lamps for the desk you have",
            "There is a lamp for every desk, and the three that we tried cost next to nothing.",
            "Chairs that do not creak at night",
            "A chair should not creak, and these four do not when you sit on them at night.",
        ]);
        let scores = [-2.0, -2.0, 2.0, 2.0, -9.0, -9.0, -9.0, -9.0, 0.3, 2.0, 0.3, 2.0, 0.3, 2.0];
        assert_eq!(best_run(&scores, &page), 2..4);
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
