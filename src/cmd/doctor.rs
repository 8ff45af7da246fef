//! `demarche doctor`: the program tried on itself, part by part.

use crate::engine::{Engine, Options};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::style::{DIM, ERROR, HINT, paint};
use crate::term::text::safe;
use record::{Page, Syntax};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use store::Store;

/// Check the program, its model and its tables.
///
/// Loads every part, takes one sentence through all stages, says how old the tables are, looks at the terminal and, with
/// --db, at a database. Exit code 3 when a part fails, 1 when only the database is unwell.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A spaCy v3 pipeline to check instead of the embedded one
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,

    /// A database to check as well
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,

    /// As one JSON object: a list of checks, and whether all is well
    #[arg(long)]
    json: bool,
}

const SENTENCE: &str = "The Norwegian foreign minister met Swedish officials in Oslo on Friday.";

/// A check: what was found, or what is wrong.
type Check = Result<String, String>;

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let engine = Engine::new(Options { model: args.model.clone(), ..Options::default() });
    let checks: [(&str, &dyn Fn() -> Check); 7] = [
        ("program", &|| {
            Ok(format!("demarche {}, record schema {}", env!("CARGO_PKG_VERSION"), record::SCHEMA_VERSION))
        }),
        ("model", &|| model(&engine, args.model.is_none())),
        ("resolver", &|| resolver(&engine)),
        ("tables", &|| Ok(tables())),
        ("coder", &|| engine.coder().map(|_| "lexicon and speech tables keep their form".to_owned())),
        ("first try", &|| first_try(&engine)),
        ("terminal", &|| Ok(terminal(screen))),
    ];
    let mut found: Vec<Found> = checks.iter().map(|(name, check)| Found::of(name, check)).collect();
    let internal = found.iter().filter(|f| f.result.is_err()).count();
    if let Some(db) = &args.db {
        found.push(Found::of("database", &|| database(db)));
    }
    let bad = found.iter().filter(|f| f.result.is_err()).count();
    print(&found, args.json, screen)?;
    Ok(Tally { failed: bad - internal, internal })
}

/// One check with its result and what it took.
struct Found<'a> {
    name: &'a str,
    result: Check,
    milliseconds: f64,
}

impl<'a> Found<'a> {
    fn of(name: &'a str, check: &dyn Fn() -> Check) -> Self {
        let began = Instant::now();
        let result = check();
        Found { name, result, milliseconds: began.elapsed().as_secs_f64() * 1000.0 }
    }
}

fn print(found: &[Found<'_>], json: bool, screen: &Screen) -> Result<(), Stop> {
    let mut out = screen.out();
    if json {
        let check = |f: &Found<'_>| {
            let text = f.result.as_ref().unwrap_or_else(|e| e);
            json!({"name": f.name, "ok": f.result.is_ok(), "says": text, "milliseconds": f.milliseconds.round()})
        };
        let checks: Vec<_> = found.iter().map(check).collect();
        writeln!(out, "{}", json!({"ok": found.iter().all(|f| f.result.is_ok()), "checks": checks}))?;
    } else {
        for f in found {
            let took = paint(DIM, &format!("{:.0} ms", f.milliseconds));
            match &f.result {
                Ok(text) => writeln!(out, "{} {:<10} {}  {took}", paint(HINT, "ok  "), f.name, safe(text))?,
                Err(text) => writeln!(out, "{} {:<10} {}", paint(ERROR, "FAIL"), f.name, safe(text))?,
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// Dates and sizes of what is known beside the model.
fn tables() -> String {
    let credits = assets::CREDITS.iter().filter(|c| c.id != "model");
    let packages: Vec<String> = credits.map(|c| format!("{} {}", c.package, c.version)).collect();
    format!("actors as of {}; places from {}", tables::actors::AS_OF, packages.join(" and "))
}

fn database(file: &Path) -> Check {
    let store = Store::read(file).map_err(|e| e.to_string())?;
    let wrong = store.check().map_err(|e| e.to_string())?;
    let (articles, stories, totals) = store::query::story::sizes(&store).map_err(|e| e.to_string())?;
    let waiting = store.unsettled().map_err(|e| e.to_string())?;
    match wrong.first() {
        Some(first) => {
            Err(format!("{} things wrong, first: {first} (`demarche check` lists them)", wrong.len()))
        }
        None if waiting > 0 => {
            Err(format!("{waiting} articles wait to be merged: a run was broken off, `demarche add` goes on"))
        }
        None => Ok(format!("sound: {articles} articles, {stories} stories, {} events", totals.events)),
    }
}

fn model(engine: &Engine, embedded: bool) -> Check {
    let doc = engine.parser()?.parse_text(SENTENCE);
    let root = doc.tokens.iter().find(|t| t.dep == "ROOT").map(|t| t.lemma.to_string());
    match root.as_deref() {
        Some("meet") => {
            let name = match assets::CREDITS.iter().find(|c| c.id == "model") {
                Some(c) if embedded => format!("{} {}: ", c.package, c.version),
                _ => String::new(),
            };
            Ok(format!("{name}{} tokens of a test sentence parsed", doc.tokens.len()))
        }
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
