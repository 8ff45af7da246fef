//! One article to everything a page about it shows: text, blocks, marks, events with their reasons, statements.

use super::{Party, Reality};
use crate::error::Error;
use crate::names;
use crate::pack::unpack;
use crate::store::Store;
use record::offset::CodePoints;
use record::{
    BlockKind, ByteSpan, Coding, Event, Mentions, Participant, Reason, Record, Statement, StatementKind,
};
use rusqlite::OptionalExtension;
use std::collections::BTreeMap;

pub use super::article_types::*;

/// The record of an article as it was coded, with or without its parse.
///
/// # Errors
/// The database cannot be read or is damaged.
pub fn record(store: &Store, id: &str, parse: bool) -> Result<Option<Record>, Error> {
    let mut statement = store
        .connection
        .prepare_cached("SELECT text, record, doc FROM article JOIN stages ON article = n WHERE id = ?")?;
    let row = statement.query_row([id], |r| {
        Ok((r.get::<_, String>(0)?, r.get::<_, Vec<u8>>(1)?, r.get::<_, Option<Vec<u8>>>(2)?))
    });
    let Some((text, blob, doc)) = row.optional()? else { return Ok(None) };
    let mut record: Record = unpack(&blob)?;
    record.page.text = text;
    if let Some(doc) = doc.filter(|_| parse) {
        record.doc = Some(unpack(&doc)?);
    }
    Ok(Some(record))
}

/// One article of the database.
///
/// # Errors
/// The database cannot be read or is damaged.
pub fn article(store: &Store, id: &str) -> Result<Option<Article>, Error> {
    let Some(record) = record(store, id, true)? else { return Ok(None) };
    let mut out = of_record(&record);
    let mut story = store
        .connection
        .prepare_cached("SELECT s.id, s.data FROM article a JOIN story s ON s.n = a.story WHERE a.id = ?")?;
    let found = story.query_row([id], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?))).optional()?;
    if let Some((story, data)) = found {
        let data: record::Story = serde_json::from_str(&data)?;
        let edge = data.copies.iter().filter(|c| c.from == id).max_by(|a, b| a.value.total_cmp(&b.value));
        if let Some(edge) = edge {
            let outlet = store
                .connection
                .query_row("SELECT outlet FROM article WHERE id = ?", [edge.to.as_str()], |r| r.get(0))
                .optional()?
                .flatten();
            let (article, kind) = (edge.to.to_string(), edge.kind.to_string());
            out.copy_of = Some(CopyOf { article, outlet, share: f64::from(edge.value), kind });
        }
        out.story = Some(story);
    }
    let mut events = store.connection.prepare_cached(
        "SELECT t.ordinal, e.id FROM article a JOIN telling t ON t.article = a.n JOIN event e ON e.n = t.event \
         WHERE a.id = ?",
    )?;
    let rows = events.query_map([id], |r| Ok((r.get::<_, u32>(0)?, r.get::<_, String>(1)?)))?;
    for row in rows {
        let (ordinal, event) = row?;
        if let Some(told) = out.events.get_mut(ordinal as usize) {
            told.event = Some(event);
        }
    }
    Ok(Some(out))
}

/// An article from its record alone: for pages that are shown and not kept.
pub fn of_record(record: &Record) -> Article {
    let (page, text) = (&record.page, record.page.text.as_str());
    let view = View { chars: CodePoints::new(text), record };
    let value = |f: &Option<record::page::Found<String>>| f.as_ref().map(|f| f.value.clone());
    let agencies: Vec<&str> = page.meta.wires.iter().map(|w| w.value.as_str()).collect();
    let mut out = Article {
        id: page.id.to_string(),
        source: page.source.clone(),
        url: value(&page.meta.canonical_url),
        title: value(&page.meta.headline).unwrap_or_default(),
        outlet: value(&page.meta.publisher),
        agency: (!agencies.is_empty()).then(|| agencies.join(", ")),
        published: page
            .meta
            .published
            .as_ref()
            .map(|p| Published { at: p.value.clone(), how: p.how.to_string() }),
        blocks: page.blocks.iter().map(|b| view.block(*b)).collect(),
        notes: page.notes.clone(),
        text: text.to_owned(),
        ..Article::default()
    };
    if let (Some(mentions), Some(coding)) = (&record.mentions, &record.coding) {
        view.coded(mentions, coding, &mut out);
    }
    out
}

