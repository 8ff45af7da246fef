//! Pages from the web, with a server of our own on this machine.

use crate::driver::demarche;
use std::io::{Read, Write};
use std::net::TcpListener;

/// Answers `times` requests, each with what `answer` makes of the path; gives the address.
fn serve(times: usize, answer: impl Fn(&str) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().take(times) {
            let Ok(mut stream) = stream else { return };
            let mut request = [0; 4096];
            let n = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..n]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
            let _ = stream.write_all(answer(&path).as_bytes());
        }
    });
    format!("http://{address}")
}

fn page(_: &str) -> String {
    let body = std::fs::read_to_string("corpus/pages/harbour-accord.html").expect("a page");
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[test]
fn reads_a_page_from_the_web() {
    let at = serve(1, page);
    let run = demarche(&["read", "--page", "--allow-private", &format!("{at}/story")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let record = &run.json()[0];
    assert_eq!(record["page"]["source"], format!("{at}/story"));
    assert_eq!(record["page"]["meta"]["headline"]["value"], "Vietnam, Philippines sign coastguard accord");
}

#[test]
fn keeps_out_of_private_networks() {
    let run = demarche(&["read", "http://127.0.0.1:1/story"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("private network") && run.err.contains("--allow-private"), "{}", run.err);
}

#[test]
fn names_the_status_of_a_page_that_is_not_there() {
    let at =
        serve(1, |_| "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned());
    let run = demarche(&["read", "--allow-private", &at]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("404"), "{}", run.err);
}

#[test]
fn endless_redirects_end() {
    let at = serve(20, |_| {
        "HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned()
    });
    let run = demarche(&["read", "--allow-private", &at]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("redirect"), "{}", run.err);
}
