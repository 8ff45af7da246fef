//! Feeds, archives, rows: what holds many pages comes out page by page, and one broken record stops nothing.

use crate::driver::{Run, Scratch, demarche, demarche_with};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::io::Write;

const HTML: &str = "corpus/pages/harbour-accord.html";
const TEXT: &str = "Kenya's president met Ugandan ministers in Kampala on Friday.";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("packs");
    out.finish().expect("packs")
}

fn html() -> String {
    std::fs::read_to_string(HTML).expect("a page")
}

/// One record of an archive.
pub fn warc(kind: &str, uri: &str, block: &str) -> Vec<u8> {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2025-07-13T08:00:00Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .into_bytes()
}

/// A stored answer with a page.
pub fn answer(page: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}")
}

fn pages(run: &Run) -> Vec<Value> {
    run.json()
}

fn read(path: &str) -> Vec<Value> {
    let run = demarche(&["read", "--page", path]);
    assert_eq!(run.code, 0, "{path}: {}", run.err);
    pages(&run)
}

fn headline(line: &Value) -> &str {
    line["page"]["meta"]["headline"]["value"].as_str().unwrap_or_default()
}

#[test]
fn a_page_has_one_id_whatever_it_came_in() {
    let scratch = Scratch::new("ids");
    let html = html();
    let id = read(HTML).remove(0)["page"]["id"].clone();
    let uri = "https://courier.example/harbour";
    let mut archive = warc("warcinfo", "", "software: x");
    archive.extend(warc("response", uri, &answer(&html)));
    let packed =
        [gzip(&warc("request", uri, "GET /")), gzip(&warc("response", uri, &answer(&html)))].concat();
    let quoted = html.replace('"', "\"\"");
    for (name, bytes) in [
        ("a.warc", archive),
        ("b.warc.gz", packed),
        ("c.jsonl", format!("{}\n", json!({"url": uri, "html": html})).into_bytes()),
        ("d.csv", format!("url,html\n{uri},\"{quoted}\"\n").into_bytes()),
        ("e.html.gz", gzip(html.as_bytes())),
        ("f.json", serde_json::to_vec_pretty(&json!([{"html": html}])).expect("JSON")),
    ] {
        let found = read(&scratch.file(name, &bytes));
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0]["page"]["id"], id, "{name}");
    }
}

#[test]
fn archives_say_where_a_page_stands() {
    let scratch = Scratch::new("places");
    let uri = "https://courier.example/harbour";
    let first = gzip(&warc("request", uri, "GET /"));
    let path =
        scratch.file("x.warc.gz", &[first.clone(), gzip(&warc("response", uri, &answer(&html())))].concat());
    let page = read(&path).remove(0);
    assert_eq!(page["page"]["source"], format!("warc://{path}#{}", first.len()));
}

#[test]
fn feeds_of_three_kinds() {
    let scratch = Scratch::new("feeds");
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Courier</title><item><guid>7</guid><title>Talks held</title>\
         <link>https://x.example/a</link><pubDate>Sat, 12 Jul 2025 10:00:00 GMT</pubDate><description>{TEXT}</description></item></channel></rss>"
    );
    let atom = format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Courier</title><id>f</id><updated>2025-07-12T10:00:00Z</updated>\
         <entry><id>7</id><title>Talks held</title><link href=\"https://x.example/a\"/><published>2025-07-12T10:00:00Z</published>\
         <updated>2025-07-12T10:00:00Z</updated><summary>{TEXT}</summary></entry></feed>"
    );
    let json_feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": "Courier", "items": [
        {"id": "7", "title": "Talks held", "url": "https://x.example/a", "content_text": TEXT, "date_published": "2025-07-12T10:00:00Z"}
    ]});
    for (name, text) in [("a.xml", rss), ("b.atom", atom), ("c.json", json_feed.to_string())] {
        let found = read(&scratch.file(name, text.as_bytes()));
        assert_eq!((found.len(), headline(&found[0])), (1, "Talks held"), "{name}");
        let meta = &found[0]["page"]["meta"];
        assert_eq!(meta["given_id"]["value"], "7", "{name}");
        assert_eq!(found[0]["page"]["source"], "https://x.example/a", "{name}");
        assert!(meta["published"]["value"].as_str().is_some_and(|d| d.starts_with("2025-07-12")), "{name}");
        assert!(found[0]["page"]["text"].as_str().is_some_and(|t| t.contains(TEXT)), "{name}");
    }
}

