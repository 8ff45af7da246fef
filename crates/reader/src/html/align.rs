//! Lines that an extractor gives back to the lines of the page they came from.

use super::scan::HtmlLine;
use crate::line::words;
use std::collections::HashMap;

/// Words that must agree before a stretch counts as the same.
const ANCHOR: usize = 4;

/// What of an extractor's output was found again.
pub(crate) struct Aligned {
    /// Share of each page line's words that the extractor kept, 0 to 1.
    pub kept: Vec<f32>,
    /// Extractor lines that stand nowhere on the page (text from scripts), with the page line they follow.
    pub foreign: Vec<(usize, String)>,
}

struct PageWords {
    words: Vec<String>,
    line: Vec<usize>,
    anchors: HashMap<u64, Vec<usize>>,
    lines: HashMap<String, Vec<usize>>,
    first: Vec<usize>,
}

/// Finds `extracted` in `page`, in order as far as it goes.
pub(crate) fn align(page: &[HtmlLine], extracted: &[String]) -> Aligned {
    let index = PageWords::of(page);
    let mut hit = vec![false; index.words.len()];
    let mut foreign = Vec::new();
    let mut at = 0;
    for text in extracted {
        let list: Vec<String> = words(text).map(str::to_owned).collect();
        let before = at;
        let matched = index.take(&list, &mut at, &mut hit);
        if list.len() >= ANCHOR && matched * 2 < list.len() {
            let line = index.line.get(before.saturating_sub(1)).copied().unwrap_or(0);
            foreign.push((line, text.clone()));
        }
    }
    let mut counts = vec![(0usize, 0usize); page.len()];
    for (i, line) in index.line.iter().enumerate() {
        if let Some(count) = counts.get_mut(*line) {
            count.0 += 1;
            count.1 += usize::from(hit.get(i).copied().unwrap_or(false));
        }
    }
    let kept =
        counts.iter().map(|(all, hit)| if *all == 0 { 0.0 } else { *hit as f32 / *all as f32 }).collect();
    Aligned { kept, foreign }
}

impl PageWords {
    fn of(page: &[HtmlLine]) -> PageWords {
        let mut out = PageWords {
            words: Vec::new(),
            line: Vec::new(),
            anchors: HashMap::new(),
            lines: HashMap::new(),
            first: Vec::new(),
        };
        for (i, line) in page.iter().enumerate() {
            out.first.push(out.words.len());
            let before = out.words.len();
            out.words.extend(words(&line.line.text).map(str::to_owned));
            out.line.resize(out.words.len(), i);
            if out.words.len() > before {
                let key = out.words.get(before..).unwrap_or_default().join(" ");
                out.lines.entry(key).or_default().push(before);
            }
        }
        for (i, window) in out.words.windows(ANCHOR).enumerate() {
            out.anchors.entry(key(window)).or_default().push(i);
        }
        out
    }

    /// Marks the words of one extracted line on the page. Returns how many were found.
    fn take(&self, list: &[String], at: &mut usize, hit: &mut [bool]) -> usize {
        if let Some(place) = self.lines.get(&list.join(" ")).and_then(|places| nearest(places, *at)) {
            self.mark(place, list.len(), at, hit);
            return list.len();
        }
        let mut matched = 0;
        let mut i = 0;
        while i < list.len() {
            let same = self.words.get(*at).is_some_and(|w| Some(w) == list.get(i)) && matched > 0;
            let place = if same {
                Some(*at)
            } else {
                let window = list.get(i..i + ANCHOR);
                window.and_then(|w| self.anchors.get(&key(w))).and_then(|places| nearest(places, *at))
            };
            match place {
                Some(place) => {
                    let run = self.run(place, list.get(i..).unwrap_or_default());
                    self.mark(place, run.max(1), at, hit);
                    matched += run.max(1);
                    i += run.max(1);
                }
                None => i += 1,
            }
        }
        matched
    }

    /// Words that agree from `place` on.
    fn run(&self, place: usize, list: &[String]) -> usize {
        let page = self.words.get(place..).unwrap_or_default();
        page.iter().zip(list).take_while(|(a, b)| a == b).count()
    }

    fn mark(&self, place: usize, length: usize, at: &mut usize, hit: &mut [bool]) {
        for slot in hit.iter_mut().skip(place).take(length) {
            *slot = true;
        }
        *at = place + length;
    }
}

/// The place at or after `at`, else the last before it.
fn nearest(places: &[usize], at: usize) -> Option<usize> {
    places.iter().find(|p| **p >= at).or(places.last()).copied()
}

fn key(window: &[String]) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    window.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::scan::scan;
    use crate::strip::knowledge::knowledge;

    #[test]
    fn lines_come_back_to_their_place() {
        let page = scan(
            "<nav>Home</nav><h1>Dam</h1><p>The dam broke on <b>Monday</b> night.</p><p>Read more</p><p>Dam</p>",
            knowledge(),
        );
        let got = align(
            &page.lines,
            &[
                "The dam broke on Monday night.".to_owned(),
                "Dam".to_owned(),
                "Text that only scripts hold".to_owned(),
            ],
        );
        assert_eq!(got.kept, [0.0, 0.0, 1.0, 0.0, 1.0]);
        assert_eq!(got.foreign.len(), 1);
    }
}
