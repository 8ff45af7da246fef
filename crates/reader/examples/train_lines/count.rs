//! Words right and wrong to the figures that are given.

use crate::pages::Page;

/// Words right and wrong.
#[derive(Default)]
pub struct Count {
    tp: usize,
    fp: usize,
    missed: usize,
    captions: usize,
    captions_out: usize,
}

impl Count {
    /// Counts a page whose lines were called `body` or not.
    pub fn of(page: &Page, body: &[bool]) -> Count {
        let mut out = Count::default();
        for (i, words) in page.lines.words().into_iter().enumerate() {
            match (page.labels[i], body[i]) {
                (Some(true), true) => out.tp += words,
                (Some(false), true) => out.fp += words,
                (Some(true), false) => out.missed += words,
                _ => {}
            }
            if page.captions[i] {
                out.captions += 1;
                out.captions_out += usize::from(!body[i]);
            }
        }
        out
    }

    /// Words called wrongly.
    pub fn wrong(&self) -> usize {
        self.fp + self.missed
    }

    /// Adds what `other` counted.
    pub fn join(&mut self, other: &Count) {
        self.tp += other.tp;
        self.fp += other.fp;
        self.missed += other.missed;
        self.captions += other.captions;
        self.captions_out += other.captions_out;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let per = |a: usize, b: usize| a as f64 / (a + b).max(1) as f64;
        let (p, r) = (per(self.tp, self.fp), per(self.tp, self.missed));
        let f1 = per(2 * self.tp, self.fp + self.missed);
        let out = self.captions_out as f64 / self.captions.max(1) as f64;
        write!(f, "words precision {p:.3} recall {r:.3} F1 {f1:.4}; captions kept out {out:.3}")
    }
}
