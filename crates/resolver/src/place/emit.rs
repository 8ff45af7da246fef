//! Weighed names to place mentions, with the reason for each choice.

use super::rank::{Group, closeness, lies_in, unit};
use super::world::{Candidate, How, Kind, Source, World};
use record::{ActorKind, ActorMention, ByteSpan, Place, PlaceMention, Reason, Syntax, TokenSpan};

/// Place mentions of a page, in the order of `spans`.
pub(crate) fn mentions(
    syntax: &Syntax<'_>,
    spans: &[(TokenSpan, ByteSpan)],
    groups: &[Group],
    world: &World,
    actors: &[ActorMention],
) -> Vec<PlaceMention> {
    let mut chosen: Vec<Option<(usize, usize)>> = vec![None; spans.len()];
    for (at, g) in groups.iter().enumerate() {
        let best = (0..g.odds.len()).max_by(|&a, &b| g.odds[a].total_cmp(&g.odds[b]));
        for &m in &g.mentions {
            chosen[m] = best.map(|b| (at, b));
        }
    }
    let of_mention = |m: usize| groups.iter().find(|g| g.mentions.contains(&m));
    let one = |(m, (tokens, span)): (usize, &(TokenSpan, ByteSpan))| {
        let (place, why) = match chosen[m] {
            Some((at, best)) => {
                (Some(place(&groups[at].candidates[best], world)), reason(&groups[at], best, world))
            }
            None => beside(m, spans, &chosen, groups, of_mention(m), world).map_or_else(
                || (None, Reason::rule("place/unknown")),
                |(c, near)| approximate(syntax.slice(*span), &c, &near, world),
            ),
        };
        let metonym = is_metonym(syntax, *tokens, *span, actors);
        PlaceMention { span: *span, tokens: *tokens, place, metonym, why }
    };
    spans.iter().enumerate().map(one).collect()
}

/// For a name that the gazetteer lacks: the place it is told with. The division named after it, or a town in that
/// division; else the nearest town or division in the text.
fn beside(
    m: usize,
    spans: &[(TokenSpan, ByteSpan)],
    chosen: &[Option<(usize, usize)>],
    groups: &[Group],
    own: Option<&Group>,
    _world: &World,
) -> Option<(Candidate, String)> {
    let at = spans[m].0.start as i64;
    let area = own.and_then(|g| g.around.first());
    let local =
        |c: &Candidate| matches!(c.kind, Kind::City | Kind::Capital | Kind::Adm2) && c.how != How::Nested;
    let mut best: Option<(i64, &Candidate)> = None;
    for (k, (tokens, _)) in spans.iter().enumerate().filter(|(k, _)| *k != m) {
        let Some(c) = chosen[k].and_then(|(g, b)| groups[g].candidates.get(b)) else { continue };
        if !local(c) || area.is_some_and(|a| !lies_in(c, a)) {
            continue;
        }
        let gap = (i64::from(tokens.start) - at).abs() - if k < m { 1 } else { 0 };
        if best.is_none_or(|(g, _)| gap < g) {
            best = Some((gap, c));
        }
    }
    if let Some((_, c)) = best {
        return Some((c.clone(), "a place nearby in the text".to_owned()));
    }
    if let Some(a) = area {
        return Some((a.clone(), "the area named after it".to_owned()));
    }
    let wide = (0..spans.len()).filter_map(|k| chosen[k]).filter_map(|(g, b)| groups[g].candidates.get(b));
    wide.filter(|c| c.kind == Kind::Adm1).map(|c| (c.clone(), "the division told of".to_owned())).next()
}

fn approximate(name: &str, c: &Candidate, near: &str, world: &World) -> (Option<Place>, Reason) {
    let there = place(c, world);
    let note = format!("not in the gazetteer; put at {}: {near}", there.name);
    let place = Place {
        geonames_id: None,
        name: name.to_owned(),
        feature: "S.".into(),
        precision: "near".into(),
        adm1: there.adm1.or_else(|| (c.kind == Kind::Adm1).then(|| there.name.clone())),
        ..there
    };
    (Some(place), Reason::rule("place/near").with_note(note))
}

