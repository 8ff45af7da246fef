//! Events posted to a server of our own: once each, again when they change, signed, and through failures.

use crate::driver::{Run, Scratch, demarche};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// One request that came.
#[derive(Debug, Clone)]
struct Post {
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Post {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }
}

type Posts = Arc<Mutex<Vec<Post>>>;

/// A receiver; `answer` gives the status line for the request of a number, from 0.
fn receive(answer: impl Fn(usize) -> &'static str + Send + 'static) -> (String, Posts) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/in", listener.local_addr().expect("an address"));
    let posts = Posts::default();
    let all = Arc::clone(&posts);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream);
            let mut headers = BTreeMap::new();
            let mut line = String::new();
            while reader.read_line(&mut line).unwrap_or(0) > 2 {
                if let Some((name, value)) = line.split_once(": ") {
                    headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
                }
                line.clear();
            }
            let length = headers.get("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
            let mut body = vec![0; length];
            if reader.read_exact(&mut body).is_err() {
                continue;
            }
            let number = {
                let mut all = all.lock().expect("a lock");
                all.push(Post { headers, body });
                all.len() - 1
            };
            let status = answer(number);
            let _ = write!(
                reader.get_mut(),
                "HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
        }
    });
    (address, posts)
}

fn taken(posts: &Posts) -> Vec<Post> {
    std::mem::take(&mut *posts.lock().expect("a lock"))
}

/// Pages of one day: two reports of one thing, then a copy and a contradiction of it.
const FIRST: [&str; 2] = ["corpus/desk/pages/11-mg-recall.html", "corpus/desk/pages/11-ac-consulate.html"];
const LATER: [&str; 2] = ["corpus/desk/pages/11-pw-recall.html", "corpus/desk/pages/11-qs-recall.html"];

fn add(db: &str, pages: &[&str]) {
    demarche(&[&["add", "--db", db][..], pages].concat()).ok();
}

fn notify(db: &str, url: &str, more: &[&str]) -> Run {
    demarche(&[&["notify", "--db", db, "--post", url, "--once", "--allow-private"][..], more].concat())
}

#[test]
fn each_event_is_posted_once_and_again_when_it_changes() {
    let scratch = Scratch::new("notify-once");
    let db = format!("{}/news.db", scratch.path());
    add(&db, &FIRST);
    let (url, posts) = receive(|_| "204 No Content");
    // What was there before is known and not posted.
    let run = notify(&db, &url, &[]);
    assert!(run.err.contains("are there already and not posted"), "{}", run.err);
    run.ok();
    assert!(taken(&posts).is_empty());
    // With --backlog and a journal of its own, every event comes once, with its sentences.
    let own = format!("{}/own.jsonl", scratch.path());
    notify(&db, &url, &["--backlog", "--journal", &own, "--quiet"]).ok();
    let first = taken(&posts);
    let listed: Value =
        serde_json::from_str(&demarche(&["events", "--db", &db, "--json", "--limit", "1000"]).ok())
            .expect("JSON");
    assert_eq!(first.len() as u64, listed["counts"]["events"].as_u64().expect("a count"));
    for post in &first {
        let notice = post.json();
        assert_eq!(
            (&notice["schema"], &notice["what"], &notice["revision"]),
            (&"demarche.notice/1".into(), &"new".into(), &1.into())
        );
        assert_eq!(notice["id"], notice["event"]["id"]);
        let evidence = notice["evidence"].as_array().expect("evidence");
        assert!(
            !evidence.is_empty()
                && evidence.iter().all(|r| !r["text"].as_str().unwrap_or_default().is_empty())
        );
        assert!(
            evidence
                .iter()
                .any(|r| r["text"] == notice["event"]["text"] && r["span"] == notice["event"]["text_span"]),
            "{notice}"
        );
        assert!(!post.headers.contains_key("webhook-signature"));
    }
    // A new start posts nothing twice.
    notify(&db, &url, &["--backlog", "--journal", &own]).ok();
    assert!(taken(&posts).is_empty());
    // More reports: events that got sources are updated, others are new, the rest stays silent.
    add(&db, &LATER);
    notify(&db, &url, &["--journal", &own, "--quiet"]).ok();
    let second: Vec<Value> = taken(&posts).iter().map(Post::json).collect();
    let updated: Vec<&Value> = second.iter().filter(|n| n["what"] == "updated").collect();
    assert!(!updated.is_empty(), "{second:?}");
    for notice in &updated {
        assert_eq!(notice["revision"], 2);
        let changed = notice["changed"].as_array().expect("changes");
        assert!(changed.contains(&"sources".into()) || changed.contains(&"id".into()), "{notice}");
        let known = |id: &Value| first.iter().any(|p| p.json()["id"] == *id);
        let formerly = notice["formerly"].as_array().cloned().unwrap_or_default();
        assert!(known(&notice["id"]) || formerly.iter().any(known), "{notice}");
    }
    notify(&db, &url, &["--journal", &own]).ok();
    assert!(taken(&posts).is_empty());
}

