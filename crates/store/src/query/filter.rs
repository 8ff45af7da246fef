//! Parameters of a question, the same on the command line, in links and in the API, to one filter.

use crate::day;
use crate::error::Error;
use crate::sets::Set;
use crate::store::Store;
use record::{Modality, Plover};
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

/// Which events are asked for. Empty fields ask for everything; all that are set must hold.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// First day of the event, ISO.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day of the event, ISO.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Actors on either side: keys (`country/RUS`), beginnings of codes (`RUS`, `RUSGOV`) or parts of names; any of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actor: Vec<String>,
    /// Who acts, in the same forms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<String>,
    /// To whom, in the same forms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub whom: Vec<String>,
    /// PLOVER types.
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Plover>,
    /// Beginning of the CAMEO code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Quad classes, 1 to 4.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quad: Vec<u8>,
    /// Place: name, country code (`KOR`) or GeoNames id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Outlet that tells of it, by its whole name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Modalities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modality: Vec<Modality>,
    /// At least so many independent reports; 0 and 1 ask for nothing.
    #[serde(skip_serializing_if = "is_zero")]
    pub ind: u32,
    /// Words that the reports must hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// Names of the parameters, in the order of canonical links.
pub const NAMES: [&str; 13] =
    ["actor", "code", "from", "ind", "modality", "outlet", "place", "q", "quad", "to", "type", "who", "whom"];

/// A parameter that was dropped, for a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What was wrong.
    pub why: String,
}

