//! Lines that markup has cut inside sentences to the stretches that read on as one.

use super::features::View;
use std::ops::Range;

/// Lines that read on as one, for every line of the page the stretch that it is in.
pub(crate) struct Chunks {
    of_line: Vec<Range<usize>>,
}

/// What a stretch looks like as a whole.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Whole {
    /// Lines.
    pub lines: usize,
    /// Words.
    pub words: usize,
    /// Ends like a sentence.
    pub ends: bool,
    /// Share of words of grammar.
    pub function: f32,
    /// Sentence borders inside.
    pub borders: usize,
}

impl Whole {
    /// True when it reads like running text, see [`super::shape::Shape::is_prose`].
    pub fn is_prose(&self) -> bool {
        self.words >= 8 && self.ends || self.words >= 15 && self.function > 0.25 || self.borders >= 2
    }
}

/// Most lines in one stretch.
const LONGEST: usize = 40;

impl Chunks {
    /// Cuts a page where one line does not go on with the one before.
    pub fn of(lines: &[View]) -> Chunks {
        let mut of_line = Vec::with_capacity(lines.len());
        let mut start = 0;
        for i in 0..lines.len() {
            let over = match (lines.get(i), lines.get(i + 1)) {
                (Some(a), Some(b)) => {
                    !(reads_on(a, b) || is_link_inside(a, b, lines.get(i + 2))) || i + 1 - start >= LONGEST
                }
                _ => true,
            };
            if over {
                of_line.resize(i + 1, start..i + 1);
                start = i + 1;
            }
        }
        Chunks { of_line }
    }

    /// The stretch that line `i` is in.
    pub fn at(&self, i: usize) -> Range<usize> {
        self.of_line.get(i).cloned().unwrap_or(i..i)
    }

    /// The look of the stretch `range`.
    pub fn whole(&self, lines: &[View], range: Range<usize>) -> Whole {
        let part = lines.get(range).unwrap_or_default();
        let words: usize = part.iter().map(|v| v.shape.words).sum();
        let grammar: f32 = part.iter().map(|v| v.shape.function * v.shape.words as f32).sum();
        let inner =
            part.iter().skip(1).zip(part).filter(|(b, a)| a.shape.ends && !b.shape.lower_start).count();
        Whole {
            lines: part.len(),
            words,
            ends: part.last().is_some_and(|v| v.shape.ends),
            function: grammar / words.max(1) as f32,
            borders: part.iter().map(|v| v.shape.borders).sum::<usize>() + inner,
        }
    }
}

/// True when `b` goes on with the sentence of `a`.
fn reads_on(a: &View, b: &View) -> bool {
    let (s, t) = (&a.shape, &b.shape);
    let goes_on = (t.lower_start || t.mark_start) && (!s.is_furniture() || t.words >= 4);
    !b.gap && !t.bullet && (goes_on || s.dangling && !s.ends && !s.is_furniture())
}

/// True when `b` is a name inside a sentence: `a` is open, `b` short, and what follows goes on in lower case.
fn is_link_inside(a: &View, b: &View, c: Option<&View>) -> bool {
    let (s, t) = (&a.shape, &b.shape);
    let open = s.words >= 3 && !s.ends && !s.colon && !s.is_furniture();
    open && !b.gap && !t.bullet && !t.ends && t.words <= 8 && c.is_some_and(|c| reads_on(b, c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strip::shape::Shape;

    #[test]
    fn cut_sentences_read_on() {
        let lines = [
            "Home",
            "The minister told",
            "Reuters",
            "that the dam would open, and",
            "Cairo",
            "agreed.",
            "Share",
        ];
        let views: Vec<View> =
            lines.iter().map(|l| View { shape: Shape::of(l, false), ..View::default() }).collect();
        let chunks = Chunks::of(&views);
        assert_eq!(chunks.at(0), 0..1);
        assert_eq!((chunks.at(1), chunks.at(4), chunks.at(6)), (1..6, 1..6, 6..7));
        let whole = chunks.whole(&views, 1..6);
        assert!(whole.is_prose() && whole.ends && whole.words == 12);
    }
}
