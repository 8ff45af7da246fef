//! A Wikidata extract to spells of office: SPARQL results as CSV or JSON, or lines of an entity dump.
//!
//! The query whose results are read stands in `docs/actors.md`. Of an entity dump, people need the claim P39 (position
//! held) with its qualifiers P580 and P582; labels of positions, and their countries (P1001 or P17 with P298), are read
//! from the items of the same file.

use serde_json::Value;
use std::collections::HashMap;

/// One spell of office as the extract gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Office {
    /// Wikidata item, `Q42`.
    pub item: String,
    /// English label of the person.
    pub person: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// ISO 3166 alpha-3 of the country of the office.
    pub country: String,
    /// English label of the office.
    pub office: String,
    /// First day, as far as it is known: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or nothing.
    pub from: String,
    /// Last day, likewise.
    pub to: String,
}

/// What an extract gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extract {
    /// Spells of office, in file order.
    pub offices: Vec<Office>,
    /// Rows that were left out, each with the reason.
    pub left_out: Vec<String>,
}

const COLUMNS: [&str; 4] = ["person", "personLabel", "iso3", "positionLabel"];

/// Reads an extract in any of the three forms.
///
/// # Errors
/// The text has none of them; the message says what was expected.
pub fn read(text: &str) -> Result<Extract, String> {
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().chars().next() {
        None => Err("the file is empty".to_owned()),
        Some('{' | '[') => json(text),
        Some(_) => csv(text),
    }
}

fn csv(text: &str) -> Result<Extract, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> =
        reader.headers().map_err(|e| e.to_string())?.iter().map(str::to_owned).collect();
    if let Some(missing) = COLUMNS.iter().find(|c| !header.iter().any(|h| h == *c)) {
        return Err(format!(
            "no column {missing:?}: the query in docs/actors.md gives {COLUMNS:?}, altLabels, start, end"
        ));
    }
    let mut out = Extract::default();
    for (i, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                out.left_out.push(format!("row {}: {e}", i + 2));
                continue;
            }
        };
        let cell = |name: &str| {
            let at = header.iter().position(|h| h == name);
            at.and_then(|at| record.get(at)).unwrap_or_default().trim().to_owned()
        };
        out.take(&format!("row {}", i + 2), of_cells(&cell));
    }
    Ok(out)
}

fn json(text: &str) -> Result<Extract, String> {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        if let Some(rows) = value["results"]["bindings"].as_array() {
            let mut out = Extract::default();
            for (i, row) in rows.iter().enumerate() {
                let cell = |name: &str| row[name]["value"].as_str().unwrap_or_default().trim().to_owned();
                out.take(&format!("binding {}", i + 1), of_cells(&cell));
            }
            return Ok(out);
        }
        if let Value::Array(items) = value {
            return Ok(entities(&items, Extract::default()));
        }
        if value["claims"].is_object() {
            return Ok(entities(&[value], Extract::default()));
        }
        return Err("JSON, but neither SPARQL results nor entities of Wikidata".to_owned());
    }
    let mut items = Vec::new();
    let mut out = Extract::default();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim().trim_end_matches(',');
        if matches!(line, "" | "[" | "]") {
            continue;
        }
        match serde_json::from_str::<Value>(line) {
            Ok(item) => items.push(item),
            Err(e) => out.left_out.push(format!("line {}: {e}", i + 1)),
        }
    }
    if items.is_empty() {
        return Err("no line is an entity of Wikidata".to_owned());
    }
    Ok(entities(&items, out))
}

impl Extract {
    fn take(&mut self, place: &str, office: Result<Office, String>) {
        match office {
            Ok(office) => self.offices.push(office),
            Err(why) => self.left_out.push(format!("{place}: {why}")),
        }
    }
}

fn of_cells(cell: &dyn Fn(&str) -> String) -> Result<Office, String> {
    let uri = cell("person");
    let aliases =
        cell("altLabels").split('|').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect();
    let office = Office {
        item: uri.rsplit('/').next().unwrap_or_default().to_owned(),
        person: cell("personLabel"),
        aliases,
        country: cell("iso3"),
        office: cell("positionLabel"),
        from: day(&cell("start"), 11),
        to: day(&cell("end"), 11),
    };
    complete(office)
}

/// Only what has a name, an office and a country can be used; a label that is an item's number is none.
fn complete(office: Office) -> Result<Office, String> {
    let unnamed =
        |s: &str| s.is_empty() || s.strip_prefix('Q').is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()));
    let item = if office.item.is_empty() { "an item" } else { office.item.as_str() };
    if unnamed(&office.person) {
        return Err(format!("{item} has no English name"));
    }
    if unnamed(&office.office) {
        return Err(format!("an office of {} has no English name", office.person));
    }
    if office.country.len() != 3 {
        return Err(format!("{}, {}: no country", office.person, office.office));
    }
    Ok(office)
}

/// The day of a Wikidata time, cut to its precision (9 a year, 10 a month, 11 a day). Unknown values give nothing.
fn day(time: &str, precision: u64) -> String {
    let time = time.trim_start_matches('+');
    let date = time.split('T').next().unwrap_or_default();
    let ok =
        date.len() == 10 && date.chars().all(|c| c.is_ascii_digit() || c == '-') && !date.starts_with('-');
    let mut keep = match precision {
        11.. => 10,
        10 => 7,
        9 => 4,
        _ => 0,
    };
    // `2024-00-00`: the day or month is not known.
    keep = if date.get(8..10) == Some("00") { keep.min(7) } else { keep };
    keep = if date.get(5..7) == Some("00") { keep.min(4) } else { keep };
    if ok { date.get(..keep).unwrap_or_default().to_owned() } else { String::new() }
}

