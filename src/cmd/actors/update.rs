//! `demarche actors update`: a Wikidata extract to rows of the user's own table of people.

use crate::exit::{Stop, Tally};
use crate::overlay;
use crate::term::Screen;
use crate::term::text::safe;
use resolver::actor::ActorResolver;
use resolver::overlay::{Merged, Overlay, merge, read};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Merge offices from a Wikidata extract into your own table of people.
///
/// FILE holds SPARQL results as CSV or JSON, or lines of an entity dump; docs/actors.md has the query. Rows with the
/// same person, office and first day take the place of older ones; nothing else of the table is touched. What could
/// not be used is counted and, with --list, named.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The extract
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Folder of your own actor tables [default: tables in demarche's data folder]
    #[arg(long, value_name = "DIR")]
    tables: Option<PathBuf>,

    /// List what was left out, and why
    #[arg(long)]
    list: bool,
}

/// Rows left out that are named without `--list`.
const SHOWN: usize = 3;

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let Some(folder) = overlay::folder(args.tables.as_deref()) else {
        let hint = Some("name a folder with --tables DIR".to_owned());
        return Err(Stop::Usage("there is no home folder for your tables".to_owned(), hint));
    };
    let name = args.file.display().to_string();
    let text =
        std::fs::read_to_string(&args.file).map_err(|e| Stop::Missing(format!("{name}: {e}"), None))?;
    let extract = read(&text).map_err(|e| {
        Stop::Missing(format!("{name}: {e}"), Some("docs/actors.md says what is read".to_owned()))
    })?;
    let file = folder.join(Overlay::PEOPLE);
    let there = overlay::text(&file).map_err(|e| Stop::Missing(e, None))?;
    let resolver = ActorResolver::embedded().map_err(|e| Stop::Internal(format!("table: {e}")))?;
    let mut merged = merge(&resolver, there, &extract.offices).map_err(|e| {
        let hint = format!("mend or remove {}", file.display());
        Stop::Missing(e.message, Some(hint))
    })?;
    merged.left_out.splice(0..0, extract.left_out);
    if merged.added + merged.changed > 0 {
        write(&folder, &file, &merged.text)
            .map_err(|e| Stop::Missing(format!("{}: {e}", file.display()), None))?;
    }
    let mut out = screen.out();
    out.write_all(report(&merged, &file, args.list).as_bytes())?;
    out.flush()?;
    Ok(Tally::default())
}

/// Writes the whole table beside the old one and then in its place, so that it is never half there.
fn write(folder: &Path, file: &Path, text: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let new = file.with_extension("tsv.new");
    std::fs::write(&new, text)?;
    std::fs::rename(&new, file)
}

fn report(merged: &Merged, file: &Path, all: bool) -> String {
    let Merged { added, changed, left_out, .. } = merged;
    let mut out =
        format!("{}: {added} added, {changed} changed, {} left out\n", file.display(), left_out.len());
    let shown = if all { left_out.len() } else { SHOWN.min(left_out.len()) };
    for why in &left_out[..shown] {
        out.push_str(&format!("  left out: {}\n", safe(why)));
    }
    if shown < left_out.len() {
        out.push_str(&format!("  and {} more: --list shows them\n", left_out.len() - shown));
    }
    out
}
