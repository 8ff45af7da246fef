//! Clusters as merging finds them to clusters as readers decided, decision by decision: a later one has the last word.

use crate::error::Error;
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap};

/// A decision on some articles of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Order {
    split: bool,
    /// Side by number of the report in the piece.
    sides: BTreeMap<usize, usize>,
}

/// Applies the decisions that hold to the clusters of a piece. `score`: how likely two reports of it are one story.
pub fn apply(
    connection: &Connection,
    articles: &[i64],
    clusters: Vec<Vec<usize>>,
    score: impl Fn(usize, usize) -> f32,
) -> Result<Vec<Vec<usize>>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT x.n, x.kind = 'split', d.side FROM decided d JOIN decision x ON x.n = d.decision \
         WHERE d.article = ? AND x.undone IS NULL",
    )?;
    let mut orders: BTreeMap<i64, Order> = BTreeMap::new();
    for (at, article) in articles.iter().enumerate() {
        let rows = statement.query_map([article], |r| {
            Ok((r.get::<_, i64>(0)?, r.get::<_, bool>(1)?, usize::from(r.get::<_, u8>(2)?)))
        })?;
        for row in rows {
            let (n, split, side) = row?;
            let order = orders.entry(n).or_default();
            order.split = split;
            order.sides.insert(at, side);
        }
    }
    let mut out = clusters;
    for order in orders.values() {
        out = if order.split { split(out, order, &score) } else { merge(out, order) };
    }
    out.sort();
    Ok(out)
}

/// Clusters that hold a report of the order become one.
fn merge(clusters: Vec<Vec<usize>>, order: &Order) -> Vec<Vec<usize>> {
    let named = |c: &Vec<usize>| c.iter().any(|at| order.sides.contains_key(at));
    let (together, mut out): (Vec<_>, Vec<_>) = clusters.into_iter().partition(named);
    let mut one: Vec<usize> = together.into_iter().flatten().collect();
    one.sort_unstable();
    out.extend((!one.is_empty()).then_some(one));
    out
}

/// A cluster with reports of both sides becomes two. Reports that came since go with those they are nearest to.
fn split(clusters: Vec<Vec<usize>>, order: &Order, score: &impl Fn(usize, usize) -> f32) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    for cluster in clusters {
        let mut sides: [Vec<usize>; 2] = Default::default();
        for at in &cluster {
            if let Some(side) = order.sides.get(at).and_then(|side| sides.get_mut(*side)) {
                side.push(*at);
            }
        }
        if sides.iter().any(Vec::is_empty) {
            out.push(cluster);
            continue;
        }
        let near = |at: usize, side: &[usize]| {
            side.iter().map(|other| score(at, *other)).fold(f32::NEG_INFINITY, f32::max)
        };
        let rest = cluster.iter().copied().filter(|at| !order.sides.contains_key(at));
        let rest: HashMap<usize, usize> =
            rest.map(|at| (at, usize::from(near(at, &sides[1]) > near(at, &sides[0])))).collect();
        for (at, side) in rest {
            sides[side].push(at);
        }
        for mut side in sides {
            side.sort_unstable();
            out.push(side);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(split: bool, sides: &[(usize, usize)]) -> Order {
        Order { split, sides: sides.iter().copied().collect() }
    }

    #[test]
    fn the_last_word_counts_and_newcomers_follow_their_nearest() {
        let found = vec![vec![0, 1, 2, 3], vec![4]];
        let near = |a: usize, b: usize| if a.abs_diff(b) == 1 { 2.0 } else { -1.0 };
        let apart = order(true, &[(0, 0), (1, 0), (2, 1)]);
        let mut two = split(found.clone(), &apart, &near);
        two.sort();
        assert_eq!(two, [vec![0, 1], vec![2, 3], vec![4]]);
        let mut one = merge(two, &order(false, &[(2, 0), (4, 1)]));
        one.sort();
        assert_eq!(one, [vec![0, 1], vec![2, 3, 4]]);
        // Reports of one side only are no reason to split.
        assert_eq!(split(found.clone(), &order(true, &[(0, 0), (4, 1)]), &near), found);
    }
}
