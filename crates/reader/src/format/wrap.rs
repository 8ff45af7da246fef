//! Lines of a hard-wrapped text to whole paragraphs, by the width at which they break.

use crate::line::Line;

/// A line as it stands in the source.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    /// Text without list mark and trailing bars.
    pub line: Line,
    /// A list mark stood before it.
    pub bullet: bool,
    /// A blank line stood before it.
    pub gap: bool,
    /// Blanks before it.
    pub indent: usize,
    /// Characters from the start of the line in the source to the end of its text.
    pub width: usize,
}

/// Narrowest and widest column that texts are wrapped to, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=132;
/// Line breaks that must fall at the width before a text counts as wrapped.
const LEAST_BREAKS: usize = 3;

/// Joins what a fixed width has cut. Lines of a text that is not wrapped stay as they are.
pub(crate) fn join(lines: Vec<Raw>) -> Vec<Raw> {
    let Some(width) = width(&lines) else { return lines };
    let mut out: Vec<Raw> = Vec::new();
    let mut last: Option<Raw> = None;
    for line in lines {
        let goes_on = last.as_ref().is_some_and(|l| adjoining(l, &line) && is_full(l, &line, width));
        match out.last_mut() {
            Some(open) if goes_on => open.line.join(&line.line),
            _ => out.push(line.clone()),
        }
        last = Some(line);
    }
    out
}

/// The width that the text is wrapped to: the longest line, when most lines end because the next word did not fit and
/// most of those ends are no ends of sentences.
fn width(lines: &[Raw]) -> Option<usize> {
    let spaced = lines.iter().filter(|l| l.line.text.contains(' '));
    let width = spaced.map(|l| l.width).max().filter(|w| WIDTHS.contains(w))?;
    let (mut pairs, mut full, mut open) = (0, 0, 0);
    for (a, b) in lines.iter().zip(lines.iter().skip(1)).filter(|(a, b)| adjoining(a, b)) {
        if a.width * 2 < width {
            continue;
        }
        let ended = a.line.text.ends_with(['.', '!', '?', '”', '"', ':', '…']);
        let cut = is_full(a, b, width);
        pairs += 1;
        full += usize::from(cut);
        open += usize::from(cut && !ended);
    }
    (full >= LEAST_BREAKS && full * 10 >= pairs * 6 && open * 2 >= full).then_some(width)
}

/// True when `b` can be the next line of the paragraph of `a`: no blank line, list mark or fresh indent between them.
fn adjoining(a: &Raw, b: &Raw) -> bool {
    !b.gap && !b.bullet && (a.bullet || b.indent <= a.indent + 1)
}

/// True when the first word of `b` did not fit on the line of `a`.
fn is_full(a: &Raw, b: &Raw, width: usize) -> bool {
    let word = b.line.text.split(' ').next().map_or(0, |w| w.chars().count());
    a.width + 1 + word > width
}

#[cfg(test)]
mod tests {
    use crate::format::text::lines;

    fn texts(source: &str) -> Vec<String> {
        lines(source).into_iter().map(|l| l.line.text).collect()
    }

    #[test]
    fn wrapped_paragraphs_become_whole() {
        let source = "\
Dam talks resume

The ministers of the three river states met in
the capital on Monday and agreed on a long-
term plan for the dam.

  * They will meet again in May, when the rains
    are over and the lake is full.
The press was not admitted to the talks, nor
were the farmers.
";
        assert_eq!(
            texts(source),
            [
                "Dam talks resume",
                "The ministers of the three river states met in the capital on Monday and agreed on a long-term plan \
                 for the dam.",
                "They will meet again in May, when the rains are over and the lake is full.",
                "The press was not admitted to the talks, nor were the farmers.",
            ]
        );
    }

    #[test]
    fn short_paragraphs_on_lines_of_their_own_stay_apart() {
        let source = "The ministers met in the capital on Monday and signed.\nThe dam was on the agenda, they said.\n\
                      No date was set.\nThe farmers of the delta were not asked at all, they said.\n";
        assert_eq!(texts(source).len(), 4);
    }
}
