//! Keys of many reports to weighted vectors: every key gets a number and the weight of its rarity.

use super::keys::{KINDS, Keys, Kind};
use super::rarity::Rarity;
use smol_str::SmolStr;
use std::collections::HashMap;
use std::sync::Arc;

/// One key of a report: number of the key, weight `(1 + ln n) · idf`.
pub type Entry = (u32, f32);

/// One report as vectors, a sorted list of entries for each kind.
#[derive(Debug, Clone, Default)]
pub struct Vectors {
    bags: Vec<Vec<Entry>>,
    norms: [f32; KINDS],
    /// Number of words.
    pub length: f32,
}

impl Vectors {
    /// Entries of one kind, sorted by key.
    pub fn of(&self, kind: Kind) -> &[Entry] {
        self.bags.get(kind as usize).map_or(&[], Vec::as_slice)
    }

    /// Euclidean length of one kind's vector.
    pub fn norm(&self, kind: Kind) -> f32 {
        self.norms.get(kind as usize).copied().unwrap_or(0.0)
    }
}

/// Reports to be compared, with the rarity of every key.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// The reports in the order given.
    pub reports: Vec<Vectors>,
    table: Arc<Table>,
}

/// The keys by number.
#[derive(Debug, Default)]
struct Table {
    names: Vec<(Kind, SmolStr)>,
    idf: Vec<f32>,
    frequency: Vec<u32>,
}

impl Corpus {
    /// Numbers the keys of `reports` and weighs them by how rare they are in news at large, so that the comparison of
    /// two reports depends on nothing but the two.
    pub fn new<'a>(reports: impl IntoIterator<Item = &'a Keys>, rarity: &Rarity) -> Corpus {
        let reports: Vec<&Keys> = reports.into_iter().collect();
        let mut index: HashMap<(Kind, &SmolStr), u32> = HashMap::new();
        let mut table = Table::default();
        for keys in &reports {
            for kind in all_kinds() {
                for (key, _) in keys.of(kind) {
                    let next = u32::try_from(table.names.len()).unwrap_or(u32::MAX);
                    let id = *index.entry((kind, key)).or_insert(next);
                    if id == next {
                        table.names.push((kind, key.clone()));
                        table.idf.push(rarity.of(kind, key));
                        table.frequency.push(0);
                    }
                    table.frequency[id as usize] += 1;
                }
            }
        }
        let mut out = Corpus { reports: Vec::new(), table: Arc::new(table) };
        out.reports = reports.iter().map(|keys| out.vectors(keys, &index)).collect();
        out
    }

    fn vectors(&self, keys: &Keys, index: &HashMap<(Kind, &SmolStr), u32>) -> Vectors {
        let mut out = Vectors { length: keys.len() as f32, ..Vectors::default() };
        for kind in all_kinds() {
            let mut bag: Vec<Entry> = keys
                .of(kind)
                .filter_map(|(key, n)| {
                    let id = *index.get(&(kind, key))?;
                    Some((id, (1.0 + (n as f32).ln()) * self.idf(id)))
                })
                .collect();
            bag.sort_unstable_by_key(|e| e.0);
            out.norms[kind as usize] = bag.iter().map(|e| e.1 * e.1).sum::<f32>().sqrt();
            out.bags.push(bag);
        }
        out
    }

    /// Some of the reports, with the rarity of keys unchanged.
    pub fn part(&self, items: &[usize]) -> Corpus {
        let reports = items.iter().filter_map(|&i| self.reports.get(i).cloned()).collect();
        Corpus { reports, table: Arc::clone(&self.table) }
    }

    /// Rarity of a key, 0 to 1.
    pub fn idf(&self, key: u32) -> f32 {
        self.table.idf.get(key as usize).copied().unwrap_or(0.0)
    }

    /// Number of reports that hold a key.
    pub fn frequency(&self, key: u32) -> u32 {
        self.table.frequency.get(key as usize).copied().unwrap_or(0)
    }

    /// Text of a key.
    pub fn name(&self, key: u32) -> &str {
        self.table.names.get(key as usize).map_or("", |n| n.1.as_str())
    }
}

/// All kinds in order.
pub fn all_kinds() -> [Kind; KINDS] {
    use Kind::*;
    [Words, First, Bigrams, Names, Persons, Places, Verbs, Arguments, Numbers, Years, Days, Weekdays, Ages]
}

/// Keys that both sorted lists hold, with both weights.
pub fn shared<'a>(a: &'a [Entry], b: &'a [Entry]) -> impl Iterator<Item = (u32, f32, f32)> + 'a {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    (i, j) = (i + 1, j + 1);
                    return Some((x.0, x.1, y.1));
                }
            }
        }
        None
    })
}