fn entities(items: &[Value], mut out: Extract) -> Extract {
    let by_id: HashMap<&str, &Value> = items.iter().filter_map(|i| Some((i["id"].as_str()?, i))).collect();
    for item in items {
        let label = |item: &Value| item["labels"]["en"]["value"].as_str().unwrap_or_default().to_owned();
        for claim in item["claims"]["P39"].as_array().into_iter().flatten() {
            if claim["rank"] == "deprecated" {
                continue;
            }
            let value = &claim["mainsnak"]["datavalue"]["value"];
            let position = value["id"].as_str().and_then(|id| by_id.get(id));
            let time = |property: &str| {
                let value = &claim["qualifiers"][property][0]["datavalue"]["value"];
                day(value["time"].as_str().unwrap_or_default(), value["precision"].as_u64().unwrap_or(0))
            };
            let aliases = item["aliases"]["en"].as_array().into_iter().flatten();
            let office = Office {
                item: item["id"].as_str().unwrap_or_default().to_owned(),
                person: label(item),
                aliases: aliases.filter_map(|a| a["value"].as_str()).map(str::to_owned).collect(),
                country: position.map(|p| country(p, &by_id)).unwrap_or_default(),
                office: position.map(|p| label(p)).unwrap_or_default(),
                from: time("P580"),
                to: time("P582"),
            };
            let place = office.item.clone();
            out.take(&place, complete(office));
        }
    }
    out
}

/// Alpha-3 code of the country to which a position belongs, by its items in the same file.
fn country(position: &Value, by_id: &HashMap<&str, &Value>) -> String {
    let of = |property: &str| {
        let id = position["claims"][property][0]["mainsnak"]["datavalue"]["value"]["id"].as_str()?;
        let code = &by_id.get(id)?["claims"]["P298"][0]["mainsnak"]["datavalue"]["value"];
        code.as_str().map(str::to_owned)
    };
    of("P1001").or_else(|| of("P17")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sparql_csv_and_says_what_it_leaves_out() {
        let text = "person,personLabel,altLabels,iso3,positionLabel,start,end\n\
            http://www.wikidata.org/entity/Q1,Ada Example,A. Example|Ada X,NOR,Minister of Foreign Affairs of Norway,2026-05-01T00:00:00Z,\n\
            http://www.wikidata.org/entity/Q2,Q2,,NOR,mayor,,\n\
            http://www.wikidata.org/entity/Q3,\"Bo, the Elder\",,,king,,\n";
        let extract = read(text).unwrap();
        assert_eq!(extract.offices.len(), 1);
        let office = &extract.offices[0];
        assert_eq!(
            (office.item.as_str(), office.from.as_str(), office.to.as_str()),
            ("Q1", "2026-05-01", "")
        );
        assert_eq!(office.aliases, ["A. Example", "Ada X"]);
        assert_eq!(extract.left_out.len(), 2);
        assert!(extract.left_out[0].starts_with("row 3: Q2 has no English name"), "{:?}", extract.left_out);
        assert!(read("a,b\n1,2\n").unwrap_err().contains("personLabel") || read("a,b\n").is_err());
        assert!(read("  ").is_err() && read("{}").is_err());
    }

    #[test]
    fn reads_sparql_json() {
        let text = r#"{"head":{},"results":{"bindings":[{"person":{"value":"http://x/Q5"},"personLabel":{"value":"Cy Test"},
            "iso3":{"value":"FJI"},"positionLabel":{"value":"Prime Minister of Fiji"},"start":{"value":"2026-01-02T00:00:00Z"}}]}}"#;
        let extract = read(text).unwrap();
        assert_eq!(extract.offices[0].person, "Cy Test");
        assert_eq!(extract.offices[0].from, "2026-01-02");
    }

    #[test]
    fn reads_lines_of_a_dump_with_precision() {
        let person = r#"{"id":"Q7","labels":{"en":{"value":"Di Sample"}},"aliases":{"en":[{"value":"D. Sample"}]},"claims":{"P39":[
            {"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q8"}}},"qualifiers":{"P580":[{"datavalue":{"value":{"time":"+2025-03-00T00:00:00Z","precision":10}}}]}}]}}"#
            .replace('\n', "");
        let office = r#"{"id":"Q8","labels":{"en":{"value":"minister of defence of Chad"}},"claims":{"P1001":[{"mainsnak":{"datavalue":{"value":{"id":"Q9"}}}}]}}"#;
        let land =
            r#"{"id":"Q9","labels":{},"claims":{"P298":[{"mainsnak":{"datavalue":{"value":"TCD"}}}]}}"#;
        let extract = read(&format!("[\n{person},\n{office},\n{land}\n]x").replace("]x", "")).unwrap();
        assert_eq!(extract.offices.len(), 1, "{extract:?}");
        let office = &extract.offices[0];
        assert_eq!((office.country.as_str(), office.from.as_str()), ("TCD", "2025-03"));
        assert!(read("{not json").is_err());
    }
}
