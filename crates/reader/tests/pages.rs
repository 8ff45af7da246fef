//! Pages of every kind that news comes as: what the reader takes for the article, and what it says of the page.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use demarche_reader::{Effort, Hint, read};
use record::{BlockKind, Page};

const FIRST: &str =
    "The two governments returned to the table on Saturday, their envoys said after a long morning.";
const SECOND: &str =
    "A second round is planned for Monday, when engineers from both sides will present their figures.";
const THIRD: &str =
    "Fishermen from the upper valley were not invited, and said that they would come all the same.";

fn page(html: &str) -> Page {
    read(html.as_bytes(), &Hint::default()).unwrap()
}

fn body(page: &Page) -> Vec<&str> {
    page.body().map(|b| b.span.of(&page.text)).collect()
}

fn kinds(page: &Page, kind: BlockKind) -> Vec<&str> {
    page.blocks.iter().filter(|b| b.kind == kind).map(|b| b.span.of(&page.text)).collect()
}

fn noted(page: &Page, what: &str) -> bool {
    page.notes.iter().any(|n| n.contains(what))
}

#[test]
fn a_live_blog_is_called_one_and_its_clock_is_no_text() {
    let html = format!(
        "<title>Dam talks: live updates</title><main><article><h1>Dam talks: live updates</h1><p>Last updated 14:20</p>\
         <div><time datetime='2024-03-09T14:20:00Z'>14:20</time><p>{FIRST}</p></div>\
         <div><time datetime='2024-03-09T13:05:00Z'>13:05</time><p>{SECOND}</p></div>\
         <div><time datetime='2024-03-09T12:00:00Z'>12:00</time><p>{THIRD}</p></div></article></main>"
    );
    let page = page(&html);
    assert!(noted(&page, "live blog"), "{:?}", page.notes);
    assert_eq!(body(&page), [FIRST, SECOND, THIRD]);
}

#[test]
fn an_amp_copy_is_read_like_the_page() {
    let html = format!(
        "<!doctype html><html ⚡ lang=en><head><meta charset=utf-8><title>Dam talks resume</title>\
         <link rel=canonical href='https://x.example/dam'></head><body><amp-sidebar><a href='/'>Home</a></amp-sidebar>\
         <article><h1>Dam talks resume</h1><amp-img src='/dam.jpg' width=2 height=1></amp-img><p>{FIRST}</p>\
         <amp-ad width=300 height=250>Buy now</amp-ad><p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
    );
    let page = page(&html);
    assert!(noted(&page, "AMP"), "{:?}", page.notes);
    assert_eq!(page.meta.canonical_url.as_ref().map(|u| u.value.as_str()), Some("https://x.example/dam"));
    assert_eq!(body(&page), [FIRST, SECOND, THIRD]);
}

#[test]
fn two_articles_on_a_page_are_said_to_be_two() {
    let long = [FIRST, SECOND, THIRD].map(|p| format!("<p>{p}</p>")).concat().repeat(3);
    let html = format!(
        "<article><h1>Dam talks resume in the capital</h1>{long}</article>\
         <article><h1>Storm closes the northern pass</h1>{long}</article>"
    );
    assert!(noted(&page(&html), "2 articles"));
    assert!(!noted(
        &page(&format!("<article><h1>Dam talks resume in the capital</h1>{long}</article>")),
        "articles"
    ));
}

#[test]
fn the_notice_of_a_paywall_is_no_text_and_the_page_a_stub() {
    let html = format!(
        "<title>Dam talks resume</title><article><h1>Dam talks resume</h1><p>{FIRST}</p>\
         <div class='wall'><h3>To continue reading, subscribe</h3><p>Two months for one coin</p></div></article>"
    );
    let page = page(&html);
    assert!(noted(&page, "paywall stub"), "{:?}", page.notes);
    assert_eq!(body(&page), [FIRST]);
}

#[test]
fn the_fast_way_finds_the_same_plain_article() {
    let text = [FIRST, SECOND, THIRD].map(|p| format!("<p>{p}</p>")).concat();
    let html = format!(
        "<title>Dam talks resume</title><nav><a href='/'>Home</a> <a href='/world'>World</a></nav>\
         <article><h1>Dam talks resume</h1><p class=byline>By Ana Ruiz</p>{text}</article><footer>All rights reserved</footer>"
    );
    for effort in [Effort::Accurate, Effort::Fast] {
        let page = read(html.as_bytes(), &Hint { effort, ..Hint::default() }).unwrap();
        assert_eq!(body(&page), [FIRST, SECOND, THIRD], "{effort:?}");
        assert_eq!(page.meta.authors.first().map(|a| a.value.as_str()), Some("Ana Ruiz"), "{effort:?}");
    }
}

