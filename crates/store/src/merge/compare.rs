//! Two reports to numbers that say how likely they tell of one happening.

use super::keys::Kind;
use super::vectors::{Counted, Vectors, shared};

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
pub fn features(a: &Vectors, b: &Vectors) -> [f64; COUNT] {
    use Kind::*;
    let words = Overlap::new(a, b, Words);
    let names = Overlap::new(a, b, Names);
    let bigrams = Overlap::new(a, b, Bigrams);
    let places = Overlap::new(a, b, Places);
    let persons = Overlap::new(a, b, Persons);
    let cosine = |kind| Overlap::new(a, b, kind).cosine;
    let flag = |yes: bool| f64::from(u8::from(yes));
    let some = |kind| shared(a.of(kind), b.of(kind)).next().is_some();
    let none = |kind| flag(!a.of(kind).is_empty() && !b.of(kind).is_empty() && !some(kind));
    let (agree, differ) = counts(a, b);
    [
        words.cosine,
        cosine(First),
        bigrams.cosine,
        names.cosine,
        persons.cosine,
        places.cosine,
        cosine(Verbs),
        cosine(Arguments),
        cosine(Numbers),
        names.rarest,
        places.rarest,
        words.rarest,
        names.contained,
        words.contained,
        bigrams.contained,
        persons.none,
        places.none,
        names.none,
        none(Years),
        flag(some(Years)),
        flag(some(Days)),
        none(Days),
        flag(some(Ages)),
        none(Ages),
        agree,
        differ,
        f64::from((a.length.min(b.length) + 1.0) / (a.length.max(b.length) + 1.0)),
    ]
}

/// What two reports share of one kind.
struct Overlap {
    /// Cosine of the vectors.
    cosine: f64,
    /// Rarity of the rarest shared key.
    rarest: f64,
    /// Share of the smaller report's weight that the other holds too.
    contained: f64,
    /// 1 when both have keys and share none.
    none: f64,
}

impl Overlap {
    fn new(a: &Vectors, b: &Vectors, kind: Kind) -> Overlap {
        let (mut dot, mut rarest, mut common, mut n) = (0.0f32, 0.0f32, 0.0f32, 0);
        for (x, y) in shared(a.of(kind), b.of(kind)) {
            dot += x.weight * y.weight;
            rarest = rarest.max(x.idf);
            common += x.weight.min(y.weight);
            n += 1;
        }
        let norm = a.norm(kind) * b.norm(kind);
        let small = a.mass(kind).min(b.mass(kind));
        let both = !a.of(kind).is_empty() && !b.of(kind).is_empty();
        Overlap {
            cosine: if norm > 0.0 { f64::from(dot / norm) } else { 0.0 },
            rarest: f64::from(rarest),
            contained: if small > 0.0 { f64::from((common / small).min(1.0)) } else { 0.0 },
            none: f64::from(u8::from(both && n == 0)),
        }
    }
}

/// Nouns counted by both: rarity of those with a common value, and of those with none.
fn counts(a: &Vectors, b: &Vectors) -> (f64, f64) {
    let (mut agree, mut differ) = (0.0f32, 0.0f32);
    for mine in a.counted.chunk_by(|x, y| x.noun == y.noun) {
        let noun = mine.first().map(|c| c.noun).unwrap_or_default();
        let theirs: Vec<&Counted> = b.counted.iter().filter(|c| c.noun == noun).collect();
        if theirs.is_empty() {
            continue;
        }
        match mine.iter().find(|x| theirs.iter().any(|y| y.key == x.key)) {
            Some(same) => agree += same.idf,
            None => differ += mine.iter().chain(theirs).map(|c| c.idf).fold(0.0, f32::max),
        }
    }
    (f64::from(agree), f64::from(differ))
}
