//! What the line model is trained on: the lines of a flattened text as numbers.

use crate::format::text;
use crate::strip::{features, score};

/// A flattened text as the line model sees it.
pub struct Lines {
    flat: Vec<text::FlatLine>,
    views: Vec<features::View>,
    first: Vec<Vec<f32>>,
}

impl Lines {
    /// Cuts `source` into lines.
    pub fn of(source: &str) -> Lines {
        let flat = text::lines(source);
        let views: Vec<features::View> = flat.iter().map(|l| l.view.clone()).collect();
        let first = features::rows(&views);
        Lines { flat, views, first }
    }

    /// Bytes of the source that each line covers.
    pub fn ranges(&self) -> Vec<(usize, usize)> {
        self.flat.iter().map(|l| (l.line.start().unwrap_or(0), l.line.end().unwrap_or(0))).collect()
    }

    /// Words of each line.
    pub fn words(&self) -> Vec<usize> {
        self.views.iter().map(|v| v.shape.words).collect()
    }

    /// Features of the first look.
    pub fn first(&self) -> &[Vec<f32>] {
        &self.first
    }

    /// Features of the second look, given the scores of the first.
    pub fn second(&self, scores: &[f32]) -> Vec<Vec<f32>> {
        features::second_rows(&self.views, self.first.clone(), scores)
    }

    /// Lines called body, given the scores of the second look.
    pub fn body(&self, scores: &[f32]) -> Vec<bool> {
        score::decide(&self.views, scores)
    }

    /// Names of the features of the first look.
    pub fn first_names() -> Vec<String> {
        features::names()
    }

    /// Names of the features of the second look.
    pub fn second_names() -> Vec<String> {
        features::second_names()
    }
}
