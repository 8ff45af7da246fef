//! What a page says its title is, in several places, to the headline without the site's name.

use crate::html::scan::Scan;
use crate::meta::json_ld::{JsonLd, clean};
use crate::strip::knowledge::fold;
use record::{BlockKind, Found};

/// Separators between a headline and the name of the site.
const SEPARATORS: [&str; 13] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " › ", ": "];

/// A candidate with the way it was found.
#[derive(Debug, Clone)]
struct Candidate {
    text: String,
    how: &'static str,
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
    best.map(|(_, c)| Found::new(c.text.clone(), c.how))
}

fn candidates(scan: &Scan, ld: &JsonLd) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut add = |text: String, how, weight| {
        if !text.is_empty() {
            out.push(Candidate { text, how, weight });
        }
    };
    let heads: Vec<&crate::html::scan::Marked> =
        scan.marked.iter().filter(|m| m.tag == "h1" && !m.text.trim().is_empty()).collect();
    let own = |m: &&&crate::html::scan::Marked| {
        !matches!(
            m.kind,
            Some(
                BlockKind::Navigation
                    | BlockKind::Related
                    | BlockKind::Comment
                    | BlockKind::Advertisement
                    | BlockKind::Share
            )
        )
    };
    let heading = heads.iter().filter(own).rfind(|m| m.article).or(heads.iter().find(own));
    // Several first-level headings: only one that other places repeat is the headline.
    for head in &heads {
        let first = heading.is_some_and(|h| std::ptr::eq(*h, *head));
        add(
            clean(&head.text),
            "h1",
            if heads.len() == 1 {
                3.0
            } else if first {
                2.2
            } else {
                1.0
            },
        );
    }
    for mark in &scan.marked {
        if mark.itemprop.as_deref().is_some_and(|p| p.split(' ').any(|p| p == "headline")) {
            let text = if mark.text.trim().is_empty() {
                mark.machine.clone().unwrap_or_default()
            } else {
                mark.text.clone()
            };
            add(clean(&text), "microdata:headline", 2.0);
        } else if mark.tag != "h1"
            && mark.tag.starts_with('h')
            && mark.tag.len() == 2
            && HEADS.iter().any(|n| mark.names.contains(n))
        {
            add(clean(&mark.text), "class:headline", 1.5);
        }
    }
    if let Some(text) = ld.text("headline").or_else(|| ld.text("name")) {
        add(text, "json-ld", 1.9);
    }
    let metas = [
        ("og:title", 2.0),
        ("twitter:title", 1.0),
        ("dc.title", 1.5),
        ("headline", 1.5),
        ("sailthru.title", 1.5),
        ("parsely-title", 1.5),
        ("citation_title", 2.0),
        ("title", 0.8),
        ("article:title", 1.0),
    ];
    for (name, content) in &scan.metas {
        if let Some((key, weight)) = metas.iter().find(|(n, _)| n == name) {
            add(clean(content), how_of(key), *weight);
        }
    }
    add(clean(&scan.title), "title", 1.6);
    out
}

const HEADS: [&str; 6] =
    [" entry title ", " post title ", " article title ", " headline ", " article headline ", " story title "];

fn how_of(key: &str) -> &'static str {
    match key {
        "og:title" => "meta:og:title",
        "twitter:title" => "meta:twitter:title",
        _ => "meta:title",
    }
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
            if matches!(
                name.as_str(),
                "og:site_name"
                    | "application-name"
                    | "apple-mobile-web-app-title"
                    | "dc.publisher"
                    | "twitter:site"
                    | "al:ios:app_name"
            ) {
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
        let site_like = words.iter().any(|w| {
            w.len() >= 4
                && self.host.contains(*w)
                && !matches!(*w, "news" | "blog" | "world" | "online" | "daily" | "times")
        });
        let named = words.last().is_some_and(|w| {
            matches!(
                *w,
                "news"
                    | "times"
                    | "post"
                    | "herald"
                    | "tribune"
                    | "gazette"
                    | "blog"
                    | "magazine"
                    | "journal"
                    | "com"
                    | "online"
                    | "tv"
                    | "radio"
                    | "network"
                    | "press"
                    | "review"
                    | "org"
                    | "net"
            )
        });
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
    use crate::strip::knowledge::knowledge;

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
