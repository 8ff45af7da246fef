//! A selection of a database to files of other programs' formats: one trait, one short file a format.

mod atom;
mod brat;
mod conllu;
mod gdelt;
mod geojson;
mod graph;
mod icews;
mod jsonl;
mod lines;
mod ngec;
#[cfg(feature = "parquet")]
mod parquet;
mod polecat;
mod tabular;
mod webannotation;

use crate::error::{Error, ErrorKind};
use crate::query::filter::Clause;
use crate::query::{Ev, Filter, read_events};
use crate::store::Store;
use std::collections::HashMap;
use std::io::Write;
use tables::ontology::Codes;

/// What is exported, and what formats need beside it.
pub struct Selection<'a> {
    /// The database.
    pub store: &'a Store,
    /// Which events.
    pub filter: &'a Filter,
    /// Country code to FIPS 10-4 code and English name.
    countries: HashMap<&'static str, (&'static str, &'static str)>,
    codes: Codes,
}

/// Where files go.
pub trait Sink {
    /// The file of this name, new. A sink for one file takes any name, once.
    ///
    /// # Errors
    /// It cannot be made.
    fn file(&mut self, name: &str) -> Result<Box<dyn Write + '_>, Error>;
}

/// One format.
pub trait Format: Sync {
    /// Name on the command line.
    fn name(&self) -> &'static str;
    /// What it is, in a few words.
    fn about(&self) -> &'static str;
    /// True when it makes several files.
    fn many(&self) -> bool {
        false
    }
    /// Writes the selection.
    ///
    /// # Errors
    /// The database cannot be read, or a file not be written.
    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error>;
}

/// All formats, by name.
pub fn formats() -> Vec<&'static dyn Format> {
    #[allow(unused_mut)] // without Parquet there is nothing to add
    let mut out: Vec<&'static dyn Format> = vec![
        &atom::Atom,
        &brat::Brat,
        &conllu::ConllU,
        &tabular::Csv,
        &gdelt::Gdelt1,
        &gdelt::Gdelt2,
        &geojson::GeoJson,
        &graph::Gexf,
        &graph::GraphMl,
        &icews::Icews,
        &jsonl::JsonLines,
        &lines::Keds,
        &ngec::Ngec,
        &lines::Petrarch,
        &polecat::Polecat,
        &webannotation::WebAnnotation,
    ];
    #[cfg(feature = "parquet")]
    out.push(&parquet::Parquet);
    out.sort_by_key(|f| f.name());
    out
}

/// The format of a name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    formats().into_iter().find(|f| f.name() == name)
}

/// One telling of an event.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Telling {
    /// Article id.
    pub article: String,
    /// Address, else where it was read from.
    pub url: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Publication, ISO.
    pub published: Option<String>,
    /// Number of the event in the article, from 1.
    pub number: u32,
    /// The sentence, in code points of the article's text.
    pub span: [u32; 2],
    /// Length of the article's text in code points.
    pub length: u32,
}

/// Events read at a time.
const CHUNK: usize = 500;

