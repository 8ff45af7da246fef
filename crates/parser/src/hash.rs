//! Strings to spaCy's 64-bit ids, and ids to the rows of hash-embedding tables.

use hashbrown::HashMap;
use std::sync::LazyLock;

/// spaCy's reserved strings, one a line; the id of each is its line number, from 0.
static SYMBOLS: LazyLock<HashMap<&'static str, u64, foldhash::fast::FixedState>> = LazyLock::new(|| {
    let lines = include_str!("symbols.txt").lines().enumerate();
    lines.filter(|(_, s)| !s.is_empty()).map(|(i, s)| (s, i as u64)).collect()
});

/// Id of a string: its index among the reserved symbols, else its MurmurHash64A; 0 when empty.
pub fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    // The longest reserved symbol has 17 bytes.
    if text.len() <= 17
        && let Some(&id) = SYMBOLS.get(text)
    {
        return id;
    }
    murmur64a(text.as_bytes(), 1)
}

/// MurmurHash2, 64-bit variant for 64-bit machines (Austin Appleby, public domain).
pub fn murmur64a(data: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut h = seed ^ (data.len() as u64).wrapping_mul(M);
    let mut chunks = data.chunks_exact(8);
    for chunk in &mut chunks {
        let mut k = u64::from_le_bytes(chunk.try_into().unwrap_or_default()).wrapping_mul(M);
        k ^= k >> R;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    let tail = chunks.remainder();
    if !tail.is_empty() {
        let mut last = [0u8; 8];
        last[..tail.len()].copy_from_slice(tail);
        h = (h ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    h ^= h >> R;
    h = h.wrapping_mul(M);
    h ^ (h >> R)
}

/// The four table keys of an id: MurmurHash3 x64-128 of its eight bytes, cut into 32-bit words.
pub fn embed_keys(id: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_words_and_symbols() {
        assert_eq!(string_id("the"), 7_425_985_699_627_899_538);
        assert_eq!(string_id("The"), 5_059_648_917_813_135_842);
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("X"), 101);
        assert_eq!(string_id("_"), 456);
        assert_eq!(string_id("mark"), 423);
        assert_eq!(string_id("punct"), 445);
    }

    #[test]
    fn keys_of_the_norm_table() {
        let the = string_id("the");
        assert_eq!(embed_keys(the, 8), [2_332_737_498, 1_315_472_909, 1_351_622_599, 1_973_209_364]);
    }
}
