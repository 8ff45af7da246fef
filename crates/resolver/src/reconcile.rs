//! Actors and places of a page to actors that agree with the places: "Georgia" beside Atlanta is the state of the
//! United States, and so are its governor and its voters.

use record::{Actor, ActorKind, ActorMention, PlaceMention, Reason, SmolStr};

/// Moves actors named by a country's name to the country in which the place stage sees a division of that name, and
/// the roles that took their country from the name.
pub fn reconcile(actors: &mut [ActorMention], places: &[PlaceMention]) {
    let moved: Vec<(usize, SmolStr, SmolStr)> = actors
        .iter()
        .enumerate()
        .filter_map(|(i, m)| Some((i, country(m)?, division_of(m, places)?)))
        .collect();
    let moved: Vec<_> = moved.into_iter().filter(|(_, old, new)| old != new).collect();
    for (i, old, new) in &moved {
        let span = actors[*i].span;
        for m in actors.iter_mut().filter(|m| m.span.covers(span)) {
            let own = m.span == span;
            for a in m.actors.iter_mut().filter(|a| own || a.kind == ActorKind::Role) {
                turn(a, old, new, own);
            }
            if own {
                m.why = Reason::rule("actor/division")
                    .with_note("a division by that name, as the page's places show");
            }
        }
    }
    // When nothing on the page is the country any more, roles that the page's context gave it are not either.
    for (_, old, new) in &moved {
        if actors.iter().any(|m| country(m).as_ref() == Some(old)) {
            continue;
        }
        for a in actors.iter_mut().flat_map(|m| m.actors.iter_mut()).filter(|a| a.kind == ActorKind::Role) {
            turn(a, old, new, false);
        }
    }
}

/// Code of a mention that is a country by its name.
fn country(m: &ActorMention) -> Option<SmolStr> {
    let by_name = m.why.rule == "actor/country-name";
    let [actor] = m.actors.as_slice() else { return None };
    actor.country.clone().filter(|_| by_name && actor.kind == ActorKind::Country)
}

/// Country of the first-order division that the same words stand for.
fn division_of(m: &ActorMention, places: &[PlaceMention]) -> Option<SmolStr> {
    let place = places.iter().find(|p| p.span == m.span)?.place.as_ref()?;
    (place.feature == "A.ADM1").then(|| place.country.clone()).flatten()
}

fn turn(actor: &mut Actor, old: &SmolStr, new: &SmolStr, named: bool) {
    if actor.country.as_ref() == Some(old) {
        actor.country = Some(new.clone());
        if named {
            actor.id = SmolStr::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::mention::Place;
    use record::{ByteSpan, TokenSpan};

    fn actor(start: usize, end: usize, kind: ActorKind, rule: &'static str) -> ActorMention {
        let one = Actor { country: Some("GEO".into()), kind, ..Actor::default() };
        ActorMention {
            span: ByteSpan::new(start, end),
            tokens: TokenSpan::new(start, end),
            head: start as u32,
            actors: vec![one],
            why: Reason::rule(rule),
            antecedent: None,
            within: None,
            as_place: false,
        }
    }

    fn place(start: usize, end: usize, feature: &str, country: &str) -> PlaceMention {
        let place = Place { feature: feature.into(), country: Some(country.into()), ..Place::default() };
        PlaceMention {
            span: ByteSpan::new(start, end),
            tokens: TokenSpan::new(start, end),
            place: Some(place),
            metonym: false,
            why: Reason::rule("place/rank"),
        }
    }

    #[test]
    fn a_state_takes_its_name_and_its_roles_along() {
        let all = || {
            vec![
                actor(0, 20, ActorKind::Role, "actor/country+role"),
                actor(0, 7, ActorKind::Country, "actor/country-name"),
                actor(30, 36, ActorKind::Role, "actor/role-context"),
            ]
        };
        let codes = |list: &[ActorMention]| -> Vec<String> {
            list.iter().map(|m| m.actors[0].country.clone().unwrap_or_default().to_string()).collect()
        };
        let mut actors = all();
        reconcile(&mut actors, &[place(0, 7, "A.ADM1", "USA")]);
        assert_eq!(codes(&actors), ["USA", "USA", "USA"]);
        assert_eq!(actors[1].why.rule, "actor/division");
        let mut actors = all();
        reconcile(&mut actors, &[place(0, 7, "A.PCLI", "GEO")]);
        assert_eq!(codes(&actors), ["GEO", "GEO", "GEO"]);
    }
}
