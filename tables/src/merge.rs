//! Turns `tables/merge/*.tsv` into the weights of the two story models.

use crate::tsv::{TableError, rows};

/// Weights by feature name; the intercept is the row `bias`.
pub type Weights = Vec<(String, f64)>;

fn weights(file: &str, text: &str) -> Result<Weights, TableError> {
    let mut out = Weights::new();
    for row in rows(file, text, &["feature", "weight"])? {
        let weight = row.cell(1).parse().map_err(|_| row.error("the weight is not a number"))?;
        out.push((row.cell(0).to_owned(), weight));
    }
    Ok(out)
}

/// Weights that score two reports.
///
/// # Errors
/// A weight is not a number.
pub fn pair() -> Result<Weights, TableError> {
    weights("merge/pair.tsv", include_str!("../merge/pair.tsv"))
}

/// Weights that score the join of two clusters of reports.
///
/// # Errors
/// A weight is not a number.
pub fn join() -> Result<Weights, TableError> {
    weights("merge/join.tsv", include_str!("../merge/join.tsv"))
}

/// Number of sentences counted, and the number that hold each word, for words in three or more of them.
///
/// # Errors
/// A count is not a number, or the row of the total (`*`) is missing.
pub fn background() -> Result<(u32, Vec<(String, u32)>), TableError> {
    let (mut total, mut words) = (None, Vec::new());
    for row in rows("merge/background.tsv", include_str!("../merge/background.tsv"), &["word", "sentences"])?
    {
        let n = row.cell(1).parse().map_err(|_| row.error("the count is not a number"))?;
        match row.cell(0) {
            "*" => total = Some(n),
            word => words.push((word.to_owned(), n)),
        }
    }
    let missing = || TableError { message: "merge/background.tsv: no row *".to_owned() };
    Ok((total.ok_or_else(missing)?, words))
}

/// Words that name one kind of happening, verbs and nouns alike.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    /// Lemma to class name and `file:line`.
    pub class: hashbrown::HashMap<String, (String, String)>,
    /// Lemmas that say little alone: true when the subject tells two of them apart, false for the object.
    pub bound: hashbrown::HashMap<String, bool>,
}

/// Loads `classes.tsv` and `bound.tsv`.
///
/// # Errors
/// A word stands in two classes, or a cell has no known value.
pub fn classes() -> Result<Classes, TableError> {
    let mut out = Classes::default();
    for row in rows("merge/classes.tsv", include_str!("../merge/classes.tsv"), &["class", "words"])? {
        for word in row.list(1) {
            if out.class.insert(word.to_owned(), (row.cell(0).to_owned(), row.place())).is_some() {
                return Err(row.error(format!("{word:?} stands in two classes")));
            }
        }
    }
    for row in rows("merge/bound.tsv", include_str!("../merge/bound.tsv"), &["word", "bound_by"])? {
        let subject = match row.cell(1) {
            "subject" => true,
            "object" => false,
            other => return Err(row.error(format!("unknown {other:?}"))),
        };
        out.bound.insert(row.cell(0).to_owned(), subject);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    #[test]
    fn tables_keep_their_form() {
        assert!(super::pair().unwrap().iter().any(|w| w.0 == "bias"));
        assert!(super::join().unwrap().iter().all(|w| w.1.is_finite()));
        let classes = super::classes().unwrap();
        assert_eq!(classes.class["quake"].0, classes.class["earthquake"].0);
        assert!(classes.bound["say"]);
    }
}
