//! Tellings of one story to events of the world: which of them speak of the same deed, and why.
//!
//! A pure function of the set of tellings: they are put in a fixed order first, groups of equal signature start joined,
//! and pairs of groups are joined from the best downwards so long as no two members contradict each other.

use record::{Actor, Magnitude, Modality, Place, Plover};
use smol_str::SmolStr;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One telling of an event, as the merge sees it.
#[derive(Debug, Clone)]
pub struct Telling {
    /// Number of the report in its story.
    pub report: usize,
    /// Publication of the report and its id: the order of tellings.
    pub at: (String, SmolStr),
    /// Number of the event in the report, from 0.
    pub ordinal: u32,
    /// PLOVER type.
    pub plover: Plover,
    /// CAMEO code.
    pub cameo: SmolStr,
    /// Class of the event word (see [`super::chains`]).
    pub class: SmolStr,
    /// Who acts.
    pub who: Vec<Actor>,
    /// To whom.
    pub whom: Vec<Actor>,
    /// True when direction does not matter.
    pub mutual: bool,
    /// First and last day.
    pub days: Option<(i64, i64)>,
    /// True when the text gives the day.
    pub dated: bool,
    /// Where.
    pub place: Option<Place>,
    /// How real.
    pub modality: Modality,
    /// Numbers told of it.
    pub magnitudes: Vec<Magnitude>,
    /// Content words of the sentence, lower case.
    pub words: BTreeSet<SmolStr>,
    /// 0 to 1: how much the coder trusts it.
    pub confidence: f32,
}

/// Tellings that speak of one event, and the joins that brought them together or kept others apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Merged {
    /// Tellings by number, in their order.
    pub tellings: Vec<usize>,
    /// Joins made, and the nearest that were refused.
    pub why: Vec<Join>,
}

/// A join of two groups of tellings, made or refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// A telling of one group.
    pub left: usize,
    /// A telling of the other group.
    pub right: usize,
    /// Sum of the parts; a join needs [`THRESHOLD`].
    pub score: f32,
    /// True when joined.
    pub joined: bool,
    /// What spoke for and against.
    pub parts: Vec<(&'static str, f32)>,
}

/// Score that a join needs. Set by hand on made-up pairs; the evaluation set has words and chains, no coded events.
pub const THRESHOLD: f32 = 1.5;
/// Refused joins kept with an event.
const REFUSED: usize = 3;
/// Days between two undated tellings, or an undated and a dated one, that still may be one event.
const SLACK: i64 = 4;

/// Merges the tellings of one story. Every telling is in exactly one event; events come in the order of their first.
pub fn merge(tellings: &[Telling]) -> Vec<Merged> {
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.sort_by(|&a, &b| place_in_order(tellings, a).cmp(&place_in_order(tellings, b)));
    let mut same: BTreeMap<Signature, Vec<usize>> = BTreeMap::new();
    for &i in &order {
        same.entry(signature(&tellings[i])).or_default().push(i);
    }
    let mut groups: Vec<Vec<usize>> = same.into_values().collect();
    groups.sort_by(|a, b| place_in_order(tellings, a[0]).cmp(&place_in_order(tellings, b[0])));
    let mut joins = candidates(tellings, &groups);
    joins.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.left, x.right).cmp(&(y.left, y.right))));
    let mut state = State::new(groups.len());
    let mut why: Vec<Join> = Vec::new();
    for join in joins {
        let (a, b) = (state.root(join.left), state.root(join.right));
        let global = |j: &Join, joined| Join {
            left: groups[j.left][0],
            right: groups[j.right][0],
            joined,
            ..j.clone()
        };
        if a == b {
            why.push(global(&join, true));
        } else if join.score >= THRESHOLD && !state.clash(tellings, &groups, a, b) {
            state.join(a, b);
            why.push(global(&join, true));
        } else {
            why.push(global(&join, false));
        }
    }
    let mut out: BTreeMap<usize, Merged> = BTreeMap::new();
    let mut home: BTreeMap<usize, usize> = BTreeMap::new();
    for (k, group) in groups.iter().enumerate() {
        let root = state.root(k);
        home.insert(group[0], root);
        out.entry(root).or_default().tellings.extend(group);
    }
    for join in why {
        for side in [join.left, join.right] {
            let Some(event) = home.get(&side).and_then(|root| out.get_mut(root)) else { continue };
            let refused = event.why.iter().filter(|w| !w.joined).count();
            if (join.joined && join.left == side) || (!join.joined && refused < REFUSED) {
                event.why.push(join.clone());
            }
        }
    }
    let mut out: Vec<Merged> = out.into_values().collect();
    for event in &mut out {
        event.tellings.sort_by(|&a, &b| place_in_order(tellings, a).cmp(&place_in_order(tellings, b)));
    }
    out.sort_by(|a, b| place_in_order(tellings, a.tellings[0]).cmp(&place_in_order(tellings, b.tellings[0])));
    out
}

