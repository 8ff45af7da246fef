//! What a page says its title is, in several places, to the headline without the site's name.

use crate::html::scan::{Marked, Scan};
use crate::meta::json_ld::{JsonLd, clean};
use crate::strip::knowledge::{fold, knowledge};
use record::{BlockKind, Found};
use tables::pages::{Field, FieldPlace, WordRole};

/// Separators between a headline and the name of the site.
const SEPARATORS: [&str; 13] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " › ", ": "];

/// A candidate with the way it was found.
#[derive(Debug, Clone)]
struct Candidate {
    text: String,
    how: String,
    weight: f32,
}

/// The headline of a page.
pub(crate) fn headline(scan: &Scan, ld: &JsonLd, site: &Site) -> Option<Found<String>> {
    let mut list = candidates(scan, ld);
    for candidate in &mut list {
        let stripped = site.strip(&candidate.text);
        if !stripped.is_empty() {
            candidate.text = stripped;
        }
    }
    cut_by_others(&mut list);
    list.retain(|c| !fold(&c.text).trim().is_empty() && !site.is_name(&c.text) && c.text.len() < 400);
    let score = |c: &Candidate| -> f32 {
        let key = fold(&c.text);
        list.iter().map(|o| if fold(&o.text) == key { o.weight } else { 0.0 }).sum()
    };
    let mut best: Option<(f32, &Candidate)> = None;
    for c in &list {
        let s = score(c);
        if best.is_none_or(|(b, _)| s > b) {
            best = Some((s, c));
        }
    }
    best.map(|(_, c)| Found::new(c.text.clone(), &c.how))
}

fn candidates(scan: &Scan, ld: &JsonLd) -> Vec<Candidate> {
    let mut out = headings(scan);
    let mut add = |text: String, how: &str, weight| out.push(Candidate { text, how: how.to_owned(), weight });
    for mark in &scan.marked {
        let classed = || mark.tag.len() == 2 && knowledge().class_gives(Field::Title, &mark.names);
        if mark.itemprop.as_deref().is_some_and(|p| p.split(' ').any(|p| p == "headline")) {
            let machine = mark.machine.as_ref().filter(|_| mark.text.trim().is_empty());
            add(clean(machine.unwrap_or(&mark.text)), "microdata:headline", 2.0);
        } else if mark.tag != "h1" && mark.tag.starts_with('h') && classed() {
            add(clean(&mark.text), "class:headline", 1.5);
        }
    }
    if let Some(text) = ld.text("headline").or_else(|| ld.text("name")) {
        add(text, "json-ld", 1.9);
    }
    let fields = knowledge().fields(FieldPlace::Meta, Field::Title);
    for (name, content) in &scan.metas {
        if let Some(row) = fields.iter().find(|f| f.name == name) {
            add(clean(content), &format!("meta:{name}"), row.weight);
        }
    }
    add(clean(&scan.title), "title", 1.6);
    out.retain(|c| !c.text.is_empty());
    out
}

/// First-level headings. When there are several, only one that other places repeat is the headline.
fn headings(scan: &Scan) -> Vec<Candidate> {
    use BlockKind::{Advertisement, Comment, Navigation, Related, Share};
    let heads: Vec<&Marked> =
        scan.marked.iter().filter(|m| m.tag == "h1" && !m.text.trim().is_empty()).collect();
    let own = |m: &&&Marked| !matches!(m.kind, Some(Navigation | Related | Comment | Advertisement | Share));
    let first = heads.iter().filter(own).rfind(|m| m.article).or(heads.iter().find(own));
    let weight = |head: &Marked| match first {
        _ if heads.len() == 1 => 3.0,
        Some(first) if std::ptr::eq(*first, head) => 2.2,
        _ => 1.0,
    };
    heads
        .iter()
        .map(|h| Candidate { text: clean(&h.text), how: "h1".to_owned(), weight: weight(h) })
        .collect()
}

/// A candidate that another one continues with a separator is cut to the other: the rest is the name of site or section.
fn cut_by_others(list: &mut [Candidate]) {
    let keys: Vec<String> = list.iter().map(|c| fold(&c.text)).collect();
    for i in 0..list.len() {
        let Some(text) = list.get(i).map(|c| c.text.clone()) else { continue };
        for separator in SEPARATORS {
            let parts: Vec<&str> = text.split(separator).collect();
            if parts.len() < 2 {
                continue;
            }
            let known = (0..parts.len())
                .flat_map(|a| (a + 1..=parts.len()).map(move |b| (a, b)))
                .filter(|(a, b)| b - a < parts.len());
            let mut found: Option<String> = None;
            for (a, b) in known {
                let part = parts.get(a..b).unwrap_or_default().join(separator);
                let key = fold(&part);
                let long = key.split(' ').filter(|w| !w.is_empty()).count() >= 2;
                if long
                    && keys.iter().enumerate().any(|(j, k)| j != i && *k == key)
                    && found.as_ref().is_none_or(|f| f.len() < part.len())
                {
                    found = Some(part);
                }
            }
            // With a colon the longer text is the headline more often than not.
            if let Some(part) = found.filter(|_| separator != ": ") {
                if let Some(c) = list.get_mut(i) {
                    c.text = part.trim().to_owned();
                }
                break;
            }
        }
    }
}

