//! The commands that ask a database: events, agg, network, timeline, dyad, actor, story, stories, diff, alerts.

use super::db::{DbArgs, FilterArgs, FormArgs, stop};
use super::decide;
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::text::safe;
use crate::view::answers;
use store::day::Period;
use store::query::agg::Group;
use store::query::events::{Paging, Sort};
use store::query::{self};
use store::table;

/// List events of the world.
///
/// An event counts once, however many reports repeat it; the dots before it show its origins (●) and their copies (○).
/// What is only reported, planned or did not happen is listed with its modality, and counted nowhere.
#[derive(Debug, clap::Args)]
pub struct Events {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
    /// Order: independent (most independent reports first), newest, oldest, goldstein
    #[arg(long, value_name = "ORDER", default_value = "independent")]
    sort: Sort,
    /// Most rows
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u64,
    /// Rows to leave out at the beginning
    #[arg(long, value_name = "N", default_value_t = 0)]
    skip: u64,
}

/// Count events by directed pair and period.
#[derive(Debug, clap::Args)]
pub struct Agg {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
    /// Periods: day, week, month, year
    #[arg(long, value_name = "PERIOD", default_value = "month")]
    by: Period,
    /// What stands on either side: person, body, state
    #[arg(long, value_name = "GROUP", default_value = "state")]
    group: Group,
    /// Count at most one event of a type, pair and day
    #[arg(long)]
    one_a_day: bool,
}

/// Show who deals with whom: directed ties, blocs, strained triads.
#[derive(Debug, clap::Args)]
pub struct Network {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
    /// What the nodes are: person, body, state
    #[arg(long, value_name = "GROUP", default_value = "state")]
    group: Group,
    /// Fewest events of a tie
    #[arg(long, value_name = "N", default_value_t = 1)]
    min: u64,
}

/// Plot events over time.
#[derive(Debug, clap::Args)]
pub struct Timeline {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
    /// Steps: day, week, month, year
    #[arg(long, value_name = "PERIOD", default_value = "day")]
    by: Period,
    /// Most stories shown beside
    #[arg(long, value_name = "N", default_value_t = 8)]
    lanes: usize,
}

/// Show what two actors did to each other.
#[derive(Debug, clap::Args)]
pub struct Dyad {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
    /// First actor: code, key or part of the name
    a: String,
    /// Second actor
    b: String,
    /// Steps: day, week, month, year
    #[arg(long, value_name = "PERIOD", default_value = "week")]
    by: Period,
}

/// Show one actor: what it did, said, and with whom.
#[derive(Debug, clap::Args)]
pub struct Actor {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
    /// Name, code or key
    #[arg(required = true, num_args = 1..)]
    name: Vec<String>,
}

/// Show one story: its reports and who copied whom, its events, what is disputed; without ID, list stories.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Story {
    #[command(subcommand)]
    act: Option<decide::Act>,
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    form: FormArgs,
    /// Story id, or the id of an event in it
    id: Option<String>,
    /// Why its reports and events were joined, and what was kept apart
    #[arg(long)]
    why: bool,
    /// Most stories listed
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u64,
}

/// Compare two periods, pair by pair.
#[derive(Debug, clap::Args)]
pub struct Diff {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
    /// First period, FIRST..LAST
    #[arg(value_name = "BEFORE", value_parser = range)]
    before: (String, String),
    /// Second period, FIRST..LAST
    #[arg(value_name = "AFTER", value_parser = range)]
    after: (String, String),
    /// What stands on either side: person, body, state
    #[arg(long, value_name = "GROUP", default_value = "state")]
    group: Group,
}

/// Show pairs whose level of conflict or cooperation left its own past, with the sentences behind.
#[derive(Debug, clap::Args)]
pub struct Alerts {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
    /// Days that are judged, up to --to or the last event
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(i64).range(1..=366))]
    window: i64,
    /// Days before that they are compared with
    #[arg(long, value_name = "DAYS", default_value_t = 84, value_parser = clap::value_parser!(i64).range(1..=3660))]
    past: i64,
    /// Least surprise: 2 is a count that chance gives once in a hundred windows
    #[arg(long, value_name = "N", default_value_t = 2.0)]
    least: f64,
    /// Most alerts
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// What stands on either side: person, body, state
    #[arg(long, value_name = "GROUP", default_value = "state")]
    group: Group,
}

fn range(text: &str) -> Result<(String, String), String> {
    let days = text
        .split_once("..")
        .filter(|(a, b)| store::day::number(a).is_some() && store::day::number(b).is_some());
    days.map(|(a, b)| (a.to_owned(), b.to_owned()))
        .ok_or("a period looks like 2025-07-01..2025-07-31".to_owned())
}

const DONE: Result<Tally, Stop> = Ok(Tally { failed: 0, internal: 0 });

/// Runs `events`.
pub fn events(args: &Events, screen: &Screen) -> Result<Tally, Stop> {
    let (store, filter) = (args.db.read()?, args.filter.filter()?);
    let paging = Paging { sort: args.sort, skip: args.skip, limit: args.limit };
    let data = query::events::events(&store, &filter, paging).map_err(stop)?;
    let totals = query::totals(&store, &filter).map_err(stop)?;
    let view = |d: &query::events::Events| answers::events(d, &totals, screen);
    args.form.print((&store, &filter), &data, |d| table::events(&d.rows), view, screen)?;
    DONE
}

