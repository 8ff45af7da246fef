//! Actors and places of a record to the keys under which the database keeps them.

use crate::query::{Party, Spot};
use record::{Actor, Place};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Key of an actor: its own id, else its code (`role/RUSMIL`), else its words (`name/the-two-sides`).
pub fn key(actor: &Actor) -> String {
    if !actor.id.is_empty() {
        return actor.id.to_string();
    }
    let code = actor.code();
    if code == "---" { format!("name/{}", slug(&actor.name)) } else { format!("role/{code}") }
}

/// Name of an actor that does not depend on the text it was found in: a country by its table, a nameless role by its code.
pub fn usual(actor: &Actor) -> String {
    if let Some(name) = actor.id.strip_prefix("country/").and_then(country) {
        return name.to_owned();
    }
    if actor.id.is_empty() && actor.code() != "---" { actor.code() } else { actor.name.clone() }
}

/// English name of a country by its ISO 3166 alpha-3 code.
pub fn country(code: &str) -> Option<&'static str> {
    static NAMES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let load =
        || tables::actors::countries::load().unwrap_or_default().iter().map(|c| (c.iso3, c.name)).collect();
    NAMES.get_or_init(load).get(code).copied()
}

/// The word for the kind of an actor.
pub fn kind(actor: &Actor) -> String {
    word(&actor.kind)
}

/// The word that a unit variant has in JSON.
pub fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// An actor as lists show it.
pub fn party(actor: &Actor) -> Party {
    Party {
        id: key(actor),
        name: actor.name.clone(),
        code: actor.code(),
        country: actor.country.as_ref().map(ToString::to_string),
        kind: kind(actor),
    }
}

/// Key of a place: its GeoNames id, else its name.
pub fn place_key(place: &Place) -> String {
    place.geonames_id.map_or_else(|| format!("name/{}", slug(&place.name)), |id| id.to_string())
}

/// A place as lists show it.
pub fn spot(place: &Place) -> Spot {
    Spot {
        id: place_key(place),
        name: place.name.clone(),
        country: place.country.as_ref().map(ToString::to_string),
        adm1: place.adm1.clone(),
        lat: place.lat,
        lon: place.lon,
        feature: place.feature.to_string(),
        exact: place.precision.to_string(),
    }
}

/// Lower case, runs of anything but letters and digits as one hyphen.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_what_is_known() {
        let named = Actor { id: "country/RUS".into(), country: Some("RUS".into()), ..Actor::default() };
        let role = Actor { country: Some("RUS".into()), sectors: vec!["MIL".into()], ..Actor::default() };
        let unknown = Actor { name: "The two  Sides!".into(), ..Actor::default() };
        assert_eq!(
            [key(&named), key(&role), key(&unknown)],
            ["country/RUS", "role/RUSMIL", "name/the-two-sides"]
        );
        assert_eq!([usual(&role), usual(&named)], ["RUSMIL", "Russia"]);
    }
}
