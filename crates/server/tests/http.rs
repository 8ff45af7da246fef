//! Requests to the whole router over an empty database: every described route answers, guards hold, bad input is named.

#![allow(clippy::unwrap_used)] // a test that fails may panic

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use demarche_server::{Config, Paste, Read, router};
use record::{Page, Record};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("demarche-http-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        store::Store::open(&path.join("test.db")).unwrap();
        Folder(path)
    }

    fn config(&self) -> Config {
        Config {
            db: self.0.join("test.db"),
            listen: "127.0.0.1:8787".parse().unwrap(),
            hosts: vec!["desk.test".to_owned()],
            token: None,
            allow_add: false,
            read: Some(Arc::new(|paste: Paste| {
                let text = String::from_utf8(paste.body).map_err(|e| e.to_string())?;
                Ok(Read { record: Record::new(Page::plain(&text, None)), kept: paste.keep })
            })),
            version: "test".to_owned(),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).header(header::HOST, "localhost:8787").body(Body::empty()).unwrap()
}

async fn send(config: Config, request: Request<Body>) -> (StatusCode, Vec<u8>) {
    let answer = router(config).unwrap().oneshot(request).await.unwrap();
    let status = answer.status();
    assert!(answer.headers().contains_key("content-security-policy"));
    (status, to_bytes(answer.into_body(), 1 << 24).await.unwrap().to_vec())
}

