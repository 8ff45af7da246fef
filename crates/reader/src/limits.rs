//! What no page is larger than: beyond, no reader makes an article in bounded time and memory.

use crate::{Error, ErrorKind};

/// Most tags of an HTML page: eight times as many as the fullest of 2,700 saved pages has. Trees of more take gigabytes.
pub(crate) const MOST_TAGS: usize = 200_000;
/// Most lines of a flattened page: it has fewer lines than tags.
pub(crate) const MOST_LINES: usize = 100_000;
/// Most bytes of visible text of an HTML page: some three hundred thousand words.
pub(crate) const MOST_TEXT: usize = 2 << 20;

/// Refuses more than `most`.
pub(crate) fn bounded(what: &str, count: usize, most: usize) -> Result<(), Error> {
    let message = || format!("{count} {what}, more than {most} for one page");
    if count > most { Err(Error::new(ErrorKind::TooLarge, message())) } else { Ok(()) }
}
