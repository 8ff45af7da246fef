//! Filters by words and names: every question about one filter speaks of the same events, before and after writing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod made;

use demarche_store as store;
use made::stream;
use record::Record;
use store::day::Period;
use store::query::{self, Filter, events, timeline::Timeline};
use store::{Merger, Outcome, Store};

fn add(store: &mut Store, records: impl IntoIterator<Item = Record>) {
    let mut merger = Merger::embedded().unwrap();
    let run = store.begin("test", "test", "2025-01-01T00:00:00Z").unwrap();
    let records: Vec<Outcome> = records.into_iter().map(|r| Outcome::Page(Box::new(r))).collect();
    store.add(run, &records, &mut merger).unwrap();
    store.settle(&merger).unwrap();
    store.finish(run, "2025-01-01T00:00:01Z").unwrap();
}

fn filled(n: usize) -> Store {
    let mut store = Store::memory().unwrap();
    add(&mut store, stream(n, 30));
    store
}

fn said(words: &str) -> Filter {
    Filter { q: Some(words.to_owned()), ..Filter::default() }
}

fn counted(series: &Timeline) -> u64 {
    let beside = [&series.reported, &series.open, &series.not_happened];
    series.q.iter().chain(beside).flatten().sum::<u64>() + series.undated
}

#[test]
fn every_view_of_a_word_takes_the_same_events() {
    let store = filled(120);
    let title = query::search::search(&store, "near", 1).unwrap().articles.remove(0).title;
    for filter in [said("near"), said(&title), Filter { actor: vec!["an".into()], ..said("near") }] {
        let total = query::totals(&store, &filter).unwrap().events;
        let series = query::timeline::timeline(&store, &filter, Period::Day, 6).unwrap();
        assert_eq!(counted(&series), total, "{filter:?}");
        let rows = events::events(&store, &filter, events::Paging { limit: 1000, ..Default::default() })
            .unwrap()
            .rows;
        assert_eq!(rows.len() as u64, total);
        let points: usize = series.lanes.iter().map(|l| l.points.len()).sum();
        let of_lanes = |e: &&query::Ev| series.lanes.iter().any(|l| l.story == e.story);
        assert_eq!(rows.iter().filter(of_lanes).count(), points);
        for lane in &series.lanes {
            let page = query::story::story(&store, &lane.story).unwrap().unwrap();
            assert_eq!((lane.articles, lane.independent), (page.counts.articles, page.counts.independent));
        }
    }
}

#[test]
fn a_pair_is_the_same_by_name_key_and_events() {
    let store = filled(120);
    let filter = Filter::default();
    let all =
        events::events(&store, &filter, events::Paging { limit: 1000, ..Default::default() }).unwrap().rows;
    let first = all.iter().find(|e| !e.mutual && !e.who.is_empty() && !e.whom.is_empty()).unwrap();
    let (who, whom) = (&first.who[0], &first.whom[0]);
    let pair = query::dyad::dyad(&store, &filter, &who.id, &whom.id, Period::Month).unwrap();
    let party = |list: &[query::Party], key: &str| list.iter().any(|p| p.id == key);
    let there = all.iter().filter(|e| party(&e.who, &who.id) && party(&e.whom, &whom.id));
    assert!(there.map(|e| &e.id).all(|id| pair.lists.ab.iter().any(|e| e.id == *id)));
    let back = query::dyad::dyad(&store, &filter, &whom.id, &who.id, Period::Month).unwrap();
    assert_eq!((&pair.lists.ab, &pair.lists.ba), (&back.lists.ba, &back.lists.ab));
    let named = query::dyad::dyad(&store, &filter, &who.name, &whom.name, Period::Month).unwrap();
    assert!(pair.lists.ab.iter().all(|e| named.lists.ab.contains(e)));
}

#[test]
fn what_was_gathered_is_forgotten_when_pages_are_added() {
    let mut store = filled(60);
    let filter = said("near");
    let before = query::totals(&store, &filter).unwrap();
    add(&mut store, stream(120, 30).skip(60));
    let after = query::totals(&store, &filter).unwrap();
    assert!(after.events > before.events);
    assert_eq!(after, query::totals(&filled_apart(), &filter).unwrap());
}

/// The same pages in two runs.
fn filled_apart() -> Store {
    let mut store = filled(60);
    add(&mut store, stream(120, 30).skip(60));
    store
}