#[test]
fn rows_of_other_tools() {
    let scratch = Scratch::new("shapes");
    let ngec = json!({"id": "n1", "date": "2025-07-12", "event_text": TEXT, "headline": "Talks held", "publisher": "Courier"});
    let cloud = json!({"id": 12, "title": "Talks held", "media_name": "Courier", "publish_date": "2025-07-12", "text": TEXT});
    let indexer = json!({"content_metadata": {"article_title": "Talks held", "text_content": TEXT, "publication_date": "2025-07-12", "url": "https://x.example/a"}});
    let please = json!({"title": "Talks held", "maintext": TEXT, "date_publish": "2025-07-12 10:00:00", "authors": ["Ann Lee"]});
    let lines = [ngec, cloud, indexer, please].map(|v| v.to_string()).join("\n");
    for name in ["a.jsonl", "b.jsonl.zst"] {
        let bytes =
            if name.ends_with("zst") { zstd_of(lines.as_bytes()) } else { lines.clone().into_bytes() };
        let found = read(&scratch.file(name, &bytes));
        assert_eq!(found.len(), 4, "{name}");
        for line in &found {
            assert_eq!(headline(line), "Talks held");
            let published = line["page"]["meta"]["published"]["value"].as_str().unwrap_or_default();
            assert!(published.starts_with("2025-07-12"), "{line}");
        }
    }
    let tsv = format!("id\tdate\theadline\tbody\nr1\t2025-07-12\tTalks held\t{TEXT}\\nThey ended.\n");
    let found = read(&scratch.file("c.tsv", tsv.as_bytes()));
    assert_eq!(found[0]["page"]["meta"]["given_id"]["value"], "r1");
}

#[test]
#[cfg(not(feature = "parquet"))]
fn a_parquet_file_is_refused_by_name_of_the_feature() {
    let run = demarche(&["read", "--page", "tests/data/articles.parquet"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("cargo feature `parquet`"), "{}", run.err);
}

#[test]
#[cfg(feature = "parquet")]
fn rows_of_a_parquet_file() {
    let parquet = read("tests/data/articles.parquet");
    assert_eq!((parquet.len(), headline(&parquet[0])), (2, "Talks held"));
    assert_eq!(parquet[0]["page"]["meta"]["authors"][0]["value"], "Ann Lee");
    let bytes = std::fs::read("tests/data/articles.parquet").expect("a file");
    let piped = demarche_with(&["read", "--page"], &bytes).json();
    assert_eq!((piped.len(), headline(&piped[1])), (2, headline(&parquet[1])));
}

/// A Zstandard frame with the bytes as they are: raw blocks of at most 128 KiB.
fn zstd_of(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x28, 0xB5, 0x2F, 0xFD, 0xA0];
    out.extend((bytes.len() as u32).to_le_bytes());
    let blocks: Vec<&[u8]> = bytes.chunks(100_000).collect();
    for (i, block) in blocks.iter().enumerate() {
        let head = (block.len() as u32) << 3 | u32::from(i + 1 == blocks.len());
        out.extend(&head.to_le_bytes()[..3]);
        out.extend(*block);
    }
    out
}

