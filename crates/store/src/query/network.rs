//! A filter to a signed, directed network: who deals with whom, in which blocs, under which strain.

use super::Reality;
use super::agg::{Group, Pair, pairs};
use super::filter::Filter;
use crate::error::Error;
use crate::store::Store;
use record::Plover;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A network of a period.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Network {
    /// Actors, by id.
    pub nodes: Vec<Node>,
    /// Directed ties by quad class, largest first.
    pub ties: Vec<Tie>,
    /// Pairs of actors with the balance of what happened between them, both directions together.
    pub signed: Vec<Signed>,
    /// Groups of actors that are friendlier among themselves than with others; see [`super::network`] for the method.
    pub blocs: Vec<Vec<String>>,
    /// Triads whose signs pull against each other.
    pub strained: Vec<Triad>,
    /// Triads of signed ties, and how many of them are balanced.
    pub triads: (u64, u64),
    /// Directed ties left out because they have fewer events than asked for.
    pub hidden: u64,
}

/// One actor.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Node {
    /// Key or code.
    pub id: String,
    /// Name.
    pub name: String,
    /// `country`, `person` … or `code`.
    pub kind: String,
    /// Events with independent reports: the sum over its ties.
    pub ind: u64,
    /// Events that happened, both directions.
    pub n: u64,
    /// Number of its bloc in `blocs`, when it is in one of two or more.
    pub bloc: Option<usize>,
}

/// What one actor did to another, of one quad class.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Tie {
    /// Who.
    pub a: String,
    /// To whom.
    pub b: String,
    /// Quad class.
    pub quad: u8,
    /// Most frequent type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Events that happened.
    pub n: u64,
    /// Independent reports of them.
    pub ind: u64,
    /// Events only reported: not in `n`.
    pub reported: u64,
    /// Possible and planned events: not in `n`.
    pub open: u64,
}

/// Balance of a pair.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Signed {
    /// The smaller id.
    pub a: String,
    /// The larger id.
    pub b: String,
    /// Mean Goldstein value of what happened between them.
    pub mean: f64,
    /// Events that happened.
    pub n: u64,
    /// 1 friendly, -1 hostile, 0 neither (mean within ±[`NEUTRAL`]).
    pub sign: i8,
}

/// Three actors with a tie each.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Triad {
    /// The actors by id.
    pub actors: [String; 3],
    /// Signs of first–second, first–third, second–third.
    pub signs: [i8; 3],
    /// Weakest of the three means, in size: how much strain there is.
    pub strain: f64,
}

/// Means of Goldstein values this close to 0 say nothing.
pub const NEUTRAL: f64 = 0.5;
/// Most strained triads listed.
const TRIADS: usize = 50;
/// Most signed ties that triads are looked for in; beyond, the ties with most events are taken.
const TRIAD_TIES: usize = 4000;

/// The network of what a filter takes, ties of at least `min` events.
///
/// Blocs are found by weighted label propagation without chance: every actor begins alone and, in the order of ids,
/// again and again takes the bloc in which its friendly means minus its hostile means, weighted by the logarithm of
/// events, sum highest (ties: the smallest id), until nothing changes or 100 rounds are over. This is a greedy climb of
/// the signed weight inside blocs (correlation clustering, Bansal, Blum and Chawla 2004); the result depends on the data
/// only. A triad is balanced when the product of its signs is positive (Cartwright and Harary 1956).
///
/// # Errors
/// The database cannot be read.
pub fn network(store: &Store, filter: &Filter, group: Group, min: u64) -> Result<Network, Error> {
    let mut build = Build::default();
    let ids = pairs(store, filter, group, |p| build.add(&p))?;
    let mut out = build.network(&ids, min.max(1));
    out.find_blocs();
    out.find_triads();
    names(store, group, &mut out.nodes)?;
    Ok(out)
}

#[derive(Default)]
struct Build {
    ties: HashMap<(u32, u32, u8), (Tie, HashMap<Plover, u64>)>,
    /// Sums of Goldstein values and their number, by the smaller and larger number of a pair.
    balance: HashMap<(u32, u32), (f64, u64)>,
}

impl Build {
    fn add(&mut self, p: &Pair) {
        if p.who == p.whom || p.reality == Reality::Not {
            return;
        }
        let (tie, types) = self.ties.entry((p.who, p.whom, p.quad)).or_default();
        match p.reality {
            Reality::Happened => {
                tie.n += 1;
                tie.ind += p.independent;
                if let Some(kind) = p.kind {
                    *types.entry(kind).or_default() += 1;
                }
            }
            Reality::Reported => tie.reported += 1,
            _ => tie.open += 1,
        }
        if let (Reality::Happened, Some(g)) = (p.reality, p.goldstein) {
            let slot = self.balance.entry((p.who.min(p.whom), p.who.max(p.whom))).or_default();
            *slot = (slot.0 + g, slot.1 + 1);
        }
    }

