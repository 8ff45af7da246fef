//! A gold file and its predictions to the scorer's numbers.

use super::{Call, Row, Task};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::{Command, Stdio};

fn scorer(task: &Task, folder: &Path, gold: &Path, predictions: &Path) -> Command {
    let mut command = Command::new("python3");
    command.arg(folder.join(task.scorer));
    match task.call {
        Call::PredThenGold => command.arg(predictions).arg("--gold").arg(gold),
        _ => command.arg(gold).arg(predictions),
    };
    command.args(task.scorer_args).stdin(Stdio::null());
    command
}

/// Prints the scorer's own report.
pub fn report(task: &Task, folder: &Path, gold: &Path, predictions: &Path) -> Result<(), String> {
    println!("== {} {}", task.name, gold.file_name().unwrap_or_default().to_string_lossy());
    let status = scorer(task, folder, gold, predictions).status().map_err(|e| format!("python3: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed on {}", task.scorer, gold.display())) }
}

/// Runs the scorer for its JSON and picks the task's measures.
pub fn measure(
    task: &'static Task,
    folder: &Path,
    gold: &Path,
    predictions: &Path,
) -> Result<Vec<Row>, String> {
    let mut command = scorer(task, folder, gold, predictions);
    let numbers = predictions.with_extension("score.json");
    match task.call {
        Call::PairJsonFile => command.arg("--json").arg(&numbers),
        Call::PairAlwaysJson => &mut command,
        Call::Pair | Call::PredThenGold => command.arg("--json"),
    };
    let output = command.stderr(Stdio::inherit()).output().map_err(|e| format!("python3: {e}"))?;
    if !output.status.success() {
        return Err(format!("{} failed on {}", task.scorer, gold.display()));
    }
    let text = if task.call == Call::PairJsonFile {
        std::fs::read_to_string(&numbers).map_err(|e| format!("{}: {e}", numbers.display()))?
    } else {
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let json: Value = serde_json::from_str(&text.replace("NaN", "null"))
        .map_err(|e| format!("{} printed no JSON: {e}", task.scorer))?;
    let bytes = std::fs::read(gold).map_err(|e| format!("{}: {e}", gold.display()))?;
    let fingerprint = hex(&Sha256::digest(bytes));
    let file = gold.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(task
        .measures
        .iter()
        .map(|&(measure, path)| Row {
            task: task.name,
            file: file.clone(),
            gold: fingerprint.clone(),
            measure,
            value: pick(&json, path),
        })
        .collect())
}

fn pick(json: &Value, path: &str) -> Option<f64> {
    path.split('.').try_fold(json, |at, key| at.get(key))?.as_f64()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
