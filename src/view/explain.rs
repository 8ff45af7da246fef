//! Why: every field of an event with the rule and table row behind it, and for every other sentence why it gave no event.

use super::{Reading, actor, event, section};
use crate::term::Screen;
use crate::term::style::{CUE, DIM, PLAIN, RULE, TITLE};
use crate::term::text::{date, days, safe};
use crate::term::wrap::Rich;
use record::event::Attachment;
use record::{ActorMention, Event, Participant, Passed, Reason};

/// Events with all their reasons; with `only`, that one (counted from 1).
pub fn events(reading: Reading<'_>, screen: &Screen, only: Option<usize>) -> String {
    let mut out = String::new();
    for (n, e) in reading.coding.events.iter().enumerate().filter(|(n, _)| only.is_none_or(|o| o == n + 1)) {
        out.push_str(&event::one(e, n + 1, reading, screen));
        out.push_str(&sentence(e.sentence, reading, screen));
        Sheet { reading, screen, out: &mut out }.event(e);
        out.push('\n');
    }
    out
}

/// Sentences that no event stands in, with the predicates that were looked at and the reason for each.
pub fn silent(reading: Reading<'_>, screen: &Screen) -> String {
    let coded = |s: usize| reading.coding.events.iter().any(|e| e.sentence as usize == s);
    let quiet: Vec<usize> = (0..reading.doc.sentences.len()).filter(|&s| !coded(s)).collect();
    if quiet.is_empty() {
        return String::new();
    }
    let mut out = section("Sentences without an event", &quiet.len().to_string(), screen);
    for s in quiet {
        out.push_str(&sentence(s as u32, reading, screen));
        let passed: Vec<&Passed> =
            reading.coding.passed.iter().filter(|p| p.sentence as usize == s).collect();
        let mut sheet = Sheet { reading, screen, out: &mut out };
        if passed.is_empty() {
            sheet.line("", Rich::new().add(DIM, "no predicate of the lexicon"));
        }
        for p in passed {
            sheet.passed(p);
        }
        out.push('\n');
    }
    out
}

fn sentence(number: u32, reading: Reading<'_>, screen: &Screen) -> String {
    let text = reading.doc.sentences.get(number as usize).map_or("", |s| s.span.of(&reading.page.text));
    let bar = crate::term::style::paint(DIM, "│");
    Rich::new().add(PLAIN, &safe(text)).set(screen.measure(), &format!("    {bar} "), &format!("    {bar} "))
}

/// Field names on the left, values and reasons on the right.
struct Sheet<'a, 'o> {
    reading: Reading<'a>,
    screen: &'a Screen,
    out: &'o mut String,
}

impl Sheet<'_, '_> {
    fn line(&mut self, field: &str, value: &Rich) {
        let first = format!("    {:<11} ", field);
        self.out.push_str(&value.set(self.screen.measure(), &first, &" ".repeat(first.len())));
    }

    fn event(&mut self, e: &Event) {
        let trigger = safe(e.trigger.of(&self.reading.page.text)).into_owned();
        self.line("trigger", Rich::new().add(TITLE, &trigger));
        for reason in &e.why {
            self.reason("", reason);
        }
        for p in &e.sources {
            self.participant("who", p);
        }
        for p in &e.targets {
            self.participant("to whom", p);
        }
        self.place(e);
        self.date(e);
        self.modality(e);
        self.chain(e);
        self.line(
            "confidence",
            Rich::new().add(PLAIN, &format!("{:.2}", e.confidence)).add(DIM, &format!(", id {}", e.id)),
        );
    }

    fn reason(&mut self, field: &str, reason: &Reason) {
        let mut rich = Rich::new();
        rich.add(RULE, &safe(&reason.rule));
        if let Some(row) = &reason.row {
            rich.add(DIM, &format!("  {}", safe(row)));
        }
        if !reason.note.is_empty() {
            rich.add(PLAIN, &format!("  {}", safe(&reason.note)));
        }
        self.line(field, &rich);
        for other in &reason.rejected {
            self.line("", Rich::new().add(DIM, "not ").add(PLAIN, &safe(other)));
        }
    }

    fn participant(&mut self, field: &str, p: &Participant) {
        let mut rich = Rich::new();
        actor::full(&p.actor, &mut rich);
        rich.add(DIM, &format!("  {}", attachment(p.how)));
        if let Some(span) = p.span {
            rich.add(DIM, &format!(", “{}”", safe(span.of(&self.reading.page.text))));
        }
        self.line(field, &rich);
        if let Some(office) = &p.actor.office {
            let doubt = if p.actor.office_unverified { ", not verified for this date" } else { "" };
            self.line("", Rich::new().add(PLAIN, &safe(office)).add(DIM, doubt));
        }
        let mention = p.mention.and_then(|m| self.reading.mentions.actors.get(m as usize));
        if let Some(mention) = mention {
            self.mention(mention);
        }
    }

