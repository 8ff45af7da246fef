//! The formats that news comes in: which one some bytes are.

pub(crate) mod csv;
pub mod feed;
pub(crate) mod html;
pub(crate) mod http;
pub(crate) mod jsonl;
pub(crate) mod parquet;
pub(crate) mod raw;
pub(crate) mod tape;
pub(crate) mod text;
pub(crate) mod warc;
pub(crate) mod wrap;
pub(crate) mod zstd;

use crate::Hint;

/// Format of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// One HTML page.
    Html,
    /// Text with or without page furniture.
    Text,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// Web archive.
    Warc,
    /// JSON objects, one a line, or one object.
    Jsonl,
    /// Comma-separated table.
    Csv,
    /// Tab-separated table.
    Tsv,
    /// Columnar table.
    Parquet,
    /// No bytes, or only white space.
    Empty,
    /// Something that is neither text nor markup.
    Binary,
}

impl Format {
    /// Name as options spell it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Text => "text",
            Format::Feed => "feed",
            Format::Warc => "warc",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Parquet => "parquet",
            Format::Empty => "empty",
            Format::Binary => "binary",
        }
    }

    /// The format with that name.
    pub fn from_name(name: &str) -> Option<Format> {
        use Format::*;
        [Html, Text, Feed, Warc, Jsonl, Csv, Tsv, Parquet].into_iter().find(|f| f.name() == name)
    }

    /// True when a source of this format holds many pages.
    pub fn is_container(self) -> bool {
        use Format::*;
        matches!(self, Feed | Warc | Jsonl | Csv | Tsv | Parquet)
    }
}

/// Bytes that [`sniff`] looks at.
const WINDOW: usize = 8192;

/// The format of `bytes` (its first kilobytes are enough), by content, then by content type and name.
pub fn sniff(bytes: &[u8], hint: &Hint) -> Format {
    let head = bytes.get(..bytes.len().min(WINDOW)).unwrap_or_default();
    if head.iter().all(u8::is_ascii_whitespace) {
        return Format::Empty;
    }
    if head.starts_with(b"WARC/") {
        return Format::Warc;
    }
    if head.starts_with(b"PAR1") {
        return Format::Parquet;
    }
    let wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let known = [&b"%PDF"[..], b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"PK\x03\x04", b"\x1F\x8B", b"RIFF"];
    if known.iter().any(|m| head.starts_with(m))
        || !wide && head.iter().filter(|b| **b == 0).count() > head.len() / 50
    {
        return Format::Binary;
    }
    let text = crate::decode::decode(head, hint.content_type.as_deref()).text;
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let lower = start
        .get(..start.len().min(2048))
        .map_or_else(|| start.to_ascii_lowercase(), str::to_ascii_lowercase);
    // A table may hold whole pages: its header comes first.
    by_header(start).or_else(|| by_markup(&lower)).or_else(|| by_name(hint)).unwrap_or(Format::Text)
}

fn by_markup(lower: &str) -> Option<Format> {
    if lower.starts_with("<?xml")
        || lower.starts_with("<rss")
        || lower.starts_with("<feed")
        || lower.starts_with("<rdf")
    {
        let feed = ["<rss", "<feed", "<rdf:rdf", "<urlset"].iter().any(|t| lower.contains(t));
        return Some(if feed && !lower.contains("<html") { Format::Feed } else { Format::Html });
    }
    if lower.starts_with('{') && lower.contains("jsonfeed.org/version") {
        return Some(Format::Feed);
    }
    // A brace alone is not JSON: pages of text may begin with one.
    let inside = lower.strip_prefix('{').map(|rest| rest.trim_start().chars().next());
    let array = lower.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']']));
    if matches!(inside, Some(None | Some('"' | '}'))) || array {
        return Some(Format::Jsonl);
    }
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta ",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<h1",
        "<br",
        "<a href",
        "<title",
        "<span",
    ];
    let hits = tags.iter().filter(|t| lower.contains(**t)).count();
    (hits >= 2 || hits == 1 && lower.starts_with('<')).then_some(Format::Html)
}

/// Tables are told by a header line that names a text column.
fn by_header(start: &str) -> Option<Format> {
    let header = start.lines().next()?.to_ascii_lowercase();
    let named = |separator: char| {
        let cells: Vec<&str> = header.split(separator).map(|c| c.trim().trim_matches('"')).collect();
        let body = |c: &&str| matches!(csv::column(c), Some("text" | "html" | "title"));
        let known = cells.iter().filter(|c| csv::column(c).is_some()).count();
        known >= 2 && cells.iter().any(body) && cells.iter().all(|c| c.len() < 40)
    };
    if named('\t') {
        return Some(Format::Tsv);
    }
    named(',').then_some(Format::Csv)
}

/// Tables are told by the end of their names too.
fn by_name(hint: &Hint) -> Option<Format> {
    let ends = |end: &str| hint.source.ends_with(end);
    if ends(".tsv") || ends(".tab") {
        return Some(Format::Tsv);
    }
    ends(".csv").then_some(Format::Csv)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sniffs_by_content() {
        let sniff = |t: &str| super::sniff(t.as_bytes(), &Hint::default());
        assert_eq!(sniff("WARC/1.0\r\n"), Format::Warc);
        assert_eq!(sniff("<!DOCTYPE html><p>x"), Format::Html);
        assert_eq!(sniff("<?xml version=\"1.0\"?><rss version=\"2.0\">"), Format::Feed);
        assert_eq!(sniff("{\"version\": \"https://jsonfeed.org/version/1.1\"}"), Format::Feed);
        assert_eq!(sniff("{\"title\": \"x\"}\n"), Format::Jsonl);
        assert_eq!(sniff("id,title,text\n1,a,b\n"), Format::Csv);
        assert_eq!(sniff("url,html\nhttps://x.example/,\"<!DOCTYPE html><html><p>x\"\n"), Format::Csv);
        assert_eq!(sniff("id\turl\tbody\n"), Format::Tsv);
        assert_eq!(sniff("Dear reader, a < b."), Format::Text);
        assert_eq!(sniff(" \n"), Format::Empty);
        assert_eq!(sniff("%PDF-1.7"), Format::Binary);
    }
}
