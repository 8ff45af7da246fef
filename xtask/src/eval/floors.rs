//! Measured values and the committed floors to verdicts; `--pin` raises floors and lowers them only with `--lower`.
//!
//! A floor holds for the gold file it was pinned on (by SHA-256): other data of the same shape are measured, not judged.

use super::Row;
use super::tasks::less_is_better;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Task / file / measure.
type Key = (String, String, String);

/// A fall by less than this is noise of rounding, not a loss.
const NOISE: f64 = 0.0005;

#[derive(Debug, Default, Serialize, Deserialize)]
struct File {
    #[serde(default)]
    floor: Vec<Floor>,
}

/// One pinned measure.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Floor {
    task: String,
    file: String,
    gold: String,
    measure: String,
    value: f64,
}

/// A measure with the floor that applies to it.
pub struct Checked {
    /// What was measured.
    pub row: Row,
    /// The floor, when the gold is the pinned one.
    pub floor: Option<f64>,
}

impl Checked {
    /// True when the value is worse than the floor, or gone.
    pub fn is_below(&self) -> bool {
        match (self.row.value, self.floor) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(v), Some(f)) => worse(self.row.measure, v, f),
        }
    }
}

fn worse(measure: &str, value: f64, floor: f64) -> bool {
    if less_is_better(measure) { value > floor + NOISE } else { value < floor - NOISE }
}

/// Reads the floors; none when the file is missing.
pub fn load(path: &Path) -> Result<Vec<Floor>, String> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            toml::from_str::<File>(&text).map(|f| f.floor).map_err(|e| format!("{}: {e}", path.display()))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(format!("{}: {e}", path.display())),
    }
}

/// Finds the floor of each measure.
pub fn check(floors: &[Floor], rows: Vec<Row>) -> Vec<Checked> {
    rows.into_iter()
        .map(|row| {
            let same = |f: &&Floor| {
                f.task == row.task && f.file == row.file && f.measure == row.measure && f.gold == row.gold
            };
            let floor = floors.iter().find(same).map(|f| f.value);
            Checked { row, floor }
        })
        .collect()
}

/// Writes the measured values as the new floors; a worse value replaces a floor only with `lower`.
pub fn pin(path: &Path, rows: &[Row], lower: bool) -> Result<(), String> {
    let key = |f: &Floor| -> Key { (f.task.clone(), f.file.clone(), f.measure.clone()) };
    let mut all: BTreeMap<Key, Floor> = load(path)?.into_iter().map(|f| (key(&f), f)).collect();
    for row in rows {
        let Some(value) = row.value else { continue };
        let new = Floor {
            task: row.task.to_owned(),
            file: row.file.clone(),
            gold: row.gold.clone(),
            measure: row.measure.to_owned(),
            value: (value * 1e4).round() / 1e4,
        };
        match all.get(&key(&new)) {
            Some(old) if old.gold == new.gold && worse(&new.measure, value, old.value) && !lower => {
                println!(
                    "eval: kept floor {} of {} {}: --lower to give it up",
                    old.value, old.task, old.measure
                );
            }
            _ => drop(all.insert(key(&new), new)),
        }
    }
    let text = toml::to_string(&File { floor: all.into_values().collect() }).map_err(|e| e.to_string())?;
    let head =
        "# Pinned scores: `cargo xtask eval` fails below them. Written by `cargo xtask eval --pin`.\n\n";
    std::fs::write(path, format!("{head}{text}")).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(measure: &'static str, value: f64) -> Row {
        Row { task: "t", file: "f".into(), gold: "g".into(), measure, value: Some(value) }
    }

    #[test]
    fn floors_only_rise_and_hold_for_their_gold() {
        let dir = std::env::temp_dir().join(format!("floors-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("floors.toml");
        pin(&path, &[row("F1", 0.7), row("false per 100", 9.0)], false).unwrap();
        pin(&path, &[row("F1", 0.6), row("false per 100", 8.0)], false).unwrap();
        let floors = load(&path).unwrap();
        let checked = check(&floors, vec![row("F1", 0.69), row("false per 100", 8.0)]);
        assert!(checked[0].is_below() && !checked[1].is_below());
        let other = Row { gold: "h".into(), ..row("F1", 0.1) };
        assert!(!check(&floors, vec![other])[0].is_below());
        pin(&path, &[row("F1", 0.6)], true).unwrap();
        assert!(!check(&load(&path).unwrap(), vec![row("F1", 0.6)])[0].is_below());
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
