//! `cargo xtask trace WORDS`: what the coder sees in one sentence of the stored parses, for people who write senses.

use crate::eval::read::{load_parses, read, stored_with};
use coder::event::cast::Cast;
use coder::event::predicate::Predicates;
use coder::pattern::compile::Lexicon;
use coder::pattern::matching::Scene;
use demarche::pipeline::Demarche;
use record::{Coding, Page, Participant, Syntax};
use std::path::Path;

/// Runs `trace --parses DIR WORDS…` (every stored text that holds the words), `trace --sense ID TEXT` (how far that
/// sense fits each predicate) or `trace TEXT`.
pub fn run(args: &[String]) -> Result<(), String> {
    let demarche = Demarche::embedded().map_err(|e| e.to_string())?;
    if let [flag, id, words @ ..] = args
        && flag == "--sense"
    {
        return fit(&demarche, id, &words.join(" "));
    }
    let texts: Vec<String> = match args {
        [flag, dir, words @ ..] if flag == "--parses" => {
            load_parses(Path::new(dir))?;
            words.iter().flat_map(|w| stored_with(w)).collect()
        }
        words => vec![words.join(" ")],
    };
    for text in texts {
        let reading = read(&demarche, Page::plain(&text, None));
        println!("\n# {text}");
        for m in &reading.mentions.actors {
            let codes: Vec<String> = m.actors.iter().map(|a| a.code()).collect();
            print!("[{} = {}{}] ", m.span.of(&text), codes.join("+"), if m.as_place { " place" } else { "" });
        }
        println!();
        if args.len() < 4 && text.len() < 400 {
            for (i, t) in reading.doc.tokens.iter().enumerate() {
                print!("{i}:{}/{}/{}→{} ", t.span.of(&text), t.tag, t.dep, t.head);
            }
            println!();
        }
        show(&text, &reading.coding);
    }
    Ok(())
}

/// Every predicate of `text` against one sense.
fn fit(demarche: &Demarche, id: &str, text: &str) -> Result<(), String> {
    let say = |e: tables::tsv::TableError| e.to_string();
    let classes = tables::patterns::shared().map_err(say)?;
    let senses: Vec<_> =
        tables::patterns::embedded().map_err(say)?.into_iter().filter(|s| s.id() == id).collect();
    let lexicon = Lexicon::compile(&senses, &classes).map_err(say)?;
    let sense = lexicon.sense(0).ok_or_else(|| format!("no sense {id}"))?;
    println!("{:?}", sense.frame);
    let page = Page::plain(text, None);
    let doc = demarche.parser.parse_page(&page, false);
    let syntax = Syntax::new(&page, &doc);
    let mentions = demarche.resolver.resolve(&syntax);
    let statements = demarche.coder.statements().find(&syntax, &mentions);
    let cast = Cast::new(&syntax, &mentions, lexicon.classes(), &statements);
    let predicates = Predicates::read(&syntax, &cast, &lexicon);
    let scene = Scene { syntax: &syntax, cast: &cast, predicates: &predicates, lexicon: &lexicon };
    for p in predicates.iter() {
        println!("{} {:?}: {:?}", syntax.text(p.head), p.lemmas, scene.fit(p, 0, sense));
    }
    Ok(())
}

fn side(list: &[Participant]) -> String {
    list.iter().map(|p| format!("{}({:?})", p.actor.code(), p.how)).collect::<Vec<_>>().join("+")
}

fn show(text: &str, coding: &Coding) {
    for e in &coding.events {
        println!(
            "  {} {} -> {} [{}] {} {:?} {}",
            e.plover,
            side(&e.sources),
            side(&e.targets),
            e.trigger.of(text),
            e.cameo,
            e.qualifier.modality,
            e.why.iter().map(|r| format!("{} {}", r.rule, r.note)).collect::<Vec<_>>().join(" | ")
        );
    }
    for p in &coding.passed {
        println!("    - {} : {} {}", p.trigger.of(text), p.reason, p.note);
    }
}
