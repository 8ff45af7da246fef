//! What stands around the article to a short list: each ticker headline and related link apart, the rest counted.

use super::section;
use crate::term::Screen;
use crate::term::style::{DIM, PLAIN};
use crate::term::text::{count, safe};
use crate::term::wrap::Rich;
use record::{BlockKind, Page};

/// Items shown of one kind before the rest is counted.
const SHOWN: usize = 6;

/// The furniture; with `all`, every item.
pub fn list(page: &Page, screen: &Screen, all: bool) -> String {
    let blocks: Vec<_> = page.blocks.iter().filter(|b| b.kind.is_furniture()).collect();
    if blocks.is_empty() {
        return String::new();
    }
    let mut kinds: Vec<BlockKind> = blocks.iter().map(|b| b.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut out = section("Around the article", &count(blocks.len(), "item"), screen);
    for kind in kinds {
        let items: Vec<_> =
            blocks.iter().filter(|b| b.kind == kind).map(|b| safe(b.span.of(&page.text))).collect();
        let open = all || matches!(kind, BlockKind::Ticker | BlockKind::Related);
        let shown = if all {
            items.len()
        } else if open {
            SHOWN.min(items.len())
        } else {
            0
        };
        let name = name(kind);
        let label = format!("  {name:<14} ");
        for (n, item) in items.iter().take(shown).enumerate() {
            let first = if n == 0 { label.clone() } else { " ".repeat(label.len()) };
            out.push_str(&Rich::new().add(PLAIN, item).set(
                screen.measure(),
                &first,
                &" ".repeat(label.len()),
            ));
        }
        let rest = items.len() - shown;
        if rest > 0 {
            let first = if shown == 0 { label.clone() } else { " ".repeat(label.len()) };
            let more = if shown == 0 { count(rest, "item") } else { format!("and {rest} more") };
            out.push_str(&Rich::new().add(DIM, &more).set(screen.measure(), &first, ""));
        }
    }
    out
}

fn name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Ticker => "ticker",
        BlockKind::Related => "related",
        BlockKind::Share => "share bar",
        BlockKind::Comment => "comments",
        BlockKind::Navigation => "navigation",
        BlockKind::Advertisement => "advertising",
        BlockKind::Tags => "tags",
        _ => "other",
    }
}
