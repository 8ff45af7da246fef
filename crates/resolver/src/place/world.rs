//! Names to candidate places: the gazetteer, our own features and the aliases behind one look-up.

use assets::{GazPlace, Gazetteer, PlaceKind, fold};
use hashbrown::{HashMap, HashSet};
use std::borrow::Cow;
use tables::places::{Alias, Feature};
use tables::tsv::TableError;

/// What sort of place a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Country,
    Continent,
    Adm1,
    Adm2,
    Capital,
    City,
    Feature,
}

/// How a candidate's name was matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum How {
    /// GeoNames' main name, or the name of a feature.
    Name,
    /// A row of the alias table.
    Alias,
    /// An alternate name.
    Alternate,
    /// After spelling out "St.", "Mt.", "Ft.".
    Spelt,
    /// After dropping a word for the kind of place ("County", "City of").
    Stripped,
    /// After dropping a direction ("southern", "West").
    Direction,
    /// A name inside the name.
    Nested,
}

/// Where a candidate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// Place number of the gazetteer.
    Gazetteer(u32),
    /// Index into the features.
    Feature(u32),
}

/// One place that a name may stand for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub source: Source,
    pub kind: Kind,
    pub lat: f64,
    pub lon: f64,
    pub log_population: f32,
    pub country: Option<u8>,
    pub adm1: Option<u32>,
    pub adm2: Option<u32>,
    pub how: How,
    /// Word that was dropped to find it.
    pub dropped: &'static str,
    /// Table and line behind it.
    pub row: Option<(&'static str, u32)>,
}

/// An entry of our own tables under a folded name.
#[derive(Debug, Clone, Copy)]
struct Entry {
    source: Source,
    line: u32,
    file: &'static str,
    /// The spelling that must be met exactly, for abbreviations.
    exact: Option<&'static str>,
}

/// All place knowledge, loaded once.
pub(crate) struct World {
    pub gazetteer: &'static Gazetteer,
    pub features: Vec<Feature>,
    entries: HashMap<String, Vec<Entry>>,
    english: HashMap<u32, &'static str>,
    centres: HashMap<u32, (f64, f64)>,
    codes: HashMap<&'static str, u32>,
    iso3: HashMap<&'static str, u8>,
    /// Words for kinds of places and bodies: no name of their own inside a longer name.
    common: HashSet<&'static str>,
}

impl World {
    pub fn embedded() -> Result<World, TableError> {
        let gazetteer = assets::gazetteer();
        if gazetteer.is_empty() {
            return Err(TableError { message: "the gazetteer in this program is damaged".to_owned() });
        }
        let mut codes: HashMap<&'static str, u32> =
            gazetteer.divisions().filter(|(code, _)| !code.is_empty()).collect();
        codes.extend(gazetteer.countries().map(|c| (c.alpha2, c.place)));
        let iso3 = gazetteer.countries().enumerate().map(|(i, c)| (c.alpha3, i as u8)).collect();
        let features = tables::places::features()?;
        let mut world = World {
            gazetteer,
            features,
            entries: HashMap::new(),
            english: HashMap::new(),
            centres: HashMap::new(),
            codes,
            iso3,
            common: tables::places::cues()?
                .into_iter()
                .filter(|c| c.class != "given")
                .map(|c| c.word)
                .collect(),
        };
        world.add_features();
        for alias in tables::places::aliases()? {
            world.add_alias(&alias);
        }
        for centre in tables::places::centres()? {
            if let Some(&at) = world.codes.get(centre.code) {
                world.centres.insert(at, (centre.lat, centre.lon));
            }
        }
        Ok(world)
    }

    fn add_features(&mut self) {
        for (i, f) in self.features.iter().enumerate() {
            for name in std::iter::once(f.name).chain(f.aliases.iter().copied()) {
                let short = name.len() <= 4 && name.chars().all(|c| c.is_ascii_uppercase() || c == '.');
                let entry = Entry {
                    source: Source::Feature(i as u32),
                    line: f.line,
                    file: "places/features.tsv",
                    exact: short.then_some(name),
                };
                self.entries.entry(fold_name(name)).or_default().push(entry);
            }
        }
    }

    fn add_alias(&mut self, alias: &Alias) {
        let Some(at) = self.target(alias.target) else { return };
        let short = matches!(alias.kind, "abbreviation" | "postal") || alias.alias.len() <= 3;
        let entry = Entry {
            source: Source::Gazetteer(at),
            line: alias.line,
            file: "places/aliases.tsv",
            exact: (short && (alias.alias.len() <= 4 || alias.alias.ends_with('.'))).then_some(alias.alias),
        };
        if alias.kind == "name" {
            self.english.entry(at).or_insert(alias.alias);
        }
        self.entries.entry(fold_name(alias.alias)).or_default().push(entry);
    }

