//! Coded pages without a page or a parser: made-up stories with copies, rewrites and look-alikes, the same for the same seed.

#![allow(dead_code)]

mod random;
mod words;

use demarche_store as store;
pub use random::Random;
use record::event::{Attached, Attachment, EventDate, Qualifier, Status};
use record::page::Found;
use record::span::TokenSpan;
use record::*;
use words::{Voice, name, zipf};

/// A kind of act: its verb, type, CAMEO code, Goldstein value, kind of number told.
pub struct Deed {
    /// Verb, which no other word of a text is.
    pub verb: &'static str,
    plover: Plover,
    cameo: &'static str,
    goldstein: f32,
    magnitude: &'static str,
}

const fn deed(
    verb: &'static str,
    plover: Plover,
    cameo: &'static str,
    goldstein: f32,
    magnitude: &'static str,
) -> Deed {
    Deed { verb, plover, cameo, goldstein, magnitude }
}

/// The acts, most frequent first.
pub const DEEDS: [Deed; 16] = [
    deed("shelled", Plover::Assault, "190", -10.0, "killed"),
    deed("warned", Plover::Threaten, "130", -4.4, ""),
    deed("met", Plover::Consult, "040", 1.0, ""),
    deed("praised", Plover::Support, "051", 3.4, ""),
    deed("sanctioned", Plover::Sanction, "163", -8.0, ""),
    deed("aided", Plover::Aid, "070", 7.0, "money"),
    deed("accused", Plover::Accuse, "112", -2.0, ""),
    deed("urged", Plover::Request, "020", 3.0, ""),
    deed("rebuffed", Plover::Reject, "120", -4.0, ""),
    deed("pledged", Plover::Agree, "057", 8.0, ""),
    deed("detained", Plover::Coerce, "173", -5.0, "arrested"),
    deed("picketed", Plover::Protest, "141", -6.5, "protesters"),
    deed("mobilised", Plover::Mobilize, "152", -7.2, ""),
    deed("conceded", Plover::Concede, "080", 5.0, ""),
    deed("cooperated", Plover::Cooperate, "060", 6.0, ""),
    deed("retreated", Plover::Retreat, "087", 9.0, ""),
];

/// A country with the sectors and people that act for it.
struct Land {
    code: &'static str,
    name: &'static str,
}

/// Countries, those that are most in the news first; none has a name of another in its own.
fn lands() -> &'static [Land] {
    static LANDS: std::sync::OnceLock<Vec<Land>> = std::sync::OnceLock::new();
    LANDS.get_or_init(|| {
        let mut all = tables::actors::countries::load().unwrap();
        all.sort_by_key(|c| (std::cmp::Reverse(c.news_weight), c.iso3));
        let first = ["RUS", "UKR", "USA", "CHN", "IRN", "ISR"];
        all.sort_by_key(|c| first.iter().position(|f| *f == c.iso3).unwrap_or(first.len()));
        all.into_iter()
            .filter(|c| !c.name.contains('.'))
            .take(120)
            .map(|c| Land { code: c.iso3, name: c.name })
            .collect()
    })
}

/// One of the sides of an act: number of its country, and who acts for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// Number of the country.
    pub land: usize,
    /// 0 the country, 1 to 3 a sector, above a person.
    pub part: usize,
}

/// An act that reports tell of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Act {
    /// Who.
    pub who: Side,
    /// To whom.
    pub whom: Side,
    /// Number of the deed.
    pub deed: usize,
    /// Day.
    pub day: i64,
    /// Number of the place.
    pub place: usize,
    /// How real.
    pub modality: Modality,
}

/// What really happened, of which reports tell.
#[derive(Debug, Clone)]
pub struct Happening {
    /// Number.
    pub number: usize,
    /// First day of publication, counted from 1970-01-01.
    pub day: i64,
    /// Who, to whom: numbers of countries.
    pub sides: (usize, usize),
    /// Number of the deed.
    pub deed: usize,
    /// Names and words that its reports share.
    pub voice: Voice,
    /// The text of the wire, sentence by sentence.
    pub wire: Vec<String>,
    /// Number told.
    pub toll: f64,
    /// What else happened.
    pub acts: Vec<Act>,
}

