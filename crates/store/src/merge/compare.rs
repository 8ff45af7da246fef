//! Two reports to numbers that say how likely they tell of one happening.

use super::corpus::{Corpus, Vectors, shared};
use super::keys::Kind;

/// Names of the pair features, in the order of [`features`]; the rows of `tables/merge/pair.tsv`.
pub const FEATURES: [&str; 27] = [
    "words",
    "first",
    "bigrams",
    "names",
    "persons",
    "places",
    "verbs",
    "arguments",
    "numbers",
    "rarest_name",
    "rarest_place",
    "rarest_word",
    "names_contained",
    "words_contained",
    "bigrams_contained",
    "persons_differ",
    "places_differ",
    "names_differ",
    "years_differ",
    "years_agree",
    "days_agree",
    "days_differ",
    "ages_agree",
    "ages_differ",
    "counts_agree",
    "counts_differ",
    "length_ratio",
];

/// Number of pair features.
pub const COUNT: usize = FEATURES.len();

/// Compares two reports. Symmetric in its arguments.
pub fn features(corpus: &Corpus, a: &Vectors, b: &Vectors) -> [f64; COUNT] {
    use Kind::*;
    let cosine = |kind| f64::from(cosine(a, b, kind));
    let rarest = |kind| shared(a.of(kind), b.of(kind)).map(|s| corpus.idf(s.0)).fold(0.0, f32::max);
    let flag = |yes: bool| f64::from(u8::from(yes));
    let both = |kind| !a.of(kind).is_empty() && !b.of(kind).is_empty();
    let none = |kind| flag(both(kind) && shared(a.of(kind), b.of(kind)).next().is_none());
    let some = |kind| flag(shared(a.of(kind), b.of(kind)).next().is_some());
    let (agree, differ) = counts(corpus, a, b);
    [
        cosine(Words),
        cosine(First),
        cosine(Bigrams),
        cosine(Names),
        cosine(Persons),
        cosine(Places),
        cosine(Verbs),
        cosine(Arguments),
        cosine(Numbers),
        f64::from(rarest(Names)),
        f64::from(rarest(Places)),
        f64::from(rarest(Words)),
        contained(a, b, Names),
        contained(a, b, Words),
        contained(a, b, Bigrams),
        none(Persons),
        none(Places),
        none(Names),
        none(Years),
        some(Years),
        some(Days),
        none(Days),
        some(Ages),
        none(Ages),
        agree,
        differ,
        f64::from((a.length.min(b.length) + 1.0) / (a.length.max(b.length) + 1.0)),
    ]
}

/// Cosine of one kind's vectors.
pub fn cosine(a: &Vectors, b: &Vectors, kind: Kind) -> f32 {
    let norm = a.norm(kind) * b.norm(kind);
    if norm > 0.0 { shared(a.of(kind), b.of(kind)).map(|s| s.1 * s.2).sum::<f32>() / norm } else { 0.0 }
}

/// Share of the smaller report's weight that the other holds too.
fn contained(a: &Vectors, b: &Vectors, kind: Kind) -> f64 {
    let mass = |v: &Vectors| v.of(kind).iter().map(|e| e.1).sum::<f32>();
    let small = mass(a).min(mass(b));
    let common: f32 = shared(a.of(kind), b.of(kind)).map(|s| s.1.min(s.2)).sum();
    if small > 0.0 { f64::from((common / small).min(1.0)) } else { 0.0 }
}

/// Nouns counted by both: rarity of those with a common value, and of those with none.
fn counts(corpus: &Corpus, a: &Vectors, b: &Vectors) -> (f64, f64) {
    let noun = |key: u32| corpus.name(key).split_once(' ').map_or("", |p| p.1);
    let (mut agree, mut differ) = (0.0f32, 0.0f32);
    let mut nouns: Vec<&str> = a.of(Kind::Numbers).iter().map(|e| noun(e.0)).collect();
    nouns.sort_unstable();
    nouns.dedup();
    for what in nouns {
        let mine = || a.of(Kind::Numbers).iter().filter(|e| noun(e.0) == what);
        let theirs = || b.of(Kind::Numbers).iter().filter(|e| noun(e.0) == what);
        if theirs().next().is_none() {
            continue;
        }
        let same = mine().find(|e| theirs().any(|f| f.0 == e.0));
        match same {
            Some(e) => agree += corpus.idf(e.0),
            None => differ += mine().chain(theirs()).map(|e| corpus.idf(e.0)).fold(0.0, f32::max),
        }
    }
    (f64::from(agree), f64::from(differ))
}
