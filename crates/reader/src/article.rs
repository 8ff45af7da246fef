//! Named values of an article (from a feed, a JSON object, a table row) to a page.

use crate::format::text;
use crate::line::Line;
use crate::meta::{self, Frame};
use crate::origin::Builder;
use crate::records::RecordError;
use crate::{Error, ErrorKind, Format, Hint, Place};
use record::{BlockKind, Found, Page, SmolStr};

/// What a record says of one article. Empty strings count as missing.
#[derive(Debug, Default, Clone)]
pub(crate) struct Article {
    /// Id in the source.
    pub id: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Text, one paragraph a line or between blank lines.
    pub text: Option<String>,
    /// Text as HTML.
    pub html: Option<String>,
    /// Publication time as written.
    pub published: Option<String>,
    /// Time of the last change as written.
    pub updated: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// How the values are called in [`Found::how`].
    pub how: &'static str,
}

impl Article {
    /// Bytes of its texts.
    pub fn size(&self) -> usize {
        let parts = [&self.text, &self.html, &self.title, &self.url];
        parts.into_iter().flatten().map(String::len).sum()
    }

    /// The page of a record at `place` of the source.
    pub fn record(self, hint: &Hint, place: &Place) -> Result<Page, RecordError> {
        let id = self.content_id();
        // Standard input has no places that mean anything in another run: there the record's own names count.
        let own = self.id.clone().filter(|_| hint.source == "-");
        let mut page = self.page(hint).map_err(|e| RecordError::of(place.clone(), &e))?;
        page.id = id;
        let source = || {
            own.unwrap_or_else(|| if hint.source == "-" { "-".to_owned() } else { place.of(&hint.source) })
        };
        page.source = page.meta.canonical_url.as_ref().map_or_else(source, |u| u.value.clone());
        Ok(page)
    }

    /// Id by content, whatever container it came in: a whole HTML page has the id that its file would have.
    fn content_id(&self) -> SmolStr {
        let full = |s: &&String| !s.trim().is_empty();
        let text = self.text.as_ref().filter(full);
        if let (None, Some(html)) = (text, self.html.as_ref().filter(|h| is_document(h))) {
            return crate::id(html.as_bytes());
        }
        let parts = [&self.url, &self.title, &self.published];
        let mut key = text.or(self.html.as_ref()).cloned().unwrap_or_default();
        for part in parts.into_iter().map(|p| p.as_deref().unwrap_or_default().trim()) {
            key.push('\0');
            key.push_str(part);
        }
        crate::id(key.as_bytes())
    }

    /// The page. Text that is given as text is all body; HTML goes through the HTML reader when it is a whole page.
    pub fn page(self, hint: &Hint) -> Result<Page, Error> {
        let mut page = match (&self.text, &self.html) {
            (Some(text), _) if !text.trim().is_empty() => prose(self.title.as_deref(), text, hint),
            (_, Some(html)) if !html.trim().is_empty() => self.from_html(html, hint)?,
            _ if self.title.is_some() => prose(self.title.as_deref(), "", hint),
            _ => return Err(Error::new(ErrorKind::Empty, "neither text nor title")),
        };
        self.fill(&mut page, hint);
        meta::language::note(&mut page);
        Ok(page)
    }

    fn from_html(&self, html: &str, hint: &Hint) -> Result<Page, Error> {
        if is_document(html) {
            let hint = Hint {
                format: Some(Format::Html),
                content_type: None,
                url: self.url.clone().or_else(|| hint.url.clone()),
                ..hint.clone()
            };
            return crate::format::html::read(html.as_bytes(), &hint);
        }
        let scan = crate::html::scan::scan(html, crate::strip::knowledge::knowledge());
        let lines: Vec<String> = scan.lines.into_iter().filter(|l| !l.hidden).map(|l| l.line.text).collect();
        Ok(prose(self.title.as_deref(), &lines.join("\n\n"), hint))
    }

    /// Sets what the record knows; it wins over what was guessed from the text, and the caller's date over both.
    fn fill(self, page: &mut Page, hint: &Hint) {
        let how = self.how;
        let found = |v: Option<String>| {
            v.filter(|v| !v.trim().is_empty()).map(|v| Found::new(v.trim().to_owned(), how))
        };
        let meta = &mut page.meta;
        if let Some(title) = found(self.title) {
            let span = meta.headline.as_ref().and_then(|h| h.span);
            meta.headline = Some(Found { span, ..title });
        }
        let time = |v: &Option<String>| {
            v.as_deref().and_then(|t| meta::time_of(t, hint)).map(|t| Found::new(t, how))
        };
        if hint.published.is_none() {
            meta.published = time(&self.published).or(meta.published.take());
        }
        meta.given_id = found(self.id);
        meta.updated = time(&self.updated).or(meta.updated.take());
        for author in &self.authors {
            let writers = meta::byline::read(author);
            let fresh = |m: &record::Meta, p: &str| !m.authors.iter().any(|a| a.value == p);
            let names = writers.people.into_iter().filter(|p| fresh(meta, p)).collect::<Vec<_>>();
            if names.is_empty() && writers.desk.is_none() && !author.trim().is_empty() {
                meta.authors.push(Found::new(author.trim().to_owned(), how));
            }
            meta.authors.extend(names.into_iter().map(|n| Found::new(n, how)));
            if let Some(desk) = writers.desk {
                meta.desk.get_or_insert(Found::new(desk, how));
            }
        }
        meta.publisher = found(self.publisher).or(meta.publisher.take());
        meta.section = found(self.section).or(meta.section.take());
        meta.canonical_url = found(self.url).or(meta.canonical_url.take());
        if let Some(language) = found(self.language) {
            meta.language = Some(Found::new(meta::language::normal(&language.value), how));
        }
        meta::outlet::settle(meta, hint);
    }
}

/// True for a whole HTML page, false for a fragment.
fn is_document(html: &str) -> bool {
    let lower: String = html.chars().take(2000).collect::<String>().to_ascii_lowercase();
    ["<html", "<body", "<head"].iter().any(|t| lower.contains(t))
}

/// A page that is an article and nothing else: the title a headline, every paragraph body.
fn prose(title: Option<&str>, text: &str, hint: &Hint) -> Page {
    let mut builder = Builder::default();
    let mut frame = Frame::default();
    if let Some(title) = title.filter(|t| !t.trim().is_empty()) {
        let line = Line { runs: Vec::new(), ..Line::from_source(title, 0, title.len()) };
        let span = builder.push(BlockKind::Headline, [&line]);
        frame.note(BlockKind::Headline, span);
    }
    text::push_prose(&mut builder, &mut frame, text);
    meta::finish(builder.finish(), frame, hint)
}
