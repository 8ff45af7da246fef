//! An article of the database to what merging its story needs.

use crate::day;
use crate::error::Error;
use crate::merge::copies::Text;
use crate::merge::events::Telling;
use crate::merge::keys::{Keys, Kind};
use crate::pack::unpack;
use record::offset::CodePoints;
use record::{Actor, ActorKind, ByteSpan, Event, Mentions, Record};
use rusqlite::Connection;
use smol_str::{SmolStr, StrExt};
use std::collections::BTreeSet;

/// One article with its events.
pub struct Article {
    /// Row number.
    pub n: i64,
    /// Headline, else the first words.
    pub title: String,
    /// Day of publication.
    pub day: Option<i64>,
    /// For the search for copies.
    pub text: Text,
    /// Its events with the sentence of each.
    pub tellings: Vec<Told>,
}

/// One event of an article.
pub struct Told {
    /// Row number.
    pub n: i64,
    /// The event as coded.
    pub event: Event,
    /// For merging; `report` is set by the story.
    pub telling: Telling,
    /// The sentence.
    pub sentence: String,
    /// Where it stands, in code points.
    pub span: [i64; 2],
}

/// Reads one article.
pub fn article(connection: &Connection, n: i64) -> Result<Article, Error> {
    let mut statement = connection
        .prepare_cached("SELECT id, title, text, outlet, published, day, record, keys FROM article JOIN stages ON article = n WHERE n = ?")?;
    let (id, title, text, outlet, published, day, blob, keys) = statement.query_row([n], |r| {
        Ok((
            r.get::<_, String>(0)?,
            r.get::<_, String>(1)?,
            r.get::<_, String>(2)?,
            r.get::<_, Option<String>>(3)?,
            r.get::<_, Option<String>>(4)?,
            r.get::<_, Option<i64>>(5)?,
            r.get::<_, Vec<u8>>(6)?,
            r.get::<_, Vec<u8>>(7)?,
        ))
    })?;
    let mut record: Record = unpack(&blob)?;
    record.page.text = text;
    let published = published.unwrap_or_default();
    let tellings = tellings(connection, n, &record, &id, &published)?;
    let copy = source_text(&record, &unpack(&keys)?, id, outlet, published);
    Ok(Article { n, title: headline(title, &copy.body), day, text: copy, tellings })
}

fn headline(title: String, body: &str) -> String {
    if !title.trim().is_empty() {
        return title;
    }
    let first = body.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    first.chars().take(100).collect()
}

/// Body blocks, one a line; the whole text when the reader found no body. `without` is left out.
fn body(record: &Record, without: &[[u32; 2]]) -> String {
    let page = &record.page;
    let mut blocks: Vec<ByteSpan> = page.body().map(|b| b.span).collect();
    if blocks.is_empty() {
        blocks.push(ByteSpan::new(0, page.text.len()));
    }
    let mut out = String::new();
    for block in blocks {
        let mut from = block.start;
        let inside = without.iter().filter(|s| block.covers(ByteSpan::new(s[0] as usize, s[1] as usize)));
        for [start, end] in inside.copied().chain([[block.end, block.end]]) {
            let piece = ByteSpan::new(from as usize, start as usize).of(&page.text);
            if !piece.trim().is_empty() {
                out.push_str(if out.is_empty() { "" } else { "\n" });
                out.push_str(piece);
            }
            from = end;
        }
    }
    out
}

/// Letters by which words of one family are one: "forged", "forge".
const STEM: usize = 5;

