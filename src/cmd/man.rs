//! `demarche man`: the command line to its manual page, or to Markdown.

use crate::exit::{Stop, Tally};
use crate::term::Screen;
use std::io::Write;

/// Print the manual page: `demarche man > demarche.1`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this subcommand's page
    #[arg(value_name = "COMMAND", conflicts_with = "markdown")]
    command: Option<String>,

    /// Everything as one Markdown page
    #[arg(long)]
    markdown: bool,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let mut command = super::command();
    command.build();
    let page = if args.markdown {
        let options = clap_markdown::MarkdownOptions::new()
            .show_footer(false)
            .show_table_of_contents(false)
            .title("The command line".to_owned());
        clap_markdown::help_markdown_command_custom(&command, &options).into_bytes()
    } else {
        let command = match &args.command {
            None => command.clone(),
            Some(name) => {
                let found = command.find_subcommand(name).cloned();
                let hint = || Some("demarche --help lists the commands".to_owned());
                found.ok_or_else(|| Stop::Usage(format!("no command {name}"), hint()))?
            }
        };
        let mut page = Vec::new();
        clap_mangen::Man::new(command).date("").render(&mut page)?;
        page
    };
    let mut out = screen.out();
    out.write_all(&page)?;
    out.flush()?;
    Ok(Tally::default())
}
