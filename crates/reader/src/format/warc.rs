//! Web archives (WARC, each record packed or not, as CC-NEWS has them) to pages, streamed one record at a time.

use crate::format::http;
use crate::records::{MAX_RECORD, RecordError, io_error, line};
use crate::{ErrorKind, Format, Hint};
use record::Page;
use std::io::{self, BufRead, Read};

/// Pages of an archive. Requests, metadata, redirects and payloads that are not text are passed over.
pub(crate) struct Archive<'a> {
    reader: Box<dyn BufRead + 'a>,
    hint: Hint,
    offset: u64,
    done: bool,
}

/// Headers of one record.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    id: String,
    date: String,
    uri: String,
    content_type: String,
    length: u64,
    truncated: bool,
}

/// Longest header block of a record, in lines.
const MOST_HEADERS: usize = 200;

impl<'a> Archive<'a> {
    /// Reads from `reader`, whose packing has been taken off.
    pub fn new(reader: Box<dyn BufRead + 'a>, hint: Hint) -> Self {
        Archive { reader, hint, offset: 0, done: false }
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        match line(self.reader.as_mut())? {
            None => Ok(None),
            Some(Ok(bytes)) => {
                self.offset += bytes.len() as u64 + 1;
                Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
            }
            Some(Err(length)) => {
                self.offset += length;
                Ok(Some(String::new()))
            }
        }
    }

    /// The next record's headers, after anything that is not one.
    fn head(&mut self) -> io::Result<Option<(u64, Head)>> {
        let start = loop {
            let at = self.offset;
            match self.line()? {
                None => return Ok(None),
                Some(text) if text.starts_with("WARC/") => break at,
                Some(_) => {}
            }
        };
        let mut head = Head::default();
        for _ in 0..MOST_HEADERS {
            let Some(text) = self.line()? else { break };
            if text.trim().is_empty() {
                break;
            }
            let Some((name, value)) = text.split_once(':') else { continue };
            let value = value.trim().to_owned();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value,
                "warc-record-id" => head.id = value.trim_matches(['<', '>']).to_owned(),
                "warc-date" => head.date = value,
                "warc-target-uri" => head.uri = value.trim_matches(['<', '>']).to_owned(),
                "content-type" => head.content_type = value,
                "content-length" => head.length = value.parse().unwrap_or(0),
                "warc-truncated" => head.truncated = true,
                _ => {}
            }
        }
        Ok(Some((start, head)))
    }

    fn block(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        let read = (&mut self.reader).take(length).read_to_end(&mut out)?;
        self.offset += read as u64;
        Ok(out)
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let skipped = io::copy(&mut (&mut self.reader).take(length), &mut io::sink())?;
        self.offset += skipped;
        Ok(())
    }

    /// The next page or failure; `None` inside when the record holds no page.
    fn step(&mut self) -> io::Result<Option<Option<Result<Page, RecordError>>>> {
        let Some((start, head)) = self.head()? else { return Ok(None) };
        let wanted = matches!(head.kind.as_str(), "response" | "resource" | "conversion");
        if !wanted {
            self.skip(head.length)?;
            return Ok(Some(None));
        }
        let place = format!("offset {start}");
        if head.length > MAX_RECORD as u64 {
            self.skip(head.length)?;
            let message = format!("record of {} bytes, more than {MAX_RECORD}", head.length);
            return Ok(Some(Some(Err(RecordError::new(place, ErrorKind::TooLarge, message)))));
        }
        let block = self.block(head.length)?;
        if (block.len() as u64) < head.length {
            let message = format!("archive ends inside a record ({} of {} bytes)", block.len(), head.length);
            self.done = true;
            return Ok(Some(Some(Err(RecordError::new(place, ErrorKind::Malformed, message)))));
        }
        Ok(Some(self.page(&head, &block, &place, start).transpose()))
    }

    fn page(&self, head: &Head, block: &[u8], place: &str, start: u64) -> Result<Option<Page>, RecordError> {
        let failed = |e: crate::Error| RecordError::of(format!("{place} ({})", head.uri), &e);
        let (body, content_type) = if head.kind == "response" {
            let Some(response) = http::response(block) else { return Ok(None) };
            if response.status != 200 {
                return Ok(None);
            }
            let content_type = response.content_type.clone();
            (response.body().map_err(failed)?, content_type)
        } else {
            (block.to_vec(), Some(head.content_type.clone()))
        };
        let kind = content_type.as_deref().unwrap_or("text/html").to_ascii_lowercase();
        let format = match kind.split(';').next().unwrap_or_default().trim() {
            "text/html" | "application/xhtml+xml" => None,
            "text/plain" => Some(Format::Text),
            _ => return Ok(None),
        };
        let hint = Hint {
            source: format!("warc://{}#{start}", self.hint.source),
            format,
            content_type,
            url: Some(head.uri.clone()),
            fetched: Some(head.date.clone()).filter(|d| !d.is_empty()),
            ..self.hint.clone()
        };
        let mut page = match crate::read(&body, &hint) {
            Ok(page) => page,
            Err(e)
                if matches!(e.kind(), ErrorKind::Empty | ErrorKind::Container | ErrorKind::Unsupported) =>
            {
                return Ok(None);
            }
            Err(e) => return Err(failed(e)),
        };
        page.notes.push(format!("archive record {}", head.id));
        if head.truncated {
            page.notes.push("the archive holds only the beginning of the page".to_owned());
        }
        Ok(Some(page))
    }
}

impl Iterator for Archive<'_> {
    type Item = Result<Page, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.step() {
                Ok(None) => self.done = true,
                Ok(Some(Some(result))) => return Some(result),
                Ok(Some(None)) => {}
                Err(e) => {
                    self.done = true;
                    return Some(Err(io_error(format!("offset {}", self.offset), &e)));
                }
            }
        }
        None
    }
}
