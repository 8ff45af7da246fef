//! Counts over time: all events, two directions of a pair, and the pairs to choose from.

use super::{give, wrap, wrap_plain};
use crate::answer::Answer;
use crate::app::State;
use crate::ask::Ask;
use crate::error::{Error, ErrorKind};
use axum::extract::{RawQuery, State as Held};
use axum::http::HeaderMap;
use serde_json::json;
use store::Store;
use store::day::Period;
use store::query::dyad::Dyad;
use store::query::timeline::Timeline;
use store::query::{self, Filter, desk};

/// Stories drawn as lanes.
const LANES: usize = 12;
/// Pairs to choose from.
const PAIRS: usize = 24;

fn period(ask: &mut Ask) -> Period {
    match ask.get("by").map(str::to_owned).as_deref() {
        Some("week") => Period::Week,
        Some("month") => Period::Month,
        Some("year") => Period::Year,
        _ => Period::Day,
    }
}

/// The filter with the days that a chart covers: those asked for, else those near the days of publication, so that one
/// event of long ago does not stretch it; and the number of events on other days.
fn drawn(store: &Store, filter: &Filter) -> Result<(Filter, u64), Error> {
    if filter.from.is_some() || filter.to.is_some() {
        return Ok((filter.clone(), 0));
    }
    let (from, to, other) = desk::window(store, filter)?;
    Ok((Filter { from, to, ..filter.clone() }, other))
}

/// The series behind `/timeline`.
pub(crate) fn timeline_of(store: &Store, ask: &mut Ask) -> Result<(Timeline, u64), Error> {
    let by = period(ask);
    let (filter, other) = drawn(store, &ask.filter)?;
    Ok((query::timeline::timeline(store, &filter, by, LANES)?, other))
}

/// `/timeline`: events by day, week or month, and the stories in them.
pub(crate) async fn timeline(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let mut ask = Ask::read(&q.unwrap_or_default(), &["by"]);
        let (data, other) = timeline_of(store, &mut ask)?;
        let mut out = wrap_plain(store, &ask, data)?;
        out.extra.insert("other_days".to_owned(), json!(other));
        Ok(out)
    })
    .await
}

/// Both directions of a pair. The lists follow the brush, the series do not.
pub(crate) fn dyad_of(store: &Store, ask: &mut Ask) -> Result<Dyad, Error> {
    let by = period(ask);
    let need = |name: &str| Error::new(ErrorKind::Request, format!("the parameter {name} is needed"));
    let a = ask.get("a").ok_or_else(|| need("a"))?.to_owned();
    let b = ask.get("b").ok_or_else(|| need("b"))?.to_owned();
    let (filter, _) = drawn(store, &ask.filter)?;
    let mut out = query::dyad::dyad(store, &filter, &a, &b, by)?;
    if let Some((from, to)) = ask.get("brush").and_then(|brush| brush.split_once("..")) {
        let pairs = [("from", from), ("to", to)];
        let mut brushed: Filter = ask.filter.clone();
        for (name, value) in pairs {
            if brushed.set(name, value).is_err() {
                return Err(Error::new(ErrorKind::Request, "a brush looks like 2031-03-09..2031-03-14"));
            }
        }
        out.lists = query::dyad::dyad(store, &brushed, &a, &b, by)?.lists;
    }
    Ok(out)
}

/// `/dyad`: what two actors did to each other.
pub(crate) async fn dyad(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let mut ask = Ask::read(&q.unwrap_or_default(), &["a", "b", "by", "brush"]);
        let data = dyad_of(store, &mut ask)?;
        let mut out = wrap(store, &ask, &data)?;
        for word in [&data.a, &data.b] {
            if let Some(name) = desk::actor_name(store, word)? {
                out.names.insert(word.clone(), name);
            }
        }
        Ok(out)
    })
    .await
}

/// `/pairs`: pairs of states with most events.
pub(crate) async fn pairs(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let ask = Ask::read(&q.unwrap_or_default(), &[]);
        let pairs = desk::pairs(store, &ask.filter, PAIRS)?;
        wrap(store, &ask, json!({"pairs": pairs}))
    })
    .await
}
