//! `cargo xtask trace WORDS`: what the coder sees in one sentence of the stored parses, for people who write senses.

use crate::eval::read::{load_parses, read, stored_with};
use demarche::pipeline::Demarche;
use record::{Coding, Page, Participant};
use std::path::Path;

/// Runs `trace --parses DIR WORDS…` (every stored text that holds the words) or `trace TEXT`.
pub fn run(args: &[String]) -> Result<(), String> {
    let demarche = Demarche::embedded().map_err(|e| e.to_string())?;
    let texts: Vec<String> = match args {
        [flag, dir, words @ ..] if flag == "--parses" => {
            load_parses(Path::new(dir))?;
            words.iter().flat_map(|w| stored_with(w)).collect()
        }
        words => vec![words.join(" ")],
    };
    for text in texts {
        let reading = read(&demarche, Page::plain(&text, None));
        println!("\n# {text}");
        for m in &reading.mentions.actors {
            let codes: Vec<String> = m.actors.iter().map(|a| a.code()).collect();
            print!("[{} = {}{}] ", m.span.of(&text), codes.join("+"), if m.as_place { " place" } else { "" });
        }
        println!();
        if args.len() < 4 && text.len() < 400 {
            for (i, t) in reading.doc.tokens.iter().enumerate() {
                print!("{i}:{}/{}/{}→{} ", t.span.of(&text), t.tag, t.dep, t.head);
            }
            println!();
        }
        show(&text, &reading.coding);
    }
    Ok(())
}

fn side(list: &[Participant]) -> String {
    list.iter().map(|p| format!("{}({:?})", p.actor.code(), p.how)).collect::<Vec<_>>().join("+")
}

fn show(text: &str, coding: &Coding) {
    for e in &coding.events {
        println!(
            "  {} {} -> {} [{}] {} {:?} {}",
            e.plover,
            side(&e.sources),
            side(&e.targets),
            e.trigger.of(text),
            e.cameo,
            e.qualifier.modality,
            e.why.iter().map(|r| format!("{} {}", r.rule, r.note)).collect::<Vec<_>>().join(" | ")
        );
    }
    for p in &coding.passed {
        println!("    - {} : {} {}", p.trigger.of(text), p.reason, p.note);
    }
}
