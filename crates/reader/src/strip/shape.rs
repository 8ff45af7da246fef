//! One line to numbers: length, punctuation, letters, phrases of furniture.

use super::knowledge::{Hits, fold_word, knowledge};
use crate::line::words;
use crate::meta::published;
use record::BlockKind;
use tables::pages::WordRole;

/// What a line looks like, without its neighbours.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    /// Words.
    pub words: usize,
    /// Ends like a sentence.
    pub ends: bool,
    /// Share of function words (0.2 for lines under five words: unknown).
    pub function: f32,
    /// Share of words with a capital.
    pub capital: f32,
    /// Begins with a lower-case letter.
    pub lower_start: bool,
    /// Begins with punctuation that continues a sentence.
    pub mark_start: bool,
    /// Sentence borders inside.
    pub borders: usize,
    /// Quotation marks inside.
    pub quote: bool,
    /// Had a list mark before it.
    pub bullet: bool,
    /// Parts separated by `|`, `»`, `·`.
    pub separator: bool,
    /// No lower-case letter.
    pub all_capitals: bool,
    /// Ends with a colon.
    pub colon: bool,
    /// Ends with an ellipsis.
    pub dots: bool,
    /// Ends with a question mark.
    pub question: bool,
    /// Share of words that are numbers.
    pub digits: f32,
    /// An address of a page or of a mailbox inside.
    pub address: bool,
    /// The line is a file name.
    pub file: bool,
    /// A date inside.
    pub date: bool,
    /// Commas.
    pub commas: usize,
    /// Letters per word.
    pub letters: f32,
    /// Phrases of page furniture.
    pub hits: Hits,
    /// Number that the line begins with, as items of lists do (`3)`, `3.`).
    pub number: Option<u32>,
    /// Words in lower case between blanks.
    pub folded: String,
}

impl Shape {
    /// Measures `text`. `bullet` says that a list mark stood before it.
    pub fn of(text: &str, bullet: bool) -> Shape {
        let known = knowledge();
        let (folded, sums) = sums(text);
        let WordSums { words: count, letters, capital, alphabetic, function, digits } = sums;
        let first = text.chars().next().unwrap_or(' ');
        let stripped = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']);
        let per = |n: usize, of: usize| n as f32 / of.max(1) as f32;
        Shape {
            words: count,
            ends: stripped.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟']),
            function: if count >= 5 { per(function, count) } else { 0.2 },
            capital: per(capital, alphabetic),
            lower_start: first.is_lowercase(),
            mark_start: ",.;:)’”".contains(first),
            borders: borders(text),
            quote: text.contains(['"', '“', '”', '«', '„']),
            bullet,
            separator: [" | ", " » ", " › ", " · ", " • "].iter().any(|s| text.contains(s)),
            all_capitals: alphabetic > 0
                && !text.chars().any(char::is_lowercase)
                && text.chars().any(char::is_uppercase),
            colon: text.ends_with([':', '：']),
            dots: text.ends_with("...") || text.ends_with('…'),
            question: stripped.ends_with(['?', '？']),
            digits: per(digits, count),
            address: text.contains("http") || text.contains("www.") || text.contains('@'),
            file: is_file_name(text),
            date: text.len() <= 300
                && text.bytes().filter(u8::is_ascii_digit).count() >= 4
                && published::first(text, published::Order::DayFirst).is_some(),
            commas: text.matches([',', '，', '、']).count(),
            letters: per(letters, count),
            hits: known.phrases(&folded),
            number: number(text),
            folded,
        }
    }

    /// True for a line that reads like running text.
    pub fn is_prose(&self) -> bool {
        self.words >= 8 && self.ends || self.words >= 15 && self.function > 0.25 || self.borders >= 2
    }

    /// True for wording of page furniture that fills the line.
    pub fn is_furniture(&self) -> bool {
        self.hits.whole.is_some() || self.hits.heading.is_some()
    }

    /// The phrase table's best guess at the kind.
    pub fn kind(&self) -> Option<BlockKind> {
        let Hits { whole, heading, start, end, inside, .. } = self.hits;
        whole.or(heading).or(start).or(end).or(inside)
    }
}

/// Counts over the words of a line.
#[derive(Debug, Default)]
struct WordSums {
    words: usize,
    letters: usize,
    capital: usize,
    alphabetic: usize,
    function: usize,
    digits: usize,
}

/// The words of a line in lower case between blanks, and what they count.
fn sums(text: &str) -> (String, WordSums) {
    let known = knowledge();
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    let mut out = WordSums::default();
    for word in words(text) {
        let start = folded.len();
        fold_word(word, &mut folded);
        let lower = folded.get(start..folded.len() - 1).unwrap_or_default();
        out.words += 1;
        out.letters += word.chars().filter(|c| *c != '_').count();
        let first = word.chars().next().unwrap_or('0');
        out.alphabetic += usize::from(first.is_alphabetic());
        out.capital += usize::from(first.is_uppercase());
        out.digits += usize::from(word.bytes().all(|b| b.is_ascii_digit()));
        out.function += usize::from(known.is_function_word(lower));
    }
    (folded, out)
}

/// Places where one sentence ends and another begins.
fn borders(text: &str) -> usize {
    let mut count = 0;
    let mut ended = false;
    let mut gap = false;
    for c in text.chars() {
        match c {
            '.' | '!' | '?' | '…' => (ended, gap) = (true, false),
            '。' | '！' | '？' | '।' => count += 1,
            '"' | '”' | '’' | '\'' | ')' if ended && !gap => {}
            c if c.is_whitespace() && ended => gap = true,
            '"' | '“' | '‘' | '(' if gap => {}
            c => {
                count += usize::from(ended && gap && c.is_uppercase());
                ended = false;
                gap = false;
            }
        }
    }
    count
}

/// The number that an item of a list begins with.
fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).filter(|_| (1..=3).contains(&digits))?;
    let rest = rest.strip_prefix([')', '.'])?;
    rest.starts_with(' ').then(|| text.get(..digits)?.parse().ok()).flatten()
}

/// True for the name of a picture or another file and nothing else.
pub(crate) fn is_file_name(text: &str) -> bool {
    let Some((stem, ending)) = text.rsplit_once('.') else { return false };
    let ending = ending.to_ascii_lowercase();
    !stem.is_empty() && !text.contains(char::is_whitespace) && knowledge().is(WordRole::FileEnding, &ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_lines() {
        let prose = Shape::of("The minister said on Monday that talks would resume. He gave no date.", false);
        assert!(prose.is_prose() && prose.ends && prose.borders == 1);
        let menu = Shape::of("Related articles", false);
        assert!(menu.is_furniture() && !menu.is_prose());
        assert!(Shape::of("IMG_2031-final.jpeg", false).file);
        assert!(!Shape::of("see picture.jpeg", false).file);
        assert!(Shape::of("WORLD NEWS", false).all_capitals);
        assert_eq!(borders("U.S. officials met. They left."), 1);
    }
}
