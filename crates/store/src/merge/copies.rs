//! Texts of one story to who took from whom: shingles, containment, and the number of independent reports.
//!
//! A shingle is four words in lower case without punctuation; quoted words are cut out first, because two reporters at
//! one press conference are not copies. Thresholds were measured on generated edits: truncation, reordering, rewording.

use super::cluster::components;
use record::{CopyEdge, Counts};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words in a shingle.
const SHINGLE: usize = 4;
/// Share of the later text above which it is a copy.
const COPY_SHARE: f32 = 0.30;
/// Share of the smaller text above which it is a copy.
const COPY_CONTAIN: f32 = 0.50;
/// Shared shingles that a copy needs.
const COPY_MIN: usize = 10;
/// Share of the smaller text above which it is derived.
const DERIVED_CONTAIN: f32 = 0.15;
/// Shared shingles that a derived text needs.
const DERIVED_MIN: usize = 20;
/// Shared shingles outside the background that a copy needs when it has news of its own.
const NEWS_MIN: usize = 3;
/// Share of the smaller text's content words above which it is the other told anew.
const RETOLD_CONTAIN: f32 = 0.70;
/// Share of the content words of both.
const RETOLD_SHARE: f32 = 0.50;
/// Content words that a text needs to be told anew: briefs of one fact have few words to choose from.
const RETOLD_MIN: usize = 20;
/// A shingle in this many reports or more is boilerplate and finds no candidates.
const COMMON: usize = 50;

/// A report as the copy search sees it.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// Page id.
    pub id: SmolStr,
    /// Publication, ISO; empty when unknown.
    pub published: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Owner of the outlet.
    pub owner: Option<String>,
    /// Agencies that the text is credited to.
    pub agencies: Vec<String>,
    /// Distinct speakers, papers and broadcasters among them.
    pub speakers: Vec<String>,
    /// Speakers that are no media: voices that the text heard itself, or says so.
    pub voices: Vec<String>,
    /// Media that the text says it reports after.
    pub cites: Vec<String>,
    /// The running text.
    pub body: String,
    /// The running text without the sentences that tell no news; `None`: all of it does.
    pub news: Option<String>,
    /// Its content words, by the first letters of their lemmas.
    pub words: BTreeSet<SmolStr>,
}

/// Shingles of a text, quotations left out.
pub fn shingles(text: &str) -> HashSet<u64> {
    let mut words: Vec<String> = Vec::new();
    let mut out = HashSet::new();
    let mut quoted = false;
    let mut word = String::new();
    let mut push = |word: &mut String, words: &mut Vec<String>| {
        if !word.is_empty() {
            words.push(std::mem::take(word));
            if let Some(last) = words.len().checked_sub(SHINGLE).and_then(|at| words.get(at..)) {
                let mut hash = DefaultHasher::new();
                last.hash(&mut hash);
                out.insert(hash.finish());
            }
        }
    };
    for c in text.chars() {
        match c {
            '"' => (quoted, _) = (!quoted, push(&mut word, &mut words)),
            '“' | '„' | '«' => (quoted, _) = (true, push(&mut word, &mut words)),
            '”' | '»' => (quoted, _) = (false, push(&mut word, &mut words)),
            // A quotation does not outlive its paragraph.
            '\n' => (quoted, _) = (false, push(&mut word, &mut words)),
            c if quoted => _ = c,
            c if c.is_alphanumeric() => word.extend(c.to_lowercase()),
            '\'' | '’' => {}
            _ => push(&mut word, &mut words),
        }
    }
    push(&mut word, &mut words);
    out
}

