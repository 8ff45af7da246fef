//! Dates and eras in the event's clause to the cue that it is told as background from an earlier time.

use record::Syntax;
use record::event::Cue;

/// Years between the publication and an event that make it history.
const HISTORY_YEARS: i32 = 3;

/// Pages without a date are taken to be written after this year less [`HISTORY_YEARS`]: no page of the web is older.
const UNDATED: i32 = 1994;

/// The words that put the event of `head` into an earlier time, if its own clause has any.
pub(super) fn cue(syntax: &Syntax<'_>, head: usize) -> Option<Cue> {
    let clause = std::iter::once(head).chain(clause_verb(syntax, head));
    let mut modifiers =
        clause.flat_map(|at| syntax.children_with(at, &["prep", "npadvmod", "advmod", "acl"]));
    modifiers.find_map(|m| past(syntax, m)).or_else(|| pluperfect(syntax, head))
}

/// "the ministers, whom the rebels had seized two weeks ago": a dated relative clause in the past perfect tells what went
/// before.
fn pluperfect(syntax: &Syntax<'_>, head: usize) -> Option<Cue> {
    if syntax.dep(head) != "relcl" {
        return None;
    }
    let had =
        syntax.children_with(head, &["aux"]).find(|&c| matches!(syntax.lower(c), "had" | "'d" | "’d"))?;
    let dated = syntax.children_with(head, &["npadvmod", "advmod", "prep"]).any(|c| {
        matches!(syntax.lower(c), "ago" | "earlier" | "previously" | "before" | "since")
            || syntax.entity_label(c) == "DATE"
            || syntax.children(c).any(|d| syntax.entity_label(d) == "DATE")
    });
    let span = syntax.token(had).span;
    dated.then(|| Cue { span, kind: "history".into(), row: "qualify/past-perfect".into() })
}

/// The verb whose clause an event noun stands in.
fn clause_verb(syntax: &Syntax<'_>, head: usize) -> Option<usize> {
    if matches!(syntax.pos(head), "VERB" | "AUX") {
        return None;
    }
    let up = syntax.head(head);
    (up != head && syntax.pos(up) == "VERB" && syntax.dep(head) != "pobj").then_some(up)
}

fn past(syntax: &Syntax<'_>, modifier: usize) -> Option<Cue> {
    if matches!(syntax.lower(modifier), "since" | "until" | "till") {
        return None;
    }
    let extent = syntax.extent(modifier);
    let published: Option<i32> =
        syntax.page.published_day().and_then(|d| d.get(..4)).and_then(|y| y.parse().ok());
    for i in extent.range().take(8) {
        let word = syntax.lower(i);
        let year = word
            .get(..4)
            .filter(|_| word.len() == 4 || word.ends_with('s'))
            .and_then(|y| y.parse::<i32>().ok());
        let old_year = year
            .is_some_and(|y| (1000..=2100).contains(&y) && published.unwrap_or(UNDATED) - y >= HISTORY_YEARS);
        let few = |k: usize| matches!(syntax.lower(k), "a" | "one" | "two" | "1" | "2" | "few" | "couple");
        let old_span = word == "ago"
            && (extent.start as usize..i).any(|k| match syntax.lemma(k) {
                "decade" | "century" | "generation" => true,
                "year" => !(extent.start as usize..k).any(few),
                _ => false,
            });
        if old_year || old_span {
            let span = syntax.doc.bytes_of(extent);
            return Some(Cue { span, kind: "history".into(), row: "qualify/history".into() });
        }
    }
    None
}