    /// Place number of an alias target: `FR`, `FR-BRE`, `FR:Paris`, `US-TX:Paris`, `GB-ENG/Kent`.
    pub fn target(&self, target: &str) -> Option<u32> {
        let Some((code, name)) = target.split_once([':', '/']) else {
            return self.codes.get(target).copied();
        };
        let town = target.contains(':');
        let area = self.gazetteer.place(self.codes.get(code).copied()?)?;
        let inside = |p: &GazPlace| match area.kind {
            PlaceKind::Country => p.country == area.country,
            _ => p.adm1 == Some(area.number),
        };
        let hits = self.gazetteer.find(&fold(name));
        let places = hits.iter().filter_map(|h| Some((h.alternate, self.gazetteer.place(h.place)?)));
        let mut fit: Vec<(bool, GazPlace)> = places
            .filter(|(_, p)| {
                if town {
                    matches!(p.kind, PlaceKind::City | PlaceKind::Capital)
                } else {
                    p.kind == PlaceKind::Adm2
                }
            })
            .filter(|(_, p)| inside(p))
            .collect();
        fit.sort_by(|(a, p), (b, q)| a.cmp(b).then(q.log_population.total_cmp(&p.log_population)));
        fit.first().map(|(_, p)| p.number)
    }

    /// True when the folded name is known at all.
    pub fn has(&self, folded: &str) -> bool {
        self.gazetteer.has(folded) || self.entries.contains_key(folded)
    }

    /// Places that bear exactly this name.
    pub fn named(&self, text: &str, folded: &str, out: &mut Vec<Candidate>) {
        for e in self.entries.get(folded).into_iter().flatten() {
            if e.exact.is_none_or(|x| is_spelt(text, x)) {
                let how = if matches!(e.source, Source::Feature(_)) { How::Name } else { How::Alias };
                self.push(e.source, how, Some((e.file, e.line)), out);
            }
        }
        for hit in self.gazetteer.find(folded) {
            let how = if hit.alternate { How::Alternate } else { How::Name };
            self.push(Source::Gazetteer(hit.place), how, None, out);
        }
    }

    fn push(&self, source: Source, how: How, row: Option<(&'static str, u32)>, out: &mut Vec<Candidate>) {
        if let Some(old) = out.iter_mut().find(|c| c.source == source) {
            old.row = old.row.or(row);
            return;
        }
        out.extend(self.candidate(source, how, row));
    }

    /// The candidate for a place.
    pub fn candidate(&self, source: Source, how: How, row: Option<(&'static str, u32)>) -> Option<Candidate> {
        match source {
            Source::Gazetteer(at) => {
                let p = self.gazetteer.place(at)?;
                let (lat, lon) = self.centres.get(&at).copied().unwrap_or((p.lat, p.lon));
                let kind = match p.kind {
                    PlaceKind::Country => Kind::Country,
                    PlaceKind::Continent => Kind::Continent,
                    PlaceKind::Adm1 => Kind::Adm1,
                    PlaceKind::Adm2 => Kind::Adm2,
                    PlaceKind::Capital => Kind::Capital,
                    PlaceKind::City => Kind::City,
                };
                let adm1 = if kind == Kind::Adm1 { Some(at) } else { p.adm1 };
                let adm2 = if kind == Kind::Adm2 { Some(at) } else { p.adm2 };
                let (log_population, country) = (p.log_population, p.country);
                Some(Candidate {
                    source,
                    kind,
                    lat,
                    lon,
                    log_population,
                    country,
                    adm1,
                    adm2,
                    how,
                    dropped: "",
                    row,
                })
            }
            Source::Feature(i) => {
                let f = self.features.get(i as usize)?;
                Some(Candidate {
                    source,
                    kind: Kind::Feature,
                    lat: f.lat,
                    lon: f.lon,
                    log_population: 0.0,
                    country: f.country.and_then(|c| self.iso3.get(c).copied()),
                    adm1: None,
                    adm2: None,
                    how,
                    dropped: "",
                    row,
                })
            }
        }
    }

    /// All places that the words of a mention may stand for: by name, spelt out, with the kind of place or a direction
    /// dropped, at last by a name inside the name.
    pub fn candidates(&self, text: &str) -> Vec<Candidate> {
        let folded = fold_name(text);
        let mut out = Vec::new();
        self.named(text, &folded, &mut out);
        for spelt in spellings(&folded) {
            let from = out.len();
            self.named(text, &spelt, &mut out);
            out[from..].iter_mut().for_each(|c| c.how = c.how.max(How::Spelt));
        }
        let from = out.len();
        let words: Vec<&str> = folded.split(' ').collect();
        for (rest, dropped) in strip_kind(&words) {
            let at = out.len();
            self.named(text, &rest, &mut out);
            out[at..].iter_mut().for_each(|c| (c.how, c.dropped) = (How::Stripped, dropped));
        }
        if out.len() == from && out.is_empty() {
            self.inner(text, &words, &mut out);
        }
        out.truncate(300);
        out
    }

    fn inner(&self, text: &str, words: &[&str], out: &mut Vec<Candidate>) {
        if let [first, rest @ ..] = words
            && !rest.is_empty()
            && let Some(direction) = DIRECTIONS.iter().find(|d| *d == first)
        {
            self.named(text, &rest.join(" "), out);
            out.iter_mut().for_each(|c| (c.how, c.dropped) = (How::Direction, direction));
        }
        for len in (1..words.len().min(5)).rev() {
            if !out.is_empty() {
                return;
            }
            for start in [0, words.len() - len] {
                let part = &words[start..start + len];
                if part.iter().any(|w| w.len() > 3 && !self.common.contains(w)) {
                    self.named(text, &part.join(" "), out);
                }
            }
            out.retain(is_weighty);
            out.iter_mut().for_each(|c| c.how = How::Nested);
        }
    }

    /// English name of a candidate, from our tables where GeoNames' name is local.
    pub fn name(&self, source: Source) -> Cow<'static, str> {
        match source {
            Source::Gazetteer(at) => match self.english.get(&at) {
                Some(name) => Cow::Borrowed(*name),
                None => Cow::Owned(self.gazetteer.name(at)),
            },
            Source::Feature(i) => Cow::Borrowed(self.features.get(i as usize).map_or("", |f| f.name)),
        }
    }

    /// Number of the country with the alpha-3 code.
    pub fn country_number(&self, alpha3: &str) -> Option<u8> {
        self.iso3.get(alpha3).copied()
    }
}

/// Folds a name and drops the article before it.
pub(crate) fn fold_name(name: &str) -> String {
    let folded = fold(name);
    match folded.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => folded,
    }
}

