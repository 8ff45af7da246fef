//! Rows and columns to a table that fits the screen, numbers to bars.

use crate::term::Screen;
use crate::term::style::{DIM, TITLE, paint};
use crate::term::text::safe;
use crate::term::wrap::columns;
use store::table::Table;
use unicode_segmentation::UnicodeSegmentation;

/// Narrowest that a text column is cut to.
const NARROW: usize = 8;
/// Columns that are never cut.
const WHOLE: [&str; 6] = ["id", "period", "first", "last", "from", "to"];
/// Rows shown before the rest is counted.
pub const ROWS: usize = 60;

/// The named columns of a table; numbers to the right, texts to the left. The widest text is cut until all fits, then
/// columns are left out from the last but one on. Numbers, days and ids are never cut.
pub fn show(table: &Table, wanted: &[&str], screen: &Screen) -> String {
    let mut index: Vec<usize> =
        wanted.iter().filter_map(|name| table.header.iter().position(|h| h == name)).collect();
    let shown = &table.rows[..table.rows.len().min(ROWS)];
    let cell = |row: &Vec<String>, i: usize| safe(row.get(i).map_or("", String::as_str)).into_owned();
    let head = |i: usize| table.header[i].replace('_', " ");
    let right =
        |i: usize| shown.iter().all(|r| r.get(i).is_none_or(|c| c.is_empty() || c.parse::<f64>().is_ok()));
    let room = screen.width.max(24);
    let widths = loop {
        let mut widths: Vec<usize> = index
            .iter()
            .map(|&i| {
                shown.iter().map(|r| columns(&cell(r, i))).chain([columns(&head(i))]).max().unwrap_or(0)
            })
            .collect();
        let wide =
            |widths: &[usize]| widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1) > room;
        let cuttable = |c: usize| !right(index[c]) && !WHOLE.contains(&table.header[index[c]]);
        while wide(&widths) {
            let texts = widths.iter().enumerate().filter(|(c, w)| cuttable(*c) && **w > NARROW);
            let Some((at, _)) = texts.max_by_key(|w| *w.1) else { break };
            widths[at] -= 1;
        }
        if !wide(&widths) || index.len() < 3 {
            break widths;
        }
        index.remove(index.len() - 2);
    };
    let line = |cells: Vec<String>| {
        let parts = cells.iter().enumerate().map(|(c, text)| pad(text, widths[c], right(index[c])));
        parts.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut out = paint(TITLE, &line(index.iter().map(|&i| head(i)).collect())) + "\n";
    for row in shown {
        out.push_str(&line(index.iter().map(|&i| cell(row, i)).collect()));
        out.push('\n');
    }
    if table.rows.len() > shown.len() {
        let more = format!("and {} more rows: --csv prints all", table.rows.len() - shown.len());
        out.push_str(&(paint(DIM, &more) + "\n"));
    }
    out
}

fn pad(text: &str, width: usize, right: bool) -> String {
    let text = cut(text, width);
    let space = " ".repeat(width.saturating_sub(columns(&text)));
    if right { space + &text } else { text + &space }
}

/// `text` in at most `width` columns, with an ellipsis when something was left out.
pub fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for grapheme in text.graphemes(true) {
        if columns(&out) + columns(grapheme) + 1 > width {
            break;
        }
        out.push_str(grapheme);
    }
    out + "…"
}

/// A bar of `width` columns at most, in eighths of a column, for `n` of `most`.
pub fn bar(n: f64, most: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if most <= 0.0 || n <= 0.0 {
        return String::new();
    }
    let eighths = ((n / most).min(1.0) * width as f64 * 8.0).round() as usize;
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// Numbers as one row of small columns.
pub fn spark(series: &[u64]) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = series.iter().copied().max().unwrap_or(0).max(1);
    series.iter().map(|n| if *n == 0 { '·' } else { STEPS[(n * 7 / most) as usize] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_sparks_keep_to_their_width() {
        assert_eq!(bar(5.0, 10.0, 8), "████");
        assert_eq!(bar(1.0, 64.0, 8), "▏");
        assert_eq!(bar(3.0, 0.0, 8), "");
        assert_eq!(spark(&[0, 1, 8]), "·▁█");
        assert_eq!(cut("東京タワー", 6), "東京…");
    }
}