    fn network(self, ids: &[String], min: u64) -> Network {
        let mut out = Network::default();
        let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
        let named = |n: u32| ids.get(n as usize).cloned().unwrap_or_default();
        for ((a, b, quad), (tie, types)) in self.ties {
            let (a, b) = (named(a), named(b));
            if tie.n < min {
                out.hidden += u64::from(tie.n > 0);
                continue;
            }
            let kind = types.into_iter().max_by(|x, y| x.1.cmp(&y.1).then(y.0.as_str().cmp(x.0.as_str())));
            for id in [&a, &b] {
                let node =
                    nodes.entry(id.clone()).or_insert_with(|| Node { id: id.clone(), ..Node::default() });
                node.ind += tie.ind;
                node.n += tie.n;
            }
            out.ties.push(Tie {
                a,
                b,
                quad,
                kind: kind.map(|k| k.0.as_str().to_owned()).unwrap_or_default(),
                ..tie
            });
        }
        out.ties.sort_by(|x, y| y.n.cmp(&x.n).then_with(|| (&x.a, &x.b, x.quad).cmp(&(&y.a, &y.b, y.quad))));
        for ((a, b), (sum, n)) in self.balance {
            let mean = sum / n as f64;
            let sign = if mean > NEUTRAL { 1 } else { -i8::from(mean < -NEUTRAL) };
            let (a, b) = (named(a), named(b));
            let (a, b) = if a < b { (a, b) } else { (b, a) };
            if nodes.contains_key(&a) && nodes.contains_key(&b) {
                out.signed.push(Signed { a, b, mean, n, sign });
            }
        }
        out.signed.sort_unstable_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        out.nodes = nodes.into_values().collect();
        out
    }
}

impl Network {
    /// Signed weights between nodes by number.
    fn weights(&self) -> Vec<BTreeMap<usize, f64>> {
        let number: BTreeMap<&str, usize> =
            self.nodes.iter().enumerate().map(|(i, n)| (n.id.as_str(), i)).collect();
        let mut out = vec![BTreeMap::new(); self.nodes.len()];
        for tie in self.signed.iter().filter(|t| t.sign != 0) {
            if let (Some(&a), Some(&b)) = (number.get(tie.a.as_str()), number.get(tie.b.as_str())) {
                let weight = tie.mean * (1.0 + (tie.n as f64).ln());
                out[a].insert(b, weight);
                out[b].insert(a, weight);
            }
        }
        out
    }

    fn find_blocs(&mut self) {
        let weights = self.weights();
        let mut label: Vec<usize> = (0..self.nodes.len()).collect();
        for _ in 0..100 {
            let mut changed = false;
            for at in 0..label.len() {
                let mut pull: BTreeMap<usize, f64> = BTreeMap::new();
                for (other, weight) in &weights[at] {
                    *pull.entry(label[*other]).or_default() += weight;
                }
                let now = pull.get(&label[at]).copied().unwrap_or(0.0);
                let best = pull.into_iter().fold((label[at], now.max(0.0)), |best, (l, w)| {
                    if w > best.1 + 1e-12 { (l, w) } else { best }
                });
                // Alone again when its own bloc pushes it away and no other wants it.
                let target = if best.0 == label[at] && now < 0.0 { at } else { best.0 };
                if target != label[at] {
                    label[at] = target;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let mut blocs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, l) in label.iter().enumerate() {
            blocs.entry(*l).or_default().push(at);
        }
        let mut blocs: Vec<Vec<usize>> = blocs.into_values().filter(|b| b.len() > 1).collect();
        blocs.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        for (number, bloc) in blocs.iter().enumerate() {
            bloc.iter().for_each(|&at| self.nodes[at].bloc = Some(number));
        }
        self.blocs = blocs.iter().map(|b| b.iter().map(|&at| self.nodes[at].id.clone()).collect()).collect();
    }

    fn find_triads(&mut self) {
        let mut ties: Vec<&Signed> = self.signed.iter().filter(|t| t.sign != 0).collect();
        ties.sort_by(|x, y| y.n.cmp(&x.n).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b))));
        ties.truncate(TRIAD_TIES);
        let mut near: BTreeMap<&str, BTreeMap<&str, &Signed>> = BTreeMap::new();
        for tie in &ties {
            near.entry(&tie.a).or_default().insert(&tie.b, tie);
        }
        let (mut all, mut balanced, mut strained) = (0, 0, Vec::new());
        for (a, there) in &near {
            for (b, ab) in there {
                let Some(beyond) = near.get(b) else { continue };
                for (c, bc) in beyond {
                    let Some(ac) = there.get(c) else { continue };
                    all += 1;
                    let signs = [ab.sign, ac.sign, bc.sign];
                    if signs.iter().product::<i8>() > 0 {
                        balanced += 1;
                        continue;
                    }
                    let strain = [ab, ac, bc].iter().map(|t| t.mean.abs()).fold(f64::MAX, f64::min);
                    let actors = [(*a).to_owned(), (*b).to_owned(), (*c).to_owned()];
                    strained.push(Triad { actors, signs, strain });
                }
            }
        }
        strained.sort_by(|x, y| y.strain.total_cmp(&x.strain).then_with(|| x.actors.cmp(&y.actors)));
        strained.truncate(TRIADS);
        self.triads = (all, balanced);
        self.strained = strained;
    }
}

/// Names and kinds of nodes: from the table of actors for keys, the code itself for codes.
fn names(store: &Store, group: Group, nodes: &mut [Node]) -> Result<(), Error> {
    let mut by_key = store.connection.prepare_cached("SELECT name, kind FROM actor WHERE key = ?")?;
    for node in nodes {
        let key = if group == Group::State { format!("country/{}", node.id) } else { node.id.clone() };
        let found = by_key.query_row([&key], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)));
        (node.name, node.kind) = match rusqlite::OptionalExtension::optional(found)? {
            Some(found) => found,
            // A state that only its people and bodies act for.
            None => match crate::names::country(&node.id).filter(|_| group == Group::State) {
                Some(name) => (name.to_owned(), "country".to_owned()),
                None => (node.id.clone(), "code".to_owned()),
            },
        };
        // The table keeps the kind of the first mention, which may have been a capital that stood for its state.
        if key.starts_with("country/") && node.kind != "code" {
            node.kind = "country".to_owned();
        }
    }
    Ok(())
}
