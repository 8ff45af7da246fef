//! Styled text to lines that fit: broken at spaces, counted in terminal columns, styles kept across breaks.

use super::style::paint;
use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Pieces of text with their styles, to be set as one paragraph.
#[derive(Debug, Clone, Default)]
pub struct Rich {
    pieces: Vec<(String, Style)>,
}

impl Rich {
    /// Nothing yet.
    pub fn new() -> Self {
        Rich::default()
    }

    /// Adds `text` in `style`.
    pub fn add(&mut self, style: Style, text: &str) -> &mut Self {
        if !text.is_empty() {
            self.pieces.push((text.to_owned(), style));
        }
        self
    }

    /// Sets the paragraph in `width` columns; the first line begins with `first`, the others with `rest`, both counted
    /// in. Ends with a line break unless empty.
    pub fn set(&self, width: usize, first: &str, rest: &str) -> String {
        let mut setter = Setter {
            width,
            rest,
            line: first.to_owned(),
            used: columns(first),
            out: String::new(),
            bare: true,
        };
        for word in self.words() {
            setter.word(&word);
        }
        if !setter.bare {
            setter.finish();
        }
        setter.out
    }

    /// Words: runs of pieces without a space between them, each with the style of the space before it.
    fn words(&self) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut open = false;
        for (text, style) in &self.pieces {
            for (n, part) in text.split(' ').enumerate() {
                if n > 0 {
                    open = false;
                }
                if part.is_empty() {
                    continue;
                }
                match words.last_mut() {
                    Some(word) if open => word.parts.push((part.to_owned(), *style)),
                    _ => {
                        let space = if text.starts_with(part) && n == 0 { Style::new() } else { *style };
                        words.push(Word { space, parts: vec![(part.to_owned(), *style)] });
                    }
                }
                open = true;
            }
        }
        words
    }
}

struct Word {
    space: Style,
    parts: Vec<(String, Style)>,
}

struct Setter<'a> {
    width: usize,
    rest: &'a str,
    line: String,
    used: usize,
    out: String,
    /// True while the line holds nothing but its beginning.
    bare: bool,
}

impl Setter<'_> {
    fn finish(&mut self) {
        self.out.push_str(self.line.trim_end());
        self.out.push('\n');
        self.line = self.rest.to_owned();
        self.used = columns(self.rest);
        self.bare = true;
    }

    fn word(&mut self, word: &Word) {
        let wide: usize = word.parts.iter().map(|(t, _)| columns(t)).sum();
        if !self.bare && self.used + 1 + wide > self.width {
            self.finish();
        }
        if !self.bare {
            self.line.push_str(&paint(word.space, " "));
            self.used += 1;
        }
        for (text, style) in &word.parts {
            self.part(text, *style);
        }
    }

    fn part(&mut self, text: &str, style: Style) {
        let wide = columns(text);
        if self.used + wide <= self.width {
            self.line.push_str(&paint(style, text));
            self.used += wide;
            self.bare = false;
            return;
        }
        // A word wider than the line is cut between what a reader sees as characters.
        for grapheme in text.graphemes(true) {
            let wide = columns(grapheme);
            if self.used + wide > self.width && !self.bare {
                self.finish();
            }
            self.line.push_str(&paint(style, grapheme));
            self.used += wide;
            self.bare = false;
        }
    }
}

/// Terminal columns of `text`; escape codes count nothing.
pub fn columns(text: &str) -> usize {
    if text.contains('\u{1b}') {
        anstream::adapter::strip_str(text).to_string().width()
    } else {
        text.width()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::style::{PLAIN, TITLE};

    #[test]
    fn breaks_by_columns_and_keeps_styles() {
        let mut rich = Rich::new();
        rich.add(PLAIN, "東京 and ").add(TITLE, "two words").add(PLAIN, ", end");
        let lines = rich.set(12, "| ", "  ");
        let bare: Vec<_> = lines.lines().map(|l| anstream::adapter::strip_str(l).to_string()).collect();
        assert_eq!(bare, ["| 東京 and", "  two words,", "  end"]);
        assert!(lines.contains("\u{1b}[1mwords\u{1b}[0m,"));
    }

    #[test]
    fn cuts_what_is_too_wide() {
        let mut rich = Rich::new();
        rich.add(PLAIN, &"👩‍👩‍👧‍👦".repeat(9));
        assert!(rich.set(8, "", "").lines().all(|l| columns(l) <= 8));
        assert_eq!(Rich::new().set(8, "> ", ""), "");
    }
}