/// True when `text` has the spelling `exact`, or that spelling in capitals; a final full stop may be the sentence's.
fn is_spelt(text: &str, exact: &str) -> bool {
    text == exact
        || (exact.len() > 2 && text == exact.to_uppercase())
        || exact.strip_suffix('.') == Some(text) && text.len() > 3
}

/// True for places that are well enough known to be named inside the name of something else.
fn is_weighty(c: &Candidate) -> bool {
    let main = c.how <= How::Alias;
    match c.kind {
        Kind::City | Kind::Adm2 => main && c.log_population > 8.5,
        Kind::Capital | Kind::Adm1 => main || c.log_population > 14.0,
        _ => true,
    }
}

const DIRECTIONS: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "central",
    "downtown",
    "upper",
    "lower",
    "greater",
    "inner",
    "outer",
    "mid",
    "metro",
    "midtown",
    "uptown",
    "old",
];

/// The name with its first word spelt out or shortened.
fn spellings(folded: &str) -> Vec<String> {
    const PAIRS: &[(&str, &str)] = &[
        ("st", "saint"),
        ("ste", "sainte"),
        ("mt", "mount"),
        ("ft", "fort"),
        ("pt", "point"),
        ("n", "north"),
        ("s", "south"),
        ("e", "east"),
        ("w", "west"),
    ];
    let mut out = Vec::new();
    let words: Vec<&str> = folded.split(' ').collect();
    for (at, word) in words.iter().enumerate().filter(|_| words.len() > 1) {
        for (short, long) in PAIRS {
            let other = if word == short {
                long
            } else if word == long {
                short
            } else {
                continue;
            };
            let mut changed = words.clone();
            changed[at] = other;
            out.push(changed.join(" "));
        }
    }
    if folded.ends_with(" twp") {
        out.push(format!("{}township", &folded[..folded.len() - 3]));
    }
    out
}

/// The name without a word for the kind of place before or after it, and that word.
fn strip_kind(words: &[&str]) -> Vec<(String, &'static str)> {
    const AFTER: &[&str] = &[
        "county",
        "parish",
        "province",
        "region",
        "oblast",
        "district",
        "governorate",
        "prefecture",
        "state",
        "city",
        "township",
        "twp",
        "borough",
        "department",
        "division",
        "municipality",
        "island",
        "islands",
        "metropolitan",
        "territory",
        "republic",
        "raion",
        "area",
        "voivodeship",
        "canton",
        "town",
        "village",
        "peninsula",
        "river",
        "lake",
        "valley",
        "proper",
    ];
    const BEFORE: &[&str] =
        &["city", "town", "village", "state", "province", "county", "region", "district", "port", "greater"];
    let mut out = Vec::new();
    if let [rest @ .., last] = words
        && !rest.is_empty()
        && let Some(word) = AFTER.iter().find(|w| *w == last)
    {
        out.push((rest.join(" "), *word));
    }
    if let [first, rest @ ..] = words
        && let Some(word) = BEFORE.iter().find(|w| *w == first)
    {
        let rest = rest.strip_prefix(&["of"]).unwrap_or(rest);
        let rest = rest.strip_prefix(&["the"]).unwrap_or(rest);
        if !rest.is_empty() {
            out.push((rest.join(" "), *word));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_of_the_tables_exists() {
        let world = World::embedded().unwrap();
        let aliases = tables::places::aliases().unwrap();
        let outlets = tables::places::outlets().unwrap();
        let centres = tables::places::centres().unwrap();
        let targets =
            aliases.iter().map(|a| (a.alias, a.target)).chain(outlets.iter().map(|o| (o.key, o.target)));
        let targets = targets.chain(centres.iter().map(|c| ("centre", c.code)));
        let missing: Vec<_> = targets.filter(|(_, t)| world.target(t).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