/// Names that a site goes by.
#[derive(Debug, Default)]
pub(crate) struct Site {
    names: Vec<String>,
    host: String,
}

impl Site {
    /// Names from the page and its address.
    pub fn of(scan: &Scan, ld: &JsonLd, url: Option<&str>) -> Site {
        let mut names: Vec<String> = Vec::new();
        for (name, content) in &scan.metas {
            if knowledge().fields(FieldPlace::Meta, Field::Site).iter().any(|f| f.name == name) {
                names.push(fold(content.trim_start_matches('@')));
            }
        }
        names.extend(ld.names("publisher").into_iter().map(|(n, _)| fold(&n)));
        names.retain(|n| n.trim().len() >= 2);
        let host = url.map(host_of).unwrap_or_default();
        Site { names, host: host.trim_start_matches("www.").replace(['-', '.'], "") }
    }

    /// True when `text` is a name of the site.
    pub fn is_name(&self, text: &str) -> bool {
        let key = fold(text);
        let glued: String = key.chars().filter(|c| *c != ' ').collect();
        let article = key.strip_prefix(" the ").map(|k| format!(" {k}"));
        let same = |n: &String| {
            *n == key || Some(n) == article.as_ref() || n.strip_prefix(" the").is_some_and(|n| n == key)
        };
        self.names.iter().any(same)
            || glued.len() >= 4
                && (self.host.starts_with(&glued) || self.host.starts_with(glued.trim_start_matches("the")))
            || glued.contains(&self.host) && !self.host.is_empty()
    }

    /// `title` without the site's name at either end.
    pub fn strip(&self, title: &str) -> String {
        let mut text = title.trim().to_owned();
        for _ in 0..3 {
            let Some(shorter) = self.strip_one(&text) else { break };
            text = shorter;
        }
        text
    }

    fn strip_one(&self, text: &str) -> Option<String> {
        for separator in SEPARATORS {
            let Some((head, tail)) = text.rsplit_once(separator) else { continue };
            if separator != ": " && (self.is_name(tail) || self.looks_like_name(tail, head, separator)) {
                return Some(head.trim().to_owned()).filter(|h| !h.is_empty());
            }
            let Some((head, tail)) = text.split_once(separator) else { continue };
            if self.is_name(head) && crate::line::words(tail).count() >= 2 {
                return Some(tail.trim().to_owned());
            }
        }
        None
    }

    /// A short capitalised end after a bar, or any end that says what sort of thing it is.
    fn looks_like_name(&self, tail: &str, head: &str, separator: &str) -> bool {
        let key = fold(tail);
        let words: Vec<&str> = key.split(' ').filter(|w| !w.is_empty()).collect();
        let enough = crate::line::words(head).count() >= 3;
        let site_like = words
            .iter()
            .any(|w| w.len() >= 4 && self.host.contains(*w) && !knowledge().is(WordRole::SiteCommon, w));
        let named = words.last().is_some_and(|w| knowledge().is(WordRole::SiteKind, w));
        let bar = matches!(separator, " | " | " » " | " :: " | " « " | " ‹ " | " › ");
        enough && words.len() <= 5 && (site_like || named && words.len() >= 2 || bar && words.len() <= 4)
    }
}

/// Host of an address, lower case.
pub(crate) fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str, url: &str) -> Option<String> {
        let scan = crate::html::scan::scan(html, knowledge());
        let ld = JsonLd::read(&scan.json_ld);
        headline(&scan, &ld, &Site::of(&scan, &ld, Some(url))).map(|t| t.value)
    }

    #[test]
    fn the_site_name_goes() {
        let page = "<title>Dam talks resume - The Valley Courier</title><p>x</p>";
        assert_eq!(of(page, "https://www.valleycourier.example/a"), Some("Dam talks resume".into()));
        let page = "<title>World | Dam talks resume after storm | Courier</title><h1>Dam talks resume after storm</h1>";
        assert_eq!(of(page, "https://x.example/"), Some("Dam talks resume after storm".into()));
        let page = "<meta property='og:site_name' content='Courier'><title>Courier</title><h1>Courier</h1><h1>Rivers – and dams – rise</h1>";
        assert_eq!(of(page, "https://x.example/"), Some("Rivers – and dams – rise".into()));
    }
}