/// A record as the search for copies sees it.
pub fn source_text(
    record: &Record,
    keys: &Keys,
    id: String,
    outlet: Option<String>,
    published: String,
) -> Text {
    let mut out = Text {
        id: id.into(),
        published,
        outlet,
        agencies: record.page.meta.wires.iter().map(|w| w.value.clone()).collect(),
        body: body(record, &[]),
        news: (!keys.background.is_empty()).then(|| body(record, &keys.background)),
        words: keys.of(Kind::Words).map(|(word, _)| word.chars().take(STEM).collect()).collect(),
        ..Text::default()
    };
    let (mut speakers, mut voices, mut cites) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let statements = || record.coding.iter().flat_map(|c| &c.statements);
    // "The newspaper said": whoever else reports in this text is a paper too.
    let paper =
        statements().filter_map(|s| s.speaker.as_ref()).any(|p| journalist(&p.actor) && unnamed(&p.actor));
    for statement in statements() {
        let own = |name: &str| {
            out.outlet.as_ref().is_some_and(|o| o.eq_ignore_ascii_case(name))
                || out.agencies.iter().any(|a| a.eq_ignore_ascii_case(name))
        };
        let passed = statement.chain.iter().filter(|c| c.role == "agency" && !own(&c.name));
        let passed: Vec<String> = passed.map(|c| c.name.to_lowercase()).collect();
        let through = !passed.is_empty();
        cites.extend(passed);
        let Some(speaker) = statement.speaker.as_ref().filter(|p| !p.name.is_empty()) else { continue };
        let name = speaker.name.to_lowercase();
        speakers.insert(name.clone());
        let reports = statement.cue.as_ref().is_some_and(|c| c.lemma == "report");
        let named = matches!(speaker.actor.kind, ActorKind::Organisation | ActorKind::Unknown);
        if journalist(&speaker.actor) || paper && reports && named {
            cites.extend(Some(name).filter(|n| !unnamed(&speaker.actor) && !own(n)));
        } else if !through {
            voices.insert(name);
        }
    }
    out.speakers = speakers.into_iter().collect();
    out.voices = voices.into_iter().collect();
    out.cites = cites.into_iter().collect();
    out
}

fn journalist(actor: &Actor) -> bool {
    actor.sectors.iter().any(|s| s == "JRN")
}

fn unnamed(actor: &Actor) -> bool {
    matches!(actor.kind, ActorKind::Role | ActorKind::Pronoun)
}

fn tellings(
    connection: &Connection,
    n: i64,
    record: &Record,
    id: &str,
    published: &str,
) -> Result<Vec<Told>, Error> {
    let (Some(coding), Some(mentions)) = (&record.coding, &record.mentions) else { return Ok(Vec::new()) };
    let chars = CodePoints::new(&record.page.text);
    let mut statement = connection.prepare_cached(
        "SELECT n, ordinal, class, byte_start, byte_end FROM telling WHERE article = ? ORDER BY ordinal",
    )?;
    let rows = statement.query_map([n], |r| {
        Ok((
            r.get::<_, i64>(0)?,
            r.get::<_, u32>(1)?,
            r.get::<_, String>(2)?,
            r.get::<_, u32>(3)?,
            r.get::<_, u32>(4)?,
        ))
    })?;
    let mut out = Vec::new();
    for row in rows {
        let (number, ordinal, class, start, end) = row?;
        let Some(event) = coding.events.get(ordinal as usize) else { continue };
        let span = ByteSpan::new(start as usize, end as usize);
        let sentence = span.of(&record.page.text).to_owned();
        let telling = Telling {
            ordinal,
            class: class.into(),
            at: (if published.is_empty() { "~".to_owned() } else { published.to_owned() }, id.into()),
            words: words(&sentence),
            ..telling(event, mentions, day::number(published))
        };
        let at = |b: u32| chars.of_byte(b as usize) as i64;
        out.push(Told { n: number, event: event.clone(), telling, sentence, span: [at(start), at(end)] });
    }
    Ok(out)
}

fn telling(event: &Event, mentions: &Mentions, published: Option<i64>) -> Telling {
    let place =
        event.place.and_then(|p| mentions.places.get(p.mention as usize)).and_then(|p| p.place.clone());
    let days = event.date.as_ref().and_then(|d| Some((day::number(&d.start)?, day::number(&d.end)?)));
    Telling {
        report: 0,
        at: (String::new(), SmolStr::default()),
        ordinal: 0,
        plover: event.plover,
        cameo: event.cameo.clone(),
        class: SmolStr::default(),
        who: event.sources.iter().map(|p| p.actor.clone()).collect(),
        whom: event.targets.iter().map(|p| p.actor.clone()).collect(),
        mutual: event.symmetric,
        days: days.or(published.map(|d| (d, d))),
        dated: days.is_some() && event.date.as_ref().is_some_and(|d| d.mention.is_some()),
        place,
        modality: event.qualifier.modality,
        magnitudes: event.magnitudes.clone(),
        words: BTreeSet::new(),
        confidence: event.confidence,
    }
}

/// Words of a sentence of four letters and more, lower case.
fn words(sentence: &str) -> BTreeSet<SmolStr> {
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 4)
        .map(StrExt::to_lowercase_smolstr)
        .collect()
}