/// Runs `agg`.
pub fn agg(args: &Agg, screen: &Screen) -> Result<Tally, Stop> {
    let (store, filter) = (args.db.read()?, args.filter.filter()?);
    let options = query::agg::Options { by: args.by, group: args.group, one_a_day: args.one_a_day };
    let data = query::agg::agg(&store, &filter, options).map_err(stop)?;
    args.form.print((&store, &filter), &data, |d| table::agg(d), |d| answers::agg(d, screen), screen)?;
    DONE
}

/// Runs `network`.
pub fn network(args: &Network, screen: &Screen) -> Result<Tally, Stop> {
    let (store, filter) = (args.db.read()?, args.filter.filter()?);
    let data = query::network::network(&store, &filter, args.group, args.min).map_err(stop)?;
    args.form.print((&store, &filter), &data, table::network, |d| answers::network(d, screen), screen)?;
    DONE
}

/// Runs `timeline`.
pub fn timeline(args: &Timeline, screen: &Screen) -> Result<Tally, Stop> {
    let (store, filter) = (args.db.read()?, args.filter.filter()?);
    let data = query::timeline::timeline(&store, &filter, args.by, args.lanes).map_err(stop)?;
    args.form.print((&store, &filter), &data, table::timeline, |d| answers::timeline(d, screen), screen)?;
    DONE
}

/// Runs `dyad`.
pub fn dyad(args: &Dyad, screen: &Screen) -> Result<Tally, Stop> {
    let (store, filter) = (args.db.read()?, args.filter.filter()?);
    let data = query::dyad::dyad(&store, &filter, &args.a, &args.b, args.by).map_err(stop)?;
    args.form.print((&store, &filter), &data, table::dyad, |d| answers::dyad(d, screen), screen)?;
    DONE
}

/// Runs `actor`.
pub fn actor(args: &Actor, screen: &Screen) -> Result<Tally, Stop> {
    let (store, filter) = (args.db.read()?, args.filter.filter()?);
    let name = args.name.join(" ");
    let Some(data) = query::actor::actor(&store, &name, &filter).map_err(stop)? else {
        let hint = "part of a name, a code such as RUSGOV or a key such as country/RUS";
        return Err(Stop::Missing(
            format!("no actor {:?} in the database", safe(&name)),
            Some(hint.to_owned()),
        ));
    };
    args.form.print((&store, &filter), &data, table::actor, |d| answers::actor(d, screen), screen)?;
    DONE
}

/// Runs `story`.
pub fn story(args: &Story, screen: &Screen) -> Result<Tally, Stop> {
    if let Some(act) = &args.act {
        return decide::run(act, screen);
    }
    let (store, filter) = (args.db.read()?, query::Filter::default());
    let Some(id) = &args.id else {
        let data = query::story::stories(&store, args.limit).map_err(stop)?;
        args.form.print(
            (&store, &filter),
            &data,
            |d| table::stories(d),
            |d| answers::stories(d, screen),
            screen,
        )?;
        return DONE;
    };
    let event = query::events::event(&store, id).map_err(stop)?;
    let story = event.as_ref().map_or(id, |e| &e.story);
    let Some(data) = query::story::story(&store, story).map_err(stop)? else {
        let hint = "`demarche story` lists them";
        return Err(Stop::Missing(format!("no story {:?}", safe(id)), Some(hint.to_owned())));
    };
    let why = match args.why {
        true => query::events::why(&store, &data.id).map_err(stop)?,
        false => Vec::new(),
    };
    let view = |d: &query::story::StoryPage| answers::story(d, args.why.then_some(&why[..]), screen);
    args.form.print((&store, &filter), &data, table::story, view, screen)?;
    DONE
}

/// Runs `diff`.
pub fn diff(args: &Diff, screen: &Screen) -> Result<Tally, Stop> {
    let (store, filter) = (args.db.read()?, args.filter.filter()?);
    let (before, after) = ((&*args.before.0, &*args.before.1), (&*args.after.0, &*args.after.1));
    let data = query::diff::diff(&store, &filter, before, after, args.group).map_err(stop)?;
    args.form.print((&store, &filter), &data, |d| table::diff(d), |d| answers::diff(d, screen), screen)?;
    DONE
}

/// Runs `alerts`.
pub fn alerts(args: &Alerts, screen: &Screen) -> Result<Tally, Stop> {
    let (store, filter) = (args.db.read()?, args.filter.filter()?);
    let options = query::alerts::Options {
        window: args.window,
        past: args.past,
        least: args.least,
        limit: args.limit,
        group: args.group,
    };
    let data = query::alerts::alerts(&store, &filter, options).map_err(stop)?;
    args.form.print(
        (&store, &filter),
        &data,
        |d| table::alerts(d),
        |d| answers::alerts(d, screen),
        screen,
    )?;
    DONE
}
