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
