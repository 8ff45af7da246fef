//! What the build script that packs the gazetteer and the code that unpacks it must agree on.

/// What the packed bytes begin with.
pub const MAGIC: &[u8] = b"DGZ2";
/// No division.
pub const NONE: u16 = u16::MAX;
/// No country.
pub const NO_COUNTRY: u8 = u8::MAX;
/// Steps in a degree, 44 m of latitude apart: GeoNames puts a town no nearer to its middle.
pub const STEPS: f64 = 2500.0;
/// Steps in one of the natural logarithm of 1 + population: a fifth of a per cent.
pub const LOG_STEPS: f32 = 500.0;
/// In the spelling of a name: the letter of the folded name, with a capital at each word, is right.
pub const SAME: char = '\u{1}';
/// Before a spelling that is the whole name.
pub const WHOLE: char = '\u{2}';

/// A folded name with a capital at each word, and the letters of `over` where it has some.
pub fn spell(folded: &str, over: &str) -> String {
    let mut over = over.chars();
    let mut start = true;
    let letter = |c: char| {
        let plain = if start { c.to_ascii_uppercase() } else { c };
        start = c == ' ';
        over.next().filter(|o| *o != SAME).unwrap_or(plain)
    };
    folded.chars().map(letter).collect()
}
