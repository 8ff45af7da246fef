//! Coded pages without a page or a parser: made-up stories with copies, rewrites and look-alikes, the same for the same seed.

#![allow(dead_code)]

mod random;

use demarche_store as store;
pub use random::Random;
use record::event::{Attached, Attachment, EventDate, Qualifier, Status};
use record::page::Found;
use record::span::TokenSpan;
use record::*;

const SYLLABLES: [&str; 24] = [
    "ba", "do", "fe", "gi", "ko", "la", "mu", "ne", "po", "ri", "sa", "te", "vo", "ze", "lin", "mar", "tor",
    "ven", "dar", "kel", "nis", "pol", "rus", "tan",
];
const COUNTRIES: [&str; 24] = [
    "RUS", "UKR", "USA", "CHN", "IND", "PAK", "IRN", "ISR", "TUR", "SYR", "FRA", "GBR", "DEU", "POL", "KOR",
    "PRK", "JPN", "EGY", "SDN", "ETH", "BRA", "VEN", "COL", "NGA",
];
/// Verb, type, CAMEO code, Goldstein value, magnitude kind.
const DEEDS: [(&str, Plover, &str, f32, &str); 6] = [
    ("shelled", Plover::Assault, "190", -10.0, "killed"),
    ("warned", Plover::Threaten, "130", -4.4, ""),
    ("met", Plover::Consult, "040", 1.0, ""),
    ("praised", Plover::Support, "051", 3.4, ""),
    ("sanctioned", Plover::Sanction, "163", -8.0, ""),
    ("aided", Plover::Aid, "070", 7.0, "money"),
];

/// A pseudo-word of two to four syllables; number `n` is always the same word.
pub fn word(n: usize) -> String {
    let mut random = Random(n as u64 + 17);
    (0..2 + random.below(3)).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect()
}

fn name(n: usize) -> String {
    let word = word(n + 1_000_000);
    word[..1].to_uppercase() + &word[1..]
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
    /// Names that its reports share.
    pub names: Vec<String>,
    /// The text of the wire, sentence by sentence.
    pub wire: Vec<String>,
    /// Number told.
    pub toll: f64,
}

/// Happening number `number` on `day`.
pub fn happening(number: usize, day: i64) -> Happening {
    let mut random = Random(number as u64 * 977 + 3);
    let who = random.below(COUNTRIES.len());
    let whom = (who + 1 + random.below(COUNTRIES.len() - 1)) % COUNTRIES.len();
    let names: Vec<String> = (0..5).map(|k| name(number * 8 + k)).collect();
    let wire = (0..7).map(|_| sentence(&mut random, &names)).collect();
    let deed = random.below(DEEDS.len());
    Happening { number, day, sides: (who, whom), deed, names, wire, toll: 1.0 + random.below(60) as f64 }
}

/// Words of everyday news, most frequent first.
fn common() -> &'static [String] {
    static COMMON: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    COMMON.get_or_init(|| {
        let (_, mut words) = tables::merge::background().unwrap();
        words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        words.retain(|w| w.0.bytes().all(|b| b.is_ascii_lowercase()) && !DEEDS.iter().any(|d| d.0 == w.0));
        words.into_iter().map(|w| w.0).collect()
    })
}

