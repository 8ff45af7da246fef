//! The packed gazetteer to tables: frames are unpacked, columns become records, shared beginnings become whole names.
//!
//! `build/columns.rs` writes the layout and describes it. What is not as it should be gives `None`.

use super::{PlaceKind, Record, form};

/// Sections of the frame.
const SECTIONS: usize = 16;
/// No more than this is unpacked, in bytes.
const MOST: usize = 64 << 20;

/// Everything that look-ups need.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// The places in order.
    pub records: Vec<Record>,
    /// What main names have that their folded form has not, each ended by a zero byte.
    pub spellings: String,
    /// Countries, of 9 bytes.
    pub lands: Vec<u8>,
    /// ISO 3166-2 codes of first-level divisions.
    pub codes: Vec<String>,
    /// Folded names, sorted, one after another.
    pub keys: Vec<u8>,
    /// Start of each in `keys`, and the end of the last.
    pub starts: Vec<u32>,
    /// Start of each name's places in `postings`, and the end of the last.
    pub bearers: Vec<u32>,
    /// Places, `number * 2 + alternate`.
    pub postings: Vec<u32>,
    /// Number of the first country.
    pub first_country: u32,
    /// Number of first-level divisions.
    pub level1: u32,
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(4 * at..4 * at + 4)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

impl Tables {
    /// Unpacks; `None` when the bytes are not a packed gazetteer or are damaged.
    pub fn unpack(packed: &[u8]) -> Option<Tables> {
        let packed = packed.strip_prefix(form::MAGIC)?;
        let count = word(packed, 0).filter(|n| *n == SECTIONS)?;
        let mut rest = packed.get(4 * (2 * count + 1)..)?;
        let mut zstd = zstd::bulk::Decompressor::new().ok()?;
        let mut sections = Vec::with_capacity(count);
        for i in 1..=count {
            let (frame, after) = rest.split_at_checked(word(packed, i)?)?;
            let len = word(packed, count + i)?;
            sections.push(zstd.decompress(frame, len.min(MOST)).ok().filter(|s| s.len() == len)?);
            rest = after;
        }
        Tables::from_sections(<[Vec<u8>; SECTIONS]>::try_from(sections).ok()?)
    }

    fn from_sections(s: [Vec<u8>; SECTIONS]) -> Option<Tables> {
        let [
            header,
            id,
            lat,
            lon,
            people,
            country,
            adm1,
            adm2,
            kind,
            lands,
            iso,
            shared,
            rest,
            count,
            post,
            spell,
        ] = s;
        let mut out = Tables {
            records: records([&id, &lat, &lon, &people, &country, &adm1, &adm2, &kind])?,
            lands,
            codes: std::str::from_utf8(&iso).ok()?.split('\n').map(str::to_owned).collect(),
            level1: u32::try_from(word(&header, 0)?).ok()?,
            first_country: u32::try_from(word(&header, 1)?).ok()?,
            postings: plain(&post, 3)?.collect(),
            bearers: starts(plain(&count, 2)?),
            spellings: String::from_utf8(spell).ok()?,
            ..Tables::default()
        };
        out.unpack_keys(&shared, &rest)?;
        let fits = out.records.len() == word(&header, 3)?
            && out.bearers.len() == out.starts.len()
            && out.bearers.last().copied()? as usize == out.postings.len()
            && out.postings.iter().all(|p| (*p as usize / 2) < out.records.len());
        out.spell().filter(|()| fits).map(|()| out)
    }

    /// Sorted names from what each shares with the one before and what follows.
    fn unpack_keys(&mut self, shared: &[u8], rest: &[u8]) -> Option<()> {
        self.keys.reserve(4 * rest.len());
        self.starts.reserve(shared.len() + 1);
        self.starts.push(0);
        let (mut before, mut at) = (0, 0);
        for &same in shared {
            let start = self.keys.len();
            let len = memchr::memchr(0, rest.get(at..)?)?;
            if before + usize::from(same) > start {
                return None;
            }
            self.keys.extend_from_within(before..before + usize::from(same));
            self.keys.extend_from_slice(&rest[at..at + len]);
            at += len + 1;
            before = start;
            self.starts.push(u32::try_from(self.keys.len()).ok()?);
        }
        Some(())
    }

    /// Where the spelling of each place's main name stands, and the folded name it goes with.
    fn spell(&mut self) -> Option<()> {
        let mut at = 0;
        for record in &mut self.records {
            record.spelling = u32::try_from(at).ok()?;
            at += memchr::memchr(0, self.spellings.as_bytes().get(at..)?)? + 1;
        }
        for (name, run) in self.bearers.windows(2).enumerate() {
            for p in self.postings.get(run[0] as usize..run[1] as usize)?.iter().filter(|p| **p % 2 == 0) {
                self.records.get_mut(*p as usize / 2)?.key = name as u32;
            }
        }
        Some(())
    }

