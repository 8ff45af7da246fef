//! One visible line of a source: its clean text and the map of every stretch of it back to the source.

/// `text[at..]`, up to the next run, was copied from source bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// First byte in the line's text.
    pub at: usize,
    /// First byte in the decoded source.
    pub start: usize,
    /// First byte after it in the decoded source.
    pub end: usize,
}

/// A line with white space folded and nothing else changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    /// Text without leading and trailing white space; inner runs of white space are one blank.
    pub text: String,
    /// Map back to the source, in order, without gaps in `text`.
    pub runs: Vec<Run>,
}

impl Line {
    /// The line that `source[start..end]` holds, byte for byte but for white space.
    pub fn from_source(source: &str, start: usize, end: usize) -> Line {
        let mut line = Line::default();
        line.append(source.get(start..end).unwrap_or_default(), start);
        line.trim_end();
        line
    }

    /// Adds `piece`, which stands in the source as it is from byte `start`.
    pub fn append(&mut self, piece: &str, start: usize) {
        let mut fresh = true;
        for (i, c) in piece.char_indices() {
            let from = start + i;
            let to = from + c.len_utf8();
            if is_blank(c) {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    let same = c == ' ' && !fresh;
                    self.push_char(' ', from, to, same);
                    fresh = c != ' ';
                } else {
                    fresh = true;
                }
            } else if !is_ignorable(c) {
                self.push_char(c, from, to, !fresh);
                fresh = false;
            } else {
                fresh = true;
            }
        }
    }

    /// Adds `text`, decoded from `start..end` of the source with another length (an entity).
    pub fn append_decoded(&mut self, text: &str, start: usize, end: usize) {
        for c in text.chars() {
            let blank = is_blank(c);
            if is_ignorable(c) || blank && (self.text.is_empty() || self.text.ends_with(' ')) {
                continue;
            }
            self.push_char(if blank { ' ' } else { c }, start, end, false);
        }
    }

    fn push_char(&mut self, c: char, start: usize, end: usize, same_run: bool) {
        match self.runs.last_mut() {
            Some(run) if same_run && run.end == start => run.end = end,
            _ => self.runs.push(Run { at: self.text.len(), start, end }),
        }
        self.text.push(c);
    }

    /// Adds `next` after a blank that stands for the line break between the two; a word cut by a hyphen gets none.
    pub fn join(&mut self, next: &Line) {
        let cut = self.text.strip_suffix('-').is_some_and(|t| t.ends_with(char::is_alphabetic))
            && next.text.starts_with(char::is_lowercase);
        if !cut && !self.text.is_empty() {
            if let (Some(start), Some(end)) = (self.end(), next.start()) {
                self.runs.push(Run { at: self.text.len(), start, end: end.max(start) });
            }
            self.text.push(' ');
        }
        let base = self.text.len();
        self.runs.extend(next.runs.iter().map(|r| Run { at: base + r.at, ..*r }));
        self.text.push_str(&next.text);
    }

    /// Drops trailing white space.
    pub fn trim_end(&mut self) {
        let keep = self.text.trim_end().len();
        *self = self.part(0, keep);
    }

    /// The part `from..to` of the line's text as a line of its own, with its own map.
    pub fn part(&self, from: usize, to: usize) -> Line {
        let Some(text) = self.text.get(from..to) else { return Line::default() };
        let mut runs = Vec::new();
        for (i, run) in self.runs.iter().enumerate() {
            let run_end = self.runs.get(i + 1).map_or(self.text.len(), |r| r.at);
            let (a, b) = (run.at.max(from), run_end.min(to));
            if a >= b {
                continue;
            }
            let equal = run_end - run.at == run.end - run.start;
            let (start, end) = if equal {
                (run.start + (a - run.at), run.end - (run_end - b))
            } else {
                (run.start, run.end)
            };
            runs.push(Run { at: a - from, start, end });
        }
        Line { text: text.to_owned(), runs }
    }

    /// First source byte of the line.
    pub fn start(&self) -> Option<usize> {
        self.runs.first().map(|r| r.start)
    }

    /// First source byte after the line.
    pub fn end(&self) -> Option<usize> {
        self.runs.last().map(|r| r.end)
    }
}

/// White space of any sort, the no-break kinds included.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{3164}' | '\u{FEFF}')
}

/// Marks that print nothing and only get in the way of words.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{0}'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}' | '\u{200E}' | '\u{200F}' | '\u{FFFC}')
}

/// Words of a text: runs of letters, digits and `_`.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| {
        if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { c.is_alphanumeric() }
    };
    text.split(move |c| !part(c)).filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_white_space_and_keeps_the_map() {
        let source = "  One\u{a0} two\tthree, é  ";
        let line = Line::from_source(source, 0, source.len());
        assert_eq!(line.text, "One two three, é");
        for (i, run) in line.runs.iter().enumerate() {
            let end = line.runs.get(i + 1).map_or(line.text.len(), |r| r.at);
            let text = &line.text[run.at..end];
            if text.trim() == text {
                assert_eq!(text, &source[run.start..run.end]);
            }
        }
        let mut joined = line.part(0, 3);
        joined.join(&line.part(4, 7));
        assert_eq!((joined.text.as_str(), joined.runs.len()), ("One two", 3));
        let part = line.part(4, 7);
        assert_eq!(part.text, "two");
        assert_eq!(&source[part.start().unwrap()..part.end().unwrap()], "two");
    }
}