impl Filter {
    /// Reads parameters. Those of other names are left alone; bad values are dropped and named.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Filter, Vec<Dropped>) {
        let (mut filter, mut dropped) = (Filter::default(), Vec::new());
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() || !NAMES.contains(&name) {
                continue;
            }
            if let Err(why) = filter.set(name, value) {
                dropped.push(Dropped { name: name.to_owned(), value: value.to_owned(), why });
            }
        }
        (filter, dropped)
    }

    /// Sets one parameter from its text. Lists are split at commas.
    ///
    /// # Errors
    /// The name or a value is not known; the filter stays as it was.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let list = || value.split(',').map(str::trim).filter(|v| !v.is_empty());
        let texts = || list().map(str::to_owned).collect::<Vec<_>>();
        match name {
            "from" => self.from = Some(iso_day(value)?),
            "to" => self.to = Some(iso_day(value)?),
            "actor" => self.actor = texts(),
            "who" => self.who = texts(),
            "whom" => self.whom = texts(),
            "type" => {
                self.kind = list()
                    .map(|v| v.to_uppercase().parse().map_err(|_| format!("no PLOVER type {v:?}")))
                    .collect::<Result<_, String>>()?;
            }
            "code" => {
                let digits =
                    !value.is_empty() && value.len() <= 4 && value.bytes().all(|b| b.is_ascii_digit());
                self.code =
                    Some(digits.then(|| value.to_owned()).ok_or("a CAMEO code has two to four digits")?);
            }
            "quad" => self.quad = list().map(quad).collect::<Result<_, _>>()?,
            "place" => self.place = Some(value.to_owned()),
            "outlet" => self.outlet = Some(value.to_owned()),
            "modality" => {
                self.modality = list()
                    .map(|v| v.to_lowercase().parse().map_err(|_| format!("no modality {v:?}")))
                    .collect::<Result<_, String>>()?;
            }
            "ind" => self.ind = value.parse().map_err(|_| "not a whole number")?,
            "q" => self.q = Some(value.to_owned()),
            _ => return Err("no such parameter".to_owned()),
        }
        Ok(())
    }

    /// The parameters that are set, sorted by name: equal filters give equal links.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        let mut add = |name, value: String| {
            if !value.is_empty() {
                out.push((name, value));
            }
        };
        let opt = |v: &Option<String>| v.clone().unwrap_or_default();
        let words = |v: Vec<&str>| v.join(",");
        add("actor", self.actor.join(","));
        add("code", opt(&self.code));
        add("from", opt(&self.from));
        add("ind", if self.ind > 1 { self.ind.to_string() } else { String::new() });
        add("modality", words(self.modality.iter().map(|m| m.as_str()).collect()));
        add("outlet", opt(&self.outlet));
        add("place", opt(&self.place));
        add("q", opt(&self.q));
        add("quad", self.quad.iter().map(u8::to_string).collect::<Vec<_>>().join(","));
        add("to", opt(&self.to));
        add("type", words(self.kind.iter().map(|k| k.as_str()).collect()));
        add("who", self.who.join(","));
        add("whom", self.whom.join(","));
        out
    }

    /// The same filter without parameter `name`.
    pub fn without(&self, name: &str) -> Filter {
        let mut out = self.clone();
        let none = Filter::default();
        match name {
            "from" => out.from = none.from,
            "to" => out.to = none.to,
            "actor" => out.actor = none.actor,
            "who" => out.who = none.who,
            "whom" => out.whom = none.whom,
            "type" => out.kind = none.kind,
            "code" => out.code = none.code,
            "quad" => out.quad = none.quad,
            "place" => out.place = none.place,
            "outlet" => out.outlet = none.outlet,
            "modality" => out.modality = none.modality,
            "ind" => out.ind = none.ind,
            "q" => out.q = none.q,
            _ => {}
        }
        out
    }

    /// First and last day as numbers.
    pub fn days(&self) -> (Option<i64>, Option<i64>) {
        let number = |d: &Option<String>| d.as_deref().and_then(day::number);
        (number(&self.from), number(&self.to))
    }

    /// The filter over directed pairs `d`: what to read from, and conditions. What the pairs hold themselves (days, types,
    /// quad classes) is asked of them alone.
    pub(crate) fn dyads(&self, store: &Store) -> Result<(&'static str, Clause), Error> {
        let mut clause = self.clause(store)?;
        let own = Filter {
            from: self.from.clone(),
            to: self.to.clone(),
            kind: self.kind.clone(),
            quad: self.quad.clone(),
            ..Filter::default()
        };
        if *self == own {
            clause.sql = clause.sql.replace(" e.", " d.");
            return Ok(("dyad d", clause));
        }
        Ok(("event e CROSS JOIN dyad d ON d.event = e.n", clause))
    }

    /// The filter as conditions over table `event` under the name `e`. What asks for words or actors is gathered first.
    pub(crate) fn clause(&self, store: &Store) -> Result<Clause, Error> {
        let mut out = Clause::default();
        let (from, to) = self.days();
        if let Some(from) = from {
            out.and("e.day >= ?", [from.into()]);
        }
        if let Some(to) = to {
            out.and("e.day <= ?", [to.into()]);
        }
        for (words, side) in [(&self.actor, ""), (&self.who, " AND side = 0"), (&self.whom, " AND side = 1")]
        {
            if !words.is_empty() {
                out.within(events_of(store, actors(store, words)?, side)?);
            }
        }
        out.one_of("e.type", self.kind.iter().map(|k| Value::from(k.as_str().to_owned())));
        out.one_of("e.quad", self.quad.iter().map(|q| Value::from(i64::from(*q))));
        out.one_of("e.modality", self.modality.iter().map(|m| Value::from(m.as_str().to_owned())));
        if let Some(code) = &self.code {
            out.and("substr(e.cameo, 1, ?) = ?", [(code.len() as i64).into(), code.clone().into()]);
        }
        if self.ind > 1 {
            out.and("e.independent >= ?", [i64::from(self.ind).into()]);
        }
        if let Some(place) = &self.place {
            let sql =
                "e.place IN (SELECT n FROM place WHERE name = ? COLLATE NOCASE OR country = ? OR key = ?)";
            out.and(sql, [place.clone().into(), place.clone().into(), place.clone().into()]);
        }
        if let Some(outlet) = &self.outlet {
            let sql = "SELECT t.event FROM article a JOIN telling t ON t.article = a.n \
                       WHERE a.outlet = ? COLLATE NOCASE AND t.event IS NOT NULL";
            out.within(store.sets.gather(&store.connection, sql, &[outlet.clone().into()], &[])?);
        }
        if let Some(words) = self.q.as_deref().map(matching).filter(|w| !w.is_empty()) {
            let sql = "SELECT t.event FROM words JOIN telling t ON t.article = words.rowid \
                       WHERE words MATCH ? AND t.event IS NOT NULL";
            out.within(store.sets.gather(&store.connection, sql, &[words.into()], &[])?);
        }
        Ok(out)
    }
}

