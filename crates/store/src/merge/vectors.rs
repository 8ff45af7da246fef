//! Keys of reports to weighted vectors, each of its own: what one report weighs does not depend on the others.

use super::keys::{KINDS, Keys, Kind};
use super::rarity::Rarity;

/// One key of a report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// Hash of the key (see [`hash`]).
    pub key: u64,
    /// Its weight, `(1 + ln n) · idf` for `n` occurrences.
    pub weight: f32,
    /// Its rarity, 0 to 1.
    pub idf: f32,
}

/// A noun that is counted: its hash, that of noun and number together, and the rarity of the pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Hash of the noun.
    pub noun: u64,
    /// Hash of number and noun.
    pub key: u64,
    /// Rarity of the pair, 0 to 1.
    pub idf: f32,
}

/// One report as vectors, a list of entries for each kind, sorted by key, so that sums over what two reports share come
/// out the same to the last bit in either order.
#[derive(Debug, Clone, Default)]
pub struct Vectors {
    bags: Vec<Box<[Entry]>>,
    norms: [f32; KINDS],
    masses: [f32; KINDS],
    /// Counted nouns by noun, then key.
    pub counted: Box<[Counted]>,
    /// Number of words.
    pub length: f32,
}

impl Vectors {
    /// Weighs the keys of a report by how rare they are in news at large.
    pub fn new(keys: &Keys, rarity: &Rarity) -> Vectors {
        let mut out = Vectors { length: keys.len() as f32, ..Vectors::default() };
        for kind in all_kinds() {
            let entry = |(key, n): (&smol_str::SmolStr, u32)| {
                let idf = rarity.of(kind, key);
                Entry { key: hash(key), weight: (1.0 + (n as f32).ln()) * idf, idf }
            };
            let mut bag: Box<[Entry]> = keys.of(kind).map(entry).collect();
            bag.sort_unstable_by_key(|e| e.key);
            out.norms[kind as usize] = bag.iter().map(|e| e.weight * e.weight).sum::<f32>().sqrt();
            out.masses[kind as usize] = bag.iter().map(|e| e.weight).sum();
            out.bags.push(bag);
        }
        let counted = |(key, _): (&smol_str::SmolStr, u32)| {
            let noun = key.split_once(' ').map_or("", |p| p.1);
            Counted { noun: hash(noun), key: hash(key), idf: rarity.of(Kind::Numbers, key) }
        };
        out.counted = keys.of(Kind::Numbers).map(counted).collect();
        out.counted.sort_unstable_by_key(|c| (c.noun, c.key));
        out
    }

    /// Entries of one kind, sorted by key.
    pub fn of(&self, kind: Kind) -> &[Entry] {
        self.bags.get(kind as usize).map_or(&[], |b| b)
    }

    /// Euclidean length of one kind's vector.
    pub fn norm(&self, kind: Kind) -> f32 {
        self.norms.get(kind as usize).copied().unwrap_or(0.0)
    }

    /// Sum of one kind's weights.
    pub fn mass(&self, kind: Kind) -> f32 {
        self.masses.get(kind as usize).copied().unwrap_or(0.0)
    }
}

/// Reports to be compared.
pub fn vectors<'a>(reports: impl IntoIterator<Item = &'a Keys>, rarity: &Rarity) -> Vec<Vectors> {
    reports.into_iter().map(|keys| Vectors::new(keys, rarity)).collect()
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
pub fn hash(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |out: u64, byte| (out ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// All kinds in order.
pub fn all_kinds() -> [Kind; KINDS] {
    use Kind::*;
    [Words, First, Bigrams, Names, Persons, Places, Verbs, Arguments, Numbers, Years, Days, Weekdays, Ages]
}

/// Entries that both sorted lists hold.
pub fn shared<'a>(a: &'a [Entry], b: &'a [Entry]) -> impl Iterator<Item = (&'a Entry, &'a Entry)> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            match x.key.cmp(&y.key) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    (i, j) = (i + 1, j + 1);
                    return Some((x, y));
                }
            }
        }
        None
    })
}
