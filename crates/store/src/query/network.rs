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

/// Sums of one directed tie of one quad class.
#[derive(Default)]
struct Sums {
    n: u64,
    ind: u64,
    reported: u64,
    open: u64,
    /// Events that happened by type: one or two, so that no table is worth its room.
    types: Vec<(Plover, u64)>,
}

impl Sums {
    fn happened(&mut self, p: &Pair) {
        self.n += 1;
        self.ind += p.independent;
        let Some(kind) = p.kind else { return };
        match self.types.iter_mut().find(|t| t.0 == kind) {
            Some(known) => known.1 += 1,
            None => self.types.push((kind, 1)),
        }
    }

    /// Most frequent type; of several the first by name.
    fn kind(&self) -> &'static str {
        let most =
            self.types.iter().max_by(|x, y| x.1.cmp(&y.1).then_with(|| y.0.as_str().cmp(x.0.as_str())));
        most.map_or("", |k| k.0.as_str())
    }
}

/// Ties by the numbers of their sides.
#[derive(Default)]
struct Build {
    ties: HashMap<(u32, u32, u8), Sums>,
    /// Sums of Goldstein values and their number, by the smaller and larger number of a pair.
    balance: HashMap<(u32, u32), (f64, u64)>,
}

impl Build {
    fn add(&mut self, p: &Pair) {
        if p.who == p.whom || p.reality == Reality::Not {
            return;
        }
        let tie = self.ties.entry((p.who, p.whom, p.quad)).or_default();
        match p.reality {
            Reality::Happened => tie.happened(p),
            Reality::Reported => tie.reported += 1,
            _ => tie.open += 1,
        }
        if let (Reality::Happened, Some(g)) = (p.reality, p.goldstein) {
            let slot = self.balance.entry((p.who.min(p.whom), p.who.max(p.whom))).or_default();
            *slot = (slot.0 + g, slot.1 + 1);
        }
    }

    fn network(mut self, ids: &[String], min: u64) -> Network {
        let mut out = Network::default();
        let id = |n: u32| ids.get(n as usize).map_or("", String::as_str);
        self.ties.retain(|_, tie| {
            out.hidden += u64::from(tie.n > 0 && tie.n < min);
            tie.n >= min
        });
        let mut nodes: HashMap<u32, (u64, u64)> = HashMap::new();
        for ((a, b, _), tie) in &self.ties {
            for side in [a, b] {
                let node = nodes.entry(*side).or_default();
                *node = (node.0 + tie.ind, node.1 + tie.n);
            }
        }
        let mut ties: Vec<_> = self.ties.into_iter().collect();
        ties.sort_unstable_by(|((a, b, q), x), ((c, d, r), y)| {
            y.n.cmp(&x.n).then_with(|| (id(*a), id(*b), q).cmp(&(id(*c), id(*d), r)))
        });
        out.ties = ties.into_iter().map(|((a, b, quad), sums)| Tie::new(id(a), id(b), quad, &sums)).collect();
        let balance =
            self.balance.into_iter().filter(|((a, b), _)| nodes.contains_key(a) && nodes.contains_key(b));
        out.signed = balance.map(|((a, b), (sum, n))| Signed::new(id(a), id(b), sum / n as f64, n)).collect();
        out.signed.sort_unstable_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        let node = |(n, (ind, events))| Node { id: id(n).to_owned(), ind, n: events, ..Node::default() };
        out.nodes = nodes.into_iter().map(node).collect();
        out.nodes.sort_unstable_by(|x, y| x.id.cmp(&y.id));
        out
    }
}

impl Tie {
    fn new(a: &str, b: &str, quad: u8, sums: &Sums) -> Tie {
        Tie {
            a: a.to_owned(),
            b: b.to_owned(),
            quad,
            kind: sums.kind().to_owned(),
            n: sums.n,
            ind: sums.ind,
            reported: sums.reported,
            open: sums.open,
        }
    }
}

impl Signed {
    fn new(a: &str, b: &str, mean: f64, n: u64) -> Signed {
        let sign = if mean > NEUTRAL { 1 } else { -i8::from(mean < -NEUTRAL) };
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        Signed { a: a.to_owned(), b: b.to_owned(), mean, n, sign }
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
    // Read through once: many nodes are most of the actors, and looking each up by its key takes longer.
    let mut statement = store.connection.prepare_cached("SELECT key, name, kind FROM actor")?;
    let mut rows = statement.query([])?;
    let key_of = |id: &str| if group == Group::State { format!("country/{id}") } else { id.to_owned() };
    let mut known: HashMap<String, Option<(String, String)>> =
        nodes.iter().map(|n| (key_of(&n.id), None)).collect();
    while let Some(r) = rows.next()? {
        if let Some(slot) = known.get_mut(r.get_ref(0)?.as_str()?) {
            *slot = Some((r.get(1)?, r.get(2)?));
        }
    }
    for node in nodes {
        let key = key_of(&node.id);
        (node.name, node.kind) = match known.remove(&key).flatten() {
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
