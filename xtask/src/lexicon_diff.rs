//! `cargo xtask lexicon diff`: dev gold texts coded with two states of the tables to what came, what went and what it costs.

use crate::eval::lines;
use crate::eval::read::{keep_parses, load_parses, parse};
use crate::lexicon_tables::Tables;
use coder::event::EventFinder;
use demarche::pipeline::Demarche;
use record::{Event, Modality, Page, Participant, Syntax};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Gold files with texts and events.
const GOLD: [&str; 4] =
    ["events/dev_plover_gsr.jsonl", "events/dev_petrarch.jsonl", "articles/dev.jsonl", "negatives/dev.jsonl"];

/// An event as far as a difference is told: code points of the trigger, type, sides, sense.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Coded {
    start: u32,
    end: u32,
    plover: String,
    sides: String,
    sense: String,
}

/// Events that came or went, and how many of them the gold holds.
#[derive(Default)]
struct Tally {
    came: [usize; 2],
    went: [usize; 2],
}

/// Runs `lexicon diff [DIR] [--base COMMIT|DIR] [--data DIR] [--parses DIR | --keep-parses DIR]`.
pub fn run(args: &[String]) -> Result<(), String> {
    let (mut folder, mut base, mut data) =
        ("tables/patterns".to_owned(), "HEAD".to_owned(), PathBuf::from("../shared/eval"));
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--base" => base = value()?.clone(),
            "--data" => data = value()?.into(),
            "--parses" => load_parses(Path::new(value()?))?,
            "--keep-parses" => keep_parses(Path::new(value()?))?,
            flag if flag.starts_with('-') => {
                return Err(format!("no flag {flag}; there are --base COMMIT|DIR, --data DIR, --parses DIR"));
            }
            dir => folder = dir.to_owned(),
        }
    }
    let before = match Path::new(&base) {
        dir if dir.is_dir() => Tables::folder(dir)?,
        _ => Tables::commit(&base)?,
    };
    let (old, new) = (finder(&before)?, finder(&Tables::folder(Path::new(&folder))?)?);
    let demarche = Demarche::embedded().map_err(|e| e.to_string())?;
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for file in GOLD {
        let path = data.join(file);
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("no {}: skipped", path.display());
            continue;
        };
        for record in lines(&text) {
            compare(&demarche, [&old, &new], &record?, tallies.entry(file).or_default());
        }
    }
    println!("{:28} {:>5} {:>8} {:>5} {:>8}", "gold", "came", "in gold", "went", "in gold");
    for (file, t) in tallies {
        println!("{file:28} {:5} {:8} {:5} {:8}", t.came[0], t.came[1], t.went[0], t.went[1]);
    }
    Ok(())
}

fn finder(tables: &Tables) -> Result<EventFinder, String> {
    let senses = tables.senses().map_err(|e| e.to_string())?;
    let classes = tables.classes().map_err(|e| e.to_string())?;
    EventFinder::with_lexicon(&senses, &classes).map_err(|e| e.to_string())
}

fn compare(demarche: &Demarche, finders: [&EventFinder; 2], record: &Value, tally: &mut Tally) {
    let text = record["text"].as_str().unwrap_or_default();
    let page = Page::plain(text, record["date"].as_str());
    let doc = parse(demarche, &page);
    let syntax = Syntax::new(&page, &doc);
    let mentions = demarche.resolver.resolve(&syntax);
    let statements = demarche.coder.statements().find(&syntax, &mentions);
    let [old, new] = finders.map(|f| {
        let (events, _) = f.find(&syntax, &mentions, &statements, demarche.coder.qualifier());
        events.iter().filter(|e| is_real(e)).map(coded).collect::<BTreeSet<_>>()
    });
    let key = |e: &Coded| (e.start, e.end, e.plover.clone(), e.sides.clone());
    let [old_keys, new_keys] = [&old, &new].map(|list| list.iter().map(key).collect::<BTreeSet<_>>());
    let went = old.iter().filter(|e| !new_keys.contains(&key(e)));
    let came = new.iter().filter(|e| !old_keys.contains(&key(e)));
    for (sign, e) in went.map(|e| ('-', e)).chain(came.map(|e| ('+', e))) {
        let held = in_gold(record, e, text);
        let count = if sign == '+' { &mut tally.came } else { &mut tally.went };
        count[0] += 1;
        count[1] += usize::from(held);
        let words = text.get(e.start as usize..e.end as usize).unwrap_or_default();
        println!(
            "{sign} {} {} {} {} [{words}] {}",
            if held { "gold " } else { "false" },
            record["id"].as_str().unwrap_or_default(),
            e.plover,
            e.sides,
            e.sense
        );
    }
}

fn is_real(event: &Event) -> bool {
    !matches!(event.qualifier.modality, Modality::Negated | Modality::Hypothetical | Modality::Historical)
}

fn coded(e: &Event) -> Coded {
    let side = |list: &[Participant]| {
        let set: BTreeSet<String> =
            list.iter().filter_map(|p| p.actor.country.as_ref().map(|c| c.to_string())).collect();
        if set.is_empty() { "-".to_owned() } else { set.into_iter().collect::<Vec<_>>().join("+") }
    };
    Coded {
        start: e.trigger.start,
        end: e.trigger.end,
        plover: e.plover.to_string(),
        sides: format!("{}>{}", side(&e.sources), side(&e.targets)),
        sense: e.why.first().map(|r| r.note.to_string()).unwrap_or_default(),
    }
}

/// True when the gold has an event of the type: in the same sentence where it gives sentences, else anywhere.
fn in_gold(record: &Value, e: &Coded, text: &str) -> bool {
    let at = text.get(..e.start as usize).map_or(0, |t| t.chars().count()) as u64;
    let number = record["sentences"].as_array().and_then(|list| {
        list.iter()
            .position(|s| s[0].as_u64().is_some_and(|a| a <= at) && s[1].as_u64().is_some_and(|b| at < b))
    });
    let is = |v: &Value| match v {
        Value::String(s) => *s == e.plover,
        Value::Array(list) => list.iter().any(|x| x.as_str() == Some(e.plover.as_str())),
        _ => false,
    };
    record["events"].as_array().into_iter().flatten().any(|g| {
        let same_type = is(&g["plover"]) || is(&g["plover_alt"]);
        let real = !matches!(g["modality"].as_str(), Some("negated" | "hypothetical" | "historical"));
        let here = number.is_none_or(|n| g["sentence"].as_u64().is_none_or(|s| s == n as u64));
        same_type && real && here
    })
}
