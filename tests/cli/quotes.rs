//! `demarche quotes`.

use crate::driver::{PAGE, demarche};

#[test]
fn filters_by_speaker_words_and_cue() {
    let all = demarche(&["quotes", "--json", PAGE]).json();
    assert!(all.len() >= 3, "{all:#?}");
    let zaki = demarche(&["quotes", "--json", "--speaker", "zaki", PAGE]).json();
    assert!(!zaki.is_empty() && zaki.len() < all.len());
    assert!(zaki[0]["text"].as_str().expect("a text").contains("We will not accept"));
    let river = demarche(&["quotes", "--about", "RIVER THAT", PAGE]).ok();
    assert!(river.contains("a river that unites") && !river.contains("We will not accept"), "{river}");
    let none = demarche(&["quotes", "--cue", "sing", PAGE]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
}

#[test]
fn exports_annotations_and_rows() {
    let annotations = demarche(&["quotes", "--as", "web-annotation", PAGE]).json();
    let all = demarche(&["quotes", "--json", PAGE]).json();
    assert_eq!(annotations.len(), all.len());
    for (annotation, statement) in annotations.iter().zip(&all) {
        assert_eq!(annotation["type"], "Annotation");
        let [position, quote] = [0, 1].map(|i| &annotation["target"]["selector"][i]);
        assert_eq!((&position["start"], &position["end"]), (&statement["span"][0], &statement["span"][1]));
        assert_eq!(quote["exact"], statement["text"]);
    }
    let rows = demarche(&["quotes", "--as", "gqg", PAGE]).json();
    let direct = all.iter().filter(|s| s["kind"] == "direct").count();
    assert_eq!((rows.len(), rows[0]["quotes"].as_array().expect("quotes").len()), (1, direct));
    assert_eq!(demarche(&["quotes", "--as", "gqg", "--cue", "sing", PAGE]).out, "");
    assert_eq!(demarche(&["quotes", "--as", "gqg", "--json", PAGE]).code, 2);
}