/// Happening number `number` on `day`: one act.
pub fn happening(number: usize, day: i64) -> Happening {
    let mut random = Random(number as u64 * 977 + 3);
    let topic = zipf(&mut random, 150);
    // Two countries deal with each other in a topic, and now and then others.
    let pair = |n: usize, random: &mut Random| {
        if random.below(5) == 0 {
            zipf(random, lands().len())
        } else {
            zipf(&mut Random(n as u64), lands().len())
        }
    };
    let (who, mut whom) = (pair(topic * 2, &mut random), pair(topic * 2 + 1, &mut random));
    if who == whom {
        whom = (who + 1) % lands().len();
    }
    let voice = Voice::new(number, topic, &mut random);
    let wire = (0..12).map(|_| voice.sentence(&mut random)).collect();
    let deed = zipf(&mut random, DEEDS.len());
    let toll = 1.0 + random.below(60) as f64;
    Happening { number, day, sides: (who, whom), deed, voice, wire, toll, acts: Vec::new() }
}

/// The same with up to five acts beside the first, by people and bodies of the countries.
pub fn rich(number: usize, day: i64) -> Happening {
    let mut out = happening(number, day);
    let mut random = Random(number as u64 * 7919 + 11);
    for _ in 0..random.below(6) {
        let mut side = |land: usize| {
            let land = if random.below(8) == 0 { zipf(&mut random, lands().len()) } else { land };
            let part = if random.below(2) == 0 { 0 } else { 1 + zipf(&mut random, 60) };
            Side { land, part }
        };
        let (who, whom) = (side(out.sides.0), side(out.sides.1));
        let (who, whom) = if random.below(3) == 0 { (whom, who) } else { (who, whom) };
        let deed = zipf(&mut random, DEEDS.len());
        if who.land == whom.land || deed == out.deed || out.acts.iter().any(|a| a.deed == deed) {
            continue;
        }
        let modality = match random.below(10) {
            0 => Modality::Reported,
            1 => Modality::Planned,
            2 => Modality::Negated,
            _ => Modality::Asserted,
        };
        let day = day - random.below(3) as i64;
        out.acts.push(Act { who, whom, deed, day, place: random.below(5000), modality });
    }
    out
}

/// How a report relates to the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The wire itself, first.
    Wire,
    /// Most of the wire under a headline of its own.
    Copy,
    /// Its own words about the same happening.
    Own,
}

/// Report number `number` of a happening, four on a day.
pub fn report(what: &Happening, number: usize, way: Way) -> Record {
    report_on(what, number, way, what.day + (number as i64) / 4)
}

/// Report number `number` of a happening, published on `day`.
fn report_on(what: &Happening, number: usize, way: Way, day: i64) -> Record {
    let mut random = Random((what.number * 131 + number) as u64 + 99);
    let first = Act {
        who: Side { land: what.sides.0, part: 0 },
        whom: Side { land: what.sides.1, part: 0 },
        deed: what.deed,
        day: what.day,
        place: what.number % 5000,
        modality: Modality::Asserted,
    };
    let mut acts = vec![first];
    // Another report tells some of it only.
    acts.extend(what.acts.iter().filter(|_| way != Way::Own || random.below(3) > 0));
    let body: Vec<String> = match way {
        Way::Wire => what.wire.clone(),
        Way::Copy => what.wire[random.below(3)..].to_vec(),
        Way::Own => (0..12).map(|_| what.voice.sentence(&mut random)).collect(),
    };
    let mut sentences: Vec<String> = acts.iter().map(|a| told(a, what)).collect();
    sentences.extend(body);
    let id = format!("{:016x}", (what.number as u64) << 20 | number as u64 | 1 << 60);
    let outlet = format!("Outlet {}", zipf(&mut random, 400));
    made(&id, &sentences.join(" "), day, &outlet, (what, &acts))
}

