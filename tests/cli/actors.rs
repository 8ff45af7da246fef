//! `demarche actors`.

use crate::driver::{PAGE, Scratch, command, demarche};

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

#[test]
fn update_fills_a_folder_that_other_commands_read() {
    let scratch = Scratch::new("overlay");
    let extract = scratch.file(
        "extract.csv",
        b"person,personLabel,altLabels,iso3,positionLabel,start,end\n\
          http://www.wikidata.org/entity/Q1,Ada Zylberquist,,FJI,Prime Minister of Fiji,2026-05-01T00:00:00Z,\n\
          http://www.wikidata.org/entity/Q2,Bo Zylberquist,,FJI,gizmo,,\n",
    );
    let tables = format!("{}/mine", scratch.path());
    let said = demarche(&["actors", "update", &extract, "--tables", &tables]).ok();
    assert!(said.contains("1 added, 0 changed, 1 left out") && said.contains("gizmo"), "{said}");
    let again = demarche(&["actors", "update", &extract, "--tables", &tables]).ok();
    assert!(again.contains("0 added, 0 changed"), "{again}");
    let found = demarche(&["actors", "find", "Ada", "Zylberquist", "--tables", &tables, "--json"]).json();
    assert_eq!(found[0]["actors"][0]["country"], "FJI");
    assert_eq!(found[0]["why"]["row"], "overlay/people.tsv:2");
    let text = b"The minister met Ada Zylberquist in Suva on Friday.";
    let page = scratch.file("page.txt", text);
    let record = demarche(&["resolve", "--tables", &tables, &page]).ok();
    assert!(record.contains("person/ada-zylberquist"), "{record}");
    let none = demarche(&["actors", "find", "Norway", "--tables", "/no/such/folder"]);
    assert_eq!((none.code, none.err.contains("no such folder")), (2, true), "{}", none.err);
}

#[test]
fn the_usual_folder_is_below_the_data_home() {
    let scratch = Scratch::new("data-home");
    scratch.file("demarche/tables/people.tsv", b"person\tvariants\tcode\toffice\tsector\tfrom\tto\tnote\nCy Quellmann\tQuellmann\tTON\tKing\tGOV\t\t\t\n");
    let output = command(&["actors", "find", "Cy", "Quellmann"])
        .env("XDG_DATA_HOME", scratch.path())
        .output()
        .expect("the program ends");
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(out.contains("TONGOV"), "{out}");
}

#[test]
fn update_says_what_it_cannot_read() {
    let scratch = Scratch::new("no-extract");
    let wrong = scratch.file("wrong.csv", b"a,b\n1,2\n");
    let run = demarche(&["actors", "update", &wrong, "--tables", &scratch.path()]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("no column") && run.err.contains("docs/actors.md"), "{}", run.err);
}

#[test]
fn a_damaged_table_is_named_with_its_line() {
    let scratch = Scratch::new("damaged");
    scratch.file(
        "people.tsv",
        b"person\tvariants\tcode\toffice\tsector\tfrom\tto\tnote\nCy\tC\tQQQ\tKing\tGOV\t\t\t\n",
    );
    let tables = scratch.path();
    let db = format!("{tables}/news.db");
    for args in [
        &["actors", "find", "Norway"][..],
        &["resolve", PAGE],
        &["code", PAGE],
        &["code", "--jsonl", PAGE],
        &["add", PAGE, "--db", &db],
    ] {
        let run = demarche(&[args, &["--tables", tables.as_str()][..]].concat());
        assert_eq!(run.code, 2, "{args:?} {}", run.err);
        let said = run.err.contains("overlay/people.tsv:2") && run.err.contains("your own tables");
        assert!(said, "{args:?} {}", run.err);
    }
}
