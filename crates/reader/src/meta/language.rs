//! Text to its language, with a rule for texts too short to tell, and the note on pages that will not be coded.

use crate::strip::knowledge::knowledge;
use record::Page;

/// Bytes of a text that are looked at.
const SAMPLE: usize = 4000;
/// Words under which a text in Latin letters tells no language.
const LEAST_WORDS: usize = 12;
/// Share of English function words from which a text is English, and from which it is at least no other language.
const ENGLISH: (f32, f32) = (0.22, 0.12);

/// BCP 47 tag of the language of `text`, when it can be told. English is told by its function words: language models
/// of letters mistake headlines and lists of names for other languages.
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end)?;
    let mut share = 0.0;
    if whatlang::detect_script(sample)? == whatlang::Script::Latin {
        let words;
        (words, share) = english(sample);
        if words < LEAST_WORDS {
            return None;
        }
        if share >= ENGLISH.0 {
            return Some("en");
        }
    }
    let info = whatlang::detect(sample)?;
    if share >= ENGLISH.1 && info.lang() != whatlang::Lang::Eng {
        return None;
    }
    (info.is_reliable() || info.confidence() > 0.5 || sample.len() > 400).then(|| tag(info.lang()))
}

/// Words of a text, and the share of them that are function words of English.
fn english(text: &str) -> (usize, f32) {
    let (mut all, mut own) = (0usize, 0usize);
    for word in crate::line::words(text).filter(|w| w.starts_with(char::is_alphabetic)) {
        all += 1;
        own += usize::from(knowledge().is_function_word_of(&word.to_lowercase(), "en"));
    }
    (all, own as f32 / all.max(1) as f32)
}

/// A language as sources write it (`en`, `en_GB`, `eng`, `English`) as a BCP 47 tag; what is unknown stays as it is.
pub(crate) fn normal(text: &str) -> record::SmolStr {
    let text = text.trim().replace('_', "-");
    let (primary, rest) = text.split_at(text.find('-').unwrap_or(text.len()));
    let primary = primary.to_lowercase();
    let known = whatlang::Lang::from_code(&primary).or_else(|| {
        whatlang::Lang::all().iter().find(|l| l.eng_name().eq_ignore_ascii_case(&primary)).copied()
    });
    match known {
        Some(known) => format!("{}{rest}", tag(known)).into(),
        None => format!("{primary}{rest}").into(),
    }
}

/// Notes on a page in another language that it is kept and not coded.
pub(crate) fn note(page: &mut Page) {
    if page.is_english() {
        return;
    }
    if let Some(language) = &page.meta.language {
        let note =
            format!("language {} ({}): kept, not coded; only English is", language.value, language.how);
        page.notes.push(note);
    }
}

fn tag(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang::*;
    match lang {
        Eng => "en",
        Deu => "de",
        Fra => "fr",
        Spa => "es",
        Por => "pt",
        Ita => "it",
        Nld => "nl",
        Pol => "pl",
        Rus => "ru",
        Ukr => "uk",
        Tur => "tr",
        Swe => "sv",
        Dan => "da",
        Nob => "nb",
        Fin => "fi",
        Ces => "cs",
        Slk => "sk",
        Hun => "hu",
        Ron => "ro",
        Bul => "bg",
        Ell => "el",
        Heb => "he",
        Ara => "ar",
        Pes => "fa",
        Urd => "ur",
        Hin => "hi",
        Ben => "bn",
        Ind => "id",
        Vie => "vi",
        Tha => "th",
        Jpn => "ja",
        Kor => "ko",
        Cmn => "zh",
        Srp => "sr",
        Hrv => "hr",
        Slv => "sl",
        Cat => "ca",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn tells_languages() {
        assert_eq!(
            super::detect("The ministers of both countries met in the capital on Monday to discuss trade."),
            Some("en")
        );
        assert_eq!(
            super::detect(
                "Die Minister beider Länder trafen sich am Montag in der Hauptstadt, um über den Handel zu sprechen."
            ),
            Some("de")
        );
        assert_eq!(super::detect(""), None);
        assert_eq!(super::detect("Министры обеих стран встретились в столице в понедельник."), Some("ru"));
        assert_eq!(
            ["en_GB", "eng", "English", "pt-BR", "xx"].map(super::normal),
            ["en-GB", "en", "en", "pt-BR", "xx"]
        );
        // Names and headlines are no language.
        assert_eq!(super::detect("Erdogan, Aliyev, Pashinyan in Tbilisi"), None);
    }
}
