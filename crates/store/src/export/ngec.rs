//! Events to lines of JSON in the shape of NGEC: a story with one event type and its attributes.
//!
//! Spans of attributes are not kept apart in the database, so `qa_start_char` and `qa_end_char` are those of the sentence.

use super::{Format, Selection, Sink, sectors, writing};
use crate::error::Error;
use crate::query::{Ev, Party, Reality};
use serde_json::{Value, json};

/// `ngec`.
pub struct Ngec;

impl Format for Ngec {
    fn name(&self) -> &'static str {
        "ngec"
    }

    fn about(&self) -> &'static str {
        "NGEC-shaped lines of JSON, one for each event and article; only what happened"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("events.ngec.jsonl")?;
        selection.events(|ev, tellings| {
            if ev.reality != Reality::Happened {
                return Ok(());
            }
            for t in tellings {
                let attribute = |p: &Party| attribute(p, ev, t.span, selection);
                let line = json!({
                    "id": format!("{}_{}_{}", t.article, ev.kind, t.number),
                    "story_id": t.article,
                    "event_type": ev.kind,
                    "event_mode": ev.mode.split('+').filter(|m| !m.is_empty()).collect::<Vec<_>>(),
                    "contexts": [],
                    "date": t.published.as_deref().or(ev.day.as_deref()),
                    "pub_date": t.published,
                    "publisher": t.outlet,
                    "event_text": ev.text,
                    "attributes": {
                        "ACTOR": ev.who.iter().map(attribute).collect::<Vec<_>>(),
                        "RECIP": ev.whom.iter().map(attribute).collect::<Vec<_>>(),
                        "LOC": ev.place.iter().map(|p| json!({"text": p.name})).collect::<Vec<_>>(),
                        "DATE": ev.day.iter().map(|d| json!({"text": d})).collect::<Vec<_>>(),
                    },
                    "event_geolocation": {"reason": "demarche", "geo": geo(ev)},
                    "date_resolved": ev.day,
                    "date_raw": if ev.day_exact { ev.day.clone() } else { None },
                    "version": concat!("demarche ", env!("CARGO_PKG_VERSION")),
                });
                writeln!(out, "{line}").map_err(writing)?;
            }
            Ok(())
        })?;
        out.flush().map_err(writing)
    }
}

fn attribute(p: &Party, ev: &Ev, span: [u32; 2], selection: &Selection<'_>) -> Value {
    let codes = sectors(&p.code, p.country.as_deref());
    json!({
        "text": p.name, "qa_score": ev.confidence, "qa_start_char": span[0], "qa_end_char": span[1], "wiki": null,
        "country": p.country, "country_name": p.country.as_deref().map(|c| selection.country(c).to_owned()),
        "code_1": codes.first(), "code_2": codes.get(1),
    })
}

fn geo(ev: &Ev) -> Value {
    let Some(p) = &ev.place else { return Value::Null };
    json!({
        "resolved_placename": p.name, "geonameid": if p.id.starts_with("name/") { Value::Null } else { json!(p.id) },
        "lat": p.lat, "lon": p.lon, "country_code3": p.country, "admin1_name": p.adm1,
        "feature_class": p.feature.split('.').next(), "feature_code": p.feature.split('.').nth(1),
    })
}
