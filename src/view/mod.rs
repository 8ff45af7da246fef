//! Records to what a person reads in a terminal.

mod actor;
pub mod answers;
mod card;
mod event;
pub mod explain;
mod furniture;
mod marks;
mod statement;
mod table;
pub mod why;

use crate::term::Screen;
use crate::term::style::{DIM, TITLE, paint};
use record::{Coding, Doc, Mentions, Page, Record};

pub use actor::full;
pub use card::card;
pub use statement::statement;

/// A record whose stages have all run, taken apart.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its parse.
    pub doc: &'a Doc,
    /// Its actors, places, dates.
    pub mentions: &'a Mentions,
    /// Its events and statements.
    pub coding: &'a Coding,
}

impl<'a> Reading<'a> {
    /// The parts of `record`, when all are there.
    pub fn of(record: &'a Record) -> Option<Self> {
        let Record { page, doc, mentions, coding, .. } = record;
        Some(Reading { page, doc: doc.as_ref()?, mentions: mentions.as_ref()?, coding: coding.as_ref()? })
    }
}

/// The whole page: card, events, statements, furniture.
pub fn page(reading: Reading<'_>, screen: &Screen, all_furniture: bool) -> String {
    let mut out = card(reading, screen);
    out.push_str(&event::list(reading, screen));
    out.push_str(&statement::list(reading, screen));
    out.push_str(&furniture::list(reading.page, screen, all_furniture));
    out
}

/// A section's title with its counts.
fn section(title: &str, counts: &str, screen: &Screen) -> String {
    let rule_from = title.chars().count() + counts.chars().count() + 3;
    if rule_from > screen.measure() {
        let lines: String = counts.split("  ").map(|c| format!("  {}\n", c.trim())).collect();
        return format!("\n{}\n{lines}", paint(TITLE, title));
    }
    let rule = "─".repeat(screen.measure().saturating_sub(rule_from));
    format!("\n{} {} {}\n", paint(TITLE, title), counts, paint(DIM, &rule))
}
