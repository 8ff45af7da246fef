//! Statements to exchange forms: W3C Web Annotation (JSON-LD) and rows like those of GDELT's quotation graph (GQG).

use record::offset::CodePoints;
use record::{ByteSpan, Page, Statement, StatementKind};
use serde_json::{Value, json};

/// Code points of context on each side of a quotation.
const CONTEXT: usize = 100;

/// One statement as a Web Annotation (W3C Recommendation of 2017-02-23). Positions are code points over the page's
/// cleaned text, which is the target; the page's own address stands in `via`.
pub fn web_annotation(page: &Page, statement: &Statement) -> Value {
    let points = CodePoints::new(&page.text);
    let span = statement.content;
    let (prefix, suffix) = context(&page.text, &points, span);
    let tag = |value: &str, purpose: &str| json!({"type": "TextualBody", "purpose": purpose, "value": value});
    let mut body = vec![tag(kind(statement.kind), "classifying")];
    body.extend(statement.cue.as_ref().map(|c| tag(&c.kind, "tagging")));
    body.extend(statement.speaker.as_ref().map(|s| tag(&s.name, "identifying")));
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:demarche:statement:{}:{}", page.id, statement.id),
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {"type": "Software", "name": "demarche"},
        "body": body,
        "target": {
            "source": format!("urn:demarche:text:{}", page.id),
            "via": address(page),
            "selector": [
                {
                    "type": "TextPositionSelector",
                    "start": points.of_byte(span.start as usize),
                    "end": points.of_byte(span.end as usize),
                },
                {"type": "TextQuoteSelector", "exact": span.of(&page.text), "prefix": prefix, "suffix": suffix},
            ],
        },
    })
}

/// One page as a GQG row, with the speaker's name added: `{date, url, lang, quotes: [{pre, quote, post, speaker}]}`.
/// Only words in marks or blocks are quotes there; paraphrases are left out.
pub fn gqg_row(page: &Page, statements: &[Statement]) -> Value {
    let points = CodePoints::new(&page.text);
    let direct = statements.iter().filter(|s| s.kind == StatementKind::Direct);
    let quotes: Vec<Value> = direct
        .map(|s| {
            let (pre, post) = context(&page.text, &points, s.content);
            let speaker = s.speaker.as_ref().map(|x| x.name.as_str());
            json!({"pre": pre, "quote": s.content.of(&page.text), "post": post, "speaker": speaker})
        })
        .collect();
    json!({
        "date": page.meta.published.as_ref().map(|p| p.value.as_str()),
        "url": address(page),
        "lang": page.meta.language.as_ref().map(|l| l.value.as_str()),
        "quotes": quotes,
    })
}

fn address(page: &Page) -> &str {
    page.meta.canonical_url.as_ref().map_or(page.source.as_str(), |u| u.value.as_str())
}

fn kind(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Direct => "direct",
        StatementKind::Indirect => "indirect",
        StatementKind::Mixed => "mixed",
        StatementKind::Hedged => "hedged",
    }
}

/// Text before and after a span, cut on code points.
fn context<'t>(text: &'t str, points: &CodePoints<'_>, span: ByteSpan) -> (&'t str, &'t str) {
    let (start, end) = (span.start as usize, span.end as usize);
    let from = points.to_byte(points.of_byte(start).saturating_sub(CONTEXT));
    let to = points.to_byte(points.of_byte(end) + CONTEXT);
    (text.get(from..start).unwrap_or(""), text.get(end..to).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Statement;

    fn statement(content: ByteSpan, kind: StatementKind) -> Statement {
        Statement {
            id: "1".into(),
            kind,
            content,
            sentence: 0,
            cue: None,
            speaker: None,
            addressee: None,
            chain: Vec::new(),
            quoted: Vec::new(),
            why: Vec::new(),
        }
    }

    #[test]
    fn counts_code_points_and_leaves_paraphrases_out() {
        let page = Page::plain("Écoutez: “Ça va”, dit-il.", Some("2025-01-02"));
        let start = page.text.find('Ç').unwrap();
        let span = ByteSpan::new(start, start + "Ça va".len());
        let direct = statement(span, StatementKind::Direct);
        let annotation = web_annotation(&page, &direct);
        assert_eq!(
            annotation["target"]["selector"][0],
            json!({"type": "TextPositionSelector", "start": 10, "end": 15})
        );
        assert_eq!(annotation["target"]["selector"][1]["exact"], "Ça va");
        let row = gqg_row(&page, &[direct, statement(span, StatementKind::Indirect)]);
        assert_eq!(row["quotes"].as_array().unwrap().len(), 1);
        assert_eq!(row["quotes"][0]["pre"], "Écoutez: “");
        assert_eq!(row["date"], "2025-01-02");
    }
}