struct View<'a> {
    chars: CodePoints<'a>,
    record: &'a Record,
}

impl View<'_> {
    fn span(&self, s: ByteSpan) -> Chars {
        let at = |b: u32| u32::try_from(self.chars.of_byte(b as usize)).unwrap_or(u32::MAX);
        [at(s.start), at(s.end)]
    }

    fn block(&self, b: record::Block) -> Block {
        let kind = if b.kind.is_body() {
            "body"
        } else if b.kind.is_furniture() {
            "furniture"
        } else {
            "frame"
        };
        Block { span: self.span(b.span), kind: kind.to_owned(), why: word(b.kind) }
    }

    fn coded(&self, mentions: &Mentions, coding: &Coding, out: &mut Article) {
        let mut marks = Marks::default();
        for (n, event) in coding.events.iter().enumerate() {
            let told = self.told(event, mentions, format!("e{}", n + 1));
            for (role, fields) in &told.fields {
                fields.iter().filter_map(|f| f.span).for_each(|span| marks.add(role, span, &told.id));
            }
            for step in told.chain.iter().filter_map(|s| s.span) {
                marks.add("cue", step, &told.id);
            }
            out.events.push(told);
        }
        for statement in &coding.statements {
            let quote = matches!(statement.kind, StatementKind::Direct | StatementKind::Mixed);
            let list = if quote { &mut out.quotes } else { &mut out.claims };
            let id = format!("{}{}", if quote { 'q' } else { 'c' }, list.len() + 1);
            let said = self.said(statement, id);
            marks.add(if quote { "quote" } else { "claim" }, said.span, &said.id);
            let cue = statement
                .cue
                .as_ref()
                .map(|c| c.span)
                .into_iter()
                .chain(statement.speaker.as_ref().map(|s| s.span));
            cue.for_each(|span| marks.add("cue", self.span(span), &said.id));
            list.push(said);
        }
        out.no_event = coding
            .passed
            .iter()
            .map(|p| NoEvent {
                span: self.span(p.trigger),
                reason: p.reason.to_string(),
                note: p.note.clone(),
            })
            .collect();
        out.marks = marks.finish();
    }

    fn told(&self, e: &Event, mentions: &Mentions, id: String) -> Told {
        let text = self.record.page.text.as_str();
        let sentence =
            self.record.doc.as_ref().and_then(|d| d.sentences.get(e.sentence as usize)).map(|s| s.span);
        let sentence = sentence.unwrap_or(e.trigger);
        let place = e.place.and_then(|p| mentions.places.get(p.mention as usize));
        let modality = e.qualifier.modality;
        let day_exact = e.date.as_ref().is_some_and(|d| d.mention.is_some());
        let day = e.date.as_ref().map(|d| d.start.clone());
        let published = self.record.page.published_day().filter(|d| d.len() == 10).map(str::to_owned);
        Told {
            id,
            event: None,
            kind: e.plover.to_string(),
            mode: e.modes.join("+"),
            cameo: e.cameo.to_string(),
            quad: e.plover.quad().number(),
            goldstein: e.goldstein,
            who: e.sources.iter().map(|p| names::party(&p.actor)).collect(),
            whom: e.targets.iter().map(|p| names::party(&p.actor)).collect(),
            mutual: e.symmetric,
            day: day.or(published),
            day_end: e
                .date
                .as_ref()
                .map(|d| d.end.clone())
                .filter(|end| e.date.as_ref().is_some_and(|d| d.start != *end)),
            day_exact,
            place: place.and_then(|p| p.place.as_ref()).map(names::spot),
            modality: modality.to_string(),
            reality: Reality::of(modality, day_exact),
            polarity: modality != record::Modality::Negated,
            text: sentence.of(text).to_owned(),
            text_span: self.span(sentence),
            fields: self.fields(e, mentions),
            chain: e.chain.iter().map(|c| self.step(c)).collect(),
            magnitudes: e.magnitudes.iter().map(|m| self.magnitude(m)).collect(),
            confidence: e.confidence,
            hit_rate: None,
            why: e.why.clone(),
        }
    }

    /// A magnitude with its span in code points.
    fn magnitude(&self, m: &record::Magnitude) -> record::Magnitude {
        let [start, end] = self.span(m.span);
        record::Magnitude { span: ByteSpan::new(start as usize, end as usize), ..m.clone() }
    }

    fn fields(&self, e: &Event, mentions: &Mentions) -> BTreeMap<String, Vec<Field>> {
        let text = self.record.page.text.as_str();
        let mut out: BTreeMap<String, Vec<Field>> = BTreeMap::new();
        let mut add = |role: &str, field: Field| out.entry(role.to_owned()).or_default().push(field);
        let sense = e.why.first().cloned().unwrap_or_default();
        add("did", self.field(Some(e.trigger), e.trigger.of(text), &sense));
        let side = |p: &Participant| {
            let why = p.mention.and_then(|m| mentions.actors.get(m as usize)).map(|m| m.why.clone());
            let mut field = self.field(p.span, &p.actor.name, &why.unwrap_or_default());
            let how = names::word(&p.how);
            field.note = if field.note.is_empty() { how } else { format!("{how}; {}", field.note) };
            field
        };
        e.sources.iter().for_each(|p| add("who", side(p)));
        e.targets.iter().for_each(|p| add("whom", side(p)));
        if let Some(place) = e.place.and_then(|p| mentions.places.get(p.mention as usize)) {
            let name = place.place.as_ref().map_or(place.span.of(text), |p| p.name.as_str());
            add("where", self.field(Some(place.span), name, &place.why));
        }
        if let Some(date) = &e.date {
            match date.mention.and_then(|d| mentions.dates.get(d as usize)) {
                Some(d) => add("when", self.field(Some(d.span), &d.value, &d.why)),
                None => add("when", self.field(None, &date.start, &Reason::rule("date/published"))),
            }
        }
        for cue in &e.qualifier.cues {
            let why = Reason::rule(&cue.kind).with_row(cue.row.clone());
            add(
                if cue.kind == "report" { "cue" } else { "doubt" },
                self.field(Some(cue.span), cue.span.of(text), &why),
            );
        }
        for m in &e.magnitudes {
            add("count", self.field(Some(m.span), m.span.of(text), &Reason::rule(&m.kind)));
        }
        out
    }

    fn field(&self, span: Option<ByteSpan>, value: &str, why: &Reason) -> Field {
        Field {
            span: span.map(|s| self.span(s)),
            value: value.to_owned(),
            rule: why.rule.to_string(),
            row: why.row.as_ref().map(ToString::to_string),
            note: why.note.clone(),
        }
    }

    fn step(&self, a: &record::Attribution) -> Step {
        Step {
            name: a.name.clone(),
            step: a.role.to_string(),
            unnamed: a.name.is_empty() || a.name == "unnamed source",
            state_media: a.state_media,
            span: a.span.map(|s| self.span(s)),
        }
    }

    fn said(&self, s: &Statement, id: String) -> Said {
        Said {
            id,
            kind: names::word(&s.kind),
            text: s.content.of(&self.record.page.text).to_owned(),
            span: self.span(s.content),
            cue: s.cue.as_ref().map(|c| c.lemma.to_string()),
            stance: s.cue.as_ref().map(|c| c.stance.to_string()),
            speaker: s.speaker.as_ref().map(|p| Party { name: p.name.clone(), ..names::party(&p.actor) }),
            to: s.addressee.as_ref().map(|p| Party { name: p.name.clone(), ..names::party(&p.actor) }),
            chain: s.chain.iter().map(|c| self.step(c)).collect(),
            why: s.why.clone(),
        }
    }
}

fn word(kind: BlockKind) -> String {
    names::word(&kind)
}

/// Marks gathered by role and span.
#[derive(Default)]
struct Marks(BTreeMap<(u32, std::cmp::Reverse<u32>, String), Vec<String>>);

impl Marks {
    fn add(&mut self, role: &str, span: Chars, of: &str) {
        if span[1] <= span[0] {
            return;
        }
        let list = self.0.entry((span[0], std::cmp::Reverse(span[1]), role.to_owned())).or_default();
        if !list.iter().any(|o| o == of) {
            list.push(of.to_owned());
        }
    }

    fn finish(self) -> Vec<Mark> {
        let mark =
            |(n, ((start, end, role), of)): (usize, ((u32, std::cmp::Reverse<u32>, String), Vec<String>))| {
                Mark { id: format!("m{}", n + 1), role, span: [start, end.0], of }
            };
        self.0.into_iter().enumerate().map(mark).collect()
    }
}
