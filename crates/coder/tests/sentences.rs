//! Events of parsed sentences: `sentences.conllu` gives trees, who is who, and the events that must come out.
//!
//! Comment lines of a text: `# text = …`; `# actor = FIRST END HEAD COUNTRY SECTORS KIND ID` in tokens of the text, `-`
//! for none; `# event = TYPE SOURCES > TARGETS MODALITY`, countries joined by `+`. `# same block` stands between
//! sentences of one paragraph.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use demarche_coder::Coder;
use record::{Actor, ActorMention, Block, BlockKind, Doc, Found, Mentions, Page, Reason, Sentence, SmolStr};
use record::{ByteSpan, Syntax, Token, TokenSpan};
use std::collections::BTreeSet;

#[derive(Default)]
struct Case {
    text: String,
    events: Vec<String>,
    mentions: Mentions,
    doc: Doc,
    /// First token of the sentence that is being read.
    first: usize,
}

impl Case {
    fn actor(&mut self, line: &str) {
        let cells: Vec<&str> = line.split(' ').collect();
        let [start, end, head, country, sectors, kind, id] = cells[..] else { panic!("actor line {line:?}") };
        let number = |s: &str| s.parse::<usize>().unwrap();
        let some = |s: &str| (s != "-").then(|| SmolStr::from(s));
        let actor = Actor {
            id: id.into(),
            name: id.to_owned(),
            country: some(country),
            sectors: some(sectors).map(|s| s.split('+').map(SmolStr::from).collect()).unwrap_or_default(),
            kind: serde_json::from_value(kind.into()).unwrap(),
            ..Actor::default()
        };
        let tokens = TokenSpan::new(number(start), number(end));
        if let Some(last) = self.mentions.actors.last_mut().filter(|m| m.tokens == tokens) {
            last.actors.push(actor);
            return;
        }
        self.mentions.actors.push(ActorMention {
            span: ByteSpan::new(0, 0),
            tokens,
            head: number(head) as u32,
            actors: vec![actor],
            why: Reason::rule("test"),
            antecedent: None,
            within: None,
            as_place: false,
        });
    }

    fn token(&mut self, line: &str) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, form, lemma, pos, tag, _, head, dep, _, misc] = cells[..] else { panic!("token {line:?}") };
        let at = self.doc.tokens.len();
        let from = self.doc.tokens.last().map_or(0, |t: &Token| t.span.end as usize);
        let start = from + self.text[from..].find(form).unwrap();
        let up: usize = head.parse().unwrap();
        self.doc.tokens.push(Token {
            span: ByteSpan::new(start, start + form.len()),
            space_after: misc != "SpaceAfter=No",
            norm: form.to_lowercase().into(),
            lemma: lemma.into(),
            tag: tag.into(),
            pos: pos.into(),
            head: if up == 0 { at } else { self.first + up - 1 } as u32,
            dep: dep.into(),
            ..Token::default()
        });
    }

    fn end_sentence(&mut self) {
        let end = self.doc.tokens.len();
        if end > self.first {
            let tokens = TokenSpan::new(self.first, end);
            let span = self.doc.bytes_of(tokens);
            self.doc.sentences.push(Sentence { tokens, span, block: 0 });
            self.first = end;
        }
    }

    fn coded(&mut self, coder: &Coder) -> Vec<String> {
        self.end_sentence();
        for m in &mut self.mentions.actors {
            m.span = self.doc.bytes_of(m.tokens);
        }
        let mut page = Page::plain(&self.text, Some("2024-05-06"));
        page.blocks = vec![Block { kind: BlockKind::Paragraph, span: ByteSpan::new(0, self.text.len()) }];
        page.meta.published = Some(Found { value: "2024-05-06".to_owned(), span: None, how: "test".into() });
        let coding = coder.code(&Syntax::new(&page, &self.doc), &self.mentions);
        coding
            .events
            .iter()
            .map(|e| {
                let side = |list: &[record::Participant]| {
                    let codes: BTreeSet<&str> =
                        list.iter().filter_map(|p| p.actor.country.as_deref()).collect();
                    let codes: Vec<&str> = codes.into_iter().collect();
                    if codes.is_empty() { "-".to_owned() } else { codes.join("+") }
                };
                format!("{} {} > {} {}", e.plover, side(&e.sources), side(&e.targets), e.qualifier.modality)
            })
            .collect()
    }
}

fn cases() -> Vec<Case> {
    let mut out = Vec::new();
    for chunk in include_str!("sentences.conllu").split("\n\n").filter(|c| !c.trim().is_empty()) {
        let mut case = Case::default();
        for line in chunk.lines() {
            match line.strip_prefix("# ") {
                None => case.token(line),
                Some("same block") => case.end_sentence(),
                Some(comment) => match comment.split_once(" = ") {
                    Some(("text", text)) => case.text = text.to_owned(),
                    Some(("actor", actor)) => case.actor(actor),
                    Some(("event", event)) => case.events.push(event.to_owned()),
                    _ => panic!("comment {comment:?}"),
                },
            }
        }
        out.push(case);
    }
    out
}

#[test]
fn trees_give_the_events_beside_them() {
    let coder = Coder::embedded().unwrap();
    let mut wrong = Vec::new();
    for mut case in cases() {
        let coded = case.coded(&coder);
        if coded != case.events {
            wrong.push(format!("{}\n  is {coded:?}\n  not {:?}", case.text, case.events));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_broken_tree_does_no_harm() {
    let coder = Coder::embedded().unwrap();
    for mut case in cases() {
        let n = case.doc.tokens.len() as u32;
        for (i, t) in case.doc.tokens.iter_mut().enumerate() {
            t.head = (t.head * 7 + i as u32) % n;
        }
        case.coded(&coder);
    }
}
