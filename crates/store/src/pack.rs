//! Values to small blobs and back: JSON, deflated.

use crate::error::Error;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{Read, Write};

/// Largest value that is unpacked, in bytes: pages are refused far below it.
const MAX: u64 = 1 << 30;

/// A value as deflated JSON.
///
/// # Errors
/// The value has no JSON form.
pub fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let mut out = DeflateEncoder::new(Vec::new(), Compression::fast());
    serde_json::to_writer(&mut out, value)?;
    out.flush()?;
    Ok(out.finish()?)
}

/// The inverse of [`pack`].
///
/// # Errors
/// The blob is damaged.
pub fn unpack<T: DeserializeOwned>(blob: &[u8]) -> Result<T, Error> {
    let mut text = Vec::with_capacity(blob.len() * 6);
    DeflateDecoder::new(blob).take(MAX).read_to_end(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_and_damage() {
        let words: Vec<String> = (0..100).map(|n| format!("word {n}")).collect();
        let blob = pack(&words).unwrap();
        assert_eq!(unpack::<Vec<String>>(&blob).unwrap(), words);
        assert!(unpack::<Vec<String>>(&blob[..blob.len() / 2]).is_err());
    }
}
