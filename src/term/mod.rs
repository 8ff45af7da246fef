//! The terminal: how wide it is, whether it takes colours, and writing to it.

pub mod progress;
pub mod style;
pub mod text;
pub mod wrap;

use anstream::{AutoStream, ColorChoice};
use std::io::{self, IsTerminal, Write};

/// Widest measure that prose is set in, however wide the window is.
const MEASURE: usize = 100;
/// Width when output is no terminal and `COLUMNS` says nothing.
const DEFAULT_WIDTH: usize = 80;
/// Narrowest measure that text is set in.
const NARROWEST: usize = 24;

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Standard output and standard error with what is known of them.
pub struct Screen {
    choice: ColorChoice,
    /// Columns that text may take.
    pub width: usize,
    /// True when standard output takes colours.
    pub color: bool,
    /// True when standard output is a terminal.
    pub terminal: bool,
}

impl Screen {
    /// Looks at the terminal and the environment.
    pub fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let found = AutoStream::choice(&io::stdout());
        let color = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            _ => found != ColorChoice::Never,
        };
        Screen { choice, width: width(), color, terminal: io::stdout().is_terminal() }
    }

    /// Standard output, buffered; escape codes are taken out when it takes no colours.
    pub fn out(&self) -> impl Write + use<> {
        io::BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout().lock(), self.choice))
    }

    /// Writes a remark on standard error. A closed standard error is nobody's loss.
    pub fn note(&self, text: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), self.choice);
        let _ = err.write_all(text.as_bytes());
    }

    /// Columns for running text: the terminal's width, but no wider than reads well.
    pub fn measure(&self) -> usize {
        self.width.clamp(NARROWEST, MEASURE)
    }
}

fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|&n: &usize| n > 0);
    let found = terminal_size::terminal_size().map(|(w, _)| usize::from(w.0)).filter(|&w| w > 0);
    // A real terminal knows its width better than a variable that a shell may have exported long ago.
    let terminal = if io::stdout().is_terminal() { found } else { None };
    terminal.or(asked).unwrap_or(DEFAULT_WIDTH)
}
