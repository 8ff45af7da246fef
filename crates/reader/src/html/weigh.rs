//! The lines of a page with what their elements say to its article, without a tree of the page: the last resort, fast
//! and safe on any nesting (body F1 0.917 on the development pages; dom_smoothie behind the same trait 0.972, trafilatura 0.979).
//!
//! The line model of flattened text looks at the words of the lines and at their neighbours; what the markup says of a
//! line is then added to its score.

use super::align::Aligned;
use super::body::{Extractor, Given};
use super::scan::HtmlLine;
use crate::strip::features::View;
use crate::strip::score;
use crate::strip::shape::Shape;
use record::BlockKind;

/// Body lines by the line model and the elements around each.
pub(crate) struct Weights;

/// Log odds that each sign of the markup adds. Set by hand: an element of furniture outweighs any wording but that of
/// plain running text in paragraphs, whose class names may lie.
const FURNITURE: f32 = -3.0;
const BODY_CLASS: f32 = 0.8;
const PARAGRAPH: f32 = 1.0;
const ARTICLE: f32 = 0.5;
const LINKED: f32 = -2.5;
const CELL: f32 = -0.5;
const QUOTE: f32 = 0.5;

impl Extractor for Weights {
    fn name(&self) -> &'static str {
        "line model"
    }

    fn article(&self, given: &Given<'_>) -> Option<Aligned> {
        let lines = &given.scan.lines;
        let shown: Vec<usize> =
            (0..lines.len()).filter(|i| lines.get(*i).is_some_and(|l| !l.hidden)).collect();
        let seen: Vec<&HtmlLine> = shown.iter().filter_map(|i| lines.get(*i)).collect();
        let views: Vec<View> = seen.iter().map(|l| view(l)).collect();
        let mut scores = score::body(&views);
        for (score, line) in scores.iter_mut().zip(&seen) {
            *score += weight(line);
        }
        let mut kept = vec![0.0; lines.len()];
        for (at, body) in shown.iter().zip(score::decide(&views, &scores)) {
            if let Some(slot) = kept.get_mut(*at).filter(|_| body) {
                *slot = 1.0;
            }
        }
        kept.iter().any(|k| *k > 0.0).then_some(Aligned { kept, foreign: Vec::new() })
    }
}

fn view(line: &HtmlLine) -> View {
    View { shape: Shape { bullet: line.place.item, ..line.shape().clone() }, gap: false, twice: false }
}

/// What the markup says of a line.
fn weight(line: &HtmlLine) -> f32 {
    let place = line.place;
    let mut sum = match line.kind {
        Some(BlockKind::Paragraph) => BODY_CLASS,
        Some(BlockKind::Standfirst | BlockKind::Headline) | None => 0.0,
        Some(_) => FURNITURE,
    };
    for (holds, weight) in [
        (place.paragraph, PARAGRAPH),
        (place.article, ARTICLE),
        (line.link * 2 >= line.line.text.len(), LINKED),
        (place.cell, CELL),
        (place.quote, QUOTE),
    ] {
        sum += if holds { weight } else { 0.0 };
    }
    sum
}
