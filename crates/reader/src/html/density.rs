//! The article as the element with the most running text and the fewest links: the fast way, on the scan alone.
//!
//! Lines of text count for the element around them and, less and less, for those around that; the element with the most
//! is the article, with those of its neighbours that are like it and without those of its parts that are lists of links
//! or name themselves furniture. This is the idea of Readability, on lines instead of a tree of the page, so that no
//! nesting can exhaust it.

use super::align::Aligned;
use super::body::{Extractor, Given};
use super::element::Sort;
use super::scan::{HtmlLine, Node, Scan};
use record::BlockKind;

/// Body lines by the density of text around them.
pub(crate) struct Density;

/// Letters of the shortest line that counts as text.
const SHORTEST: usize = 25;
/// Elements around a line for which its text counts.
const REACH: usize = 5;
/// Points for an element whose class names say article, and taken from one whose say furniture.
const NAMED: f32 = 25.0;
/// Share of the best element's points that makes another one its equal.
const EQUAL: f32 = 0.75;
/// Equals that are looked at.
const MOST_EQUALS: usize = 12;
/// Share of the best element's points that a neighbour needs to belong to the article.
const NEIGHBOUR: f32 = 0.2;
/// Share of the article's letters above which a part is never furniture.
const BULK: f32 = 0.4;
/// What text counts in elements that call themselves furniture: class names may lie.
const DOUBTED: f32 = 0.25;
/// Letters of the least text that is an article.
const LEAST: usize = 140;

impl Extractor for Density {
    fn name(&self) -> &'static str {
        "density of text"
    }

    fn article(&self, given: &Given<'_>) -> Option<Aligned> {
        let shown = |l: &HtmlLine| !l.hidden;
        article(given.scan, &shown).or_else(|| article(given.scan, &|_| true))
    }
}

/// The article among the lines that `counts` lets in.
fn article(scan: &Scan, counts: &dyn Fn(&HtmlLine) -> bool) -> Option<Aligned> {
    let tree = Tree::of(scan, counts);
    let top = tree.top()?;
    let chosen = tree.chosen(top);
    let letters: usize = chosen.iter().zip(&tree.sums).filter(|(c, _)| **c).map(|(_, s)| s.letters).sum();
    // What each element's lines are: inside the article or not, by the element around it.
    let mut inside = vec![false; tree.nodes.len()];
    for at in 0..tree.nodes.len() {
        let around = tree.parent(at).is_some_and(|p| inside.get(p) == Some(&true));
        let part = chosen.get(at) == Some(&true) || around && !tree.is_furniture(at, letters);
        if let Some(slot) = inside.get_mut(at) {
            *slot = part;
        }
    }
    let keep = |l: &HtmlLine| counts(l) && inside.get(l.node) == Some(&true);
    let kept: Vec<f32> = scan.lines.iter().map(|l| if keep(l) { 1.0 } else { 0.0 }).collect();
    let all: usize = scan.lines.iter().filter(|l| keep(l)).map(|l| l.line.text.len()).sum();
    (all >= LEAST).then_some(Aligned { kept, foreign: Vec::new() })
}

/// What stands in an element, its parts included.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    letters: usize,
    links: usize,
    commas: usize,
    /// Letters of running text outside of what calls itself furniture.
    running: usize,
    /// Lines.
    lines: usize,
    /// Items of lists.
    items: usize,
}

struct Tree<'a> {
    nodes: &'a [Node],
    sums: Vec<Sums>,
    points: Vec<f32>,
}

