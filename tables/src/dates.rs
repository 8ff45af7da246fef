//! Turns `tables/dates/*.tsv` into one lexicon of time words and two lists of phrases.

use crate::tsv::{Row, TableError, rows};
use hashbrown::HashMap;

/// A length of time as the grammar counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Night,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
    Millennium,
}

/// Season codes of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Season {
    /// SP, March to May.
    Spring,
    /// SU, June to August.
    Summer,
    /// FA, September to November.
    Fall,
    /// WI, December to February.
    Winter,
}

/// What a word can mean for a date.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Month 1 to 12; `abbreviation` may take a full stop.
    Month {
        /// 1 to 12.
        number: u8,
        /// May be followed by a full stop that belongs to it.
        abbreviation: bool,
    },
    /// Weekday, Monday = 1.
    Weekday {
        /// 1 to 7.
        number: u8,
        /// May be followed by a full stop that belongs to it.
        abbreviation: bool,
        /// "Mondays".
        plural: bool,
    },
    /// Season; `weak` words have other common meanings.
    Season {
        /// Which.
        season: Season,
        /// Needs a determiner or a year to be read as a season.
        weak: bool,
    },
    /// Part of the day with its TIMEX3 code; `point` parts stand alone ("noon").
    Part {
        /// `MO`, `MI`, `AF`, `EV`, `NI`, `DT` or `24:00`.
        code: String,
        /// Stands without a determiner.
        point: bool,
        /// "mornings".
        plural: bool,
    },
    /// Unit of time.
    Unit {
        /// Which.
        unit: Unit,
        /// How many of it the word stands for ("fortnight" = 2 weeks).
        factor: u32,
        /// Plural form.
        plural: bool,
    },
    /// "seven".
    Cardinal(u32),
    /// "seventh".
    Ordinal(u32),
    /// "hundred".
    Multiplier(u32),
    /// "several".
    Vague,
    /// "nineties": the decade 90.
    Decade(u8),
    /// "last" -1, "this" 0, "next" +1.
    Direction(i8),
    /// "same", "that".
    Same,
    /// "recent".
    Recent,
    /// "early" START, "late" END, "mid" MID.
    Edge(String),
    /// "earlier" -1, "later" +1.
    Compare(i8),
    /// "about": TIMEX3 mod.
    Approx(String),
    /// "BC" -1, "AD" +1.
    Era(i8),
    /// "daily": period of a set.
    Set(String),
    /// A noun that makes a number before it a count ("people").
    Measure,
}

/// One meaning of a word, with its row.
#[derive(Debug, Clone, PartialEq)]
pub struct Sense {
    /// The meaning.
    pub what: What,
    /// `file:line`.
    pub row: String,
}

/// A fixed phrase with its type and value.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Its words in lower case, split as [`split`] does.
    pub words: Vec<String>,
    /// TIMEX3 type.
    pub kind: String,
    /// `D+1`, `PRESENT_REF`; for holidays the rule (`12-25`, `11-4Thu`, `05-LMon`, `easter-2`).
    pub value: String,
    /// `file:line`.
    pub row: String,
}

/// All date tables.
#[derive(Debug, Clone, Default)]
pub struct Dates {
    /// Senses by lower-cased word.
    pub words: HashMap<String, Vec<Sense>>,
    /// Deictic phrases by first word, longest first.
    pub deictic: HashMap<String, Vec<Phrase>>,
    /// Holidays by first word, longest first.
    pub holidays: HashMap<String, Vec<Phrase>>,
}

/// Splits a phrase into runs of letters, runs of digits and single signs, as the date lexer does.
pub fn split(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        let joins =
            (c.is_alphabetic() && last.is_alphabetic()) || (c.is_ascii_digit() && last.is_ascii_digit());
        if !c.is_whitespace() {
            match out.last_mut() {
                Some(word) if joins => word.push(c),
                _ => out.push(c.to_string()),
            }
        }
        last = c;
    }
    out
}

macro_rules! embedded {
    ($file:literal, $columns:expr) => {
        rows(concat!("dates/", $file), include_str!(concat!("../dates/", $file)), $columns)?
    };
}

