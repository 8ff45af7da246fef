//! Lines outside the article to the kind of furniture each is, by its words and by the heading above it.

use super::features::View;
use super::shape::Shape;
use record::BlockKind;

/// Longest list that one heading is taken to open, in lines.
const LONGEST_GROUP: usize = 40;

/// Kinds of all lines; those for which `skip` is true are left `Other` and end every group.
pub(crate) fn furniture(views: &[View], skip: &dyn Fn(usize) -> bool, body_end: usize) -> Vec<BlockKind> {
    let mut out = vec![BlockKind::Other; views.len()];
    let mut group: Option<Group> = None;
    for (i, view) in views.iter().enumerate() {
        if skip(i) {
            group = None;
            continue;
        }
        if let Some(kind) = view.shape.hits.heading {
            group = Some(Group { kind, lines: 0, bullets: false });
            if let Some(slot) = out.get_mut(i) {
                *slot = heading_kind(kind);
            }
            continue;
        }
        let inherited = group.as_mut().filter(|g| g.goes_on(view)).map(|g| g.take(view));
        if inherited.is_none() {
            group = None;
        }
        if let Some(slot) = out.get_mut(i) {
            *slot = one(&view.shape, inherited, i >= body_end);
        }
    }
    out
}

struct Group {
    kind: BlockKind,
    lines: usize,
    bullets: bool,
}

impl Group {
    fn goes_on(&self, view: &View) -> bool {
        let other = view.shape.hits.whole.is_some_and(|k| k != self.kind);
        let list_over = self.bullets && !view.shape.bullet;
        let prose = view.shape.words >= 40;
        self.lines < LONGEST_GROUP && !other && !list_over && !prose
    }

    fn take(&mut self, view: &View) -> BlockKind {
        self.lines += 1;
        self.bullets |= view.shape.bullet;
        self.kind
    }
}

/// A heading is not an item of its own list.
fn heading_kind(kind: BlockKind) -> BlockKind {
    match kind {
        BlockKind::Ticker | BlockKind::Related => BlockKind::Other,
        other => other,
    }
}

fn one(shape: &Shape, group: Option<BlockKind>, after_body: bool) -> BlockKind {
    use BlockKind::*;
    if shape.file {
        return Image;
    }
    if let Some(kind) = shape.hits.whole {
        return kind;
    }
    if let Some(kind @ (Ticker | Comment)) = group {
        return kind;
    }
    let caption = shape.hits.mask & (1 << Caption as u32) != 0 && shape.words >= 2;
    if let Some(kind) = shape.hits.start {
        return kind;
    }
    if caption {
        return Caption;
    }
    if let Some(kind) = shape.hits.end.or(shape.hits.inside) {
        return kind;
    }
    if let Some(kind) = group {
        return kind;
    }
    match shape.words {
        0 => Other,
        1..=3 => Navigation,
        4.. if shape.bullet || shape.separator || !shape.ends || after_body => Related,
        _ => Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn views(lines: &[&str]) -> Vec<View> {
        lines
            .iter()
            .map(|l| View {
                shape: Shape::of(l.trim_start_matches("• "), l.starts_with("• ")),
                ..View::default()
            })
            .collect()
    }

    #[test]
    fn a_ticker_is_a_heading_and_its_items() {
        let page = views(&[
            "Breaking news",
            "• Dam bursts in the north, hundreds flee",
            "• Talks on grain deal stall",
            "Grain deal talks stall",
        ]);
        let kinds = furniture(&page, &|_| false, 9);
        use BlockKind::*;
        assert_eq!(kinds[..3], [Other, Ticker, Ticker]);
        assert_ne!(kinds[3], Ticker);
    }
}
