//! A candidate span to the named features that the recogniser weighs.

use super::cues::{Classes, Cues};
use super::linear::Sink;
use super::spans::{Candidature, LABELS, PageView};
use std::borrow::Cow;

/// Tells what is seen of one candidate span.
pub(crate) struct Observer<'s, 'a> {
    pub view: &'s PageView<'s, 'a>,
    pub cues: &'s Cues,
    pub all: &'s [Candidature],
}

/// Relation of a span to the entities that the parser found.
fn relation(view: &PageView<'_, '_>, c: &Candidature) -> (&'static str, String) {
    let syntax = view.syntax;
    let (start, end) = (c.tokens.start as usize, c.tokens.end as usize);
    let found = (start..end).find_map(|i| syntax.entity(i));
    let Some(e) = found else { return ("out", String::new()) };
    let entity = &syntax.doc.entities[e];
    let whole = super::spans::trimmed(syntax, entity.tokens);
    let how = if whole == c.tokens || entity.tokens == c.tokens {
        "exact"
    } else if c.tokens.covers(whole) {
        "over"
    } else if !whole.covers(c.tokens) {
        "cross"
    } else if whole.start == c.tokens.start {
        "head"
    } else if whole.end == c.tokens.end {
        "tail"
    } else {
        "mid"
    };
    (how, entity.label.to_string())
}

