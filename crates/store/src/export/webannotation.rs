//! Events to W3C Web Annotations (JSON-LD), one collection; positions count code points of the article's text.

use super::{Format, Selection, Sink, writing};
use crate::error::Error;
use crate::query::article::record;
use serde_json::json;

/// `webannotation`.
pub struct WebAnnotation;

/// Characters of context before and after the words.
const CONTEXT: usize = 32;

impl Format for WebAnnotation {
    fn name(&self) -> &'static str {
        "webannotation"
    }

    fn about(&self) -> &'static str {
        "W3C Web Annotations as lines of JSON-LD, one for each telling"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("annotations.jsonl")?;
        selection.events(|ev, tellings| {
            for t in tellings {
                let Some(record) = record(selection.store, &t.article, false)? else { continue };
                let chars: Vec<char> = record.page.text.chars().collect();
                let part = |from: usize, to: usize| chars.get(from..to.min(chars.len())).unwrap_or_default().iter().collect::<String>();
                let (start, end) = (t.span[0] as usize, t.span[1] as usize);
                let mut body = vec![
                    json!({"type": "TextualBody", "purpose": "classifying", "value": ev.kind}),
                    json!({"type": "TextualBody", "purpose": "tagging", "value": ev.modality}),
                ];
                if let Some(place) = ev.place.as_ref().filter(|p| !p.id.starts_with("name/")) {
                    let source = format!("https://sws.geonames.org/{}/", place.id);
                    body.push(json!({"type": "SpecificResource", "purpose": "identifying", "source": source}));
                }
                let via = t.url.starts_with("http").then_some(&t.url);
                let line = json!({
                    "@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation",
                    "id": format!("urn:demarche:telling:{}.{}", t.article, t.number), "motivation": "classifying",
                    "generator": {"type": "Software", "name": "demarche"}, "body": body,
                    "target": {
                        "source": format!("urn:demarche:text:{}", t.article), "via": via,
                        "selector": [
                            {"type": "TextPositionSelector", "start": start, "end": end},
                            {"type": "TextQuoteSelector", "exact": part(start, end),
                             "prefix": part(start.saturating_sub(CONTEXT), start), "suffix": part(end, end + CONTEXT)},
                        ],
                    },
                });
                writeln!(out, "{line}").map_err(writing)?;
            }
            Ok(())
        })?;
        out.flush().map_err(writing)
    }
}
