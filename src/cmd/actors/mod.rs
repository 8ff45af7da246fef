//! `demarche actors`: names to the actors they stand for, and the user's own tables of them.

mod update;

use crate::engine::{Engine, Options};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::style::{DIM, PLAIN, RULE};
use crate::term::text::safe;
use crate::term::wrap::Rich;
use crate::view;
use clap::Subcommand;
use record::{ActorMention, Page, Syntax};
use std::io::Write;
use std::path::PathBuf;

/// Look actors up.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Who a name, title or role stands for, on a day
    Find(Find),
    /// Merge offices from a Wikidata extract into your own table of people
    Update(update::Args),
}

#[derive(Debug, clap::Args)]
struct Find {
    /// A name, title or role as a text would write it: "Russian Foreign Minister", Seoul, WHO
    #[arg(required = true, num_args = 1..)]
    name: Vec<String>,

    /// The day on which the text was published: offices change hands
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<jiff::civil::Date>,

    /// Folder of your own actor tables [default: tables in demarche's data folder]
    #[arg(long, value_name = "DIR", value_parser = crate::overlay::existing)]
    tables: Option<PathBuf>,

    /// One line of JSON a mention
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    match &args.command {
        Command::Find(find) => find_name(find, screen),
        Command::Update(args) => update::run(args, screen),
    }
}

fn find_name(find: &Find, screen: &Screen) -> Result<Tally, Stop> {
    let name = find.name.join(" ");
    let engine = Engine::new(Options { tables: find.tables.clone(), ..Options::default() });
    let on = find.on.map(|d| d.to_string());
    let page = Page::plain(&name, on.as_deref());
    let doc = engine.parser().map_err(Stop::Internal)?.parse_page(&page, false);
    let resolver = engine.resolver()?;
    let mentions = resolver.actors().resolve(&Syntax::new(&page, &doc));
    let mut out = screen.out();
    if find.json {
        for mention in &mentions {
            let text = serde_json::to_string(mention).map_err(|e| Stop::Internal(e.to_string()))?;
            writeln!(out, "{text}")?;
        }
    } else {
        for mention in &mentions {
            out.write_all(show(mention, &page.text, screen).as_bytes())?;
        }
    }
    out.flush()?;
    if mentions.is_empty() {
        let hint = "names are matched as a text writes them: try the full name, or a title with its country";
        return Err(Stop::Missing(format!("nobody known as {:?}", safe(&name)), Some(hint.to_owned())));
    }
    Ok(Tally::default())
}

fn show(mention: &ActorMention, text: &str, screen: &Screen) -> String {
    let width = screen.measure();
    let mut out = String::new();
    for actor in &mention.actors {
        let mut rich = Rich::new();
        view::full(actor, &mut rich);
        let kind = serde_json::to_string(&actor.kind).unwrap_or_default();
        rich.add(DIM, &format!("  {}", kind.trim_matches('"')));
        if !actor.id.is_empty() {
            rich.add(DIM, &format!("  {}", actor.id));
        }
        out.push_str(&rich.set(width, "", "  "));
        if let Some(office) = &actor.office {
            let doubt = if actor.office_unverified { " (not verified for this day)" } else { "" };
            out.push_str(&Rich::new().add(PLAIN, &safe(office)).add(DIM, doubt).set(width, "  ", "  "));
        }
    }
    let mut why = Rich::new();
    why.add(DIM, &format!("“{}” by ", safe(mention.span.of(text)))).add(RULE, &safe(&mention.why.rule));
    if let Some(row) = &mention.why.row {
        why.add(DIM, &format!("  {}", safe(row)));
    }
    if !mention.why.note.is_empty() {
        why.add(DIM, &format!("  {}", safe(&mention.why.note)));
    }
    out.push_str(&why.set(width, "  ", "    "));
    for other in &mention.why.rejected {
        out.push_str(&Rich::new().add(DIM, "not ").add(PLAIN, &safe(other)).set(width, "  ", "    "));
    }
    out
}