    fn mention(&mut self, m: &ActorMention) {
        self.reason("", &m.why);
        let through = m.antecedent.and_then(|a| self.reading.mentions.actors.get(a as usize));
        if let Some(earlier) = through {
            let text = safe(earlier.span.of(&self.reading.page.text)).into_owned();
            self.line("", Rich::new().add(DIM, &format!("through “{text}”")));
            self.reason("", &earlier.why);
        }
    }

    fn place(&mut self, e: &Event) {
        let Some(at) = e.place else { return };
        let Some(m) = self.reading.mentions.places.get(at.mention as usize) else { return };
        let name = event::place_name(m, &self.reading.page.text);
        let mut rich = Rich::new();
        rich.add(PLAIN, &name).add(DIM, &format!("  {}", attachment(at.how)));
        if let Some(place) = &m.place {
            let id = place.geonames_id.map_or(String::new(), |id| format!(", GeoNames {id}"));
            rich.add(DIM, &format!(", {} {:.3} {:.3}{id}", place.feature, place.lat, place.lon));
        }
        self.line("place", &rich);
        self.reason("", &m.why);
    }

    fn date(&mut self, e: &Event) {
        let Some(d) = &e.date else {
            let day = self.reading.page.published_day().map_or("unknown".to_owned(), date);
            self.line("date", Rich::new().add(PLAIN, &day).add(DIM, "  no date told, publication date"));
            return;
        };
        let how = attachment(d.how);
        self.line("date", Rich::new().add(PLAIN, &days(&d.start, &d.end)).add(DIM, &format!("  {how}")));
        if let Some(m) = d.mention.and_then(|m| self.reading.mentions.dates.get(m as usize)) {
            let text = safe(m.span.of(&self.reading.page.text)).into_owned();
            self.line("", Rich::new().add(DIM, &format!("“{text}” = {}", safe(&m.value))));
            self.reason("", &m.why);
        }
    }

    fn modality(&mut self, e: &Event) {
        let q = &e.qualifier;
        let status = serde_json::to_string(&q.status).unwrap_or_default();
        let reported = if q.reported { ", somebody else says so" } else { "" };
        let mut rich = Rich::new();
        rich.add(PLAIN, q.modality.as_str()).add(DIM, &format!("  {}{reported}", status.trim_matches('"')));
        self.line("modality", &rich);
        for cue in &q.cues {
            let text = safe(cue.span.of(&self.reading.page.text)).into_owned();
            let mut rich = Rich::new();
            rich.add(CUE, &text).add(DIM, &format!("  {}  ", cue.kind)).add(RULE, &safe(&cue.row));
            self.line("", &rich);
        }
    }

    fn chain(&mut self, e: &Event) {
        for (n, link) in e.chain.iter().enumerate() {
            let mut rich = Rich::new();
            rich.add(PLAIN, &actor::short(&link.actor))
                .add(DIM, &format!("  {} {}", link.role, safe(&link.name)));
            self.line(if n == 0 { "says who" } else { "via" }, &rich);
        }
        let statement = e.statement.and_then(|s| self.reading.coding.statements.get(s as usize));
        for reason in statement.iter().flat_map(|s| &s.why) {
            self.reason("", reason);
        }
    }

    fn passed(&mut self, p: &Passed) {
        let trigger = safe(p.trigger.of(&self.reading.page.text)).into_owned();
        let mut rich = Rich::new();
        rich.add(TITLE, &trigger).add(PLAIN, &format!("  {}", p.reason));
        if !p.note.is_empty() {
            rich.add(DIM, &format!("  {}", safe(&p.note)));
        }
        self.line("", &rich);
    }
}

/// How a slot was filled, in words.
fn attachment(how: Attachment) -> &'static str {
    match how {
        Attachment::Direct => "its own argument",
        Attachment::Passive => "through the passive",
        Attachment::Relative => "through a relative clause",
        Attachment::Conjunct => "shared in a coordination",
        Attachment::Control => "through control or raising",
        Attachment::Nominal => "at an event noun",
        Attachment::Borrowed => "from a preposition hung elsewhere",
        Attachment::Inside => "inside another participant's phrase",
        Attachment::Clause => "from the clause around",
        Attachment::Document => "from the document",
    }
}
