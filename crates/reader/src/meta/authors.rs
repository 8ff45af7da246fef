//! What a page says of its authors, in several places, to names of people or a desk.

use crate::html::scan::{Marked, Scan};
use crate::meta::byline;
use crate::meta::json_ld::{JsonLd, clean};
use crate::meta::title::Site;
use crate::strip::knowledge::knowledge;
use record::{BlockKind, Found};
use tables::pages::{Field, FieldPlace, WordRole};

/// Authors and desk of a page.
#[derive(Debug, Default)]
pub(crate) struct Authors {
    /// People.
    pub people: Vec<Found<String>>,
    /// Desk, agency, organisation.
    pub desk: Option<Found<String>>,
}

/// Reads the places in order of trust; the first that names people wins, a desk stays as the second best.
pub(crate) fn read(scan: &Scan, ld: &JsonLd, site: &Site) -> Authors {
    let mut out = Authors::default();
    let (people, teams): (Vec<_>, Vec<_>) = ld.names("author").into_iter().partition(|(_, person)| *person);
    for (team, _) in teams {
        out.desk.get_or_insert_with(|| Found::new(team, "json-ld"));
    }
    let people: Vec<String> = people.into_iter().map(|(n, _)| n).collect();
    let itemprop = || {
        let own = scan.metas.iter().filter(|(n, _)| n == "itemprop:author");
        own.map(|(_, c)| c.clone()).take(1).collect()
    };
    let sources: [(&str, &dyn Fn() -> Vec<String>); 7] = [
        ("json-ld", &|| people.clone()),
        ("meta:author", &|| metas(scan)),
        ("microdata:author", &|| marks(scan, &is_author_mark)),
        ("class:byline", &|| marks(scan, &is_byline_class)),
        ("byline", &|| visible(scan)),
        ("itemprop:author", &itemprop),
        ("script", &|| script(scan)),
    ];
    for (how, values) in sources {
        for value in values() {
            take(&value, how, site, &mut out);
        }
        if !out.people.is_empty() {
            break;
        }
    }
    out
}

fn take(value: &str, how: &str, site: &Site, out: &mut Authors) {
    let value = clean(value);
    if value.is_empty() || value.starts_with("http") || value.starts_with('@') || value.len() > 200 {
        return;
    }
    if site.is_name(&value) {
        out.desk.get_or_insert_with(|| Found::new(value, how));
        return;
    }
    let structured = matches!(how, "json-ld" | "meta:author");
    let writers = byline::read(&value);
    let mut people: Vec<String> = writers.people.into_iter().filter(|p| !site.is_name(p)).collect();
    if people.is_empty() && writers.desk.is_none() && structured && is_single_name(&value) {
        people.push(value.clone());
    }
    for person in people {
        let person = if person.chars().any(char::is_lowercase) { person } else { capitals(&person) };
        let known = out.people.iter().any(|p| p.value.eq_ignore_ascii_case(&person));
        if !known && out.people.len() < 12 {
            out.people.push(Found::new(person, how));
        }
    }
    if let Some(desk) = writers.desk {
        out.desk.get_or_insert_with(|| Found::new(desk, how));
    }
}

/// `ANA DE RUIZ` to `Ana De Ruiz`.
fn capitals(name: &str) -> String {
    let mut start = true;
    name.chars()
        .flat_map(|c| {
            let out: Vec<char> = if start { vec![c] } else { c.to_lowercase().collect() };
            start = !c.is_alphabetic();
            out
        })
        .collect()
}

/// One word that can be a pen name.
fn is_single_name(value: &str) -> bool {
    let words = value.split_whitespace().count();
    let plain = value.chars().all(|c| c.is_alphabetic() || " .'’-".contains(c));
    let common = knowledge().is(WordRole::NoPenName, &value.to_lowercase());
    words == 1 && value.len() >= 2 && plain && !common && value.starts_with(char::is_uppercase)
}

fn metas(scan: &Scan) -> Vec<String> {
    for row in knowledge().fields(FieldPlace::Meta, Field::Author) {
        // "twitter:data1" is an author or a reading time.
        let data = row.name == "twitter:data1";
        let usable = |n: &str, c: &str| {
            n == row.name && !c.is_empty() && !c.starts_with("http") && (!data || byline::is_person(c))
        };
        let found: Vec<String> =
            scan.metas.iter().filter(|(n, c)| usable(n, c)).map(|(_, c)| flip(c)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// `Ruiz, Ana` to `Ana Ruiz`.
fn flip(name: &str) -> String {
    match name.split_once(", ") {
        Some((last, first))
            if !last.contains(' ')
                && !first.contains([',', '&'])
                && first.split(' ').count() <= 2
                && !first.contains(" and ")
                && first.starts_with(char::is_uppercase) =>
        {
            format!("{first} {last}")
        }
        _ => name.to_owned(),
    }
}

fn is_author_mark(mark: &Marked) -> bool {
    mark.itemprop.as_deref().is_some_and(|p| matches!(p, "author" | "creator"))
        || mark.rel.as_deref().is_some_and(|r| r.split(' ').any(|r| r == "author"))
}

fn is_byline_class(mark: &Marked) -> bool {
    knowledge().class_gives(Field::Author, &mark.names)
        && !mark.names.contains(" bio ")
        && !mark.names.contains(" comment")
}

/// Texts of the marked elements that `fits`, in the article before anywhere else.
fn marks(scan: &Scan, fits: &dyn Fn(&Marked) -> bool) -> Vec<String> {
    let away = |m: &&Marked| {
        !matches!(m.kind, Some(BlockKind::Comment | BlockKind::Related | BlockKind::Navigation))
    };
    let all: Vec<&Marked> = scan
        .marked
        .iter()
        .filter(|m| fits(m) && !m.text.trim().is_empty() && m.text.len() < 250)
        .filter(away)
        .collect();
    let Some(first) = all.iter().map(|m| m.start).min() else { return Vec::new() };
    // Bylines of one article stand together; later ones belong to other articles.
    let together: Vec<&&Marked> = all.iter().filter(|m| m.start < first + 2500).collect();
    let shortest = |m: &&&&Marked| {
        !together.iter().any(|o| o.text.len() < m.text.len() && m.text.contains(o.text.trim()))
    };
    together.iter().filter(shortest).map(|m| m.text.clone()).collect()
}

/// Lines that begin with "By" between the top of the page and a few lines into the text.
fn visible(scan: &Scan) -> Vec<String> {
    let lines = scan.lines.iter().filter(|l| !l.hidden && l.line.text.len() < 120);
    let found = lines.filter(|l| {
        let text = l.line.text.as_str();
        let lead = byline::strip_sure_lead(text).is_some();
        let away = matches!(
            l.kind,
            Some(BlockKind::Comment | BlockKind::Related | BlockKind::Navigation | BlockKind::Caption)
        );
        lead && !away && !text.ends_with('.') && !byline::read(text).people.is_empty()
    });
    found.take(1).map(|l| l.line.text.clone()).collect()
}

/// Names under `author`, `authors`, `byline` in the data that scripts carry.
fn script(scan: &Scan) -> Vec<String> {
    for script in &scan.scripts {
        for row in knowledge().fields(FieldPlace::Script, Field::Author) {
            let key = row.name;
            let Some(at) = script.find(key) else { continue };
            let value = script.get(at + key.len()..).and_then(|r| r.split('"').next()).unwrap_or_default();
            if value.len() < 100 && !value.contains('\\') && !byline::read(value).people.is_empty() {
                return vec![value.to_owned()];
            }
        }
    }
    Vec::new()
}