fn party(side: Side) -> String {
    let land = &lands()[side.land];
    match side.part {
        0 => land.name.to_owned(),
        part => format!("{} of {}", role(side.land, part), land.name),
    }
}

/// What a part of a country is called.
fn role(land: usize, part: usize) -> String {
    match part {
        1 => "Ministers".to_owned(),
        2 => "Troops".to_owned(),
        3 => "Police".to_owned(),
        person => name(7_800_000 + land * 100 + person),
    }
}

/// The sentence that tells an act.
fn told(act: &Act, what: &Happening) -> String {
    let (who, whom) = (party(act.who), party(act.whom));
    let place = place_name(act.place, what);
    format!("{who} {} {whom} near {place} with {} people.", DEEDS[act.deed].verb, what.toll)
}

fn place_name(place: usize, what: &Happening) -> String {
    if place == what.number % 5000 { what.voice.names[0].clone() } else { name(7_700_000 + place) }
}

/// A record over a text whose first sentences tell the acts.
fn made(id: &str, text: &str, day: i64, outlet: &str, (what, acts): (&Happening, &[Act])) -> Record {
    let iso = store::day::iso(day);
    let mut page = Page::plain(text, Some(&iso));
    page.id = id.into();
    page.source = format!("made/{id}");
    let names = &what.voice.names;
    page.meta.headline = Some(Found::new(format!("About {} and {}", names[0], names[1]), "made"));
    page.meta.publisher = Some(Found::new(outlet.to_owned(), "made"));
    let doc = doc(text);
    let place = |act: &Act| place(&place_name(act.place, what), text, act);
    let places = acts.iter().map(place).collect();
    let event = |(n, act): (usize, &Act)| {
        let sentence = doc.sentences[n].span;
        event(&format!("{id}-{}", n + 1), (sentence.of(text), sentence.start as usize), n, act, what.toll)
    };
    let events = acts.iter().enumerate().map(event).collect();
    let mentions = Mentions { actors: vec![], places, dates: vec![] };
    let coding = Coding { events, statements: vec![], passed: vec![] };
    Record { schema: SCHEMA_VERSION, page, doc: Some(doc), mentions: Some(mentions), coding: Some(coding) }
}

fn participant(side: Side, span: ByteSpan) -> Vec<Participant> {
    let land = &lands()[side.land];
    let sectors: &[&str] = match side.part {
        0 => &[],
        2 => &["MIL"],
        3 => &["COP"],
        _ => &["GOV"],
    };
    let (id, kind, name) = match side.part {
        0 => (format!("country/{}", land.code), ActorKind::Country, land.name.to_owned()),
        1..=3 => (String::new(), ActorKind::Role, role(side.land, side.part).to_lowercase()),
        part => (format!("person/{}-{part}", land.code), ActorKind::Person, role(side.land, part)),
    };
    let actor = Actor {
        id: id.into(),
        name,
        country: Some(land.code.into()),
        sectors: sectors.iter().map(|s| (*s).into()).collect(),
        kind,
        ..Actor::default()
    };
    vec![Participant { mention: None, span: Some(span), actor, how: Attachment::Direct }]
}

/// The event of a sentence that stands at byte `start`.
fn event(id: &str, (sentence, start): (&str, usize), number: usize, act: &Act, toll: f64) -> Event {
    let deed = &DEEDS[act.deed];
    let span = |word: &str| {
        let at = sentence.find(word).unwrap_or_default() + start;
        ByteSpan::new(at, at + word.len())
    };
    let magnitude = Magnitude {
        kind: deed.magnitude.into(),
        low: toll,
        high: Some(toll),
        unit: "people".into(),
        span: span(&toll.to_string()),
    };
    Event {
        id: id.into(),
        sentence: number as u32,
        trigger: span(deed.verb),
        plover: deed.plover,
        modes: vec![],
        cameo: deed.cameo.into(),
        goldstein: Some(deed.goldstein),
        contexts: vec![],
        sources: participant(act.who, span(&party(act.who))),
        targets: participant(act.whom, span(&party(act.whom))),
        symmetric: deed.plover == Plover::Consult,
        place: Some(Attached { mention: number as u32, how: Attachment::Direct }),
        date: Some(EventDate {
            mention: None,
            start: store::day::iso(act.day),
            end: store::day::iso(act.day),
            how: Attachment::Direct,
        }),
        qualifier: Qualifier {
            modality: act.modality,
            status: Status::Happened,
            reported: false,
            cues: vec![],
        },
        chain: vec![],
        statement: None,
        magnitudes: if deed.magnitude.is_empty() { vec![] } else { vec![magnitude] },
        confidence: 0.8,
        also: vec![],
        why: vec![Reason::rule("made")],
    }
}

