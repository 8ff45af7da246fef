//! Places to GeoJSON (RFC 7946), one point a place. Events have the writer of `demarche export`.

use super::json;
use crate::error::Error;
use serde_json::{Value, json as value};
use store::query::map::Map;

fn feature(lon: f64, lat: f64, properties: Value) -> Value {
    value!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties})
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
