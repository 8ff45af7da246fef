//! Any path and query string through the whole HTTP interface: an answer or a refusal, never a panic or an internal error.
//!
//! The database is `$DEMARCHE_FUZZ_DB` (`fuzz/run.sh` makes one with `demarche demo --no-serve`), else an empty one.

#![no_main]

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use demarche_server::{Config, router};
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::LazyLock;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

const ROUTES: &[&str] = &[
    "front", "events", "facets", "timeline", "dyad", "pairs", "network", "map", "stories", "search", "actors/PER", "status",
    "events.csv", "events.jsonl", "events.geojson", "events.atom", "timeline.csv", "dyad.csv", "network.csv", "network.gexf",
    "map.csv", "map.geojson", "front.atom",
];

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime"));

static APP: LazyLock<axum::Router> = LazyLock::new(|| {
    let db = std::env::var_os("DEMARCHE_FUZZ_DB").map_or_else(
        || {
            let path = std::env::temp_dir().join(format!("demarche-fuzz-{}.db", std::process::id()));
            demarche_store::Store::open(&path).expect("an empty database");
            path
        },
        PathBuf::from,
    );
    let config = Config {
        db,
        listen: "127.0.0.1:8787".parse().expect("an address"),
        hosts: Vec::new(),
        token: None,
        allow_add: false,
        read: None,
        version: "fuzz".to_owned(),
    };
    let _in = RUNTIME.enter();
    router(config).expect("a router")
});

fuzz_target!(|data: (u8, &str)| {
    let (choice, text) = data;
    // An even choice keeps a known route and fuzzes its query, an odd one takes the text as the whole address.
    let route = ROUTES[usize::from(choice / 2) % ROUTES.len()];
    let path = if choice % 2 == 0 { format!("/api/v1/{route}?{text}") } else { format!("/{text}") };
    let Ok(request) = Request::get(path).header(header::HOST, "localhost:8787").body(Body::empty()) else { return };
    RUNTIME.block_on(async {
        let answer = APP.clone().oneshot(request).await.expect("a router always answers");
        let status = answer.status();
        assert!(status < StatusCode::INTERNAL_SERVER_ERROR, "{status}");
        let body = to_bytes(answer.into_body(), 1 << 26).await.expect("a body of bounded size");
        if status == StatusCode::OK && choice % 2 == 0 && !route.contains('.') {
            serde_json::from_slice::<serde_json::Value>(&body).expect("JSON");
        }
    });
});
