//! Tab-separated text to rows of cells, with file and line kept for errors and for `explain`.

use std::fmt;

/// One row of a table, with its place for messages and reasons.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// File name under `tables/`.
    pub file: &'a str,
    /// Line number, 1 = header.
    pub line: usize,
    text: &'a str,
}

/// A table that does not keep its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// `file:line: what is wrong`.
    pub message: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
impl std::error::Error for TableError {}

/// Reads `text` as a table named `file` whose header must be `columns`.
///
/// # Errors
/// The header differs, or a row has more cells than the header.
pub fn rows<'a>(file: &'a str, text: &'a str, columns: &[&str]) -> Result<Vec<Row<'a>>, TableError> {
    let mut lines = text.lines().enumerate();
    let header = lines.next().map_or("", |(_, l)| l);
    if header != columns.join("\t") {
        let message = format!("{file}:1: header is {header:?}, expected {:?}", columns.join("\t"));
        return Err(TableError { message });
    }
    let mut out = Vec::new();
    for (i, text) in lines.filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let row = Row { file, line: i + 1, text };
        if text.split('\t').count() > columns.len() {
            return Err(row.error(format!("more than {} cells", columns.len())));
        }
        out.push(row);
    }
    Ok(out)
}

impl<'a> Row<'a> {
    /// Cell number `at` (0 = first), `""` when missing.
    pub fn cell(&self, at: usize) -> &'a str {
        self.text.split('\t').nth(at).unwrap_or("").trim()
    }

    /// The first `N` cells, trimmed, `""` when missing.
    pub fn cells<const N: usize>(&self) -> [&'a str; N] {
        let mut parts = self.text.split('\t');
        std::array::from_fn(|_| parts.next().unwrap_or("").trim())
    }

    /// Parts of a list cell, empty ones left out.
    pub fn list(&self, at: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.cell(at).split('|').map(str::trim).filter(|s| !s.is_empty())
    }

    /// `file:line`, as reasons name it.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    /// An error about this row.
    pub fn error(&self, what: impl fmt::Display) -> TableError {
        TableError { message: format!("{}: {what}", self.place()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_refuses() {
        let rows = rows("t.tsv", "a\tb\n1\tx|y|\n", &["a", "b"]).unwrap();
        assert_eq!(rows[0].list(1).collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(rows[0].place(), "t.tsv:2");
        assert!(super::rows("t.tsv", "a\n", &["a", "b"]).unwrap_err().message.starts_with("t.tsv:1"));
        assert!(super::rows("t.tsv", "a\n1\t2\n", &["a"]).is_err());
    }
}
