//! What the other names of a page say about one candidate.

use super::rank::{Group, TOGETHER, closeness, unit};
use super::world::{Candidate, Kind};
use hashbrown::HashMap;

/// A likely reading of a name.
struct Reading {
    group: usize,
    odds: f32,
    point: [f32; 3],
    kind: Kind,
    country: Option<u8>,
    adm1: Option<u32>,
}

/// Odds and closeness of other names, as they bear on one candidate.
#[derive(Default)]
struct Around {
    /// Sum of odds times closeness.
    near: f32,
    /// The largest of them.
    nearest: f32,
    /// Odds that its division is named.
    adm1: f32,
    /// Odds that its country is named.
    country: f32,
    /// Closeness of the same name told elsewhere with its surroundings.
    same: f32,
}

/// Likely readings of all names, and what they add up to.
pub(crate) struct Context<'g> {
    groups: &'g [Group],
    readings: Vec<Reading>,
    /// Range of each group's readings.
    of_group: Vec<std::ops::Range<usize>>,
    /// Group before and after each mention.
    neighbours: Vec<Vec<usize>>,
    countries: HashMap<u8, f32>,
    divisions: HashMap<u32, f32>,
    located: f32,
    settled: f32,
}

impl<'g> Context<'g> {
    pub fn new(groups: &'g [Group]) -> Self {
        let mut readings = Vec::new();
        let mut of_group = Vec::new();
        for (group, g) in groups.iter().enumerate() {
            let start = readings.len();
            for (c, &odds) in g.candidates.iter().zip(&g.odds).filter(|(_, o)| **o > 0.04) {
                let (kind, country, adm1) = (c.kind, c.country, c.adm1);
                readings.push(Reading { group, odds, point: unit(c), kind, country, adm1 });
            }
            of_group.push(start..readings.len());
        }
        let mut out = Context {
            groups,
            readings,
            of_group,
            neighbours: neighbours(groups),
            countries: HashMap::new(),
            divisions: HashMap::new(),
            located: 0.0,
            settled: 0.0,
        };
        for r in &out.readings {
            if let Some(c) = r.country {
                *out.countries.entry(c).or_default() += r.odds;
                out.located += r.odds;
            }
            if let Some(a) = r.adm1 {
                *out.divisions.entry(a).or_default() += r.odds;
                out.settled += r.odds;
            }
        }
        out
    }

    /// Features of candidate `i` of group `at`, in the order of [`TOGETHER`].
    pub fn of(&self, at: usize, i: usize) -> [f32; TOGETHER.len()] {
        let g = &self.groups[at];
        let c = &g.candidates[i];
        let own = &self.readings[self.of_group[at].clone()];
        let sum =
            |keep: &dyn Fn(&Reading) -> bool| own.iter().filter(|r| keep(r)).map(|r| r.odds).sum::<f32>();
        let share = |all: f32, mine: f32, total: f32, my_total: f32| {
            (all - mine).max(0.0) / (total - my_total + 0.7).max(0.7)
        };
        let country = c.country.map_or(0.0, |n| {
            let all = self.countries.get(&n).copied().unwrap_or(0.0);
            share(all, sum(&|r| r.country == Some(n)), self.located, sum(&|r| r.country.is_some()))
        });
        let adm1 = c.adm1.map_or(0.0, |n| {
            let all = self.divisions.get(&n).copied().unwrap_or(0.0);
            share(all, sum(&|r| r.adm1 == Some(n)), self.settled, sum(&|r| r.adm1.is_some()))
        });
        let point = unit(c);
        let Around { near, nearest, adm1: named_adm1, country: named_country, same } =
            self.around(at, c, point);
        let city = matches!(c.kind, Kind::City | Kind::Capital | Kind::Adm2);
        let is = |b: bool| if b { 1.0 } else { 0.0 };
        [
            g.alone.get(i).map_or(0.0, |_| g.odds.get(i).copied().unwrap_or(0.0)),
            country,
            if city { country } else { 0.0 },
            adm1,
            named_adm1,
            named_country,
            near.ln_1p(),
            nearest,
            same,
            self.beside(at, point),
            is(named_country < 0.2 && country < 0.1),
            if city { near.ln_1p() } else { 0.0 },
            is(city) * is(named_adm1 < 0.2 && adm1 < 0.1),
            is(c.kind == Kind::Capital) * country,
        ]
    }

    /// What the readings of the page's other names say about a candidate at `point`.
    fn around(&self, at: usize, c: &Candidate, point: [f32; 3]) -> Around {
        let mut out = Around::default();
        for r in self.readings.iter().filter(|r| r.group != at) {
            let other = &self.groups[r.group];
            if other.folded == self.groups[at].folded {
                if !other.around.is_empty() {
                    out.same = out.same.max(r.odds * closeness(point, r.point, 30.0));
                }
                continue;
            }
            match r.kind {
                Kind::Country if r.country == c.country => out.country = out.country.max(r.odds),
                Kind::Adm1 if r.adm1 == c.adm1 && c.adm1.is_some() => out.adm1 = out.adm1.max(r.odds),
                Kind::Country | Kind::Adm1 => {}
                _ => {
                    let k = r.odds * closeness(point, r.point, 80.0);
                    out.near += k;
                    out.nearest = out.nearest.max(k);
                }
            }
        }
        out
    }

    /// Closeness to the names before and after, the mean over mentions.
    fn beside(&self, at: usize, point: [f32; 3]) -> f32 {
        let around = &self.neighbours[at];
        let one = |g: &usize| -> f32 {
            let readings = &self.readings[self.of_group[*g].clone()];
            readings
                .iter()
                .filter(|r| r.kind != Kind::Country)
                .map(|r| r.odds * closeness(point, r.point, 120.0))
                .sum()
        };
        around.iter().map(one).sum::<f32>() / (around.len().max(1)) as f32
    }
}

/// Groups of the mentions right before and after the mentions of each group.
fn neighbours(groups: &[Group]) -> Vec<Vec<usize>> {
    let count = groups.iter().flat_map(|g| &g.mentions).max().map_or(0, |m| m + 1);
    let mut of_mention = vec![usize::MAX; count];
    for (i, g) in groups.iter().enumerate() {
        g.mentions.iter().for_each(|&m| of_mention[m] = i);
    }
    let beside = |(i, g): (usize, &Group)| {
        let mut out: Vec<usize> = Vec::new();
        for &m in g.mentions.iter().take(20) {
            let around = [m.checked_sub(1), Some(m + 1)];
            out.extend(
                around
                    .into_iter()
                    .flatten()
                    .filter_map(|n| of_mention.get(n).copied())
                    .filter(|&o| o != i && o != usize::MAX),
            );
        }
        out
    };
    groups.iter().enumerate().map(beside).collect()
}