impl<'a> Tree<'a> {
    fn of(scan: &'a Scan, counts: &dyn Fn(&HtmlLine) -> bool) -> Tree<'a> {
        let nodes = scan.nodes.as_slice();
        let mut tree =
            Tree { nodes, sums: vec![Sums::default(); nodes.len()], points: vec![0.0; nodes.len()] };
        // Lines that stand in an element directly.
        let mut own = vec![0usize; nodes.len()];
        for line in scan.lines.iter().filter(|l| counts(l)) {
            if let Some(n) = own.get_mut(line.node) {
                *n += 1;
            }
        }
        for line in scan.lines.iter().filter(|l| counts(l)) {
            let text = line.line.text.as_str();
            let commas =
                text.bytes().filter(|b| *b == b',').count() + text.matches(['，', '、', '،']).count();
            if let Some(sums) = tree.sums.get_mut(line.node) {
                sums.letters += text.len();
                sums.links += line.link;
                sums.commas += commas;
                sums.lines += 1;
                sums.items += usize::from(line.place.item);
            }
            let plain = can_be_text(line);
            if plain
                && is_running(line)
                && let Some(sums) = tree.sums.get_mut(line.node)
            {
                sums.running += text.len();
            }
            if text.len() >= SHORTEST && line.place.heading == 0 {
                let trust = if plain { 1.0 } else { DOUBTED };
                let points = 1.0 + commas as f32 + (text.len() as f32 / 100.0).min(3.0);
                // An element of several lines holds paragraphs, one of a single line is a paragraph.
                let paragraph = scan.nodes.get(line.node).is_some_and(|n| n.sort == Sort::Paragraph);
                let holds = !paragraph && own.get(line.node).is_some_and(|n| *n > 1);
                let start = if holds { Some(line.node) } else { tree.parent(line.node) };
                tree.spread(start, trust * points * (1.0 - share(line.link, text.len())));
            }
        }
        for at in (1..nodes.len()).rev() {
            let (Some(part), Some(parent)) = (tree.sums.get(at).copied(), tree.parent(at)) else { continue };
            if let Some(sums) = tree.sums.get_mut(parent) {
                sums.letters += part.letters;
                sums.links += part.links;
                sums.commas += part.commas;
                sums.running += part.running;
                sums.lines += part.lines;
                sums.items += part.items;
            }
        }
        for at in 0..nodes.len() {
            let density = tree.density(at);
            let bias = tree.bias(at);
            if let Some(points) = tree.points.get_mut(at).filter(|p| **p > 0.0) {
                *points = (*points + bias) * (1.0 - density);
            }
        }
        tree
    }

    /// Adds the points of a line to the elements around it.
    fn spread(&mut self, start: Option<usize>, points: f32) {
        let mut at = start;
        for level in 0..REACH {
            let Some(node) = at else { return };
            let part = match level {
                0 => 1.0,
                1 => 2.0,
                n => n as f32 * 3.0,
            };
            if let Some(slot) = self.points.get_mut(node) {
                *slot += points / part;
            }
            at = self.parent(node);
        }
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.nodes.get(at).map(|n| n.parent).filter(|_| at > 0)
    }

    fn density(&self, at: usize) -> f32 {
        self.sums.get(at).map_or(0.0, |s| share(s.links, s.letters))
    }

    /// Points for what an element is and how it names itself.
    fn bias(&self, at: usize) -> f32 {
        let Some(node) = self.nodes.get(at) else { return 0.0 };
        let sort = match node.sort {
            Sort::Article => 15.0,
            Sort::Part => 5.0,
            Sort::Quote => 3.0,
            Sort::List => -3.0,
            Sort::Form | Sort::Heading => -5.0,
            Sort::Aside => -25.0,
            Sort::Cell | Sort::Paragraph => 0.0,
        };
        sort + match node.kind {
            Some(BlockKind::Paragraph) => NAMED,
            Some(_) => -NAMED,
            None => 0.0,
        }
    }

    fn point(&self, at: usize) -> f32 {
        self.points.get(at).copied().unwrap_or(0.0)
    }

    /// The element of the article.
    fn top(&self) -> Option<usize> {
        let best = (0..self.nodes.len()).filter(|i| self.point(*i) > 0.0);
        let mut top = best.max_by(|a, b| self.point(*a).total_cmp(&self.point(*b)).then(b.cmp(a)))?;
        // Where three or more others come near, the article is what holds them all.
        let equals: Vec<usize> = (0..self.nodes.len())
            .filter(|i| *i != top && self.point(*i) >= EQUAL * self.point(top))
            .take(MOST_EQUALS)
            .collect();
        let shared = self
            .around(top)
            .find(|a| equals.iter().filter(|e| self.around(**e).any(|x| x == *a)).count() >= 3);
        top = shared.unwrap_or(top);
        // An element around it with more points still is the better one, and so is one that holds nothing else.
        let mut last = self.point(top);
        let floor = last / 3.0;
        let mut at = self.parent(top);
        while let Some(node) = at.filter(|n| *n > 0) {
            let points = self.point(node);
            if points < floor {
                break;
            }
            if points > last {
                top = node;
                break;
            }
            last = points;
            at = self.parent(node);
        }
        while let Some(parent) = self.parent(top).filter(|p| *p > 0) {
            let lines = |n: usize| self.sums.get(n).map_or(0, |s| s.lines);
            if lines(parent) != lines(top) {
                break;
            }
            top = parent;
        }
        Some(self.widened(top))
    }

    /// The widest element around `top` that adds more running text than other text to it.
    fn widened(&self, top: usize) -> usize {
        let of = |n: usize| self.sums.get(n).copied().unwrap_or_default();
        let mut best = top;
        for around in self.around(top) {
            let (inner, outer) = (of(best), of(around));
            let running = outer.running - inner.running;
            let other = outer.letters - inner.letters - running;
            if running * 5 > inner.running && running > 2 * other {
                best = around;
            }
        }
        best
    }

    /// Elements around `at`, the innermost first.
    fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parent(at), |n| self.parent(*n)).filter(|n| *n > 0)
    }

    /// For every element, whether it is that of the article or one beside it that goes on with it.
    fn chosen(&self, top: usize) -> Vec<bool> {
        let least = (self.point(top) * NEIGHBOUR).max(10.0);
        let like = |i: usize| {
            let (Some(node), Some(sums)) = (self.nodes.get(i), self.sums.get(i)) else { return false };
            let plain = matches!(node.kind, None | Some(BlockKind::Paragraph));
            let text = node.sort == Sort::Paragraph && sums.letters > 80 && self.density(i) < 0.25;
            plain && (self.point(i) >= least || text)
        };
        let beside = |i: usize| i > 0 && self.parent(i) == self.parent(top);
        (0..self.nodes.len()).map(|i| i == top || beside(i) && like(i)).collect()
    }

    /// True for a part of the article that is none of its text. `all` are the letters of the article.
    fn is_furniture(&self, at: usize, all: usize) -> bool {
        let (Some(node), Some(sums)) = (self.nodes.get(at), self.sums.get(at)) else { return false };
        let density = self.density(at);
        let bulk = sums.letters as f32 >= BULK * all as f32;
        match node.kind {
            Some(BlockKind::Paragraph | BlockKind::Caption | BlockKind::Headline | BlockKind::Standfirst) => {
                return false;
            }
            Some(_) if !bulk => return true,
            _ => {}
        }
        match node.sort {
            Sort::Aside | Sort::Form => !bulk,
            Sort::Paragraph | Sort::Heading | Sort::Quote | Sort::Cell => false,
            Sort::List => density > 0.5 && sums.commas < 10,
            Sort::Part | Sort::Article => sums.commas < 10 && density > 0.5,
        }
    }
}

