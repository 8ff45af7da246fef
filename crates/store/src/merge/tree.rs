//! Pair scores to a tree of joins by average linkage.

/// Scores of all pairs of `n` items, symmetric, higher = closer.
#[derive(Debug, Clone)]
pub struct Pairs {
    n: usize,
    scores: Vec<f32>,
}

impl Pairs {
    /// All pairs at `floor`.
    pub fn new(n: usize, floor: f32) -> Pairs {
        Pairs { n, scores: vec![floor; n * n] }
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.n
    }

    /// True when there are no items.
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// Score of a pair.
    pub fn get(&self, a: usize, b: usize) -> f32 {
        self.scores[a * self.n + b]
    }

    /// Sets the score of a pair.
    pub fn set(&mut self, a: usize, b: usize, score: f32) {
        self.scores[a * self.n + b] = score;
        self.scores[b * self.n + a] = score;
    }

    /// The pairs of `items` alone.
    pub fn part(&self, items: &[usize]) -> Pairs {
        let mut out = Pairs::new(items.len(), 0.0);
        for (i, &a) in items.iter().enumerate() {
            for (j, &b) in items.iter().enumerate() {
                out.scores[i * items.len() + j] = self.get(a, b);
            }
        }
        out
    }
}

/// A node of the tree: an item or a join.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// One item.
    Leaf(usize),
    /// Two nodes joined at a mean score.
    Join {
        /// Index of the first node.
        left: usize,
        /// Index of the second node.
        right: usize,
        /// Mean score over all pairs across.
        score: f32,
    },
}

/// A tree over all items: leaves first, then joins, the root last.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Nodes; children stand before their parents.
    pub nodes: Vec<Node>,
}

impl Tree {
    /// Items under node `at`, in order.
    pub fn items(&self, at: usize) -> Vec<usize> {
        let (mut out, mut todo) = (Vec::new(), vec![at]);
        while let Some(at) = todo.pop() {
            match self.nodes.get(at) {
                Some(Node::Leaf(item)) => out.push(*item),
                Some(Node::Join { left, right, .. }) => todo.extend([*left, *right]),
                None => {}
            }
        }
        out.sort_unstable();
        out
    }
}

/// Average linkage by nearest-neighbour chains (Murtagh 1983): quadratic time, ties go to the lower item, so the tree
/// depends on the scores and the order of items only.
pub fn grow(pairs: &Pairs) -> Tree {
    let n = pairs.len();
    let mut scores = pairs.clone();
    let mut node: Vec<usize> = (0..n).collect();
    let mut size = vec![1.0f32; n];
    let mut alive = vec![true; n];
    let mut tree = Tree { nodes: (0..n).map(Node::Leaf).collect() };
    let mut chain: Vec<usize> = Vec::new();
    for _ in 1..n {
        if chain.is_empty() {
            chain.extend(alive.iter().position(|a| *a));
        }
        let (a, b, score) = loop {
            let Some(&top) = chain.last() else { return tree };
            let before = chain.len().checked_sub(2).map(|k| chain[k]);
            let Some((next, score)) = nearest(&scores, &alive, top, before) else { return tree };
            if Some(next) == before {
                chain.truncate(chain.len() - 2);
                break (top.min(next), top.max(next), score);
            }
            chain.push(next);
        };
        let total = size[a] + size[b];
        for k in (0..n).filter(|&k| alive[k] && k != a && k != b) {
            let mean = (scores.get(a, k) * size[a] + scores.get(b, k) * size[b]) / total;
            scores.set(a, k, mean);
        }
        tree.nodes.push(Node::Join { left: node[a], right: node[b], score });
        node[a] = tree.nodes.len() - 1;
        (size[a], alive[b]) = (total, false);
    }
    tree
}

/// Closest living cluster to `of`; the chain's own predecessor wins ties.
fn nearest(scores: &Pairs, alive: &[bool], of: usize, before: Option<usize>) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = before.map(|b| (b, scores.get(of, b)));
    for (k, _) in alive.iter().enumerate().filter(|(k, a)| **a && *k != of) {
        let score = scores.get(of, k);
        if best.is_none_or(|b| score > b.1) {
            best = Some((k, score));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_the_closest_first() {
        let mut pairs = Pairs::new(4, -3.0);
        pairs.set(0, 2, 5.0);
        pairs.set(1, 3, 2.0);
        let tree = grow(&pairs);
        assert_eq!(tree.nodes.len(), 7);
        let joined: Vec<_> = (4..7).map(|k| tree.items(k)).collect();
        assert!(joined.contains(&vec![0, 2]) && joined.contains(&vec![1, 3]));
        assert_eq!(tree.items(6), [0, 1, 2, 3]);
        assert!(matches!(tree.nodes[6], Node::Join { score, .. } if score == -3.0));
    }
}