/// The record of a candidate.
pub(crate) fn place(c: &Candidate, world: &World) -> Place {
    let (feature, precision, id) = match c.source {
        Source::Gazetteer(at) => {
            let (feature, precision) = match c.kind {
                Kind::Country => ("A.PCLI", "country"),
                Kind::Continent => ("L.CONT", "region"),
                Kind::Adm1 => ("A.ADM1", "adm1"),
                Kind::Adm2 => ("A.ADM2", "adm2"),
                Kind::Capital => ("P.PPLC", "city"),
                _ => ("P.PPL", "city"),
            };
            let id = world.gazetteer.place(at).map(|p| u64::from(p.geonames_id)).filter(|&id| id != 0);
            (feature.to_owned(), precision, id)
        }
        Source::Feature(i) => {
            let kind = world.features.get(i as usize).map_or("", |f| f.kind);
            let (class, precision) = class_of(kind);
            let id = world.features.get(i as usize).and_then(|f| f.geonames_id);
            (format!("{class}.{}", kind.to_uppercase()), precision, id)
        }
    };
    let adm1 = c.adm1.filter(|_| c.kind != Kind::Adm1).map(|a| world.name(Source::Gazetteer(a)).into_owned());
    Place {
        geonames_id: id,
        name: world.name(c.source).into_owned(),
        country: c.country.and_then(|n| world.gazetteer.country(n)).map(|l| l.alpha3.into()),
        adm1,
        lat: (c.lat * 1e5).round() / 1e5,
        lon: (c.lon * 1e5).round() / 1e5,
        feature: feature.into(),
        precision: precision.into(),
    }
}

/// GeoNames class letter and precision of a feature kind of `features.tsv`.
fn class_of(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "sea" | "ocean" | "gulf" | "bay" | "strait" | "channel" => ("H", "sea"),
        "river" | "lake" | "canal" | "reservoir" | "waterfall" => ("H", "region"),
        "site" | "base" | "camp" | "airport" | "port" | "crossing" | "prison" | "plant" | "park"
        | "stadium" => ("S", "site"),
        "neighbourhood" | "town" => ("P", "city"),
        "island" | "islands" | "peninsula" | "mountains" | "mountain" | "desert" | "cape" | "reef"
        | "valley" => ("T", "region"),
        _ => ("L", "region"),
    }
}

fn reason(g: &Group, best: usize, world: &World) -> Reason {
    let c = &g.candidates[best];
    let rule = match c.how {
        _ if g.around.iter().any(|a| lies_in(c, a)) => "place/inside",
        _ if g.candidates.len() == 1 => "place/only",
        How::Nested => "place/nested",
        How::Direction => "place/direction",
        _ => "place/rank",
    };
    let mut why = Reason::rule(rule).with_note(format!("{:.2} of the odds", g.odds[best]));
    why.row = c.row.map(|(file, line)| format!("{file}:{line}").into());
    let mut order: Vec<usize> = (0..g.odds.len()).filter(|&i| i != best).collect();
    order.sort_by(|&a, &b| g.odds[b].total_cmp(&g.odds[a]));
    for &i in order.iter().take(3) {
        let other = place(&g.candidates[i], world);
        let within = other.adm1.or(other.country.map(|c| c.to_string())).unwrap_or_default();
        let km = distance(c, &g.candidates[i]);
        why.rejected
            .push(format!("{}, {within} ({:.2} of the odds, {km:.0} km away)", other.name, g.odds[i]));
    }
    why
}

/// Kilometres between two candidates.
fn distance(a: &Candidate, b: &Candidate) -> f32 {
    let k = closeness(unit(a), unit(b), 1.0);
    (1.0 / k - 1.0).max(0.0).sqrt()
}

/// True when the words are no location here: part of the name of a body or person, or a government's seat that acts.
fn is_metonym(syntax: &Syntax<'_>, tokens: TokenSpan, span: ByteSpan, actors: &[ActorMention]) -> bool {
    let inside = tokens.range().next().filter(|&i| i < syntax.len()).and_then(|i| syntax.entity(i));
    let part = inside.is_some_and(|e| {
        let entity = &syntax.doc.entities[e];
        let whole = super::spans::trimmed(syntax, entity.tokens);
        whole != tokens
            && whole.covers(tokens)
            && matches!(
                entity.label.as_str(),
                "ORG" | "PERSON" | "NORP" | "PRODUCT" | "EVENT" | "LAW" | "WORK_OF_ART"
            )
    });
    let acts = actors.iter().any(|a| {
        !a.as_place
            && a.span.covers(span)
            && a.actors.iter().any(|x| x.kind == ActorKind::Metonym)
            && a.span.len() < span.len() + 6
    });
    part || acts
}
