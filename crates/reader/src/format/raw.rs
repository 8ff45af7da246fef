//! A stream of bytes to a buffered one that knows its offset and can look ahead.

use std::io::{self, BufRead, Read};

/// Bytes that can be looked at before they are read.
pub(crate) const AHEAD: usize = 1 << 16;

/// A buffered source.
pub(crate) struct Raw<'a> {
    inner: Box<dyn Read + Send + 'a>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    offset: u64,
}

impl<'a> Raw<'a> {
    /// Reads from `inner`.
    pub fn new(inner: Box<dyn Read + Send + 'a>) -> Self {
        Raw { inner, buffer: vec![0; AHEAD], start: 0, end: 0, offset: 0 }
    }

    /// Bytes read so far.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The next `n` bytes (at most [`AHEAD`]) without reading them; fewer at the end of the source.
    pub fn look(&mut self, n: usize) -> io::Result<&[u8]> {
        let n = n.min(AHEAD);
        if self.end - self.start < n && self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        while self.end - self.start < n {
            let free = self.buffer.get_mut(self.end..).unwrap_or_default();
            match self.inner.read(free) {
                Ok(0) => break,
                Ok(read) => self.end += read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }
}

impl Read for Raw<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), ready.get(..n)) {
            to.copy_from_slice(from);
        }
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Raw<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.look(1)
    }

    fn consume(&mut self, n: usize) {
        let n = n.min(self.end - self.start);
        self.start += n;
        self.offset += n as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_ahead_without_reading() {
        let bytes: Vec<u8> = (0..200_000u32).map(|n| (n % 251) as u8).collect();
        let mut raw = Raw::new(Box::new(bytes.as_slice()));
        assert_eq!(raw.look(10).unwrap().get(..10), bytes.get(..10));
        let mut head = vec![0; 100];
        raw.read_exact(&mut head).unwrap();
        assert_eq!((raw.offset(), raw.look(AHEAD).unwrap().len()), (100, AHEAD));
        let mut rest = Vec::new();
        raw.read_to_end(&mut rest).unwrap();
        assert_eq!([head, rest].concat(), bytes);
        assert!(raw.look(1).unwrap().is_empty());
    }
}