#[test]
fn encodings_are_read_as_declared_or_as_they_are() {
    let text =
        "Der Bürgermeister von Köln begrüßte am Montag die Gäste aus der Türkei und sprach über die Brücke.";
    let html = |charset: &str| {
        format!(
            "<html><head><meta charset='{charset}'><title>Brücke</title></head><body><p>{text}</p><p>{text}</p></body></html>"
        )
    };
    let latin = encoding_rs::WINDOWS_1252.encode(&html("iso-8859-1")).0.into_owned();
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(html("utf-16").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let wrong = encoding_rs::WINDOWS_1252.encode(&html("utf-8")).0.into_owned();
    for (name, bytes) in [("declared", latin), ("wide", wide), ("declared wrongly", wrong)] {
        let page = read(&bytes, &Hint::default()).unwrap();
        assert!(page.text.contains("Bürgermeister von Köln"), "{name}: {}", page.text);
    }
}

#[test]
fn broken_markup_loses_no_words() {
    for html in [
        format!("<h1>Dam talks resume<p>{FIRST}<p>{SECOND}<p>{THIRD}"),
        format!("<div><b><p>{FIRST}</b></div></span><p>{SECOND}</p></table><td><p>{THIRD}"),
        format!(
            "<html><body><article><p>{FIRST}</p><!-- never closed? --><p title=\"a > b\">{SECOND}<p>{THIRD}</article"
        ),
        format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{}", "<div>".repeat(5000)),
    ] {
        let page = page(&html);
        for text in [FIRST, SECOND, THIRD] {
            assert!(page.text.contains(text), "{text} lost in {}", page.text);
        }
    }
}

#[test]
fn other_languages_are_kept_and_said_not_to_be_coded() {
    let text =
        "Les deux gouvernements sont revenus à la table des négociations samedi, ont déclaré leurs envoyés.";
    let page =
        page(&format!("<title>Barrage</title><article><h1>Barrage</h1><p>{text}</p><p>{text}</p></article>"));
    assert_eq!(page.meta.language.as_ref().map(|l| l.value.as_str()), Some("fr"));
    assert!(!page.is_english() && noted(&page, "not coded"), "{:?}", page.notes);
    assert!(body(&page).contains(&text));
}

#[test]
fn credits_pictures_and_wrapped_lines_of_a_text_find_their_kind() {
    let text = "EU FREEZES FUNDS OF TWO FIRMS\n\nBy Ana Ruiz and Bo Lind\n\nBRUSSELS, April 16, 2024 (AFP) - The bloc froze the funds of \
                two firms on Tuesday, its ministers said.\n\nfunds_77120954.jpg\n\nOne of the firms said that it would go to \
                court over the measure.\n\n(Reporting by Ana Ruiz; editing by Mina Park)\n";
    let page = read(text.as_bytes(), &Hint::default()).unwrap();
    assert_eq!(page.body().count(), 2);
    assert_eq!(kinds(&page, BlockKind::Image), ["funds_77120954.jpg"]);
    assert_eq!(kinds(&page, BlockKind::Byline).len(), 2);
    let authors: Vec<&str> = page.meta.authors.iter().map(|a| a.value.as_str()).collect();
    assert_eq!(authors, ["Ana Ruiz", "Bo Lind"]);
    let published = page.meta.published.as_ref().unwrap();
    assert_eq!((published.value.as_str(), published.how.as_str()), ("2024-04-16", "dateline"));
}

#[test]
fn a_dateline_without_a_year_is_of_the_last_year_that_fits_the_fetch() {
    let text = "Funds frozen\n\nBRUSSELS, Dec 30 (AFP) - The bloc froze the funds of two firms on Tuesday, its ministers said.\n\n\
                One of the firms said that it would go to court over the measure.\n";
    let day = |fetched: Option<&str>| {
        let hint = Hint { fetched: fetched.map(str::to_owned), ..Hint::default() };
        read(text.as_bytes(), &hint).unwrap().published_day().map(str::to_owned)
    };
    assert_eq!(day(Some("2025-01-02T08:00:00Z")).as_deref(), Some("2024-12-30"));
    assert_eq!(day(None), None);
}
