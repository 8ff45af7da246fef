//! The stories of `corpus/independence`, through all stages: how many of their reports had a source of their own.

use crate::driver::{Scratch, demarche};
use record::{Line, Record};
use serde_json::json;
use std::collections::BTreeMap;

#[derive(serde::Deserialize)]
struct Stories {
    story: Vec<Story>,
}

#[derive(serde::Deserialize)]
struct Story {
    name: String,
    independent: u32,
    parts: BTreeMap<String, String>,
    report: Vec<Report>,
}

#[derive(serde::Deserialize)]
struct Report {
    outlet: String,
    parts: Vec<String>,
}

/// The reports of all stories as articles in lines of JSON, an hour apart.
fn articles(stories: &[Story]) -> String {
    let mut out = String::new();
    for (n, story) in stories.iter().enumerate() {
        for (hour, report) in story.report.iter().enumerate() {
            let text: Vec<&str> = report.parts.iter().map(|p| story.parts[p].as_str()).collect();
            let line = json!({"title": format!("Story {n}, report {hour}"), "text": text.join("\n\n"),
                "publisher": report.outlet, "date": format!("2025-07-12T{:02}:00:00Z", 8 + hour)});
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}

#[test]
fn sources_of_thirty_stories_are_counted_right() {
    let text = std::fs::read_to_string("corpus/independence/stories.toml").expect("the stories");
    let stories = toml::from_str::<Stories>(&text).expect("TOML").story;
    assert_eq!(stories.len(), 30);
    let scratch = Scratch::new("independence");
    let file = scratch.file("stories.jsonl", articles(&stories).as_bytes());
    let coded = demarche(&["code", &file]).ok();
    let mut records = coded.lines().map(|l| {
        let line: Line = serde_json::from_str(l).expect("a line of JSON");
        match line.from_json().expect("a record") {
            Line::Record(record) => *record,
            other => panic!("{other:?}"),
        }
    });
    let (mut right, mut wrong) = (0, Vec::new());
    for story in &stories {
        let reports: Vec<Record> = records.by_ref().take(story.report.len()).collect();
        assert_eq!(reports.len(), story.report.len(), "{}", story.name);
        let (edges, counts) = store::independence(&reports);
        let same = counts.independent == story.independent;
        right += usize::from(same);
        let how: Vec<String> = edges.iter().map(|e| format!("{} {:.2}", e.kind, e.value)).collect();
        println!(
            "{} {} of {}: {} ({})",
            if same { "right" } else { "WRONG" },
            counts.independent,
            story.independent,
            story.name,
            how.join(", ")
        );
        if !same {
            wrong.push(&story.name);
        }
        assert!(counts.independent_low <= counts.independent, "{}", story.name);
    }
    println!("{right} of {} right", stories.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
