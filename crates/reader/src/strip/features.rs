//! Lines to numbers with their neighbourhood: what the line model looks at.

use super::shape::Shape;
use record::BlockKind;
use std::collections::HashMap;

/// A line as the classifier sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct View {
    /// The line's own look.
    pub shape: Shape,
    /// A blank line stood before it.
    pub gap: bool,
    /// The line stands more than once on the page.
    pub twice: bool,
}

/// Kinds of phrases that are a feature each.
const KINDS: [BlockKind; 9] = [
    BlockKind::Ticker,
    BlockKind::Related,
    BlockKind::Share,
    BlockKind::Comment,
    BlockKind::Navigation,
    BlockKind::Advertisement,
    BlockKind::Tags,
    BlockKind::Caption,
    BlockKind::Byline,
];

/// Lines to the left and right whose look counts.
const NEIGHBOURS: [isize; 6] = [-1, 1, -2, 2, -3, 3];
const WINDOWS: [usize; 3] = [2, 5, 12];

/// Feature names, in the order of [`rows`].
pub(crate) fn names() -> Vec<String> {
    let mut out: Vec<String> = [
        "words",
        "ends",
        "function",
        "capital",
        "lower_start",
        "mark_start",
        "borders",
        "quote",
        "bullet",
        "separator",
        "all_capitals",
        "colon",
        "dots",
        "question",
        "digits",
        "address",
        "file",
        "date",
        "commas",
        "letters",
        "whole",
        "heading",
        "start",
        "end_phrase",
        "inside",
        "published",
        "gap",
        "twice",
        "topic",
        "before",
        "after",
        "position",
        "gaps_on_page",
        "lines_on_page",
        "prose_on_page",
    ]
    .map(str::to_owned)
    .to_vec();
    out.extend(KINDS.iter().map(|k| format!("phrase_{k:?}").to_lowercase()));
    for w in WINDOWS {
        out.extend([format!("prose_{w}"), format!("short_{w}"), format!("phrases_{w}")]);
    }
    for d in NEIGHBOURS {
        out.extend(
            ["words", "ends", "function", "phrase", "lower_start", "capital", "prose", "gap"]
                .map(|n| format!("{n}_{d:+}")),
        );
    }
    out
}

/// The features of every line.
pub(crate) fn rows(lines: &[View]) -> Vec<Vec<f32>> {
    let page = PageSums::of(lines);
    (0..lines.len()).map(|i| row(lines, i, &page)).collect()
}

/// Running sums over a page.
struct PageSums {
    prose: Vec<f32>,
    short: Vec<f32>,
    phrases: Vec<f32>,
    gaps: f32,
    topic: HashMap<String, usize>,
}

impl PageSums {
    fn of(lines: &[View]) -> PageSums {
        let mut topic: HashMap<String, usize> = HashMap::new();
        let sum = |f: &dyn Fn(&Shape) -> f32| {
            let mut out = vec![0.0];
            let mut total = 0.0;
            out.extend(lines.iter().map(|l| {
                total += f(&l.shape);
                total
            }));
            out
        };
        for line in lines.iter().filter(|l| l.shape.is_prose()) {
            for word in content_words(&line.shape) {
                *topic.entry(word.to_owned()).or_default() += 1;
            }
        }
        PageSums {
            prose: sum(&prose_words),
            short: sum(&|s| f32::from(s.words < 8 && !s.ends)),
            phrases: sum(&|s| f32::from(s.kind().is_some())),
            gaps: lines.iter().filter(|l| l.gap).count() as f32 / lines.len().max(1) as f32,
            topic,
        }
    }

    /// Share of the line's content words that other prose lines of the page use too.
    fn topic(&self, shape: &Shape) -> f32 {
        let own = usize::from(shape.is_prose());
        let (mut known, mut all) = (0, 0);
        for word in content_words(shape) {
            all += 1;
            known += usize::from(self.topic.get(word).is_some_and(|n| *n > own));
        }
        if all == 0 { 0.0 } else { known as f32 / all as f32 }
    }
}

fn content_words(shape: &Shape) -> impl Iterator<Item = &str> {
    let known = super::knowledge::knowledge();
    shape.folded.split(' ').filter(move |w| w.chars().count() >= 4 && !known.is_function_word(w))
}

fn prose_words(shape: &Shape) -> f32 {
    if shape.is_prose() { shape.words.min(60) as f32 } else { 0.0 }
}

fn between(sums: &[f32], from: usize, to: usize) -> f32 {
    sums.get(to).copied().unwrap_or(0.0) - sums.get(from).copied().unwrap_or(0.0)
}

