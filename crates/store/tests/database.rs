//! A database from made-up reports: counts, merging, order, interruption, every question.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod made;

use demarche_store as store;
use made::{Way, happening, report, stream};
use proptest::prelude::*;
use record::{Modality, Record};
use store::query::{self, Filter, agg, events, network};
use store::{Merger, Outcome, Store};

fn filled(records: impl IntoIterator<Item = Record>) -> Store {
    let mut store = Store::memory().unwrap();
    add(&mut store, records);
    store
}

fn add(store: &mut Store, records: impl IntoIterator<Item = Record>) {
    let mut merger = Merger::embedded().unwrap();
    let run = store.begin("test", "test", "2025-01-01T00:00:00Z").unwrap();
    for record in records {
        store.add(run, &[Outcome::Page(Box::new(record))], &mut merger).unwrap();
    }
    store.settle(&merger).unwrap();
    store.finish(run, "2025-01-01T00:00:01Z").unwrap();
}

fn all(store: &Store) -> Vec<query::Ev> {
    let paging = events::Paging { sort: events::Sort::Oldest, skip: 0, limit: 1000 };
    events::events(store, &Filter::default(), paging).unwrap().rows
}

#[test]
fn one_happening_counts_once_whoever_repeats_it() {
    let what = happening(1, 18_000);
    let ways = [Way::Wire, Way::Copy, Way::Copy, Way::Own];
    let store = filled(ways.into_iter().enumerate().map(|(n, way)| report(&what, n, way)));
    let rows = all(&store);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert_eq!((rows[0].articles, rows[0].independent), (4, 2));
    assert_eq!(rows[0].groups, [3, 1]);
    let page = query::story::story(&store, &rows[0].story).unwrap().unwrap();
    assert_eq!((page.origins.len(), page.growth.len(), page.moved), (2, 4, false));
    assert_eq!(page.origins[0].copies.len(), 2);
    assert!(page.why.iter().any(|w| w.joined));
    // The id of any member's own story leads to the story it is in now.
    let old = format!("s{}", page.growth[3].article);
    assert!(query::story::story(&store, &old).unwrap().unwrap().moved);
}

#[test]
fn two_happenings_of_one_pair_in_one_week_stay_two() {
    let (mut a, mut b) = (happening(1, 18_000), happening(2, 18_002));
    (b.sides, b.deed) = (a.sides, a.deed);
    a.toll = 3.0;
    b.toll = 40.0;
    let store = filled((0..3).flat_map(|n| {
        let way = if n == 0 { Way::Wire } else { Way::Own };
        [report(&a, n, way), report(&b, n, way)]
    }));
    assert_eq!(all(&store).len(), 2);
}

