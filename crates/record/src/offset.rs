//! UTF-8 byte offsets to Unicode code-point offsets and back, for the JSON border.

/// Table that answers "which code point is byte `b`" for one text, in one look-up and a short count.
pub struct CodePoints<'a> {
    text: &'a str,
    every: Vec<u32>,
}

const STEP: usize = 256;

impl<'a> CodePoints<'a> {
    /// Indexes `text`. Linear time, one number per 256 bytes.
    pub fn new(text: &'a str) -> Self {
        let mut every = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0u32;
        for (i, b) in text.bytes().enumerate() {
            if i % STEP == 0 {
                every.push(count);
            }
            count += u32::from(b & 0xC0 != 0x80);
        }
        every.push(count);
        CodePoints { text, every }
    }

    /// Code points that start before byte `at`; past the end: the length of the text.
    pub fn of_byte(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let slot = at / STEP;
        let before = self.every.get(slot).copied().unwrap_or(0) as usize;
        let rest = &self.text.as_bytes()[slot * STEP..at];
        before + rest.iter().filter(|&&b| b & 0xC0 != 0x80).count()
    }

    /// Byte at which code point `at` starts; past the end: the length of the text in bytes.
    pub fn to_byte(&self, at: usize) -> usize {
        let slot = self.every.partition_point(|&c| (c as usize) <= at).saturating_sub(1);
        let mut left = at - self.every.get(slot).copied().unwrap_or(0) as usize;
        let start = slot * STEP;
        for (i, b) in self.text.as_bytes().iter().enumerate().skip(start) {
            if b & 0xC0 != 0x80 {
                if left == 0 {
                    return i;
                }
                left -= 1;
            }
        }
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_both_ways() {
        let text = "é“a”🇧🇩 ".repeat(100);
        let map = CodePoints::new(&text);
        for (n, (b, _)) in text.char_indices().enumerate() {
            assert_eq!(map.of_byte(b), n);
            assert_eq!(map.to_byte(n), b);
        }
        assert_eq!(map.of_byte(usize::MAX), text.chars().count());
        assert_eq!(map.to_byte(text.chars().count()), text.len());
    }
}
