//! Lines to one page text with blocks over it and the map back to the source.

use crate::line::Line;
use record::page::OriginRun;
use record::{Block, BlockKind, ByteSpan, Page};

/// Puts a page together block by block.
#[derive(Default)]
pub(crate) struct Builder {
    text: String,
    blocks: Vec<Block>,
    origin: Vec<OriginRun>,
}

impl Builder {
    /// Adds a block of one or more lines, joined by blanks. Returns where it stands; empty lines add nothing.
    pub fn push<'a>(
        &mut self,
        kind: BlockKind,
        lines: impl IntoIterator<Item = &'a Line>,
    ) -> Option<ByteSpan> {
        let start = if self.text.is_empty() { 0 } else { self.text.len() + 1 };
        let mut open = false;
        let mut last_end = None;
        for line in lines.into_iter().filter(|l| !l.text.is_empty()) {
            if !open && !self.text.is_empty() {
                self.text.push('\n');
            } else if open {
                self.join(last_end, line);
            }
            open = true;
            let at = self.text.len();
            self.text.push_str(&line.text);
            for (i, run) in line.runs.iter().enumerate() {
                let end = line.runs.get(i + 1).map_or(line.text.len(), |r| r.at);
                self.map(at + run.at, at + end, run.start, run.end);
            }
            last_end = line.end();
        }
        if !open {
            return None;
        }
        let span = ByteSpan::new(start, self.text.len());
        self.blocks.push(Block { kind, span });
        Some(span)
    }

    /// The blank between two joined lines stands for the line break between them; a word cut by a hyphen stays cut.
    fn join(&mut self, last_end: Option<usize>, line: &Line) {
        let at = self.text.len();
        self.text.push(' ');
        if let (Some(a), Some(b)) = (last_end, line.start())
            && b > a
        {
            self.map(at, at + 1, a, b);
        }
    }

    fn map(&mut self, from: usize, to: usize, start: usize, end: usize) {
        if let Some(last) = self.origin.last_mut() {
            let touching = last.span.end as usize == from && last.source_end == start as u64;
            let equal =
                last.span.len() as u64 == last.source_end - last.source_start && to - from == end - start;
            if touching && equal {
                last.span = ByteSpan::new(last.span.start as usize, to);
                last.source_end = end as u64;
                return;
            }
        }
        self.origin.push(OriginRun {
            span: ByteSpan::new(from, to),
            source_start: start as u64,
            source_end: end as u64,
        });
    }

    /// The page, with everything but text, blocks and origin at its default.
    pub fn finish(self) -> Page {
        Page {
            schema: record::SCHEMA_VERSION,
            text: self.text,
            blocks: self.blocks,
            origin: self.origin,
            ..Page::default()
        }
    }
}
