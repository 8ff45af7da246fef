//! Databases with the tables of older versions: opened once to write, they say what a new one says.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod made;

use demarche_store as store;
use made::stream;
use record::Record;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use store::day::Period;
use store::query::{self, Filter, agg, desk, events, facets, front, map, network, timeline};
use store::{Merger, Outcome, Store};

/// Tables of each older version, as they were made then.
const OLD: [&[&str]; 2] = [
    &[include_str!("../src/schema/0001_start.sql")],
    &[include_str!("../src/schema/0001_start.sql"), include_str!("../src/schema/0002_buckets.sql")],
];

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn add(store: &mut Store, records: &[Record]) {
    let mut merger = Merger::embedded().unwrap();
    let run = store.begin("test", "test", "2025-01-01T00:00:00Z").unwrap();
    for record in records {
        store.add(run, &[Outcome::Page(Box::new(record.clone()))], &mut merger).unwrap();
    }
    store.settle(&merger).unwrap();
    store.finish(run, "2025-01-01T00:00:01Z").unwrap();
}

/// Writes what `new` holds into a file with the tables of version `version`, as a program of that version would have.
fn downgrade(new: &Path, old: &Path, version: usize) {
    let db = Connection::open(old).unwrap();
    OLD[version - 1].iter().for_each(|sql| db.execute_batch(sql).unwrap());
    db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    db.execute("ATTACH ? AS new", [new.to_str().unwrap()]).unwrap();
    let names = |sql: &str| -> Vec<String> {
        let mut statement = db.prepare(sql).unwrap();
        statement.query_map([], |r| r.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let tables = names("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'words%'");
    assert!(tables.len() > 12);
    for table in tables {
        let columns = names(&format!("SELECT name FROM pragma_table_info('{table}', 'main')")).join(", ");
        // Version 1 had the stages of an article in its row.
        let from = if table == "article" && version == 1 {
            "article JOIN new.stages ON article = n"
        } else {
            &*table
        };
        db.execute_batch(&format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{from}"))
            .unwrap();
    }
    db.execute_batch("INSERT INTO words (rowid, title, text) SELECT n, title, text FROM article").unwrap();
    db.execute_batch("DETACH new").unwrap();
    db.execute_batch(&format!("PRAGMA application_id = {}; PRAGMA user_version = {version}", 0x6465_6D61))
        .unwrap();
}

/// Everything that a desk would show of a database.
fn said(store: &Store) -> Vec<String> {
    let none = Filter::default();
    let month = agg::Options { by: Period::Month, ..agg::Options::default() };
    let rows =
        events::events(store, &none, events::Paging { limit: 1000, ..Default::default() }).unwrap().rows;
    let mut acts = desk::Acts::new(store);
    let acts: Vec<_> = rows.iter().map(|e| acts.of(&e.article, u64::from(e.number)).unwrap()).collect();
    assert!(acts.iter().all(Option::is_some));
    let stories = query::story::stories(store, 1000).unwrap();
    let shapes: Vec<_> = stories.iter().map(|s| desk::shape(store, &s.id).unwrap()).collect();
    assert!(shapes.iter().all(|s| !s.groups.is_empty()));
    vec![
        format!("{rows:#?}"),
        format!("{acts:?}"),
        format!("{stories:#?}"),
        format!("{shapes:#?}"),
        format!("{:#?}", query::story::story(store, &stories[0].id).unwrap()),
        format!("{:#?}", facets::facets(store, &none).unwrap()),
        format!("{:#?}", query::totals(store, &none).unwrap()),
        format!("{:#?}", agg::agg(store, &none, month).unwrap()),
        format!("{:#?}", network::network(store, &none, agg::Group::State, 1).unwrap()),
        format!("{:#?}", timeline::timeline(store, &none, Period::Day, 8).unwrap()),
        format!("{:#?}", map::map(store, &none, map::Fill::Recipient, None).unwrap()),
        format!("{:#?}", front::front(store, &none, "2019-04-16").unwrap()),
        format!("{:#?}", desk::arrivals(store, "2019-04-16").unwrap()),
        format!("{:#?}", desk::pairs(store, &none, 24).unwrap()),
    ]
}

fn same(a: &Store, b: &Store) {
    for (a, b) in said(a).into_iter().zip(said(b)) {
        assert_eq!(a, b);
    }
}

#[test]
fn older_databases_are_brought_up_to_date() {
    let folder = Folder(std::env::temp_dir().join(format!("demarche-upgrade-{}", std::process::id())));
    std::fs::create_dir_all(&folder.0).unwrap();
    let all: Vec<Record> = stream(90, 20).collect();
    let (first, later) = all.split_at(60);
    let path = folder.0.join("new.db");
    let mut new = Store::open(&path).unwrap();
    add(&mut new, first);
    assert!(desk::arrivals(&new, "2019-04-01").unwrap().independent < 60);
    let mut old = Vec::new();
    for version in 1..=OLD.len() {
        let at = folder.0.join(format!("{version}.db"));
        downgrade(&path, &at, version);
        assert!(Store::read(&at).is_err(), "{version}: readers need the new tables");
        old.push(Store::open(&at).unwrap());
    }
    for store in &old {
        assert!(store.check().unwrap().is_empty(), "{:?}", store.check());
        same(store, &new);
    }
    // What is added afterwards finds what was there.
    add(&mut new, later);
    for store in &mut old {
        add(store, later);
        assert!(store.check().unwrap().is_empty());
        same(store, &new);
    }
}
