//! Answers to CSV (RFC 4180): a head line, CRLF, quoted where needed. Cells that a spreadsheet would run as a formula
//! begin with an apostrophe.

use store::query::Ev;
use store::query::dyad::Dyad;
use store::query::map::Map;
use store::query::network::Network;
use store::query::timeline::Timeline;

/// A table under construction.
struct Table(String);

impl Table {
    fn new(head: &[&str]) -> Table {
        let mut out = Table(String::new());
        out.row(head.iter().map(|h| (*h).to_owned()));
        out
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        for (n, cell) in cells.into_iter().enumerate() {
            if n > 0 {
                self.0.push(',');
            }
            self.cell(&cell);
        }
        self.0.push_str("\r\n");
    }

    fn cell(&mut self, cell: &str) {
        let number = cell.parse::<f64>().is_ok();
        let formula = !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if !formula && !cell.contains(['"', ',', '\n', '\r']) {
            self.0.push_str(cell);
            return;
        }
        self.0.push('"');
        if formula {
            self.0.push('\'');
        }
        self.0.push_str(&cell.replace('"', "\"\""));
        self.0.push('"');
    }

    fn done(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

fn opt<T: ToString>(value: &Option<T>) -> String {
    value.as_ref().map(ToString::to_string).unwrap_or_default()
}

const EVENT: [&str; 26] = [
    "id",
    "story",
    "day",
    "day_end",
    "day_exact",
    "type",
    "mode",
    "cameo",
    "quad",
    "goldstein",
    "modality",
    "who",
    "who_code",
    "whom",
    "whom_code",
    "place",
    "country",
    "lat",
    "lon",
    "exact",
    "reports",
    "outlets",
    "independent",
    "disputed",
    "text",
    "article",
];

/// One event a line.
pub(super) fn events(list: &[Ev]) -> Vec<u8> {
    let mut out = Table::new(&EVENT);
    for e in list {
        let join = |f: fn(&store::query::Party) -> &str, side: &[store::query::Party]| {
            side.iter().map(f).collect::<Vec<_>>().join("; ")
        };
        let place = e.place.as_ref();
        out.row([
            e.id.clone(),
            e.story.clone(),
            opt(&e.day),
            opt(&e.day_end),
            e.day_exact.to_string(),
            e.kind.clone(),
            e.mode.clone(),
            e.cameo.clone(),
            e.quad.to_string(),
            opt(&e.goldstein),
            e.modality.clone(),
            join(|p| &p.name, &e.who),
            join(|p| &p.code, &e.who),
            join(|p| &p.name, &e.whom),
            join(|p| &p.code, &e.whom),
            place.map(|p| p.name.clone()).unwrap_or_default(),
            place.map(|p| opt(&p.country)).unwrap_or_default(),
            place.map(|p| p.lat.to_string()).unwrap_or_default(),
            place.map(|p| p.lon.to_string()).unwrap_or_default(),
            place.map(|p| p.exact.clone()).unwrap_or_default(),
            e.articles.to_string(),
            e.outlets.to_string(),
            e.independent.to_string(),
            e.disputed.to_string(),
            e.text.clone(),
            e.article.clone(),
        ]);
    }
    out.done()
}

const SERIES: [&str; 10] = [
    "day",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "goldstein_sum",
    "independent",
    "reported",
    "open",
    "not_happened",
];

fn series(t: &Timeline) -> impl Iterator<Item = Vec<String>> + '_ {
    let at = |list: &[u64], n: usize| list.get(n).copied().unwrap_or(0).to_string();
    t.days.iter().enumerate().map(move |(n, day)| {
        let mut row = vec![day.clone()];
        row.extend(t.q.iter().map(|q| at(q, n)));
        row.push(t.goldstein.get(n).copied().unwrap_or(0.0).to_string());
        row.extend([&t.independent, &t.reported, &t.open, &t.not_happened].map(|l| at(l, n)));
        row
    })
}

/// One step a line.
pub(super) fn timeline(t: &Timeline) -> Vec<u8> {
    let mut out = Table::new(&SERIES);
    series(t).for_each(|row| out.row(row));
    out.done()
}

/// One step and direction a line.
pub(super) fn dyad(d: &Dyad) -> Vec<u8> {
    let head: Vec<&str> = ["who", "whom"].into_iter().chain(SERIES).collect();
    let mut out = Table::new(&head);
    for (who, whom, t) in [(&d.a, &d.b, &d.ab), (&d.b, &d.a, &d.ba)] {
        for row in series(t) {
            out.row([who.clone(), whom.clone()].into_iter().chain(row));
        }
    }
    out.done()
}

/// One tie a line.
pub(super) fn ties(n: &Network) -> Vec<u8> {
    let mut out = Table::new(&["who", "whom", "quad", "type", "events", "independent", "reported", "open"]);
    for t in &n.ties {
        let numbers = [t.n, t.ind, t.reported, t.open].map(|n| n.to_string());
        out.row([t.a.clone(), t.b.clone(), t.quad.to_string(), t.kind.clone()].into_iter().chain(numbers));
    }
    out.done()
}

/// One place a line.
pub(super) fn places(m: &Map) -> Vec<u8> {
    let mut out = Table::new(&[
        "place",
        "name",
        "country",
        "lat",
        "lon",
        "exact",
        "radius_km",
        "events",
        "not_counted",
    ]);
    for p in &m.pins {
        out.row([
            p.place.clone(),
            p.name.clone(),
            opt(&p.country),
            p.lat.to_string(),
            p.lon.to_string(),
            p.exact.clone(),
            p.radius_km.to_string(),
            p.n.to_string(),
            p.open.to_string(),
        ]);
    }
    out.done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_disarmed() {
        let mut t = Table::new(&["a", "b"]);
        t.row(["say \"no\", twice".to_owned(), "=1+1".to_owned()]);
        t.row(["-2.5".to_owned(), "two\nlines".to_owned()]);
        let text = String::from_utf8(t.done()).unwrap();
        assert_eq!(text, "a,b\r\n\"say \"\"no\"\", twice\",\"'=1+1\"\r\n-2.5,\"two\nlines\"\r\n");
    }
}