impl Dates {
    /// Loads the embedded tables.
    ///
    /// # Errors
    /// A cell is none of its column's values.
    pub fn embedded() -> Result<Self, TableError> {
        let mut out = Dates::default();
        for row in embedded!("names.tsv", &["word", "kind", "value", "flags"]) {
            out.word(&row, name(&row)?);
        }
        for row in embedded!("units.tsv", &["word", "unit", "factor", "flags"]) {
            let plural = row.list(3).any(|f| f == "plural");
            out.word(&row, What::Unit { unit: unit(&row, row.cell(1))?, factor: number(&row, 2)?, plural });
        }
        for row in embedded!("numbers.tsv", &["word", "kind", "value"]) {
            out.word(&row, count(&row)?);
        }
        for row in embedded!("modifiers.tsv", &["word", "kind", "value"]) {
            out.word(&row, modifier(&row)?);
        }
        for row in embedded!("sets.tsv", &["word", "value"]) {
            out.word(&row, What::Set(row.cell(1).to_owned()));
        }
        for row in embedded!("measures.tsv", &["word"]) {
            out.word(&row, What::Measure);
        }
        for row in embedded!("deictic.tsv", &["phrase", "type", "value"]) {
            phrase(&mut out.deictic, &row, row.cell(1), row.cell(2));
        }
        for row in embedded!("holidays.tsv", &["phrase", "rule"]) {
            phrase(&mut out.holidays, &row, "DATE", row.cell(1));
        }
        for list in out.deictic.values_mut().chain(out.holidays.values_mut()) {
            list.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
        Ok(out)
    }

    /// Meanings of a lower-cased word.
    pub fn senses(&self, word: &str) -> &[Sense] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    fn word(&mut self, row: &Row<'_>, what: What) {
        self.words.entry(row.cell(0).to_owned()).or_default().push(Sense { what, row: row.place() });
    }
}

fn phrase(into: &mut HashMap<String, Vec<Phrase>>, row: &Row<'_>, kind: &str, value: &str) {
    let words = split(row.cell(0));
    let Some(first) = words.first().cloned() else { return };
    let (kind, value) = (kind.to_owned(), value.to_owned());
    into.entry(first).or_default().push(Phrase { words, kind, value, row: row.place() });
}

fn number<T: std::str::FromStr>(row: &Row<'_>, cell: usize) -> Result<T, TableError> {
    row.cell(cell).parse().map_err(|_| row.error(format!("{:?} is not a number", row.cell(cell))))
}

fn name(row: &Row<'_>) -> Result<What, TableError> {
    let flag = |name: &str| row.list(3).any(|f| f == name);
    Ok(match row.cell(1) {
        "month" => What::Month { number: number(row, 2)?, abbreviation: flag("abbreviation") },
        "weekday" => What::Weekday {
            number: number(row, 2)?,
            abbreviation: flag("abbreviation"),
            plural: flag("plural"),
        },
        "season" => What::Season { season: season(row)?, weak: flag("weak") },
        "part" => What::Part { code: row.cell(2).to_owned(), point: flag("point"), plural: flag("plural") },
        other => return Err(row.error(format!("unknown kind {other:?}"))),
    })
}

fn season(row: &Row<'_>) -> Result<Season, TableError> {
    Ok(match row.cell(2) {
        "SP" => Season::Spring,
        "SU" => Season::Summer,
        "FA" => Season::Fall,
        "WI" => Season::Winter,
        other => return Err(row.error(format!("unknown season {other:?}"))),
    })
}

fn unit(row: &Row<'_>, code: &str) -> Result<Unit, TableError> {
    Ok(match code {
        "S" => Unit::Second,
        "MIN" => Unit::Minute,
        "H" => Unit::Hour,
        "NI" => Unit::Night,
        "D" => Unit::Day,
        "WE" => Unit::Weekend,
        "W" => Unit::Week,
        "M" => Unit::Month,
        "Q" => Unit::Quarter,
        "SE" => Unit::Season,
        "Y" => Unit::Year,
        "DE" => Unit::Decade,
        "CE" => Unit::Century,
        "ML" => Unit::Millennium,
        other => return Err(row.error(format!("unknown unit {other:?}"))),
    })
}

fn count(row: &Row<'_>) -> Result<What, TableError> {
    Ok(match row.cell(1) {
        "cardinal" => What::Cardinal(number(row, 2)?),
        "ordinal" => What::Ordinal(number(row, 2)?),
        "multiplier" => What::Multiplier(number(row, 2)?),
        "decade" => What::Decade(number(row, 2)?),
        "vague" => What::Vague,
        other => return Err(row.error(format!("unknown kind {other:?}"))),
    })
}

fn modifier(row: &Row<'_>) -> Result<What, TableError> {
    let value = row.cell(2).to_owned();
    Ok(match row.cell(1) {
        "direction" => What::Direction(number(row, 2)?),
        "same" => What::Same,
        "recent" => What::Recent,
        "edge" => What::Edge(value),
        "compare" => What::Compare(number(row, 2)?),
        "approx" => What::Approx(value),
        "era" => What::Era(number(row, 2)?),
        other => return Err(row.error(format!("unknown kind {other:?}"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_keep_their_form() {
        let dates = Dates::embedded().unwrap();
        assert_eq!(dates.senses("sept")[0].what, What::Month { number: 9, abbreviation: true });
        assert_eq!(dates.senses("second").len(), 2, "a unit and an ordinal");
        assert!(dates.deictic["the"][0].words.len() > 2, "longest first");
        assert_eq!(split("St. John's day 2"), ["St", ".", "John", "'", "s", "day", "2"]);
    }
}
