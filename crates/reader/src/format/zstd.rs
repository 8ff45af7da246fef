//! Zstandard frames, one after another, to the bytes they hold.

use crate::format::raw::Raw;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::io::{self, BufRead, Read};

/// Unpacked bytes of all frames of a source.
pub(crate) struct Frames<'a> {
    state: Option<State<'a>>,
}

enum State<'a> {
    Between(Raw<'a>),
    Inside(Box<StreamingDecoder<Raw<'a>, FrameDecoder>>),
}

impl<'a> Frames<'a> {
    /// Unpacks `raw`.
    pub fn new(raw: Raw<'a>) -> Self {
        Frames { state: Some(State::Between(raw)) }
    }
}

impl Read for Frames<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let damaged =
            |e: &dyn std::fmt::Display| io::Error::new(io::ErrorKind::InvalidData, format!("zstd: {e}"));
        loop {
            match self.state.take() {
                None => return Ok(0),
                Some(State::Between(mut raw)) => {
                    if raw.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let decoder = StreamingDecoder::new(raw).map_err(|e| damaged(&e))?;
                    self.state = Some(State::Inside(Box::new(decoder)));
                }
                Some(State::Inside(mut decoder)) => match decoder.read(out) {
                    Ok(0) if !out.is_empty() => self.state = Some(State::Between(decoder.into_inner())),
                    Ok(n) => {
                        self.state = Some(State::Inside(decoder));
                        return Ok(n);
                    }
                    Err(e) => return Err(damaged(&e)),
                },
            }
        }
    }
}