#[test]
fn one_broken_record_is_named_and_the_rest_goes_on() {
    let scratch = Scratch::new("broken-records");
    let good = json!({"title": "Talks held", "text": TEXT}).to_string();
    let lines = format!("{good}\n{{\"title\": \n{good}\n{{\"title\": \"\\ud800\"}}\n{{}}\n{good}\n");
    let table = format!("id,title,text\n1,A,{TEXT}\n2,,\n3,B,{TEXT},more,cells\n4,C,{TEXT}\n");
    let response = |n: usize| {
        warc("response", "https://x.example/", &answer(&html().replace("sign", &format!("sign{n}"))))
    };
    let mut damaged = gzip(&response(2));
    let middle = damaged.len() / 2;
    damaged[middle..middle + 9].fill(0xAA);
    let archive = [gzip(&response(1)), damaged, gzip(&response(3))].concat();
    let mut plain = response(1);
    plain.extend(b"stray bytes\r\nfrom nowhere\r\n");
    plain.extend(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n");
    plain.extend(response(2));
    for (name, bytes, good, bad, place) in [
        ("a.jsonl", lines.into_bytes(), 3, 3, "a.jsonl:2"),
        ("b.csv", table.into_bytes(), 2, 2, "b.csv:3"),
        ("c.warc.gz", archive, 2, 1, "c.warc.gz#"),
        ("d.warc", plain, 2, 2, "d.warc#"),
    ] {
        let path = scratch.file(name, &bytes);
        let run = demarche(&["read", "--page", &path]);
        assert_eq!(run.code, 1, "{name}: {}", run.err);
        let lines = pages(&run);
        let failed: Vec<&Value> = lines.iter().filter(|l| l["error"].is_object()).collect();
        assert_eq!((lines.len() - failed.len(), failed.len()), (good, bad), "{name}: {}", run.out);
        assert!(failed[0]["source"].as_str().is_some_and(|s| s.contains(place)), "{}", failed[0]);
        assert!(failed.iter().all(|f| f["error"]["hint"].is_string()), "{name}: {failed:?}");
        assert!(lines.last().is_some_and(|l| l["page"].is_object()), "{name}: the last record comes out");
    }
}

#[test]
fn an_open_quotation_mark_or_a_missing_column_is_said() {
    let run = demarche_with(&["read", "--page", "--format", "csv", "-"], b"a,b\n1,2\n");
    assert!(run.code == 1 && run.err.contains("no column called text"), "{}", run.err);
    let cut =
        demarche_with(&["read", "--page", "-"], format!("title,text\nA,{TEXT}\nB,\"{TEXT}\n").as_bytes());
    assert_eq!(cut.json().len(), 2);
}

#[test]
fn the_format_can_be_forced() {
    let lines = format!("{{\"title\": \"Talks held\", \"text\": \"{TEXT}\"}}\n");
    let run = demarche_with(&["read", "--page", "--format", "text", "-"], lines.as_bytes());
    assert!(run.json()[0]["page"]["text"].as_str().is_some_and(|t| t.contains("\"title\"")), "{}", run.out);
    let run = demarche_with(&["read", "--page", "--format", "tsv", "-"], b"title;text\nA;B\n");
    assert_eq!(run.code, 1);
    let run = demarche_with(&["read", "--page", "--format", "nonsense", "-"], b"");
    assert_eq!(run.code, 2);
}

#[test]
fn folders_take_what_holds_many_pages_too() {
    let scratch = Scratch::new("mixed");
    scratch.file("a.txt", TEXT.as_bytes());
    scratch.file("b.jsonl", format!("{}\n", json!({"text": TEXT})).as_bytes());
    scratch.file("c/d.csv", format!("title,text\nA,{TEXT}\nB,{TEXT}\n").as_bytes());
    scratch.file("e.png", b"\x89PNG\r\n");
    assert_eq!(read(&scratch.path()).len(), 4);
}

#[test]
fn pages_cut_or_packed_badly_do_not_panic() {
    let scratch = Scratch::new("cut");
    let bytes = gzip(&warc("response", "https://x.example/", &answer(&html())));
    for cut in [1, 3, 12, 40, bytes.len() / 2, bytes.len() - 3] {
        let run = demarche(&["read", "--page", &scratch.file("x.warc.gz", &bytes[..cut])]);
        assert!(matches!(run.code, 0 | 1), "{cut}: {}", run.err);
    }
    let parquet = std::fs::read("tests/data/articles.parquet").expect("a file");
    for cut in [4, 20, parquet.len() / 2, parquet.len() - 4] {
        let run = demarche(&["read", "--page", &scratch.file("x.parquet", &parquet[..cut])]);
        assert_eq!(run.code, 1, "{cut}: {}", run.err);
    }
}
