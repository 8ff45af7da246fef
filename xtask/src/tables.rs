//! `tables/README.md` with the number of rows that each table has.

use std::collections::BTreeSet;
use std::path::Path;

const README: &str = "tables/README.md";

/// Writes the numbers of rows, or with `check` compares them.
pub fn run(check: bool) -> Result<(), String> {
    let text = std::fs::read_to_string(README).map_err(|e| format!("{README}: {e}"))?;
    let made = counted(&text, &|file| std::fs::read_to_string(Path::new("tables").join(file)).ok())?;
    let named: BTreeSet<String> = made.lines().filter_map(|l| table_of(l).map(str::to_owned)).collect();
    if let Some(missing) = on_disk()?.difference(&named).next() {
        return Err(format!("{README}: no line for {missing}"));
    }
    crate::generate::put(Path::new(README), &made, check)
}

/// The table that a line of the README describes: `| folder/name.tsv | rows | … |`.
fn table_of(line: &str) -> Option<&str> {
    let name = line.strip_prefix("| ")?.split(" |").next()?.trim();
    name.ends_with(".tsv").then_some(name)
}

/// The README's text with the rows of each table counted; `read` gives a table's text.
fn counted(readme: &str, read: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut out = String::with_capacity(readme.len());
    for line in readme.lines() {
        let cells: Vec<&str> = line.split('|').collect();
        match (table_of(line), cells.as_slice()) {
            (Some(name), ["", table, _, rest @ ..]) => {
                let text = read(name).ok_or_else(|| format!("{README}: there is no table {name}"))?;
                let rows = text.lines().skip(1).filter(|l| !l.is_empty() && !l.starts_with('#')).count();
                out.push_str(&format!("|{table}| {rows} |{}\n", rest.join("|")));
            }
            _ => out.push_str(&format!("{line}\n")),
        }
    }
    Ok(out)
}

/// All tables below `tables/`, as `folder/name.tsv`.
fn on_disk() -> Result<BTreeSet<String>, String> {
    let list = |folder: &Path| -> Result<Vec<std::path::PathBuf>, String> {
        let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Ok(entries.filter_map(Result::ok).map(|e| e.path()).collect())
    };
    let mut found = BTreeSet::new();
    for folder in list(Path::new("tables"))?.into_iter().filter(|p| p.is_dir()) {
        let tables = list(&folder)?.into_iter().filter(|p| p.extension().is_some_and(|e| e == "tsv"));
        for path in tables {
            let name = path.strip_prefix("tables").unwrap_or(&path);
            found.insert(name.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_rows_and_refuses_unknown_tables() {
        let readme = "# x\n\n| table | rows | what |\n| --- | ---: | --- |\n| a/b.tsv | 7 | things |\n";
        let table = |name: &str| (name == "a/b.tsv").then(|| "h\nx\n# note\ny\n".to_owned());
        let made = counted(readme, &table).unwrap();
        assert!(made.contains("| a/b.tsv | 2 | things |\n"), "{made}");
        assert_eq!(counted(&made, &table).unwrap(), made);
        assert!(counted("| c.tsv | 0 | x |\n", &table).unwrap_err().contains("c.tsv"));
    }
}
