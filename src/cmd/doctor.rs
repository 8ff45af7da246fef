//! `demarche doctor`: the program tried on itself, part by part.

use crate::engine::{Engine, Options};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::style::{DIM, ERROR, HINT, paint};
use record::{Page, Syntax};
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

/// Check the program, its model and its tables.
///
/// Loads every part, takes one sentence through all stages, and looks at the terminal. Exit code 3 when a part fails.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A spaCy v3 pipeline to check instead of the embedded one
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
}

const SENTENCE: &str = "The Norwegian foreign minister met Swedish officials in Oslo on Friday.";

/// A check: what was found, or what is wrong.
type Check = Result<String, String>;

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let engine = Engine::new(Options { model: args.model.clone(), ..Options::default() });
    let mut out = screen.out();
    let mut bad = 0;
    let checks: [(&str, &dyn Fn() -> Check); 6] = [
        ("program", &|| {
            Ok(format!("demarche {}, record schema {}", env!("CARGO_PKG_VERSION"), record::SCHEMA_VERSION))
        }),
        ("model", &|| model(&engine)),
        ("resolver", &|| resolver(&engine)),
        ("coder", &|| engine.coder().map(|_| "lexicon and speech tables keep their form".to_owned())),
        ("first try", &|| first_try(&engine)),
        ("terminal", &|| Ok(terminal(screen))),
    ];
    for (name, check) in checks {
        let began = Instant::now();
        let result = check();
        let took = paint(DIM, &format!("{:.0} ms", began.elapsed().as_secs_f64() * 1000.0));
        match result {
            Ok(text) => writeln!(out, "{} {name:<10} {text}  {took}", paint(HINT, "ok  "))?,
            Err(text) => {
                bad += 1;
                writeln!(out, "{} {name:<10} {text}", paint(ERROR, "FAIL"))?;
            }
        }
    }
    out.flush()?;
    Ok(Tally { failed: 0, internal: bad })
}

fn model(engine: &Engine) -> Check {
    let doc = engine.parser()?.parse_text(SENTENCE);
    let root = doc.tokens.iter().find(|t| t.dep == "ROOT").map(|t| t.lemma.to_string());
    match root.as_deref() {
        Some("meet") => Ok(format!("{} tokens of a test sentence parsed", doc.tokens.len())),
        other => Err(format!("the test sentence was parsed with root {other:?}, not \"meet\"")),
    }
}

fn resolver(engine: &Engine) -> Check {
    let page = Page::plain(SENTENCE, Some("2025-07-12"));
    let doc = engine.parser()?.parse_page(&page, false);
    let mentions = engine.resolver()?.resolve(&Syntax::new(&page, &doc));
    let (a, p, d) = (mentions.actors.len(), mentions.places.len(), mentions.dates.len());
    if a > 0 && d > 0 {
        Ok(format!("{a} actors, {p} places, {d} dates in the test sentence"))
    } else {
        Err(format!("only {a} actors, {d} dates found in the test sentence"))
    }
}

fn first_try(engine: &Engine) -> Check {
    let record = record::Record::new(Page::plain(SENTENCE, Some("2025-07-12")));
    let record = engine.advance(record, crate::engine::Stage::Code)?;
    let events = record.coding.map_or(Vec::new(), |c| c.events);
    let first = events.first().map(|e| {
        let code =
            |side: &[record::Participant]| side.iter().map(|p| p.actor.code()).collect::<Vec<_>>().join("+");
        format!("{} {} → {}", e.plover, code(&e.sources), code(&e.targets))
    });
    first.ok_or_else(|| "the test sentence gave no event".to_owned())
}

fn terminal(screen: &Screen) -> String {
    let kind = if screen.terminal { "a terminal" } else { "no terminal" };
    let color = if screen.color { "in colour" } else { "without colours" };
    format!("standard output is {kind}, {} columns, {color}", screen.width)
}
