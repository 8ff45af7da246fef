//! Input that nobody would send on purpose, and input that somebody would.

use crate::driver::{Scratch, demarche, demarche_with};

/// Never a panic (internal, 3) nor a signal (-1): it is read, or refused with a word.
fn survives(input: &[u8]) -> String {
    let run = demarche_with(&["read", "-"], input);
    assert!(matches!(run.code, 0 | 1), "code {} on {} bytes: {}", run.code, input.len(), run.err);
    assert!(run.code == 0 || run.err.contains("error: -: "), "{}", run.err);
    run.out
}

#[test]
fn empty_and_binary() {
    survives(b"");
    survives(b"   \n\n\t ");
    survives(&[0; 5000]);
    survives(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    survives(&(0..=255u8).cycle().take(20_000).collect::<Vec<_>>());
}

#[test]
fn broken_utf8_and_strange_scripts() {
    survives(b"The minister met \xff\xfe rebels in Geneva.\n\nThey \xc3\x28 talked.\n");
    survives("‏الوزير 会見 👩‍👩‍👧‍👦🇧🇩 e\u{301}\u{301}\u{301} \u{202e}desrever\n".repeat(40).as_bytes());
    survives("\u{feff}\u{feff}One line.".as_bytes());
}

#[test]
fn one_very_long_line() {
    survives("word ".repeat(200_000).as_bytes());
    survives("x".repeat(5_000_000).as_bytes());
}

#[test]
fn broken_markup() {
    survives(format!("<html><body>{}", "<div>".repeat(20_000)).as_bytes());
    survives(b"<html><p>A <b>c<p></i></html><script>while(1){}</script><![CDATA[ ]]>");
    survives(br#"<html><script type="application/ld+json">{"datePublished": [[[[[ </script><h1>X</h1>"#);
}

#[test]
fn nothing_on_a_page_steers_the_terminal() {
    let text = "Envoys meet\n\nThe \u{1b}[2J\u{1b}]0;owned\u{7}Kenyan president met Ugandan ministers in Kampala \u{202e}on Friday\u{9b}31m.\n";
    let out = survives(text.as_bytes());
    let bad = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(!out.contains(bad), "{out:?}");
}

#[test]
fn json_that_is_no_record() {
    for line in [
        "{}",
        "{\"page\":{}}",
        "{\"schema\":1,\"page\":{\"text\":\"x\",\"blocks\":[{\"kind\":\"paragraph\",\"span\":[5,900]}]}}",
        "{\"schema\":1",
    ] {
        let run = demarche_with(&["code"], line.as_bytes());
        assert!(matches!(run.code, 0 | 1), "{line}: {}", run.err);
    }
}

#[test]
fn spans_outside_the_text_do_no_harm() {
    let line = r#"{"schema":1,"page":{"schema":1,"id":"x","source":"x","text":"Kenya met Uganda.","blocks":[{"kind":"paragraph","span":[3,900]},{"kind":"paragraph","span":[1000,2000]}],"meta":{}}}"#;
    let run = demarche_with(&["code"], line.as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn an_empty_folder_and_a_name_with_spaces() {
    let scratch = Scratch::new("folder");
    assert_eq!(demarche(&["read", &scratch.path()]).code, 0);
    let file =
        scratch.file("a name ‘with’ spaces.txt", b"Kenya's president met Ugandan ministers on Friday.\n");
    assert_eq!(demarche(&["read", &file]).code, 0);
}
