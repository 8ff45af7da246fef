//! What the plans of `watch` and `notify` share: how a length of time is written.

use std::time::Duration;

/// A time such as `90s`, `15m`, `2h`.
///
/// # Errors
/// The text is no time, or a negative one; the message says how to write it.
pub fn time(text: &str) -> Result<Duration, String> {
    let parsed: Result<jiff::SignedDuration, _> = text.parse();
    parsed
        .ok()
        .and_then(|d| Duration::try_from(d).ok())
        .ok_or_else(|| format!("{text:?} is no time; write 90s, 15m, 2h"))
}
