//! Every gold set with its scorer, the measures that are shown and pinned, and the function that predicts for it.

use super::{Gold, actors, articles, dates, events, factuality, merge, negatives, places, quotes, syntax};
use demarche::pipeline::Demarche;

/// Text of a gold file to text of the prediction file.
pub type Predict = fn(&Demarche, &Gold<'_>) -> Result<String, String>;

/// One gold set: a folder under the data folder.
pub struct Task {
    /// Name of the task and of its folder of predictions.
    pub name: &'static str,
    /// Folder of the gold under the data folder.
    pub folder: &'static str,
    /// Scorer, relative to the folder.
    pub scorer: &'static str,
    /// Which of the folder's files are gold.
    pub is_gold: fn(file: &str) -> bool,
    /// Predictions for one gold file. `None`: not built.
    pub predict: Option<Predict>,
    /// How the scorer wants its arguments.
    pub call: Call,
    /// Further arguments of the scorer.
    pub scorer_args: &'static [&'static str],
    /// Shown and pinned: name in the table, path in the scorer's JSON.
    pub measures: &'static [(&'static str, &'static str)],
}

/// How a scorer is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// `SCORER GOLD PRED --json`, numbers on standard output.
    Pair,
    /// `SCORER GOLD PRED`, numbers on standard output as JSON anyway.
    PairAlwaysJson,
    /// `SCORER GOLD PRED --json FILE`, numbers in the file.
    PairJsonFile,
    /// `SCORER PRED --gold GOLD --json`, numbers on standard output.
    PredThenGold,
}

const fn jsonl_task(
    name: &'static str,
    scorer: &'static str,
    predict: Option<Predict>,
    measures: &'static [(&'static str, &'static str)],
) -> Task {
    Task { name, folder: name, scorer, is_gold: jsonl, predict, call: Call::Pair, scorer_args: &[], measures }
}

fn jsonl(file: &str) -> bool {
    file.ends_with(".jsonl")
}

/// The texts, not the tables of intermediate values beside them.
fn gold_jsonl(file: &str) -> bool {
    file.starts_with("gold") && file.ends_with(".jsonl")
}

fn gold_json(file: &str) -> bool {
    file == "gold.json"
}

/// A gold set whose gold is `gold.json` and whose scorer takes the predictions first.
const fn pages_task(
    name: &'static str,
    scorer: &'static str,
    predict: Option<Predict>,
    measures: &'static [(&'static str, &'static str)],
) -> Task {
    Task {
        name,
        folder: name,
        scorer,
        is_gold: gold_json,
        predict,
        call: Call::PredThenGold,
        scorer_args: &[],
        measures,
    }
}

/// Every task. A new adapter is its file beside this one and `Some(file::predict)` in its line here.
pub const TASKS: &[Task] = &[
    Task {
        name: "syntax",
        folder: "syntax",
        scorer: "score_syntax.py",
        is_gold: gold_jsonl,
        predict: Some(syntax::predict),
        call: Call::Pair,
        scorer_args: &[],
        measures: &[
            ("identical texts", "identical_texts"),
            ("tokens", "same_tokens"),
            ("tag", "tag"),
            ("lemma", "lemma"),
            ("head", "head"),
            ("dep", "dep"),
            ("ent", "ent"),
        ],
    },
    pages_task(
        "pages",
        "score_pages.py",
        Some(super::pages::predict),
        &[("body F1", "body.f1"), ("precision", "body.precision"), ("recall", "body.recall")],
    ),
    pages_task(
        "pages_flat",
        "score_flat.py",
        Some(super::pages_flat::predict),
        &[
            ("words F1", "words.f1"),
            ("lines F1", "lines.f1"),
            ("captions kept out", "kept_out_by_kind.caption.kept_out"),
        ],
    ),
    pages_task(
        "pages_meta",
        "../pages/score_pages.py",
        Some(super::pages::predict),
        &[
            ("title exact", "title.exact"),
            ("author F1", "author.f1"),
            ("date right", "date.accuracy"),
            ("snippets F1", "snippets.f1"),
        ],
    ),
    jsonl_task(
        "events",
        "score_events.py",
        Some(events::predict),
        &[("type F1", "type_micro.f1"), ("full tuple F1", "tuple.f1"), ("quad", "quad.acc")],
    ),
    jsonl_task(
        "articles",
        "score_articles.py",
        Some(articles::predict),
        &[("type F1", "type.f1"), ("type precision", "type.precision"), ("full tuple F1", "full_tuple.f1")],
    ),
    jsonl_task(
        "negatives",
        "score_negatives.py",
        Some(negatives::predict),
        &[
            ("false per 100", "false_per_100"),
            ("clean share", "clean_share"),
            ("F1", "f1"),
            ("balanced", "balanced"),
            ("modality", "modality_accuracy"),
        ],
    ),
    jsonl_task(
        "factuality",
        "score_factuality.py",
        Some(factuality::predict),
        &[
            ("status macro F1", "status.macro_f1"),
            ("status accuracy", "status.accuracy"),
            ("five-way macro F1", "five_way.macro_f1"),
            ("reported accuracy", "reported.accuracy"),
        ],
    ),
    Task {
        name: "actors",
        folder: "actors",
        scorer: "score_actors.py",
        is_gold: jsonl,
        predict: Some(actors::predict),
        call: Call::PairJsonFile,
        scorer_args: &[],
        measures: &[
            ("both", "overall.both.acc"),
            ("country", "overall.country.acc"),
            ("sector", "overall.sector.acc"),
            ("both, hand items", "by_origin.hand.both"),
        ],
    },
    jsonl_task(
        "places",
        "score_places.py",
        Some(places::predict),
        &[
            ("overlap F1", "all.overlap.f1"),
            ("end to end F1", "all.e2e161.f1"),
            ("country", "all.country_acc"),
        ],
    ),
    Task {
        name: "places_given",
        folder: "places",
        scorer: "score_places.py",
        is_gold: jsonl,
        predict: Some(places::predict_given),
        call: Call::Pair,
        scorer_args: &[],
        measures: &[("acc@161 km on gold spans", "all.acc161_all"), ("country", "all.country_acc")],
    },
    jsonl_task(
        "dates",
        "score_dates.py",
        Some(dates::predict),
        &[("strict F1", "all.strict.f1"), ("value F1", "all.value.f1"), ("day F1", "all.day.f1")],
    ),
    jsonl_task(
        "quotes",
        "score_quotes.py",
        Some(quotes::predict),
        &[
            ("overlap-80 F1", "overlap80.f1"),
            ("end to end F1", "end2end.f1"),
            ("speaker", "speaker_accuracy"),
            ("direct recall", "recall80_by_kind.direct.r"),
        ],
    ),
    Task {
        name: "merge",
        folder: "merge",
        scorer: "score_merge.py",
        is_gold: jsonl,
        predict: Some(merge::predict),
        call: Call::PairAlwaysJson,
        scorer_args: &[],
        measures: &[
            ("story B3 F1", "story_b3.f1"),
            ("overcount", "story_overcount"),
            ("event B3 F1", "event_b3.f1"),
        ],
    },
];

/// True for measures where less is better.
pub fn less_is_better(measure: &str) -> bool {
    matches!(measure, "false per 100" | "overcount")
}