/// Edges between the reports of one story and its counts. The result does not depend on the order of `texts`.
///
/// An origin is an agency that some report of a group credits, else the outlet of the group's first report: an outlet that
/// comes back to a story is one source, however often it is copied, and a paper that prints a wire beside its own report
/// has two.
pub fn trace(texts: &[Text]) -> (Vec<CopyEdge>, Counts) {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    let when = |t: &Text| (t.published.is_empty(), t.published.clone(), t.id.clone());
    order.sort_by_cached_key(|&i| when(&texts[i]));
    let texts: Vec<&Text> = order.iter().map(|&i| &texts[i]).collect();
    let sets: Vec<HashSet<u64>> = texts.iter().map(|t| shingles(&t.body)).collect();
    let mut links = Vec::new();
    let mut edges = Vec::new();
    for (later, parent) in parents(&sets) {
        // Only the largest parent: a text pasted together from two wires does not make the wires one.
        let parent = parent.map(|p| background_only(&texts, p, later)).or_else(|| retold(&texts, later));
        if let Some((earlier, kind, share)) = parent {
            links.push((earlier, later, kind));
            edges.push(edge(texts[later], texts[earlier], kind, share, ""));
        }
    }
    credits(&texts, &mut links, &mut edges);
    let distinct =
        |all: Vec<&str>| u32::try_from(all.into_iter().collect::<HashSet<_>>().len()).unwrap_or(u32::MAX);
    let outlets = distinct(texts.iter().map(|t| t.outlet.as_deref().unwrap_or(&t.id)).collect());
    let count = |with: &dyn Fn(&str) -> bool| {
        let found = origins(&texts, links.iter().filter(|l| with(l.2)).map(|l| (l.0, l.1)));
        distinct(found.iter().map(String::as_str).collect()).min(outlets)
    };
    let counts = Counts {
        articles: u32::try_from(texts.len()).unwrap_or(u32::MAX),
        outlets,
        independent: count(&|k| k != "derived"),
        independent_low: count(&|_| true),
        sources: distinct(texts.iter().flat_map(|t| t.speakers.iter().map(String::as_str)).collect()),
    };
    (edges, counts)
}

/// Name of the origin of each report: of the agency that its group credits, else of the outlet of the group's first report,
/// else of that report. `texts` are in the order of publication.
pub fn origins(texts: &[&Text], links: impl Iterator<Item = (usize, usize)>) -> Vec<String> {
    let mut out = vec![String::new(); texts.len()];
    for group in components(texts.len(), links) {
        let agency = group.iter().flat_map(|&i| &texts[i].agencies).map(|a| a.to_lowercase()).min();
        let first = group.first().map(|&i| texts[i]);
        let name = agency.map(|a| format!("agency {a}")).or_else(|| {
            let first = first?;
            let outlet = first.owner.as_ref().or(first.outlet.as_ref());
            Some(outlet.map_or_else(|| format!("report {}", first.id), |o| format!("outlet {}", plain(o))))
        });
        for i in group {
            out[i] = name.clone().unwrap_or_default();
        }
    }
    out
}

/// Name of a medium as it is compared: "The Ledger" and "Ledger" are one.
fn plain(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
}

fn edge(from: &Text, to: &Text, kind: &str, value: f32, note: &str) -> CopyEdge {
    CopyEdge { from: from.id.clone(), to: to.id.clone(), kind: kind.into(), value, note: note.to_owned() }
}

