//! What is known of an article beside its text, each value with the way it was found.

pub(crate) mod authors;
pub(crate) mod byline;
pub(crate) mod head;
pub(crate) mod json_ld;
pub(crate) mod language;
pub(crate) mod notes;
pub(crate) mod outlet;
pub(crate) mod published;
pub(crate) mod times;
pub(crate) mod title;
pub(crate) mod wire;

use crate::Hint;
use published::{Moment, Order};
use record::{BlockKind, ByteSpan, Found, Page};

/// Where the frame of the article stands in the text, gathered while blocks are laid down.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    /// Blocks by kind.
    pub spans: Vec<(BlockKind, ByteSpan)>,
    /// Publication lines that speak of a change.
    pub updates: Vec<ByteSpan>,
}

impl Frame {
    /// Keeps a block.
    pub fn note(&mut self, kind: BlockKind, span: Option<ByteSpan>) {
        self.spans.extend(span.map(|s| (kind, s)));
    }

    fn of(&self, kind: BlockKind) -> impl Iterator<Item = ByteSpan> + '_ {
        self.spans.iter().filter(move |(k, _)| *k == kind).map(|(_, s)| *s)
    }
}

/// Fills in what the visible text says: headline, byline, section, times, pictures, credits, dateline, language.
pub(crate) fn finish(mut page: Page, found: Frame, hint: &Hint) -> Page {
    let at = |span: ByteSpan, how: &str| Found {
        value: span.of(&page.text).to_owned(),
        span: Some(span),
        how: how.into(),
    };
    let mut meta = std::mem::take(&mut page.meta);
    let line = found.of(BlockKind::Headline).next();
    match &mut meta.headline {
        Some(headline) => headline.span = headline.span.or(line),
        None => meta.headline = line.map(|s| at(s, "headline-line")),
    }
    if let Some(title) = hint.title.as_ref().filter(|t| !t.is_empty()) {
        meta.headline.get_or_insert_with(|| Found::new(title.clone(), "given"));
    }
    meta.section =
        meta.section.or_else(|| found.of(BlockKind::Section).next().map(|s| at(s, "section-line")));
    meta.images.extend(found.of(BlockKind::Image).map(|s| at(s, "image-line")));
    let bylines: Vec<ByteSpan> = found.of(BlockKind::Byline).collect();
    if meta.authors.is_empty() && meta.desk.is_none() {
        for &span in &bylines {
            writers(&page.text, span, &mut meta);
        }
    }
    for value in meta.authors.iter_mut().chain(&mut meta.desk) {
        value.span = value.span.or_else(|| bylines.iter().find_map(|b| place(&page.text, *b, &value.value)));
    }
    for span in found.of(BlockKind::Published) {
        let Some(moment) = moment(&page.text, span) else { continue };
        let how = if bylines.iter().any(|b| b.end + 1 == span.start) { "byline" } else { "published-line" };
        let value = Found { value: moment.iso(), span: Some(span_of(span, &moment)), how: how.into() };
        let slot = if found.updates.contains(&span) { &mut meta.updated } else { &mut meta.published };
        match slot {
            // A value from elsewhere gets its place when the line says the same day.
            Some(known) if known.span.is_none() && known.value.get(..10) == value.value.get(..10) => {
                known.span = value.span
            }
            Some(_) => {}
            None => *slot = Some(value),
        }
    }
    if let Some(date) = &hint.published {
        meta.published = Some(Found::new(date.clone(), "given"));
    }
    not_in_the_future(&mut meta, hint);
    outlet::settle(&mut meta, hint);
    let body: Vec<ByteSpan> =
        page.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).map(|b| b.span).collect();
    meta.wires = wire::wires(&page.text, &body, &bylines);
    meta.dateline = body.first().and_then(|s| wire::dateline(&page.text, *s));
    if meta.language.is_none() {
        let sample: Vec<&str> = body.iter().take(12).map(|s| s.of(&page.text)).collect();
        meta.language = language::detect(&sample.join("\n")).map(|l| Found::new(l.into(), "detected"));
    }
    page.meta = meta;
    page
}

fn moment(text: &str, span: ByteSpan) -> Option<Moment> {
    published::first(span.of(text), Order::DayFirst)
}

fn span_of(line: ByteSpan, moment: &Moment) -> ByteSpan {
    ByteSpan::new(line.start as usize + moment.start, line.start as usize + moment.end)
}

/// Adds the people or the desk of a byline to `meta`, each with its place.
fn writers(text: &str, span: ByteSpan, meta: &mut record::Meta) {
    let writers = byline::read(span.of(text));
    for name in writers.people {
        if !meta.authors.iter().any(|a| a.value == name) {
            let span = place(text, span, &name);
            meta.authors.push(Found { value: name, span, how: "byline".into() });
        }
    }
    if let Some(desk) = writers.desk {
        let span = place(text, span, &desk);
        meta.desk.get_or_insert(Found { value: desk, span, how: "byline".into() });
    }
}

/// Where `value` stands inside `line`.
fn place(text: &str, line: ByteSpan, value: &str) -> Option<ByteSpan> {
    let start = line.start as usize + line.of(text).find(value)?;
    Some(ByteSpan::new(start, start + value.len()))
}

/// A time as ISO 8601, when `text` holds one that is not later than the fetch.
pub(crate) fn time_of(text: &str, hint: &Hint) -> Option<String> {
    let moment = published::first(text, Order::DayFirst)?;
    let day = moment.day.to_string();
    let latest = hint.fetched.as_deref().and_then(|f| f.get(..10));
    latest.is_none_or(|l| day.as_str() <= l).then(|| moment.iso())
}

/// Drops times later than the day of fetching.
fn not_in_the_future(meta: &mut record::Meta, hint: &Hint) {
    let Some(latest) = hint.fetched.as_deref().and_then(|f| f.get(..10)) else { return };
    let late =
        |f: &Option<Found<String>>| f.as_ref().is_some_and(|f| f.value.get(..10).is_some_and(|d| d > latest));
    if late(&meta.published) {
        meta.published = None;
    }
    if late(&meta.updated) {
        meta.updated = None;
    }
}
