//! `demarche export`: events of a database to files of other programs' formats.

use super::db::{DbArgs, FilterArgs, stop};
use crate::exit::{Stop, Tally};
use crate::term::Screen;
use crate::term::style::{PLAIN, TITLE};
use crate::term::wrap::Rich;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use store::export::{Selection, Sink, format, formats};
use store::{Error, ErrorKind};

/// Write events in the format of another program.
///
/// Formats that know no modality get only what happened; the others say how real each event is. `--list` names them.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    db: DbArgs,
    #[command(flatten)]
    filter: FilterArgs,

    /// Format
    #[arg(long, short, value_name = "NAME", default_value = "jsonl")]
    format: String,

    /// File to write, or folder for formats of several files [default: standard output]
    #[arg(long, short, value_name = "PATH")]
    out: Option<PathBuf>,

    /// List the formats
    #[arg(long)]
    list: bool,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    if args.list {
        return list(screen);
    }
    let Some(chosen) = format(&args.format) else {
        let hint = "`demarche export --list` names the formats";
        return Err(Stop::Usage(format!("no format {:?}", args.format), Some(hint.to_owned())));
    };
    let (store, filter) = (args.db.read()?, args.filter.filter()?);
    let selection = Selection::new(&store, &filter).map_err(stop)?;
    let mut sink: Box<dyn Sink> = match (&args.out, chosen.many()) {
        (Some(folder), true) => {
            std::fs::create_dir_all(folder)?;
            Box::new(Folder(folder.clone()))
        }
        (None, true) => {
            let hint = "give a folder with --out";
            return Err(Stop::Usage(format!("{} makes several files", chosen.name()), Some(hint.to_owned())));
        }
        (Some(path), false) => Box::new(Single(path.clone())),
        (None, false) => Box::new(Standard),
    };
    match chosen.write(&selection, &mut *sink) {
        Err(e) if e.kind() == ErrorKind::Disk && e.to_string().contains("Broken pipe") => {
            Ok(Tally::default())
        }
        result => result.map(|()| Tally::default()).map_err(stop),
    }
}

fn list(screen: &Screen) -> Result<Tally, Stop> {
    let mut out = screen.out();
    for f in formats() {
        let mut rich = Rich::new();
        rich.add(TITLE, &format!("{:<14}", f.name())).add(PLAIN, f.about());
        out.write_all(rich.set(screen.measure(), "", "               ").as_bytes())?;
    }
    out.flush()?;
    Ok(Tally::default())
}

fn made(path: &Path) -> Result<Box<dyn Write>, Error> {
    let file =
        File::create(path).map_err(|e| Error::new(ErrorKind::Disk, format!("{}: {e}", path.display())))?;
    Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
}

struct Folder(PathBuf);

impl Sink for Folder {
    fn file(&mut self, name: &str) -> Result<Box<dyn Write + '_>, Error> {
        // Names come from page ids: nothing in them may lead out of the folder.
        let safe: String =
            name.chars().map(|c| if c.is_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
        made(&self.0.join(safe.trim_start_matches('.')))
    }
}

struct Single(PathBuf);

impl Sink for Single {
    fn file(&mut self, _: &str) -> Result<Box<dyn Write + '_>, Error> {
        made(&self.0)
    }
}

struct Standard;

impl Sink for Standard {
    fn file(&mut self, _: &str) -> Result<Box<dyn Write + '_>, Error> {
        Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())))
    }
}
