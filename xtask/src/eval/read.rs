//! A text to its reading: parsed by the project's parser, or with a stored parse when `--parses DIR` gives one.

use demarche::pipeline::{Demarche, Reading};
use record::{Doc, Page, Syntax};
use serde_json::Value;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

static STORED: OnceLock<HashMap<String, Doc>> = OnceLock::new();

/// Where new parses are kept for the next run, when asked for.
static KEEP: OnceLock<Mutex<std::fs::File>> = OnceLock::new();

/// As [`load_parses`], and texts that are parsed anew are added to `dir`, which is made when it is not there. The parses
/// are those of this version of the parser: throw the folder away when the parser changes.
pub fn keep_parses(dir: &Path) -> Result<(), String> {
    let say = |e: std::io::Error| format!("{}: {e}", dir.display());
    std::fs::create_dir_all(dir).map_err(say)?;
    load_parses(dir)?;
    let file =
        std::fs::OpenOptions::new().create(true).append(true).open(dir.join("kept.jsonl")).map_err(say)?;
    KEEP.set(Mutex::new(file)).map_err(|_| "parses are kept twice".to_owned())
}

/// Loads every `*.jsonl` of `dir`: lines `{page, doc}`. They stand in for the parser on texts that are equal.
pub fn load_parses(dir: &Path) -> Result<(), String> {
    let say = |e: std::io::Error| format!("{}: {e}", dir.display());
    let mut out = HashMap::new();
    for file in std::fs::read_dir(dir).map_err(say)?.filter_map(|f| f.ok()).map(|f| f.path()) {
        if file.extension().is_none_or(|e| e != "jsonl") {
            continue;
        }
        for line in super::lines(&std::fs::read_to_string(&file).map_err(say)?) {
            let mut line: Value = line.map_err(|e| format!("{}: {e}", file.display()))?;
            let doc: Doc =
                serde_json::from_value(line["doc"].take()).map_err(|e| format!("{}: {e}", file.display()))?;
            out.insert(line["page"]["text"].as_str().unwrap_or_default().to_owned(), doc);
        }
    }
    STORED.set(out).map_err(|_| "--parses is given twice".to_owned())
}

/// Parses one page, or takes its stored parse.
pub fn parse(demarche: &Demarche, page: &Page) -> Doc {
    let stored = STORED.get().and_then(|s| s.get(&page.text));
    stored.cloned().unwrap_or_else(|| {
        let doc = demarche.parser.parse_page(page, false);
        if let Some(Ok(mut file)) = KEEP.get().map(Mutex::lock) {
            let line = serde_json::json!({"page": {"text": page.text}, "doc": doc});
            // What cannot be kept is parsed again the next time.
            let _ = writeln!(file, "{line}");
        }
        doc
    })
}

/// Reads one page.
pub fn read(demarche: &Demarche, page: Page) -> Reading {
    let doc = parse(demarche, &page);
    let syntax = Syntax::new(&page, &doc);
    let mentions = demarche.resolver.resolve(&syntax);
    let coding = demarche.coder.code(&syntax, &mentions);
    Reading { page, doc, mentions, coding }
}

/// Stored texts that hold `words`.
pub fn stored_with(words: &str) -> Vec<String> {
    let mut out: Vec<String> =
        STORED.get().into_iter().flat_map(|s| s.keys()).filter(|t| t.contains(words)).cloned().collect();
    out.sort();
    out
}
