//! Toponyms to places: candidates of each name, weighed first alone, then in the light of the other names.

use super::context::Context;
use super::linear::Linear;
use super::publisher::Publisher;
use super::world::{Candidate, How, Kind, World, fold_name};
use hashbrown::HashMap;
use record::{ByteSpan, Syntax, TokenSpan};

/// Features of the first pass, in the order of [`alone`].
pub(crate) const ALONE: [&str; 47] = [
    "country",
    "continent",
    "adm1",
    "adm2",
    "capital",
    "city",
    "feature",
    "alias",
    "alternate",
    "spelt",
    "stripped",
    "stripped-fits",
    "direction",
    "nested",
    "population",
    "over-10k",
    "over-100k",
    "over-1m",
    "share",
    "largest",
    "inside",
    "outside",
    "inside-city",
    "publisher-country",
    "publisher-elsewhere",
    "publisher-adm1",
    "publisher-near",
    "same-spelling",
    "table",
    "only",
    "adm2-bare",
    "alternate-population",
    "county-word",
    "city-pop-share",
    "publisher-country-city",
    "inside-adm2",
    "publisher-near-city",
    "publisher-self",
    "publisher-place-elsewhere",
    "dateline-city",
    "part-of-area",
    "called-area",
    "called-city",
    "nested-population",
    "nested-near",
    "own-feature-short",
    "capital-or-country-known",
];

/// Features added by the second pass, in the order of [`Context::of`].
pub(crate) const TOGETHER: [&str; 14] = [
    "alone",
    "country-share",
    "country-share-city",
    "adm1-share",
    "named-adm1",
    "named-country",
    "near",
    "nearest",
    "same-name",
    "neighbours",
    "own-country-unnamed",
    "near-city",
    "adm1-unnamed",
    "capital-country-share",
];

/// A name of the page with all its mentions and all places that it may stand for.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub folded: String,
    /// Mentions by number.
    pub mentions: Vec<usize>,
    pub candidates: Vec<Candidate>,
    /// Places named right after it ("…, Texas"), the widest reading.
    pub around: Vec<Candidate>,
    /// What the words beside its mentions say it is.
    pub told: Told,
    /// Features, a row a candidate.
    pub alone: Vec<[f32; ALONE.len()]>,
    /// Probability of each candidate.
    pub odds: Vec<f32>,
}

/// Shares of a name's mentions whose surroundings say what it is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Told {
    /// In capitals at the start of a block, before a bracket or dash.
    pub dateline: f32,
    /// After a direction in lower case: "northern …".
    pub part: f32,
    /// Called a state, province, country.
    pub area: f32,
    /// Called a city, town, village.
    pub city: f32,
}

fn told(syntax: &Syntax<'_>, tokens: TokenSpan) -> Told {
    let (start, end) = (tokens.start as usize, tokens.end as usize);
    let word = |i: Option<usize>| i.filter(|&i| i < syntax.len()).map_or("", |i| syntax.lower(i));
    let (before, two, after) = (word(start.checked_sub(1)), word(start.checked_sub(2)), word(Some(end)));
    let is = |b: bool| if b { 1.0 } else { 0.0 };
    let caps = !tokens.is_empty() && !syntax.tokens_text(tokens).chars().any(char::is_lowercase);
    let first = syntax
        .page
        .block_at(syntax.doc.bytes_of(tokens).start as usize)
        .is_some_and(|b| syntax.doc.bytes_of(tokens).start - b.span.start < 4);
    let mark = matches!(after, "(" | "-" | "–" | "—" | "--" | ",");
    let direction = matches!(
        before,
        "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "northeastern"
            | "northwestern"
            | "southeastern"
            | "southwestern"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "rural"
    );
    let area = |w: &str| {
        matches!(
            w,
            "state" | "province" | "country" | "region" | "nation" | "republic" | "territory" | "island"
        )
    };
    let city = |w: &str| {
        matches!(
            w,
            "city" | "town" | "village" | "capital" | "suburb" | "township" | "borough" | "hamlet" | "port"
        )
    };
    let of = before == "of";
    Told {
        dateline: is(mark && (caps && first || after == "(" && word(Some(end + 1)) == "ap")),
        part: is(direction),
        area: is(area(before) || of && area(two) || area(after)),
        city: is(city(before) || of && city(two)),
    }
}

