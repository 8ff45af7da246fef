//! The command line: one file a subcommand, each with its `Args` and `run`.

mod actors;
mod add;
mod ask;
mod batch;
mod check;
mod checkpoint;
mod code;
mod compare;
mod completions;
mod db;
mod decide;
#[cfg(feature = "serve")]
mod demo;
mod doctor;
mod explain;
mod export;
mod filter;
#[cfg(feature = "serve")]
mod keep;
mod man;
mod notify;
mod parse;
mod plans;
mod quotes;
mod read;
mod resolve;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod settle;
mod version;
mod watch;

use crate::exit::{Stop, Tally};
use crate::term::style::HELP;
use crate::term::{Color, Screen};
use clap::{CommandFactory, Parser, Subcommand};

/// Reads the news and keeps a checkable record of who did, or said, what to whom
#[derive(Debug, Parser)]
#[command(name = "demarche", styles = HELP, max_term_width = 100, disable_version_flag = true)]
#[command(subcommand_required = false, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 done, 1 some input failed, 2 wrong use, 3 a fault of the program.")]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,

    /// When to use colours; auto also minds NO_COLOR
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub color: Color,

    /// Print the version; with --verbose also where model and tables come from
    #[arg(long, short = 'V')]
    pub version: bool,

    /// Say more
    #[arg(long, requires = "version")]
    pub verbose: bool,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read pages and print what they say: events, statements, and what stands around the article
    Read(read::Args),
    /// Pages to parsed pages: tokens, tags, heads, entities
    Parse(parse::Args),
    /// Pages or parses to actors, places and dates
    Resolve(resolve::Args),
    /// Pages, parses or mentions to events and statements
    Code(code::Args),
    /// Print why: the rule and table row behind every field, and why a sentence has no event
    Explain(explain::Args),
    /// List who said what
    Quotes(quotes::Args),
    /// Poll feeds and keep the pages they name
    Watch(watch::Args),
    /// Look actors up in the tables
    Actors(actors::Args),
    /// Read, code and keep pages in a database, merged with what is there
    Add(add::Args),
    /// List events of the world in a database
    Events(ask::Events),
    /// Count events by directed pair and period
    Agg(ask::Agg),
    /// Show who deals with whom: ties, blocs, strained triads
    Network(ask::Network),
    /// Plot events over time
    Timeline(ask::Timeline),
    /// Show what two actors did to each other
    Dyad(ask::Dyad),
    /// Show one actor: what it did, said, and with whom
    Actor(ask::Actor),
    /// Show one story, or list them
    Story(ask::Story),
    /// Compare two periods, pair by pair
    Diff(ask::Diff),
    /// Show pairs whose level left its own past
    Alerts(ask::Alerts),
    /// Post events to web addresses, each once, and again when it changes
    Notify(notify::Args),
    /// Write events in the format of another program
    Export(export::Args),
    /// Compare a database with a POLECAT file
    Compare(compare::Args),
    /// Check a database
    Check(check::Args),
    /// Find all stories and events of a database anew, whatever the order in which pages came
    Settle(settle::Args),
    /// Open a database in the browser: pages, an HTTP API, and files of both
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Read the sample pages that come with the program and open the desk over them
    #[cfg(feature = "serve")]
    Demo(demo::Args),
    /// Check the program, its model and its tables
    Doctor(doctor::Args),
    /// Print the JSON Schema of what --json and the stage commands print
    Schema(schema::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man(man::Args),
}

/// Runs the command.
///
/// # Errors
/// Why the run stopped before its end; inputs that failed are in the tally instead.
pub fn run(cli: &Cli, screen: &Screen) -> Result<Tally, Stop> {
    if cli.version {
        return version::run(cli.verbose, screen);
    }
    match &cli.command {
        Some(Command::Read(args)) => read::run(args, screen),
        Some(Command::Parse(args)) => parse::run(args, screen),
        Some(Command::Resolve(args)) => resolve::run(args, screen),
        Some(Command::Code(args)) => code::run(args, screen),
        Some(Command::Explain(args)) => explain::run(args, screen),
        Some(Command::Quotes(args)) => quotes::run(args, screen),
        Some(Command::Watch(args)) => watch::run(args, screen),
        Some(Command::Actors(args)) => actors::run(args, screen),
        Some(Command::Add(args)) => add::run(args, screen),
        Some(Command::Events(args)) => ask::events(args, screen),
        Some(Command::Agg(args)) => ask::agg(args, screen),
        Some(Command::Network(args)) => ask::network(args, screen),
        Some(Command::Timeline(args)) => ask::timeline(args, screen),
        Some(Command::Dyad(args)) => ask::dyad(args, screen),
        Some(Command::Actor(args)) => ask::actor(args, screen),
        Some(Command::Story(args)) => ask::story(args, screen),
        Some(Command::Diff(args)) => ask::diff(args, screen),
        Some(Command::Alerts(args)) => ask::alerts(args, screen),
        Some(Command::Notify(args)) => notify::run(args, screen),
        Some(Command::Export(args)) => export::run(args, screen),
        Some(Command::Compare(args)) => compare::run(args, screen),
        Some(Command::Check(args)) => check::run(args, screen),
        Some(Command::Settle(args)) => settle::run(args, screen),
        #[cfg(feature = "serve")]
        Some(Command::Serve(args)) => serve::run(args, screen),
        #[cfg(feature = "serve")]
        Some(Command::Demo(args)) => demo::run(args, screen),
        Some(Command::Doctor(args)) => doctor::run(args, screen),
        Some(Command::Schema(args)) => schema::run(args, screen),
        Some(Command::Completions(args)) => completions::run(args, screen),
        Some(Command::Man(args)) => man::run(args, screen),
        None => {
            Err(Stop::Usage("no command given".to_owned(), Some("demarche --help lists them".to_owned())))
        }
    }
}

/// The command line as clap sees it, for completions and manuals.
fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_consistent() {
        Cli::command().debug_assert();
    }
}
