//! Address and names of a page to its outlet and the outlet's country.

use super::title::host_of;
use crate::Hint;
use record::{Found, Meta};
use std::collections::HashMap;
use std::sync::OnceLock;
use tables::pages::Outlet;

fn by_host() -> &'static HashMap<&'static str, Outlet> {
    static ONE: OnceLock<HashMap<&'static str, Outlet>> = OnceLock::new();
    ONE.get_or_init(|| {
        tables::pages::outlets().unwrap_or_default().into_iter().map(|o| (o.host, o)).collect()
    })
}

/// The outlet at the host of `url`, subdomains included.
pub(crate) fn find(url: &str) -> Option<&'static Outlet> {
    let host = host_of(url);
    let mut rest = host.as_str();
    loop {
        if let Some(outlet) = by_host().get(rest) {
            return Some(outlet);
        }
        rest = rest.split_once('.')?.1;
    }
}

/// The outlet with this name, when only one has it.
fn named(name: &str) -> Option<&'static Outlet> {
    let plain = |n: &str| n.to_lowercase().trim_start_matches("the ").to_owned();
    let key = plain(name);
    by_host().values().find(|o| plain(o.name) == key)
}

/// Sets publisher (when the page names none) and its country from `tables/pages/outlets.tsv`.
pub(crate) fn settle(meta: &mut Meta, hint: &Hint) {
    let urls = [hint.url.as_deref(), meta.canonical_url.as_ref().map(|u| u.value.as_str())];
    let found = urls.into_iter().flatten().find_map(find);
    let found = found.or_else(|| meta.publisher.as_ref().and_then(|p| named(&p.value)));
    let Some(outlet) = found else { return };
    if meta.publisher.is_none() {
        meta.publisher = Some(Found::new(outlet.name.to_owned(), "outlets.tsv"));
    }
    meta.publisher_country = Some(Found::new(outlet.country.into(), "outlets.tsv"));
}

/// Name and country of the outlet at an address, and whether its state runs it.
///
/// ```
/// let (name, country, state) = demarche_reader::outlet("https://tass.com/world/1").unwrap();
/// assert_eq!((name, country, state), ("TASS", "RUS", true));
/// ```
pub fn outlet(url: &str) -> Option<(&'static str, &'static str, bool)> {
    find(url).map(|o| (o.name, o.country, o.state))
}