/// Words of a person to a query of the full-text index: every word must occur, words in quotation marks in a row.
pub(crate) fn matching(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for (n, part) in text.split(['"', '“', '”']).enumerate() {
        let words: Vec<&str> =
            part.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).collect();
        if n % 2 == 1 && !words.is_empty() {
            out.push(format!("\"{}\"", words.join(" ")));
        } else {
            out.extend(words.iter().map(|w| format!("\"{w}\"")));
        }
    }
    out.join(" ")
}

fn iso_day(text: &str) -> Result<String, String> {
    match day::number(text) {
        Some(_) if text.len() == 10 => Ok(text.to_owned()),
        _ => Err("a date looks like 2025-07-12".to_owned()),
    }
}

fn quad(text: &str) -> Result<u8, String> {
    match text.parse() {
        Ok(n @ 1..=4) => Ok(n),
        _ => Err("quad classes are 1 to 4".to_owned()),
    }
}

/// Conditions and their values, to stand after `WHERE true`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clause {
    /// ` AND …` as often as needed.
    pub sql: String,
    /// Values of the question marks in order.
    pub values: Vec<Value>,
}

impl Clause {
    pub(crate) fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    fn one_of(&mut self, column: &str, values: impl ExactSizeIterator<Item = Value>) {
        if values.len() > 0 {
            let marks = vec!["?"; values.len()].join(", ");
            self.and(&format!("{column} IN ({marks})"), values);
        }
    }

    /// Only events of a set.
    pub(crate) fn within(&mut self, set: Set) {
        self.and(&set.holds("e.n"), []);
    }
}

/// The events in which any of a set of actors takes part; `side` may be a further condition.
pub(crate) fn events_of(store: &Store, actors: Set, side: &str) -> Result<Set, Error> {
    let sql = format!("SELECT event FROM participant WHERE actor IN ({}){side}", actors.numbers());
    store.sets.gather(&store.connection, &sql, &[], &[actors])
}

/// The numbers of all actors that any of `words` names.
pub(crate) fn actors(store: &Store, words: &[String]) -> Result<Set, Error> {
    let mut parts = Vec::new();
    let mut values = Vec::new();
    for word in words {
        let word = word.trim();
        if word.contains('/') {
            parts.push("SELECT n FROM actor WHERE key = ?");
            values.push(word.to_owned().into());
        } else if is_code(word) {
            parts.push("SELECT n FROM actor WHERE code >= ? AND code < ?");
            values.push(word.to_owned().into());
            values.push(format!("{word}\u{7f}").into());
        } else {
            parts.push("SELECT n FROM actor WHERE name LIKE ? ESCAPE '\\'");
            parts.push("SELECT actor FROM participant WHERE name LIKE ? ESCAPE '\\'");
            let plain = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            values.extend([format!("%{plain}%").into(), format!("%{plain}%").into()]);
        }
    }
    store.sets.gather(&store.connection, &parts.join(" UNION "), &values, &[])
}

/// True for `RUS`, `RUSGOV`, `---`: beginnings of actor codes.
pub(crate) fn is_code(word: &str) -> bool {
    word.len() >= 3
        && word.len().is_multiple_of(3)
        && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_round_trip_and_bad_ones_are_named() {
        let pairs = [
            ("to", "2025-07-14"),
            ("type", "threaten,ASSAULT"),
            ("quad", "3, 4"),
            ("ind", "2"),
            ("modality", "asserted"),
            ("q", "navy \"blue heron\""),
            ("page", "3"),
            ("from", "July"),
        ];
        let (filter, dropped) = Filter::read(pairs);
        assert_eq!(filter.kind, [Plover::Threaten, Plover::Assault]);
        assert_eq!(dropped.len(), 1);
        assert_eq!(dropped[0].name, "from");
        let again = filter.pairs();
        let (back, none) = Filter::read(again.iter().rev().map(|(n, v)| (*n, v.as_str())));
        assert_eq!((back, none.len()), (filter.clone(), 0));
        assert!(again.windows(2).all(|w| w[0].0 < w[1].0));
        for name in NAMES {
            assert!(filter.without(name).pairs().iter().all(|p| p.0 != name), "{name}");
        }
    }

    #[test]
    fn words_of_people_are_no_query_language() {
        assert_eq!(matching("navy \"blue heron\" OR *"), "\"navy\" \"blue heron\" \"OR\"");
        assert_eq!(matching("\"“( "), "");
        assert!(is_code("RUSGOV") && !is_code("Rus") && !is_code("RUSG"));
    }
}
