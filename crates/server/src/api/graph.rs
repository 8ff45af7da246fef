//! Who deals with whom, and where: the network and the map.

use super::{give, wrap_plain};
use crate::answer::Answer;
use crate::app::State;
use crate::ask::Ask;
use crate::error::Error;
use axum::extract::{RawQuery, State as Held};
use axum::http::HeaderMap;
use store::Store;
use store::query::agg::Group;
use store::query::map::{Fill, Map};
use store::query::network::Network;
use store::query::{map as maps, network as networks};

/// The network behind `/network`.
pub(crate) fn network_of(store: &Store, ask: &mut Ask) -> Result<Network, Error> {
    let group: Group = ask.parse("group").unwrap_or_default();
    let min = ask.parse("min").unwrap_or(1);
    Ok(networks::network(store, &ask.filter, group, min)?)
}

/// `/network`: actors and directed ties.
pub(crate) async fn network(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let mut ask = Ask::read(&q.unwrap_or_default(), &["group", "min"]);
        let data = network_of(store, &mut ask)?;
        wrap_plain(store, &ask, data)
    })
    .await
}

/// The places behind `/map`.
pub(crate) fn map_of(store: &Store, ask: &mut Ask) -> Result<Map, Error> {
    let fill: Fill = ask.parse("fill").unwrap_or_default();
    let exact = ask.get("exact").map(str::to_owned);
    Ok(maps::map(store, &ask.filter, fill, exact.as_deref())?)
}

/// `/map`: places and countries with counts.
pub(crate) async fn map(
    Held(state): Held<State>,
    RawQuery(q): RawQuery,
    headers: HeaderMap,
) -> Result<Answer, Error> {
    give(&state, headers, move |store| {
        let mut ask = Ask::read(&q.unwrap_or_default(), &["fill", "exact"]);
        let data = map_of(store, &mut ask)?;
        wrap_plain(store, &ask, data)
    })
    .await
}