#[test]
fn a_receiver_that_fails_gets_its_messages_later_and_signed() {
    let scratch = Scratch::new("notify-fails");
    let db = format!("{}/news.db", scratch.path());
    add(&db, &FIRST[..1]);
    let secret = "a-secret-of-the-test";
    let flags = ["--backlog", "--secret", secret];
    // Two attempts are not enough: nothing is lost, and the run says so.
    let (dead, posts) = receive(|_| "503 Service Unavailable\r\nretry-after: 0");
    let run = notify(&db, &dead, &[&flags[..], &["--tries", "2"]].concat());
    assert_eq!(run.code, 1);
    assert!(run.err.contains("503; 2 attempts") && run.err.contains("messages wait"), "{}", run.err);
    let tried = taken(&posts);
    assert_eq!(tried.len(), 2, "after the first message failed, the address is left alone");
    assert_eq!(tried[0].headers["webhook-id"], tried[1].headers["webhook-id"]);
    // The same journal, an address that works at the second attempt: everything comes, once.
    let (url, posts) = receive(|n| if n == 0 { "500 Internal Server Error" } else { "200 OK" });
    notify(&db, &url, &flags).ok();
    let all = taken(&posts);
    let mut ids: Vec<&String> = all.iter().map(|p| &p.headers["webhook-id"]).collect();
    assert_eq!(ids[0], ids[1]);
    ids.remove(0);
    let listed: Value =
        serde_json::from_str(&demarche(&["events", "--db", &db, "--json"]).ok()).expect("JSON");
    assert_eq!(ids.len() as u64, listed["counts"]["events"].as_u64().expect("a count"));
    for post in &all {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
        mac.update(
            format!("{}.{}.", post.headers["webhook-id"], post.headers["webhook-timestamp"]).as_bytes(),
        );
        mac.update(&post.body);
        let signed = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        assert_eq!(post.headers["webhook-signature"], signed);
    }
    // A receiver that refuses everything is left alone after a few messages.
    let other = format!("{}/other.jsonl", scratch.path());
    let (no, posts) = receive(|_| "400 Bad Request");
    let run = notify(&db, &no, &[&flags[..], &["--journal", &other]].concat());
    assert_eq!(run.code, 1);
    assert!((1..=3).contains(&taken(&posts).len()), "{}", run.err);
    // Redirects are not followed.
    let (away, posts) = receive(|_| "307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/");
    let run = notify(&db, &away, &[&flags[..], &["--journal", &other]].concat());
    assert!(run.code == 1 && run.err.contains("leads on"), "{}", run.err);
    assert_eq!(taken(&posts).len(), 1);
}

#[test]
fn addresses_plans_and_journals_are_checked_first() {
    let scratch = Scratch::new("notify-bad");
    let db = format!("{}/news.db", scratch.path());
    add(&db, &FIRST[..1]);
    let (url, posts) = receive(|_| "200 OK");
    let private = demarche(&["notify", "--db", &db, "--post", &url, "--once", "--backlog"]);
    assert!(private.code == 1 && private.err.contains("private network"), "{}", private.err);
    assert!(taken(&posts).is_empty());
    for (post, why) in [("ftp://example.org", "https://"), ("example.org", "https://")] {
        let run = demarche(&["notify", "--db", &db, "--post", post, "--once"]);
        assert!(run.code == 2 && run.err.contains(why), "{}", run.err);
    }
    let plan = scratch.file(
        "hooks.toml",
        format!("[[hook]]\nname = \"a\"\nurl = \"{url}\"\nsecret_env = \"NOT_SET\"\n").as_bytes(),
    );
    let run = demarche(&["notify", "--db", &db, "--config", &plan, "--once"]);
    assert!(run.code == 2 && run.err.contains("NOT_SET is not set"), "{}", run.err);
    let plan = scratch.file("hooks.toml", format!("[[hook]]\nname = \"a\"\nurl = \"{url}\"\nsearch = {{ type = \"RETREAT\" }}\n[[hook]]\nname = \"b\"\nurl = \"{url}\"\n").as_bytes());
    demarche(&["notify", "--db", &db, "--config", &plan, "--once", "--backlog", "--allow-private"]).ok();
    assert!(taken(&posts).iter().all(|p| p.json()["hook"] == "b" || p.json()["event"]["type"] == "RETREAT"));
    let other = scratch.file("other.jsonl", b"no journal\n");
    let run = demarche(&["notify", "--db", &db, "--post", &url, "--once", "--journal", &other]);
    assert!(run.code == 2 && run.err.contains("byte 0"), "{}", run.err);
    assert_eq!(std::fs::read(&other).expect("the file"), b"no journal\n");
    assert_eq!(demarche(&["notify", "--db", "no-such.db", "--post", &url, "--once"]).code, 1);
    assert_eq!(demarche(&["notify", "--db", &db, "--once"]).code, 2);
}
