//! Source bytes to a string: the encoding by byte order mark, header, declaration in the page, then by the bytes themselves.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// Text of a source and how its encoding was settled.
pub(crate) struct Decoded<'a> {
    /// The source as UTF-8.
    pub text: Cow<'a, str>,
    /// Name of the encoding, as the Encoding Standard spells it.
    pub encoding: &'static str,
    /// `bom`, `header`, `declared`, `utf-8` or `guessed`.
    pub how: &'static str,
    /// True when bytes had to be replaced by U+FFFD.
    pub broken: bool,
}

/// How far into a page a declaration of its encoding is looked for. The standard says 1,024 bytes; real pages are worse.
const DECLARATION_WINDOW: usize = 4096;

/// Decodes `bytes`. `header` is the charset or the whole content type that came with them.
pub(crate) fn decode<'a>(bytes: &'a [u8], header: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(skip..).unwrap_or_default(), "bom");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Escape sequences of ISO-2022-JP are ASCII too: only then is a declaration asked.
        if !bytes.contains(&0x1B) {
            return Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", how: "utf-8", broken: false };
        }
    }
    let stated = header.and_then(charset_of).map(|e| (e, "header"));
    let stated = stated.or_else(|| declared(bytes).map(|e| (e, "declared")));
    if let Some((encoding, how)) = stated {
        // A page that says Latin-1 and is UTF-8 all through says it wrongly.
        if mostly_utf8(bytes) == (encoding == UTF_8) {
            return with(encoding, bytes, how);
        }
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes, "guessed");
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Allow);
    with(guess, bytes, "guessed")
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], how: &'static str) -> Decoded<'a> {
    // Pages that say Latin-1 mean Windows-1252; the Encoding Standard maps the label already.
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name(), how, broken }
}

/// True when nearly all bytes over 127 stand in valid UTF-8 sequences: a UTF-8 page cut in the middle of a character.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && bad * 20 <= good
}

/// The encoding named in a content type or given as a bare label.
fn charset_of(header: &str) -> Option<&'static Encoding> {
    let label = match header.to_ascii_lowercase().find("charset") {
        Some(at) => header.get(at + "charset".len()..)?.trim_start().strip_prefix('=')?,
        None if header.contains('/') => return None,
        None => header,
    };
    label_of(label)
}

/// The encoding whose label `text` begins with, quotes or not.
fn label_of(text: &str) -> Option<&'static Encoding> {
    let label = text.trim_start().trim_start_matches(['"', '\'']).trim_start();
    let end = label.find([';', '"', '\'', ' ', '>', '/']).unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?.as_bytes())
}

/// The encoding that the page declares in its first bytes, `<meta charset>`, `http-equiv` or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(DECLARATION_WINDOW))?;
    let head: String =
        head.iter().map(|&b| if b < 128 { char::from(b).to_ascii_lowercase() } else { '?' }).collect();
    let mut rest = head.as_str();
    while let Some(at) = ["charset", "encoding="].iter().filter_map(|k| rest.find(k)).min() {
        rest = rest.get(at..)?;
        let value = rest.trim_start_matches("charset").trim_start_matches("encoding").trim_start();
        if let Some(encoding) = value.strip_prefix('=').and_then(label_of) {
            // A declaration read as ASCII cannot be UTF-16.
            let wide = encoding.name().starts_with("UTF-16");
            return Some(if wide {
                UTF_8
            } else if encoding.name() == "x-user-defined" {
                WINDOWS_1252
            } else {
                encoding
            });
        }
        rest = rest.get(1..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settles_encodings_in_order() {
        assert_eq!(decode("naïve".as_bytes(), Some("text/html; charset=latin1")).text, "naïve");
        let latin = b"<meta charset=\"iso-8859-1\"><p>caf\xe9</p>";
        let got = decode(latin, None);
        assert_eq!((got.encoding, got.how), ("windows-1252", "declared"));
        assert!(got.text.contains("café"));
        assert_eq!(decode(b"\xff\xfea\0b\0", None).text, "ab");
        let russian = encoding_rs::WINDOWS_1251.encode("Министр иностранных дел заявил в среду").0;
        assert!(decode(&russian, Some("text/html;charset=windows-1251")).text.contains("Министр"));
        assert!(decode(&russian, None).text.contains("Министр"));
    }

    #[test]
    fn a_cut_utf8_page_stays_utf8() {
        let text = "“Überfall” – größere Übung für alle. ".repeat(20);
        let cut = &text.as_bytes()[..text.len() - 2];
        let cut = [cut, b"\xe2\x80"].concat();
        let got = decode(&cut, Some("iso-8859-1"));
        assert_eq!(got.encoding, "UTF-8");
        assert!(got.broken);
    }
}
