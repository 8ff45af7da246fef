//! The options that all commands over a database share: the file, the filter, the form of the answer.

use crate::exit::Stop;
use crate::term::Screen;
use crate::term::text::safe;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use store::query::{Filter, envelope};
use store::table::Table;
use store::{Error, ErrorKind, Store};

/// Which database.
#[derive(Debug, Clone, Args)]
pub struct DbArgs {
    /// Database file
    #[arg(long, value_name = "FILE", default_value = "demarche.db")]
    pub db: PathBuf,
}

impl DbArgs {
    /// Opens the database to read.
    ///
    /// # Errors
    /// It is not there or not ours.
    pub fn read(&self) -> Result<Store, Stop> {
        Store::read(&self.db).map_err(stop)
    }
}

/// A trouble with a database as a reason to stop.
pub fn stop(e: Error) -> Stop {
    let say = |hint: &str| Some(hint.to_owned());
    match e.kind() {
        ErrorKind::Open => Stop::Missing(e.to_string(), say("`demarche add PAGE… --db FILE` makes one")),
        ErrorKind::Foreign => Stop::Usage(e.to_string(), say("is it the right file?")),
        ErrorKind::Busy => {
            Stop::Missing(e.to_string(), say("another program writes to it: try again when it is done"))
        }
        ErrorKind::Missing => Stop::Missing(e.to_string(), None),
        ErrorKind::Disk => Stop::Missing(
            e.to_string(),
            say("is the disk full? what was added before is kept: run the command again"),
        ),
        ErrorKind::ReadOnly => Stop::Missing(
            e.to_string(),
            say("the file or its folder must not be written: copy it to a folder of yours"),
        ),
        ErrorKind::Damaged => {
            Stop::Missing(e.to_string(), say("`demarche check --db FILE` says what is wrong with it"))
        }
        _ => Stop::Internal(e.to_string()),
    }
}

/// Which events.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Which events")]
pub struct FilterArgs {
    /// From this day on
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<String>,
    /// With this actor on either side: code (RUS, RUSGOV), key (person/…) or part of the name; several with commas
    #[arg(long, value_name = "ACTOR")]
    actor: Option<String>,
    /// Who acts
    #[arg(long, value_name = "ACTOR")]
    who: Option<String>,
    /// To whom
    #[arg(long, value_name = "ACTOR")]
    whom: Option<String>,
    /// PLOVER types; several with commas
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Beginning of the CAMEO code
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Quad classes: 1, 2 cooperation in words, deeds; 3, 4 conflict in words, deeds
    #[arg(long, value_name = "1-4")]
    quad: Option<String>,
    /// Place: name, country code or GeoNames id
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Told by this outlet
    #[arg(long, value_name = "OUTLET")]
    outlet: Option<String>,
    /// Modalities: asserted, reported, possible, planned, hypothetical, negated, historical
    #[arg(long, value_name = "MODALITY")]
    modality: Option<String>,
    /// At least N independent reports
    #[arg(long, value_name = "N")]
    ind: Option<String>,
    /// Words that the reports hold, "several in a row" in quotation marks
    #[arg(long, short, value_name = "WORDS")]
    q: Option<String>,
}

impl FilterArgs {
    /// The filter.
    ///
    /// # Errors
    /// A value is not known.
    pub fn filter(&self) -> Result<Filter, Stop> {
        let mut out = Filter::default();
        let given = [
            ("from", &self.from),
            ("to", &self.to),
            ("actor", &self.actor),
            ("who", &self.who),
            ("whom", &self.whom),
            ("type", &self.kind),
            ("code", &self.code),
            ("quad", &self.quad),
            ("place", &self.place),
            ("outlet", &self.outlet),
            ("modality", &self.modality),
            ("ind", &self.ind),
            ("q", &self.q),
        ];
        for (name, value) in given {
            if let Some(value) = value {
                out.set(name, value)
                    .map_err(|why| Stop::Usage(format!("--{name} {}: {why}", safe(value)), None))?;
            }
        }
        Ok(out)
    }
}

/// In which form the answer comes.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct FormArgs {
    /// One JSON object: the question, its sizes and the answer
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,

    /// Comma-separated values with a header
    #[arg(long)]
    pub csv: bool,
}

impl FormArgs {
    /// Prints an answer in the form asked for; `view` makes the one for people.
    ///
    /// # Errors
    /// The database cannot be read, or the output not be written.
    pub fn print<T: serde::Serialize>(
        self,
        (store, filter): (&Store, &Filter),
        data: &T,
        table: impl FnOnce(&T) -> Table,
        view: impl FnOnce(&T) -> String,
        screen: &Screen,
    ) -> Result<(), Stop> {
        let text = if self.json {
            let envelope = envelope(store, filter, data).map_err(stop)?;
            serde_json::to_string(&envelope).map_err(|e| Stop::Internal(e.to_string()))? + "\n"
        } else if self.csv {
            table(data).csv()
        } else {
            view(data)
        };
        let mut out = screen.out();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }
}

pub use store::day::now;
