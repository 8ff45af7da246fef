//! Every page of the desk asked through the whole router over a database that is there: percentiles of the answers.
//!
//! `cargo bench -p demarche-server --bench api -- --db FILE [--runs N] [--only WORD]`. Each ask is new to the server's memory of
//! answers; what its readers keep of a filter (the events that hold a word, the actors of a name) is gathered by the
//! first ask of all alone, whose time is `first_ms`. Times are of the processor, of all threads, so that other work on the machine counts little; `wall_ms` is the
//! clock's. One JSON line an answer. `cargo bench -p demarche-store --bench store` makes a database of made-up articles.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // the figures are the output; a bench that fails may panic

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use cpu_time::ProcessTime;
use demarche_server::{Config, router};
use serde_json::Value;
use std::time::Instant;
use tower::ServiceExt;

/// Name of a page and the address of its answer.
const ASKED: &[(&str, &str)] = &[
    ("front", "front"),
    ("front since a month", "front?since=2019-05-01"),
    ("front since the beginning", "front?since=2000-01-01"),
    ("events", "events"),
    ("events, newest", "events?sort=newest"),
    ("events, lowest Goldstein", "events?sort=goldstein"),
    ("events, an actor", "events?actor=RUS"),
    ("events, who and whom", "events?who=RUS&whom=UKR"),
    ("events, part of a name", "events?actor=an"),
    ("events, a type", "events?type=THREATEN"),
    ("events, a code", "events?code=19"),
    ("events, a place", "events?place=IRN"),
    ("events, an outlet", "events?outlet=Outlet%207"),
    ("events, 3 independent", "events?ind=3"),
    ("events, a common word", "events?q=president"),
    ("events, page 500", "events?after=50000"),
    ("events, two words", "events?q=government%20minister"),
    ("events, a month", "events?from=2019-05-01&to=2019-05-31"),
    ("facets", "facets"),
    ("facets, an actor", "facets?actor=RUS"),
    ("facets, a type", "facets?type=THREATEN"),
    ("facets, asserted", "facets?modality=asserted"),
    ("facets, a common word", "facets?q=president"),
    ("facets, part of a name", "facets?actor=er"),
    (
        "facets, everything at once",
        "facets?q=president&who=an&type=THREATEN&modality=asserted&outlet=Outlet%207",
    ),
    ("facets, a month", "facets?from=2019-05-01&to=2019-05-31"),
    ("timeline by day", "timeline"),
    ("timeline by month", "timeline?by=month"),
    ("timeline, a common word", "timeline?q=president"),
    ("timeline, part of a name", "timeline?actor=er"),
    ("timeline, everything at once", "timeline?q=president&who=an&whom=in&modality=asserted&ind=2"),
    ("timeline, a month", "timeline?from=2019-05-01&to=2019-05-31"),
    ("dyad", "dyad?a=RUS&b=UKR"),
    ("dyad by month", "dyad?a=USA&b=CHN&by=month"),
    ("dyad, names", "dyad?a=an&b=in"),
    ("dyad, a common word", "dyad?a=RUS&b=UKR&q=government"),
    ("dyad, brushed", "dyad?a=USA&b=RUS&brush=2019-05-01..2019-05-31"),
    ("pairs", "pairs"),
    ("pairs, a common word", "pairs?q=said"),
    ("network of states", "network"),
    ("network of states, from 4 events a tie", "network?min=4"),
    ("network of bodies", "network?group=body"),
    ("network of actors", "network?group=person"),
    ("network of actors, a common word", "network?group=person&q=minister"),
    ("network, an actor", "network?actor=USA"),
    ("network, a month", "network?from=2019-05-01&to=2019-05-31"),
    ("map", "map"),
    ("map of places", "map?fill=place"),
    ("map of doers, a common word", "map?fill=actor&q=talks"),
    ("map, a month", "map?from=2019-05-01&to=2019-05-31"),
    ("actor, a country", "actors/USA"),
    ("actor, a name", "actors/an"),
    ("stories", "stories"),
    ("search, a common word", "search?q=president"),
    ("search, two words", "search?q=government%20minister"),
    ("search, a rare word", "search?q=skirmish"),
    ("search, part of a name", "search?q=an"),
    ("status", "status"),
];

fn config(db: String) -> Config {
    Config {
        db: db.into(),
        listen: "127.0.0.1:8787".parse().unwrap(),
        hosts: Vec::new(),
        token: None,
        allow_add: false,
        read: None,
        version: "bench".to_owned(),
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let Some(db) = value("--db") else {
        println!("no database: --db FILE");
        return;
    };
    let runs: usize = value("--runs").map_or(20, |n| n.parse().unwrap());
    let only = value("--only").unwrap_or_default();
    let app = router(config(db)).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let mut turn = 0;
    let mut ask = |path: &str| -> (f64, f64, Vec<u8>) {
        turn += 1;
        let sign = if path.contains('?') { '&' } else { '?' };
        let request =
            Request::get(format!("/api/v1/{path}{sign}turn={turn}")).header(header::HOST, "localhost");
        let request = request.body(Body::empty()).unwrap();
        let (began, clock) = (ProcessTime::now(), Instant::now());
        let body = runtime.block_on(async {
            let answer = app.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()
        });
        (began.elapsed().as_secs_f64() * 1000.0, clock.elapsed().as_secs_f64() * 1000.0, body)
    };
    let first = |body: &[u8], at: &str| -> String {
        let value: Value = serde_json::from_slice(body).unwrap();
        value.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let events = ask("events").2;
    let single = [
        ("an event", format!("events/{}", first(&events, "/data/rows/0/id"))),
        ("an article", format!("articles/{}", first(&events, "/data/rows/0/article"))),
        ("the largest story", format!("stories/{}", first(&ask("stories").2, "/data/rows/0/id"))),
    ];
    let all = ASKED.iter().map(|(name, path)| (*name, (*path).to_owned())).chain(single);
    for (name, path) in all.filter(|a| a.0.contains(&only)) {
        let (mut spent, mut wall, mut size) = (Vec::new(), Vec::new(), 0);
        for _ in 0..runs {
            let (cpu, clock, body) = ask(&path);
            spent.push(cpu);
            wall.push(clock);
            size = body.len();
        }
        let first = spent.first().copied().unwrap_or_default();
        spent.sort_by(f64::total_cmp);
        wall.sort_by(f64::total_cmp);
        let at = |times: &[f64], share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        println!(
            "{{\"answer\":\"{name}\",\"bytes\":{size},\"first_ms\":{first:.1},\"p50_ms\":{:.1},\"p95_ms\":{:.1},\"max_ms\":{:.1},\"wall_p50_ms\":{:.1}}}",
            at(&spent, 0.5),
            at(&spent, 0.95),
            at(&spent, 1.0),
            at(&wall, 0.5)
        );
    }
}
