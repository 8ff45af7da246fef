//! Events to a GeoJSON FeatureCollection (RFC 7946); events without a place keep `geometry: null`.

use super::{Format, Selection, Sink, writing};
use crate::error::Error;
use serde_json::json;

/// `geojson`.
pub struct GeoJson;

impl Format for GeoJson {
    fn name(&self) -> &'static str {
        "geojson"
    }

    fn about(&self) -> &'static str {
        "a FeatureCollection of all events, with modality and exactness as properties"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("events.geojson")?;
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[").map_err(writing)?;
        let mut gap = "\n";
        selection.events(|ev, _| {
            let six = |n: f64| (n * 1e6).round() / 1e6;
            let geometry =
                ev.place.as_ref().map(|p| json!({"type": "Point", "coordinates": [six(p.lon), six(p.lat)]}));
            let names = |side: &[crate::query::Party]| side.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
            let feature = json!({
                "type": "Feature", "id": ev.id, "geometry": geometry,
                "properties": {
                    "type": ev.kind, "mode": ev.mode, "cameo": ev.cameo, "quad": ev.quad, "goldstein": ev.goldstein,
                    "who": names(&ev.who), "whom": names(&ev.whom), "day": ev.day, "day_exact": ev.day_exact,
                    "modality": ev.modality, "reality": ev.reality, "place": ev.place.as_ref().map(|p| &p.name),
                    "country": ev.place.as_ref().and_then(|p| p.country.clone()),
                    "geo_precision": ev.place.as_ref().map(|p| &p.exact), "articles": ev.articles,
                    "independent": ev.independent, "story": ev.story, "text": ev.text,
                },
            });
            write!(out, "{gap}{feature}").map_err(writing)?;
            gap = ",\n";
            Ok(())
        })?;
        out.write_all(b"\n]}\n").map_err(writing)?;
        out.flush().map_err(writing)
    }
}
