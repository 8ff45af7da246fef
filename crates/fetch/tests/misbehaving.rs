//! Fetching from a server of our own that does everything wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use demarche_fetch::{Answer, Fetcher, Limits, Reason, Refusal, Request};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// Serves every connection with `answer`, which gets the whole request head; gives the address.
fn serve(answer: impl Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer = std::sync::Arc::new(answer);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let answer = std::sync::Arc::clone(&answer);
            std::thread::spawn(move || {
                let mut request = [0; 4096];
                let n = stream.read(&mut request).unwrap_or(0);
                let _ = answer(&String::from_utf8_lossy(&request[..n]), &mut stream);
            });
        }
    });
    format!("http://{address}")
}

fn small() -> Limits {
    let exceptions = vec!["127.0.0.1".parse().unwrap()];
    Limits { exceptions, bytes: 100_000, patience: Duration::from_millis(600), ..Limits::default() }
}

fn refused(url: &str) -> Refusal {
    Fetcher::new(&small()).get(url).expect_err("is refused")
}

fn head(more: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n{more}\r\n")
}

#[test]
fn a_good_page_comes_with_its_names() {
    let at = serve(|_, s| write!(s, "{}<p>Hello", head("etag: \"1\"\r\ncontent-length: 8\r\n")));
    let page = Fetcher::new(&small()).get(&format!("{at}/a")).unwrap();
    assert_eq!((page.bytes.as_slice(), page.etag.as_deref()), (&b"<p>Hello"[..], Some("\"1\"")));
    assert_eq!(page.content_type.as_deref(), Some("text/html"));
    assert_eq!(page.url, format!("{at}/a"));
}

#[test]
fn an_unchanged_page_is_told() {
    let at = serve(|request, s| {
        let known = request.to_ascii_lowercase().contains("if-none-match: \"1\"");
        let answer = if known {
            "HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n"
        } else {
            "HTTP/1.1 500 No\r\n\r\n"
        };
        s.write_all(answer.as_bytes())
    });
    let request = Request { url: &at, etag: Some("\"1\""), last_modified: None };
    assert_eq!(Fetcher::new(&small()).ask(&request), Ok(Answer::Unchanged));
}

#[test]
fn slow_servers_are_left() {
    let silent = serve(|_, _| {
        std::thread::sleep(Duration::from_secs(5));
        Ok(())
    });
    let r = refused(&silent);
    assert_eq!(r.reason, Reason::Slow, "{r}");
    assert!(r.may_pass());
    // A byte now and then keeps every single read alive, but not the whole.
    let drip = serve(|_, s| {
        s.write_all(head("").as_bytes())?;
        loop {
            s.write_all(b"x")?;
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    assert_eq!(refused(&drip).reason, Reason::Slow);
}

#[test]
fn endless_bodies_and_headers_end() {
    let body = serve(|_, s| {
        s.write_all(head("").as_bytes())?;
        loop {
            s.write_all(&[b'x'; 8192])?;
        }
    });
    assert_eq!(refused(&body).reason, Reason::Large);
    let headers = serve(|_, s| {
        s.write_all(b"HTTP/1.1 200 OK\r\n")?;
        loop {
            s.write_all(b"x-more: and more\r\n")?;
        }
    });
    refused(&headers);
}

#[test]
fn a_gzip_bomb_does_not_go_off() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..1000 {
        packed.write_all(&[0; 100_000]).unwrap();
    }
    let bomb = packed.finish().unwrap();
    assert!(bomb.len() < 200_000);
    let at = serve(move |_, s| {
        write!(s, "{}", head(&format!("content-encoding: gzip\r\ncontent-length: {}\r\n", bomb.len())))?;
        s.write_all(&bomb)
    });
    assert_eq!(refused(&at).reason, Reason::Large);
}

#[test]
fn wrong_lengths_are_noticed() {
    let short = serve(|_, s| write!(s, "{}<p>only this", head("content-length: 5000\r\n")));
    let r = refused(&short);
    assert_eq!(r.reason, Reason::Broken, "{r}");
    let long = serve(|_, s| write!(s, "{}<p>abcdefgh", head("content-length: 5\r\n")));
    assert_eq!(Fetcher::new(&small()).get(&long).unwrap().bytes, b"<p>ab");
    let chunked = serve(|_, s| write!(s, "{}FFFFFFF\r\nabc", head("transfer-encoding: chunked\r\n")));
    refused(&chunked);
    let nonsense = serve(|_, s| s.write_all(b"\x16\x03\x01 not http at all\r\n\r\n"));
    refused(&nonsense);
}

#[test]
fn redirect_loops_end() {
    let at = serve(|_, s| {
        s.write_all(
            b"HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        )
    });
    let r = refused(&at);
    assert_eq!(r.reason, Reason::Redirects, "{r}");
}

#[test]
fn redirects_do_not_lead_into_private_networks_or_files() {
    for to in [
        "http://127.0.0.2:9/secret",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]:9/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706434:9/",
        "http://0x7f.2:9/",
    ] {
        let at = serve(move |_, s| {
            write!(
                s,
                "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
        });
        let r = refused(&at);
        assert!(matches!(r.reason, Reason::Private), "{to}: {r:?}");
    }
    for to in ["file:///etc/passwd", "ftp://example.org/x", "gopher://127.0.0.1/"] {
        let at = serve(move |_, s| {
            write!(
                s,
                "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
        });
        refused(&at);
        refused(to);
    }
}

#[test]
fn a_server_may_ask_to_wait() {
    let at = serve(|_, s| {
        s.write_all(
            b"HTTP/1.1 429 Slow down\r\nretry-after: 120\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        )
    });
    let r = refused(&at);
    assert_eq!((r.reason, r.retry_after), (Reason::Status(429), Some(Duration::from_secs(120))));
    assert!(r.may_pass());
}
