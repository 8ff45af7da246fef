//! `tables/ontology/*.tsv` to codes: CAMEO codes with Goldstein values, PLOVER types with their modes.

use crate::tsv::{TableError, rows};
use hashbrown::HashMap;
use smol_str::SmolStr;

const CAMEO: (&str, &str) = ("ontology/cameo.tsv", include_str!("../ontology/cameo.tsv"));
const PLOVER: (&str, &str) = ("ontology/plover.tsv", include_str!("../ontology/plover.tsv"));

/// One CAMEO code.
#[derive(Debug, Clone, PartialEq)]
pub struct Cameo {
    /// Two to four digits.
    pub code: SmolStr,
    /// Name in the codebook.
    pub name: SmolStr,
    /// Quad class by root, as GDELT counts.
    pub quad: u8,
    /// Goldstein value; `None` where the public table has none.
    pub goldstein: Option<f32>,
    /// PLOVER type of the 2021 conversion table; empty for roots 01 and 02.
    pub plover: SmolStr,
    /// PLOVER mode of the conversion table.
    pub mode: SmolStr,
    /// PLOVER context of the conversion table.
    pub context: SmolStr,
}

/// One PLOVER type.
#[derive(Debug, Clone, PartialEq)]
pub struct PloverType {
    /// Quad class.
    pub quad: u8,
    /// Score of the type without a mode.
    pub score: f32,
    /// True when the codebook requires a recipient.
    pub recipient: bool,
    /// Modes with their scores.
    pub modes: Vec<(SmolStr, f32)>,
}

/// Both code tables.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    cameo: HashMap<SmolStr, Cameo>,
    plover: HashMap<SmolStr, PloverType>,
}

impl Codes {
    /// Loads the embedded tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        let mut out = Codes::default();
        for row in
            rows(CAMEO.0, CAMEO.1, &["code", "name", "quad", "goldstein", "plover", "mode", "context"])?
        {
            let goldstein = match row.cell(3) {
                "" => None,
                text => Some(
                    text.parse()
                        .map_err(|_| row.error(format!("goldstein is {text:?}, expected a number")))?,
                ),
            };
            let quad = row.cell(2).parse().map_err(|_| row.error("quad is no number"))?;
            let code = SmolStr::from(row.cell(0));
            let entry = Cameo {
                code: code.clone(),
                name: row.cell(1).into(),
                quad,
                goldstein,
                plover: row.cell(4).into(),
                mode: row.cell(5).into(),
                context: row.cell(6).into(),
            };
            if out.cameo.insert(code, entry).is_some() {
                return Err(row.error("code stands twice"));
            }
        }
        for row in rows(PLOVER.0, PLOVER.1, &["type", "quad", "score", "recipient", "modes"])? {
            let number =
                |text: &str| text.parse::<f32>().map_err(|_| row.error(format!("{text:?} is no number")));
            let score = number(row.cell(2))?;
            let mut modes = Vec::new();
            for mode in row.list(4) {
                let (name, value) =
                    mode.split_once(':').map_or((mode, score), |(n, v)| (n, number(v).unwrap_or(score)));
                modes.push((SmolStr::from(name), value));
            }
            let quad = number(row.cell(1))? as u8;
            out.plover.insert(
                row.cell(0).into(),
                PloverType { quad, score, recipient: row.cell(3) == "yes", modes },
            );
        }
        Ok(out)
    }

    /// A CAMEO code.
    pub fn cameo(&self, code: &str) -> Option<&Cameo> {
        self.cameo.get(code)
    }

    /// Goldstein value of a code, of its parent where the table has none.
    pub fn goldstein(&self, code: &str) -> Option<f32> {
        let own = self.cameo.get(code)?;
        own.goldstein.or_else(|| {
            code.len().checked_sub(1).filter(|&n| n >= 2).and_then(|n| self.goldstein(code.get(..n)?))
        })
    }

    /// A PLOVER type by its word.
    pub fn plover(&self, word: &str) -> Option<&PloverType> {
        self.plover.get(word)
    }

    /// True when `mode` is a mode of type `plover`.
    pub fn has_mode(&self, plover: &str, mode: &str) -> bool {
        self.plover.get(plover).is_some_and(|t| t.modes.iter().any(|(m, _)| m == mode))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_types_are_complete() {
        let codes = Codes::embedded().unwrap();
        assert_eq!(codes.cameo.len(), 313);
        assert_eq!(codes.plover.len(), 16);
        assert_eq!(codes.goldstein("190"), Some(-10.0));
        assert!(codes.has_mode("ASSAULT", "drone") && !codes.has_mode("AGREE", "drone"));
        assert!(codes.goldstein("1213").is_some() && codes.goldstein("99").is_none());
    }
}
