//! Arcs to a tree: roots, edges, undone decorations of non-projective labels, sentence starts.

use smol_str::SmolStr;

/// A finished parse of one text.
#[derive(Debug, Default, PartialEq)]
pub struct Tree {
    /// Head of each token; a root is its own.
    pub head: Vec<usize>,
    /// Label of each token.
    pub label: Vec<SmolStr>,
    /// True for the first token of each sentence.
    pub starts: Vec<bool>,
}

/// Leftmost and rightmost token below each token.
struct Edges {
    left: Vec<usize>,
    right: Vec<usize>,
}

/// Makes the tree. Tokens without head become roots; `X||Y` labels find the head they were lifted from.
pub fn finish(heads: &[Option<usize>], label: &dyn Fn(usize) -> SmolStr, spaces: &[bool]) -> Tree {
    let mut head: Vec<usize> = heads.iter().enumerate().map(|(i, h)| h.unwrap_or(i)).collect();
    let mut labels: Vec<SmolStr> = heads
        .iter()
        .enumerate()
        .map(|(i, h)| if h.is_some() { label(i) } else { SmolStr::new_static("ROOT") })
        .collect();
    let mut edges = edges(&head);
    if labels.iter().any(|l| l.contains("||")) {
        let first = &edges;
        let mut children = Children::new(&head);
        for i in 0..head.len() {
            let decorated = labels[i].clone();
            let Some((own, wanted)) = decorated.split_once("||") else { continue };
            if let Some(found) = find_below(&children, &labels, first, spaces, i, (head[i], wanted)) {
                children.move_to(i, head[i], found);
                head[i] = found;
            }
            labels[i] = own.into();
        }
        edges = self::edges(&head);
    }
    let mut starts = vec![false; head.len()];
    for (i, &h) in head.iter().enumerate() {
        if h == i {
            starts[edges.left[i]] = true;
        }
    }
    Tree { head, label: labels, starts }
}

/// Children of each token, sorted; kept up to date while heads change.
struct Children {
    lists: Vec<Vec<usize>>,
}

impl Children {
    fn new(head: &[usize]) -> Self {
        let mut lists = vec![Vec::new(); head.len()];
        for (i, &h) in head.iter().enumerate() {
            if h != i {
                lists[h].push(i);
            }
        }
        Children { lists }
    }

    fn move_to(&mut self, child: usize, from: usize, to: usize) {
        self.lists[from].retain(|&c| c != child);
        let list = &mut self.lists[to];
        list.insert(list.partition_point(|&c| c < child), child);
    }
}

/// The first token below `top`, breadth-first and left to right, with the label.
fn find_below(
    children: &Children,
    labels: &[SmolStr],
    edges: &Edges,
    spaces: &[bool],
    token: usize,
    (top, wanted): (usize, &str),
) -> Option<usize> {
    let mut level = vec![top];
    let mut left = labels.len();
    while !level.is_empty() {
        let mut below = Vec::new();
        for &parent in &level {
            let inside = |c: &&usize| (edges.left[parent]..=edges.right[parent]).contains(*c);
            for &child in children.lists[parent].iter().filter(inside) {
                if spaces[child] || child == token {
                    continue;
                }
                if labels[child] == wanted {
                    return Some(child);
                }
                below.push(child);
            }
        }
        left = left.checked_sub(level.len())?;
        level = below;
    }
    None
}

/// Widens edges until every head lies inside its own sentence, at most twelve rounds.
fn edges(head: &[usize]) -> Edges {
    let n = head.len();
    let mut edges = Edges { left: (0..n).collect(), right: (0..n).collect() };
    for _ in 0..12 {
        for i in (0..n).chain((0..n).rev()) {
            let h = head[i];
            edges.left[h] = edges.left[h].min(edges.left[i]);
            edges.right[h] = edges.right[h].max(edges.right[i]);
        }
        if heads_inside_sentences(head, &edges) {
            break;
        }
    }
    edges
}

fn heads_inside_sentences(head: &[usize], edges: &Edges) -> bool {
    let mut starts = vec![false; head.len()];
    for (i, &h) in head.iter().enumerate() {
        if h == i {
            starts[edges.left[i]] = true;
        }
    }
    let mut first = 0;
    for i in 0..head.len() {
        if (i > 0 && starts[i]) || i + 1 == head.len() {
            if head[first..i].iter().any(|h| !(first..=i).contains(h)) {
                return false;
            }
            first = i;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decorated_label_finds_its_head() {
        // 0 <- 1 root -> 2 dobj -> 3 prep; 4 relcl||dobj hangs on the root and belongs to 2.
        let heads = [Some(1), None, Some(1), Some(2), Some(1)];
        let labels = ["nsubj", "", "dobj", "prep", "relcl||dobj"];
        let tree = finish(&heads, &|i| labels[i].into(), &[false; 5]);
        assert_eq!(tree.head, [1, 1, 1, 2, 2]);
        assert_eq!(tree.label, ["nsubj", "ROOT", "dobj", "prep", "relcl"]);
        assert_eq!(tree.starts, [true, false, false, false, false]);
    }

    #[test]
    fn each_root_starts_a_sentence_at_its_left_edge() {
        let heads = [Some(1), None, Some(3), None, Some(3)];
        let tree = finish(&heads, &|_| "x".into(), &[false; 5]);
        assert_eq!(tree.starts, [true, false, true, false, false]);
    }
}
