//! `cargo xtask lexicon probe`: sentences of our own with the type they tell, to see what the lexicon lacks.

use crate::eval::read::keep_parses;
use crate::lexicon_tables::Tables;
use crate::lexicon_test::{coded, is_real};
use coder::event::EventFinder;
use demarche::pipeline::Demarche;
use std::collections::BTreeMap;
use std::path::Path;

/// Runs `lexicon probe FILE [DIR] [--keep-parses DIR]`: lines `TYPE[|TYPE] <tab> sentence`, `NONE` for a
/// sentence without event. Prints every sentence that does not tell its type or tells another one beside it, and the counts by
/// type.
pub fn run(args: &[String]) -> Result<(), String> {
    let (file, folder) = match args {
        [file, folder, rest @ ..] => {
            if let [flag, parses] = rest {
                (flag == "--keep-parses").then_some(()).ok_or_else(|| format!("no flag {flag}"))?;
                keep_parses(Path::new(parses))?;
            }
            (file, folder.as_str())
        }
        [file] => (file, "tables/patterns"),
        [] => return Err("usage: cargo xtask lexicon probe FILE [DIR] [--keep-parses DIR]".to_owned()),
    };
    let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let tables = Tables::folder(Path::new(folder))?;
    let say = |e: tables::tsv::TableError| e.to_string();
    let finder = EventFinder::with_lexicon(&tables.senses().map_err(say)?, &tables.classes().map_err(say)?)
        .map_err(say)?;
    let demarche = Demarche::embedded().map_err(|e| e.to_string())?;
    // By type: sentences, found, with another type beside it.
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (n, line) in text.lines().enumerate() {
        let Some((types, sentence)) = line.split_once('\t') else {
            return Err(format!("{file}:{}: expected TYPE, tab, sentence", n + 1));
        };
        let (told, trace) = told(&demarche, &finder, sentence);
        let right = |t: &String| types.split('|').any(|w| w == t.as_str());
        let empty = types == "NONE" && told.is_empty();
        let (found, extra) = (empty || told.iter().any(right), told.iter().any(|t| !right(t)));
        if !found || extra {
            println!("{} {types}: {sentence}\n{trace}", if found { "extra " } else { "missed" });
        }
        let c = counts.entry(types.split('|').next().unwrap_or_default()).or_default();
        *c = [c[0] + 1, c[1] + usize::from(found), c[2] + usize::from(extra)];
    }
    println!("{:10} {:>9} {:>6} {:>6}", "type", "sentences", "found", "extra");
    let mut all = [0; 3];
    for (name, c) in counts {
        println!("{name:10} {:9} {:6} {:6}", c[0], c[1], c[2]);
        all = [all[0] + c[0], all[1] + c[1], all[2] + c[2]];
    }
    println!("{:10} {:9} {:6} {:6}", "all", all[0], all[1], all[2]);
    Ok(())
}

/// Types of the events of `text`, and what was found and passed over as lines.
fn told(demarche: &Demarche, finder: &EventFinder, text: &str) -> (Vec<String>, String) {
    let (_, events, passed) = coded(demarche, finder, text);
    let mut trace = String::new();
    for e in &events {
        let side = |list: &[record::Participant]| {
            list.iter().map(|p| p.actor.code().to_string()).collect::<Vec<_>>().join("+")
        };
        trace += &format!(
            "    {} {} > {} [{}] {:?} {}\n",
            e.plover,
            side(&e.sources),
            side(&e.targets),
            e.trigger.of(text),
            e.qualifier.modality,
            e.why.iter().map(|r| format!("{} {}", r.rule, r.note)).collect::<Vec<_>>().join(" | ")
        );
    }
    for p in &passed {
        trace += &format!("    - {}: {} {}\n", p.trigger.of(text), p.reason, p.note);
    }
    let types = events.iter().filter(|e| is_real(e)).map(|e| e.plover.to_string());
    (types.collect(), trace)
}
