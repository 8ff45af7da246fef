//! `cargo xtask eval`: gold sets to predictions, scored by the scorer that lies beside the gold, checked against floors.
//!
//! One file a task. A task turns the text of one gold file into the text of the prediction file.

use demarche::pipeline::Demarche;
use std::path::{Path, PathBuf};

mod actors;
mod articles;
mod coded;
mod dates;
mod events;
mod factuality;
mod floors;
pub mod merge;
mod negatives;
mod pages;
mod pages_flat;
mod places;
mod quotes;
pub mod read;
mod score;
mod syntax;
mod table;
mod tasks;

pub use tasks::{Call, TASKS, Task};

/// One gold file as a task sees it.
pub struct Gold<'a> {
    /// The folder, for files beside the gold (`html/`, `txt/`).
    pub folder: &'a Path,
    /// Text of the gold file.
    pub text: &'a str,
}

/// One line of the table: one measure of one gold file.
pub struct Row {
    task: &'static str,
    file: String,
    /// SHA-256 of the gold file: floors hold for the very file they were pinned on.
    gold: String,
    measure: &'static str,
    value: Option<f64>,
}

/// What was asked for on the command line.
struct Options {
    data: PathBuf,
    out: PathBuf,
    names: Vec<String>,
    pin: bool,
    lower: bool,
}

/// Values of a JSON Lines text, with the line named in the error.
pub fn lines(text: &str) -> impl Iterator<Item = Result<serde_json::Value, String>> + '_ {
    text.lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
        .map(|(i, l)| serde_json::from_str(l).map_err(|e| format!("line {}: {e}", i + 1)))
}

fn options(args: &[String]) -> Result<Options, String> {
    let mut o = Options {
        data: "../shared/eval".into(),
        out: "target/eval".into(),
        names: Vec::new(),
        pin: false,
        lower: false,
    };
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--data" => o.data = value()?.into(),
            "--predictions" => o.out = value()?.into(),
            "--parses" => read::load_parses(Path::new(value()?))?,
            "--keep-parses" => read::keep_parses(Path::new(value()?))?,
            "--pin" => o.pin = true,
            "--lower" => o.lower = true,
            flag if flag.starts_with('-') => {
                return Err(format!(
                    "no flag {flag}; there are --data DIR, --predictions DIR, --parses DIR, --keep-parses DIR, --pin, --lower"
                ));
            }
            name if TASKS.iter().any(|t| t.name == name) => o.names.push(name.to_owned()),
            name => return Err(format!("no task {name:?}; there are {}", task_names())),
        }
    }
    Ok(o)
}

fn task_names() -> String {
    TASKS.iter().map(|t| t.name).collect::<Vec<_>>().join(", ")
}

/// Runs the tasks named in `args`, all when none is named, prints the table and checks the floors.
pub fn run(args: &[String]) -> Result<(), String> {
    let options = options(args)?;
    if !options.data.is_dir() {
        println!("eval: no folder {}: skipped", options.data.display());
        return Ok(());
    }
    let demarche = Demarche::embedded().map_err(|e| e.to_string())?;
    let mut rows = Vec::new();
    let mut missing = Vec::new();
    for task in TASKS.iter().filter(|t| options.names.is_empty() || options.names.iter().any(|n| n == t.name))
    {
        let folder = options.data.join(task.folder);
        match task.predict {
            None => missing.push((task.name, "not built")),
            Some(_) if !folder.is_dir() => missing.push((task.name, "no data")),
            Some(predict) => {
                let report = !options.names.is_empty();
                rows.extend(run_task(
                    task,
                    predict,
                    &demarche,
                    &folder,
                    &options.out.join(task.name),
                    report,
                )?);
            }
        }
    }
    let floors = Path::new("eval/floors.toml");
    if options.pin {
        floors::pin(floors, &rows, options.lower)?;
    }
    let checked = floors::check(&floors::load(floors)?, rows);
    table::print(&checked, &missing);
    let below = checked.iter().filter(|c| c.is_below()).count();
    if below == 0 {
        Ok(())
    } else {
        Err(format!("{below} measures are below their floor in eval/floors.toml"))
    }
}

fn run_task(
    task: &'static Task,
    predict: tasks::Predict,
    demarche: &Demarche,
    folder: &Path,
    out: &Path,
    report: bool,
) -> Result<Vec<Row>, String> {
    let say = |e: std::io::Error| format!("{}: {e}", folder.display());
    std::fs::create_dir_all(out).map_err(say)?;
    let mut files: Vec<_> =
        std::fs::read_dir(folder).map_err(say)?.filter_map(|f| f.ok()).map(|f| f.path()).collect();
    files.sort();
    let mut rows = Vec::new();
    for gold in files {
        let name = gold.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if !(task.is_gold)(name) {
            continue;
        }
        let text = std::fs::read_to_string(&gold).map_err(say)?;
        let began = std::time::Instant::now();
        let predicted = predict(demarche, &Gold { folder, text: &text })
            .map_err(|e| format!("{}: {e}", gold.display()))?;
        let path = out.join(name);
        std::fs::write(&path, predicted).map_err(say)?;
        eprintln!("eval: {} {name}: predicted in {:.1} s", task.name, began.elapsed().as_secs_f64());
        if report {
            score::report(task, folder, &gold, &path)?;
        }
        rows.extend(score::measure(task, folder, &gold, &path)?);
    }
    Ok(rows)
}
