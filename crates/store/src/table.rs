//! Answers to rows and columns: for spreadsheets, and for tables on a screen.

use crate::query::actor::ActorPage;
use crate::query::agg::Row;
use crate::query::alerts::Alert;
use crate::query::diff::Change;
use crate::query::dyad::Dyad;
use crate::query::map::Map;
use crate::query::network::Network;
use crate::query::search::Quote;
use crate::query::story::{StoryLine, StoryPage};
use crate::query::timeline::Timeline;
use crate::query::{Ev, Party};
use std::fmt::Display;

/// A header and rows of the same length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Names of the columns, snake_case.
    pub header: Vec<&'static str>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn new(header: &[&'static str], rows: impl IntoIterator<Item = Vec<String>>) -> Table {
        Table { header: header.to_vec(), rows: rows.into_iter().collect() }
    }

    /// As comma-separated values after RFC 4180, lines ended by a line feed. A cell that a spreadsheet would take for a
    /// formula (a text that begins with `=`, `+`, `-` or `@` and is no number) gets an apostrophe before it.
    pub fn csv(&self) -> String {
        let mut out = String::new();
        let header: Vec<String> = self.header.iter().map(|h| (*h).to_owned()).collect();
        for row in std::iter::once(&header).chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(|c| cell(c)).collect();
            out.push_str(&cells.join(","));
            out.push('\n');
        }
        out
    }
}

fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn opt<T: Display>(value: Option<T>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

/// A number with at most three decimals.
fn short(n: f64) -> String {
    let text = format!("{n:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn names(side: &[Party]) -> String {
    side.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ")
}

fn codes(side: &[Party]) -> String {
    side.iter().map(|p| p.code.as_str()).collect::<Vec<_>>().join("; ")
}

/// Columns of [`events`].
const EVENTS: [&str; 30] = [
    "id",
    "day",
    "day_end",
    "day_exact",
    "type",
    "mode",
    "cameo",
    "quad",
    "goldstein",
    "who",
    "who_code",
    "whom",
    "whom_code",
    "mutual",
    "modality",
    "reality",
    "place",
    "country",
    "lat",
    "lon",
    "exactness",
    "articles",
    "outlets",
    "independent",
    "disputed",
    "story",
    "article",
    "outlet",
    "confidence",
    "text",
];

/// Events, one a row.
pub fn events(rows: &[Ev]) -> Table {
    Table::new(&EVENTS, rows.iter().map(event))
}

fn event(e: &Ev) -> Vec<String> {
    let place = e.place.as_ref();
    vec![
        e.id.clone(),
        opt(e.day.as_deref()),
        opt(e.day_end.as_deref()),
        e.day_exact.to_string(),
        e.kind.clone(),
        e.mode.clone(),
        e.cameo.clone(),
        e.quad.to_string(),
        opt(e.goldstein.map(short)),
        names(&e.who),
        codes(&e.who),
        names(&e.whom),
        codes(&e.whom),
        e.mutual.to_string(),
        e.modality.clone(),
        crate::names::word(&e.reality),
        opt(place.map(|p| &p.name)),
        opt(place.and_then(|p| p.country.as_deref())),
        opt(place.map(|p| p.lat)),
        opt(place.map(|p| p.lon)),
        opt(place.map(|p| &p.exact)),
        e.articles.to_string(),
        e.outlets.to_string(),
        e.independent.to_string(),
        e.disputed.to_string(),
        e.story.clone(),
        e.article.clone(),
        opt(e.outlet.as_deref()),
        short(e.confidence),
        e.text.clone(),
    ]
}

/// Counts by pair and period.
pub fn agg(rows: &[Row]) -> Table {
    let header = [
        "period",
        "who",
        "whom",
        "events",
        "verbal_coop",
        "material_coop",
        "verbal_conf",
        "material_conf",
        "goldstein_sum",
        "goldstein_mean",
        "independent",
        "reported",
        "open",
        "not_happened",
    ];
    let row = |r: &Row| {
        let mut out = vec![r.period.clone(), r.who.clone(), r.whom.clone(), r.events.to_string()];
        out.extend(r.quad.iter().map(u64::to_string));
        out.extend([short(r.goldstein_sum), opt(r.goldstein_mean.map(short))]);
        out.extend([r.independent, r.reported, r.open, r.not_happened].iter().map(u64::to_string));
        out
    };
    Table::new(&header, rows.iter().map(row))
}

/// Directed ties.
pub fn network(n: &Network) -> Table {
    let header = ["who", "whom", "quad", "type", "events", "independent", "reported", "open"];
    let rows = n.ties.iter().map(|t| {
        let mut out = vec![t.a.clone(), t.b.clone(), t.quad.to_string(), t.kind.clone()];
        out.extend([t.n, t.ind, t.reported, t.open].iter().map(u64::to_string));
        out
    });
    Table::new(&header, rows)
}

/// Steps of a time line.
pub fn timeline(t: &Timeline) -> Table {
    let header = [
        "from",
        "verbal_coop",
        "material_coop",
        "verbal_conf",
        "material_conf",
        "goldstein",
        "independent",
        "reported",
        "open",
        "not_happened",
    ];
    let at = |list: &[u64], i: usize| list.get(i).copied().unwrap_or_default().to_string();
    let rows = t.days.iter().enumerate().map(|(i, day)| {
        let mut out = vec![day.clone()];
        out.extend(t.q.iter().map(|q| at(q, i)));
        out.push(short(t.goldstein.get(i).copied().unwrap_or_default()));
        out.extend([&t.independent, &t.reported, &t.open, &t.not_happened].iter().map(|l| at(l, i)));
        out
    });
    Table::new(&header, rows)
}

/// Both directions of a pair, step by step.
pub fn dyad(d: &Dyad) -> Table {
    let mut out = timeline(&d.ab);
    let back = timeline(&d.ba);
    out.header.insert(0, "direction");
    let mark = |rows: Vec<Vec<String>>, a: &str, b: &str| {
        let name = format!("{a}>{b}");
        rows.into_iter()
            .map(move |r| std::iter::once(name.clone()).chain(r).collect())
            .collect::<Vec<Vec<String>>>()
    };
    out.rows = mark(out.rows, &d.a, &d.b);
    out.rows.extend(mark(back.rows, &d.b, &d.a));
    out
}

/// The events of an actor.
pub fn actor(a: &ActorPage) -> Table {
    events(&a.events)
}

/// Statements, one a row.
pub fn quotes(rows: &[Quote]) -> Table {
    let header = ["id", "published", "speaker", "kind", "cue", "text", "via", "outlet", "article"];
    let row = |q: &Quote| {
        let (at, outlet) = (opt(q.published.as_deref()), opt(q.outlet.as_deref()));
        let texts = [&q.id, &at, &q.speaker, &q.kind, &q.cue, &q.text, &q.via, &outlet, &q.article];
        texts.map(String::clone).to_vec()
    };
    Table::new(&header, rows.iter().map(row))
}

/// The reports of a story: origins and copies.
pub fn story(s: &StoryPage) -> Table {
    let header = ["article", "outlet", "published", "copy_of", "share", "how"];
    let mut rows = Vec::new();
    for origin in &s.origins {
        let none = String::new;
        rows.push(vec![
            origin.article.clone(),
            opt(origin.outlet.as_deref()),
            opt(origin.at.as_deref()),
            none(),
            none(),
            none(),
        ]);
        rows.extend(origin.copies.iter().map(|c| {
            vec![
                c.article.clone(),
                opt(c.outlet.as_deref()),
                opt(c.at.as_deref()),
                c.of.clone(),
                short(c.share),
                c.how.clone(),
            ]
        }));
    }
    Table::new(&header, rows)
}

/// A list of stories.
pub fn stories(rows: &[StoryLine]) -> Table {
    let header = ["id", "first", "last", "articles", "outlets", "independent", "disputes", "title"];
    let row = |s: &StoryLine| {
        let days = s.days.clone().unwrap_or_default();
        let mut out = vec![s.id.clone(), days.0, days.1];
        out.extend([s.articles, s.outlets, s.independent, s.disputes].iter().map(u32::to_string));
        out.push(s.title.clone());
        out
    };
    Table::new(&header, rows.iter().map(row))
}

/// Changes between two periods.
pub fn diff(rows: &[Change]) -> Table {
    let header = [
        "who",
        "whom",
        "events_before",
        "events_after",
        "rate_change",
        "goldstein_before",
        "goldstein_after",
        "conflict_before",
        "conflict_after",
        "reported_before",
        "reported_after",
    ];
    let row = |c: &Change| {
        let conflict = |q: [u64; 4]| (q[2] + q[3]).to_string();
        vec![
            c.who.clone(),
            c.whom.clone(),
            c.events[0].to_string(),
            c.events[1].to_string(),
            short(c.rate),
            opt(c.goldstein[0].map(short)),
            opt(c.goldstein[1].map(short)),
            conflict(c.quad[0]),
            conflict(c.quad[1]),
            c.reported[0].to_string(),
            c.reported[1].to_string(),
        ]
    };
    Table::new(&header, rows.iter().map(row))
}

/// Alerts.
pub fn alerts(rows: &[Alert]) -> Table {
    let header = ["who", "whom", "what", "from", "to", "events", "usual", "surprise", "series"];
    let row = |a: &Alert| {
        let series: Vec<String> = a.series.iter().map(u64::to_string).collect();
        vec![
            a.who.clone(),
            a.whom.clone(),
            a.what.clone(),
            a.days.0.clone(),
            a.days.1.clone(),
            a.n.to_string(),
            short(a.usual),
            short(a.surprise),
            series.join(" "),
        ]
    };
    Table::new(&header, rows.iter().map(row))
}

/// Places with counts.
pub fn map(m: &Map) -> Table {
    let header = [
        "place",
        "name",
        "country",
        "lat",
        "lon",
        "exactness",
        "radius_km",
        "events",
        "verbal_coop",
        "material_coop",
        "verbal_conf",
        "material_conf",
        "beside",
    ];
    let rows = m.pins.iter().map(|p| {
        let mut out = vec![
            p.place.clone(),
            p.name.clone(),
            opt(p.country.as_deref()),
            p.lat.to_string(),
            p.lon.to_string(),
        ];
        out.extend([p.exact.clone(), p.radius_km.to_string(), p.n.to_string()]);
        out.extend(p.quad.iter().map(u64::to_string));
        out.push(p.open.to_string());
        out
    });
    Table::new(&header, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_disarmed() {
        let rows =
            vec![vec!["a,\"b\"".to_owned(), "=1+1".to_owned(), "-4.4".to_owned(), "two\nlines".to_owned()]];
        let table = Table { header: vec!["a", "b", "c", "d"], rows };
        assert_eq!(table.csv(), "a,b,c,d\n\"a,\"\"b\"\"\",'=1+1,-4.4,\"two\nlines\"\n");
    }
}
