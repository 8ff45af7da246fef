//! Output that survives being cut off: what is surely on the disk is noted beside it, and a later run goes on from there.

use crate::exit::Stop;
use record::FilterCounts;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

/// Inputs between two notes.
const STRIDE: u64 = 256;

/// How far a run has come.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What the run was asked for.
    pub arguments: String,
    /// Inputs whose results are in the output.
    pub jobs: u64,
    /// Bytes of output that hold them.
    pub bytes: u64,
    /// Inputs that could not be read to their end.
    pub unread: u64,
    /// FilterCounts so far.
    pub counts: FilterCounts,
    /// The run came to its end.
    pub done: bool,
}

impl Checkpoint {
    /// The beginning of a run.
    pub fn new(arguments: String) -> Self {
        Checkpoint { arguments, ..Checkpoint::default() }
    }
}

/// Where results go.
pub struct Sink<W> {
    to: To<W>,
    bytes: u64,
    steps: u64,
}

enum To<W> {
    Stream(W),
    File(BufWriter<File>, PathBuf),
}

impl<W: Write> Sink<W> {
    /// A stream: nothing is noted.
    pub fn stream(to: W) -> Self {
        Sink { to: To::Stream(to), bytes: 0, steps: 0 }
    }

    /// The file at `path` with notes beside it, and where to go on.
    ///
    /// # Errors
    /// The file belongs to an unfinished run and `resume` is not set, or to a run with other arguments.
    pub fn file(path: &Path, fresh: Checkpoint, resume: bool) -> Result<(Self, Checkpoint), Stop> {
        let notes = notes(path);
        let old = match std::fs::read(&notes) {
            Ok(bytes) => Some(serde_json::from_slice::<Checkpoint>(&bytes).map_err(|e| {
                let hint = format!("remove {} and {} to begin anew", path.display(), notes.display());
                Stop::Usage(format!("{}: {e}", notes.display()), Some(hint))
            })?),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(e.into()),
        };
        let start = match old {
            Some(old) if resume && old.arguments == fresh.arguments => old,
            Some(old) if resume => {
                let message =
                    format!("{} was written with other arguments or another version", path.display());
                return Err(Stop::Usage(message, Some(format!("it was: {}", old.arguments))));
            }
            Some(old) if !old.done => {
                let message = format!("{} is the output of a run that did not end", path.display());
                let hint = format!("--resume goes on with it; remove {} to begin anew", notes.display());
                return Err(Stop::Usage(message, Some(hint)));
            }
            _ => fresh,
        };
        let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(path)?;
        if file.metadata()?.len() < start.bytes {
            let message = format!("{} is shorter than its notes say", path.display());
            return Err(Stop::Usage(message, Some(format!("remove {} to begin anew", notes.display()))));
        }
        if !start.done {
            file.set_len(start.bytes)?;
            file.seek(io::SeekFrom::Start(start.bytes))?;
        }
        let bytes = start.bytes;
        let mut sink = Sink { to: To::File(BufWriter::with_capacity(1 << 16, file), notes), bytes, steps: 0 };
        if !start.done {
            sink.note(start.clone())?;
        }
        Ok((sink, start))
    }

    /// Writes results.
    ///
    /// # Errors
    /// The disk or the pipe.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes += bytes.len() as u64;
        match &mut self.to {
            To::Stream(to) => to.write_all(bytes),
            To::File(to, _) => to.write_all(bytes),
        }
    }

    /// FilterCounts one input; now and then makes sure of the output and notes `state`.
    ///
    /// # Errors
    /// The disk.
    pub fn step(&mut self, state: impl FnOnce() -> Checkpoint) -> io::Result<()> {
        self.steps += 1;
        if self.steps.is_multiple_of(STRIDE) && matches!(self.to, To::File(..)) {
            return self.note(state());
        }
        Ok(())
    }

    /// Makes sure of all output and notes `state`.
    ///
    /// # Errors
    /// The disk or the pipe.
    pub fn finish(&mut self, state: Checkpoint) -> io::Result<()> {
        match &mut self.to {
            To::Stream(to) => to.flush(),
            To::File(..) => self.note(state),
        }
    }

    fn note(&mut self, state: Checkpoint) -> io::Result<()> {
        let To::File(to, notes) = &mut self.to else { return Ok(()) };
        to.flush()?;
        to.get_ref().sync_data()?;
        let state = Checkpoint { bytes: self.bytes, ..state };
        replace(notes, &serde_json::to_vec(&state)?)
    }
}

/// Name of the notes beside an output.
fn notes(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".state");
    PathBuf::from(name)
}

/// Puts `bytes` in the place of the file at `path`, whole or not at all, whenever the power goes.
///
/// # Errors
/// The disk.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let fresh = PathBuf::from(name);
    let mut file = File::create(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A folder that cannot be synced (some network file systems) still holds the new name.
    let _ = File::open(folder).and_then(|f| f.sync_all());
    Ok(())
}