fn place_in_order(tellings: &[Telling], i: usize) -> (&str, &str, u32) {
    let t = &tellings[i];
    (&t.at.0, &t.at.1, t.ordinal)
}

type Signature = (Plover, SmolStr, SmolStr, Vec<String>, Vec<String>, Option<(i64, i64)>, Option<String>, u8);

/// Tellings with the same signature need no comparison.
fn signature(t: &Telling) -> Signature {
    let names = |side: &[Actor]| {
        let mut out: Vec<String> = side.iter().map(crate::names::key).collect();
        out.sort();
        out
    };
    let place = t.place.as_ref().map(crate::names::place_key);
    (
        t.plover,
        t.cameo.clone(),
        t.class.clone(),
        names(&t.who),
        names(&t.whom),
        t.days,
        place,
        world(t.modality),
    )
}

/// Tellings of different worlds are never one event: what happens or not, what is told as a condition, what is past.
fn world(m: Modality) -> u8 {
    match m {
        Modality::Hypothetical => 1,
        Modality::Historical => 2,
        _ => 0,
    }
}

/// Pairs of groups that may be one event. Only groups of one type are compared.
fn candidates(tellings: &[Telling], groups: &[Vec<usize>]) -> Vec<Join> {
    let mut by_type: BTreeMap<(Plover, u8), Vec<usize>> = BTreeMap::new();
    for (k, group) in groups.iter().enumerate() {
        let t = &tellings[group[0]];
        by_type.entry((t.plover, world(t.modality))).or_default().push(k);
    }
    let mut out = Vec::new();
    for list in by_type.values() {
        for (n, &left) in list.iter().enumerate() {
            for &right in &list[n + 1..] {
                if let Some((score, parts)) = compare(&tellings[groups[left][0]], &tellings[groups[right][0]])
                    && score > 0.0
                {
                    out.push(Join { left, right, score, joined: false, parts });
                }
            }
        }
    }
    out
}

/// Groups already joined.
struct State {
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl State {
    fn new(n: usize) -> State {
        State { parent: (0..n).collect(), members: (0..n).map(|k| vec![k]).collect() }
    }

    fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (keep, lose) = (a.min(b), a.max(b));
        self.parent[lose] = keep;
        let moved = std::mem::take(&mut self.members[lose]);
        self.members[keep].extend(moved);
    }

    /// True when any member of one side contradicts any of the other.
    fn clash(&self, tellings: &[Telling], groups: &[Vec<usize>], a: usize, b: usize) -> bool {
        self.members[a].iter().any(|&x| {
            self.members[b]
                .iter()
                .any(|&y| compare(&tellings[groups[x][0]], &tellings[groups[y][0]]).is_none())
        })
    }
}

/// Score of two tellings of one type with its parts; `None` when they cannot be one event. Symmetric.
pub fn compare(a: &Telling, b: &Telling) -> Option<(f32, Vec<(&'static str, f32)>)> {
    let mut parts = vec![("actors", actors(a, b)?), ("days", days(a, b)?), ("place", places(a, b)?)];
    let one_text = a.report == b.report;
    let class = if a.class == b.class && !a.class.is_empty() {
        0.8
    } else if one_text {
        -0.8
    } else {
        -0.2
    };
    parts.push(("word", class));
    let root = |c: &SmolStr| c.get(..2).unwrap_or_default().to_owned();
    let code = if a.cameo == b.cameo {
        0.4
    } else if root(&a.cameo) == root(&b.cameo) {
        0.1
    } else {
        -0.4
    };
    parts.push(("code", code));
    parts.push(("numbers", numbers(a, b)));
    let shared = a.words.intersection(&b.words).count() as f32;
    let least = a.words.len().min(b.words.len()).max(1) as f32;
    parts.push(("sentence", 1.2 * (shared / least) - 0.3));
    parts.retain(|p| p.1 != 0.0);
    Some((parts.iter().map(|p| p.1).sum(), parts))
}

/// What keeps two tellings of one type apart, whatever else agrees.
pub fn contradictions(a: &Telling, b: &Telling) -> Vec<&'static str> {
    let found = [
        ("actors", actors(a, b).is_none()),
        ("days", days(a, b).is_none()),
        ("places", places(a, b).is_none()),
        ("one is a condition, or background", world(a.modality) != world(b.modality)),
    ];
    found.into_iter().filter(|f| f.1).map(|f| f.0).collect()
}