/// Earlier text, kind of the edge, share of the later text.
type Found = (usize, &'static str, f32);
type Parent = Option<Found>;

/// A copy whose words all lie in the background of two texts that have news of their own is derived at most.
fn background_only(texts: &[&Text], found: Found, later: usize) -> Found {
    let (Some(a), Some(b)) = (&texts[found.0].news, &texts[later].news) else { return found };
    let (a, b) = (shingles(a), shingles(b));
    let own = !a.is_empty() && !b.is_empty();
    let shared = a.intersection(&b).take(NEWS_MIN).count();
    if found.1 == "copy" && own && shared < NEWS_MIN { (found.0, "derived", found.2) } else { found }
}

/// The earlier text that a later one tells anew: other words in a row, but hardly a word that the earlier has not, and no
/// voice.
fn retold(texts: &[&Text], later: usize) -> Option<Found> {
    let words = &texts[later].words;
    let mut best: Option<Found> = None;
    for (earlier, text) in texts.iter().take(later).enumerate() {
        let small = words.len().min(text.words.len());
        let heard = texts[later].voices.iter().any(|v| !text.voices.contains(v));
        // Sizes that cannot reach the share are the usual case.
        if heard
            || small < RETOLD_MIN
            || (small as f32) < RETOLD_SHARE * words.len().max(text.words.len()) as f32
        {
            continue;
        }
        let shared = words.intersection(&text.words).count();
        let contain = shared as f32 / small as f32;
        let share = shared as f32 / (words.len() + text.words.len() - shared) as f32;
        if contain >= RETOLD_CONTAIN && share >= RETOLD_SHARE && best.is_none_or(|b| share > b.2) {
            best = Some((earlier, "retold", share));
        }
    }
    best
}

/// For every text the earlier one that gives it most, when that makes it a copy or derived.
fn parents(sets: &[HashSet<u64>]) -> Vec<(usize, Parent)> {
    let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut out = Vec::new();
    for (later, set) in sets.iter().enumerate() {
        let mut met: BTreeMap<usize, usize> = BTreeMap::new();
        for shingle in set {
            let list = index.entry(*shingle).or_default();
            if list.len() < COMMON {
                list.iter().for_each(|&a| *met.entry(a).or_default() += 1);
            }
            list.push(later);
        }
        let mut best: Parent = None;
        for (earlier, shared) in met {
            let share = shared as f32 / set.len().max(1) as f32;
            let contain = shared as f32 / set.len().min(sets[earlier].len()).max(1) as f32;
            let kind = if (share >= COPY_SHARE || contain >= COPY_CONTAIN) && shared >= COPY_MIN {
                "copy"
            } else if contain >= DERIVED_CONTAIN && shared >= DERIVED_MIN {
                "derived"
            } else {
                continue;
            };
            if best.is_none_or(|b| share > b.2) {
                best = Some((earlier, kind, share));
            }
        }
        out.push((later, best));
    }
    out
}

/// Edges from agencies, owners and citations, to the first report of each.
fn credits(texts: &[&Text], links: &mut Vec<(usize, usize, &'static str)>, edges: &mut Vec<CopyEdge>) {
    let mut first: HashMap<(&'static str, String), usize> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        let agencies = text.agencies.iter().map(|a| ("agency", a.to_lowercase()));
        let owner = text.owner.iter().map(|o| ("owner", o.to_lowercase()));
        for key in agencies.chain(owner) {
            let (kind, note) = (key.0, key.1.clone());
            let earlier = *first.entry(key).or_insert(at);
            if earlier != at {
                links.push((earlier, at, kind));
                edges.push(edge(text, texts[earlier], kind, 1.0, &note));
            }
        }
    }
    cited(texts, links, edges);
}

/// Edges from reports that only pass on what a paper or broadcaster said: to its report, else to the first that passes on
/// the same. A text with a voice of its own adds to what it cites.
fn cited(texts: &[&Text], links: &mut Vec<(usize, usize, &'static str)>, edges: &mut Vec<CopyEdge>) {
    let outlets: Vec<Option<String>> = texts.iter().map(|t| t.outlet.as_deref().map(plain)).collect();
    let media: HashSet<String> = outlets
        .iter()
        .flatten()
        .cloned()
        .chain(texts.iter().flat_map(|t| &t.cites).map(|c| plain(c)))
        .collect();
    let mut first: HashMap<String, usize> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        let own = |name: &str| outlets[at].as_deref() == Some(name);
        let (passed, voices): (Vec<String>, Vec<String>) =
            text.voices.iter().map(|v| plain(v)).partition(|v| media.contains(v));
        let mut sources: Vec<String> = text.cites.iter().map(|c| plain(c)).chain(passed).collect();
        sources.retain(|s| !own(s));
        sources.sort();
        sources.dedup();
        if !voices.is_empty() {
            continue;
        }
        for source in sources {
            let home = outlets.iter().position(|o| o.as_deref() == Some(source.as_str()));
            let other = home.unwrap_or_else(|| *first.entry(source.clone()).or_insert(at));
            if other != at {
                links.push((other.min(at), other.max(at), "cites"));
                edges.push(edge(text, texts[other], "cites", 1.0, &source));
            }
        }
    }
}