/// A sentence with two of the names, nine everyday words and five from a vocabulary of 50,000.
fn sentence(random: &mut Random, names: &[String]) -> String {
    let mut words = vec![names[random.below(names.len())].clone()];
    for k in 0..14 {
        if k % 3 == 2 {
            words.push(word(random.below(50_000)));
        } else {
            // Squared: the first are the most frequent, as words are.
            let u = random.below(1000) as f64 / 1000.0;
            words.push(common()[(u * u * common().len() as f64) as usize].clone());
        }
    }
    words.push(names[random.below(names.len())].clone());
    words.join(" ") + "."
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

/// Report number `number` of a happening.
pub fn report(what: &Happening, number: usize, way: Way) -> Record {
    let mut random = Random((what.number * 131 + number) as u64 + 99);
    let day = what.day + (number as i64) / 4;
    let (verb, ..) = DEEDS[what.deed];
    let lead = format!(
        "{} {verb} {} near {} with {} people.",
        COUNTRIES[what.sides.0], COUNTRIES[what.sides.1], what.names[0], what.toll
    );
    let body: Vec<String> = match way {
        Way::Wire => what.wire.clone(),
        Way::Copy => {
            let from = random.below(2);
            what.wire[from..].to_vec()
        }
        Way::Own => (0..6).map(|_| sentence(&mut random, &what.names)).collect(),
    };
    let text = std::iter::once(lead).chain(body).collect::<Vec<_>>().join(" ");
    let id = format!("{:016x}", (what.number as u64) << 20 | number as u64 | 1 << 60);
    made(&id, &text, day, &format!("Outlet {}", random.below(400)), what)
}

/// A record over a text whose first sentence tells the happening.
fn made(id: &str, text: &str, day: i64, outlet: &str, what: &Happening) -> Record {
    let iso = store::day::iso(day);
    let mut page = Page::plain(text, Some(&iso));
    page.id = id.into();
    page.source = format!("made/{id}");
    page.meta.headline = Some(Found::new(format!("About {} and {}", what.names[0], what.names[1]), "made"));
    page.meta.publisher = Some(Found::new(outlet.to_owned(), "made"));
    let doc = doc(text);
    let (event, place) = (event(id, text, what), place(text, what));
    let mentions = Mentions { actors: vec![], places: vec![place], dates: vec![] };
    let coding = Coding { events: vec![event], statements: vec![], passed: vec![] };
    Record { schema: SCHEMA_VERSION, page, doc: Some(doc), mentions: Some(mentions), coding: Some(coding) }
}

fn span(text: &str, word: &str) -> ByteSpan {
    text.find(word).map(|at| ByteSpan::new(at, at + word.len())).unwrap_or_default()
}

fn event(id: &str, text: &str, what: &Happening) -> Event {
    let (_, plover, cameo, goldstein, magnitude) = DEEDS[what.deed];
    let span = |word: &str| span(text, word);
    let side = |n: usize| {
        let code = COUNTRIES[n];
        let actor = Actor {
            id: format!("country/{code}").into(),
            name: code.to_owned(),
            country: Some(code.into()),
            kind: ActorKind::Country,
            ..Actor::default()
        };
        vec![Participant { mention: None, span: Some(span(code)), actor, how: Attachment::Direct }]
    };
    let toll = Magnitude {
        kind: magnitude.into(),
        low: what.toll,
        high: Some(what.toll),
        unit: "people".into(),
        span: span(&what.toll.to_string()),
    };
    Event {
        id: format!("{id}-1").into(),
        sentence: 0,
        trigger: span(DEEDS[what.deed].0),
        plover,
        modes: vec![],
        cameo: cameo.into(),
        goldstein: Some(goldstein),
        contexts: vec![],
        sources: side(what.sides.0),
        targets: side(what.sides.1),
        symmetric: plover == Plover::Consult,
        place: Some(Attached { mention: 0, how: Attachment::Direct }),
        date: Some(EventDate {
            mention: None,
            start: store::day::iso(what.day),
            end: store::day::iso(what.day),
            how: Attachment::Direct,
        }),
        qualifier: Qualifier {
            modality: Modality::Asserted,
            status: Status::Happened,
            reported: false,
            cues: vec![],
        },
        chain: vec![],
        statement: None,
        magnitudes: if magnitude.is_empty() { vec![] } else { vec![toll] },
        confidence: 0.8,
        also: vec![],
        why: vec![Reason::rule("made")],
    }
}

fn place(text: &str, what: &Happening) -> PlaceMention {
    let span = |word: &str| span(text, word);
    PlaceMention {
        span: span(&what.names[0]),
        tokens: TokenSpan::new(0, 1),
        place: Some(Place {
            geonames_id: Some(what.number as u64 % 5000 + 1),
            name: what.names[0].clone(),
            country: Some(COUNTRIES[what.sides.1].into()),
            lat: (what.number * 37 % 100) as f64 - 50.0,
            lon: (what.number * 53 % 300) as f64 - 150.0,
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
        let verb = DEEDS.iter().any(|d| d.0 == bare);
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

/// `n` reports in news order: stories of one to nine reports, each a wire, its copies and reports of their own.
pub fn stream(n: usize, a_day: usize) -> impl Iterator<Item = Record> {
    let mut random = Random(5);
    let (mut done, mut number) = (0, 0);
    std::iter::from_fn(move || {
        let what = happening(number, 18_000 + (done / a_day.max(1)) as i64);
        let size = 1 + random.below(9);
        number += 1;
        done += size;
        let ways = (0..size).map(|k| match k {
            0 => Way::Wire,
            k if k % 3 == 0 => Way::Own,
            _ => Way::Copy,
        });
        Some(ways.enumerate().map(|(k, way)| report(&what, k, way)).collect::<Vec<_>>())
    })
    .flatten()
    .take(n)
}