fn place(name: &str, text: &str, act: &Act) -> PlaceMention {
    let at = text.find(name).unwrap_or_default();
    PlaceMention {
        span: ByteSpan::new(at, at + name.len()),
        tokens: TokenSpan::new(0, 1),
        place: Some(Place {
            geonames_id: Some(act.place as u64 + 1),
            name: name.to_owned(),
            country: Some(lands()[act.whom.land].code.into()),
            lat: (act.place * 37 % 100) as f64 - 50.0,
            lon: (act.place * 53 % 300) as f64 - 150.0,
            feature: "P.PPL".into(),
            precision: "city".into(),
            ..Place::default()
        }),
        metonym: false,
        why: Reason::rule("made"),
    }
}

/// Words as tokens: names have a capital, deeds are verbs, the rest are nouns.
fn doc(text: &str) -> Doc {
    let mut doc = Doc::default();
    let (mut at, mut first) = (0, 0);
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end().trim_end_matches('.');
        let verb = DEEDS.iter().any(|d| d.verb == bare);
        let pos = if verb {
            "VERB"
        } else if bare.starts_with(char::is_uppercase) {
            "PROPN"
        } else if bare.starts_with(char::is_numeric) {
            "NUM"
        } else {
            "NOUN"
        };
        let token = |span, text: &str, pos: &str, head: usize| Token {
            span,
            lemma: text.to_lowercase().into(),
            norm: text.to_lowercase().into(),
            pos: pos.into(),
            dep: "dep".into(),
            head: head as u32,
            ..Token::default()
        };
        doc.tokens.push(token(ByteSpan::new(at, at + bare.len()), bare, pos, first));
        let end = at + word.trim_end().len();
        if word.trim_end().ends_with('.') {
            doc.tokens.push(token(ByteSpan::new(end - 1, end), ".", "PUNCT", first));
            let tokens = TokenSpan::new(first, doc.tokens.len());
            let start = doc.tokens[first].span.start as usize;
            doc.sentences.push(Sentence { tokens, span: ByteSpan::new(start, end), block: 0 });
            first = doc.tokens.len();
        }
        at += word.len();
    }
    doc
}

/// `n` reports in news order, `a_day` of them on a day: most stories have one report or a few, some a hundred; a story is
/// a wire, its copies and reports of their own.
pub fn stream(n: usize, a_day: usize) -> impl Iterator<Item = Record> {
    let mut random = Random(5);
    let (mut done, mut number) = (0, 0);
    std::iter::from_fn(move || {
        let what = rich(number, 18_000 + (done / a_day.max(1)) as i64);
        let u = (1 + random.below(10_000)) as f64 / 10_000.0;
        let size = (u.powf(-0.8) as usize).clamp(1, 120);
        number += 1;
        done += size;
        let ways = (0..size).map(|k| match k {
            0 => Way::Wire,
            k if k % 3 == 0 => Way::Own,
            _ => Way::Copy,
        });
        // Four reports a day, and a third of a large story.
        let a_day = (size / 3).max(4);
        let all = ways.enumerate().map(|(k, way)| report_on(&what, k, way, what.day + (k / a_day) as i64));
        Some(all.collect::<Vec<_>>())
    })
    .flatten()
    .take(n)
}