/// How well both sides fit; mutual events compare all takers at once.
fn actors(a: &Telling, b: &Telling) -> Option<f32> {
    if a.mutual || b.mutual {
        let all = |t: &Telling| t.who.iter().chain(&t.whom).cloned().collect::<Vec<_>>();
        return side(&all(a), &all(b)).map(|s| s * 1.6);
    }
    let straight = side(&a.who, &b.who).zip(side(&a.whom, &b.whom));
    straight.map(|(who, whom)| who + whom)
}

/// 0.8 for the same actors down to a contradiction; a side that one telling leaves out says nothing.
fn side(a: &[Actor], b: &[Actor]) -> Option<f32> {
    if a.is_empty() || b.is_empty() {
        return Some(0.0);
    }
    let best = |x: &Actor, others: &[Actor]| others.iter().map(|y| alike(x, y)).fold(f32::MIN, f32::max);
    let there: f32 = a.iter().map(|x| best(x, b)).sum::<f32>() / a.len() as f32;
    let back: f32 = b.iter().map(|y| best(y, a)).sum::<f32>() / b.len() as f32;
    let score = there.max(back);
    (score > -0.5).then_some(0.8 * score)
}

/// 1 for one actor, -1 for two that cannot be one.
fn alike(a: &Actor, b: &Actor) -> f32 {
    if !a.id.is_empty() && a.id == b.id {
        return 1.0;
    }
    match (&a.country, &b.country) {
        (Some(x), Some(y)) if x != y => -1.0,
        (Some(_), Some(_)) => match (a.sector(), b.sector()) {
            (Some(x), Some(y)) if x == y => 0.8,
            (None, None) => 0.8,
            // The country for its government and back: usual in news.
            (None, Some("GOV")) | (Some("GOV"), None) => 0.8,
            (None, _) | (_, None) => 0.5,
            _ => 0.0,
        },
        _ if !a.name.is_empty() && a.name.eq_ignore_ascii_case(&b.name) => 0.9,
        _ => 0.0,
    }
}

/// Days that overlap speak for one event, days apart against; the day of publication is a weak witness.
fn days(a: &Telling, b: &Telling) -> Option<f32> {
    let (Some(x), Some(y)) = (a.days, b.days) else { return Some(0.0) };
    let gap = (x.0.max(y.0) - x.1.min(y.1)).max(0);
    match (a.dated && b.dated, gap) {
        (true, 0) => Some(0.5),
        // "On Monday" and "overnight to Tuesday" are one night.
        (true, 1) => Some(-0.2),
        (true, _) => None,
        (false, g) if g <= 1 => Some(0.1),
        (false, g) if g <= SLACK => Some(-0.1),
        (false, _) => None,
    }
}

/// Places that name one another's country or the same spot agree; two spots far apart cannot be one event.
fn places(a: &Telling, b: &Telling) -> Option<f32> {
    let (Some(x), Some(y)) = (&a.place, &b.place) else { return Some(0.0) };
    if crate::names::place_key(x) == crate::names::place_key(y) {
        return Some(0.5);
    }
    let km = distance(x, y);
    let fine = |p: &Place| matches!(p.precision.as_str(), "city" | "site" | "adm2" | "near");
    match (fine(x) && fine(y), x.country == y.country) {
        (true, _) if km < 30.0 => Some(0.3),
        (true, _) if km > 200.0 => None,
        (true, _) => Some(-0.5),
        (false, true) => Some(0.2),
        (false, false) if x.country.is_none() || y.country.is_none() => Some(0.0),
        (false, false) => Some(-0.6),
    }
}