impl Told {
    fn add(&mut self, other: Told) {
        self.dateline = self.dateline.max(other.dateline);
        self.part = self.part.max(other.part);
        self.area = self.area.max(other.area);
        self.city = self.city.max(other.city);
    }
}

/// Weights of both passes.
#[derive(Debug)]
pub(crate) struct Weights {
    pub alone: [f32; ALONE.len()],
    pub together: [f32; ALONE.len() + TOGETHER.len()],
}

impl Weights {
    pub fn of(model: &Linear) -> Weights {
        let mut w = Weights { alone: [0.0; ALONE.len()], together: [0.0; ALONE.len() + TOGETHER.len()] };
        for (i, name) in ALONE.iter().enumerate() {
            w.alone[i] = model.weight(&format!("alone|{name}"));
        }
        for (i, name) in ALONE.iter().chain(&TOGETHER).enumerate() {
            w.together[i] = model.weight(&format!("together|{name}"));
        }
        w
    }
}

/// Names of the page with their candidates, and the features of the first pass.
pub(crate) fn groups(
    syntax: &Syntax<'_>,
    spans: &[(TokenSpan, ByteSpan)],
    world: &World,
    publisher: &Publisher,
) -> Vec<Group> {
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    let mut out: Vec<Group> = Vec::new();
    for (number, (tokens, span)) in spans.iter().enumerate() {
        let text = syntax.slice(*span);
        let folded = fold_name(text);
        let (around, words) = named_around(syntax, *tokens, world);
        let mut candidates = None;
        let mut key = (folded.clone(), String::new());
        if !around.is_empty() {
            let all = world.candidates(text);
            if all.iter().any(|c| around.iter().any(|a| lies_in(c, a))) || all.is_empty() {
                key.1 = words;
            }
            candidates = Some(all);
        }
        if let Some(&at) = known.get(&key) {
            out[at].mentions.push(number);
            out[at].told.add(told(syntax, *tokens));
            continue;
        }
        known.insert(key.clone(), out.len());
        let candidates = candidates.unwrap_or_else(|| world.candidates(text));
        let around = if key.1.is_empty() { Vec::new() } else { around };
        let told = told(syntax, *tokens);
        let (alone, odds) = (Vec::new(), Vec::new());
        out.push(Group { folded, mentions: vec![number], candidates, around, told, alone, odds });
    }
    for group in &mut out {
        let text = group.mentions.first().map_or("", |&m| syntax.slice(spans[m].1));
        group.alone = alone(group, text, world, publisher);
    }
    out
}

/// Countries and divisions named right after a mention: after a comma or in brackets.
fn named_around(syntax: &Syntax<'_>, tokens: TokenSpan, world: &World) -> (Vec<Candidate>, String) {
    let end = tokens.end as usize;
    let none = (Vec::new(), String::new());
    if end + 1 >= syntax.len() || tokens.is_empty() || !matches!(syntax.text(end), "," | "(") {
        return none;
    }
    let sentence = syntax.sentence(end - 1);
    for len in (1..=4).rev() {
        let stop = end + 1 + len;
        if stop > syntax.len() || syntax.sentence(stop - 1) != sentence {
            continue;
        }
        let text = syntax.tokens_text(TokenSpan::new(end + 1, stop));
        if !text.starts_with(char::is_uppercase) {
            return none;
        }
        let folded = fold_name(text);
        let mut found = Vec::new();
        world.named(text, &folded, &mut found);
        if folded.contains(" ") && found.is_empty() && folded.ends_with(" county") {
            found = world.candidates(text);
        }
        found
            .retain(|c| matches!(c.kind, Kind::Country | Kind::Adm1 | Kind::Adm2) && c.how != How::Alternate);
        if !found.is_empty() {
            return (found, folded);
        }
    }
    none
}

/// True when `c` lies in the country or division `area`.
pub(crate) fn lies_in(c: &Candidate, area: &Candidate) -> bool {
    if c.source == area.source {
        return false;
    }
    match area.kind {
        Kind::Country => c.country.is_some() && c.country == area.country && c.kind != Kind::Country,
        Kind::Adm1 => c.adm1.is_some() && c.adm1 == area.adm1 && c.kind != Kind::Adm1,
        Kind::Adm2 => c.adm2.is_some() && c.adm2 == area.adm2 && c.kind != Kind::Adm2,
        _ => false,
    }
}

