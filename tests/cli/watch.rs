//! Watching feeds on a server of our own: once each, politely, and a run that was killed goes on.

use crate::driver::{Scratch, command, demarche};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Requests that came, path by path, with the head of the last one.
type Seen = Arc<Mutex<BTreeMap<String, (u32, String)>>>;

/// A server; `answer` gives status line with headers, and body.
fn serve(answer: impl Fn(&str, &str) -> (String, String) + Send + Sync + 'static) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let seen = Seen::default();
    let (all, answer) = (Arc::clone(&seen), Arc::new(answer));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (all, answer) = (Arc::clone(&all), Arc::clone(&answer));
            std::thread::spawn(move || {
                let mut request = [0; 4096];
                let n = stream.read(&mut request).unwrap_or(0);
                let head = String::from_utf8_lossy(&request[..n]).to_ascii_lowercase();
                let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
                {
                    let mut all = all.lock().expect("a lock");
                    let entry = all.entry(path.clone()).or_default();
                    *entry = (entry.0 + 1, head.clone());
                };
                let (status, body) = answer(&path, &head);
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
            });
        }
    });
    (address, seen)
}

fn feed(links: impl Iterator<Item = String>) -> String {
    let item = |l: String| {
        format!(
            "<item><title>About {l}</title><link>{l}</link><guid>{l}</guid><pubDate>Sat, 12 Jul 2025 10:00:00 GMT</pubDate></item>"
        )
    };
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Courier</title>{}</channel></rss>",
        links.map(item).collect::<String>()
    )
}

fn article(path: &str) -> (String, String) {
    let text = format!(
        "<html><head><title>About {path}</title></head><body><article><h1>About {path}</h1><p>Kenya's president met Ugandan ministers in Kampala on Friday, officials of both sides said.</p></article></body></html>"
    );
    ("200 OK\r\ncontent-type: text/html".to_owned(), text)
}

fn files(folder: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() && name != ".watch" {
            out.extend(files(&path));
        } else if name.ends_with(".json") {
            out.push(std::fs::read_to_string(&path).expect("a page"));
        }
    }
    out
}

fn plan(scratch: &Scratch, more: &str, feeds: &[String]) -> String {
    let feeds: String = feeds.iter().map(|f| format!("[[feed]]\nurl = \"{f}\"\n")).collect();
    scratch.file("feeds.toml", format!("out = \"pages\"\n{more}\n{feeds}").as_bytes())
}

fn times(seen: &Seen, path: &str) -> u32 {
    seen.lock().expect("a lock").get(path).map_or(0, |(n, _)| *n)
}

#[test]
fn new_pages_come_once_and_feeds_are_asked_what_changed() {
    let (at, seen) = serve(|path, head| match path {
        "/feed" if head.contains("if-none-match: \"v1\"") => ("304 Not Modified".to_owned(), String::new()),
        "/feed" => {
            let links = ["/a", "/b#top", "/private/c", "/gone", "/picture"].map(str::to_owned);
            ("200 OK\r\netag: \"v1\"".to_owned(), feed(links.into_iter()))
        }
        "/robots.txt" => ("200 OK".to_owned(), "User-agent: *\nDisallow: /private/\n".to_owned()),
        "/gone" => ("410 Gone".to_owned(), String::new()),
        "/picture" => ("200 OK\r\ncontent-type: image/png".to_owned(), "x".to_owned()),
        path => article(path),
    });
    let scratch = Scratch::new("watch");
    let plan = plan(&scratch, "delay = \"0s\"", &[format!("{at}/feed")]);
    let args = ["watch", "--once", "--allow-private", &plan];
    let first = demarche(&args);
    assert_eq!(first.code, 1, "three pages were given up: {}", first.err);
    assert!(first.err.contains("5 new pages") && first.err.contains("robots.txt"), "{}", first.err);
    let folder = format!("{}/pages", scratch.path());
    assert_eq!(files(Path::new(&folder)).len(), 2);
    let second = demarche(&args);
    assert_eq!((second.code, second.out.as_str()), (0, ""), "{}", second.err);
    assert!(second.err.contains("unchanged"), "{}", second.err);
    for (path, n) in [("/feed", 2), ("/robots.txt", 1), ("/a", 1), ("/b", 1), ("/private/c", 0), ("/gone", 1)]
    {
        assert_eq!(times(&seen, path), n, "{path}");
    }
    let read = demarche(&["read", "--page", &folder]);
    let pages = read.json();
    assert_eq!((read.code, pages.len()), (0, 2), "{}", read.err);
    assert_eq!(pages[0]["page"]["meta"]["published"]["value"].as_str().map(|d| &d[..10]), Some("2025-07-12"));
}

