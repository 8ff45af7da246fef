//! Events and places to GeoJSON (RFC 7946). What has no place is left out and counted.

use super::json;
use crate::error::Error;
use serde_json::{Value, json as value};
use store::query::Ev;
use store::query::map::Map;

fn feature(lon: f64, lat: f64, properties: Value) -> Value {
    value!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties})
}

/// One point an event.
pub(super) fn events(list: &[Ev]) -> Result<Vec<u8>, Error> {
    let point = |e: &Ev| {
        let place = e.place.as_ref()?;
        let names = |side: &[store::query::Party]| side.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
        Some(feature(
            place.lon,
            place.lat,
            value!({
                "id": e.id, "type": e.kind, "quad": e.quad, "day": e.day, "modality": e.modality, "who": names(&e.who),
                "whom": names(&e.whom), "place": place.name, "exact": place.exact, "reports": e.articles,
                "independent": e.independent, "text": e.text,
            }),
        ))
    };
    let features: Vec<Value> = list.iter().filter_map(point).collect();
    let unlocated = list.len() - features.len();
    Ok(json(&value!({"type": "FeatureCollection", "features": features, "unlocated": unlocated})))
}

/// One point a place.
pub(super) fn places(map: &Map) -> Result<Vec<u8>, Error> {
    let point = |p: &store::query::map::Pin| {
        feature(
            p.lon,
            p.lat,
            value!({
                "place": p.place, "name": p.name, "country": p.country, "exact": p.exact, "radius_km": p.radius_km,
                "quad": p.quad, "events": p.n, "not_counted": p.open,
            }),
        )
    };
    let features: Vec<Value> = map.pins.iter().map(point).collect();
    Ok(json(&value!({"type": "FeatureCollection", "features": features, "unlocated": map.unlocated})))
}
