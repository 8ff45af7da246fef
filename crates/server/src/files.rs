//! The desk's own files, embedded: bundled scripts and styles, fonts, the map, and the one HTML page.

use crate::answer::{Answer, tagged};
use crate::error::{Error, ErrorKind};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::IntoResponse;

include!("../web/dist/files.rs");

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ext)| ext) {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}

/// One embedded file.
pub(crate) async fn file(Path(path): Path<String>, headers: HeaderMap) -> Answer {
    match FILES.iter().find(|f| f.0 == path) {
        Some((name, bytes)) => {
            let mut out = tagged(&headers, kind(name), bytes.to_vec());
            if name.ends_with(".woff2") {
                out.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("max-age=86400"));
            }
            out
        }
        None => Error::new(ErrorKind::Missing, "no such file").into_response(),
    }
}

/// The page that loads the desk at a view. It holds no data, so nothing of a news page can get into it.
pub(crate) fn index(csrf: &str, view: &str) -> String {
    let first = FIRST.iter().find(|f| f.0 == view).map_or(&[][..], |f| f.1);
    let first: String =
        first.iter().map(|f| format!("<link rel=\"modulepreload\" href=\"/static/{f}\">\n")).collect();
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="csrf" content="{csrf}">
<title>demarche news desk</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="preload" href="/static/fonts/source-serif-4-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="/static/fonts/source-sans-3-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/static/desk.css">
<script src="/static/theme.js"></script>
<script type="module" src="/static/desk.js"></script>
{first}<link rel="alternate" type="application/atom+xml" title="Newest stories" href="/api/v1/front.atom">
</head>
<body>
<div id="desk"><noscript>The desk needs JavaScript. The same data without it: <a href="/api/v1/openapi.json">/api/v1</a>.</noscript></div>
</body>
</html>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_loaded_from_elsewhere_or_written_inline() {
        let page = index("x", "front");
        assert!(page.contains("/static/page/front.js") && !page.contains("/static/page/map.js"));
        for (view, scripts) in FIRST {
            assert!(scripts.iter().all(|s| FILES.iter().any(|f| f.0 == *s)), "{view}");
        }
        for bad in ["http:", "https:", "style=", "<style", "onclick", "onload"] {
            assert!(!page.contains(bad), "{bad}");
        }
        let css = FILES.iter().find(|f| f.0 == "desk.css").map(|f| String::from_utf8_lossy(f.1)).unwrap();
        let urls: Vec<&str> =
            css.match_indices("url(").map(|(at, _)| &css[at + 4..(at + 30).min(css.len())]).collect();
        assert!(urls.iter().all(|u| u.trim_start_matches('"').starts_with("/static/")), "{urls:?}");
        for (name, bytes) in FILES.iter().filter(|f| f.0.starts_with("fonts/") && !f.0.contains("ext")) {
            assert!(css.contains(*name) && bytes.starts_with(b"wOF2"), "{name}");
        }
    }
}
