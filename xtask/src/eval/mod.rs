//! `cargo xtask eval`: gold sets to predictions, scored by the scorer that lies beside the gold.
//!
//! One file a task. A task turns the text of one gold file into the text of the prediction file.

use demarche::pipeline::Demarche;
use std::path::{Path, PathBuf};
use std::process::Command;

mod events;

/// One gold set: a folder under the data folder.
pub struct Task {
    /// Folder name.
    pub name: &'static str,
    /// Scorer inside it.
    pub scorer: &'static str,
    /// Which of the folder's files are gold.
    pub is_gold: fn(file: &str) -> bool,
    /// Predictions for one gold file. `None`: not built.
    pub predict: Option<fn(&Demarche, &Gold<'_>) -> Result<String, String>>,
    /// Further arguments of the scorer.
    pub scorer_args: &'static [&'static str],
}

/// One gold file as a task sees it.
pub struct Gold<'a> {
    /// The folder, for files beside the gold (`html/`, `txt/`).
    pub folder: &'a Path,
    /// Text of the gold file.
    pub text: &'a str,
}

fn jsonl(file: &str) -> bool {
    file.ends_with(".jsonl")
}

/// Every task, in the order of the issue. Add a task by its file and its line here.
pub const TASKS: &[Task] = &[Task {
    name: "events",
    scorer: "score_events.py",
    is_gold: jsonl,
    predict: Some(events::predict),
    scorer_args: &[],
}];

/// Values of a JSON Lines text, with the line named in the error.
pub fn lines(text: &str) -> impl Iterator<Item = Result<serde_json::Value, String>> + '_ {
    text.lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
        .map(|(i, l)| serde_json::from_str(l).map_err(|e| format!("line {}: {e}", i + 1)))
}

/// Runs the tasks named in `args`, all when none is named.
pub fn run(args: &[String]) -> Result<(), String> {
    let mut data = PathBuf::from("../shared/eval");
    let mut out = PathBuf::from("target/eval");
    let mut names: Vec<&str> = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--data" => data = value()?.into(),
            "--predictions" => out = value()?.into(),
            name => names.push(name),
        }
    }
    let demarche = Demarche::embedded().map_err(|e| e.to_string())?;
    for task in TASKS.iter().filter(|t| names.is_empty() || names.contains(&t.name)) {
        run_task(task, &demarche, &data.join(task.name), &out.join(task.name))?;
    }
    Ok(())
}

fn run_task(task: &Task, demarche: &Demarche, folder: &Path, out: &Path) -> Result<(), String> {
    let Some(predict) = task.predict else {
        println!("{}: not built", task.name);
        return Ok(());
    };
    let say = |e: std::io::Error| format!("{}: {e}", folder.display());
    std::fs::create_dir_all(out).map_err(say)?;
    let mut files: Vec<_> =
        std::fs::read_dir(folder).map_err(say)?.filter_map(|f| f.ok()).map(|f| f.path()).collect();
    files.sort();
    for gold in files {
        let name = gold.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if !(task.is_gold)(name) {
            continue;
        }
        let text = std::fs::read_to_string(&gold).map_err(say)?;
        let predicted = predict(demarche, &Gold { folder, text: &text })
            .map_err(|e| format!("{}: {e}", gold.display()))?;
        let path = out.join(name);
        std::fs::write(&path, predicted).map_err(say)?;
        println!("== {} {name}", task.name);
        Command::new("python3")
            .arg(folder.join(task.scorer))
            .arg(&gold)
            .arg(&path)
            .args(task.scorer_args)
            .status()
            .map_err(say)?;
    }
    Ok(())
}