#[test]
fn a_killed_watch_loses_nothing_and_doubles_nothing() {
    let (at, seen) = serve(|path, _| match path {
        "/feed" => ("200 OK".to_owned(), feed((0..60).map(|n| format!("/p{n}")))),
        "/robots.txt" => ("404 Not Found".to_owned(), String::new()),
        path => {
            std::thread::sleep(Duration::from_millis(10));
            article(path)
        }
    });
    let scratch = Scratch::new("watch-kill");
    let plan = plan(&scratch, "delay = \"0s\"", &[format!("{at}/feed")]);
    let args = ["watch", "--once", "--allow-private", "--quiet", &plan];
    let mut kills = 0;
    for wanted in [1, 12, 30] {
        let mut child = command(&args).spawn().expect("starts");
        let began = Instant::now();
        let enough = || (0..60).filter(|n| times(&seen, &format!("/p{n}")) > 0).count() >= wanted;
        while !enough()
            && began.elapsed() < Duration::from_secs(60)
            && child.try_wait().expect("a child").is_none()
        {
            std::thread::sleep(Duration::from_millis(3));
        }
        child.kill().expect("is killed");
        child.wait().expect("is gone");
        kills += 1;
    }
    let last = demarche(&args);
    assert_eq!(last.code, 0, "{}", last.err);
    let kept = files(Path::new(&format!("{}/pages", scratch.path())));
    let mut links: Vec<String> = kept
        .iter()
        .map(|text| {
            serde_json::from_str::<serde_json::Value>(text).expect("whole")["link"]
                .as_str()
                .unwrap_or("")
                .to_owned()
        })
        .collect();
    links.sort();
    links.dedup();
    assert_eq!((kept.len(), links.len()), (60, 60));
    let fetched: u32 = (0..60).map(|n| times(&seen, &format!("/p{n}"))).sum();
    assert!(fetched <= 60 + kills, "only pages in flight are fetched again: {fetched}");
}

#[test]
fn items_that_are_articles_are_kept_and_come_into_the_database_once() {
    let text = "Kenya's president met Ugandan ministers in Kampala on Friday, officials of both sides said.";
    let item = move |n: u32| {
        format!(
            "<item><title>Talks {n}</title><guid>urn:talks:{n}</guid><author>Ann Lee</author>\
             <pubDate>Sat, 12 Jul 2025 10:00:00 GMT</pubDate><description>&lt;p&gt;{text} Round {n}.&lt;/p&gt;</description></item>"
        )
    };
    let polls = Arc::new(Mutex::new(0));
    let count = Arc::clone(&polls);
    let (at, seen) = serve(move |path, _| match path {
        "/feed" => {
            let mut polls = count.lock().expect("a lock");
            *polls += 1;
            let items: String = (0..2 + *polls).map(item).collect();
            let head = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Courier</title>";
            ("200 OK".to_owned(), format!("{head}{items}</channel></rss>"))
        }
        _ => ("404 Not Found".to_owned(), String::new()),
    });
    let scratch = Scratch::new("watch-feed");
    let text = format!("out = \"pages\"\n[[feed]]\nurl = \"{at}/feed\"\narticles = \"feed\"\n");
    let plan = scratch.file("feeds.toml", text.as_bytes());
    let db = format!("{}/news.db", scratch.path());
    let args = ["watch", "--once", "--allow-private", "--db", &db, &plan];
    let first = demarche(&args);
    assert!(first.code == 0 && first.err.contains("3 added"), "{}", first.err);
    let second = demarche(&args);
    assert!(second.code == 0 && second.err.contains("1 new articles"), "{}", second.err);
    assert!(second.err.contains("1 added"), "{}", second.err);
    assert_eq!(times(&seen, "/feed"), 2);
    assert_eq!(seen.lock().expect("a lock").len(), 1, "nothing but the feed is fetched");
    let events = demarche(&["events", "--db", &db, "--json"]);
    assert!(events.code == 0 && events.out.contains("CONSULT"), "{}{}", events.out, events.err);
    let pages = demarche(&["read", "--page", &format!("{}/pages", scratch.path())]).json();
    assert_eq!(pages.len(), 4);
    assert_eq!(pages[0]["page"]["meta"]["publisher"]["value"], "Courier");
    // A database that is not there is filled from the folder.
    std::fs::remove_file(&db).expect("gone");
    let third = demarche(&args);
    assert!(third.err.contains("5 added"), "{}", third.err);
}

#[test]
fn servers_that_fail_are_left_alone() {
    let (at, seen) = serve(|path, _| match path {
        "/feed" => ("200 OK".to_owned(), feed(["/busy", "/next"].map(str::to_owned).into_iter())),
        "/robots.txt" => ("404 Not Found".to_owned(), String::new()),
        "/busy" => ("429 Too Many Requests\r\nretry-after: 3600".to_owned(), String::new()),
        path => article(path),
    });
    let (down, asked) = serve(|_, _| ("500 Internal Server Error".to_owned(), String::new()));
    let scratch = Scratch::new("watch-busy");
    let plan = plan(&scratch, "delay = \"0s\"", &[format!("{at}/feed"), format!("{down}/feed")]);
    let args = ["watch", "--once", "--allow-private", &plan];
    for _ in 0..2 {
        let run = demarche(&args);
        assert!(run.code <= 1, "{}", run.err);
    }
    assert_eq!((times(&seen, "/busy"), times(&seen, "/next")), (1, 0), "the host asked to wait");
    assert_eq!(times(&asked, "/feed"), 1, "a feed that failed is not polled again at once");
}

#[test]
fn plans_that_cannot_be() {
    let scratch = Scratch::new("watch-plan");
    for (text, why) in [
        ("out = 1", "out"),
        ("out = \"p\"", "[[feed]]"),
        ("out = \"p\"\n[[feed]]\nurl = \"ftp://x\"", "https"),
    ] {
        let run = demarche(&["watch", "--once", &scratch.file("f.toml", text.as_bytes())]);
        assert!(run.code == 2 && run.err.contains(why), "{}", run.err);
    }
    assert_eq!(demarche(&["watch", "--once", "/no/such.toml"]).code, 2);
}
