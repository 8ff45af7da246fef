//! A source for the HTML tokenizer that keeps its stack flat, however many attributes a tag has.
//!
//! html5gum 0.9 goes from state to state inside a tag by direct calls, from the end of one value in double quotes to
//! the next attribute, and returns at the end of the tag. Optimised builds may turn these calls into jumps; others need
//! a piece of stack for every attribute. An error of the source makes all calls return, and where the tokenizer asks for
//! the first byte after a closing quote it goes on as if nothing had been, so the source stops there now and then.

use html5gum::{Readable, Reader, StringReader};
use std::fmt;

/// Values in double quotes between two stops: deep enough to cost nothing, shallow enough for any stack.
const STRIDE: u32 = 64;

/// Not a failure: the tokenizer shall return and be called again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pause;

impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the tokenizer comes back for more")
    }
}

impl std::error::Error for Pause {}

/// A string as the tokenizer reads it.
pub(crate) struct Source<'a> {
    inner: StringReader<'a>,
    quotes: u32,
    after_quote: bool,
}

impl<'a> Source<'a> {
    /// All of `text`.
    pub fn of(text: &'a str) -> Source<'a> {
        Source { inner: text.to_reader(), quotes: 0, after_quote: false }
    }
}

impl Reader for Source<'_> {
    type Error = Pause;

    #[inline(always)]
    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        if self.after_quote {
            self.after_quote = false;
            self.quotes += 1;
            if self.quotes.is_multiple_of(STRIDE) {
                return Err(Pause);
            }
        }
        Ok(self.inner.read_byte().unwrap_or(None))
    }

    #[inline(always)]
    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Pause> {
        let found = self.inner.read_until(needle, buffer).unwrap_or(None);
        self.after_quote = found == Some(b"\"");
        Ok(found)
    }

    #[inline(always)]
    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        self.after_quote = false;
        Ok(self.inner.try_read_string(text, case_sensitive).unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5gum::{Token, Tokenizer};

    /// Names of the attributes of the first tag, and whether the tokenizer stopped on the way.
    fn names(html: &str) -> (Vec<String>, bool) {
        let mut paused = false;
        let emitter = html5gum::DefaultEmitter::<()>::default();
        for token in Tokenizer::new_with_emitter(Source::of(html), emitter) {
            match token {
                Ok(Token::StartTag(tag)) => {
                    let names = tag.attributes.keys().map(|k| String::from_utf8_lossy(k).into_owned());
                    return (names.collect(), paused);
                }
                Ok(_) => {}
                Err(Pause) => paused = true,
            }
        }
        (Vec::new(), paused)
    }

    #[test]
    fn no_attribute_is_lost_at_a_stop() {
        for gap in [" ", "", "\r\n", " / "] {
            let attributes: String = (0..1000).map(|i| format!("a{i:04}=\"é > '{i}\"{gap}")).collect();
            let (names, paused) = names(&format!("<p {attributes}>text"));
            assert!(paused);
            assert_eq!(names.len(), 1000, "{gap:?}");
            assert!(names.iter().enumerate().all(|(i, n)| *n == format!("a{i:04}")), "{gap:?}");
        }
    }

    #[test]
    fn a_tag_of_very_many_attributes_needs_no_stack() {
        let html = format!("<p {}>", "a=\"b\" ".repeat(300_000));
        let small = std::thread::Builder::new().stack_size(256 << 10);
        let ran = small.spawn(move || names(&html).0.len()).map(|t| t.join().ok());
        assert_eq!(ran.ok().flatten(), Some(1));
    }
}