async fn json(folder: &Folder, path: &str) -> (StatusCode, Value) {
    let (status, body) = send(folder.config(), get(path)).await;
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn every_described_route_answers() {
    let folder = Folder::new("routes");
    let (_, doc) = json(&folder, "/api/v1/openapi.json").await;
    let paths = doc["paths"].as_object().unwrap();
    assert!(paths.len() > 20);
    for (path, about) in paths.iter().filter(|p| p.1.get("get").is_some()) {
        let (status, body) =
            send(folder.config(), get(&format!("/api/v1{}", path.replace("{id}", "none")))).await;
        let want = match path.as_str() {
            p if p.contains("{id}") => StatusCode::NOT_FOUND,
            p if p.starts_with("/dyad") => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        };
        assert_eq!(status, want, "{path}: {}", String::from_utf8_lossy(&body));
        assert!(about["get"]["summary"].as_str().is_some_and(|s| !s.is_empty()), "{path}");
    }
}

#[tokio::test]
async fn bad_parameters_are_named_and_not_obeyed() {
    let folder = Folder::new("bad");
    let (status, answer) =
        json(&folder, "/api/v1/events?from=soon&type=LOVE&nope=1&sort=sideways&q=%00%FF").await;
    assert_eq!(status, StatusCode::OK);
    let names: Vec<&str> =
        answer["dropped"].as_array().unwrap().iter().filter_map(|d| d["name"].as_str()).collect();
    assert_eq!(names, ["from", "type", "nope", "sort"]);
    let long = format!("/api/v1/events?q={}", "x".repeat(5000));
    assert_eq!(json(&folder, &long).await.1["dropped"][0]["why"], "too long");
    assert_eq!(json(&folder, "/api/v1/dyad?a=X&b=Y&brush=a..b").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(json(&folder, "/api/v1/what").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn views_are_one_page_and_file_endings_lead_to_the_data() {
    let folder = Folder::new("views");
    for (path, want) in [
        ("/", 200),
        ("/events?x=1", 200),
        ("/article/a", 200),
        ("/nothing", 404),
        ("/static/desk.js", 200),
        ("/static/none", 404),
        ("/events.csv?ind=2", 307),
    ] {
        assert_eq!(send(folder.config(), get(path)).await.0.as_u16(), want, "{path}");
    }
}

#[tokio::test]
async fn only_own_hosts_and_own_pages() {
    let folder = Folder::new("guards");
    let of =
        |host: &str| Request::get("/").header(header::HOST, host.to_owned()).body(Body::empty()).unwrap();
    assert_eq!(send(folder.config(), of("evil.example")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(send(folder.config(), of("desk.test:1")).await.0, StatusCode::OK);
    let post =
        Request::post("/api/v1/read").header(header::HOST, "localhost").body(Body::from("text")).unwrap();
    assert_eq!(send(folder.config(), post).await.0, StatusCode::FORBIDDEN);
    let token = || Config { token: Some("secret-secret-secret".to_owned()), ..folder.config() };
    assert_eq!(send(token(), get("/")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(send(token(), get("/?token=secret-secret-secret")).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pasted_pages_need_the_token_of_the_page_and_leave_to_be_kept() {
    let folder = Folder::new("paste");
    let app = router(folder.config()).unwrap();
    let page = app.clone().oneshot(get("/")).await.unwrap();
    let page = String::from_utf8(to_bytes(page.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap();
    let csrf =
        page.split("name=\"csrf\" content=\"").nth(1).and_then(|r| r.split('"').next()).unwrap().to_owned();
    let post = |query: &str, body: &str| {
        let request = Request::post(format!("/api/v1/read{query}")).header(header::HOST, "localhost");
        request.header("x-desk-token", &csrf).body(Body::from(body.to_owned())).unwrap()
    };
    for (query, body, want) in [("", "Some text.", 200), ("?keep=yes", "Some text.", 403), ("", "  \n", 422)]
    {
        assert_eq!(
            app.clone().oneshot(post(query, body)).await.unwrap().status().as_u16(),
            want,
            "{query} {body:?}"
        );
    }
}

#[tokio::test]
async fn stories_are_changed_only_where_that_is_allowed() {
    let folder = Folder::new("decide");
    for allow_add in [false, true] {
        let app = router(Config { allow_add, ..folder.config() }).unwrap();
        let page = app.clone().oneshot(get("/")).await.unwrap();
        let page = String::from_utf8(to_bytes(page.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap();
        let csrf = page
            .split("name=\"csrf\" content=\"")
            .nth(1)
            .and_then(|r| r.split('"').next())
            .unwrap()
            .to_owned();
        for path in ["stories/sa/merge?with=sb", "stories/sa/merge", "stories/sa/split", "decisions/1/undo"] {
            let request = Request::post(format!("/api/v1/{path}")).header(header::HOST, "localhost");
            let foreign = request.body(Body::empty()).unwrap();
            assert_eq!(app.clone().oneshot(foreign).await.unwrap().status(), StatusCode::FORBIDDEN, "{path}");
            let request = Request::post(format!("/api/v1/{path}")).header(header::HOST, "localhost");
            let own = request.header("x-desk-token", &csrf).body(Body::from("a\nb")).unwrap();
            let want = match (allow_add, path) {
                // A request that lacks something is told so first.
                (false, "stories/sa/merge") | (true, _) => StatusCode::BAD_REQUEST,
                (false, _) => StatusCode::FORBIDDEN,
            };
            assert_eq!(app.clone().oneshot(own).await.unwrap().status(), want, "{path}");
        }
    }
}

#[tokio::test]
async fn answers_are_remembered_until_somebody_writes() {
    let folder = Folder::new("memory");
    let app = router(folder.config()).unwrap();
    let ask = async |tag: Option<String>| {
        let mut request = get("/api/v1/status");
        if let Some(tag) = tag {
            request.headers_mut().insert(header::IF_NONE_MATCH, tag.parse().unwrap());
        }
        let answer = app.clone().oneshot(request).await.unwrap();
        let (status, tag) = (answer.status(), answer.headers()[header::ETAG].to_str().unwrap().to_owned());
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, tag, serde_json::from_slice::<Value>(&body).unwrap_or(Value::Null))
    };
    let (_, tag, first) = ask(None).await;
    assert_eq!(first["data"]["rejected"], 0);
    assert_eq!(ask(None).await, (StatusCode::OK, tag.clone(), first));
    assert_eq!(ask(Some(tag.clone())).await.0, StatusCode::NOT_MODIFIED);
    let mut store = store::Store::open(&folder.0.join("test.db")).unwrap();
    let run = store.begin("test", "test", "2031-03-10T00:00:00Z").unwrap();
    let error = record::Fault { kind: "open".to_owned(), message: "no page".to_owned(), hint: None };
    let failure = record::Failure { schema: 1, source: "x".to_owned(), error };
    store.add(run, &[store::Outcome::Rejected(failure)], &mut store::Merger::embedded().unwrap()).unwrap();
    let (status, new, second) = ask(Some(tag.clone())).await;
    assert_eq!((status, &second["data"]["rejected"]), (StatusCode::OK, &1.into()));
    assert_ne!(new, tag);
}