/// Kilometres between two places on a sphere.
pub fn distance(a: &Place, b: &Place) -> f64 {
    let (p, q) = (a.lat.to_radians(), b.lat.to_radians());
    let half = ((q - p) / 2.0).sin().powi(2)
        + p.cos() * q.cos() * ((b.lon - a.lon).to_radians() / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}

/// Equal numbers of one kind speak for one event; different ones only a little against: tolls rise.
fn numbers(a: &Telling, b: &Telling) -> f32 {
    let mut score = 0.0f32;
    for x in &a.magnitudes {
        for y in b.magnitudes.iter().filter(|y| y.kind == x.kind && y.unit == x.unit) {
            score += if agree(x, y) { 0.5 } else { -0.2 };
        }
    }
    score.clamp(-0.4, 0.8)
}

/// True when two magnitudes may be one number; open ends reach far.
pub fn agree(a: &Magnitude, b: &Magnitude) -> bool {
    let high = |m: &Magnitude| m.high.unwrap_or(f64::INFINITY);
    a.low <= high(b) && b.low <= high(a)
}

/// Rank of a modality: the highest among the tellings is the event's.
pub fn rank(m: Modality) -> impl Ord {
    let place = [
        Modality::Asserted,
        Modality::Reported,
        Modality::Historical,
        Modality::Possible,
        Modality::Planned,
        Modality::Negated,
        Modality::Hypothetical,
    ];
    Reverse(place.iter().position(|p| *p == m))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(country: &str, sector: &str) -> Actor {
        Actor {
            name: format!("{country} {sector}"),
            country: (!country.is_empty()).then(|| country.into()),
            sectors: if sector.is_empty() { vec![] } else { vec![sector.into()] },
            ..Actor::default()
        }
    }

    fn telling(report: usize, who: &str, whom: &str, day: i64) -> Telling {
        Telling {
            report,
            at: (format!("2025-07-{:02}", day), format!("r{report}").into()),
            ordinal: 0,
            plover: Plover::Assault,
            cameo: "190".into(),
            class: "~shell".into(),
            who: vec![actor(who, "MIL")],
            whom: vec![actor(whom, "")],
            mutual: false,
            days: Some((day, day)),
            dated: true,
            place: None,
            modality: Modality::Asserted,
            magnitudes: vec![],
            words: ["shelled", "village", "night"].map(SmolStr::from).into(),
            confidence: 0.8,
        }
    }

    fn events(tellings: &[Telling]) -> Vec<Vec<usize>> {
        merge(tellings).into_iter().map(|m| m.tellings).collect()
    }

    #[test]
    fn one_deed_in_two_reports_is_one_event() {
        let mut b = telling(1, "RUS", "UKR", 12);
        b.who = vec![actor("RUS", "")];
        b.cameo = "194".into();
        assert_eq!(events(&[telling(0, "RUS", "UKR", 12), b]), [vec![0, 1]]);
    }

    #[test]
    fn two_like_deeds_in_one_week_stay_two() {
        let all = [telling(0, "RUS", "UKR", 8), telling(1, "RUS", "UKR", 12)];
        assert_eq!(events(&all), [vec![0], vec![1]]);
        let back = [telling(0, "RUS", "UKR", 12), telling(1, "UKR", "RUS", 12)];
        assert_eq!(events(&back), [vec![0], vec![1]]);
        let place =
            |name: &str, lat| Place { name: name.into(), lat, precision: "city".into(), ..Place::default() };
        let mut apart = [telling(0, "RUS", "UKR", 12), telling(1, "RUS", "UKR", 12)];
        apart[0].place = Some(place("A", 50.0));
        apart[1].place = Some(place("B", 46.0));
        assert_eq!(events(&apart), [vec![0], vec![1]]);
        assert!(merge(&apart)[0].why.is_empty(), "what cannot be one is no near miss");
    }

    #[test]
    fn a_condition_is_never_the_deed() {
        let mut supposed = telling(1, "RUS", "UKR", 12);
        supposed.modality = Modality::Hypothetical;
        assert_eq!(events(&[telling(0, "RUS", "UKR", 12), supposed]).len(), 2);
    }

    #[test]
    fn order_does_not_matter_and_reasons_are_kept() {
        let mut all: Vec<Telling> =
            (0..6).map(|n| telling(n, "RUS", "UKR", 10 + (n as i64) / 3 * 5)).collect();
        all[1].who = vec![actor("RUS", "")];
        all[4].dated = false;
        let named = |tellings: &[Telling]| {
            let mut out: Vec<Vec<SmolStr>> = merge(tellings)
                .into_iter()
                .map(|m| m.tellings.into_iter().map(|i| tellings[i].at.1.clone()).collect())
                .collect();
            out.sort();
            out
        };
        let straight = named(&all);
        let joined = merge(&all).iter().flat_map(|m| &m.why).any(|w| w.joined && !w.parts.is_empty());
        assert!(joined);
        all.reverse();
        assert_eq!(named(&all), straight);
        all.swap(1, 4);
        assert_eq!(named(&all), straight);
        assert_eq!(straight.len(), 2);
    }

    #[test]
    fn comparison_is_symmetric() {
        let mut b = telling(1, "RUS", "UKR", 13);
        b.dated = false;
        b.whom.push(actor("POL", "CVL"));
        let a = telling(0, "RUS", "UKR", 12);
        assert_eq!(compare(&a, &b).map(|c| c.0), compare(&b, &a).map(|c| c.0));
    }
}
