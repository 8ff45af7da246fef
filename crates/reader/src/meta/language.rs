//! Text to its language, with a rule for texts too short to tell.

/// BCP 47 tag of the language of `text`, when it can be told.
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(4000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end)?;
    let info = whatlang::detect(sample)?;
    (info.is_reliable() || info.confidence() > 0.5 || sample.len() > 400).then(|| tag(info.lang()))
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
    }
}
