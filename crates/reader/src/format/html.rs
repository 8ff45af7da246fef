//! An HTML page to a Page: the article by the extraction library, everything else kept beside it.

use crate::html::{align, body, scan};
use crate::line::Line;
use crate::meta::{self, Frame};
use crate::origin::Builder;
use crate::strip::knowledge::knowledge;
use crate::{Effort, Error, ErrorKind, Hint, decode};
use body::Extractor;
use record::{BlockKind, Page};
use scan::HtmlLine;

/// Reads a page.
pub(crate) fn read(bytes: &[u8], hint: &Hint) -> Result<Page, Error> {
    let decoded = decode::decode(bytes, hint.content_type.as_deref());
    let scan = scan::scan(&decoded.text, knowledge());
    if scan.lines.is_empty() {
        return Err(Error::new(ErrorKind::Empty, "no visible text in the page"));
    }
    let extractor: &dyn Extractor =
        if hint.effort == Effort::Fast { &body::Smoothie } else { &body::Trafilatura };
    let extracted = body::lines(extractor, &decoded.text, hint.url.as_deref())?;
    let aligned = align::align(&scan.lines, &extracted);
    let kinds: Vec<BlockKind> =
        scan.lines.iter().zip(&aligned.kept).map(|(l, kept)| kind(l, *kept)).collect();
    let mut builder = Builder::default();
    let mut frame = Frame::default();
    for (i, (line, kind)) in scan.lines.iter().zip(&kinds).enumerate() {
        if !line.hidden || kind.is_body() {
            let span = builder.push(*kind, [&line.line]);
            frame.note(*kind, span);
        }
        for (_, text) in aligned.foreign.iter().filter(|(at, _)| *at == i) {
            let foreign = Line { text: text.clone(), runs: Vec::new() };
            builder.push(BlockKind::Paragraph, [&foreign]);
        }
    }
    let mut page = meta::finish(builder.finish(), frame, hint);
    if decoded.broken {
        page.notes
            .push(format!("encoding {} ({}): some bytes could not be read", decoded.encoding, decoded.how));
    }
    Ok(page)
}

fn kind(line: &HtmlLine, kept: f32) -> BlockKind {
    if kept >= 0.5 {
        return match line.place {
            p if p.heading > 0 => BlockKind::Subheading,
            p if p.quote => BlockKind::BlockQuote,
            p if p.item => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
    }
    match line.kind {
        Some(BlockKind::Paragraph) | None => BlockKind::Other,
        Some(kind) => kind,
    }
}
