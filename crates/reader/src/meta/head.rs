//! An HTML page's own description of itself to the metadata of its article.

use super::title::{Site, host_of};
use super::{authors, json_ld, language, times, title};
use crate::Hint;
use crate::html::scan::Scan;
use crate::meta::published::{Latest, Order};
use crate::meta::times::Reading;
use crate::strip::knowledge::{fold, knowledge};
use json_ld::JsonLd;
use record::{Found, Meta};
use tables::pages::{Field, FieldPlace, WordRole};

/// Metadata from everything but the running text.
pub(crate) fn read(scan: &Scan, ld: &JsonLd, hint: &Hint) -> Meta {
    let own = canonical(scan, hint);
    let url = hint.url.as_deref().or(own.as_ref().map(|u| u.value.as_str()));
    let site = Site::of(scan, ld, url);
    let headline = title::headline(scan, ld, &site);
    let folded = headline.as_ref().map(|h| fold(&h.value)).unwrap_or_default();
    let reading = Reading { latest: Latest::of(hint), order: order(scan, url), headline: folded };
    let times = times::read(scan, ld, url, &reading);
    let authors = authors::read(scan, ld, &site);
    let mut meta = Meta {
        headline,
        authors: authors.people,
        desk: authors.desk,
        section: section(scan, ld),
        published: times.published,
        updated: times.updated,
        language: declared_language(scan),
        images: images(scan, ld),
        canonical_url: own,
        ..Meta::default()
    };
    meta.publisher = publisher(scan, ld);
    meta
}

fn meta_content<'a>(scan: &'a Scan, name: &str) -> Option<&'a str> {
    scan.metas.iter().find(|(n, c)| n == name && !c.is_empty()).map(|(_, c)| c.as_str())
}

fn canonical(scan: &Scan, hint: &Hint) -> Option<Found<String>> {
    let link = scan.links.iter().find(|(rel, href)| rel == "canonical" && !href.is_empty());
    let found = link.map(|(_, href)| (href.as_str(), "link:canonical"));
    let found = found.or_else(|| meta_content(scan, "og:url").map(|u| (u, "meta:og:url")))?;
    let (href, how) = found;
    let absolute = if href.contains("://") {
        href.to_owned()
    } else {
        let base = hint.url.as_deref().filter(|u| u.contains("://"))?;
        let (scheme, _) = base.split_once("://")?;
        match href.strip_prefix("//") {
            Some(rest) => format!("{scheme}://{rest}"),
            None => format!("{scheme}://{}/{}", host_of(base), href.trim_start_matches('/')),
        }
    };
    Some(Found::new(absolute, how))
}

fn publisher(scan: &Scan, ld: &JsonLd) -> Option<Found<String>> {
    let clean = |s: &str| json_ld::clean(s);
    if let Some(name) = meta_content(scan, "og:site_name") {
        return Some(Found::new(clean(name), "meta:og:site_name"));
    }
    if let Some((name, _)) = ld.names("publisher").into_iter().next() {
        return Some(Found::new(name, "json-ld"));
    }
    meta_content(scan, "application-name").map(|n| Found::new(clean(n), "meta:application-name"))
}

fn section(scan: &Scan, ld: &JsonLd) -> Option<Found<String>> {
    if let Some(section) = ld.text("articleSection") {
        return Some(Found::new(section, "json-ld"));
    }
    let names = knowledge().fields(FieldPlace::Meta, Field::Section);
    names.iter().find_map(|n| {
        meta_content(scan, n.name).map(|c| Found::new(json_ld::clean(c), &format!("meta:{}", n.name)))
    })
}

fn declared_language(scan: &Scan) -> Option<Found<record::SmolStr>> {
    let tag = |s: &str| {
        let tag = language::normal(s);
        let primary = tag.split('-').next().unwrap_or_default();
        let fits = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase());
        fits.then_some(tag)
    };
    let found = scan.lang.as_deref().and_then(tag).map(|t| (t, "html:lang"));
    let found =
        found.or_else(|| meta_content(scan, "og:locale").and_then(tag).map(|t| (t, "meta:og:locale")));
    let found = found.or_else(|| {
        meta_content(scan, "content-language").and_then(tag).map(|t| (t, "meta:content-language"))
    });
    found.map(|(t, how)| Found::new(t, how))
}

/// The language of the text, declared or detected: where they differ and the text is sure, the text is right.
pub(crate) fn settle_language(meta: &mut Meta, sample: &str) {
    let Some(detected) = language::detect(sample) else { return };
    let declared = meta.language.as_ref().map(|l| l.value.split('-').next().unwrap_or_default().to_owned());
    if declared.as_deref() != Some(detected) && (declared.is_none() || sample.len() > 200) {
        meta.language = Some(Found::new(detected.into(), "detected"));
    }
}

fn images(scan: &Scan, ld: &JsonLd) -> Vec<Found<String>> {
    let mut out: Vec<Found<String>> = Vec::new();
    let mut add = |value: &str, how: &str| {
        if !value.is_empty()
            && !value.starts_with("data:")
            && out.len() < 20
            && !out.iter().any(|f| f.value == value)
        {
            out.push(Found::new(value.to_owned(), how));
        }
    };
    for row in knowledge().fields(FieldPlace::Meta, Field::Image) {
        let named = scan.metas.iter().filter(|(n, _)| n == row.name);
        named.for_each(|(_, c)| add(c, &format!("meta:{}", row.name)));
    }
    ld.names("image").iter().for_each(|(n, _)| add(n, "json-ld"));
    out
}

/// Order of day and month on pages of this language and this corner of the web.
fn order(scan: &Scan, url: Option<&str>) -> Order {
    let lang = scan
        .lang
        .as_deref()
        .or_else(|| meta_content(scan, "og:locale"))
        .unwrap_or_default()
        .to_ascii_lowercase()
        .replace('_', "-");
    let host = url.map(host_of).unwrap_or_default();
    let under = |role| knowledge().words(role).iter().any(|t| host.ends_with(t));
    let american = under(WordRole::AmericanHost);
    let general = under(WordRole::GeneralHost) && (lang == "en" || lang.is_empty());
    if lang == "en-us" || american || general { Order::MonthFirst } else { Order::DayFirst }
}