impl<'s> Observer<'s, '_> {
    fn classes(&self, i: usize) -> Classes {
        self.cues.of(self.view.syntax.lower(i))
    }

    /// One word for the token at `i`: the word itself when it is a usual one, else its class or shape.
    fn beside(&self, i: Option<usize>, before: bool) -> Cow<'s, str> {
        let syntax = self.view.syntax;
        let Some(i) = i.filter(|&i| i < syntax.len()) else { return "edge".into() };
        let text = syntax.text(i);
        let classes = self.classes(i);
        let capital = self.view.capital[i];
        if !capital && classes.is("before") {
            return syntax.lower(i).into();
        }
        if !text.chars().any(char::is_alphanumeric) {
            return text.chars().next().map_or("", |c| &text[..c.len_utf8()]).into();
        }
        if matches!(syntax.lower(i), "'s" | "’s") {
            return "'s".into();
        }
        let order: &[&'static str] = match (before, capital) {
            (true, true) => &["title", "given", "direction", "facility", "geo", "organisation"],
            (true, false) => &["direction", "title", "geo", "person", "organisation", "speech"],
            (false, true) => &["facility", "geo", "organisation", "direction", "given", "title"],
            (false, false) => &["speech", "person", "geo", "facility", "organisation", "direction"],
        };
        if let Some(class) = classes.first(order) {
            return if capital { format!("^{class}").into() } else { class.into() };
        }
        if capital {
            return if text.len() > 1 && text.chars().all(|c| !c.is_lowercase()) { "^CAPS" } else { "^" }
                .into();
        }
        match text.chars().next() {
            Some(c) if c.is_ascii_digit() => "0".into(),
            _ => syntax.pos(i).to_lowercase().into(),
        }
    }

    /// Feeds the features of candidate `at` to the sink.
    pub fn observe(&self, at: usize, sink: &mut dyn Sink) {
        let c = &self.all[at];
        let syntax = self.view.syntax;
        let (start, end) = (c.tokens.start as usize, c.tokens.end as usize);
        let (how, label) = relation(self.view, c);
        let ner = format!("{how}{label}");
        let g = c.gaz.name();
        let sentence = syntax.sentence(start).map(|s| syntax.doc.sentences[s].tokens);
        let inside = |i: usize| sentence.is_none_or(|s| s.holds(i));
        let p1 = self.beside(start.checked_sub(1).filter(|&i| inside(i)), true);
        let p2 = self.beside(start.checked_sub(2).filter(|&i| inside(i)), true);
        let n1 = self.beside(Some(end).filter(|&i| inside(i)), false);
        let n2 = self.beside(Some(end + 1).filter(|&i| inside(i)), false);
        sink.add(&["bias"]);
        for (name, value) in [("n", ner.as_str()), ("g", g)] {
            sink.add(&[name, value]);
            sink.add(&[name, value, "p1", &p1]);
            sink.add(&[name, value, "n1", &n1]);
        }
        sink.add(&["n", &ner, "g", g]);
        sink.add(&["p1", &p1]);
        sink.add(&["n1", &n1]);
        sink.add(&["p1", &p1, "n1", &n1]);
        sink.add(&["p2", &p2, "p1", &p1]);
        sink.add(&["n1", &n1, "n2", &n2]);
        sink.add(&["h", how, "n1", &n1, "n2", &n2]);
        self.observe_shape(c, &ner, g, sink);
        self.observe_page(c, &ner, g, sink);
        self.observe_syntax(c, &ner, g, sink);
        self.observe_around(at, &ner, g, sink);
    }

    fn observe_shape(&self, c: &Candidature, ner: &str, g: &str, sink: &mut dyn Sink) {
        let syntax = self.view.syntax;
        let (start, end) = (c.tokens.start as usize, c.tokens.end as usize);
        let text = syntax.slice(c.span);
        let len = (end - start).min(5).to_string();
        let caps = text.len() > 1 && !text.chars().any(char::is_lowercase);
        let case = match (caps, text.len()) {
            (true, 0..=3) => "short",
            (true, _) if text.contains('.') => "dots",
            (true, _) => "caps",
            _ => "title",
        };
        sink.add(&["len", &len, "g", g]);
        sink.add(&["len", &len, "n", ner]);
        sink.add(&["case", case, "g", g]);
        sink.add(&["case", case, "n", ner]);
        let last = self.classes(end - 1);
        let first = self.classes(start);
        if end - start > 1 {
            let tail = last.first(&["geo", "facility", "organisation", "given"]).unwrap_or("other");
            sink.add(&["last", tail, "g", g]);
            sink.add(&["last", tail, "n", ner]);
            sink.add(&["last", tail]);
            if tail != "other" {
                sink.add(&["lastword", syntax.lower(end - 1)]);
            }
            let head = first.first(&["title", "given", "direction", "geo", "facility"]).unwrap_or("other");
            sink.add(&["first", head, "g", g]);
            sink.add(&["first", head, "n", ner]);
            sink.add(&["first", head, "last", tail]);
        } else {
            let own =
                first.first(&["title", "given", "direction", "geo", "facility", "organisation", "person"]);
            sink.add(&["own", own.unwrap_or("other"), "g", g]);
            sink.add(&["own", own.unwrap_or("other"), "n", ner]);
        }
        let number = match c.bearers {
            0 => "0",
            1 => "1",
            2..=4 => "2",
            5..=15 => "5",
            _ => "16",
        };
        sink.add(&["bearers", number, "g", g]);
        if text.chars().any(|c| c.is_ascii_digit()) {
            sink.add(&["digit"]);
        }
    }

    fn observe_page(&self, c: &Candidature, ner: &str, g: &str, sink: &mut dyn Sink) {
        let single = c.tokens.len() == 1;
        let common = single && self.view.lower.contains(self.view.syntax.lower(c.tokens.start as usize));
        if common {
            sink.add(&["common", "g", g]);
            sink.add(&["common", "n", ner]);
        }
        let bits = self.view.labels.get(&c.folded).copied().unwrap_or(0);
        let mut seen = String::new();
        for (i, label) in LABELS.iter().enumerate() {
            if bits & (1 << i) != 0 {
                seen.push_str(&label[..1]);
                sink.add(&["seen", label]);
                sink.add(&["seen", label, "n", ner]);
            }
        }
        sink.add(&["seen", &seen, "g", g]);
        if single {
            let person = self.view.person.get(&c.folded).copied().unwrap_or(0).to_string();
            sink.add(&["person", &person, "g", g]);
            sink.add(&["person", &person, "n", ner]);
        }
    }

    fn observe_syntax(&self, c: &Candidature, ner: &str, g: &str, sink: &mut dyn Sink) {
        let syntax = self.view.syntax;
        let (start, end) = (c.tokens.start as usize, c.tokens.end as usize);
        let head =
            (start..end).find(|&i| !c.tokens.holds(syntax.head(i)) || syntax.is_root(i)).unwrap_or(end - 1);
        let dep = syntax.dep(head);
        sink.add(&["dep", dep, "g", g]);
        sink.add(&["dep", dep, "n", ner]);
        sink.add(&["tag", syntax.tag(end - 1), "g", g]);
        sink.add(&["tag", syntax.tag(end - 1), "len", &(end - start).min(3).to_string()]);
        let up = syntax.head(head);
        if up != head {
            let word = self.beside(Some(up), true);
            sink.add(&["up", dep, &word]);
            sink.add(&["up", dep, &word, "g", g]);
        }
        if (start..end).any(|i| !self.view.capital[i] && syntax.pos(i) == "ADP") {
            sink.add(&["has-of", "g", g]);
        }
    }

    fn observe_around(&self, at: usize, ner: &str, g: &str, sink: &mut dyn Sink) {
        let c = &self.all[at];
        let (start, end) = (c.tokens.start as usize, c.tokens.end as usize);
        let cover = c.cover.map_or("none", |k| self.all[k].gaz.name());
        sink.add(&["cover", cover, "g", g]);
        let from = self.all.partition_point(|o| o.tokens.start < c.tokens.start);
        let nested = self.all[from..].iter().take_while(|o| o.tokens.start < c.tokens.end);
        let part = nested.filter(|o| c.tokens.covers(o.tokens) && o.tokens != c.tokens).map(|o| o.gaz).max();
        let part = part.map_or("none", super::spans::Gaz::name);
        sink.add(&["part", part, "g", g]);
        sink.add(&["part", part, "n", ner]);
        let comma = |i: usize| {
            self.view.syntax.doc.tokens.get(i).is_some_and(|_| matches!(self.view.syntax.text(i), "," | "("))
        };
        if comma(end) {
            let next = self
                .all
                .iter()
                .skip(from)
                .filter(|o| o.tokens.start as usize == end + 1)
                .map(|o| o.gaz)
                .max();
            let next = next.map_or("none", super::spans::Gaz::name);
            sink.add(&["then", next, "g", g]);
            sink.add(&["then", next, "n", ner]);
        }
        if start >= 2 && comma(start - 1) {
            let to = from.min(self.all.len());
            let before =
                self.all[to.saturating_sub(24)..to].iter().filter(|o| o.tokens.end as usize + 1 == start);
            let before = before.map(|o| o.gaz).max().map_or("none", super::spans::Gaz::name);
            sink.add(&["after", before, "g", g]);
            sink.add(&["after", before, "n", ner]);
        }
        let syntax = self.view.syntax;
        if end + 1 < syntax.len()
            && syntax.text(end) == "-"
            && matches!(syntax.lower(end + 1), "based" | "area" | "born" | "bound" | "led" | "backed")
        {
            sink.add(&["based", "g", g]);
            sink.add(&["based"]);
        }
    }
}
