//! Spells of office from elsewhere to rows of a user's table of people, merged with the rows that are there.

use super::wikidata::Office;
use crate::actor::ActorResolver;
use tables::actors::people;
use tables::tsv::TableError;

/// A user's table of people after a merge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// The table's text.
    pub text: String,
    /// Rows added.
    pub added: usize,
    /// Rows replaced by others of the same person, office and first day.
    pub changed: usize,
    /// Spells that were left out, each with the reason.
    pub left_out: Vec<String>,
}

/// Longest list of other names that a row keeps.
const MOST_NAMES: usize = 12;

/// Merges `offices` into the text of a table of people (empty: none yet). The sector of an office is that which the
/// resolver reads in its words; offices that it does not understand are left out.
///
/// # Errors
/// The table that is there does not keep its form.
pub fn merge(
    resolver: &ActorResolver,
    table: &'static str,
    offices: &[Office],
) -> Result<Merged, TableError> {
    let mut out = Merged::default();
    let mut rows: Vec<[String; 8]> = Vec::new();
    if !table.is_empty() {
        people::read("overlay/people.tsv", table)?;
        rows.extend(table.lines().skip(1).filter(|l| !l.is_empty() && !l.starts_with('#')).map(cells));
    }
    let key = |r: &[String; 8]| (r[2].clone(), r[3].to_lowercase(), r[5].clone(), r[0].clone());
    for office in offices {
        let row = match row(resolver, office) {
            Ok(row) => row,
            Err(why) => {
                out.left_out.push(why);
                continue;
            }
        };
        match rows.iter_mut().find(|r| key(r) == key(&row)) {
            Some(same) if *same == row => {}
            Some(same) => {
                *same = row;
                out.changed += 1;
            }
            None => {
                rows.push(row);
                out.added += 1;
            }
        }
    }
    rows.sort_by_key(key);
    out.text = format!("{}\n", people::COLUMNS.join("\t"));
    for row in rows {
        out.text.push_str(&row.join("\t"));
        out.text.push('\n');
    }
    Ok(out)
}

fn cells(line: &str) -> [String; 8] {
    let mut parts = line.split('\t');
    std::array::from_fn(|_| parts.next().unwrap_or_default().trim().to_owned())
}

fn row(resolver: &ActorResolver, office: &Office) -> Result<[String; 8], String> {
    let clean = |s: &str| s.replace(['\t', '\n', '\r', '|'], " ").trim().to_owned();
    let title = clean(&office.office);
    let known = resolver.knows(&office.country);
    if !known {
        return Err(format!("{}, {title}: no country {:?}", office.person, office.country));
    }
    let found = resolver.find(&title, None);
    let sector = found.iter().filter_map(|m| m.actors.first()).find_map(|a| a.sector());
    let Some(sector) = sector else {
        return Err(format!("{}, {title}: not understood as an office", office.person));
    };
    let person = clean(&office.person);
    let mut names: Vec<String> = Vec::new();
    let family = family_name(&person, resolver.family_first(&office.country));
    for name in std::iter::once(family).chain(office.aliases.iter().map(|a| clean(a))) {
        // Other names of one short word say too little by themselves.
        let useful = name.chars().count() > 2 && name != person;
        if useful && !names.contains(&name) && names.len() < MOST_NAMES {
            names.push(name);
        }
    }
    if names.is_empty() {
        names.push(person.clone());
    }
    let note = format!("wikidata {}", office.item);
    let from = office.from.clone();
    let sector = sector.to_owned();
    Ok([
        person,
        names.join("|"),
        office.country.clone(),
        title,
        sector,
        from,
        office.to.clone(),
        clean(&note),
    ])
}

/// The family name of a full name: its last word, or its first where names are written so.
fn family_name(person: &str, first: bool) -> String {
    let mut words = person.split_whitespace();
    let word = if first { words.next() } else { words.next_back() };
    word.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(person: &str, title: &str, country: &str, to: &str) -> Office {
        Office {
            item: "Q1".into(),
            person: person.into(),
            aliases: vec!["Ad\ta Example".into()],
            country: country.into(),
            office: title.into(),
            from: "2026-05-01".into(),
            to: to.into(),
        }
    }

    #[test]
    fn adds_changes_and_refuses() {
        let resolver = ActorResolver::embedded().unwrap();
        let offices = [
            office("Ada Example", "Minister of Foreign Affairs of Norway", "NOR", ""),
            office("Bo Example", "Minister of Foreign Affairs of Norway", "XYZ", ""),
            office("Cy Example", "gizmo", "NOR", ""),
        ];
        let first = merge(&resolver, "", &offices).unwrap();
        assert_eq!((first.added, first.changed, first.left_out.len()), (1, 0, 2), "{first:?}");
        let row = first.text.lines().nth(1).unwrap();
        assert!(row.starts_with("Ada Example\tExample|Ad a Example\tNOR\t"), "{row}");
        assert!(row.contains("\tGOV\t2026-05-01\t\twikidata Q1"), "{row}");
        let there: &'static str = Box::leak(first.text.clone().into_boxed_str());
        let again = merge(&resolver, there, &offices[..1]).unwrap();
        assert_eq!((again.added, again.changed, again.text == first.text), (0, 0, true));
        let ended = [office("Ada Example", "Minister of Foreign Affairs of Norway", "NOR", "2026-09-01")];
        let third = merge(&resolver, there, &ended).unwrap();
        assert_eq!((third.added, third.changed), (0, 1));
        assert!(
            merge(&resolver, "person\nx\ty\n", &[]).unwrap_err().message.starts_with("overlay/people.tsv:1")
        );
    }

    #[test]
    fn family_names_stand_where_their_country_puts_them() {
        let resolver = ActorResolver::embedded().unwrap();
        assert!(resolver.family_first("KOR") && !resolver.family_first("NOR"));
        assert_eq!(family_name("Cho Hyun", true), "Cho");
        assert_eq!(family_name("Ada Example", false), "Example");
    }
}
