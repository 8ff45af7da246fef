//! Containers come out page by page, and what fails is a record that names its place.

use demarche_reader::{ErrorKind, Hint, Place, records};
use std::io::Write;

const PAGE: &str = "<html><head><title>Dam talks resume</title></head><body><article><h1>Dam talks resume</h1>\
    <p>The two governments returned to the table on Saturday, their envoys said after a long morning of meetings.</p>\
    <p>A second round is planned for Monday, when engineers from both sides will present their figures.</p></article></body></html>";

fn record(kind: &str, uri: &str, payload: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-03-10T00:00:00Z\r\nContent-Length: {}\r\n\r\n{payload}\r\n\r\n",
        payload.len()
    )
}

#[test]
fn a_packed_archive_gives_its_pages_and_passes_over_the_rest() {
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}");
    let mut packed = Vec::new();
    for (kind, payload) in [
        ("warcinfo", "x"),
        ("request", "GET /"),
        ("response", &response),
        ("response", "HTTP/1.1 404 No\r\n\r\n"),
    ] {
        let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        member.write_all(record(kind, "https://x.example/2024/03/09/dam", payload).as_bytes()).unwrap();
        packed.extend(member.finish().unwrap());
    }
    let pages: Vec<_> = records(packed.as_slice(), &Hint::default()).collect();
    assert_eq!(pages.len(), 1);
    let page = pages[0].as_ref().unwrap();
    assert_eq!(page.published_day(), Some("2024-03-09"));
    assert_eq!(page.body().count(), 2);
}

#[test]
fn an_archive_cut_short_says_so() {
    let whole = record("response", "https://x.example/", "HTTP/1.1 200 OK\r\n\r\n<p>text</p>");
    let cut = &whole.as_bytes()[..whole.len() - 12];
    let all: Vec<_> = records(cut, &Hint::default()).collect();
    assert_eq!(all.last().unwrap().as_ref().unwrap_err().kind(), ErrorKind::Damaged);
}

#[test]
fn feeds_tables_and_lines() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Courier</title><item><title>Dam talks</title>\
        <link>https://x.example/a</link><pubDate>Sat, 09 Mar 2024 10:00:00 GMT</pubDate><description>Talks resumed.</description></item></channel></rss>";
    let page = records(feed.as_bytes(), &Hint::default()).next().unwrap().unwrap();
    assert_eq!(page.published_day(), Some("2024-03-09"));
    assert_eq!(page.source, "https://x.example/a");
    let table = "id,title,text,date\n7,Dam talks,\"Talks resumed.\n\nThey ended.\",2024-03-09\n8,,,\n";
    let rows: Vec<_> = records(table.as_bytes(), &Hint::default()).collect();
    assert_eq!(rows[0].as_ref().unwrap().body().count(), 2);
    assert_eq!(rows[0].as_ref().unwrap().meta.given_id.as_ref().unwrap().value, "7");
    assert_eq!(rows[1].as_ref().unwrap_err().kind(), ErrorKind::Empty);
    let lines =
        "{\"id\": \"1\", \"event_text\": \"Talks resumed.\", \"pub_date\": \"2024-03-09\"}\n{\"id\": 2}\n";
    let all: Vec<_> = records(lines.as_bytes(), &Hint::default()).collect();
    assert_eq!(all[0].as_ref().unwrap().published_day(), Some("2024-03-09"));
    assert_eq!(all[1].as_ref().unwrap_err().place, Place::Line(2));
}