impl<'a> Selection<'a> {
    /// A selection.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn new(store: &'a Store, filter: &'a Filter) -> Result<Selection<'a>, Error> {
        let countries = tables::actors::countries::load()?;
        let countries = countries.iter().map(|c| (c.iso3, (c.fips, c.name))).collect();
        Ok(Selection { store, filter, countries, codes: Codes::embedded()? })
    }

    /// Events with their tellings, by id, a few in memory at a time.
    ///
    /// # Errors
    /// The database cannot be read, or `each` fails.
    pub fn events(&self, mut each: impl FnMut(&Ev, &[Telling]) -> Result<(), Error>) -> Result<(), Error> {
        let mut last = String::new();
        loop {
            let mut clause: Clause = self.filter.clause(self.store)?;
            clause.and("e.id > ?", [last.clone().into()]);
            let chunk = read_events(self.store, &clause, &format!("ORDER BY e.id LIMIT {CHUNK}"))?;
            for ev in &chunk {
                each(ev, &self.tellings(&ev.id)?)?;
            }
            match chunk.last() {
                Some(ev) if chunk.len() == CHUNK => last.clone_from(&ev.id),
                _ => return Ok(()),
            }
        }
    }

    fn tellings(&self, event: &str) -> Result<Vec<Telling>, Error> {
        let mut statement = self.store.connection.prepare_cached(
            "SELECT a.id, coalesce(a.url, a.source), a.outlet, a.published, t.ordinal, \
             length(CAST(substr(CAST(a.text AS BLOB), 1, t.byte_start) AS TEXT)), \
             length(CAST(substr(CAST(a.text AS BLOB), 1, t.byte_end) AS TEXT)), length(a.text) \
             FROM event e JOIN telling t ON t.event = e.n JOIN article a ON a.n = t.article WHERE e.id = ? \
             ORDER BY a.published IS NULL, a.published, a.id, t.ordinal",
        )?;
        let rows = statement.query_map([event], |r| {
            Ok(Telling {
                article: r.get(0)?,
                url: r.get(1)?,
                outlet: r.get(2)?,
                published: r.get(3)?,
                number: r.get::<_, u32>(4)? + 1,
                span: [r.get(5)?, r.get(6)?],
                length: r.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Ids of the articles that tell the events, by id.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn articles(&self) -> Result<Vec<String>, Error> {
        let clause = self.filter.clause(self.store)?;
        let sql = if clause.sql.is_empty() {
            "SELECT id FROM article ORDER BY id".to_owned()
        } else {
            format!(
                "SELECT DISTINCT a.id FROM event e JOIN telling t ON t.event = e.n JOIN article a ON a.n = t.article \
                 WHERE true{} ORDER BY a.id",
                clause.sql
            )
        };
        let mut statement = self.store.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(&clause.values), |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// FIPS 10-4 code of a country; empty where there is none.
    pub fn fips(&self, country: Option<&str>) -> &'static str {
        country.and_then(|c| self.countries.get(c)).map_or("", |c| c.0)
    }

    /// English name of a country; the code itself where there is none.
    pub fn country<'b>(&self, country: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.countries.get(country).map_or(country, |c| c.1)
    }

    /// English name of a CAMEO code.
    pub fn label(&self, cameo: &str) -> String {
        self.codes.cameo(cameo).map_or_else(String::new, |c| c.name.to_string())
    }
}

impl From<std::fmt::Error> for Error {
    fn from(_: std::fmt::Error) -> Error {
        Error::new(ErrorKind::Internal, "text could not be made")
    }
}

/// A failed write as an error of this crate; a closed pipe keeps its kind for the caller to see.
pub(crate) fn writing(e: std::io::Error) -> Error {
    Error::new(ErrorKind::Disk, e.to_string())
}

/// Writes one line of cells; tabs and line breaks inside cells become spaces, because these formats quote nothing.
pub(crate) fn tsv<S: AsRef<str>>(out: &mut dyn Write, cells: &[S]) -> Result<(), Error> {
    let clean: Vec<String> = cells.iter().map(|c| c.as_ref().replace(['\t', '\n', '\r'], " ")).collect();
    writeln!(out, "{}", clean.join("\t")).map_err(writing)
}

/// Text for XML: markup characters escaped, characters that XML 1.0 forbids left out.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

/// `2025-07-12` as `20250712`.
pub(crate) fn compact(day: Option<&str>) -> String {
    day.map_or_else(String::new, |d| d.chars().filter(char::is_ascii_digit).take(8).collect())
}

/// `2025-07-12T16:14` as `20250712161400`; what is not known is zero.
pub(crate) fn stamp(at: Option<&str>) -> String {
    let digits: String = at.unwrap_or_default().chars().filter(char::is_ascii_digit).take(14).collect();
    if digits.len() < 8 { String::new() } else { format!("{digits:0<14}") }
}

/// Sectors of an actor code: what follows the country, in threes.
pub(crate) fn sectors(code: &str, country: Option<&str>) -> Vec<String> {
    let rest = country.and_then(|c| code.strip_prefix(c)).unwrap_or(if code == "---" { "" } else { code });
    rest.as_bytes().chunks(3).map(|c| String::from_utf8_lossy(c).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_formats() {
        assert_eq!(stamp(Some("2025-07-12T16:14")), "20250712161400");
        assert_eq!(
            (stamp(Some("2025")), compact(Some("2025-07-12"))),
            (String::new(), "20250712".to_owned())
        );
        assert_eq!(xml("a<b> & \u{1}\"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
        assert_eq!(sectors("RUSGOVMIL", Some("RUS")), ["GOV", "MIL"]);
        assert!(sectors("---", None).is_empty());
        let mut names: Vec<&str> = formats().iter().map(|f| f.name()).collect();
        let sorted = names.clone();
        names.sort_unstable();
        assert_eq!(names, sorted);
    }
}
