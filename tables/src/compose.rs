//! `tables/patterns/compose.tsv` to rules for a predicate over an event complement.

use crate::tsv::{Row, TableError, rows};
use smol_str::SmolStr;

/// The table.
pub const COMPOSE: (&str, &str) = ("patterns/compose.tsv", include_str!("../patterns/compose.tsv"));

/// What becomes of the embedded event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Both words tell one event of the result type.
    Merge,
    /// The embedded event stands beside the outer one.
    Keep,
    /// The embedded event is no fact: the outer one alone remains.
    Drop,
    /// The outer word adds nothing: the embedded event remains.
    Pass,
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Lemmas of the outer predicate, the first word of each with its particle.
    pub outer: Vec<Vec<SmolStr>>,
    /// How the complement is tied: `inf`, `that`, `ger`, `noun`.
    pub links: Vec<SmolStr>,
    /// Types of the embedded event; `C`, `H` and `any` are groups.
    pub inner: Vec<SmolStr>,
    /// Resulting type, `own` (that of the outer predicate) or `same` (that of the embedded one).
    pub result: SmolStr,
    /// What becomes of the embedded event.
    pub fate: Fate,
    /// `file:line`.
    pub place: SmolStr,
}

/// Reads the rules, in the order in which they are tried.
///
/// # Errors
/// The header differs or a cell holds a word that is none of the closed lists.
pub fn rules(file: &str, text: &str) -> Result<Vec<Rule>, TableError> {
    rows(file, text, &["outer", "link", "inner", "result", "fate", "note"])?.into_iter().map(rule).collect()
}

/// The embedded rules.
///
/// # Errors
/// The table does not keep its form.
pub fn embedded() -> Result<Vec<Rule>, TableError> {
    rules(COMPOSE.0, COMPOSE.1)
}

fn rule(row: Row<'_>) -> Result<Rule, TableError> {
    let fate = match row.cell(4) {
        "merge" => Fate::Merge,
        "keep" => Fate::Keep,
        "drop" => Fate::Drop,
        "pass" => Fate::Pass,
        other => return Err(row.error(format!("fate is {other:?}, expected merge, keep, drop or pass"))),
    };
    let links: Vec<SmolStr> = row.list(1).map(SmolStr::from).collect();
    if let Some(bad) = links.iter().find(|l| !["inf", "that", "ger", "noun"].contains(&l.as_str())) {
        return Err(row.error(format!("link is {bad:?}, expected inf, that, ger or noun")));
    }
    Ok(Rule {
        outer: row.list(0).map(|o| o.split(' ').map(SmolStr::from).collect()).collect(),
        links,
        inner: row.list(2).map(SmolStr::from).collect(),
        result: row.cell(3).into(),
        fate,
        place: row.place().into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_rules_keep_their_form() {
        let rules = embedded().unwrap();
        assert!(rules.iter().any(|r| r.fate == Fate::Merge && r.result == "REJECT"));
        assert!(
            super::rules("c", "outer\tlink\tinner\tresult\tfate\tnote\nsay\tinf\tany\tsame\teat\t\n")
                .is_err()
        );
    }
}
