//! Events, statements and places of a record against the gold: found, missed, false, and how right.

use crate::gold::{Gold, GoldEvent, GoldQuote, slice};
use serde_json::Value;
use std::collections::BTreeSet;

/// Counts of one page or of all.
#[derive(Debug, Default)]
pub struct Score {
    events: Counts,
    /// Of the found events: countries of both sides right, modality right.
    sides: usize,
    modality: usize,
    statements: Counts,
    speakers: usize,
    places: Counts,
    lines: Vec<String>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    found: usize,
    /// Found ones that had to be found.
    required: usize,
    missed: usize,
    wrong: usize,
}

impl Counts {
    fn add(&mut self, o: Counts) {
        self.found += o.found;
        self.required += o.required;
        self.missed += o.missed;
        self.wrong += o.wrong;
    }

    fn precision(self) -> f64 {
        share(self.found, self.found + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.required, self.required + self.missed)
    }

    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl Score {
    /// Scores one record.
    pub fn of(gold: &Gold, record: &Value) -> Score {
        let mut score = Score::default();
        score.events(gold, record);
        score.statements(gold, record);
        let mentions = list(&record["mentions"]["places"]);
        for place in &gold.places {
            let hit = mentions.iter().any(|m| {
                slice(record, &m["span"]).contains(&place.name)
                    && m["place"]["country"] == place.country.as_str()
            });
            score.places.found += usize::from(hit);
            score.places.required += usize::from(hit);
            score.places.missed += usize::from(!hit);
            if !hit {
                score.lines.push(format!("  missed place {} {}", place.name, place.country));
            }
        }
        score
    }

    fn events(&mut self, gold: &Gold, record: &Value) {
        let mut left: Vec<Value> = list(&record["coding"]["events"]);
        let mut open: Vec<&GoldEvent> = gold.events.iter().collect();
        // Closest answers first: type and trigger, then an accepted type.
        for strict in [true, false] {
            open.retain(|g| match left.iter().position(|e| fits(g, e, record, strict)) {
                Some(at) => {
                    self.found(g, &left.remove(at));
                    false
                }
                None => true,
            });
        }
        for g in open.iter().filter(|g| !g.optional) {
            self.events.missed += 1;
            self.lines.push(format!("  missed {} {:?} {:?} → {:?}", g.plover, g.trigger, g.source, g.target));
        }
        for e in &left {
            self.events.wrong += 1;
            let (who, whom) = (countries(&e["sources"]), countries(&e["targets"]));
            let trigger = slice(record, &e["trigger"]);
            self.lines.push(format!(
                "  false {} {trigger:?} {who:?} → {whom:?} {}",
                e["plover"], e["qualifier"]["modality"]
            ));
        }
    }

    fn found(&mut self, g: &GoldEvent, e: &Value) {
        self.events.found += 1;
        self.events.required += usize::from(!g.optional);
        let want = |side: &[String]| side.iter().cloned().collect::<BTreeSet<_>>();
        let (who, whom) = (countries(&e["sources"]), countries(&e["targets"]));
        let mutual = e["symmetric"] == true
            && who.union(&whom).cloned().collect::<BTreeSet<_>>()
                == want(&[&g.source[..], &g.target[..]].concat());
        let sides = mutual || who == want(&g.source) && whom == want(&g.target);
        let modality = e["qualifier"]["modality"] == g.modality.as_str();
        let date = g.date.as_ref().is_none_or(|d| e["date"]["start"].as_str().is_none_or(|s| s == d));
        self.sides += usize::from(sides);
        self.modality += usize::from(modality);
        for (right, what) in [
            (sides, format!("{who:?} → {whom:?}, gold {:?} → {:?}", g.source, g.target)),
            (modality, format!("{}, gold {}", e["qualifier"]["modality"], g.modality)),
            (date, format!("{}, gold {:?}", e["date"], g.date)),
        ] {
            if !right {
                self.lines.push(format!("  {} {:?}: {what}", g.plover, g.trigger));
            }
        }
    }

    fn statements(&mut self, gold: &Gold, record: &Value) {
        let mut left = list(&record["coding"]["statements"]);
        for g in &gold.quotes {
            match left.iter().position(|s| overlap(&g.text, &slice(record, &s["content"])) >= 0.8) {
                Some(at) => {
                    let s = left.remove(at);
                    self.statements.found += 1;
                    self.statements.required += 1;
                    let right = speaks(g, &s, record);
                    self.speakers += usize::from(right);
                    if !right {
                        self.lines.push(format!("  speaker {}, gold {:?}", s["speaker"]["name"], g.speaker));
                    }
                }
                None => {
                    self.statements.missed += 1;
                    self.lines.push(format!("  missed statement {:?} by {} ({})", g.text, g.speaker, g.kind));
                }
            }
        }
        for s in &left {
            self.statements.wrong += 1;
            self.lines.push(format!(
                "  false statement {:?} by {}",
                slice(record, &s["content"]),
                s["speaker"]["name"]
            ));
        }
    }

    /// Adds the counts of another page.
    pub fn add(&mut self, o: &Score) {
        self.events.add(o.events);
        self.statements.add(o.statements);
        self.places.add(o.places);
        self.sides += o.sides;
        self.modality += o.modality;
        self.speakers += o.speakers;
    }

    /// What differs from the gold, a line each.
    pub fn report(&self) -> String {
        self.lines.iter().map(|l| format!("{l}\n")).collect()
    }

    /// The measures that have floors.
    pub fn measures(&self) -> [(&'static str, f64); 8] {
        [
            ("events F1", self.events.f1()),
            ("events precision", self.events.precision()),
            ("events recall", self.events.recall()),
            ("both sides right", share(self.sides, self.events.found)),
            ("modality right", share(self.modality, self.events.found)),
            ("statements F1", self.statements.f1()),
            ("speaker right", share(self.speakers, self.statements.found)),
            ("places recall", self.places.recall()),
        ]
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// True when `e` answers `g`: an accepted type, and the trigger (strict) or at least its sentence.
fn fits(g: &GoldEvent, e: &Value, record: &Value, strict: bool) -> bool {
    let plover = e["plover"].as_str().unwrap_or_default();
    if plover != g.plover && !g.type_alt.iter().any(|t| t == plover) {
        return false;
    }
    let trigger = slice(record, &e["trigger"]);
    if trigger.contains(&g.trigger) || g.trigger.contains(&trigger) {
        return true;
    }
    let sentence = e["sentence"].as_u64().unwrap_or(u64::MAX) as usize;
    let text = slice(record, &record["doc"]["sentences"][sentence]["span"]);
    !strict && text.contains(&g.trigger)
}

fn countries(side: &Value) -> BTreeSet<String> {
    list(side).iter().filter_map(|p| p["actor"]["country"].as_str().map(str::to_owned)).collect()
}

fn speaks(g: &GoldQuote, s: &Value, record: &Value) -> bool {
    let names =
        [s["speaker"]["name"].as_str().unwrap_or_default().to_owned(), slice(record, &s["speaker"]["span"])];
    let chain = list(&s["chain"]);
    let via = g
        .via
        .iter()
        .all(|v| chain.iter().any(|c| c["name"].as_str().is_some_and(|n| n.contains(v.as_str()))));
    via && names.iter().any(|n| n.to_lowercase().contains(&g.speaker.to_lowercase()))
}

/// Words in common as a share of the longer text.
fn overlap(a: &str, b: &str) -> f64 {
    let words = |t: &str| -> Vec<String> {
        t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, mut b) = (words(a), words(b));
    let longer = a.len().max(b.len()).max(1);
    let common = a.iter().filter(|w| b.iter().position(|v| v == *w).map(|at| b.remove(at)).is_some()).count();
    common as f64 / longer as f64
}
