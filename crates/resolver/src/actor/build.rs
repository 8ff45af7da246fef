//! Table entries to actors: codes folded, sectors by period, the row kept.

use super::knowledge::{Entity, Knowledge, Spell};
use super::memory::Memory;
use super::words;
use record::{Actor, ActorKind, SmolStr};
use tables::actors::{AS_OF, Day};

/// How a person or body stands to its best spell on the day asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The spell covers the day.
    Current,
    /// All spells lie before the day.
    Past,
    /// All spells lie after the day.
    Future,
    /// No day is known.
    Undated,
}

/// `kind/slug`, the stable key of an entity.
pub fn key(kind: ActorKind, name: &str) -> SmolStr {
    let room = match kind {
        ActorKind::Person => "person",
        ActorKind::Organisation => "org",
        ActorKind::Group => "group",
        ActorKind::Party => "party",
        ActorKind::People => "people",
        ActorKind::Country | ActorKind::Metonym => "country",
        _ => return SmolStr::default(),
    };
    SmolStr::from(format!("{room}/{}", words::folded(name).replace(' ', "-")))
}

/// A word of the sentence that must appear in the office, as a hint for the right spell.
pub type OfficeHint<'h> = &'h [&'h str];

/// The spell that fits best: valid on the day, of a code and office that the text names, the highest.
pub fn best_spell<'e>(
    entity: &'e Entity,
    date: Option<Day>,
    codes: &[SmolStr],
    offices: OfficeHint<'_>,
) -> Option<(&'e Spell, Status)> {
    let status = |s: &Spell| match date {
        None => Status::Undated,
        Some(day) if day.within(s.from, s.to) => Status::Current,
        Some(day) if day < s.from => Status::Future,
        // The paper of the day after tells what the holder did on the last day.
        Some(day) if day <= s.to.next() => Status::Current,
        Some(_) => Status::Past,
    };
    let rank = |s: &Spell| {
        let mut score = match status(s) {
            Status::Current if date.is_some_and(|day| !day.within(s.from, s.to)) => 90,
            Status::Current => 100,
            Status::Undated => 50,
            Status::Past => 20,
            Status::Future => 10,
        };
        score += if codes.contains(&s.code) { 60 } else { 0 };
        score += if offices.iter().any(|o| names_office(&s.office, o)) { 30 } else { 0 };
        score += match s.sectors.first().map(SmolStr::as_str) {
            Some("REB" | "PRM") if date.is_none() && entity.kind == ActorKind::Group => 9,
            Some("GOV") => 8,
            Some("ELI") => 0,
            None => 7,
            Some("MIL" | "JUD" | "SPY" | "COP") => 6,
            Some("PTY" | "OPP") => 2,
            Some(_) => 4,
        };
        score += 4 - office_rank(&s.office).min(4);
        score
    };
    let best = entity.spells.iter().max_by_key(|s| (rank(s), s.from))?;
    Some((best, status(best)))
}

/// True when every word of the title stands in the office ("foreign minister" in "Minister of Foreign Affairs" by
/// its first letters).
pub fn names_office(office: &str, title: &str) -> bool {
    let office = office.to_lowercase();
    title.split_whitespace().filter(|w| w.len() > 2).all(|w| {
        let stem = w.get(..w.len().min(6)).unwrap_or(w);
        office.contains(stem)
    })
}

/// 1 head of state, 2 head of government, 3 minister, 4 other: by the words of the office.
pub fn office_rank(office: &str) -> i32 {
    let low = office.to_lowercase();
    let below = ["deputy", "vice", "spokes", "adviser", "chief of staff", "wife", "candidate", "former"];
    if below.iter().any(|w| low.contains(w)) {
        return 4;
    }
    let first = [
        "president",
        "king",
        "queen",
        "emperor",
        "supreme leader",
        "pope",
        "emir",
        "sultan",
        "paramount",
        "secretary-general",
    ];
    if first.iter().any(|w| low.starts_with(w)) {
        return 1;
    }
    if ["prime minister", "chancellor", "premier", "taoiseach"].iter().any(|w| low.starts_with(w)) {
        return 2;
    }
    if low.contains("minister") || low.contains("secretary") { 3 } else { 4 }
}

impl Knowledge {
    /// A country as an actor.
    pub fn country_actor(&self, at: u16) -> Option<Actor> {
        let c = self.countries.get(usize::from(at))?;
        Some(Actor {
            id: SmolStr::from(format!("country/{}", c.iso3)),
            name: c.name.to_owned(),
            country: Some(self.fold(c.iso3)),
            kind: ActorKind::Country,
            ..Actor::default()
        })
    }

    /// A capital, palace or street as the body that it stands for on the day; the reading of `wanted` code first.
    pub fn metonym_actor(
        &self,
        at: u16,
        date: Option<Day>,
        wanted: &[SmolStr],
        memory: &Memory,
    ) -> Option<(Actor, String)> {
        let place = self.metonyms.get(usize::from(at))?;
        let valid =
            |m: &&tables::actors::metonyms::Metonym| date.is_none_or(|d| d.within(m.valid_from, m.valid_to));
        let row = place.readings.iter().filter(valid).max_by_key(|m| {
            // Brussels is the Union's unless the page is about Belgium.
            let named = wanted.iter().any(|c| c == m.code);
            let body = m.code == "EUR" || m.code == "UNO";
            (named, memory.has_code(m.code), body, m.kind == "capital")
        })?;
        let code = self.fold(row.code);
        let actor = Actor {
            id: SmolStr::from(format!("country/{}", row.code)),
            name: place.alias.to_owned(),
            country: Some(code),
            sectors: if row.sector.is_empty() { Vec::new() } else { vec![row.sector.into()] },
            kind: ActorKind::Metonym,
            ..Actor::default()
        };
        Some((actor, format!("metonyms.tsv:{}", row.line)))
    }

    /// An entity as an actor by the spell chosen for it.
    pub fn entity_actor(&self, entity: &Entity, spell: &Spell, status: Status, date: Option<Day>) -> Actor {
        let person = entity.kind == ActorKind::Person;
        let mut sectors = spell.sectors.clone();
        let mut office = (person && !spell.office.is_empty()).then(|| spell.office.to_string());
        if sectors.is_empty() && person && matches!(spell.code.as_str(), "UNO" | "EUR" | "IGO") {
            sectors.push("GOV".into());
        }
        if person && matches!(status, Status::Past | Status::Future) {
            office = None;
            let keeps = matches!(
                spell.sectors.first().map(SmolStr::as_str),
                Some(
                    "REB"
                        | "CRM"
                        | "JRN"
                        | "BUS"
                        | "REL"
                        | "SOC"
                        | "CVL"
                        | "OPP"
                        | "PTY"
                        | "PRM"
                        | "EDU"
                        | "LAB"
                        | "MED"
                )
            );
            if !keeps {
                sectors = vec!["ELI".into()];
            }
        }
        let as_of = Day::parse(AS_OF).unwrap_or_default();
        let embedded = !spell.row.0.starts_with("overlay/");
        let beyond = embedded && date.is_some_and(|d| d.0 > as_of.0) && spell.to.is_none();
        Actor {
            id: key(entity.kind, &entity.name),
            name: entity.name.to_string(),
            country: Some(self.fold(&spell.code)),
            sectors,
            kind: entity.kind,
            office_unverified: person && beyond && office.is_some(),
            office,
        }
    }
}
