//! A stored HTTP response to its status, content type and unpacked body.

use crate::{Error, ErrorKind};
use std::io::Read;

/// Parts of a response.
pub(crate) struct Response<'a> {
    /// Status code.
    pub status: u16,
    /// `Content-Type` as sent.
    pub content_type: Option<String>,
    encoding: String,
    chunked: bool,
    raw: &'a [u8],
}

/// Splits a response; `None` when it does not begin like one.
pub(crate) fn response(block: &[u8]) -> Option<Response<'_>> {
    let end = memchr::memmem::find(block, b"\r\n\r\n").map(|i| (i, i + 4));
    let (head, body) = end.or_else(|| memchr::memmem::find(block, b"\n\n").map(|i| (i, i + 2)))?;
    let text = String::from_utf8_lossy(block.get(..head)?);
    let mut lines = text.lines();
    let status = lines.next().filter(|l| l.starts_with("HTTP/"))?.split(' ').nth(1)?.parse().ok()?;
    let mut out = Response {
        status,
        content_type: None,
        encoding: String::new(),
        chunked: false,
        raw: block.get(body..)?,
    };
    for (name, value) in lines.filter_map(|l| l.split_once(':')) {
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => out.content_type = Some(value.to_owned()),
            // Crawlers that unpack the body keep the old header under a prefix, which is then not true of the body.
            "content-encoding" => out.encoding = value.to_ascii_lowercase(),
            "transfer-encoding" => out.chunked = value.to_ascii_lowercase().contains("chunked"),
            _ => {}
        }
    }
    Some(out)
}

impl Response<'_> {
    /// The body with chunking and packing taken off, at most [`crate::MAX_PAGE`] bytes.
    pub fn body(&self) -> Result<Vec<u8>, Error> {
        let joined = if self.chunked { dechunk(self.raw) } else { None };
        let raw = joined.as_deref().unwrap_or(self.raw);
        match self.encoding.as_str() {
            "gzip" | "x-gzip" if raw.starts_with(&[0x1F, 0x8B]) => {
                bounded(flate2::read::MultiGzDecoder::new(raw))
            }
            "deflate" if raw.first().is_some_and(|b| b & 0x0F == 8) => {
                bounded(flate2::read::ZlibDecoder::new(raw))
            }
            "br" if !looks_plain(raw) => bounded(brotli_decompressor::Decompressor::new(raw, 4096)),
            _ => Ok(raw.to_vec()),
        }
    }
}

/// True for bodies that are markup already, whatever the header says.
fn looks_plain(raw: &[u8]) -> bool {
    let head = raw.get(..raw.len().min(256)).unwrap_or_default();
    head.trim_ascii_start().starts_with(b"<")
        && std::str::from_utf8(head.get(..head.len().saturating_sub(4)).unwrap_or_default()).is_ok()
}

fn bounded(reader: impl Read) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let read = reader.take(crate::MAX_PAGE as u64 + 1).read_to_end(&mut out);
    if out.len() > crate::MAX_PAGE {
        return Err(Error::new(
            ErrorKind::TooLarge,
            format!("unpacks to more than {} bytes", crate::MAX_PAGE),
        ));
    }
    match read {
        Err(e) if out.is_empty() => Err(Error::new(ErrorKind::Malformed, format!("packed body: {e}"))),
        // A cut body is still worth reading.
        _ => Ok(out),
    }
}

/// Joins chunks; `None` when the body is not chunked after all.
fn dechunk(mut raw: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', raw)?;
        let size = std::str::from_utf8(raw.get(..end)?).ok()?.trim().split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        raw = raw.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        let chunk = raw.get(..size.min(raw.len()))?;
        out.extend_from_slice(chunk);
        raw = raw.get(chunk.len()..)?;
        raw = raw.strip_prefix(b"\r\n").or_else(|| raw.strip_prefix(b"\n")).unwrap_or(raw);
        if raw.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacks_what_is_packed_and_nothing_else() {
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n2\r\nab\r\n0\r\n\r\n";
        let got = response(block).unwrap();
        assert_eq!(got.status, 200);
        assert_eq!(got.body().unwrap(), b"<p>ab");
        let block =
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n<p>plain";
        assert_eq!(response(block).unwrap().body().unwrap(), b"<p>plain");
        assert!(response(b"nothing").is_none());
    }
}