fn row(lines: &[View], i: usize, page: &PageSums) -> Vec<f32> {
    let Some(view) = lines.get(i) else { return Vec::new() };
    let mut out = own(view);
    out.extend(on_page(view, i, lines.len(), page));
    out.extend(KINDS.iter().map(|k| flag(view.shape.hits.mask & (1 << *k as u32) != 0)));
    for w in WINDOWS {
        let (a, b) = (i.saturating_sub(w), (i + w + 1).min(lines.len()));
        out.push((between(&page.prose, a, b) - prose_words(&view.shape)) / (12 * w) as f32);
        out.push(between(&page.short, a, b) / (b - a) as f32);
        out.push(between(&page.phrases, a, b) / (b - a) as f32);
    }
    for d in NEIGHBOURS {
        out.extend(neighbour(i.checked_add_signed(d).and_then(|j| lines.get(j))));
    }
    out
}

/// The line's own look.
fn own(view: &View) -> Vec<f32> {
    let s = &view.shape;
    let h = &s.hits;
    vec![
        log(s.words),
        flag(s.ends),
        s.function,
        s.capital,
        flag(s.lower_start),
        flag(s.mark_start),
        s.borders.min(8) as f32,
        flag(s.quote),
        flag(s.bullet),
        flag(s.separator),
        flag(s.all_capitals),
        flag(s.colon),
        flag(s.dots),
        flag(s.question),
        s.digits,
        flag(s.address),
        flag(s.file),
        flag(s.date),
        s.commas.min(12) as f32 / s.words.max(1) as f32,
        s.letters,
        flag(h.whole.is_some()),
        flag(h.heading.is_some()),
        flag(h.start.is_some()),
        flag(h.end.is_some()),
        flag(h.inside.is_some()),
        flag(h.mask & (1 << BlockKind::Published as u32) != 0),
        flag(view.gap),
        flag(view.twice),
    ]
}

/// Where the line stands among the `n` lines of the page.
fn on_page(view: &View, i: usize, n: usize, page: &PageSums) -> Vec<f32> {
    let total = page.prose.last().copied().unwrap_or(0.0).max(1.0);
    vec![
        page.topic(&view.shape),
        between(&page.prose, 0, i) / total,
        between(&page.prose, i + 1, n) / total,
        i as f32 / n.max(1) as f32,
        page.gaps,
        log(n),
        log(total as usize),
    ]
}

/// The look of a line near by.
fn neighbour(near: Option<&View>) -> [f32; 8] {
    let Some(near) = near else { return [-1.0; 8] };
    let q = &near.shape;
    [
        log(q.words),
        flag(q.ends),
        q.function,
        flag(q.kind().is_some()) + flag(q.is_furniture()),
        flag(q.lower_start),
        q.capital,
        flag(q.is_prose()),
        flag(near.gap),
    ]
}

fn flag(b: bool) -> f32 {
    f32::from(b)
}

fn log(n: usize) -> f32 {
    (n as f32 + 1.0).log2()
}

/// Lines around whose first score counts in the second look.
const NEAR: [isize; 9] = [-4, -3, -2, -1, 0, 1, 2, 3, 4];

/// Feature names of the second look, in the order of [`second_rows`].
pub(crate) fn second_names() -> Vec<String> {
    let mut out = names();
    out.extend(NEAR.iter().map(|d| format!("score_{d:+}")));
    out.extend(WINDOWS.iter().map(|w| format!("score_mean_{w}")));
    out.extend(
        ["in_run", "from_run_start", "to_run_end", "before_run", "after_run", "run_share"].map(str::to_owned),
    );
    out
}

/// The features of every line with the first scores of the lines around it.
pub(crate) fn second_rows(lines: &[View], first: Vec<Vec<f32>>, scores: &[f32]) -> Vec<Vec<f32>> {
    let run = super::score::best_run(scores, lines);
    let clipped: Vec<f32> = scores.iter().map(|s| s.clamp(-5.0, 5.0)).collect();
    let mut sums = vec![0.0];
    sums.extend(clipped.iter().scan(0.0, |t, s| {
        *t += s;
        Some(*t)
    }));
    let n = lines.len();
    let mut out = first;
    for (i, row) in out.iter_mut().enumerate() {
        row.extend(
            NEAR.iter()
                .map(|d| i.checked_add_signed(*d).and_then(|j| clipped.get(j)).copied().unwrap_or(-5.0)),
        );
        for w in WINDOWS {
            let (a, b) = (i.saturating_sub(w), (i + w + 1).min(n));
            row.push(between(&sums, a, b) / (b - a) as f32);
        }
        let inside = run.contains(&i);
        row.push(f32::from(inside));
        row.push(if inside { log(i - run.start) } else { -1.0 });
        row.push(if inside { log(run.end - i) } else { -1.0 });
        row.push(log(run.start.saturating_sub(i)));
        row.push(log((i + 1).saturating_sub(run.end)));
        row.push(run.len() as f32 / n.max(1) as f32);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_name() {
        let views: Vec<View> = ["Home", "The minister spoke for an hour on Monday.", "Share"]
            .iter()
            .map(|t| View { shape: Shape::of(t, false), gap: false, twice: false })
            .collect();
        for row in rows(&views) {
            assert_eq!(row.len(), names().len());
        }
    }
}
