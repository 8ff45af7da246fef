//! `demarche actors`.

use crate::driver::demarche;

#[test]
fn finds_countries_titles_and_bodies() {
    assert!(demarche(&["actors", "find", "Norway"]).ok().contains("NOR"));
    let title = demarche(&["actors", "find", "Norwegian foreign minister", "--on", "2024-05-01"]).ok();
    assert!(title.contains("NORGOV"), "{title}");
    let json = demarche(&["actors", "find", "--json", "European Union"]).json();
    assert_eq!(json[0]["actors"][0]["country"], "EUR");
}

#[test]
fn says_when_nobody_is_known() {
    let run = demarche(&["actors", "find", "table", "lamp"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.err.contains("nobody known"), "{}", run.err);
    assert_eq!(demarche(&["actors", "find", "Norway", "--on", "yesterday"]).code, 2);
}