    /// Main name of a place: the folded one with capitals, and what is spelt otherwise.
    pub fn name(&self, record: &Record) -> String {
        let over = self.spellings.get(record.spelling as usize..).unwrap_or_default();
        let over = over.split('\0').next().unwrap_or_default();
        match over.strip_prefix(form::WHOLE) {
            Some(name) => name.to_owned(),
            None => form::spell(std::str::from_utf8(self.key(record.key as usize)).unwrap_or_default(), over),
        }
    }

    /// The folded name with a number; empty when there is none.
    pub fn key(&self, name: usize) -> &[u8] {
        let at = |i: usize| self.starts.get(i).map_or(0, |&n| n as usize);
        self.keys.get(at(name)..at(name + 1)).unwrap_or_default()
    }
}

/// The places from their columns.
fn records([id, lat, lon, people, country, adm1, adm2, kind]: [&[u8]; 8]) -> Option<Vec<Record>> {
    let places = deltas(id, 4)?.zip(deltas(lat, 3)?).zip(deltas(lon, 3)?).zip(plain(people, 2)?);
    let homes = country.iter().zip(plain(adm1, 2)?).zip(plain(adm2, 2)?).zip(kind);
    let mut out = Vec::with_capacity(country.len());
    out.extend(places.zip(homes).map(|((((id, lat), lon), people), (((country, adm1), adm2), kind))| {
        Record {
            id: id as u32,
            lat,
            lon,
            people: people as u16,
            country: *country,
            adm1: adm1 as u16,
            adm2: adm2 as u16,
            kind: place_kind(*kind),
            key: u32::MAX,
            spelling: 0,
        }
    }));
    Some(out)
}

/// Numbers of `width` bytes, at most four, all first bytes first.
fn plain(planes: &[u8], width: usize) -> Option<impl Iterator<Item = u32> + '_> {
    let n = planes.len() / width;
    let plane = |b: usize| planes.get(b * n..(b + 1) * n).filter(|_| b < width).unwrap_or_default();
    let byte = move |plane: &[u8], i: usize| u32::from(plane.get(i).copied().unwrap_or(0));
    let (second, third, fourth) = (plane(1), plane(2), plane(3));
    let number = move |(i, first): (usize, &u8)| {
        u32::from(*first) | byte(second, i) << 8 | byte(third, i) << 16 | byte(fourth, i) << 24
    };
    (planes.len() == n * width).then(|| plane(0).iter().enumerate().map(number))
}

/// Sums of the zigzag differences that a column holds.
fn deltas(planes: &[u8], width: usize) -> Option<impl Iterator<Item = i32> + '_> {
    let mut sum = 0i32;
    Some(plain(planes, width)?.map(move |n| {
        sum = sum.wrapping_add((n >> 1) as i32 ^ -((n & 1) as i32));
        sum
    }))
}

/// Running sums from 0: where each of some runs begins, and where the last ends.
fn starts(lengths: impl Iterator<Item = u32>) -> Vec<u32> {
    let sums = lengths.scan(0u32, |sum, n| {
        *sum = sum.saturating_add(n);
        Some(*sum)
    });
    std::iter::once(0).chain(sums).collect()
}

fn place_kind(byte: u8) -> PlaceKind {
    match byte {
        1 => PlaceKind::Adm1,
        2 => PlaceKind::Adm2,
        3 => PlaceKind::Country,
        4 => PlaceKind::Continent,
        6 => PlaceKind::Capital,
        _ => PlaceKind::City,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_names() {
        assert_eq!(form::spell("new york", ""), "New York");
        assert_eq!(form::spell("zurich", "\u{1}ü"), "Zürich");
        assert_eq!(form::spell("al bab", "\u{1}\u{1}-"), "Al-Bab");
    }

    #[test]
    fn columns_of_numbers() {
        assert_eq!(plain(&[1, 2, 0, 1], 2).unwrap().collect::<Vec<_>>(), [1, 258]);
        assert_eq!(deltas(&[2, 1, 4], 1).unwrap().collect::<Vec<_>>(), [1, 0, 2]);
        assert!(plain(&[1, 2, 3], 2).is_none());
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let whole = super::super::BYTES;
        assert!(Tables::unpack(whole).is_some());
        assert!(Tables::unpack(&whole[..whole.len() / 2]).is_none());
        assert!(Tables::unpack(b"DGZ2\x10\0\0\0").is_none());
        let mut other = whole.to_vec();
        let at = other.len() / 2;
        other[at] ^= 0x40;
        assert!(Tables::unpack(&other).is_none());
    }
}
