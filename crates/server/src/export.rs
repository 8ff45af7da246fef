//! Views as files: CSV for spreadsheets, JSON lines, GeoJSON, GEXF for graph programs, Atom for feed readers.

mod atom;
mod geo;
mod gexf;

use crate::api;
use crate::ask::Ask;
use crate::error::{Error, ErrorKind};
use serde_json::Value;
use std::io::Write;
use store::Store;
use store::export::{Selection, Sink};
use store::query::events::{Paging, Sort};
use store::query::{self, Ev};
use store::table::{self, Table};

/// Makes a file of what a query string asks for; the last argument is the host for links.
pub(crate) type Make = fn(&Store, &str, &str) -> Result<Vec<u8>, Error>;

/// The maker of a view in a form.
pub(crate) fn find(view: &str, kind: &str) -> Option<Make> {
    let make: Make = match (view, kind) {
        ("events", "csv") => |store, q, _| Ok(csv(&table::events(&all(store, q)?))),
        ("events", "jsonl") => |store, q, _| lines(&all(store, q)?),
        ("events", "geojson") => |store, q, _| exported(store, q, "geojson"),
        ("events", "atom") => atom::events,
        ("timeline", "csv") => |store, q, _| {
            Ok(csv(&table::timeline(&api::series::timeline_of(store, &mut Ask::read(q, &["by"]))?.0)))
        },
        ("dyad", "csv") => |store, q, _| {
            Ok(csv(&table::dyad(&api::series::dyad_of(
                store,
                &mut Ask::read(q, &["a", "b", "by", "brush"]),
            )?)))
        },
        ("network", "csv") => |store, q, _| {
            Ok(csv(&table::network(&api::graph::network_of(store, &mut Ask::read(q, &["group", "min"]))?)))
        },
        ("network", "gexf") => |store, q, _| {
            Ok(gexf::network(&api::graph::network_of(store, &mut Ask::read(q, &["group", "min"]))?))
        },
        ("map", "csv") => |store, q, _| {
            Ok(csv(&table::map(&api::graph::map_of(store, &mut Ask::read(q, &["fill", "exact"]))?)))
        },
        ("map", "geojson") => {
            |store, q, _| geo::places(&api::graph::map_of(store, &mut Ask::read(q, &["fill", "exact"]))?)
        }
        ("front", "atom") => atom::front,
        _ => return None,
    };
    Some(make)
}

/// Views and forms that [`find`] knows, for the description of the interface.
pub(crate) const KNOWN: [(&str, &str); 11] = [
    ("events", "csv"),
    ("events", "jsonl"),
    ("events", "geojson"),
    ("events", "atom"),
    ("timeline", "csv"),
    ("dyad", "csv"),
    ("network", "csv"),
    ("network", "gexf"),
    ("map", "csv"),
    ("map", "geojson"),
    ("front", "atom"),
];

/// All events that a query takes, in the order it asks for.
fn all(store: &Store, query: &str) -> Result<Vec<Ev>, Error> {
    let mut ask = Ask::read(query, &["sort", "after", "limit"]);
    let sort: Sort = ask.parse("sort").unwrap_or_default();
    Ok(query::events::events(store, &ask.filter, Paging { sort, skip: 0, limit: u64::from(u32::MAX) })?.rows)
}

/// The events of a query as `demarche export --format` writes them.
fn exported(store: &Store, query: &str, format: &str) -> Result<Vec<u8>, Error> {
    struct Bytes(Vec<u8>);
    impl Sink for Bytes {
        fn file(&mut self, _: &str) -> Result<Box<dyn Write + '_>, store::Error> {
            Ok(Box::new(&mut self.0))
        }
    }
    let ask = Ask::read(query, &["sort"]);
    let mut out = Bytes(Vec::new());
    let format = store::export::format(format)
        .ok_or_else(|| Error::new(ErrorKind::Missing, format!("no format {format:?}")))?;
    format.write(&Selection::new(store, &ask.filter)?, &mut out)?;
    Ok(out.0)
}

fn lines(events: &[Ev]) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    for ev in events {
        out.extend(json(&serde_json::to_value(ev).unwrap_or(Value::Null)));
        out.push(b'\n');
    }
    Ok(out)
}

fn json(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// The same columns as the command line writes with `--csv`.
fn csv(table: &Table) -> Vec<u8> {
    table.csv().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_form_has_a_maker() {
        assert!(KNOWN.iter().all(|(view, kind)| find(view, kind).is_some()));
        assert!(find("events", "exe").is_none());
    }
}
