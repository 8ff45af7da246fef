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
use published::{Latest, Moment, Order};
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
    let body: Vec<ByteSpan> =
        page.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).map(|b| b.span).collect();
    let bylines: Vec<ByteSpan> = found.of(BlockKind::Byline).collect();
    people(&page.text, &bylines, body.first().map_or(u32::MAX, |b| b.start), &mut meta);
    meta.wires = wire::wires(&page.text, &body, &bylines);
    meta.dateline = body.first().and_then(|s| wire::dateline(&page.text, *s));
    times_of_lines(&page.text, &found, &mut meta, hint);
    outlet::settle(&mut meta, hint);
    if meta.section.is_none() {
        let urls = [hint.url.as_deref(), meta.canonical_url.as_ref().map(|u| u.value.as_str())];
        meta.section = urls.into_iter().flatten().find_map(section_of_url);
    }
    if meta.language.is_none() {
        let sample: Vec<&str> = body.iter().take(12).map(|s| s.of(&page.text)).collect();
        meta.language = language::detect(&sample.join("\n")).map(|l| Found::new(l.into(), "detected"));
    }
    page.meta = meta;
    page
}

/// Authors or desk from the bylines: those above the text; when they name nobody, the credits below it.
fn people(text: &str, bylines: &[ByteSpan], body: u32, meta: &mut record::Meta) {
    let (above, below): (Vec<ByteSpan>, Vec<ByteSpan>) = bylines.iter().partition(|b| b.start < body);
    for group in [above, below] {
        if meta.authors.is_empty() && meta.desk.is_none() {
            group.iter().for_each(|span| writers(text, *span, meta));
        }
    }
    for value in meta.authors.iter_mut().chain(&mut meta.desk) {
        value.span = value.span.or_else(|| bylines.iter().find_map(|b| place(text, *b, &value.value)));
    }
}

/// Times that the lines of the frame, else the dateline, give; none later than the fetch.
fn times_of_lines(text: &str, found: &Frame, meta: &mut record::Meta, hint: &Hint) {
    let latest = Latest::of(hint);
    for span in found.of(BlockKind::Published) {
        let Some(moment) = moment(text, span).filter(|m| latest.allows(m)) else { continue };
        let byline = found.of(BlockKind::Byline).any(|b| b.end + 1 == span.start);
        let how = if byline { "byline" } else { "published-line" };
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
    let late =
        |f: &Found<String>| published::first(&f.value, Order::DayFirst).is_some_and(|m| !latest.allows(&m));
    let given = hint.published.clone().map(|date| Found::new(date, "given"));
    meta.published = given.filter(|f| !late(f)).or(meta.published.take()).filter(|f| !late(f));
    meta.updated = meta.updated.take().filter(|f| !late(f));
    if meta.published.is_none() {
        meta.published = meta.dateline.as_ref().and_then(|d| day_of_dateline(d, &latest));
    }
}

/// The day that a dateline names; one without a year is of the last year that makes it no later than the fetch.
fn day_of_dateline(dateline: &Found<String>, latest: &Latest) -> Option<Found<String>> {
    let text = dateline.value.split(['(', '[']).next().unwrap_or_default().trim();
    let dated = |t: &str| published::first(t, Order::DayFirst).filter(|m| latest.allows(m));
    let moment = dated(text).or_else(|| {
        let year = latest.year()?;
        [year, year - 1].iter().find_map(|y| dated(&format!("{text}, {y}")))
    })?;
    Some(Found { value: moment.day.to_string(), span: dateline.span, how: "dateline".into() })
}

/// The section that the path of an address names.
fn section_of_url(url: &str) -> Option<Found<String>> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let mut parts = path.split('/').skip(1).filter(|p| !p.is_empty());
    let name = parts.find_map(|p| crate::strip::knowledge::knowledge().section(&p.replace('-', " ")))?;
    Some(Found::new(name.to_owned(), "url"))
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
    let latest = Latest::of(hint);
    published::first(text, Order::DayFirst).filter(|m| latest.allows(m)).map(|m| m.iso())
}
