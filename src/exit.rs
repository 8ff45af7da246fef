//! How a run ended, as exit code and message: 0 done, 1 some input failed, 2 usage, 3 internal.

use crate::engine::LoadError;
use crate::term::Screen;
use crate::term::style::{ERROR, HINT, paint};
use record::Failure;
use std::io;
use std::process::ExitCode;

/// Inputs that did not come through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Inputs that failed for reasons of their own.
    pub failed: usize,
    /// Inputs on which the program itself failed.
    pub internal: usize,
}

/// Why a run stopped before its end.
#[derive(Debug)]
pub enum Stop {
    /// The command line asks for something that cannot be: message and remedy.
    Usage(String, Option<String>),
    /// Asked for something that is not there (an event, a name): message and remedy.
    Missing(String, Option<String>),
    /// The program or its embedded data are at fault.
    Internal(String),
    /// Output could not be written.
    Output(io::Error),
}

impl From<LoadError> for Stop {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Ours(message) => Stop::Internal(message),
            LoadError::Theirs(message, remedy) => Stop::Usage(message, Some(remedy.to_owned())),
        }
    }
}

impl From<io::Error> for Stop {
    fn from(e: io::Error) -> Self {
        Stop::Output(e)
    }
}

impl Tally {
    /// Counts one failure.
    pub fn add(&mut self, failure: &Failure) {
        if failure.error.kind == "internal" {
            self.internal += 1;
        } else {
            self.failed += 1;
        }
    }

    /// Exit code of a run that came to its end.
    pub fn code(self) -> ExitCode {
        match self {
            Tally { internal: 1.., .. } => ExitCode::from(3),
            Tally { failed: 1.., .. } => ExitCode::from(1),
            _ => ExitCode::SUCCESS,
        }
    }
}

/// Prints why a run stopped, and gives its exit code. A reader that closed the pipe has what it wanted: success.
pub fn report(stop: &Stop, screen: &Screen) -> ExitCode {
    let (message, hint, code) = match stop {
        Stop::Output(e) if e.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Stop::Usage(m, h) => (m.clone(), h.clone(), 2),
        Stop::Missing(m, h) => (m.clone(), h.clone(), 1),
        Stop::Internal(m) => {
            (m.clone(), Some("this is a fault of the program, not of its input: please report it".into()), 3)
        }
        Stop::Output(e) => (format!("cannot write the output: {e}"), Some("is the disk full?".into()), 1),
    };
    complain(screen, &message, hint.as_deref());
    ExitCode::from(code)
}

/// Prints one error line and its remedy on standard error.
pub fn complain(screen: &Screen, message: &str, hint: Option<&str>) {
    let mut text = format!("{} {message}\n", paint(ERROR, "error:"));
    if let Some(hint) = hint {
        text.push_str(&format!("{} {hint}\n", paint(HINT, " hint:")));
    }
    screen.note(&text);
}

/// Prints what clap has to say. Help goes to standard output and is success; everything else is a usage error.
pub fn from_clap(e: &clap::Error) -> ExitCode {
    let _ = e.print();
    if e.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}
