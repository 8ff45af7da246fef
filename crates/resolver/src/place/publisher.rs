//! The page's publisher to the place and country it writes for.

use super::world::{Candidate, How, Source, World};
use hashbrown::HashMap;
use record::Page;
use tables::tsv::TableError;

/// Where a page is published, as far as known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Publisher {
    /// The town or state of a local outlet.
    pub place: Option<Candidate>,
    /// Number of the country.
    pub country: Option<u8>,
}

/// Outlets by host name or name.
pub(crate) struct Outlets {
    rows: HashMap<&'static str, (&'static str, u32)>,
}

impl Outlets {
    pub fn embedded() -> Result<Outlets, TableError> {
        Ok(Outlets {
            rows: tables::places::outlets()?.into_iter().map(|o| (o.key, (o.target, o.line))).collect(),
        })
    }

    /// What is known of the publisher of a page: its row, else the country that the reader found or the host name ends in.
    pub fn publisher(&self, page: &Page, world: &World) -> Publisher {
        let meta = &page.meta;
        let name = meta.publisher.as_ref().map(|p| p.value.to_lowercase()).unwrap_or_default();
        let url = meta.canonical_url.as_ref().map(|u| host(&u.value).to_lowercase()).unwrap_or_default();
        let mut out = Publisher::default();
        for key in [host(&name), name.as_str(), host(&url)] {
            if let Some((target, line)) = self.row(key) {
                let row = Some(("places/outlets.tsv", line));
                out.place = world
                    .target(target)
                    .and_then(|at| world.candidate(Source::Gazetteer(at), How::Alias, row));
                out.country = out.place.as_ref().and_then(|p| p.country);
                return out;
            }
        }
        let found = meta.publisher_country.as_ref().and_then(|c| world.country_number(&c.value));
        out.country = found
            .or_else(|| country_of_host(host(&name), world))
            .or_else(|| country_of_host(host(&url), world));
        out
    }

    /// The row of a host or of the host above it (`news.example.com` → `example.com`).
    fn row(&self, key: &str) -> Option<(&'static str, u32)> {
        let mut at = key;
        loop {
            if let Some(row) = self.rows.get(at) {
                return Some(*row);
            }
            at = at.split_once('.')?.1;
        }
    }
}

/// Host name of an address or host, without `www.`.
fn host(text: &str) -> &str {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.split(['/', ':', '?']).next().unwrap_or("");
    text.strip_prefix("www.").unwrap_or(text)
}

/// Country of a host by its last label, for labels that are used as country codes.
fn country_of_host(host: &str, world: &World) -> Option<u8> {
    let (_, last) = host.rsplit_once('.')?;
    if last.len() != 2 || matches!(last, "tv" | "me" | "io" | "co" | "ai" | "fm" | "to" | "ly" | "ws" | "cc")
    {
        return None;
    }
    let code = if last == "uk" { "GB".to_owned() } else { last.to_uppercase() };
    world.gazetteer.country_number(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names() {
        assert_eq!(host("https://www.example.co.uk/a?b"), "example.co.uk");
        let world = World::embedded().unwrap();
        let country =
            |h| country_of_host(h, &world).and_then(|c| world.gazetteer.country(c)).map(|c| c.alpha3);
        assert_eq!(country("example.co.uk"), Some("GBR"));
        assert_eq!(country("example.tv"), None);
        assert_eq!(country("example"), None);
    }
}
