//! The bytes of an archive, packed member by member or not, to unpacked bytes that know where in the file they come from.

use crate::format::raw::{AHEAD, Raw};
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, Read};

/// First bytes of a gzip member.
const MAGIC: &[u8] = &[0x1F, 0x8B, 0x08];

/// An archive being read. After an error inside a packed member, reading goes on at the next member that holds a record.
pub(crate) struct Tape<'a> {
    state: State<'a>,
    out: Vec<u8>,
    at: usize,
    /// Where the present member begins in the file, and how much of it has been read unpacked.
    member: u64,
    within: u64,
    lost: bool,
}

enum State<'a> {
    Plain(Raw<'a>),
    Between(Raw<'a>),
    Inside(Box<GzDecoder<Raw<'a>>>),
    Gone,
}

impl<'a> Tape<'a> {
    /// Reads `raw`, which is unpacked when it begins like gzip.
    pub fn new(mut raw: Raw<'a>) -> Self {
        let packed = raw.look(MAGIC.len()).is_ok_and(|head| head.starts_with(MAGIC));
        let state = if packed { State::Between(raw) } else { State::Plain(raw) };
        Tape { state, out: Vec::new(), at: 0, member: 0, within: 0, lost: false }
    }

    /// Where the next byte comes from: the offset in the file, with `+M` for byte M of what a packed member unpacks to.
    pub fn place(&mut self) -> io::Result<String> {
        self.fill_buf()?;
        Ok(match &self.state {
            State::Plain(raw) => raw.offset().to_string(),
            _ if self.within == 0 => self.member.to_string(),
            _ => format!("{}+{}", self.member, self.within),
        })
    }

    /// Unpacks more into `out`; false at the end of the file.
    fn more(&mut self) -> io::Result<bool> {
        loop {
            match std::mem::replace(&mut self.state, State::Gone) {
                State::Between(mut raw) => {
                    let head = raw.look(MAGIC.len());
                    match head {
                        Ok([]) => {
                            self.state = State::Between(raw);
                            return Ok(false);
                        }
                        Ok(head) if !self.lost && head.starts_with(MAGIC) => self.enter(raw),
                        Ok(_) if self.lost => {
                            self.lost = false;
                            find_member(&mut raw)?;
                            self.state = State::Between(raw);
                        }
                        Ok(_) => {
                            self.lost = true;
                            self.state = State::Between(raw);
                            return Err(io::Error::new(
                                io::ErrorKind::InvalidData,
                                "bytes that are no gzip member",
                            ));
                        }
                        Err(e) => {
                            self.state = State::Between(raw);
                            return Err(e);
                        }
                    }
                }
                State::Inside(decoder) => {
                    if self.unpack(decoder)? {
                        return Ok(true);
                    }
                }
                other => {
                    self.state = other;
                    return Ok(false);
                }
            }
        }
    }

    /// Unpacks more of a member; false at its end, where its checksum has been found right.
    fn unpack(&mut self, mut decoder: Box<GzDecoder<Raw<'a>>>) -> io::Result<bool> {
        self.out.resize(AHEAD, 0);
        self.at = 0;
        let read = decoder.read(&mut self.out);
        self.out.truncate(*read.as_ref().unwrap_or(&0));
        match read {
            Ok(n) if n > 0 => self.state = State::Inside(decoder),
            other => {
                self.lost = other.is_err();
                self.state = State::Between(decoder.into_inner());
                other?;
            }
        }
        Ok(!self.out.is_empty())
    }

    /// Reads past line ends, to the end of the packed member when nothing else is in it: only then is its checksum known.
    pub fn settle(&mut self) -> io::Result<()> {
        loop {
            match self.out.get(self.at) {
                Some(b'\r' | b'\n') => self.consume(1),
                Some(_) => return Ok(()),
                None => match std::mem::replace(&mut self.state, State::Gone) {
                    State::Inside(decoder) => {
                        if !self.unpack(decoder)? {
                            return Ok(());
                        }
                    }
                    other => {
                        self.state = other;
                        return Ok(());
                    }
                },
            }
        }
    }

    fn enter(&mut self, raw: Raw<'a>) {
        self.member = raw.offset();
        self.within = 0;
        self.state = State::Inside(Box::new(GzDecoder::new(raw)));
    }
}

/// Reads on to a gzip member whose content begins like a record of an archive, or to the end.
fn find_member(raw: &mut Raw<'_>) -> io::Result<()> {
    loop {
        let ahead = raw.look(AHEAD)?;
        if ahead.is_empty() {
            return Ok(());
        }
        let last = ahead.len() < AHEAD;
        let found = memchr::memmem::find_iter(ahead, MAGIC)
            .find(|&i| ahead.get(i..).is_some_and(|member| member.len() < 512 && !last || is_record(member)));
        match found {
            // Too near the end of what can be seen: look again from there.
            Some(i) if i > 0 => raw.consume(i),
            Some(_) => return Ok(()),
            None => {
                // Two bytes may be the beginning of the next one.
                let n = if last { ahead.len() } else { ahead.len() - 2 };
                raw.consume(n);
            }
        }
    }
}

fn is_record(member: &[u8]) -> bool {
    let mut head = [0; 5];
    GzDecoder::new(member).read_exact(&mut head).is_ok() && &head == b"WARC/"
}

impl Read for Tape<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(to.len());
        if let (Some(to), Some(from)) = (to.get_mut(..n), ready.get(..n)) {
            to.copy_from_slice(from);
        }
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Tape<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if !matches!(self.state, State::Plain(_)) && self.at >= self.out.len() {
            self.more()?;
        }
        match &mut self.state {
            State::Plain(raw) => raw.fill_buf(),
            _ => Ok(self.out.get(self.at..).unwrap_or_default()),
        }
    }

    fn consume(&mut self, n: usize) {
        match &mut self.state {
            State::Plain(raw) => raw.consume(n),
            _ => {
                let n = n.min(self.out.len().saturating_sub(self.at));
                self.at += n;
                self.within += n as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn member(text: &str) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn tells_offsets_and_goes_on_behind_damage() {
        let (a, b, c) =
            (member("WARC/1.0 one\n"), member(&"WARC/1.0 two ".repeat(50)), member("WARC/1.0 three\n"));
        let mut bytes = [a.clone(), b.clone(), c].concat();
        let whole = bytes.clone();
        let mut tape = Tape::new(Raw::new(Box::new(whole.as_slice())));
        let mut line = String::new();
        assert_eq!(tape.place().unwrap(), "0");
        tape.read_line(&mut line).unwrap();
        assert_eq!(tape.place().unwrap(), a.len().to_string());
        tape.consume(3);
        assert_eq!(tape.place().unwrap(), format!("{}+3", a.len()));
        for byte in &mut bytes[a.len() + 14..a.len() + 20] {
            *byte ^= 0xA5;
        }
        let mut tape = Tape::new(Raw::new(Box::new(bytes.as_slice())));
        let mut all = Vec::new();
        let mut errors = 0;
        while tape.read_to_end(&mut all).is_err() {
            errors += 1;
        }
        let text = String::from_utf8_lossy(&all);
        assert_eq!(errors, 1);
        assert!(text.starts_with("WARC/1.0 one\n") && text.ends_with("WARC/1.0 three\n"), "{text}");
    }
}
