//! Copies, independence and story clustering on made-up reports.

use demarche_store::merge::cluster::{Bounds, Report, settle};
use demarche_store::merge::copies::{Text, shingles, trace};
use demarche_store::merge::keys::Keys;
use demarche_store::merge::model::Model;
use demarche_store::merge::rarity::Rarity;
use proptest::prelude::*;
use record::{ByteSpan, Doc, Page, Sentence, Syntax, Token, TokenSpan};

const WIRE: &str = "The ferry Blue Heron ran aground near the port of Velmora late on Monday with ninety people on board. \
    Coast guards brought all passengers ashore by dawn while two crew members stayed behind to close the fuel valves. \
    The harbour office opened an inquiry into the steering gear that had failed twice since spring.";
const OTHER: &str = "A passenger ship hit rocks off the coast and everyone was saved, officials in the town reported. \
    Divers will look at the hull on Wednesday before tugs try to pull the vessel free at high tide.";

fn text(id: &str, published: &str, body: &str) -> Text {
    let outlet = Some(format!("outlet {id}"));
    Text { id: id.into(), published: published.into(), outlet, body: body.into(), ..Text::default() }
}

#[test]
fn a_cut_and_reordered_wire_is_a_copy() {
    let half = &WIRE[WIRE.find("Coast").unwrap()..];
    let (edges, counts) = trace(&[
        text("b", "2025-07-02", half),
        text("a", "2025-07-01", WIRE),
        text("c", "2025-07-02", OTHER),
    ]);
    assert_eq!(edges.len(), 1);
    assert_eq!((edges[0].from.as_str(), edges[0].to.as_str(), edges[0].kind.as_str()), ("b", "a", "copy"));
    assert_eq!((counts.articles, counts.outlets, counts.independent, counts.independent_low), (3, 3, 2, 2));
}

#[test]
fn shared_quotations_make_no_copy() {
    let quote =
        "“We saw the light go out and then the whole deck shook under our feet for a very long time indeed”";
    let a = format!("{WIRE} {quote}, a cook said.");
    let b = format!("{OTHER} {quote}, said the cook.");
    assert_eq!(trace(&[text("a", "1", &a), text("b", "2", &b)]).0, []);
    assert_eq!(shingles(quote).len(), 0);
}

#[test]
fn one_agency_is_one_source() {
    let wire =
        |id: &str, body: &str| Text { agencies: vec!["Reuters".into()], ..text(id, "2025-07-01", body) };
    let (edges, counts) =
        trace(&[wire("a", WIRE), wire("b", OTHER), text("c", "2025-07-01", "A short note of its own.")]);
    assert_eq!((edges[0].kind.as_str(), edges[0].note.as_str()), ("agency", "reuters"));
    assert_eq!(counts.independent, 2);
}

/// A parse in which every word is a noun, or a name when it has a capital.
fn keys(body: &str) -> Keys {
    let page = Page::plain(body, None);
    let mut doc = Doc::default();
    let mut at = 0;
    for word in body.split_inclusive(' ') {
        let bare = word.trim_end();
        let pos = if bare.starts_with(char::is_uppercase) { "PROPN" } else { "NOUN" };
        let span = ByteSpan::new(at, at + bare.len());
        doc.tokens.push(Token { span, lemma: bare.into(), pos: pos.into(), ..Token::default() });
        at += word.len();
    }
    let tokens = TokenSpan::new(0, doc.tokens.len());
    doc.sentences.push(Sentence { tokens, span: ByteSpan::new(0, body.len()), block: 0 });
    Keys::read(&Syntax::new(&page, &doc))
}

fn reports() -> Vec<Report> {
    let bodies = [
        "ferry Heron rocks port Velmora passengers rescue guards dawn",
        "ferry Heron rocks Velmora passengers rescue crew valves dawn",
        "court Jarrow sentence forger painting museum Ostrava judge",
        "court Jarrow sentence forger painting museum judge years",
        "harvest drought barley farmers subsidy",
    ];
    bodies.iter().map(|b| Report { day: None, keys: keys(b) }).collect()
}

#[test]
fn reports_of_one_happening_join_and_say_why() {
    let stories =
        settle(&reports(), &Model::embedded().unwrap(), &Rarity::embedded().unwrap(), Bounds::default());
    assert_eq!(stories.clusters, [vec![0, 1], vec![2, 3], vec![4]]);
    let of = |a: usize, b: usize| {
        let has = |side: &[usize], i: usize| side.contains(&i);
        stories
            .judgements
            .iter()
            .find(|j| (has(&j.left, a) && has(&j.right, b)) || (has(&j.left, b) && has(&j.right, a)))
    };
    let joined = of(0, 1).unwrap();
    assert!(joined.joined && !joined.parts.is_empty(), "{joined:?}");
    // The rarest of the words that both share, as the table of rare words has them.
    assert!(joined.keys.iter().any(|k| k.eq_ignore_ascii_case("Velmora")), "{:?}", joined.keys);
    assert!(of(0, 2).is_none_or(|j| !j.joined));
}

#[test]
fn reports_far_apart_in_time_stay_apart() {
    let mut all = reports();
    all[0].day = Some(0);
    all[1].day = Some(400);
    let stories = settle(&all, &Model::embedded().unwrap(), &Rarity::embedded().unwrap(), Bounds::default());
    assert_eq!(stories.clusters.len(), 4);
}

proptest! {
    #[test]
    fn order_does_not_matter(order in Just((0..5usize).collect::<Vec<_>>()).prop_shuffle()) {
        let all = reports();
        let shuffled: Vec<Report> = order.iter().map(|&i| all[i].clone()).collect();
        let stories = settle(&shuffled, &Model::embedded().unwrap(), &Rarity::embedded().unwrap(), Bounds::default());
        let mut back: Vec<Vec<usize>> = stories.clusters.iter().map(|c| {
            let mut c: Vec<usize> = c.iter().map(|&i| order[i]).collect();
            c.sort_unstable();
            c
        }).collect();
        back.sort();
        prop_assert_eq!(back, vec![vec![0, 1], vec![2, 3], vec![4]]);
    }

    #[test]
    fn counts_keep_their_order(bodies in prop::collection::vec("[a-e ]{0,120}", 1..6)) {
        let texts: Vec<Text> = bodies.iter().enumerate().map(|(i, b)| text(&i.to_string(), "", b)).collect();
        let (_, c) = trace(&texts);
        prop_assert!(c.independent_low <= c.independent && c.independent <= c.outlets && c.outlets <= c.articles);
    }
}
