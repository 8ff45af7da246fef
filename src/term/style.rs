//! Colours by meaning. Only the sixteen colours that every terminal theme sets, so that dark and light both read well.

use anstyle::{AnsiColor, Style};
use record::{Modality, Quad};

/// Headlines and section titles.
pub const TITLE: Style = Style::new().bold();
/// What stands back: codes, counts, rules.
pub const DIM: Style = Style::new().dimmed();
/// Text without a style of its own.
pub const PLAIN: Style = Style::new();
/// Names of actors.
pub const ACTOR: Style = Style::new().bold();
/// Participants where they stand in the text.
pub const PARTY: Style = Style::new().underline();
/// Cue words of statements.
pub const CUE: Style = Style::new().italic();
/// Places and dates where they stand in the text.
pub const WHERE: Style = fg(AnsiColor::Cyan);
/// Words that make an event less than a fact.
pub const HEDGE: Style = fg(AnsiColor::Yellow).italic();
/// `error:`
pub const ERROR: Style = fg(AnsiColor::Red).bold();
/// `hint:`
pub const HINT: Style = fg(AnsiColor::Cyan).bold();
/// Names of rules and table rows.
pub const RULE: Style = fg(AnsiColor::Cyan);

const fn fg(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi(color)))
}

/// Colour of a quad class: cooperation cool, conflict warm; deeds bold.
pub const fn quad(quad: Quad) -> Style {
    match quad {
        Quad::VerbalCooperation => fg(AnsiColor::Green),
        Quad::MaterialCooperation => fg(AnsiColor::Green).bold(),
        Quad::VerbalConflict => fg(AnsiColor::Red),
        Quad::MaterialConflict => fg(AnsiColor::Red).bold(),
    }
}

/// Mark of a modality: a full disc is what the text vouches for, emptier ones are less real.
pub const fn mark(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "●",
        Modality::Reported => "◐",
        Modality::Possible => "◔",
        Modality::Planned => "○",
        Modality::Hypothetical => "◌",
        Modality::Negated => "✕",
        Modality::Historical => "◆",
    }
}

/// True for events that have taken place if somebody is believed: they get a solid arrow.
pub const fn is_real(modality: Modality) -> bool {
    matches!(modality, Modality::Asserted | Modality::Reported | Modality::Historical)
}

/// `text` between the escape codes of `style`.
pub fn paint(style: Style, text: &str) -> String {
    if style.is_plain() { text.to_owned() } else { format!("{style}{text}{style:#}") }
}

/// Styles of `--help`.
pub const HELP: clap::builder::Styles = clap::builder::Styles::styled()
    .header(Style::new().bold())
    .usage(Style::new().bold())
    .literal(fg(AnsiColor::Cyan).bold())
    .placeholder(fg(AnsiColor::Cyan))
    .error(ERROR)
    .valid(fg(AnsiColor::Green))
    .invalid(fg(AnsiColor::Yellow));