/// True when the word that was dropped from the name fits the sort of place.
fn dropped_fits(c: &Candidate) -> bool {
    match c.dropped {
        "county" | "parish" | "district" | "raion" | "borough" => c.kind == Kind::Adm2,
        "province" | "region" | "oblast" | "governorate" | "prefecture" | "state" | "voivodeship"
        | "canton" | "territory" => c.kind == Kind::Adm1,
        "city" | "town" | "village" | "municipality" | "port" | "proper" => {
            matches!(c.kind, Kind::City | Kind::Capital)
        }
        "township" | "twp" => matches!(c.kind, Kind::City | Kind::Adm2),
        "republic" => matches!(c.kind, Kind::Country | Kind::Adm1),
        _ => false,
    }
}

/// What the candidates of one name have in common.
struct Field<'a> {
    group: &'a Group,
    text: &'a str,
    world: &'a World,
    publisher: &'a Publisher,
    /// People in all candidates, and in towns alone; at least 1.
    total: f32,
    towns: f32,
    /// Largest logarithm of population.
    top: f32,
    has_inside: bool,
    /// One country or capital only.
    one_seat: bool,
}

fn alone(group: &Group, text: &str, world: &World, publisher: &Publisher) -> Vec<[f32; ALONE.len()]> {
    let settled = |c: &&Candidate| matches!(c.kind, Kind::City | Kind::Capital | Kind::Adm2);
    let all = &group.candidates;
    let field = Field {
        group,
        text,
        world,
        publisher,
        total: all.iter().map(|c| c.log_population.exp()).sum::<f32>().max(1.0),
        towns: all.iter().filter(settled).map(|c| c.log_population.exp()).sum::<f32>().max(1.0),
        top: all.iter().map(|c| c.log_population).fold(0.0, f32::max),
        has_inside: all.iter().any(|c| group.around.iter().any(|a| lies_in(c, a))),
        one_seat: all.iter().filter(|c| matches!(c.kind, Kind::Country | Kind::Capital)).count() == 1,
    };
    all.iter().map(|c| field.row(c)).collect()
}

fn is(b: bool) -> f32 {
    if b { 1.0 } else { 0.0 }
}

impl Field<'_> {
    /// Features of a candidate by itself, in the order of [`ALONE`].
    fn row(&self, c: &Candidate) -> [f32; ALONE.len()] {
        let Field { group, text, world, publisher, .. } = *self;
        let p = c.log_population;
        let city = matches!(c.kind, Kind::City | Kind::Capital);
        let inside = group.around.iter().any(|a| lies_in(c, a));
        let own = publisher.country.is_some() && c.country == publisher.country;
        let near = publisher.place.as_ref().map_or(0.0, |p| closeness(unit(c), unit(p), 100.0));
        let adm1 = publisher.place.as_ref().is_some_and(|p| p.adm1.is_some() && p.adm1 == c.adm1);
        let area = is(matches!(c.kind, Kind::Country | Kind::Adm1 | Kind::Feature));
        let by_name = is(world.name(c.source) == text);
        [
            is(c.kind == Kind::Country),
            is(c.kind == Kind::Continent),
            is(c.kind == Kind::Adm1),
            is(c.kind == Kind::Adm2),
            is(c.kind == Kind::Capital),
            is(c.kind == Kind::City),
            is(c.kind == Kind::Feature),
            is(c.how == How::Alias),
            is(c.how == How::Alternate),
            is(c.how == How::Spelt),
            is(c.how == How::Stripped),
            is(c.how == How::Stripped && dropped_fits(c)),
            is(c.how == How::Direction),
            is(c.how == How::Nested),
            p / 10.0,
            (p - 9.2).max(0.0) / 5.0,
            (p - 11.5).max(0.0) / 5.0,
            (p - 13.8).max(0.0) / 5.0,
            p.exp() / self.total,
            is(p >= self.top),
            is(inside),
            is(self.has_inside && !inside),
            is(inside && city),
            is(own),
            is(publisher.country.is_some() && !own),
            is(adm1),
            near,
            by_name,
            is(c.row.is_some()),
            is(group.candidates.len() == 1),
            is(c.kind == Kind::Adm2 && c.how < How::Spelt),
            is(c.how == How::Alternate) * p / 10.0,
            is(c.kind == Kind::Adm2) * by_name,
            if city { p.exp() / self.towns } else { 0.0 },
            is(own && city),
            is(inside && c.kind == Kind::Adm2),
            near * is(city),
            is(publisher.place.as_ref().is_some_and(|p| p.source == c.source)),
            is(publisher.place.is_some() && near < 0.1),
            group.told.dateline * is(city),
            group.told.part * area,
            group.told.area * area,
            group.told.city * is(city),
            is(c.how == How::Nested) * p / 10.0,
            is(c.how == How::Nested) * near,
            is(c.kind == Kind::Feature && text.len() <= 4),
            is(self.one_seat && matches!(c.kind, Kind::Country | Kind::Capital)),
        ]
    }
}

