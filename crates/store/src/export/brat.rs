//! Articles to brat standoff: a text file and an annotation file each, and `annotation.conf` with the types.

use super::{Format, Selection, Sink, writing};
use crate::error::Error;
use crate::query::article::{Article, Told, article};
use record::{Modality, Plover};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// `brat`.
pub struct Brat;

impl Format for Brat {
    fn name(&self) -> &'static str {
        "brat"
    }

    fn about(&self) -> &'static str {
        "brat standoff: ARTICLE.txt, ARTICLE.ann, annotation.conf"
    }

    fn many(&self) -> bool {
        true
    }

    fn write(&self, selection: &Selection<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut put = |name: &str, text: &str| -> Result<(), Error> {
            let mut out = sink.file(name)?;
            out.write_all(text.as_bytes()).map_err(writing)?;
            out.flush().map_err(writing)
        };
        put("annotation.conf", &conf()?)?;
        for id in selection.articles()? {
            if let Some(found) = article(selection.store, &id)? {
                put(&format!("{id}.txt"), &found.text)?;
                put(&format!("{id}.ann"), &annotations(&found)?)?;
            }
        }
        Ok(())
    }
}

fn conf() -> Result<String, Error> {
    let mut out = String::from("[entities]\nActor\nPlace\nDate\nQuote\nClaim\n\n[relations]\n\n[events]\n");
    for kind in Plover::ALL {
        writeln!(out, "{kind}\tActor*:Actor, Recipient*:Actor, Place?:Place, Date?:Date")?;
    }
    out.push_str("\n[attributes]\n");
    let values: Vec<&str> = Modality::ALL.iter().map(|m| m.as_str()).collect();
    writeln!(out, "Modality\tArg:<EVENT>, Value:{}", values.join("|"))?;
    Ok(out)
}

/// Text-bound annotations, each span and type once.
struct Bound<'a> {
    chars: Vec<char>,
    known: BTreeMap<([u32; 2], String), usize>,
    out: String,
    article: &'a Article,
}

impl Bound<'_> {
    fn add(&mut self, kind: &str, span: [u32; 2]) -> Result<Option<usize>, Error> {
        let (start, end) = (span[0] as usize, (span[1] as usize).min(self.chars.len()));
        // brat allows no empty spans; a line break inside is given as the end of one fragment and the start of the next.
        let words: String = self.chars.get(start..end).unwrap_or_default().iter().collect();
        if words.trim().is_empty() {
            return Ok(None);
        }
        let next = self.known.len() + 1;
        let number = *self.known.entry((span, kind.to_owned())).or_insert(next);
        if number == next {
            let mut parts = Vec::new();
            let mut at = start;
            for line in words.split('\n') {
                let length = line.chars().count();
                if !line.trim().is_empty() {
                    parts.push(format!("{at} {}", at + length));
                }
                at += length + 1;
            }
            let text: Vec<&str> = words.split('\n').filter(|l| !l.trim().is_empty()).collect();
            writeln!(self.out, "T{number}\t{kind} {}\t{}", parts.join(";"), text.join(" "))?;
        }
        Ok(Some(number))
    }
}

fn annotations(article: &Article) -> Result<String, Error> {
    let mut bound =
        Bound { chars: article.text.chars().collect(), known: BTreeMap::new(), out: String::new(), article };
    let mut events = String::new();
    for (n, told) in bound.article.events.iter().enumerate() {
        event(&mut bound, &mut events, told, n + 1)?;
    }
    for said in &article.quotes {
        bound.add("Quote", said.span)?;
    }
    for said in &article.claims {
        bound.add("Claim", said.span)?;
    }
    Ok(bound.out + &events)
}

fn event(bound: &mut Bound<'_>, out: &mut String, told: &Told, number: usize) -> Result<(), Error> {
    let spans =
        |role: &str| told.fields.get(role).into_iter().flatten().filter_map(|f| f.span).collect::<Vec<_>>();
    let Some(trigger) = spans("did").first().copied() else { return Ok(()) };
    let Some(trigger) = bound.add(&told.kind, trigger)? else { return Ok(()) };
    let mut line = format!("E{number}\t{}:T{trigger}", told.kind);
    for (role, kind, name) in [
        ("who", "Actor", "Actor"),
        ("whom", "Actor", "Recipient"),
        ("where", "Place", "Place"),
        ("when", "Date", "Date"),
    ] {
        let mut count = 0;
        for span in spans(role) {
            if let Some(t) = bound.add(kind, span)? {
                count += 1;
                let suffix = if count > 1 { count.to_string() } else { String::new() };
                write!(line, " {name}{suffix}:T{t}")?;
            }
        }
    }
    writeln!(out, "{line}")?;
    writeln!(out, "A{number}\tModality E{number} {}", told.modality)?;
    writeln!(out, "#{number}\tAnnotatorNotes E{number}\t{} {}", told.cameo, told.mode)?;
    Ok(())
}