#[test]
fn adding_again_changes_nothing_and_the_manifest_adds_up() {
    let mut store = filled(stream(40, 20));
    let before = all(&store);
    add(&mut store, stream(40, 20));
    assert_eq!(all(&store), before);
    let runs = store.runs().unwrap();
    assert_eq!((runs[0].inputs, runs[0].added, runs[0].known), (40, 40, 0));
    assert_eq!((runs[1].inputs, runs[1].added, runs[1].known), (40, 0, 40));
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn what_did_not_happen_is_never_counted() {
    let what = happening(3, 18_000);
    for modality in Modality::ALL {
        let mut record = report(&what, 0, Way::Wire);
        let event = &mut record.coding.as_mut().unwrap().events[0];
        event.qualifier.modality = *modality;
        let store = filled([record]);
        let rows = agg::agg(&store, &Filter::default(), agg::Options::default()).unwrap();
        let counted: u64 = rows.iter().map(|r| r.events).sum();
        let beside: u64 = rows.iter().map(|r| r.reported + r.open + r.not_happened).sum();
        let real = *modality == Modality::Asserted;
        assert_eq!((counted > 0, beside > 0), (real, !real), "{modality}");
        let net = network::network(&store, &Filter::default(), agg::Group::State, 1).unwrap();
        assert_eq!(!net.ties.is_empty(), real, "{modality}");
    }
}

#[test]
fn every_question_has_an_answer() {
    let store = filled(stream(120, 30));
    let none = Filter::default();
    let first = all(&store).into_iter().find(|e| e.reality == query::Reality::Happened).unwrap();
    let (who, whom) = (first.who[0].code.clone(), "USA".to_owned());
    let day = query::timeline::timeline(&store, &none, store::day::Period::Day, 5).unwrap();
    assert_eq!(day.days.len(), day.q[0].len());
    let counted: u64 = day.q.iter().flatten().sum();
    assert_eq!(counted, query::totals(&store, &none).unwrap().happened);
    let pair = query::dyad::dyad(&store, &none, &who, &whom, store::day::Period::Week).unwrap();
    assert_eq!(pair.a, who);
    assert!(query::actor::actor(&store, &who, &none).unwrap().unwrap().events.len() > 1);
    let pins = query::map::map(&store, &none, query::map::Fill::Place, None).unwrap();
    assert_eq!(pins.pins.iter().map(|p| p.n).sum::<u64>(), counted);
    let facets = query::facets::facets(&store, &none).unwrap();
    assert_eq!(facets.kind.iter().map(|k| k.1).sum::<u64>(), query::totals(&store, &none).unwrap().events);
    for (outlet, n) in facets.outlet.iter().take(3) {
        let only = Filter { outlet: Some(outlet.clone()), ..Filter::default() };
        assert_eq!(query::totals(&store, &only).unwrap().events, *n, "{outlet}");
    }
    for (country, n) in facets.place.iter().take(3) {
        let only = Filter { place: Some(country.clone()), ..Filter::default() };
        assert_eq!(query::totals(&store, &only).unwrap().events, *n, "{country}");
    }
    let article = query::article::article(&store, &first.article).unwrap().unwrap();
    assert!(article.events.iter().any(|e| e.event.as_deref() == Some(first.id.as_str())));
    let explained = query::explain::explain(&store, &first.id).unwrap();
    assert_eq!((explained[0].ev.id.as_str(), explained.len()), (first.id.as_str(), 1));
    assert_eq!(explained[0].tellings.len() as u32, first.articles);
    let chars: Vec<char> = article.text.chars().collect();
    let mark = article.marks.iter().find(|m| m.role == "did").unwrap();
    let marked: String = chars[mark.span[0] as usize..mark.span[1] as usize].iter().collect();
    assert!(all(&store).iter().any(|e| e.text.contains(&marked)), "{marked}");
    let change = query::diff::diff(
        &store,
        &none,
        ("2019-04-01", "2019-04-15"),
        ("2019-04-16", "2019-05-15"),
        agg::Group::State,
    );
    assert!(change.unwrap().iter().all(|c| !c.who.is_empty()));
    let found = query::search::search(&store, &article.title, 5).unwrap();
    assert_eq!(found.articles[0].title, article.title);
    assert!(query::front::front(&store, &none, "").unwrap().stories.len() > 3);
    let narrow = Filter { q: Some(article.title.clone()), ..Filter::default() };
    assert!(query::totals(&store, &narrow).unwrap().events < query::totals(&store, &none).unwrap().events);
}

#[test]
fn a_burst_against_a_quiet_past_is_an_alert() {
    let mut quiet: Vec<Record> = stream(60, 2).collect();
    for number in 500..506 {
        let mut what = happening(number, 18_029);
        (what.sides, what.deed) = ((0, 1), 0);
        quiet.push(report(&what, 0, Way::Wire));
    }
    let store = filled(quiet);
    let found = query::alerts::alerts(&store, &Filter::default(), query::alerts::Options::default()).unwrap();
    let alert = &found[0];
    assert_eq!((alert.who.as_str(), alert.whom.as_str(), alert.what.as_str()), ("RUS", "UKR", "conflict"));
    assert!(alert.n >= 6 && alert.events.len() == 5, "{alert:?}");
    assert!(alert.events.iter().all(|e| e.who[0].code == "RUS" && e.quad == 4));
}

/// Stories as lists of page ids, by their ids.
fn stories(store: &Store) -> Vec<(String, Vec<String>)> {
    let mut out = Vec::new();
    for line in query::story::stories(store, 10_000).unwrap() {
        let page = query::story::story(store, &line.id).unwrap().unwrap();
        let mut ids: Vec<String> = page.growth.into_iter().map(|g| g.article).collect();
        ids.sort();
        out.push((line.id, ids));
    }
    out.sort();
    out
}

#[test]
fn what_a_reader_decides_holds_until_it_is_undone() {
    let (a, b) = (happening(1, 18_000), happening(2, 18_090));
    let three = |what| (0..3).map(move |n| report(what, n, if n == 0 { Way::Wire } else { Way::Own }));
    let mut store = filled(three(&a).chain(three(&b)));
    let mut merger = Merger::embedded().unwrap();
    let before = (shape(&store), stories(&store));
    let [(one, _), (two, parts)] = &before.1[..] else { panic!("{:?}", before.1) };

    let made = store.merge_stories(&merger, (one, two), "one crisis", "2025-01-02T00:00:00Z").unwrap();
    assert_eq!((made.stories.len(), made.decision.sides[0].len(), made.decision.sides[1].len()), (1, 3, 3));
    assert_eq!(stories(&store).len(), 1);
    assert!(store.check().unwrap().is_empty());
    let page = query::story::story(&store, &made.stories[0]).unwrap().unwrap();
    assert_eq!((page.counts.articles, page.decisions[0].note.as_str()), (6, "one crisis"));
    let explained = query::explain::explain(&store, &page.events[0].id).unwrap();
    assert_eq!(explained[0].decisions, page.decisions);
    // Both ids lead to the one story, and nothing that comes later tears it apart.
    assert_eq!(query::story::story(&store, two).unwrap().unwrap().id, page.id);
    assert!(store.merge_stories(&merger, (one, two), "", "2025-01-02T00:00:00Z").is_err());
    add(&mut store, [report(&b, 7, Way::Own)]);
    assert_eq!(stories(&store).iter().map(|s| s.1.len()).collect::<Vec<_>>(), [7]);
    store.settle_all(&mut merger).unwrap();
    assert_eq!(stories(&store).iter().map(|s| s.1.len()).collect::<Vec<_>>(), [7]);

    // Two reports leave; a later report goes to those it is like.
    let leave = &parts[..2];
    let cut = store.split_story(&merger, &page.id, leave, "", "2025-01-03T00:00:00Z").unwrap();
    assert_eq!((cut.stories.len(), stories(&store).len()), (2, 2));
    store.settle_all(&mut merger).unwrap();
    let home = |store: &Store, id: &String| stories(store).into_iter().find(|s| s.1.contains(id)).unwrap().0;
    assert_ne!(home(&store, &leave[0]), home(&store, &before.1[0].1[0]));
    assert_eq!(home(&store, &leave[0]), home(&store, &leave[1]));
    assert!(
        store.split_story(&merger, &cut.stories[0], &["none".into()], "", "2025-01-03T00:00:00Z").is_err()
    );
    assert!(store.check().unwrap().is_empty());

    // Undone, stories are as merging alone finds them.
    store.undo_decision(&merger, cut.decision.n, "2025-01-04T00:00:00Z").unwrap();
    assert_eq!(stories(&store).len(), 1);
    store.undo_decision(&merger, made.decision.n, "2025-01-04T00:00:00Z").unwrap();
    let straight = filled(three(&a).chain(three(&b)).chain([report(&b, 7, Way::Own)]));
    assert_eq!(shape(&store), shape(&straight));
    assert!(store.undo_decision(&merger, made.decision.n, "2025-01-05T00:00:00Z").is_err());
    assert!(store.decisions().unwrap().iter().all(|d| d.undone.is_some()));
    assert!(store.check().unwrap().is_empty());
}

/// Stories as sets of page ids, and events with their counts.
fn shape(store: &Store) -> (Vec<Vec<String>>, Vec<String>) {
    let mut stories: Vec<Vec<String>> = stories(store).into_iter().map(|s| s.1).collect();
    stories.sort();
    (stories, all(store).iter().map(|e| serde_json::to_string(e).unwrap()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn order_of_adding_does_not_matter(order in Just((0..30usize).collect::<Vec<_>>()).prop_shuffle(), cut in 1..29usize) {
        let records: Vec<Record> = stream(30, 10).collect();
        let straight = shape(&filled(records.clone()));
        let mut store = Store::memory().unwrap();
        add(&mut store, order[..cut].iter().map(|&i| records[i].clone()));
        add(&mut store, order[cut..].iter().map(|&i| records[i].clone()));
        prop_assert_eq!(shape(&store), straight);
    }
}