/// Point on the unit sphere.
pub(crate) fn unit(c: &Candidate) -> [f32; 3] {
    let (lat, lon) = (c.lat.to_radians(), c.lon.to_radians());
    [(lat.cos() * lon.cos()) as f32, (lat.cos() * lon.sin()) as f32, lat.sin() as f32]
}

/// 1 at the same point, 1/2 at `scale` kilometres, then falling with the square of the distance.
pub(crate) fn closeness(a: [f32; 3], b: [f32; 3], scale: f32) -> f32 {
    const RADIUS: f32 = 6371.0;
    let dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let square = (2.0 * (1.0 - dot)).max(0.0) * RADIUS * RADIUS;
    1.0 / (1.0 + square / (scale * scale))
}

/// Dot product.
fn score(weights: &[f32], features: &[f32]) -> f32 {
    weights.iter().zip(features).map(|(w, x)| w * x).sum()
}

/// Scores to probabilities.
fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raw: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = raw.iter().sum();
    raw.iter().map(|r| r / sum.max(f32::MIN_POSITIVE)).collect()
}

/// Gives every group its odds: first each name alone, then twice in the light of the others.
pub(crate) fn weigh(groups: &mut [Group], weights: &Weights) {
    for g in groups.iter_mut() {
        let scores: Vec<f32> = g.alone.iter().map(|f| score(&weights.alone, f)).collect();
        g.odds = softmax(&scores);
    }
    for _ in 0..2 {
        let all = together(groups);
        for (g, rows) in groups.iter_mut().zip(all) {
            let namesakes = has_namesakes(g);
            let one = |(c, f): (&Candidate, &[f32; ALONE.len() + TOGETHER.len()])| {
                score(&weights.together, f) + if namesakes { NAMESAKE * inhabited(c, f) } else { 0.0 }
            };
            let scores: Vec<f32> = g.candidates.iter().zip(&rows).map(one).collect();
            g.odds = softmax(&scores);
        }
    }
}

/// What the page's other names add for a country or a state that share a name ("Georgia"): too rare in training data
/// for a learned weight.
const NAMESAKE: f32 = 6.0;

/// True when both a country and a first-level division bear the name.
fn has_namesakes(g: &Group) -> bool {
    let any = |kind| g.candidates.iter().any(|c| c.kind == kind && c.how <= How::Alias);
    any(Kind::Country) && any(Kind::Adm1)
}

/// Share of the other names that lie in the country or division.
fn inhabited(c: &Candidate, features: &[f32; ALONE.len() + TOGETHER.len()]) -> f32 {
    match c.kind {
        Kind::Country => features[ALONE.len() + 1],
        Kind::Adm1 => features[ALONE.len() + 3],
        _ => 0.0,
    }
}

/// Odds of the first pass only.
pub(crate) fn weigh_alone(groups: &mut [Group], weights: &Weights) {
    for g in groups.iter_mut() {
        let scores: Vec<f32> = g.alone.iter().map(|f| score(&weights.alone, f)).collect();
        g.odds = softmax(&scores);
    }
}

/// Features of the second pass, a row a candidate, from the odds as they stand.
pub(crate) fn together(groups: &[Group]) -> Vec<Vec<[f32; ALONE.len() + TOGETHER.len()]>> {
    let context = Context::new(groups);
    let rows = |(at, g): (usize, &Group)| {
        let row = |(i, alone): (usize, &[f32; ALONE.len()])| {
            let mut out = [0.0; ALONE.len() + TOGETHER.len()];
            out[..ALONE.len()].copy_from_slice(alone);
            out[ALONE.len()..].copy_from_slice(&context.of(at, i));
            out
        };
        g.alone.iter().enumerate().map(row).collect()
    };
    groups.iter().enumerate().map(rows).collect()
}
