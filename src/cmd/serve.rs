//! `demarche serve`: the news desk in the browser, over a database.

use super::keep;
use crate::engine::Engine;
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::style::{TITLE, paint};
use fetch::{Fetcher, Limits};
use reader::Hint;
use server::{Config, ErrorKind, Paste, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Open a database in the browser: pages, an HTTP API, and files of both.
///
/// The server answers this machine only and changes nothing, unless it is told otherwise.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The database
    #[arg(long, value_name = "FILE")]
    db: PathBuf,

    #[command(flatten)]
    desk: DeskArgs,
}

/// How the desk is served.
#[derive(Debug, Clone, clap::Args)]
pub struct DeskArgs {
    /// Where to listen; an address that others can reach needs a token
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,

    /// Secret that every request must bring: in a link as ?token=…, then as a cookie, or as a bearer token
    #[arg(long, value_name = "SECRET", env = "DEMARCHE_TOKEN", hide_env_values = true)]
    pub token: Option<String>,

    /// A further name under which browsers reach the server
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,

    /// Let readers keep the pages they paste, and merge and split stories
    #[arg(long)]
    pub allow_add: bool,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    desk(&args.db, &args.desk, |at| {
        screen.note(&format!("{} {at}\nCtrl C stops it.\n", paint(TITLE, "The desk is at")));
    })
}

/// Serves a database until the program is interrupted. `ready` is told the address to open.
///
/// # Errors
/// The database cannot be opened or the address cannot be used.
pub fn desk(db: &Path, args: &DeskArgs, ready: impl FnOnce(&str)) -> Result<Tally, Stop> {
    if !args.listen.ip().is_loopback() && args.token.as_deref().is_none_or(|t| t.len() < 16) {
        let hint = "give --token SECRET, for example the output of `openssl rand -hex 16`".to_owned();
        return Err(Stop::Usage(
            format!("{} can be reached by others: a token of 16 or more characters is needed", args.listen),
            Some(hint),
        ));
    }
    let engine = Arc::new(Engine::default());
    let file = db.to_owned();
    let config = Config {
        db: db.to_owned(),
        listen: args.listen,
        hosts: args.host.clone(),
        token: args.token.clone(),
        allow_add: args.allow_add,
        read: Some(Arc::new(move |paste| read(&engine, &file, paste))),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let token = args.token.as_ref().map(|t| format!("?token={t}")).unwrap_or_default();
    server::run(config, |at| ready(&format!("http://{at}/{token}"))).map_err(|e| stop(&e))?;
    Ok(Tally::default())
}

fn stop(e: &server::Error) -> Stop {
    let hint = match e.kind() {
        ErrorKind::Listen => Some("another address: --listen 127.0.0.1:0 takes any free port".to_owned()),
        ErrorKind::Store => {
            Some("`demarche add PAGE… --db FILE` makes a database, `demarche demo` a sample".to_owned())
        }
        _ => None,
    };
    Stop::Usage(e.to_string(), hint)
}

/// A pasted page, or the page behind a pasted address, through all stages; kept when asked for.
fn read(engine: &Engine, db: &Path, paste: Paste) -> Result<Read, String> {
    let text = std::str::from_utf8(&paste.body).map(str::trim).unwrap_or_default();
    let address = text.starts_with("http://") || text.starts_with("https://");
    let mut hint = Hint { source: "pasted".to_owned(), published: paste.date.clone(), ..Hint::default() };
    let fetched = match address && !text.contains(char::is_whitespace) {
        // The fetcher refuses private networks, as it does for `demarche read`.
        true => Some(Fetcher::new(&Limits::default()).get(text).map_err(|e| e.to_string())?),
        false => None,
    };
    let bytes = match fetched {
        Some(page) => {
            hint = Hint {
                source: page.url.clone(),
                content_type: page.content_type,
                url: Some(page.url),
                ..hint
            };
            page.bytes
        }
        None => paste.body,
    };
    let record = keep::page(engine, &bytes, &hint)?;
    if paste.keep {
        keep::keep(db, "serve", vec![record.clone()], &store::day::now()).map_err(|e| e.to_string())?;
    }
    Ok(Read { record, kept: paste.keep })
}
