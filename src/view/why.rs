//! Why reports are one story and tellings one event, and what was kept apart.

use super::answers::event;
use super::section;
use crate::term::Screen;
use crate::term::style::{DIM, HINT, PLAIN};
use crate::term::text::{count, date, safe, signed};
use crate::term::wrap::Rich;
use store::query::explain::Explained;
use store::{Decision, EventJoin};

/// One event of the world: who tells it, and why the tellings are together or apart.
pub fn explained(e: &Explained, screen: &Screen) -> String {
    let width = screen.measure();
    let mut out = event(&e.ev, screen);
    out.push_str(&section("Told by", &count(e.tellings.len(), "report"), screen));
    for t in &e.tellings {
        let at = t.published.as_deref().map(date).unwrap_or_default();
        let head = format!("{}  {at}  {}", safe(t.outlet.as_deref().unwrap_or("no outlet")), t.name);
        out.push_str(&Rich::new().add(PLAIN, &head).set(width, "  ", "    "));
        out.push_str(&Rich::new().add(DIM, &safe(&t.text)).set(width, "    │ ", "    │ "));
    }
    let (made, refused): (Vec<_>, Vec<_>) = e.joins.iter().cloned().partition(|j| j.joined);
    if e.tellings.len() > 1 {
        out.push_str(&section("Why they are one event", &made.len().to_string(), screen));
        if made.is_empty() {
            let same = "same type, code, word, actors, days and place in all: nothing had to be weighed";
            out.push_str(&Rich::new().add(PLAIN, same).set(width, "    ", "    "));
        }
    }
    out.push_str(&joined_tellings(&made, width));
    out.push_str(&section("Nearest that were kept apart", &refused.len().to_string(), screen));
    out.push_str(&joined_tellings(&refused, width));
    if !e.apart.is_empty() {
        out.push_str(&section("Cannot be this event", &e.apart.len().to_string(), screen));
    }
    for other in &e.apart {
        let text = format!(" {}: {}", other.event, other.because.join(", "));
        out.push_str(&Rich::new().add(HINT, "apart ").add(PLAIN, &text).set(width, "    ", "      "));
        out.push_str(&Rich::new().add(DIM, &safe(&other.text)).set(width, "      │ ", "      │ "));
    }
    if !e.reports.is_empty() {
        out.push_str(&section("Why the reports are one story", &e.reports.len().to_string(), screen));
        out.push_str(&joined_reports(&e.reports, width));
    }
    out + &decisions(&e.decisions, screen)
}

/// What a reader decided about stories.
pub fn decision(d: &Decision, screen: &Screen) -> String {
    let width = screen.measure();
    let [a, b] = d.sides.each_ref().map(|side| count(side.len(), "report"));
    let what = match d.kind.as_str() {
        "merge" => format!("{a} and {b} are one story"),
        _ => format!("{b} left a story, {a} stayed"),
    };
    let undone = d.undone.as_deref().map(|at| format!(", undone {}", date(at))).unwrap_or_default();
    let text = format!(" decision {}, {}{undone}: {what}", d.n, date(&d.made));
    let mut out = Rich::new().add(HINT, &d.kind).add(PLAIN, &text).set(width, "  ", "    ");
    if !d.note.is_empty() {
        out.push_str(&Rich::new().add(DIM, &safe(&d.note)).set(width, "    │ ", "    │ "));
    }
    out
}

/// All decisions that hold about the reports of a story; nothing when there are none.
pub fn decisions(all: &[Decision], screen: &Screen) -> String {
    if all.is_empty() {
        return String::new();
    }
    let list: String = all.iter().map(|d| decision(d, screen)).collect();
    section("Decided by a reader", &all.len().to_string(), screen) + &list
}

fn word(joined: bool) -> &'static str {
    if joined { "joined" } else { "apart " }
}

/// Joins of reports, made and refused.
pub fn joined_reports(joins: &[record::JoinReason], width: usize) -> String {
    let mut out = String::new();
    for j in joins {
        let parts: Vec<String> = j.parts.iter().map(|p| format!("{} {}", p.0, signed(p.1))).collect();
        let keys = if j.keys.is_empty() {
            String::new()
        } else {
            format!(" · shared: {}", safe(&j.keys.join(", ")))
        };
        let sides = format!("{} report(s) with {}", j.left.len(), j.right.len());
        let text = format!(" {sides}, log-odds {}: {}{keys}", signed(j.score), parts.join(", "));
        out.push_str(&Rich::new().add(HINT, word(j.joined)).add(PLAIN, &text).set(width, "  ", "    "));
    }
    out
}

/// Joins of tellings, made and refused, each with the other's sentence.
pub fn joined_tellings(joins: &[EventJoin], width: usize) -> String {
    let mut out = String::new();
    for j in joins {
        let parts: Vec<String> = j.parts.iter().map(|p| format!("{} {}", p.0, signed(p.1))).collect();
        let text = format!(" {} with {}, {}: {}", j.left, j.right, signed(j.score), parts.join(", "));
        out.push_str(&Rich::new().add(HINT, word(j.joined)).add(PLAIN, &text).set(width, "    ", "      "));
        out.push_str(&Rich::new().add(DIM, &safe(&j.text)).set(width, "      │ ", "      │ "));
    }
    out
}
