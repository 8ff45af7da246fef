//! What was delivered, as lines of JSON that are only added to: the state that makes a new start post nothing twice.

use super::notice::{Known, Notice, Parts, What};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

/// The journal of one database. It is locked while it is open.
pub struct Journal {
    file: File,
    all: All,
}

/// What the lines say.
#[derive(Default)]
struct All {
    begun: BTreeSet<String>,
    hooks: BTreeMap<String, BTreeMap<String, State>>,
}

/// What is known of one event in one search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Messages posted about it; 0 when it was there before the search began.
    pub revision: u32,
    /// What it was made of then; `None` once it was withdrawn.
    pub parts: Option<Parts>,
}

/// One line. Without an event, it says that a search has begun; without parts, that the event was withdrawn; without
/// parts and revision, that it goes on under another id.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Line {
    hook: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parts: Option<Parts>,
}

impl Journal {
    /// Opens a journal, made when it is not there. Its last line, when torn, is cut off.
    ///
    /// # Errors
    /// The disk; `WouldBlock` when another program has it open; `InvalidData` when it is no journal.
    pub fn open(path: &Path) -> io::Result<Journal> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(e)) => return Err(e),
        }
        let mut all = All::default();
        let mut whole = 0;
        let mut reader = BufReader::new(&file);
        let mut text = Vec::new();
        while reader.read_until(b'\n', &mut text)? > 0 {
            if text.last() != Some(&b'\n') {
                break;
            }
            let line: Line = serde_json::from_slice(&text)
                .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, format!("byte {whole}: {e}")))?;
            all.take(line);
            whole += text.len() as u64;
            text.clear();
        }
        file.set_len(whole)?;
        file.seek(SeekFrom::Start(whole))?;
        Ok(Journal { file, all })
    }

    /// True when the search was begun: all that it knew then is noted.
    pub fn knows(&self, hook: &str) -> bool {
        self.all.begun.contains(hook)
    }

    /// Events of a search.
    pub fn events(&self, hook: &str) -> impl Iterator<Item = (&String, &State)> {
        self.all.hooks.get(hook).into_iter().flatten()
    }

    /// What is known of an event.
    pub fn state(&self, hook: &str, event: &str) -> Option<&State> {
        self.all.hooks.get(hook)?.get(event)
    }

    /// Says that a search has begun and that all it knows already is noted.
    ///
    /// # Errors
    /// The disk.
    pub fn begin(&mut self, hook: &str) -> io::Result<()> {
        self.write(vec![Line { hook: hook.to_owned(), ..Line::default() }])
    }

    /// Notes that a message was taken.
    ///
    /// # Errors
    /// The disk.
    pub fn note(&mut self, hook: &str, notice: &Notice) -> io::Result<()> {
        let line =
            |event: &str| Line { hook: hook.to_owned(), event: Some(event.to_owned()), ..Line::default() };
        let mut lines: Vec<Line> = notice.formerly.iter().map(|id| line(id)).collect();
        let parts = (notice.what != What::Withdrawn).then(|| notice.parts.clone());
        lines.push(Line { revision: Some(notice.revision), parts, ..line(&notice.id) });
        self.write(lines)
    }

    /// Notes events that were there before the search began.
    ///
    /// # Errors
    /// The disk.
    pub fn note_all(&mut self, hook: &str, known: &[Known]) -> io::Result<()> {
        let line = |k: &Known| Line {
            hook: hook.to_owned(),
            event: Some(k.id.clone()),
            revision: Some(0),
            parts: Some(k.parts.clone()),
        };
        self.write(known.iter().map(line).collect())
    }

    /// Lines go to the disk together before anything else is done.
    fn write(&mut self, lines: Vec<Line>) -> io::Result<()> {
        let mut bytes = Vec::new();
        for line in &lines {
            serde_json::to_writer(&mut bytes, line)?;
            bytes.push(b'\n');
        }
        self.file.write_all(&bytes)?;
        self.file.sync_data()?;
        lines.into_iter().for_each(|line| self.all.take(line));
        Ok(())
    }
}

impl All {
    fn take(&mut self, line: Line) {
        let Some(id) = line.event else {
            self.begun.insert(line.hook);
            return;
        };
        let events = self.hooks.entry(line.hook).or_default();
        match line.revision {
            Some(revision) => events.insert(id, State { revision, parts: line.parts }),
            None => events.remove(&id),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: &str) -> Known {
        Known { id: id.to_owned(), parts: Parts::default() }
    }

    #[test]
    fn a_torn_line_is_cut_off_and_two_do_not_write() {
        let path = std::env::temp_dir().join(format!("demarche-journal-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let mut journal = Journal::open(&path).unwrap();
        assert!(!journal.knows("a?"));
        journal.begin("a?").unwrap();
        journal.note_all("a?", &[known("x.1"), known("y.1")]).unwrap();
        assert_eq!(Journal::open(&path).err().map(|e| e.kind()), Some(io::ErrorKind::WouldBlock));
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, [&whole[..], b"{\"hook\":\"a?\",\"ev"].concat()).unwrap();
        let journal = Journal::open(&path).unwrap();
        assert_eq!(journal.events("a?").count(), 2);
        assert_eq!(journal.state("a?", "x.1").unwrap().revision, 0);
        drop(journal);
        assert_eq!(std::fs::read(&path).unwrap(), whole);
        std::fs::write(&path, b"SQLite format 3\0\n").unwrap();
        assert_eq!(Journal::open(&path).err().map(|e| e.kind()), Some(io::ErrorKind::InvalidData));
        std::fs::remove_file(&path).unwrap();
    }
}
