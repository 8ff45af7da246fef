//! Checked measures to the one table that `cargo xtask eval` prints.

use super::floors::Checked;

/// Prints the table, and under it the tasks that have no figures.
pub fn print(checked: &[Checked], missing: &[(&str, &str)]) {
    if !checked.is_empty() {
        println!("{:<11} {:<22} {:<18} {:>8} {:>8}", "task", "gold", "measure", "value", "floor");
    }
    let mut before = ("", "");
    for c in checked {
        let same = before == (c.row.task, c.row.file.as_str());
        let (task, file) = if same { ("", "") } else { (c.row.task, c.row.file.as_str()) };
        before = (c.row.task, &c.row.file);
        let number = |n: Option<f64>| n.map_or("-".to_owned(), |n| format!("{n:.4}"));
        let verdict = if c.is_below() { "  BELOW" } else { "" };
        let (value, floor) = (number(c.row.value), number(c.floor));
        println!("{task:<11} {file:<22} {:<18} {value:>8} {floor:>8}{verdict}", c.row.measure);
    }
    for (task, why) in missing {
        println!("{task:<11} {why}");
    }
}