/// True when a line can be text of an article by the elements around it.
fn can_be_text(line: &HtmlLine) -> bool {
    matches!(line.kind, None | Some(BlockKind::Paragraph | BlockKind::Standfirst)) && line.place.heading == 0
}

/// True for a line that reads like text: long enough, few links.
fn is_running(line: &HtmlLine) -> bool {
    line.line.text.len() >= 80 && line.link * 3 < line.line.text.len()
}

fn share(part: usize, all: usize) -> f32 {
    part as f32 / all.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::scan::scan;
    use crate::strip::knowledge::knowledge;

    #[test]
    fn the_article_is_where_the_text_is() {
        let html = "<div><ul><li><a href=/a>Dam opens in the north, ministers come</a></li></ul></div>
            <div class=x><p>The dam was opened on Monday by the two ministers, who spoke for an hour.</p>
            <p>Both spoke of a new beginning for the valley, its people, and its farms.</p>
            <div><a href=/b>More news from the valley, the coast and the islands</a></div></div>
            <div><p><a href=/c>Cheap flights to the islands, all year round</a></p></div>";
        let scan = scan(html, knowledge());
        let found = Density.article(&Given { html, scan: &scan, url: None }).map(|a| a.kept);
        assert_eq!(found, Some(vec![0.0, 1.0, 1.0, 0.0, 0.0]));
    }
}
