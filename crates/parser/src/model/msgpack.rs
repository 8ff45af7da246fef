//! MessagePack bytes to values, with look-ups that accept text and raw bytes alike, as spaCy's files mix them.

use crate::error::Error;
use rmpv::ValueRef;

/// Parses one value that fills all of `bytes`.
pub fn parse(bytes: &[u8]) -> Result<ValueRef<'_>, Error> {
    let mut rest = bytes;
    let value = rmpv::decode::read_value_ref_with_max_depth(&mut rest, 64)
        .map_err(|e| Error::format(format!("not MessagePack, or cut off: {e}")))?;
    if rest.is_empty() { Ok(value) } else { Err(Error::format(format!("{} bytes too many", rest.len()))) }
}

/// Text of a string or raw-bytes value.
pub fn text<'v>(value: &ValueRef<'v>) -> Option<&'v str> {
    match value {
        ValueRef::String(s) => s.into_str(),
        ValueRef::Binary(b) => std::str::from_utf8(b).ok(),
        _ => None,
    }
}

/// Bytes of a string or raw-bytes value.
pub fn bytes<'v>(value: &ValueRef<'v>) -> Option<&'v [u8]> {
    match value {
        ValueRef::String(s) => s.into_str().map(str::as_bytes),
        ValueRef::Binary(b) => Some(b),
        _ => None,
    }
}

/// Items of an array.
pub fn items<'a, 'v>(value: &'a ValueRef<'v>) -> Option<&'a [ValueRef<'v>]> {
    match value {
        ValueRef::Array(items) => Some(items),
        _ => None,
    }
}

/// Entries of a map.
pub fn entries<'a, 'v>(value: &'a ValueRef<'v>) -> Option<&'a [(ValueRef<'v>, ValueRef<'v>)]> {
    match value {
        ValueRef::Map(entries) => Some(entries),
        _ => None,
    }
}

/// A whole number, not negative.
pub fn number(value: &ValueRef<'_>) -> Option<u64> {
    match value {
        ValueRef::Integer(n) => n.as_u64(),
        _ => None,
    }
}

/// The value of a map at a text key.
pub fn get<'a, 'v>(value: &'a ValueRef<'v>, key: &str) -> Option<&'a ValueRef<'v>> {
    entries(value)?.iter().find(|(k, _)| text(k) == Some(key)).map(|(_, v)| v)
}

/// As [`get`], with an error that names the key.
pub fn need<'a, 'v>(value: &'a ValueRef<'v>, key: &str) -> Result<&'a ValueRef<'v>, Error> {
    get(value, key).ok_or_else(|| Error::format(format!("no field {key:?}")))
}

/// An error for a value of another type than `expected`.
pub fn wrong(what: &str, expected: &str) -> Error {
    Error::format(format!("{what}: not {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_cut_off_or_too_long() {
        assert!(parse(&[0x93, 1, 2]).is_err());
        assert!(parse(&[1, 2]).is_err());
        // An array that claims four thousand million items.
        assert!(parse(&[0xdd, 0xff, 0xff, 0xff, 0xff]).is_err());
        let nested = vec![0x91u8; 100_000];
        assert!(parse(&nested).is_err());
    }

    #[test]
    fn finds_keys_written_as_bytes() {
        // {bin "a": 7}
        let value = parse(&[0x81, 0xc4, 1, b'a', 7]);
        assert_eq!(value.ok().and_then(|v| get(&v, "a").and_then(number)), Some(7));
    }
}
