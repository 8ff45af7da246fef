//! `demarche quotes`: who said what, listed and filtered.

use super::batch::{self, Plan};
use crate::engine::Stage;
use crate::exit::{Stop, Tally};
use crate::input::{InputArgs, WorkArgs};
use crate::term::Screen;
use crate::term::style::{TITLE, paint};
use crate::term::text::safe;
use crate::view::{self, Reading};
use coder::quote::export::{gqg_row, web_annotation};
use record::{Record, Statement};
use serde_json::json;

/// List who said what.
///
/// Filters look at any part of a name or text, without regard to case; several filters must all hold.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    work: WorkArgs,

    /// Only statements of this speaker: part of the name, or an actor code such as RUS or RUSGOV
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,

    /// Only statements that contain these words
    #[arg(long, value_name = "WORDS")]
    about: Option<String>,

    /// Only statements with this cue: its lemma (warn) or its kind
    #[arg(long, value_name = "CUE")]
    cue: Option<String>,

    /// One line of JSON a statement, with its text and its page
    #[arg(long, conflicts_with = "form")]
    json: bool,

    /// One line of JSON in a form that other programs read
    #[arg(long = "as", value_name = "FORM")]
    form: Option<Form>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// A W3C Web Annotation (JSON-LD) for each statement
    WebAnnotation,
    /// A row for each page with quotations, as in GDELT's quotation graph, with the speaker added
    Gqg,
}

/// Runs the command.
pub fn run(args: &Args, screen: &Screen) -> Result<Tally, Stop> {
    let example = "demarche quotes corpus/pages/first-light.txt";
    let json = args.json || args.form.is_some();
    let plan = Plan { input: &args.input, work: &args.work, stage: Stage::Code, json, gap: "", example };
    batch::run(&plan, screen, |record: Record| {
        let Some(reading) = Reading::of(&record) else { return String::new() };
        let hits: Vec<&Statement> =
            reading.coding.statements.iter().filter(|s| args.takes(s, &reading.page.text)).collect();
        if let Some(form) = args.form {
            return export(form, &hits, reading);
        }
        if args.json {
            return hits.iter().map(|s| row(s, reading)).collect();
        }
        if hits.is_empty() {
            return String::new();
        }
        let headline =
            reading.page.meta.headline.as_ref().map_or(reading.page.source.as_str(), |h| h.value.as_str());
        let mut out = format!("{}\n", paint(TITLE, &safe(headline)));
        hits.iter().for_each(|s| out.push_str(&view::statement(s, reading, screen)));
        out
    })
}

impl Args {
    fn takes(&self, s: &Statement, text: &str) -> bool {
        let part = |filter: &Option<String>, values: &[&str]| match filter {
            None => true,
            Some(f) => values.iter().any(|v| v.to_lowercase().contains(&f.to_lowercase())),
        };
        let speaker = match &s.speaker {
            None => self.speaker.is_none(),
            Some(p) => {
                let code = p.actor.code();
                part(&self.speaker, &[&p.name, &p.actor.name, p.span.of(text)])
                    || self.speaker.as_ref().is_some_and(|f| f.len() >= 3 && code.starts_with(f.as_str()))
            }
        };
        let cue = match &s.cue {
            None => self.cue.is_none(),
            Some(c) => part(&self.cue, &[&c.lemma, &c.kind]),
        };
        speaker && cue && part(&self.about, &[s.content.of(text)])
    }
}

/// Statements in an exchange form, one line of JSON each; of GQG, one line a page that has quotations.
fn export(form: Form, hits: &[&Statement], reading: Reading<'_>) -> String {
    let page = reading.page;
    match form {
        Form::WebAnnotation => hits.iter().map(|s| format!("{}\n", web_annotation(page, s))).collect(),
        Form::Gqg => {
            let statements: Vec<Statement> = hits.iter().map(|s| (*s).clone()).collect();
            let row = gqg_row(page, &statements);
            let quotes = row["quotes"].as_array().is_some_and(|q| !q.is_empty());
            if quotes { format!("{row}\n") } else { String::new() }
        }
    }
}

/// A statement as one line of JSON that can be read without its page.
fn row(s: &Statement, reading: Reading<'_>) -> String {
    let page = reading.page;
    let chars = record::offset::CodePoints::new(&page.text);
    let line = json!({
        "page": page.id, "source": page.source, "published": page.meta.published.as_ref().map(|p| &p.value),
        "id": s.id, "kind": s.kind, "text": s.content.of(&page.text),
        "span": [chars.of_byte(s.content.start as usize), chars.of_byte(s.content.end as usize)],
        "speaker": s.speaker.as_ref().map(|p| json!({"name": p.name, "code": p.actor.code(), "actor": p.actor})),
        "cue": s.cue.as_ref().map(|c| json!({"lemma": c.lemma, "kind": c.kind, "stance": c.stance})),
        "addressee": s.addressee.as_ref().map(|p| json!({"name": p.name, "code": p.actor.code()})),
        "chain": s.chain.iter().map(|c| json!({"name": c.name, "role": c.role, "state_media": c.state_media})).collect::<Vec<_>>(),
    });
    format!("{line}\n")
}
