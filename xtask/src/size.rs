//! `cargo xtask size`: every Rust file to its length, the length of its functions and their parameters.

use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::visit::Visit;

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 60;
const PARAMETERS: usize = 6;
/// Findings that are known and wait to be split, a path and item a line: none may be added without saying why.
const WAITING: &str = include_str!("../size-waiting.txt");

/// Fails when something is too long. A file whose first line contains `@generated` is exempt.
pub fn run() -> Result<(), String> {
    let mut files = Vec::new();
    for folder in ["src", "crates", "tables", "xtask", "tests", "benches"] {
        collect(Path::new(folder), &mut files).map_err(|e| format!("{folder}: {e}"))?;
    }
    files.sort();
    let mut wrong = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        wrong.extend(check(file, &text)?);
    }
    wrong.retain(|w| !WAITING.lines().any(|l| !l.is_empty() && !l.starts_with('#') && is_waiting(w, l)));
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} findings\n{}", wrong.len(), wrong.join("\n"))) }
}

/// True when finding `wrong` is about the path and, if named, the function of line `waiting`.
fn is_waiting(wrong: &str, waiting: &str) -> bool {
    let (path, item) = waiting.split_once(' ').unwrap_or((waiting, "file"));
    wrong.starts_with(path)
        && if item == "file" {
            wrong.ends_with("lines, at most 500")
        } else {
            wrong.contains(&format!(" {item} has "))
        }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if path.is_dir() && name != "target" && name != "node_modules" {
            collect(&path, files)?;
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
    Ok(())
}

fn check(path: &Path, text: &str) -> Result<Vec<String>, String> {
    if text.lines().next().is_some_and(|l| l.contains("@generated")) {
        return Ok(Vec::new());
    }
    let mut finder = Finder { path, wrong: Vec::new() };
    let lines = text.lines().count();
    if lines > FILE_LINES {
        finder.wrong.push(format!("{}: {lines} lines, at most {FILE_LINES}", path.display()));
    }
    if !text.starts_with("//!") {
        finder.wrong.push(format!("{}:1: no `//!` sentence that says what the file is for", path.display()));
    }
    let tree = syn::parse_file(text).map_err(|e| format!("{}: {e}", path.display()))?;
    finder.visit_file(&tree);
    Ok(finder.wrong)
}

struct Finder<'a> {
    path: &'a Path,
    wrong: Vec<String>,
}

impl Finder<'_> {
    fn function(&mut self, signature: &syn::Signature, end: usize) {
        let start = signature.span().start().line;
        let (lines, parameters) = (end - start + 1, signature.inputs.len());
        let at = format!("{}:{start}: {}", self.path.display(), signature.ident);
        if lines > FUNCTION_LINES {
            self.wrong.push(format!("{at} has {lines} lines, at most {FUNCTION_LINES}"));
        }
        if parameters > PARAMETERS {
            self.wrong.push(format!("{at} has {parameters} parameters, at most {PARAMETERS}"));
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, f: &'ast syn::ItemFn) {
        self.function(&f.sig, f.block.span().end().line);
        syn::visit::visit_item_fn(self, f);
    }

    fn visit_impl_item_fn(&mut self, f: &'ast syn::ImplItemFn) {
        self.function(&f.sig, f.block.span().end().line);
        syn::visit::visit_impl_item_fn(self, f);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_long_files_functions_and_lists_of_parameters() {
        let body = "    let _ = 1;\n".repeat(60);
        let text = format!(
            "//! X.\nfn a() {{\n{body}}}\nfn b(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8) {{}}\n"
        );
        let wrong = check(Path::new("x.rs"), &text).unwrap();
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert!(wrong[0].contains("x.rs:2: a has 62 lines") && wrong[1].contains("7 parameters"));
        assert_eq!(check(Path::new("x.rs"), &"//! X.\n".repeat(501)).unwrap().len(), 1);
        assert_eq!(check(Path::new("x.rs"), "// @generated\n").unwrap().len(), 0);
    }
}
