//! Boosted trees from `tables/pages/line_model.tsv`: features of a line to the log odds that it is body text.

use std::collections::HashMap;
use std::sync::OnceLock;

/// One node of a tree; a leaf has no feature.
#[derive(Debug, Clone, Copy)]
struct Node {
    feature: Option<usize>,
    threshold: f32,
    left: usize,
    right: usize,
    value: f32,
}

/// A sum of trees.
#[derive(Debug, Default)]
pub(crate) struct Model {
    trees: Vec<Vec<Node>>,
}

impl Model {
    /// True when the table holds no tree of this model.
    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// Log odds for one row of features.
    pub fn score(&self, row: &[f32]) -> f32 {
        self.trees.iter().map(|t| walk(t, row)).sum()
    }
}

fn walk(tree: &[Node], row: &[f32]) -> f32 {
    let mut at = 0;
    // A tree is never deeper than it has nodes: a broken table cannot loop.
    for _ in 0..tree.len() {
        let Some(node) = tree.get(at) else { return 0.0 };
        let Some(feature) = node.feature else { return node.value };
        at = if row.get(feature).copied().unwrap_or(0.0) <= node.threshold { node.left } else { node.right };
    }
    0.0
}

/// The model `name`, whose features are called `features` in order. Trees with unknown features count nothing.
fn load(name: &str, features: &[String]) -> Model {
    let index: HashMap<&str, usize> = features.iter().enumerate().map(|(i, n)| (n.as_str(), i)).collect();
    let mut trees: Vec<Vec<Node>> = Vec::new();
    for row in tables::pages::line_model().unwrap_or_default().iter().filter(|r| r.model == name) {
        if trees.len() <= row.tree {
            trees.resize_with(row.tree + 1, Vec::new);
        }
        let feature = index.get(row.feature).copied();
        if let Some(tree) = trees.get_mut(row.tree) {
            tree.push(Node {
                feature,
                threshold: row.value,
                left: row.left,
                right: row.right,
                value: row.value,
            });
        }
    }
    Model { trees }
}

/// The first look: a line and its neighbours.
pub(crate) fn first() -> &'static Model {
    static ONE: OnceLock<Model> = OnceLock::new();
    ONE.get_or_init(|| load("first", &super::features::names()))
}

/// The second look: what the first said of the lines around as well.
pub(crate) fn second() -> &'static Model {
    static ONE: OnceLock<Model> = OnceLock::new();
    ONE.get_or_init(|| load("second", &super::features::second_names()))
}
