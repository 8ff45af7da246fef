//! Articles to CoNLL-U with the parser's own labels (ClearNLP style, said in a comment), one file.

use super::{Format, Selection, Sink, writing};
use crate::error::Error;
use crate::query::article::record;
use record::offset::CodePoints;
use record::{Doc, Record};
use std::fmt::Write as _;

/// `conllu`.
pub struct ConllU;

impl Format for ConllU {
    fn name(&self) -> &'static str {
        "conllu"
    }

    fn about(&self) -> &'static str {
        "CoNLL-U: the parse of every article, entities in MISC"
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut out = sink.file("articles.conllu")?;
        for id in selection.articles()? {
            if let Some(record) = record(selection.store, &id, true)? {
                out.write_all(text(&id, &record)?.as_bytes()).map_err(writing)?;
            }
        }
        out.flush().map_err(writing)
    }
}

fn or_blank(text: &str) -> String {
    let clean = text.replace([' ', '\t', '\n', '\r'], "_");
    if clean.is_empty() { "_".to_owned() } else { clean }
}

/// BIOES label of a token that is part of an entity.
fn label(doc: &Doc, t: usize) -> Option<String> {
    let entity = doc.entities.iter().find(|e| e.tokens.holds(t))?;
    let (first, last) = (entity.tokens.start as usize == t, entity.tokens.end as usize == t + 1);
    let part = match (first, last) {
        (true, true) => "S",
        (true, false) => "B",
        (false, true) => "E",
        (false, false) => "I",
    };
    Some(format!("{part}-{}", entity.label))
}

/// Number of the head among the tokens shown, 0 for a root. A token that hangs on white space hangs on the nearest word
/// above it.
fn head(doc: &Doc, shown: &[usize], mut t: usize) -> usize {
    for _ in 0..doc.tokens.len() {
        let up = doc.tokens[t].head as usize;
        if up == t {
            return 0;
        }
        if let Ok(n) = shown.binary_search(&up) {
            return n + 1;
        }
        t = up;
    }
    0
}

fn text(id: &str, record: &Record) -> Result<String, Error> {
    let Some(doc) = &record.doc else { return Ok(String::new()) };
    let page = &record.page.text;
    let chars = CodePoints::new(page);
    let mut out = format!("# newdoc id = {id}\n# deprel_scheme = clear\n");
    for (n, sentence) in doc.sentences.iter().enumerate() {
        let shown: Vec<usize> = sentence.tokens.range().filter(|&t| doc.tokens[t].pos != "SPACE").collect();
        if shown.is_empty() {
            continue;
        }
        let words = sentence.span.of(page).replace(['\n', '\r', '\t'], " ");
        writeln!(out, "# sent_id = {id}-{}\n# text = {words}", n + 1)?;
        for (i, &t) in shown.iter().enumerate() {
            let token = &doc.tokens[t];
            let (start, end) =
                (chars.of_byte(token.span.start as usize), chars.of_byte(token.span.end as usize));
            let mut misc = vec![format!("start_char={start}"), format!("end_char={end}")];
            if !token.space_after {
                misc.insert(0, "SpaceAfter=No".to_owned());
            }
            misc.push(format!("ner={}", label(doc, t).unwrap_or_else(|| "O".to_owned())));
            let up = head(doc, &shown, t);
            let form = or_blank(token.span.of(page));
            let deprel = if up == 0 { "root".to_owned() } else { or_blank(&token.dep) };
            writeln!(
                out,
                "{}\t{form}\t{}\t{}\t{}\t{}\t{up}\t{deprel}\t_\t{}",
                i + 1,
                or_blank(&token.lemma),
                or_blank(&token.pos),
                or_blank(&token.tag),
                or_blank(&token.morph),
                misc.join("|")
            )?;
        }
        out.push('\n');
    }
    Ok(out)
}
