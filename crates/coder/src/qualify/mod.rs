//! How real: polarity, modality and reporting of an event word, read from the tree around it.
//!
//! One walk goes from the event word to the root. What a word is worth follows from what its governor is worth and
//! from what that governor entails (`speech/signatures.tsv`), then from its own negation, modals and adverbs
//! (`speech/modals.tsv`, `speech/cues.tsv`). The scheme is that of implicative signatures (Karttunen 1971; Nairn,
//! Condoravdi and Karttunen 2006), cut down to five values.

mod context;
mod history;
mod local;
mod tree;

use record::event::{Cue, Qualifier, Status};
use record::{ByteSpan, Modality, Statement, StatementKind, Syntax};
use smol_str::SmolStr;
use tables::reporting::Reporting;
use tables::speech::{Cues, Effect, Signatures};
use tables::tsv::TableError;

/// Reads qualifiers.
pub struct QualifierReader {
    signatures: Signatures,
    cues: Cues,
    saying: Reporting,
}

/// One reading in progress: the view, the tables, the cues met so far (outermost first).
struct Reading<'r, 'a> {
    syntax: &'r Syntax<'a>,
    tables: &'r QualifierReader,
    cues: Vec<Cue>,
}

impl QualifierReader {
    /// Loads the embedded speech tables.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(QualifierReader {
            signatures: Signatures::embedded()?,
            cues: Cues::embedded()?,
            saying: Reporting::embedded()?,
        })
    }

    /// Qualifier of the event that token `head` (a verb, event noun or adjective) names. `statements` decide what is
    /// reported.
    pub fn read(&self, syntax: &Syntax<'_>, statements: &[Statement], head: usize) -> Qualifier {
        let mut reading = Reading { syntax, tables: self, cues: Vec::new() };
        let effect = reading.value(head, 0);
        let mut cues = reading.cues;
        let source = reporting(statements, syntax.token(head).span);
        let mut modality = modality(effect, source.is_some());
        if effect == Effect::Happened
            && let Some(cue) = history::cue(syntax, head)
        {
            modality = Modality::Historical;
            cues.push(cue);
        }
        cues.reverse();
        if let Some(cue) = source.and_then(|s| s.cue.as_ref()) {
            cues.push(Cue { span: cue.span, kind: "report".into(), row: cue.lemma.clone() });
        }
        Qualifier { modality, status: status(effect), reported: source.is_some(), cues }
    }

    /// Qualifier of an act that its speaker performs by saying it ("we condemn the raid", and with `ahead` "we will
    /// help"): asserted wherever the quotation stands, unless the word itself is negated, modal or hedged.
    pub fn read_performed(&self, syntax: &Syntax<'_>, head: usize, ahead: bool) -> Option<Qualifier> {
        let mut reading = Reading { syntax, tables: self, cues: Vec::new() };
        let own = reading.local(head);
        (own == Effect::Happened || ahead && own == Effect::Planned).then(|| Qualifier {
            modality: Modality::Asserted,
            status: status(own),
            reported: false,
            cues: reading.cues,
        })
    }
}

/// The innermost statement of somebody that holds `span`.
fn reporting(statements: &[Statement], span: ByteSpan) -> Option<&Statement> {
    // "reports that …" tell of somebody; "reportedly" only hedges.
    let sourced = |s: &Statement| {
        s.kind != StatementKind::Hedged || s.why.first().is_some_and(|w| w.rule == "quote/noun")
    };
    let holds = |s: &&Statement| sourced(s) && s.content.covers(span);
    statements.iter().filter(holds).min_by_key(|s| s.content.len())
}

fn status(effect: Effect) -> Status {
    match effect {
        Effect::Happened => Status::Happened,
        Effect::Negated => Status::Negated,
        Effect::Possible | Effect::Reported | Effect::Alleged => Status::Possible,
        Effect::Planned | Effect::Hypothetical => Status::Unrealised,
    }
}

/// Modality of an effect. Unnamed sources ("reportedly") make a report, as named ones do.
fn modality(effect: Effect, reported: bool) -> Modality {
    match effect {
        Effect::Happened if reported => Modality::Reported,
        Effect::Happened => Modality::Asserted,
        Effect::Negated => Modality::Negated,
        Effect::Reported => Modality::Reported,
        Effect::Possible | Effect::Alleged => Modality::Possible,
        Effect::Planned => Modality::Planned,
        Effect::Hypothetical => Modality::Hypothetical,
    }
}

impl Reading<'_, '_> {
    fn cue(&mut self, token: usize, kind: &str, row: &SmolStr) {
        self.cues.push(Cue { span: self.syntax.token(token).span, kind: kind.into(), row: row.clone() });
    }

    /// What the event of `node` is worth: its context, then its own words.
    fn value(&mut self, node: usize, depth: u32) -> Effect {
        if depth > 40 {
            return Effect::Happened;
        }
        let outer = self.context(node, depth);
        let own = self.local(node);
        self.merge(node, outer, own)
    }

    fn merge(&self, node: usize, outer: Effect, own: Effect) -> Effect {
        use Effect::*;
        match (outer, own) {
            (Happened, own) => own,
            // "agreed not to attack": what is intended is that it does not happen.
            (Planned, Negated) => Negated,
            (Planned | Hypothetical, _) => outer,
            (Negated, Negated) if matches!(self.syntax.pos(node), "VERB" | "AUX") => Happened,
            (Negated, _) => Negated,
            (_, Happened) => outer,
            (_, own) => own,
        }
    }
}
